//! The sending side: packets per second, heap and system calls per packet.

use std::cell::RefCell;

use wharf_peers::Options;
use wharf_peers::contenders::sending;
use wharf_peers::heap::Heap;
use wharf_peers::report::{Page, figure, spread};
use wharf_peers::rounds::{Contender, Spread, ratio, take_turns};
use wharf_peers::sink::Sink;
use wharf_peers::stream::Wire;

fn main() {
    let options = Options::from_args();
    let mut page = Page::new(
        "sending",
        "Sending packets",
        "Packets are queued and flushed 64 at a time, or each by itself, into a sink that takes all it is given and \
         counts the calls, of which each would be a system call. wharf sends with its blocking driver. `×` is the \
         time beside wharf's in the same round.",
    );
    for (wire, what) in [(Wire::Lines, "lines"), (Wire::Length32, "packets behind a length of 4 bytes")] {
        for size in [64, 1024, 64 * 1024] {
            for burst in [64, 1] {
                if size * burst > 1 << 20 {
                    continue;
                }
                let payload = "-".repeat(size);
                let packets = options.pick((4 << 20) / size, 64);
                let all = sending::all(wire, &payload, packets, burst);
                let expected = all[0].1().tally(packets as u64);
                let sinks: Vec<_> = all.iter().map(|_| RefCell::new((Sink::default(), Heap::default()))).collect();
                let mut contenders: Vec<_> = all
                    .iter()
                    .zip(&sinks)
                    .map(|((name, send), last)| {
                        Contender::new(name, move || {
                            let heap = Heap::now();
                            let sink = send();
                            *last.borrow_mut() = (sink, Heap::now().since(heap));
                            sink.tally(packets as u64)
                        })
                    })
                    .collect();
                let samples = take_turns(&mut contenders, options.pick(31, 1), expected);
                drop(contenders);
                let size = if size < 1024 { format!("{size} bytes") } else { format!("{} KiB", size / 1024) };
                page.section(&format!("{what} of {size}, {burst} at a time"));
                let rows: Vec<_> = samples
                    .iter()
                    .zip(&sinks)
                    .map(|(own, last)| {
                        let time = Spread::of(own.cpu.iter().copied());
                        let (sink, heap) = *last.borrow();
                        vec![
                            own.name.to_owned(),
                            spread(time),
                            figure(1000.0 / time.median),
                            format!("{:.2}", ratio(&own.cpu, &samples[0].cpu).median),
                            figure(sink.calls as f64 / packets as f64),
                            figure(heap.allocations as f64 / packets as f64),
                        ]
                    })
                    .collect();
                page.table(
                    &[
                        "contender",
                        "ns per packet (min–max)",
                        "million/s",
                        "×",
                        "calls per packet",
                        "allocations per packet",
                    ],
                    &rows,
                );
            }
        }
    }
    page.say("tokio-util flushes by itself once 8 KiB are queued, and `BufWriter` once its 64 KiB are full.");
    page.section("Where wharf is not first");
    page.say(
        "`BufWriter` and tokio-util's `LinesCodec` copy a line without looking at it: one with an LF inside goes out as \
         two. wharf looks for it, keeps to a limit of bytes queued, and takes a packet back whole that cannot be \
         written; at 64 bytes that is a third to a half of its time. `BufWriter` hands 64-KiB payloads to the \
         system uncopied, in a call beside that for the head; wharf does so with shared `Bytes`, in one call.",
    );
    page.write(&options);
}

//! Packets over sockets: wharf's drivers, each beside what its users would otherwise take.

use wharf_peers::Options;
use wharf_peers::contenders::sockets::over_sockets;
use wharf_peers::net::Transport;
use wharf_peers::report::{Bar, Chart, Page, Panel, figure, spread};
use wharf_peers::rounds::{Samples, Spread, ratio, take_turns};
use wharf_peers::stream::{Stream, Wire};

fn main() {
    let options = Options::from_args();
    let mut page = Page::new(
        "sockets",
        "Packets over sockets",
        "One thread writes the stream, 64 KiB a call; another receives it, with a buffer of 128 KiB wherever its \
         contender lets one choose. The first row receives and looks at nothing: what is above it is the price of \
         packets. `CPU` is the receiving thread's time, in the kernel too; `×` compares it with wharf's driver of \
         the same kind in the same round.",
    );
    for (transport, suffix) in [(Transport::Unix, "unix"), (Transport::Tcp, "tcp")] {
        let mut panels = Vec::new();
        for (wire, what) in [
            (Wire::Lines, "lines"),
            (Wire::Length32, "packets behind a length of 4 bytes"),
            (Wire::Length64, "packets behind a length of 8 bytes"),
        ] {
            for size in [64, 1024, 64 * 1024] {
                let total = options.pick(if size > 1024 { 32 << 20 } else { 8 << 20 }, 512 << 10);
                let stream = Stream::new(wire, size, total);
                let rounds = options.pick(11, 1);
                let samples = take_turns(&mut over_sockets(&stream, transport), rounds, stream.tally);
                let size = if size < 1024 { format!("{size} bytes") } else { format!("{} KiB", size / 1024) };
                page.section(&format!("{}: {what}, {size}", transport.name()));
                let rows: Vec<_> = samples.iter().map(|own| row(own, &samples)).collect();
                page.table(
                    &["contender", "CPU ns per packet (min–max)", "×", "above bare", "elapsed ns per packet"],
                    &rows,
                );
                panels.push(Panel {
                    title: format!("{what}, {size}"),
                    bars: samples.iter().map(|own| bar(own, &samples)).collect(),
                });
            }
        }
        let title = format!("Packets over a {}", transport.name());
        let unit = "nanoseconds of the receiving thread's CPU per packet; shorter is better".to_owned();
        page.chart(suffix, &Chart { title, unit, panels });
    }
    page.section("Where wharf is not first");
    page.say(
        "A receive loop written by hand keeps its place in registers from one packet to the next, and knows no limit, \
         position or deadline, nor an end of the stream inside a packet; each of wharf's packets is a call of its own, \
         which costs about 5 ns at 64 bytes and is lost in the noise at 1 KiB. `read_exact` beside a 4-byte length is as \
         near, for the same reason. What differs at 64 KiB is how full the socket is found.",
    );
    page.write(&options);
}

/// The samples of wharf's driver of the same kind.
fn counterpart<'s>(own: &Samples, all: &'s [Samples]) -> Option<&'s Samples> {
    let (kind, _) = own.name.split_once(':')?;
    all.iter().find(|other| other.name == format!("{kind}: wharf"))
}

fn row(own: &Samples, all: &[Samples]) -> Vec<String> {
    let cpu = Spread::of(own.cpu.iter().copied());
    let above = Spread::of(own.cpu.iter().zip(&all[0].cpu).map(|(own, bare)| own - bare)).median;
    vec![
        own.name.to_owned(),
        spread(cpu),
        counterpart(own, all).map_or("–".to_owned(), |wharf| format!("{:.2}", ratio(&own.cpu, &wharf.cpu).median)),
        if own.name == all[0].name {
            "–".to_owned()
        } else if above < 0.0 {
            "< 0".to_owned()
        } else {
            figure(above)
        },
        spread(Spread::of(own.wall.iter().copied())),
    ]
}

fn bar(own: &Samples, all: &[Samples]) -> Bar {
    let value = Spread::of(own.cpu.iter().copied()).median;
    let times = counterpart(own, all).map(|wharf| format!(", ×{:.2}", ratio(&own.cpu, &wharf.cpu).median));
    let label = format!("{} ns{}", figure(value), times.unwrap_or_default());
    Bar { name: own.name.to_owned(), value, label, own: own.name.ends_with("wharf") }
}

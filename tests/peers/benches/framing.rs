//! Packets from memory: time, heap and moved bytes per packet, and one long line in small pieces.

use wharf_peers::Options;
use wharf_peers::contenders::{over_memory, wharf};
use wharf_peers::heap::Heap;
use wharf_peers::report::{Bar, Chart, Page, Panel, figure, spread};
use wharf_peers::rounds::{Contender, Samples, Spread, ratio, take_turns};
use wharf_peers::stream::{Stream, Wire};

/// Most bytes of one receive.
const PIECE: usize = 64 * 1024;

/// What is nearer than this is a draw.
const NOISE: f64 = 0.95;

const SIZES: [usize; 4] = [16, 64, 1024, 64 * 1024];

fn main() {
    let options = Options::from_args();
    let mut page = Page::new(
        "framing",
        "Packets from memory",
        "Each contender reads the same stream to its end, 64 KiB a receive, and looks at both ends of every packet. \
         They take turns in one process; the time is that of the thread on its CPU, so that other programs don't \
         count. Sizes vary by a quarter up and down. Buffers are 64 KiB (256 KiB for 64-KiB packets) wherever a \
         contender lets its users choose. `×` is the median over the rounds of the time beside wharf's in the same \
         round: above 1, wharf is faster.",
    );
    let mut behind = Vec::new();
    let lines = speed(&mut page, &options, &mut behind, Wire::Lines, "lines", "Lines");
    page.say(
        "`wharf, &str`, `lines()` and the three `LinesCodec` check that each line is UTF-8; the others lend or copy \
         bytes. `LinesCodec`, `lines()` and compio allocate each line. linereader has no limit on a line but its \
         buffer, where it cuts lines in two without a word.",
    );
    let length =
        speed(&mut page, &options, &mut behind, Wire::Length32, "length", "Packets behind a length of 4 bytes");
    speed(&mut page, &options, &mut behind, Wire::Length64, "length64", "Packets behind a length of 8 bytes");
    page.say("asynchronous-codec knows no other length than one of 8 bytes, so it has streams of its own.");
    page.chart("64", &chart("Packets of 64 bytes, from memory".to_owned(), vec![length, lines]));
    moved(&mut page, &options);
    linearity(&mut page, &options);
    page.section("Where wharf is not first");
    let list = if behind.is_empty() { "nowhere".to_owned() } else { behind.join("; ") };
    page.say(&format!("Packets from memory, by more than 5 %: {list}."));
    page.say(
        "linereader knows neither a limit, nor positions, nor an end inside a line, and cuts a line that is longer \
         than its buffer in two; that is about forty instructions a line less, which shows where a line takes a \
         hundred. Looking at the first 32 or 64 bytes word by word, in safe code, before memchr is called was \
         measured, too: it is slower at most lengths. At 64 KiB the copy out of the reader is nearly all there is, \
         and where buffers lie decides. Byte by byte, a receive costs wharf about 6 ns more than those that append \
         to a `Vec`, since it chooses a window each time; a system call costs hundreds.",
    );
    page.write(&options);
}

fn stream(options: &Options, wire: Wire, size: usize) -> (Stream, usize) {
    let total = options.pick(if size > 1024 { 8 << 20 } else { 1 << 20 }, 256 << 10);
    (Stream::new(wire, size, total), if size > 1024 { 256 * 1024 } else { 64 * 1024 })
}

/// Subjects 1 and 3: time and heap per packet; gives a panel of packets of 64 bytes.
fn speed(page: &mut Page, options: &Options, behind: &mut Vec<String>, wire: Wire, suffix: &str, title: &str) -> Panel {
    let (mut panels, mut short) = (Vec::new(), None);
    for size in SIZES {
        let (stream, buffer) = stream(options, wire, size);
        let samples = take_turns(&mut over_memory(&stream, PIECE, buffer), options.pick(41, 1), stream.tally);
        // Twice as long: what is allocated once per connection falls out of the difference.
        let double = Stream::new(wire, size, 2 * stream.bytes.len());
        let longer = over_memory(&double, PIECE, buffer);
        let heap = over_memory(&stream, PIECE, buffer).into_iter().zip(longer).map(|(once, twice)| {
            let (once, twice) = (heap_of(once), heap_of(twice));
            let packets = (double.tally.packets - stream.tally.packets) as f64;
            let per = |twice: u64, once: u64| (twice as f64 - once as f64).max(0.0) / packets;
            (per(twice.allocations, once.allocations), per(twice.allocated, once.allocated))
        });
        page.section(&format!("{title}, {}", bytes(size)));
        let rows: Vec<_> = samples.iter().zip(heap).map(|(own, heap)| row(own, &samples[0], heap)).collect();
        page.table(
            &["contender", "ns per packet (min–max)", "million/s", "×", "allocations per packet", "bytes allocated"],
            &rows,
        );
        let faster = samples.iter().filter(|own| !own.name.starts_with("wharf"));
        behind.extend(faster.filter_map(|own| {
            let times = ratio(&own.cpu, &samples[0].cpu).median;
            (times < NOISE).then(|| format!("{} ×{times:.2} at {}, {}", own.name, title.to_lowercase(), bytes(size)))
        }));
        let panel = |title| Panel { title, bars: samples.iter().map(|own| bar(own, &samples[0])).collect() };
        if size == 64 {
            short = Some(panel(title.to_owned()));
        }
        panels.push(panel(bytes(size)));
    }
    page.chart(suffix, &chart(format!("{title}, from memory"), panels));
    short.unwrap()
}

fn chart(title: String, panels: Vec<Panel>) -> Chart {
    Chart { title, unit: "nanoseconds per packet; shorter is better; × is the time beside wharf's".to_owned(), panels }
}

fn heap_of(mut contender: Contender<'_>) -> Heap {
    let before = Heap::now();
    contender.run();
    Heap::now().since(before)
}

fn row(own: &Samples, wharf: &Samples, (allocations, allocated): (f64, f64)) -> Vec<String> {
    let time = Spread::of(own.cpu.iter().copied());
    let times = ratio(&own.cpu, &wharf.cpu);
    vec![
        own.name.to_owned(),
        spread(time),
        figure(1000.0 / time.median),
        format!("{:.2}", times.median),
        figure(allocations),
        figure(allocated),
    ]
}

fn bar(own: &Samples, wharf: &Samples) -> Bar {
    let time = Spread::of(own.cpu.iter().copied()).median;
    let label = format!("{} ns, ×{:.2}", figure(time), ratio(&own.cpu, &wharf.cpu).median);
    Bar { name: own.name.to_owned(), value: time, label, own: own.name.starts_with("wharf") }
}

fn bytes(size: usize) -> String {
    if size < 1024 { format!("{size} bytes") } else { format!("{} KiB", size / 1024) }
}

/// Subject 3: bytes that compaction moves.
fn moved(page: &mut Page, options: &Options) {
    page.section("Bytes moved per byte received");
    page.say(
        "Counted by wharf's engine; what peers move can't be asked of them, but all but linereader, framez and \
         `AnyDelimiterCodec` copy each line, and all but tokio-util's codec each packet with a length.",
    );
    let rows = SIZES.map(|size| {
        let moved = [Wire::Lines, Wire::Length32].map(|wire| {
            let (stream, buffer) = stream(options, wire, size);
            figure(wharf::moved(&stream, PIECE, buffer) as f64 / stream.bytes.len() as f64)
        });
        [vec![bytes(size)], moved.to_vec()].concat()
    });
    page.table(&["packets of", "lines", "behind a length"], &rows);
}

/// Subject 5: one long line in small pieces.
fn linearity(page: &mut Page, options: &Options) {
    let line = |len: usize| Stream::one_line(len);
    let time = |stream: &Stream, piece, rounds| {
        let mut all = over_memory(stream, piece, stream.bytes.len() + 4096);
        take_turns(&mut all, rounds, stream.tally)
    };
    let pieces = line(options.pick(4 << 20, 64 << 10));
    let (one, two) = (line(options.pick(64 << 10, 4 << 10)), line(options.pick(128 << 10, 8 << 10)));
    let in_pieces = time(&pieces, 1024, options.pick(3, 1));
    let (single, double) = (time(&one, 1, options.pick(3, 1)), time(&two, 1, options.pick(3, 1)));
    page.section("One long line in small pieces");
    page.say(
        "Milliseconds for a line of 4 MiB that comes 1 KiB at a time, and for lines of 64 and 128 KiB that come byte \
         by byte. What reads in linear time takes twice as long for twice the line.",
    );
    let median = |samples: &Samples, stream: &Stream| {
        Spread::of(samples.cpu.iter().copied()).median * stream.tally.packets as f64 / 1e6
    };
    let rows: Vec<_> = (0..in_pieces.len())
        .map(|index| {
            let (single, double) = (median(&single[index], &one), median(&double[index], &two));
            vec![
                in_pieces[index].name.to_owned(),
                figure(median(&in_pieces[index], &pieces)),
                figure(single),
                figure(double),
                format!("{:.1}", double / single),
            ]
        })
        .collect();
    page.table(&["contender", "4 MiB by 1 KiB", "64 KiB by 1", "128 KiB by 1", "growth"], &rows);
}

//! Speed beside the crates `flatbuffers` and `planus`, in interleaved rounds, against the targets.
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss, clippy::approx_constant)]

extern crate alloc;

#[path = "../src/peers.rs"]
mod peers;

use peers::fb as benchfb;
use std::hint::black_box;

use peers::{ours, planus_full, planus_owned, theirs, unchecked};
use wharf::flat::{Greedy, GreedyMutable, Lazy, Progressive, PropertyCache, VectorCache, Verified, Writer};
use wharf_peers::Options;
use wharf_peers::cases::Cases;
use wharf_peers::report::{Bar, Chart, Page, Panel, figure};

fn main() {
    let options = Options::from_args();
    let mut page = Page::new(
        "flatbuffers",
        "FlatBuffers",
        "FlatSharp's benchmark: a table with a list of tables, each with a string, scalars and a struct in a struct, \
         written by the crate `flatbuffers`. Full is every field of every element; ×5 is five such traversals of one \
         packet. A target is a ratio to the peer's time, or nanoseconds.",
    );
    for count in [30, 3] {
        items(&mut page, &options, count);
    }
    page.section("What is missed, and why");
    page.say(
        "The targets are those of 30 items. With 3, what a packet costs at all (opening it, and for Progressive one \
         block for the list) outweighs what each item saves.",
    );
    page.write(&options);
}

/// A packet with `count` items.
fn items(page: &mut Page, options: &Options, count: usize) {
    let value = ours::sample(count);
    let ours_bytes = wharf::flat::to_vec(&value).unwrap();
    let object = benchfb::root_as_foo_bar_container(&ours_bytes).expect("the peer accepts ours").unpack();
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let offset = object.pack(&mut builder);
    builder.finish(offset, None);
    let bytes = builder.finished_data().to_vec();
    assert_eq!(wharf::flat::read::<ours::FooBarContainer, GreedyMutable>(&bytes).unwrap(), value);
    let expected = theirs(unchecked(&bytes));
    for sum in [ours::lazy(&bytes), ours::lazy_flat(&bytes), ours::verified_flat(&bytes), ours::owned_sum(&value)] {
        assert_eq!(sum, expected);
    }
    page.section(&format!("{count} items: {} bytes by flatbuffers, {} by wharf", bytes.len(), ours_bytes.len()));

    let b = bytes.as_slice();
    let mut writer = Writer::new();
    let mut out = vec![0; writer.max_size(&value)];
    let mut bench = Cases::default();
    bench.add("flatbuffers root (verify)", || black_box(benchfb::root_as_foo_bar_container(black_box(b)).is_ok()));
    bench.add("wharf verify", || black_box(wharf::flat::verify::<ours::FooBarContainer>(black_box(b)).is_ok()));
    bench.add("flatbuffers unchecked full", || black_box(theirs(unchecked(black_box(b)))));
    bench.add("wharf Lazy &str", || black_box(ours::lazy(black_box(b))));
    bench.add("wharf Lazy flat", || black_box(ours::lazy_flat(black_box(b))));
    bench.add("flatbuffers verified full", || {
        black_box(theirs(benchfb::root_as_foo_bar_container(black_box(b)).unwrap()))
    });
    bench.add("wharf Verified<Lazy> flat", || black_box(ours::verified_flat(black_box(b))));
    bench.add("wharf Lazy one scalar", || {
        wharf::flat::read::<ours::FooBarContainer, Lazy>(black_box(b)).unwrap().fruit().unwrap()
    });
    bench.add("wharf Lazy ×1", || ours::in_mode::<Lazy>(black_box(b), 1));
    bench.add("wharf PropertyCache ×1", || ours::in_mode::<PropertyCache>(black_box(b), 1));
    bench.add("wharf VectorCache ×1", || ours::in_mode::<VectorCache>(black_box(b), 1));
    bench.add("wharf Progressive ×1", || ours::in_mode::<Progressive>(black_box(b), 1));
    bench.add("wharf Greedy ×1", || ours::in_mode::<Greedy>(black_box(b), 1));
    bench.add("wharf Lazy ×5", || ours::in_mode::<Lazy>(black_box(b), 5));
    bench.add("wharf PropertyCache ×5", || ours::in_mode::<PropertyCache>(black_box(b), 5));
    bench.add("wharf VectorCache ×5", || ours::in_mode::<VectorCache>(black_box(b), 5));
    bench.add("wharf Progressive ×5", || ours::in_mode::<Progressive>(black_box(b), 5));
    bench.add("wharf Verified<Progressive> ×5", || ours::in_mode::<Verified<Progressive>>(black_box(b), 5));
    bench.add("wharf Greedy ×5", || ours::in_mode::<Greedy>(black_box(b), 5));
    bench.add("flatbuffers root + unpack", || {
        black_box(benchfb::root_as_foo_bar_container(black_box(b)).unwrap().unpack())
    });
    bench.add("flatbuffers unchecked unpack", || black_box(unchecked(black_box(b)).unpack()));
    bench.add("wharf Greedy parse", || {
        black_box(wharf::flat::read::<ours::FooBarContainer, GreedyMutable>(black_box(b)).unwrap())
    });
    bench.add("wharf borrowed parse", || {
        black_box(wharf::flat::read_borrowed::<ours::FooBarContainer>(black_box(b)).unwrap())
    });
    let mut reused = value.clone();
    bench.add("wharf parse_into", move || {
        wharf::flat::parse_into(&mut reused, black_box(b)).unwrap();
        black_box(reused.fruit)
    });
    let mut builder = flatbuffers::FlatBufferBuilder::with_capacity(1 << 20);
    bench.add("flatbuffers builder", move || {
        builder.reset();
        let offset = black_box(&object).pack(&mut builder);
        builder.finish(offset, None);
        black_box(builder.finished_data().len())
    });
    bench.add("wharf write", || black_box(writer.write(black_box(&value), &mut out).unwrap()));
    bench.add("wharf max_size", || Writer::new().max_size(black_box(&value)));
    let mut edited = bytes.clone();
    bench.add("wharf write-through, 2 fields an item", move || {
        ours::write_through(black_box(&mut edited), 9);
        edited[40]
    });
    planus_cases(&mut bench, b, &ours_bytes);
    bench.run(options.pick(61, 1));
    page.table(&["case", "ns (min–max)"], &bench.rows());
    let targets = [
        bench.ratio("verify / root", "wharf verify", "flatbuffers root (verify)", 0.25),
        bench.ratio("Lazy full with &str / unchecked full", "wharf Lazy &str", "flatbuffers unchecked full", 1.0),
        bench.ratio("Lazy full with bytes / unchecked full", "wharf Lazy flat", "flatbuffers unchecked full", 0.65),
        bench.ratio("untrusted: Lazy full / verified full", "wharf Lazy &str", "flatbuffers verified full", 0.25),
        bench.ratio(
            "untrusted: verified and full / verified full",
            "wharf Verified<Lazy> flat",
            "flatbuffers verified full",
            0.25,
        ),
        bench.absolute("Lazy, one scalar", "wharf Lazy one scalar", 1.0, 5.0),
        bench.ratio("Progressive ×1 / Lazy ×1", "wharf Progressive ×1", "wharf Lazy ×1", 1.25),
        bench.ratio("Progressive ×5 / Lazy ×5", "wharf Progressive ×5", "wharf Lazy ×5", 0.55),
        bench.ratio("Greedy parse / root + unpack", "wharf Greedy parse", "flatbuffers root + unpack", 0.45),
        bench.ratio("borrowed parse / unchecked unpack", "wharf borrowed parse", "flatbuffers unchecked unpack", 0.4),
        bench.ratio("write / builder", "wharf write", "flatbuffers builder", 0.4),
        bench.absolute("write-through, a field", "wharf write-through, 2 fields an item", 2.0 * count as f64, 5.0),
        bench.ratio("Greedy parse / planus owned", "wharf Greedy parse", "planus owned", 0.9),
        bench.ratio("write / planus write", "wharf write", "planus write", 0.4),
    ];
    page.table(&["wharf / peer", "measured", "target at 30 items", ""], &targets);
    let panels = PANELS.iter().map(|(title, names)| panel(title, names, &bench)).collect();
    let title = format!("FlatBuffers with {count} items");
    page.chart(&count.to_string(), &Chart { title, unit: "nanoseconds; shorter is better".to_owned(), panels });
}

/// What the charts show, each beside the cases that do the same.
const PANELS: [(&str, &[&str]); 5] = [
    ("verify", &["wharf verify", "flatbuffers root (verify)"]),
    (
        "read every field",
        &["wharf Lazy &str", "planus full", "flatbuffers verified full", "flatbuffers unchecked full"],
    ),
    ("read every field five times", &["wharf Lazy ×5", "wharf Progressive ×5", "wharf Greedy ×5"]),
    ("into an owned value", &["wharf Greedy parse", "wharf parse_into", "planus owned", "flatbuffers root + unpack"]),
    ("write", &["wharf write", "planus write", "flatbuffers builder"]),
];

fn panel(title: &str, names: &[&str], bench: &Cases<'_>) -> Panel {
    let bars = names.iter().map(|name| {
        let value = bench.median(name);
        Bar { name: (*name).to_owned(), value, label: format!("{} ns", figure(value)), own: name.starts_with("wharf") }
    });
    Panel { title: title.to_owned(), bars: bars.collect() }
}

fn planus_cases<'a>(bench: &mut Cases<'a>, theirs: &'a [u8], ours: &'a [u8]) {
    assert_eq!(planus_full(theirs).unwrap(), planus_full(ours).unwrap());
    bench.add("planus full", move || planus_full(black_box(theirs)).unwrap());
    bench.add("planus owned", move || planus_owned(black_box(theirs)));
    let value = planus_owned(theirs);
    let mut builder = planus::Builder::new();
    bench.add("planus write", move || {
        builder.clear();
        black_box(builder.finish(black_box(&value), None).len())
    });
}

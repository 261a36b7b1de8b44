//! Speed beside the crates `flatbuffers` and `planus`, in interleaved rounds, against the targets.
//!
//! `cargo run --release` in this folder; `-- 1000` for another number of items.
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss, clippy::approx_constant)]

extern crate alloc;

#[path = "../src/peers.rs"]
mod peers;

use peers::fb as benchfb;
use peers::{ours, planus_full, planus_owned, theirs, timing::Bench, unchecked};
use std::hint::black_box;
use wharf::flat::{Greedy, GreedyMutable, Lazy, Progressive, PropertyCache, VectorCache, Verified, Writer};

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(30);
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
    println!("{count} items, {} bytes by flatbuffers, {} by wharf", bytes.len(), ours_bytes.len());

    let b = bytes.as_slice();
    let mut writer = Writer::new();
    let mut out = vec![0; writer.max_size(&value)];
    let mut bench = Bench::default();
    bench.case("fb root (verify)", || black_box(benchfb::root_as_foo_bar_container(black_box(b)).is_ok()));
    bench.case("wharf verify", || black_box(wharf::flat::verify::<ours::FooBarContainer>(black_box(b)).is_ok()));
    bench.case("fb unchecked full", || black_box(theirs(unchecked(black_box(b)))));
    bench.case("wharf Lazy &str", || black_box(ours::lazy(black_box(b))));
    bench.case("wharf Lazy flat", || black_box(ours::lazy_flat(black_box(b))));
    bench.case("fb verified full", || black_box(theirs(benchfb::root_as_foo_bar_container(black_box(b)).unwrap())));
    bench.case("wharf Verified<Lazy> flat", || black_box(ours::verified_flat(black_box(b))));
    bench.case("wharf Lazy one scalar", || {
        wharf::flat::read::<ours::FooBarContainer, Lazy>(black_box(b)).unwrap().fruit().unwrap()
    });
    bench.case("wharf Lazy x1", || ours::in_mode::<Lazy>(black_box(b), 1));
    bench.case("wharf PropertyCache x1", || ours::in_mode::<PropertyCache>(black_box(b), 1));
    bench.case("wharf VectorCache x1", || ours::in_mode::<VectorCache>(black_box(b), 1));
    bench.case("wharf Progressive x1", || ours::in_mode::<Progressive>(black_box(b), 1));
    bench.case("wharf Greedy x1", || ours::in_mode::<Greedy>(black_box(b), 1));
    bench.case("wharf Lazy x5", || ours::in_mode::<Lazy>(black_box(b), 5));
    bench.case("wharf PropertyCache x5", || ours::in_mode::<PropertyCache>(black_box(b), 5));
    bench.case("wharf VectorCache x5", || ours::in_mode::<VectorCache>(black_box(b), 5));
    bench.case("wharf Progressive x5", || ours::in_mode::<Progressive>(black_box(b), 5));
    bench.case("wharf Verified<Progressive> x5", || ours::in_mode::<Verified<Progressive>>(black_box(b), 5));
    bench.case("wharf Greedy x5", || ours::in_mode::<Greedy>(black_box(b), 5));
    bench.case("fb root + unpack", || black_box(benchfb::root_as_foo_bar_container(black_box(b)).unwrap().unpack()));
    bench.case("fb unchecked unpack", || black_box(unchecked(black_box(b)).unpack()));
    bench.case("wharf Greedy parse", || {
        black_box(wharf::flat::read::<ours::FooBarContainer, GreedyMutable>(black_box(b)).unwrap())
    });
    bench.case("wharf borrowed parse", || {
        black_box(wharf::flat::read_borrowed::<ours::FooBarContainer>(black_box(b)).unwrap())
    });
    let mut reused = value.clone();
    bench.case("wharf parse_into", move || {
        wharf::flat::parse_into(&mut reused, black_box(b)).unwrap();
        black_box(reused.fruit)
    });
    let mut builder = flatbuffers::FlatBufferBuilder::with_capacity(1 << 20);
    bench.case("fb builder", move || {
        builder.reset();
        let offset = black_box(&object).pack(&mut builder);
        builder.finish(offset, None);
        black_box(builder.finished_data().len())
    });
    bench.case("wharf write", || black_box(writer.write(black_box(&value), &mut out).unwrap()));
    bench.case("wharf max_size", || Writer::new().max_size(black_box(&value)));
    let mut edited = bytes.clone();
    bench.case("wharf write-through, 2 fields an item", move || {
        ours::write_through(black_box(&mut edited), 9);
        edited[40]
    });
    planus_cases(&mut bench, b, &ours_bytes);
    bench.run();

    println!();
    bench.ratio("verify", "wharf verify", "fb root (verify)", 0.25);
    bench.ratio("Lazy full, &str", "wharf Lazy &str", "fb unchecked full", 1.0);
    bench.ratio("Lazy full, bytes", "wharf Lazy flat", "fb unchecked full", 0.65);
    bench.ratio("untrusted: open + full", "wharf Lazy &str", "fb verified full", 0.25);
    bench.ratio("untrusted: verified + full", "wharf Verified<Lazy> flat", "fb verified full", 0.25);
    bench.absolute("Lazy, one scalar", "wharf Lazy one scalar", 1.0, 5.0);
    bench.ratio("Progressive x1 / Lazy x1", "wharf Progressive x1", "wharf Lazy x1", 1.25);
    bench.ratio("Progressive x5 / Lazy x5", "wharf Progressive x5", "wharf Lazy x5", 0.55);
    bench.ratio("Greedy / root + unpack", "wharf Greedy parse", "fb root + unpack", 0.45);
    bench.ratio("borrowed / unchecked unpack", "wharf borrowed parse", "fb unchecked unpack", 0.4);
    bench.ratio("serialize / builder", "wharf write", "fb builder", 0.4);
    bench.absolute("write-through, a field", "wharf write-through, 2 fields an item", 2.0 * count as f64, 5.0);
    planus_ratios(&bench);
}

fn planus_cases<'a>(bench: &mut Bench<'a>, theirs: &'a [u8], ours: &'a [u8]) {
    assert_eq!(planus_full(theirs).unwrap(), planus_full(ours).unwrap());
    bench.case("planus full", move || planus_full(black_box(theirs)).unwrap());
    bench.case("planus owned", move || planus_owned(black_box(theirs)));
    let value = planus_owned(theirs);
    let mut builder = planus::Builder::new();
    bench.case("planus write", move || {
        builder.clear();
        black_box(builder.finish(black_box(&value), None).len())
    });
}

fn planus_ratios(bench: &Bench<'_>) {
    bench.ratio("Greedy / planus owned", "wharf Greedy parse", "planus owned", 0.9);
    bench.ratio("serialize / planus", "wharf write", "planus write", 0.4);
}

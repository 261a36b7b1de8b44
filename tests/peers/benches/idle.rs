//! Heap per connection that waits: one that nothing has come for, and one that has had a packet of 1 MiB.

use wharf_peers::Options;
use wharf_peers::contenders::waiting::{self, PACKET, Quiet};
use wharf_peers::heap::Heap;
use wharf_peers::report::{Bar, Chart, Page, Panel, figure};

fn main() {
    let options = Options::from_args();
    let mut page = Page::new(
        "idle",
        "Connections that wait",
        "Heap that each of 10,000 connections holds while it waits for its first packet, and that each of 100 holds \
         while it waits after a line of 1 MiB. The connection's own struct is counted, since it is boxed here, and \
         so is all that its stream costs (16 bytes). Every contender takes lines of up to 1 MiB (but see below), and is asked once \
         for a packet. wharf runs with its mio driver.",
    );
    let mut packet = vec![b'-'; PACKET];
    packet[PACKET - 1] = b'\n';
    let packet: &'static [u8] = packet.leak();
    let fresh = options.pick(10_000, 100);
    let all = waiting::all(1);
    let figures: Vec<_> = all
        .iter()
        .map(|(name, connect)| {
            let held = |count: usize, bytes: &'static [u8]| {
                // What is made once for all connections (the pool's one buffer) is there before.
                let first = connect(Quiet::new(bytes));
                let mut connections = Vec::with_capacity(count);
                let before = Heap::now();
                connections.extend((0..count).map(|_| connect(Quiet::new(bytes))));
                let held = Heap::now().since(before).held;
                drop((first, connections));
                held as f64 / count as f64
            };
            (*name, held(fresh, b""), held(options.pick(100, 2), packet))
        })
        .collect();
    page.section("Heap per connection");
    let row = |(name, fresh, after): &(&str, f64, f64)| vec![(*name).to_owned(), figure(*fresh), figure(*after)];
    page.table(
        &["contender", "bytes, nothing received", "bytes, after a line of 1 MiB"],
        &figures.iter().map(row).collect::<Vec<_>>(),
    );
    page.say(
        "The pool holds one buffer of 1 MiB and 64 KiB for all of these connections, since one of them at a time has \
         a packet under way. With a buffer of its own, a connection of wharf's holds that buffer for ever, and its \
         limit must fit: here 8 KiB in the first column, which is the peers' first buffer, too, and 1 MiB in the \
         second.",
    );
    let bar = |name: &str, value: f64| Bar {
        name: name.to_owned(),
        value,
        label: format!("{} bytes", figure(value)),
        own: name.starts_with("wharf"),
    };
    let chart = Chart {
        title: "Heap per connection that waits".to_owned(),
        unit: "bytes; shorter is better".to_owned(),
        panels: vec![
            Panel {
                title: "Nothing received yet".to_owned(),
                bars: figures.iter().map(|(name, fresh, _)| bar(name, *fresh)).collect(),
            },
            Panel {
                title: "After a line of 1 MiB".to_owned(),
                bars: figures.iter().map(|(name, _, after)| bar(name, *after)).collect(),
            },
        ],
    };
    page.chart("heap", &chart);
    page.write(&options);
}

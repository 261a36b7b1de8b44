//! The table that is printed.

use std::fmt::Write;
use std::time::Duration;

use super::ends::Run;
use super::traffic;
use crate::options::Driver;

/// What one driver did, and what it took.
#[derive(Debug)]
pub(super) struct Row {
    driver: Driver,
    packets: u64,
    bytes: u64,
    calls: u64,
    moved: u64,
    /// Packets in the time that was measured.
    measured: u64,
    elapsed: Duration,
    allocations: usize,
    pub(super) idle: Option<usize>,
}

impl Row {
    pub(super) fn new(driver: Driver, run: &Run, measured: u64, elapsed: Duration, allocations: usize) -> Self {
        Self {
            driver,
            packets: run.packets(),
            bytes: run.sum(|tally| &tally.bytes),
            calls: run.sum(|tally| &*tally.calls),
            moved: run.sum(|tally| &tally.moved),
            measured,
            elapsed,
            allocations,
            idle: None,
        }
    }

    fn cells(&self) -> [String; COLUMNS] {
        let per_second = u128::from(self.measured) * 1_000_000_000 / self.elapsed.as_nanos().max(1);
        let per_packet = self.allocations as f64 / self.measured.max(1) as f64;
        [
            self.driver.name().to_owned(),
            grouped(self.packets.into()),
            grouped(self.bytes.into()),
            grouped(per_second),
            grouped(self.calls.into()),
            if self.allocations == 0 { "0".to_owned() } else { format!("{per_packet:.6}") },
            format!("{:.4}", self.moved as f64 / self.bytes.max(1) as f64),
            self.idle.map_or_else(String::new, |bytes| format!("{bytes} B")),
        ]
    }
}

const COLUMNS: usize = 8;

/// Two lines of names.
const HEAD: [[&str; COLUMNS]; 2] = [
    ["", "packets", "bytes", "packets", "receive", "allocations", "bytes moved", "heap per idle"],
    ["driver", "received", "received", "a second", "calls", "a packet", "a byte", "connection"],
];

/// The table, with what it is about.
pub(super) fn print(rows: &[Row], idle: usize) -> String {
    let mut lines: Vec<[String; COLUMNS]> = HEAD.iter().map(|names| names.map(str::to_owned)).collect();
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| lines.iter().map(|cells| cells[column].len()).max().unwrap_or_default();
    let widths: [usize; COLUMNS] = std::array::from_fn(width);

    let mut text = format!("Packets over loopback TCP, echoed and checked: {}; 0 to 8000 bytes.\n\n", traffic::NAMES);
    for (index, cells) in lines.iter().enumerate() {
        let mut line = format!("{:<1$}", cells[0], widths[0]);
        for (cell, width) in cells.iter().zip(widths).skip(1) {
            write!(line, "  {cell:>width$}").expect("a string takes all that is written");
        }
        text += line.trim_end();
        text.push('\n');
        if index + 1 == HEAD.len() {
            text += &"─".repeat(widths.iter().sum::<usize>() + 2 * (COLUMNS - 1));
            text.push('\n');
        }
    }
    text += &format!(
        "
Allocations: by all threads and libraries, once the exchange is under way; async-io's reactor allocates
each time that it wakes. Heap: all that is allocated for each of {idle} connections that wait for a packet,
its own structure included; on async-io with its task and the reactor's entry, on blocking without its thread.
"
    );
    text
}

/// `1234567` as `1,234,567`.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

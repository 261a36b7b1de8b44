//! FlatBuffers whose bytes are read again and again: each offset leads where others lead.
#![allow(missing_docs, reason = "the schema says it")]

use wharf::flat::{Error, Nested, Table, Union, to_vec};

/// A table that can lie in itself in every way.
#[derive(Table, Clone, Debug, PartialEq, Default)]
pub struct Node {
    pub kids: Option<Vec<Self>>,
    pub names: Option<Vec<String>>,
    #[flat(union)]
    pub any: Option<Vec<Any>>,
    pub nested: Option<Nested<Self>>,
    pub bytes: Option<Vec<u8>>,
}

/// A table or a string.
#[derive(Union, Clone, Debug, PartialEq)]
pub enum Any {
    Node(Node),
    Text(String),
    #[flat(unknown)]
    Unknown(u8),
}

/// Slots of [`Node`] in its vtable.
const KIDS: usize = 0;
const NAMES: usize = 1;
const ANY: usize = 2;
const NESTED: usize = 4;
const BYTES: usize = 5;

/// A packet, and what a verifier must say of it.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// What is done in it.
    pub name: &'static str,
    /// Its bytes.
    pub packet: Vec<u8>,
    /// Why it is refused; if it isn't, it costs no more than it may.
    pub refused: Option<Error>,
}

/// A packet that nobody minds, of a few kilobytes.
pub fn honest() -> Vec<u8> {
    let leaf = |number: u32| Node {
        names: Some(vec![format!("the name of node {number}"), "another".to_owned()]),
        bytes: Some(vec![7; 16]),
        any: Some(vec![Any::Text("any text".to_owned()), Any::Node(Node::default())]),
        ..Node::default()
    };
    let root = Node { kids: Some((0..60).map(leaf).collect()), ..leaf(0) };
    to_vec(&root).expect("it can be written")
}

/// All that are hostile.
pub fn hostile() -> Vec<Hostile> {
    let row = |name, packet, refused| Hostile { name, packet, refused };
    let work = Some(Error::Work);
    vec![
        row("tables that share their kids, two each, 19 levels", shared_kids(19, 2), work),
        row("tables that share their kids, 100 each, 5 levels", shared_kids(5, 100), work),
        row("tables that share their kids, 8 each, 60 levels", shared_kids(60, 8), work),
        row("one table 10,000 times", shared_kids(2, 10_000), None),
        row("63 tables in each other", shared_kids(63, 1), None),
        row("2,000 tables in each other", shared_kids(2000, 1), Some(Error::Depth)),
        row("one string of 100 bytes 5,000 times", shared_string(&[b'x'; 100], 5000), None),
        row("one string of 4,000 bytes 1,000 times", shared_string(&[b'x'; 4000], 1000), work),
        row("one string of 100,000 bytes 1,000 times", shared_string(&[b'x'; 100_000], 1000), work),
        row(
            "one string of four-byte characters 1,000 times",
            shared_string("\u{10ffff}".repeat(500).as_bytes(), 1000),
            work,
        ),
        row("one string that ends wrongly 1,000 times", shared_string(b"xxxxxxxxxxxxxxx\xff", 1000), Some(Error::Utf8)),
        row("one empty string 20,000 times", shared_string(b"", 20_000), None),
        row("unions that share one table, 5,000 times", shared_unions(5000, &shared_kids(1, 0)), None),
        row("unions that share a table of 500 kids, 500 times", shared_unions(500, &shared_kids(2, 500)), work),
        row("tables that share a vector of 100 bytes, 1,000 times", shared_blob(BYTES, 1000, &[7; 100]), None),
        row("tables that share a vector of 4,000 bytes, 1,000 times", shared_blob(BYTES, 1000, &[7; 4000]), work),
        row("tables that share a nested buffer, 1,000 times", shared_blob(NESTED, 1000, &shared_kids(2, 500)), work),
        row("nested buffers in each other, 70 levels", nested(70), work),
        row("nested buffers in each other, 20 levels", nested(20), None),
        row("a vtable for each of 2,000 tables", own_vtables(2000), None),
    ]
}

/// Bytes under way, in words.
struct Words(Vec<u8>);

impl Words {
    /// A root offset and a vtable in which `slot`, and the one behind it if there are `two`, is present.
    ///
    /// ```text
    /// 0 root offset   4 vtable   4 + len of the vtable: the first table
    /// ```
    fn new(slot: usize, two: bool) -> Self {
        let slots = slot + 1 + usize::from(two);
        // A table behind it lies at a multiple of four.
        let padded = (4 + 2 * slots).next_multiple_of(4);
        let mut words = Self(Vec::new());
        words.push(4 + padded);
        words.halves(&[4 + 2 * slots, if two { 12 } else { 8 }]);
        words.halves(&vec![0; slot]);
        words.halves(if two { &[4, 8] } else { &[4] });
        words.0.resize(4 + padded, 0);
        words
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn push(&mut self, word: usize) {
        self.0.extend(u32::try_from(word).expect("short packets").to_le_bytes());
    }

    fn halves(&mut self, halves: &[usize]) {
        self.0.extend(halves.iter().flat_map(|half| u16::try_from(*half).expect("few slots").to_le_bytes()));
    }

    /// Begins a table whose vtable is the one at the front.
    fn table(&mut self) {
        self.push(self.len() - 4);
    }

    /// An offset that leads to byte `at`.
    fn lead_to(&mut self, at: usize) {
        self.push(at - self.len());
    }

    /// A vector of so many offsets that all lead to byte `at`.
    fn shared(&mut self, count: usize, at: usize) {
        self.push(count);
        (0..count).for_each(|_| self.lead_to(at));
    }

    /// A vector of bytes, or a string, with its closing zero.
    fn bytes(&mut self, bytes: &[u8]) {
        self.push(bytes.len());
        self.0.extend(bytes);
        self.0.push(0);
        self.0.resize(self.len().next_multiple_of(4), 0);
    }
}

/// So many levels of tables, each with a vector that leads `count` times to the next; the last has no kids.
fn shared_kids(levels: usize, count: usize) -> Vec<u8> {
    let mut words = Words::new(KIDS, false);
    for level in 1..=levels {
        let count = if level == levels { 0 } else { count };
        words.table();
        words.push(4);
        words.shared(count, words.len() + 4 + 4 * count);
    }
    words.0
}

fn shared_string(text: &[u8], count: usize) -> Vec<u8> {
    let mut words = Words::new(NAMES, false);
    words.table();
    words.push(4);
    words.shared(count, words.len() + 4 + 4 * count);
    words.bytes(text);
    words.0
}

/// A vector of unions, all the root of `packet`, which is a packet of its own.
fn shared_unions(count: usize, packet: &[u8]) -> Vec<u8> {
    let mut words = Words::new(ANY, true);
    words.table();
    // The types, then the values, then the packet.
    words.push(8);
    let types = (4 + count + 1).next_multiple_of(4);
    words.push(4 + types);
    words.bytes(&vec![1; count]);
    let begins = words.len() + 4 + 4 * count;
    let root = u32::from_le_bytes(*packet.first_chunk().expect("it has a root")) as usize;
    words.shared(count, begins + root);
    words.0.extend(packet);
    words.0
}

/// A root with so many kids, each a table of its own, whose only field leads to the same bytes.
fn shared_blob(slot: usize, count: usize, blob: &[u8]) -> Vec<u8> {
    let mut words = Words::new(KIDS, false);
    words.table();
    words.push(4);
    words.push(count);
    let first = words.len() + 4 * count;
    (0..count).for_each(|index| words.lead_to(first + 8 * index));
    let (vtable, at) = (first + 8 * count, first + 8 * count + 16);
    for _ in 0..count {
        // The vtable lies behind.
        let behind = u32::try_from(vtable - words.len()).expect("short packets").wrapping_neg();
        words.push(behind as usize);
        words.lead_to(at);
    }
    let mut slots = [4 + 2 * (slot + 1), 8, 0, 0, 0, 0, 0, 0];
    slots[2 + slot] = 4;
    words.halves(&slots);
    words.bytes(blob);
    words.0
}

/// A packet in a packet, and so on.
fn nested(levels: usize) -> Vec<u8> {
    let mut packet = shared_kids(1, 0);
    for _ in 0..levels {
        let mut words = Words::new(NESTED, false);
        words.table();
        words.push(4);
        words.bytes(&packet);
        packet = words.0;
    }
    packet
}

/// A root with so many kids, each with a vtable of its own right behind it.
fn own_vtables(count: usize) -> Vec<u8> {
    let mut words = Words::new(KIDS, false);
    words.table();
    words.push(4);
    words.push(count);
    let first = words.len() + 4 * count;
    (0..count).for_each(|index| words.lead_to(first + 12 * index));
    for _ in 0..count {
        words.push(u32::MAX as usize - 3);
        words.halves(&[8, 4, 0, 0]);
    }
    words.0
}

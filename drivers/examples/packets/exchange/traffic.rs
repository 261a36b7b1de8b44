//! The packets that are exchanged: each can be told from all others, and made again to check it.

use crate::format::Format;

/// The sizes that packets of changing length have, in turn; one in 32 is empty.
const LENS: [usize; 32] = [
    64, 100, 64, 300, 16, 1400, 64, 128, 200, 32, 64, 1000, 64, 24, 256, 512, 0, 64, 96, 700, 64, 48, 150, 64, 1200,
    80, 64, 2000, 40, 64, 400, 8000,
];

/// Length of fixed packets.
const FIXED: usize = 128;

/// Bytes that packets are cut from.
const FILLER: usize = 16 * 1024;

/// The framings that are exchanged; each on its own connections.
pub(crate) fn formats() -> [Format; 6] {
    [
        Format::Lines,
        Format::Delimited(b"\r\n.\r\n".to_vec()),
        Format::Fixed(FIXED),
        Format::Len32Be,
        Format::Len16Le,
        Format::Varint,
    ]
}

/// What they are called in the table.
pub(crate) const NAMES: &str = "lines, delimited, fixed, len32be, len16le, varint";

/// Longest packet.
pub(crate) const LIMIT: usize = 8 * 1024;

/// The packets of one connection.
#[derive(Debug)]
pub(crate) struct Traffic {
    fixed: bool,
    filler: Vec<u8>,
}

impl Traffic {
    pub(crate) fn new(format: &Format) -> Self {
        let text = matches!(format, Format::Lines | Format::Delimited(_));
        let mut state: u32 = 0x2545_f491;
        let filler = (0..FILLER).map(|_| {
            // Xorshift: any bytes would do, if they are the same on both sides.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let byte = state.to_le_bytes()[1];
            if text { b' ' + byte % 95 } else { byte }
        });
        Self { fixed: matches!(format, Format::Fixed(_)), filler: filler.collect() }
    }

    /// Makes the packet with this index: its index in digits, as far as there is room, and filler.
    pub(crate) fn packet<'p>(&self, index: u64, packet: &'p mut Vec<u8>) -> &'p [u8] {
        let turn = usize::try_from(index % (1 << 20)).unwrap_or_default();
        let len = if self.fixed { FIXED } else { LENS[turn % LENS.len()] };
        let from = turn * 37 % (FILLER - LIMIT);
        packet.clear();
        packet.extend_from_slice(&self.filler[from..from + len]);
        let mut rest = index;
        for digit in packet.iter_mut().take(16) {
            *digit = b"0123456789abcdef"[usize::try_from(rest % 16).unwrap_or_default()];
            rest /= 16;
        }
        packet
    }
}

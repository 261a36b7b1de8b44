//! Packets that prove by their content that none was lost, altered or reordered.

/// Makes numbered packets of one connection, and checks them.
///
/// ```text
/// connection u32 │ number u64 │ length u32 │ filler │ checksum u64
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    connection: u32,
    next: u64,
}

const HEAD: usize = 4 + 8 + 4;
const TAIL: usize = 8;

impl Tally {
    /// Length of the shortest packet.
    pub const SHORTEST: usize = HEAD + TAIL;

    /// Begins to count the packets of a connection.
    pub fn new(connection: u32) -> Self {
        Self { connection, next: 0 }
    }

    /// Begins with the connection that `packet` says that it comes from.
    pub fn of(packet: &[u8]) -> Self {
        Self::new(packet.first_chunk().map_or(u32::MAX, |connection| u32::from_le_bytes(*connection)))
    }

    /// Packets so far.
    pub fn count(&self) -> u64 {
        self.next
    }

    /// Writes the next packet, `len` bytes long, or the shortest.
    pub fn make(&mut self, len: usize, packet: &mut Vec<u8>) {
        let len = len.max(Self::SHORTEST);
        packet.clear();
        packet.extend_from_slice(&self.connection.to_le_bytes());
        packet.extend_from_slice(&self.next.to_le_bytes());
        packet.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
        let mut state = self.next ^ u64::from(self.connection) << 32;
        while packet.len() < len - TAIL {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            packet.push(state.to_le_bytes()[7]);
        }
        let sum = checksum(packet);
        packet.extend_from_slice(&sum.to_le_bytes());
        self.next += 1;
    }

    /// Checks the next packet.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&mut self, packet: &[u8]) -> Result<(), String> {
        let number = self.next;
        self.next += 1;
        let Some((body, tail)) = packet.split_last_chunk::<TAIL>() else { return Err(wrong(number, "too short")) };
        if checksum(body) != u64::from_le_bytes(*tail) {
            return Err(wrong(number, "altered"));
        }
        let head = (body.first_chunk::<4>(), body[4..].first_chunk::<8>(), body[12..].first_chunk::<4>());
        let (Some(connection), Some(numbered), Some(len)) = head else { return Err(wrong(number, "too short")) };
        if u32::from_le_bytes(*connection) != self.connection {
            return Err(wrong(number, "another connection's"));
        }
        if u64::from_le_bytes(*numbered) != number {
            return Err(wrong(number, &format!("number {}", u64::from_le_bytes(*numbered))));
        }
        if u32::from_le_bytes(*len) as usize != packet.len() {
            return Err(wrong(number, "of another length"));
        }
        Ok(())
    }
}

fn wrong(number: u64, what: &str) -> String {
    format!("packet {number} is {what}")
}

/// FNV-1a, [draft-eastlake-fnv].
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

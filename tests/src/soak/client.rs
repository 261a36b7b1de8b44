//! One client of the soak: it writes and reads in random cuts, and ends as it is fated.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};

use wharf::{End, Framed, LengthPrefixed, Ready, Receiver, Width};

use super::{LONGEST, Plan};
use crate::drivers::{Tally, reset};

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// All its packets are sent, and come back.
    Finishes,
    /// It says inside a packet that nothing more comes; the packets before come back.
    HalfCloses,
    /// It is reset inside a packet.
    Resets,
    /// It is closed inside a packet, with what came back unread.
    Drops,
}

#[derive(Debug)]
pub(super) struct Client {
    number: u32,
    /// None once it is killed.
    stream: Option<TcpStream>,
    receiver: Receiver<Framed<LengthPrefixed>, Vec<u8>>,
    made: Tally,
    checked: Tally,
    packets: u64,
    fate: Fate,
    /// The packet that is being sent, in its frame; and how much of it is sent.
    outgoing: Vec<u8>,
    sent: usize,
    /// Of it no more is sent than this.
    last: Option<usize>,
    closed: bool,
    idle_turns: u32,
    random: u64,
    moved: bool,
    pub(super) bytes: u64,
    pub(super) cuts: u64,
    pub(super) stalls: u64,
}

impl Client {
    pub(super) fn new(number: u32, plan: &Plan, stream: TcpStream) -> Self {
        stream.set_nonblocking(true).expect("a socket can be told not to block");
        let framed = Framed::new(LengthPrefixed::new(Width::U32, LONGEST));
        let random = (plan.seed << 32 | u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut client = Self {
            number,
            stream: Some(stream),
            receiver: Receiver::new(framed, vec![0; LONGEST + 4]).expect("the buffer is long enough"),
            made: Tally::new(number),
            checked: Tally::new(number),
            packets: plan.packets,
            fate: Fate::Finishes,
            outgoing: Vec::new(),
            sent: 0,
            last: None,
            closed: false,
            idle_turns: 0,
            random,
            moved: false,
            bytes: 0,
            cuts: 0,
            stalls: 0,
        };
        client.fate =
            [Fate::HalfCloses, Fate::Resets, Fate::Drops].get(client.below(10)).copied().unwrap_or(client.fate);
        if client.fate != Fate::Finishes {
            client.packets = 1 + client.below(usize::try_from(plan.packets).unwrap_or(usize::MAX)) as u64;
        }
        client
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn fate(&self) -> Fate {
        self.fate
    }

    /// Packets that came back and were right.
    pub(super) fn checked(&self) -> u64 {
        self.checked.count()
    }

    /// Packets that were sent whole, if it has ended.
    pub(super) fn sent_whole(&self) -> u64 {
        self.made.count() - u64::from(self.last.is_some())
    }

    /// Whether the last turn moved a byte.
    pub(super) fn has_moved(&self) -> bool {
        self.moved
    }

    /// Writes and reads once; how it ended, if it has. Where there is no more `time`, no packet is begun.
    pub(super) fn turn(&mut self, time: bool) -> Option<Result<(), String>> {
        self.moved = false;
        if self.idle_turns > 0 {
            self.idle_turns -= 1;
            return None;
        }
        if self.below(200) == 0 {
            self.idle_turns = 1 + u32::try_from(self.below(300)).unwrap_or(1);
            self.stalls += 1;
        }
        let ended = self.write(time).and_then(|killed| if killed { Ok(true) } else { self.read() });
        match ended {
            Ok(true) => Some(Ok(())),
            Ok(false) => None,
            Err(wrong) => Some(Err(wrong)),
        }
    }

    /// Sends a piece of the packet under way; whether the connection is killed by it.
    fn write(&mut self, time: bool) -> Result<bool, String> {
        if self.closed {
            return Ok(false);
        }
        if self.sent == self.outgoing.len() {
            let is_last = self.made.count() + 1 >= self.packets || !time;
            if self.made.count() >= self.packets || !time && self.fate == Fate::Finishes {
                self.close()?;
                return Ok(false);
            }
            self.make();
            if is_last && self.fate != Fate::Finishes {
                self.last = Some(self.below(self.outgoing.len()));
            }
        }
        let end = self.last.unwrap_or(self.outgoing.len());
        let most = [7, 200, 3000, LONGEST][self.below(4)];
        let cut = (1 + self.below(most)).min(end - self.sent);
        if cut > 0 {
            let Some(stream) = &mut self.stream else { return Ok(true) };
            match stream.write(&self.outgoing[self.sent..self.sent + cut]) {
                Ok(count) => {
                    self.sent += count;
                    self.count(count);
                }
                Err(error) if waits(&error) => {}
                Err(error) => return Err(format!("cannot send packet {}: {error}", self.made.count())),
            }
        }
        if self.last == Some(self.sent) {
            match self.fate {
                Fate::Resets => self.stream.take().into_iter().for_each(reset),
                Fate::Drops => drop(self.stream.take()),
                Fate::HalfCloses | Fate::Finishes => self.close()?,
            }
        }
        Ok(self.stream.is_none())
    }

    fn make(&mut self) {
        let longest = [100, 100, 1500, LONGEST][self.below(4)];
        let len = self.below(longest + 1);
        let mut packet = std::mem::take(&mut self.outgoing);
        self.made.make(len, &mut packet);
        let head = u32::try_from(packet.len()).unwrap_or(u32::MAX).to_be_bytes();
        packet.splice(..0, head);
        (self.outgoing, self.sent) = (packet, 0);
    }

    fn close(&mut self) -> Result<(), String> {
        self.closed = true;
        let Some(stream) = &self.stream else { return Ok(()) };
        stream.shutdown(Shutdown::Write).map_err(|error| format!("cannot be half-closed: {error}"))
    }

    /// Receives a piece of what comes back; whether that was the end.
    fn read(&mut self) -> Result<bool, String> {
        let most = [7, 200, 3000, LONGEST][self.below(4)];
        let cut = 1 + self.below(most);
        loop {
            match self.receiver.ready() {
                Ready::Packet => {
                    let packet = self.receiver.packet().map_err(|error| error.to_string())?;
                    self.checked.check(packet)?;
                }
                Ready::Receive => break,
                Ready::End(End::Clean) => return self.ended().map(|()| true),
                other => return Err(format!("what comes back is out of step: {other:?}")),
            }
        }
        let Some(stream) = &mut self.stream else { return Ok(true) };
        let window = self.receiver.window().map_err(|error| error.to_string())?;
        let cut = cut.min(window.len());
        match stream.read(&mut window[..cut]) {
            Ok(count) => {
                self.receiver.received(count);
                self.count(count);
            }
            Err(error) if waits(&error) => {}
            Err(error) => return Err(format!("cannot receive packet {}: {error}", self.checked.count())),
        }
        Ok(false)
    }

    /// Whether all came back that was sent whole.
    fn ended(&self) -> Result<(), String> {
        let whole = self.sent_whole();
        if !self.closed {
            return Err(format!("the server closed it after {} packets of {whole}", self.checked.count()));
        }
        if self.checked.count() != whole {
            return Err(format!("{} packets came back of {whole}", self.checked.count()));
        }
        Ok(())
    }

    fn count(&mut self, bytes: usize) {
        self.moved = true;
        self.cuts += 1;
        self.bytes += bytes as u64;
    }

    /// A random number below `limit`, by xorshift.
    fn below(&mut self, limit: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from((self.random >> 16) % limit.max(1) as u64).unwrap_or(0)
    }
}

fn waits(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

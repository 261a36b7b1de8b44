//! Does what is asked of a receiver, and notes what it says.

use wharf::storage::{Lease, Storage};
use wharf::{
    ConfigError, Deserializer, End, Error, ErrorKind, Event, FrameError, Parts, PollError, Ready, Receiver, SwitchError,
};

use super::{Plan, Under, Ways};
use crate::naive::Expected;
use crate::rule::Rule;

/// What is to be done now.
enum Due {
    Bytes,
    Packet,
    /// What was due has been said.
    Nothing,
}

pub(super) struct Run<'p, B: Storage> {
    plan: &'p Plan<'p>,
    ways: Ways<B>,
    receiver: Under<B>,
    /// Shares the pool with the receiver.
    rival: Option<Lease>,
    /// The rule that holds now.
    rule: &'p Rule,
    /// Where in the stream it began to hold.
    begun: usize,
    /// What the receiver has said since.
    said: Vec<Expected>,
    /// All that is received until the end.
    stream: &'p [u8],
    received: usize,
    /// A packet has been told of and not taken.
    due: bool,
    /// The receiver was given bytes that another rule had received.
    ahead: bool,
    ended: bool,
    over: bool,
}

impl<'p, B: Storage> Run<'p, B> {
    pub(super) fn new(plan: &'p Plan<'p>, storage: B, ways: Ways<B>, rival: Option<Lease>) -> Self {
        let rule = &plan.rules[0];
        let receiver = Receiver::new(plan.framed(rule), storage).expect("long enough");
        let (said, stream) = (Vec::new(), plan.stream);
        let [due, ahead, ended, over] = [false; 4];
        Self { plan, ways, receiver, rival, rule, begun: 0, said, stream, received: 0, due, ahead, ended, over }
    }

    pub(super) fn all(mut self) {
        for &act in self.plan.acts {
            if self.over {
                break;
            }
            self = self.act(act);
            self.account();
        }
        self.evict();
        while !self.over {
            if self.settle() {
                if self.received == self.stream.len() { self.finish() } else { self.receive(7) }
            }
            self.account();
        }
        for _ in 0..2 {
            assert_eq!(self.receiver.ready(), Ready::End(End::Fused), "the end is said once");
        }
        assert_eq!(self.said, self.expected(self.stream.len()));
    }

    fn act(mut self, act: u8) -> Self {
        let count = usize::from(act / 16);
        match act % 16 {
            0 => self.receiver.rest(),
            1 => drop(self.settle()),
            2 => self.due = matches!(self.ask(), Due::Packet),
            3 => self.poll(),
            4 => self.batch(count % 4),
            5 => return self.switch(count),
            6 => return self.take_apart(count),
            7 => self.lend(count),
            8 => self.contend(),
            9 if count == 15 => self.finish(),
            9..=11 => self.feed(1 + count),
            12 => self.receive(usize::MAX),
            _ => self.receive(1 + count),
        }
        self
    }

    /// Sees that every byte that was received is said, or is there.
    fn account(&self) {
        let position = self.position();
        assert_eq!(position + self.receiver.retained().len(), self.received);
        let remainder = self.receiver.remainder();
        let whole = *remainder == self.stream[position..self.received];
        assert!(whole || remainder.is_empty() && self.receiver.is_at_rest(), "another remainder than was received");
        assert!(self.said.len() <= 2 * self.received + 2, "it says ever more");
    }

    fn position(&self) -> usize {
        usize::try_from(self.receiver.position()).expect("a short stream")
    }

    /// What is to be said since the last switch, if the stream ended at `end`.
    fn expected(&self, end: usize) -> Vec<Expected> {
        let mut expected = self.rule.expected(&self.stream[self.begun..end]);
        for said in &mut expected {
            if let Expected::Limit(position) | Expected::Fatal(position) = said {
                *position += self.begun as u64;
            }
        }
        expected
    }

    /// Asks what is due; what isn't to receive or to take a packet is noted.
    fn ask(&mut self) -> Due {
        match self.receiver.ready() {
            Ready::Receive => {
                assert!(!self.ended, "bytes are wanted behind the end");
                return Due::Bytes;
            }
            Ready::Packet => return Due::Packet,
            Ready::Reject(error) => self.error(&PollError::Reject(error)),
            Ready::Fatal(error) => self.error(&PollError::Fatal(error)),
            Ready::End(end) => self.end(end),
        }
        Due::Nothing
    }

    /// Does what is due, unless that is to receive; says whether it is.
    fn settle(&mut self) -> bool {
        match self.ask() {
            Due::Bytes => return true,
            Due::Packet => {
                let packet = (self.ways.take)(&mut self.receiver);
                self.packet(packet);
            }
            Due::Nothing => {}
        }
        false
    }

    fn packet(&mut self, packet: Vec<u8>) {
        self.due = false;
        self.said.push(Expected::Packet(packet));
        let beyond = self.receiver.retained().len();
        assert!(!self.plan.exact || self.ahead || beyond == 0, "{beyond} bytes received beyond a packet");
    }

    fn error(&mut self, error: &PollError<Error>) {
        match error {
            PollError::Reject(error) => {
                assert!(matches!(error.kind(), ErrorKind::Frame(FrameError::LimitExceeded { .. })), "{error}");
                self.said.push(Expected::Limit(error.position()));
            }
            PollError::Fatal(error) => {
                self.said.push(Expected::Fatal(error.position()));
                self.over = true;
            }
            PollError::Exhausted(_) => self.exhausted(),
        }
    }

    fn end(&mut self, end: End) {
        assert!(self.ended, "an end that nobody told");
        self.over = true;
        self.said.push(match end {
            End::Clean => Expected::Clean,
            End::Truncated { had, .. } => Expected::Truncated(had),
            End::Fused => panic!("the end is said before it is fused"),
        });
    }

    /// The one-call form, whose window is written to and dropped.
    fn poll(&mut self) {
        match self.receiver.poll() {
            Ok(Event::Packet(packet)) => {
                let packet = packet.to_vec();
                self.packet(packet);
            }
            Ok(Event::Receive(mut window)) => {
                assert!(!window.bytes().is_empty(), "an empty window");
                window.bytes().fill(b'\n');
            }
            Ok(Event::End(end)) => self.end(end),
            Err(error) => self.error(&error),
        }
    }

    fn batch(&mut self, count: usize) {
        let batch = self.receiver.batch().take(count);
        let said: Vec<_> = batch.map(|said| said.map(<[u8]>::to_vec)).collect();
        for said in said {
            self.due = false;
            match said {
                Ok(packet) => self.said.push(Expected::Packet(packet)),
                Err(error) => self.error(&error),
            }
        }
    }

    fn left(&self, count: usize) -> &'p [u8] {
        let left = &self.stream[self.received..];
        &left[..count.min(left.len())]
    }

    fn receive(&mut self, count: usize) {
        if !self.settle() {
            return;
        }
        let left = self.left(count);
        let Ok(window) = self.receiver.window() else { return self.exhausted() };
        assert!(!window.is_empty(), "an empty window");
        let count = window.len().min(left.len());
        window[..count].copy_from_slice(&left[..count]);
        if count > 0 {
            self.receiver.received(count);
            self.received += count;
        }
    }

    /// Feeds the receiver, whatever is due.
    fn feed(&mut self, count: usize) {
        match self.receiver.feed(self.left(count)) {
            Ok(count) => self.received += count,
            Err(_) => self.exhausted(),
        }
    }

    fn lend(&mut self, longer: usize) {
        if self.settle() {
            let left = self.left(longer * longer);
            self.received += (self.ways.lend)(&mut self.receiver, left, longer);
        }
    }

    /// Ends the stream here.
    fn finish(&mut self) {
        match self.receiver.finish() {
            Ok(()) => {
                self.ended = true;
                self.stream = &self.stream[..self.received];
            }
            Err(_) => self.exhausted(),
        }
    }

    fn exhausted(&self) {
        assert!(self.rival.as_ref().is_some_and(|rival| !rival.bytes().is_empty()), "a buffer is free");
    }

    /// The rival takes the pool's only buffer, if it is free, or gives it back.
    fn contend(&mut self) {
        let Some(rival) = &mut self.rival else { return };
        if rival.bytes().is_empty() {
            let taken = rival.acquire().is_ok();
            assert_eq!(taken, self.receiver.storage().bytes().is_empty(), "one buffer, held by one");
            rival.bytes_mut().fill(b'\n');
        } else {
            rival.rest(0..0);
        }
    }

    fn evict(&mut self) {
        if let Some(rival) = &mut self.rival {
            rival.rest(0..0);
        }
    }

    /// Sees that what was said is what the rule says of what it has read, and lets the next one follow.
    fn follow(&mut self, rule: &'p Rule) {
        let position = self.position();
        let expected = self.expected(self.stream.len());
        assert!(expected.starts_with(&self.said), "{:?} is not said of {expected:?}", self.said);
        // What is thrown away of a refused packet is read although the packet isn't.
        if !matches!(self.said.last(), Some(Expected::Limit(_))) {
            let read = self.expected(position);
            assert_eq!(read.split_last(), Some((&Expected::Clean, &self.said[..])), "it read as far as it said");
        }
        self.ahead |= position != self.received;
        (self.rule, self.begun, self.said) = (rule, position, Vec::new());
    }

    fn switch(mut self, choice: usize) -> Self {
        if self.due {
            return self;
        }
        let rule = &self.plan.rules[choice % self.plan.rules.len()];
        match self.receiver.switch(self.plan.framed(rule)) {
            Ok(receiver) => {
                self = Self { receiver, ..self };
                self.follow(rule);
            }
            Err(SwitchError { reason, receiver, .. }) => {
                assert!(matches!(reason, ConfigError::Exhausted(_)), "{reason}");
                self = Self { receiver, ..self };
                self.exhausted();
            }
        }
        self
    }

    /// Takes the receiver apart and builds one of its parts, with its deserializer or with another.
    fn take_apart(mut self, choice: usize) -> Self {
        if self.due {
            return self;
        }
        self.evict();
        let position = self.position();
        let Parts { mut deserializer, mut storage, unread } = self.receiver.into_parts();
        (self.ways.stow)(&mut storage, unread.clone());
        if !unread.is_empty() {
            storage.acquire().expect("the buffer is free");
            assert_eq!(storage.bytes()[unread.clone()], self.stream[position..self.received]);
        }
        let rule = self.plan.rules.get(choice);
        if let Some(rule) = rule {
            deserializer = self.plan.framed(rule);
            deserializer.adopt(unread, position as u64);
        }
        let mut receiver = Receiver::new(deserializer, storage).expect("it was long enough");
        if self.ended {
            receiver.finish().expect("the buffer is free");
        }
        self = Self { receiver, ..self };
        if let Some(rule) = rule {
            self.follow(rule);
        }
        self
    }
}

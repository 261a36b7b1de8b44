//! Whatever each call of a socket does, the drivers deliver what the rule says of the stream, and send what was queued.

use core::mem::take;
use std::io::ErrorKind;
use std::time::Duration;

use wharf::send::{Framer, Sender};
use wharf::storage::{Lease, Pool, Storage};
use wharf::{Deserializer, Framed, LengthPrefixed, Receiver, Width};
use wharf_drivers::{async_io_2, blocking, mio_1};

use super::Input;
use super::framings::rule;
use crate::drivers::{Call, Driven, Driver, Incoming, Outcome, Outgoing, Scripted, Settings};
use crate::naive::Expected;
use crate::rule::Rule;

/// What a connection is given, and what is asked of it.
struct Plan<'p> {
    driver: Driver,
    rule: Rule,
    settings: Settings,
    stream: &'p [u8],
    acts: &'p [u8],
    receives: Vec<Call>,
    sends: Vec<Call>,
}

/// Runs a driver that the input chooses over a stream that it scripts.
pub fn drivers(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let driver = input.choose(&Driver::ALL);
    let leased = input.bool();
    let rule = rule(&mut input);
    let exact = input.below(4) == 0;
    let room = input.below(40);
    let budget = u32::try_from(1 + input.below(4)).expect("a small number");
    let deadline = input.choose(&[None, Some(Duration::from_secs(3600)), Some(Duration::ZERO)]);
    let [acts, receives, sends] = [64, 64, 32].map(|most| {
        let count = input.below(most);
        input.take(count)
    });
    let framed = Framed::new(rule.framing()).min_receive(1);
    let framed = if exact { framed.exact() } else { framed };
    let len = framed.buffer_len(0) + room;
    let [receives, sends] = [receives, sends].map(|script| script.iter().map(|&byte| call(byte)).collect());
    let settings = Settings { budget, deadline };
    let plan = Plan { driver, rule, settings, stream: input.rest(), acts, receives, sends };
    if leased {
        let pool = Pool::new(len, 1);
        plan.run(Receiver::new(framed, pool.lease()).expect("long enough"), Some(pool.lease()));
        assert_eq!(pool.in_use(), 0, "a buffer of the pool is kept for ever");
    } else {
        plan.run(Receiver::new(framed, vec![0xEE; len]).expect("long enough"), None);
    }
}

fn call(byte: u8) -> Call {
    let count = usize::from(byte / 8);
    match byte % 8 {
        0 => Call::Fails(ErrorKind::Interrupted),
        1 => Call::Fails(ErrorKind::WouldBlock),
        2 => {
            let kinds =
                [ErrorKind::ConnectionReset, ErrorKind::TimedOut, ErrorKind::BrokenPipe, ErrorKind::OutOfMemory];
            Call::Fails(kinds[count % kinds.len()])
        }
        3 => Call::Moves(count),
        4 => Call::Moves(usize::MAX),
        _ => Call::Moves(1 + count),
    }
}

impl Plan<'_> {
    fn run<B: Storage>(self, receiver: Incoming<B>, rival: Option<Lease>) {
        match self.driver {
            Driver::Blocking => {
                Run::<blocking::Connection<Scripted, Incoming<B>, Outgoing>>::new(self, receiver, rival).all();
            }
            Driver::Mio => Run::<mio_1::Connection<Scripted, Incoming<B>, Outgoing>>::new(self, receiver, rival).all(),
            Driver::AsyncIo => {
                Run::<async_io_2::Connection<Scripted, Incoming<B>, Outgoing>>::new(self, receiver, rival).all();
            }
        }
    }
}

struct Run<'p, C> {
    plan: Plan<'p>,
    connection: C,
    /// Shares the pool with the connection.
    rival: Option<Lease>,
    said: Vec<Expected>,
    /// How receives failed.
    failed: Vec<ErrorKind>,
    /// All that was queued.
    queued: Vec<u8>,
    over: bool,
}

impl<'p, C: Driven> Run<'p, C> {
    fn new(mut plan: Plan<'p>, receiver: Incoming<C::Storage>, rival: Option<Lease>) -> Self {
        let sender = Sender::new(Framer::new(LengthPrefixed::new(Width::U8, 255)), 300);
        let (receives, sends) = (take(&mut plan.receives), take(&mut plan.sends));
        let stream = C::wrap(Scripted::new(plan.stream, receives, sends));
        let connection = C::open(stream, receiver, sender, plan.settings);
        Self { plan, connection, rival, said: Vec::new(), failed: Vec::new(), queued: Vec::new(), over: false }
    }

    fn all(mut self) {
        for &act in self.plan.acts {
            self = self.act(act);
            self.account();
        }
        if let Some(rival) = &mut self.rival {
            rival.rest(0..0);
        }
        // A call either follows the script, or says something about a byte.
        let mut turns = 2 * self.plan.stream.len() + 200;
        while !self.over {
            self.recv(usize::MAX);
            self.account();
            turns = turns.checked_sub(1).expect("it goes on for ever");
        }
        assert_eq!(self.connection.recv(usize::MAX), Some(Outcome::Ended), "the end stays the end");
        while !self.flush(usize::MAX) {}

        let state = self.connection.stream().state();
        let fatal = matches!(self.said.last(), Some(Expected::Fatal(_)));
        assert!(state.ended || fatal, "it ends before the stream");
        assert_eq!(state.sent, self.queued);
        assert_eq!(self.said, self.plan.rule.expected(&self.plan.stream[..state.given]));
        // A driver that waits itself tells nobody; one whose packet is overdue tells that instead.
        let waits = C::WAITS || self.plan.settings.deadline == Some(Duration::ZERO);
        let told = |kind: &&ErrorKind| !waits || **kind != ErrorKind::WouldBlock;
        assert!(self.failed.iter().filter(told).eq(state.receives.failed.iter().filter(told)), "{:?}", self.failed);
    }

    fn act(mut self, act: u8) -> Self {
        let count = usize::from(act / 8);
        let patience = if count < 4 { count } else { usize::MAX };
        match act % 8 {
            0..=2 => self.recv(patience),
            3 => self.enqueue(count),
            4 => drop(self.flush(patience)),
            5 => {
                self.connection.receiver().rest();
                self.connection.sender().rest();
            }
            6 => self.contend(),
            // What is probed would be lost.
            _ if self.connection.probed() == 0 => {
                let (stream, receiver, sender) = self.connection.into_parts();
                let connection = C::open(stream, receiver, sender, self.plan.settings);
                self = Self { connection, ..self };
            }
            _ => {}
        }
        self
    }

    /// Sees that every byte that was given is said, or is there, and that what was queued is sent, or is there.
    fn account(&mut self) {
        let (probed, queued) = (self.connection.probed(), self.connection.sender().len());
        let receiver = self.connection.receiver();
        let held = receiver.retained().len() + probed;
        let read = usize::try_from(receiver.position()).expect("a short stream");
        let state = self.connection.stream().state();
        assert_eq!(read + held, state.given);
        assert!(self.queued.starts_with(&state.sent), "sent other bytes than were queued");
        assert_eq!(state.sent.len() + queued, self.queued.len());
    }

    fn recv(&mut self, patience: usize) {
        let before = self.connection.stream().state().receives.made;
        let outcome = self.connection.recv(patience);
        let calls = self.connection.stream().state().receives.made - before;
        assert!(self.plan.driver != Driver::Mio || calls <= self.plan.settings.budget, "{calls} calls in a turn");
        let Some(outcome) = outcome else { return };
        match outcome {
            Outcome::Packet(packet) => self.said.push(Expected::Packet(packet)),
            Outcome::Reject(error) => self.said.push(Expected::Limit(position(&error))),
            Outcome::Fatal(error) => self.said.push(Expected::Fatal(position(&error))),
            Outcome::Truncated { had, .. } => self.said.push(Expected::Truncated(had)),
            Outcome::Ended if self.over => {}
            Outcome::Ended => {
                self.over = true;
                if !matches!(self.said.last(), Some(Expected::Fatal(_) | Expected::Truncated(_))) {
                    self.said.push(Expected::Clean);
                }
            }
            Outcome::Io(kind) => self.failed.push(kind),
            Outcome::Waits => self.failed.push(ErrorKind::WouldBlock),
            Outcome::Deadline { .. } => {
                assert_eq!(self.plan.settings.deadline, Some(Duration::ZERO), "an hour is over");
            }
            Outcome::Exhausted => {
                assert!(self.rival.as_ref().is_some_and(|rival| !rival.bytes().is_empty()), "a buffer is free");
            }
        }
    }

    fn enqueue(&mut self, count: usize) {
        let payload = vec![u8::try_from(self.queued.len() % 251).expect("a byte"); count * count / 4];
        let sender = self.connection.sender();
        let queued =
            if count % 2 == 0 { sender.enqueue(&payload[..]) } else { sender.enqueue_bytes(payload.clone().into()) };
        if queued.is_ok() {
            self.queued.push(u8::try_from(payload.len()).expect("at most 240"));
            self.queued.extend(payload);
        }
    }

    fn flush(&mut self, patience: usize) -> bool {
        let before = self.connection.stream().state().sends.failed.len();
        let flushed = self.connection.flush(patience);
        let state = self.connection.stream().state();
        let failed = &state.sends.failed[before..];
        match &flushed {
            Ok(true) => assert_eq!(state.sent.len(), self.queued.len()),
            Ok(false) => assert_eq!(failed.last(), Some(&ErrorKind::WouldBlock)),
            Err(error) => {
                let kind = error.kind();
                assert!(kind == ErrorKind::WriteZero || failed.last() == Some(&kind), "{error}");
            }
        }
        flushed.is_ok_and(|all| all)
    }

    /// The rival takes the pool's only buffer, if it is free, or gives it back.
    fn contend(&mut self) {
        let Some(rival) = &mut self.rival else { return };
        if rival.bytes().is_empty() {
            if rival.acquire().is_ok() {
                rival.bytes_mut().fill(b'\n');
            }
        } else {
            rival.rest(0..0);
        }
    }
}

/// Where the packet begins that an error is about.
fn position(error: &str) -> u64 {
    error.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("it says where")
}

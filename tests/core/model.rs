//! Whatever else is asked of a receiver on the way, it says of the stream what the oracle says.

use bytes::BytesMut;
use quickcheck::QuickCheck;
use wharf::storage::{Pool, Storage};
use wharf::{Deserializer, End, Error, Framed, Framing, PollError, Ready, Receiver};
use wharf_tests::naive::Expected;
use wharf_tests::rule::Rule;

use crate::Case;

type Under<B> = Receiver<Framed<Box<dyn Framing>>, B>;

/// What only some storage can do.
struct Ways<B> {
    /// Takes the packet that is ready.
    take: fn(&mut Under<B>) -> Vec<u8>,
    /// Does something that changes nothing.
    aside: fn(&mut Under<B>),
}

impl<B: Storage> Ways<B> {
    fn plain() -> Self {
        Self { take: |receiver| receiver.packet().expect("any bytes will do").to_vec(), aside: |_| {} }
    }
}

/// What was said, and whether more may come.
#[derive(Default)]
struct Log {
    said: Vec<Expected>,
    over: bool,
}

impl Log {
    fn error(&mut self, error: &PollError<Error>) {
        match error {
            PollError::Reject(error) => self.said.push(Expected::Limit(error.position())),
            PollError::Fatal(error) => {
                self.said.push(Expected::Fatal(error.position()));
                self.over = true;
            }
            PollError::Exhausted(error) => panic!("{error}"),
        }
    }

    /// Asks what is due and does it, unless that is to receive; says whether it is.
    fn settle<B: Storage>(&mut self, receiver: &mut Under<B>, ways: &Ways<B>) -> bool {
        match receiver.ready() {
            Ready::Receive => return true,
            Ready::Packet => self.said.push(Expected::Packet((ways.take)(receiver))),
            Ready::Reject(error) => self.error(&PollError::Reject(error)),
            Ready::Fatal(error) => self.error(&PollError::Fatal(error)),
            Ready::End(end) => {
                self.over = true;
                match end {
                    End::Clean => self.said.push(Expected::Clean),
                    End::Truncated { had, .. } => self.said.push(Expected::Truncated(had)),
                    End::Fused => {}
                }
            }
        }
        false
    }
}

/// Does the next thing with a receiver that isn't simply receiving, and says how many of `left` it took.
fn act<B: Storage>(
    mut receiver: Under<B>,
    ways: &Ways<B>,
    rule: &Rule,
    act: u8,
    left: &[u8],
    log: &mut Log,
) -> (Under<B>, usize) {
    let count = usize::from(act / 8);
    let mut taken = 0;
    match act % 8 {
        0 => receiver.rest(),
        1 => {
            log.settle(&mut receiver, ways);
        }
        2 => {
            if let Ok(window) = receiver.window() {
                window.fill(b'\n');
            }
            (ways.aside)(&mut receiver);
        }
        3 => {
            for said in receiver.batch().take(count % 4) {
                match said {
                    Ok(packet) => log.said.push(Expected::Packet(packet.to_vec())),
                    Err(error) => log.error(&error),
                }
            }
        }
        4 => {
            if log.settle(&mut receiver, ways) && receiver.is_between_packets() {
                let next = Framed::new(rule.framing());
                receiver = receiver.switch(next).unwrap_or_else(|error| panic!("{error}"));
            }
        }
        _ => {
            if log.settle(&mut receiver, ways) {
                let window = receiver.window().expect("there is a buffer");
                taken = window.len().min(left.len()).min(1 + count % 7);
                window[..taken].copy_from_slice(&left[..taken]);
                if taken > 0 {
                    receiver.received(taken);
                }
            }
        }
    }
    (receiver, taken)
}

fn run<B: Storage>(case: &Case, acts: &[u8], storage: B, ways: &Ways<B>) -> Vec<Expected> {
    let mut receiver = Receiver::new(Framed::new(case.rule.framing()), storage).expect("long enough");
    let mut left = &case.stream[..];
    let mut log = Log::default();
    // Every round receives a byte in the end, or says something.
    for turn in acts.iter().chain(&[1, 7]).cycle() {
        if log.over || left.is_empty() {
            break;
        }
        let taken;
        (receiver, taken) = act(receiver, ways, &case.rule, *turn, left, &mut log);
        left = &left[taken..];
    }
    if !log.over {
        receiver.finish().expect("there is a buffer");
    }
    while !log.over {
        log.settle(&mut receiver, ways);
    }
    log.said
}

#[test]
fn a_receiver_says_what_the_oracle_says_whatever_is_asked_of_it() {
    fn holds(case: Case, acts: Vec<u8>) -> bool {
        let expected = case.rule.expected(&case.stream);
        let len = Framed::new(case.rule.framing()).buffer_len(0);
        let pool = Pool::new(len, 1);
        let lending = Ways {
            aside: |receiver: &mut Under<Vec<u8>>| {
                let lent = receiver.lend().expect("a Vec is never at rest");
                // Nothing is lent unless a window is due.
                if !lent.buffer.is_empty() {
                    receiver.restore(lent.buffer);
                }
            },
            ..Ways::plain()
        };
        let splitting = Ways { take: |receiver| receiver.packet_bytes().to_vec(), aside: |_| {} };
        expected == run(&case, &acts, vec![0xEE; len + 5], &lending)
            && expected == run(&case, &acts, vec![0xEE; len].into_boxed_slice(), &Ways::plain())
            && expected == run(&case, &acts, BytesMut::zeroed(len), &splitting)
            && expected == run(&case, &acts, pool.lease(), &Ways::plain())
            && pool.in_use() == 0
    }
    QuickCheck::new().tests(10_000).quickcheck(holds as fn(Case, Vec<u8>) -> bool);
}

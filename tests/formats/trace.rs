//! What a deserializer says about a stream, however the stream is cut.

use core::fmt::Debug;

use wharf::{Codec, End, Error, ErrorKind, FrameError, Framed, Framing, Ready, Receiver};

/// Why a packet is refused, as the tests tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Limit,
    Depth,
    Malformed,
    Payload,
}

/// One thing that was said; errors stand at their position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Packet(String),
    Reject(Kind, u64),
    Fatal(Kind, u64),
    End(End),
}

pub(crate) fn packet(packet: impl Debug) -> Said {
    Said::Packet(format!("{packet:?}"))
}

/// Everything that was said, with the errors' own words, and what is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) said: Vec<Said>,
    words: Vec<String>,
    pub(crate) remainder: Vec<u8>,
    position: u64,
}

struct Tracer<F: Framing, C: Codec> {
    receiver: Receiver<Framed<F, C>, Vec<u8>>,
    said: Vec<Said>,
    words: Vec<String>,
}

impl<F, C> Tracer<F, C>
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    fn kind(&mut self, error: &Error<C::Error>) -> Kind {
        self.words.push(format!("{error:?}"));
        match error.kind() {
            ErrorKind::Frame(FrameError::LimitExceeded { .. }) => Kind::Limit,
            ErrorKind::Frame(FrameError::DepthExceeded { .. }) => Kind::Depth,
            ErrorKind::Frame(FrameError::Malformed { .. }) => Kind::Malformed,
            ErrorKind::Payload(_) => Kind::Payload,
            ErrorKind::Frame(error) => panic!("an error that no test knows: {error}"),
            other => panic!("an error that no test knows: {other:?}"),
        }
    }

    /// Goes on until bytes are wanted; false means that none ever will be.
    fn settle(&mut self) -> bool {
        loop {
            let said = match self.receiver.ready() {
                Ready::Receive => return true,
                Ready::Packet => match self.receiver.packet() {
                    Ok(value) => packet(value),
                    Err(error) => {
                        let error = error.map_payload(|error| format!("{error:?}"));
                        self.words.push(format!("{error:?}"));
                        Said::Reject(Kind::Payload, error.position())
                    }
                },
                Ready::Reject(error) => Said::Reject(self.kind(&error), error.position()),
                Ready::Fatal(error) => {
                    let kind = self.kind(&error);
                    self.said.push(Said::Fatal(kind, error.position()));
                    return false;
                }
                Ready::End(end) => {
                    self.said.push(Said::End(end));
                    return false;
                }
            };
            self.said.push(said);
        }
    }
}

/// Receives `pieces`, one receive each where the window allows it, into a buffer of `len` bytes.
pub(crate) fn trace<'p, F, C>(
    framed: Framed<F, C>,
    len: usize,
    pieces: impl IntoIterator<Item = &'p [u8]>,
    eof: bool,
) -> Trace
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    let receiver = Receiver::new(framed, vec![0; len]).expect("the buffer is long enough");
    let mut tracer = Tracer { receiver, said: Vec::new(), words: Vec::new() };
    let mut open = tracer.settle();
    for mut piece in pieces {
        while open && !piece.is_empty() {
            let count = tracer.receiver.feed(piece).expect("a Vec is never at rest");
            assert!(count > 0, "a window is never empty");
            piece = &piece[count..];
            open = tracer.settle();
        }
    }
    if open && eof {
        tracer.receiver.finish().expect("a Vec is never at rest");
        tracer.settle();
    }
    let Tracer { receiver, said, words } = tracer;
    // Behind a fatal error, what is left depends on how much had been received.
    let fatal = matches!(said.last(), Some(Said::Fatal(..)));
    let remainder = if fatal { Vec::new() } else { receiver.remainder().to_vec() };
    Trace { said, words, remainder, position: receiver.position() }
}

/// Checks what is said about `stream`, and that it is the same for every cut in two, byte by byte, in the
/// smallest buffer and in a large one, and when the stream ends at any offset.
#[track_caller]
pub(crate) fn check<F, C>(make: impl Fn() -> Framed<F, C>, stream: &[u8], expected: &[Said])
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    let whole = every_cut(&make, stream);
    assert_eq!(whole.said, expected, "{}", stream.escape_ascii());
}

/// The same without an expectation.
#[track_caller]
pub(crate) fn every_cut<F, C>(make: &impl Fn() -> Framed<F, C>, stream: &[u8]) -> Trace
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    use wharf::Deserializer;
    let (least, ample) = (make().buffer_len(0), make().buffer_len(0) + stream.len());
    let bytes = || stream.chunks(1);
    let whole = trace(make(), ample, [stream], true);
    for len in [least, ample] {
        assert_eq!(trace(make(), len, [stream], true), whole, "in one piece, in a buffer of {len}");
        assert_eq!(trace(make(), len, bytes(), true), whole, "byte by byte, in a buffer of {len}");
        assert_eq!(trace(make().exact(), len, [stream], true), whole, "exactly, in a buffer of {len}");
        for at in 1..stream.len() {
            let (head, tail) = stream.split_at(at);
            assert_eq!(trace(make(), len, [head, tail], true), whole, "cut at {at}, in a buffer of {len}");
        }
    }
    for at in 0..stream.len() {
        let head = &stream[..at];
        for eof in [false, true] {
            let one = trace(make(), ample, [head], eof);
            assert_eq!(trace(make(), least, head.chunks(1), eof), one, "the first {at} bytes, eof: {eof}");
        }
    }
    whole
}

/// Runs `test` in a thread with 64 KiB of stack.
pub(crate) fn on_a_small_stack(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 * 1024).spawn(test).expect("a thread can be had");
    thread.join().expect("the test passes");
}

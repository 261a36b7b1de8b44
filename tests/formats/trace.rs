//! What a format's deserializer says, told briefly: the shared harness, with errors by kind and position.

use core::fmt::Debug;

use wharf::{Codec, Deserializer, End, Framed, Framing};
use wharf_tests::chunking::{self, Subject, Transcript};

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) said: Vec<Said>,
    pub(crate) remainder: Vec<u8>,
}

impl From<Transcript<String>> for Trace {
    fn from(Transcript { said, remainder, .. }: Transcript<String>) -> Self {
        let said = said.into_iter().map(|said| match said {
            chunking::Said::Packet(packet) => Said::Packet(packet),
            chunking::Said::Reject(error) => Said::Reject(kind(&error), position(&error)),
            chunking::Said::Fatal(error) => Said::Fatal(kind(&error), position(&error)),
            chunking::Said::End(end) => Said::End(end),
        });
        Self { said: said.collect(), remainder }
    }
}

fn kind(error: &str) -> Kind {
    let kinds = [
        ("Frame(LimitExceeded", Kind::Limit),
        ("Frame(DepthExceeded", Kind::Depth),
        ("Frame(Malformed", Kind::Malformed),
        ("Payload(", Kind::Payload),
    ];
    let told = error.strip_prefix("Error { kind: ").expect("an error begins with its kind");
    let kind = kinds.iter().find(|(name, _)| told.starts_with(name));
    kind.unwrap_or_else(|| panic!("an error that no test knows: {error}")).1
}

fn position(error: &str) -> u64 {
    let digits = error.rsplit("position: ").next().expect("an error has a position");
    digits.trim_end_matches(" }").parse().expect("a number")
}

fn own<C: Codec>(packet: C::Packet<'_>) -> String
where
    for<'b> C::Packet<'b>: Debug,
{
    format!("{packet:?}")
}

/// Receives `pieces`, one receive each where the window allows it, into a buffer of `len` bytes.
#[track_caller]
pub(crate) fn trace<'p, F, C>(
    framed: Framed<F, C>,
    len: usize,
    pieces: impl IntoIterator<Item = &'p [u8]>,
    eof: bool,
) -> Trace
where
    F: Framing + Clone + 'static,
    C: Codec<Error: Debug> + Clone + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    Subject { make: || framed.clone(), own: own::<C> }.run(len, pieces, eof).into()
}

/// Checks what is said about `stream`, and that it is the same for every cut.
#[track_caller]
pub(crate) fn check<F, C>(make: impl Fn() -> Framed<F, C>, stream: &[u8], expected: &[Said])
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    assert_eq!(every_cut(&make, stream).said, expected, "{}", stream.escape_ascii());
}

/// The same without an expectation; an exact receiver says it, too.
#[track_caller]
pub(crate) fn every_cut<F, C>(make: &impl Fn() -> Framed<F, C>, stream: &[u8]) -> Trace
where
    F: Framing + 'static,
    C: Codec<Error: Debug> + 'static,
    for<'b> C::Packet<'b>: Debug,
{
    let whole = Subject { make, own: own::<C> }.check(stream);
    let exact = Subject { make: || make().exact(), own: own::<C> };
    let pieces = || stream.chunks(7);
    let (least, ample) = (make().buffer_len(0), make().buffer_len(0) + stream.len());
    assert_eq!(exact.run(least, pieces(), true), whole, "exactly, in the smallest buffer");
    assert_eq!(exact.run(ample, pieces(), true), whole, "exactly");
    whole.into()
}

/// Runs `test` in a thread with 64 KiB of stack.
pub(crate) fn on_a_small_stack(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 * 1024).spawn(test).expect("a thread can be had");
    thread.join().expect("the test passes");
}

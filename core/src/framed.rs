//! The engine: a framing rule becomes a deserializer.

use core::ops::Range;

use crate::{
    Batch, Codec, ConfigError, Deserializer, End, Error, ErrorKind, Found, FrameError, Framing, PollError, Raw, Step,
};

/// Where a complete packet's payload lies.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    start: usize,
    len: usize,
}

impl Span {
    /// The payload's place in the buffer.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.len
    }
}

/// A partial packet is moved to the front early only if at least this many times its length was read before
/// it, so that early moves cost at most one byte in 64.
const CHEAP_MOVE: usize = 64;

/// A framing and a payload codec, as a deserializer.
///
/// It owns the cursor, the resume offset, compaction, skipping and the end of the stream, and no bytes.
#[derive(Debug, Clone)]
pub struct Framed<F, C = Raw> {
    framing: F,
    codec: C,
    /// First unread byte. Invariant: `start <= end <= buffer.len()`.
    start: usize,
    /// One past the last received byte.
    end: usize,
    /// Unread bytes that the framing has seen in vain. Invariant: `seen <= end - start`.
    seen: usize,
    /// Length of the window last offered.
    offered: usize,
    /// Windows are at least this long where the packet's own limit lets them.
    min_receive: usize,
    /// Bytes still to be thrown away.
    skipping: u64,
    /// Bytes thrown away of the packet that is being refused.
    refused: u64,
    /// Stream position of `start`.
    position: u64,
    /// Stream position of the packet that was found last.
    found: u64,
    /// Bytes moved by compaction so far.
    moved: u64,
    /// Payloads begin at a multiple of this. Invariant: a power of two.
    align: usize,
    /// Never receive a byte beyond the packet.
    exact: bool,
    /// The packet that is being refused goes on behind `skipping`.
    refusing: bool,
    eof: bool,
    ended: bool,
}

impl<F: Framing> Framed<F> {
    /// Lends each packet's payload as it lies in the buffer.
    pub fn new(framing: F) -> Self {
        Self::with_codec(framing, Raw)
    }
}

impl<F: Framing, C: Codec> Framed<F, C> {
    /// Least length of a window, in bytes, unless [`min_receive`](Self::min_receive) says otherwise.
    pub const MIN_RECEIVE: usize = 1024;

    /// Lends each packet as `codec` reads it.
    pub fn with_codec(framing: F, codec: C) -> Self {
        Self {
            framing,
            codec,
            start: 0,
            end: 0,
            seen: 0,
            offered: 0,
            min_receive: Self::MIN_RECEIVE,
            skipping: 0,
            refused: 0,
            position: 0,
            found: 0,
            moved: 0,
            align: 1,
            exact: false,
            refusing: false,
            eof: false,
            ended: false,
        }
    }

    /// Sets the least length of a window, in bytes; shorter windows come only where the longest packet ends.
    #[must_use]
    pub fn min_receive(mut self, len: usize) -> Self {
        self.min_receive = len.max(1);
        self
    }

    /// Never receives a byte beyond the current packet, for protocols that hand the socket on
    /// (STARTTLS, descriptor passing).
    ///
    /// Windows are then as long as the framing knows that the packet still is: exact for a known length,
    /// one byte at a time while a delimiter is looked for.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Makes every payload begin at an address that is a multiple of `align`, for casts to wider types.
    ///
    /// A payload that lies elsewhere is moved down by less than `align` bytes, once.
    /// The buffer must be `align - 1` bytes longer.
    /// One that was received before, into a buffer of another alignment, may lie elsewhere: ahead of a
    /// [`switch`](crate::Receiver::switch), or of a rest. So may those of a [`batch`](Self::batch), which moves nothing.
    ///
    /// # Errors
    ///
    /// If `align` isn't a power of two.
    pub fn aligned(mut self, align: usize) -> Result<Self, ConfigError> {
        if !align.is_power_of_two() {
            return Err(ConfigError::Invalid { option: "align", expected: "a power of two" });
        }
        self.align = align;
        Ok(self)
    }

    /// The complete packets that are in the buffer already, all lent at once, as they lie there.
    ///
    /// `buffer` is the one that is handed to [`step`](Deserializer::step).
    /// Packets that the iterator has not yielded when it is dropped are kept.
    pub fn batch<'b>(&'b mut self, buffer: &'b [u8]) -> Batch<'b, F, C> {
        Batch::new(self, buffer, None)
    }

    /// The framing.
    pub fn framing(&self) -> &F {
        &self.framing
    }

    /// The framing, for a deserializer around the engine that shares state with it.
    #[cfg(any(feature = "zlib", feature = "bzip2"))]
    pub(crate) fn framing_mut(&mut self) -> &mut F {
        &mut self.framing
    }

    /// The codec.
    pub fn codec(&self) -> &C {
        &self.codec
    }

    /// The codec, to change how the packets that come next are read.
    pub fn codec_mut(&mut self) -> &mut C {
        &mut self.codec
    }

    /// Where the packet that was found last begins, in bytes from the stream's start.
    pub fn packet_position(&self) -> u64 {
        self.found
    }

    /// Bytes that compaction has moved so far.
    pub fn moved(&self) -> u64 {
        self.moved
    }

    fn consume(&mut self, len: usize) {
        self.start += len;
        self.position += len as u64;
        self.seen = 0;
    }

    /// Goes on to the next thing to say about `unread`, the received bytes from `start` on.
    ///
    /// Inlined, with `scan` in it, into each step, so that a short packet's place stays in registers; whatever is
    /// rare is said by [`detour`](Self::detour).
    #[inline(always)]
    fn advance(&mut self, unread: &[u8]) -> Advance<Error<C::Error>> {
        if self.ended || self.skipping > 0 {
            return self.detour(unread, None);
        }
        match self.framing.scan(unread, self.seen, self.eof) {
            Found::Packet { len, payload } => Advance::Packet(self.packet(unread, len, payload)),
            Found::More { need } if !self.eof => self.more(unread, need),
            found => self.detour(unread, Some(found)),
        }
    }

    /// Remembers that the framing has looked at all there is of a packet that takes at least `need` bytes.
    #[inline]
    fn more(&mut self, unread: &[u8], need: usize) -> Advance<Error<C::Error>> {
        self.seen = unread.len();
        Advance::More { need }
    }

    /// Takes a packet that the framing has found.
    #[inline]
    fn packet(&mut self, unread: &[u8], len: usize, payload: Range<usize>) -> Span {
        debug_assert!(len > 0 && len <= unread.len(), "a packet must be there, and not be empty");
        debug_assert!(payload.start <= payload.end && payload.end <= len, "a payload lies in its packet");
        let start = self.start + payload.start;
        self.found = self.position;
        self.consume(len);
        Span { start, len: payload.end - payload.start }
    }

    /// Goes on where something is to be said or done first: what the framing has `found`, or what was begun before.
    #[inline(never)]
    fn detour(&mut self, unread: &[u8], found: Option<Found>) -> Advance<Error<C::Error>> {
        let (mut unread, mut found) = (unread, found);
        loop {
            if self.ended {
                return Advance::End(End::Fused);
            }
            if self.skipping > 0 {
                let skipped = self.skip(unread.len());
                unread = &unread[skipped..];
                if self.skipping > 0 {
                    return if self.eof { self.truncated(0, self.skipping) } else { Advance::Skipping };
                }
            }
            match found.take().unwrap_or_else(|| self.framing.scan(unread, self.seen, self.eof)) {
                Found::Packet { len, payload } => return Advance::Packet(self.packet(unread, len, payload)),
                Found::More { need } if self.eof => {
                    let had = unread.len() as u64;
                    if had == 0 && !self.refusing {
                        self.ended = true;
                        return Advance::End(End::Clean);
                    }
                    return self.truncated(had, (need as u64).saturating_sub(had).max(1));
                }
                Found::More { need } => return self.more(unread, need),
                Found::Skip { len, error, more } => {
                    debug_assert!(len > 0 || error.is_some() || self.refusing != more, "a framing must make progress");
                    (self.skipping, self.refusing, self.seen) = (len, more, 0);
                    if let Some(error) = error {
                        return Advance::Reject(Error::new(ErrorKind::Frame(error), self.position));
                    }
                    if len == 0 && !more {
                        self.refused = 0;
                    }
                }
                Found::Fatal(error) => return self.fatal(error),
            }
        }
    }

    /// The next packet that is in `buffer` whole, or why it is refused; `None` where more bytes are needed.
    #[inline]
    pub(crate) fn next_in(&mut self, buffer: &[u8]) -> Option<Result<Span, PollError<Error<C::Error>>>> {
        // An idle buffer may have been taken away, and a window that is offered stays where it is.
        let unread = if self.start == self.end { &[] } else { &buffer[self.start..self.end] };
        match self.advance(unread) {
            Advance::Packet(span) => Some(Ok(span)),
            Advance::Reject(error) => Some(Err(PollError::Reject(error))),
            Advance::Fatal(error) => Some(Err(PollError::Fatal(error))),
            // Asking again gives the same answer, so these are left to the next step.
            Advance::More { .. } | Advance::Skipping | Advance::End(End::Fused) => None,
            Advance::End(End::Clean | End::Truncated { .. }) => {
                self.ended = false;
                None
            }
        }
    }

    /// Throws away what there is of the bytes to be skipped, and says how many those were.
    #[cold]
    fn skip(&mut self, had: usize) -> usize {
        let len = usize::try_from(self.skipping).map_or(had, |skipping| skipping.min(had));
        self.consume(len);
        self.skipping -= len as u64;
        self.refused = if self.skipping > 0 || self.refusing { self.refused + len as u64 } else { 0 };
        len
    }

    #[cold]
    fn truncated(&mut self, had: u64, missing: u64) -> Advance<Error<C::Error>> {
        self.ended = true;
        Advance::End(End::Truncated { had: self.refused + had, missing })
    }

    #[cold]
    fn fatal(&mut self, error: FrameError) -> Advance<Error<C::Error>> {
        self.ended = true;
        // A packet that is lost while it is thrown away begins where it was refused.
        Advance::Fatal(Error::new(ErrorKind::Frame(error), self.position - self.refused))
    }

    /// Where in `buffer` the first packet is to begin.
    fn base(&self, buffer: &[u8]) -> usize {
        buffer.as_ptr().align_offset(self.align).min(buffer.len())
    }

    /// Offers a window for bytes of which none are kept.
    #[cold]
    fn receive_to_skip(&mut self, buffer: &[u8]) -> Step<Span, Error<C::Error>> {
        let base = self.base(buffer);
        (self.start, self.end) = (base, base);
        let len = match usize::try_from(self.skipping) {
            Ok(skipping) if self.exact => skipping.min(buffer.len() - base),
            _ => buffer.len() - base,
        };
        self.offer(len)
    }

    /// Makes room for a packet of at least `need` bytes and offers the window behind what has come of it.
    // Not inlined: it is called once a receive, not once a packet.
    #[inline(never)]
    fn receive(&mut self, buffer: &mut [u8], need: usize) -> Step<Span, Error<C::Error>> {
        let unread = self.end - self.start;
        let base = self.base(buffer);
        if unread == 0 {
            (self.start, self.end) = (base, base);
        }
        let missing = need.saturating_sub(unread).max(1);
        let longest = self.framing.max_len().saturating_sub(unread);
        let wanted = if self.exact { missing } else { missing.max(self.min_receive.min(longest)) };
        let cheap = self.start >= unread.saturating_mul(CHEAP_MOVE);
        if self.start > base && (cheap || buffer.len() - self.end < wanted) {
            buffer.copy_within(self.start..self.end, base);
            self.moved += unread as u64;
            (self.start, self.end) = (base, base + unread);
        }
        let room = buffer.len() - self.end;
        if room == 0 && !buffer.is_empty() {
            // The framing holds on to a packet that is longer than its own `max_len`.
            self.ended = true;
            let error = FrameError::LimitExceeded { limit: unread as u64, needed: None };
            return Step::Fatal(Error::new(ErrorKind::Frame(error), self.position));
        }
        self.offer(if self.exact { missing.min(room) } else { room })
    }

    #[inline]
    fn offer(&mut self, len: usize) -> Step<Span, Error<C::Error>> {
        self.offered = len;
        Step::Receive { at: self.end..self.end + len }
    }

    /// Moves a packet's payload down to a multiple of the alignment.
    #[cold]
    fn align(&mut self, buffer: &mut [u8], span: Span) -> Span {
        let past = buffer[span.start..].as_ptr().addr() % self.align;
        if past == 0 || past > span.start {
            return span;
        }
        buffer.copy_within(span.range(), span.start - past);
        self.moved += span.len as u64;
        Span { start: span.start - past, ..span }
    }
}

/// What the engine says next about the bytes that it has.
enum Advance<E> {
    Packet(Span),
    /// At least so many bytes are needed of the packet that begins at `start`.
    More {
        need: usize,
    },
    /// Bytes that are to be thrown away have not come yet.
    Skipping,
    Reject(E),
    Fatal(E),
    End(End),
}

impl<F: Framing, C: Codec> Deserializer for Framed<F, C> {
    type Span = Span;
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = Error<C::Error>;

    fn buffer_len(&self, size_hint: usize) -> usize {
        self.framing.max_len().saturating_add(self.align - 1).max(size_hint)
    }

    #[inline(always)]
    fn step(&mut self, buffer: &mut [u8]) -> Step<Span, Error<C::Error>> {
        if self.start == self.end {
            // An idle buffer may have been replaced, or taken away.
            (self.start, self.end) = (0, 0);
        }
        match self.advance(&buffer[self.start..self.end]) {
            Advance::Packet(span) if self.align > 1 => Step::Packet(self.align(buffer, span)),
            Advance::Packet(span) => Step::Packet(span),
            Advance::More { need } => self.receive(buffer, need),
            Advance::Skipping => self.receive_to_skip(buffer),
            Advance::Reject(error) => Step::Reject(error),
            Advance::Fatal(error) => Step::Fatal(error),
            Advance::End(end) => Step::End(end),
        }
    }

    #[inline]
    fn received(&mut self, count: usize) {
        assert!(count <= self.offered, "{count} bytes received into a window of {}", self.offered);
        self.offered = 0;
        self.end += count;
        self.eof |= count == 0;
    }

    #[inline]
    fn view<'b>(&'b mut self, buffer: &'b mut [u8], span: Span) -> Result<C::Packet<'b>, Error<C::Error>> {
        self.codec.decode(&mut buffer[span.range()]).map_err(|error| Error::new(ErrorKind::Payload(error), self.found))
    }

    #[inline]
    fn retained(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is_between_packets(&self) -> bool {
        self.start == self.end && self.skipping == 0 && !self.refusing
    }

    fn is_exact(&self) -> bool {
        self.exact
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        (self.start, self.end, self.position) = (unread.start, unread.end, position);
    }
}

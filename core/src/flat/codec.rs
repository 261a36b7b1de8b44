//! Packets received as FlatBuffers, in the mode that a type names.

use core::fmt;
use core::marker::PhantomData;

use alloc::vec::Vec;

use super::{Error, Frame, Lazy, Limits, Mode, Table, WriteError, Writer, edit_with, read_with};
use crate::send::Framer;
use crate::{Codec, Encode, Framed, SizePrefixed};

/// Reads size-prefixed frames as `T` in mode `M`, and writes values of `T` as such frames.
///
/// ```
/// use wharf::flat::{FlatPackets, Greedy, Lazy, Table, flat_packets, flat_sender};
/// use wharf::{Event, Receiver, send::Sender};
///
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Monster { name: Option<String>, #[flat(default = 100)] hp: i16 }
///
/// let mut sender = Sender::new(flat_sender::<Monster>(1024), 4096);
/// sender.enqueue(&Monster { name: Some("Orc".into()), hp: 80 })?;
///
/// let packets: FlatPackets<Monster, Lazy> = flat_packets(1024);
/// let mut receiver = Receiver::new(packets, [0; 2048])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(&sender.chunks().collect::<Vec<_>>().concat());
/// }
/// let Event::Packet(monster) = receiver.poll()? else { panic!() };
/// assert_eq!((monster.name()?, monster.hp()?), (Some("Orc"), 80)); // out of the receive buffer
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A view ends with its bytes, which FlatSharp can only warn about:
///
/// ```compile_fail,E0499
/// # use wharf::flat::{Lazy, Table, flat_packets};
/// # use wharf::{Event, Receiver};
/// # #[derive(Table, Clone, Debug, PartialEq)]
/// # struct Monster { name: Option<String> }
/// # let mut receiver = Receiver::new(flat_packets::<Monster, Lazy>(1024), [0; 2048]).unwrap();
/// let Ok(Event::Packet(monster)) = receiver.poll() else { return };
/// let next = receiver.poll(); // would receive over it
/// println!("{:?}", monster.name());
/// ```
pub struct FlatCodec<T, M = Lazy> {
    limits: Limits,
    writer: Writer,
    types: PhantomData<fn() -> (T, M)>,
}

impl<T, M> FlatCodec<T, M> {
    /// Reads under the default limits.
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// Reads under `limits`.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, writer: Writer::new().prefixed(), types: PhantomData }
    }
}

impl<T, M> Default for FlatCodec<T, M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, M> fmt::Debug for FlatCodec<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlatCodec").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl<T: Table, M: Mode> Codec for FlatCodec<T, M> {
    type Packet<'b> = M::Packet<'b, T>;
    type Error = Error;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<M::Packet<'b, T>, Error> {
        read_with::<T, M>(payload, Frame::Prefixed, &self.limits)
    }
}

impl<T: Table, M> Encode<T> for FlatCodec<T, M> {
    type Error = WriteError;

    fn encode(&mut self, packet: &T, payload: &mut Vec<u8>) -> Result<(), WriteError> {
        self.writer.append(packet, payload).map(drop)
    }
}

/// Opens size-prefixed frames of `T` to be changed in place: edit and forward.
#[derive(Debug)]
pub struct FlatEdit<T> {
    types: PhantomData<fn() -> T>,
}

impl<T> FlatEdit<T> {
    /// Opens frames whatever is in them; what is changed is checked when it is.
    pub fn new() -> Self {
        Self { types: PhantomData }
    }
}

impl<T> Default for FlatEdit<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Table> Codec for FlatEdit<T> {
    type Packet<'b>
        = T::Edit<'b>
    where
        T: 'b;
    type Error = Error;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<T::Edit<'b>, Error> {
        edit_with::<T>(payload, Frame::Prefixed)
    }
}

/// A deserializer of size-prefixed FlatBuffers, which lends each as `T` in mode `M`.
pub type FlatPackets<T, M = Lazy> = Framed<SizePrefixed, FlatCodec<T, M>>;

/// A deserializer of size-prefixed FlatBuffers of at most `limit` bytes without their size.
pub fn flat_packets<T: Table, M: Mode>(limit: usize) -> FlatPackets<T, M> {
    Framed::with_codec(SizePrefixed::new(limit), FlatCodec::new())
}

/// A serializer of size-prefixed FlatBuffers of at most `limit` bytes without their size.
pub fn flat_sender<T: Table>(limit: usize) -> Framer<SizePrefixed, FlatCodec<T, Lazy>> {
    Framer::with_codec(SizePrefixed::new(limit), FlatCodec::new())
}

//! A packet that owns its bytes.

use super::{Error, Frame, Limits, Mode, Table, TableRef, verify::verify_with, wire};
use core::{fmt, marker::PhantomData};

/// Bytes of any kind together with where their root table lies: a packet without a lifetime, to be
/// kept, sent across threads, or sent again as it came.
///
/// The root is found and checked once, when the packet is made; a view then costs the look at its
/// vtable alone.
///
/// ```
/// use wharf::flat::{Lazy, Packet, Table, to_vec};
///
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Door { name: Option<String> }
///
/// let bytes: std::sync::Arc<[u8]> = to_vec(&Door { name: Some("gate".into()) })?.into();
/// let packet = Packet::<Door, _>::new(bytes)?;
/// let reader = std::thread::spawn({
///     let packet = packet.clone();
///     move || packet.view::<Lazy>().unwrap().name().unwrap().map(str::len)
/// });
/// assert_eq!(reader.join().unwrap(), Some(4));
/// let bytes = packet.into_inner(); // as it came
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Packet<T, B> {
    bytes: B,
    root: usize,
    end: usize,
    verified: bool,
    table: PhantomData<fn() -> T>,
}

impl<T: Table, B: AsRef<[u8]>> Packet<T, B> {
    /// Takes a packet without a size prefix, and checks its root.
    ///
    /// # Errors
    ///
    /// As [`read`](super::read); the bytes are dropped.
    pub fn new(bytes: B) -> Result<Self, Error> {
        Self::with(bytes, Frame::Plain, &Limits::default())
    }

    /// Takes a packet, and checks its root.
    ///
    /// # Errors
    ///
    /// As [`read`](super::read); the bytes are dropped.
    pub fn with(bytes: B, frame: Frame, limits: &Limits) -> Result<Self, Error> {
        let (buf, at) = frame.open(bytes.as_ref())?;
        if limits.identifier {
            super::frame::identifier::<T>(buf, at)?;
        }
        let (root, end) = (wire::follow(buf, at)?, buf.len());
        TableRef::at(buf, root)?;
        Ok(Self { bytes, root, end, verified: false, table: PhantomData })
    }

    /// Takes a packet, and verifies it whole: views in a [`Verified`](super::Verified) mode then
    /// cost no more than the others.
    ///
    /// # Errors
    ///
    /// The first fault; the bytes are dropped.
    pub fn verified(bytes: B, frame: Frame, limits: &Limits) -> Result<Self, super::Fault> {
        verify_with::<T>(bytes.as_ref(), frame, limits)?;
        let fault = |error| super::Fault { error, table: T::NAME, field: "", offset: 0 };
        let packet = Self::with(bytes, frame, limits).map_err(fault)?;
        Ok(Self { verified: true, ..packet })
    }

    /// The packet in mode `M`: a view of its bytes, or the owned value.
    ///
    /// # Errors
    ///
    /// As [`read`](super::read). Bytes that change under a shared reference (a map of a file, say)
    /// may also fail where they did not before; they never cause a panic.
    #[inline]
    pub fn view<M: Mode>(&self) -> Result<M::Packet<'_, T>, Error> {
        let bytes = self.bytes.as_ref();
        let buf = bytes.get(..self.end).ok_or(Error::OutOfBounds)?;
        if M::VERIFY && !self.verified {
            super::verify::verify_root::<T>(buf, self.root, &Limits::default())?;
        }
        M::open::<T>(buf, self.root, &Limits::default())
    }

    /// The whole packet as it came, to be sent again.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_ref().get(..self.end).unwrap_or_default()
    }

    /// Gives the bytes back.
    #[inline]
    pub fn into_inner(self) -> B {
        self.bytes
    }
}

impl<T, B: Clone> Clone for Packet<T, B> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), ..*self }
    }
}

impl<T: Table, B> fmt::Debug for Packet<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packet").field("root", &T::NAME).field("len", &self.end).finish_non_exhaustive()
    }
}

//! Where received bytes are kept: the caller's choice.
//!
//! | storage | at rest | for |
//! |---|---|---|
//! | `[u8; N]` | keeps its bytes | no heap, fixed limits |
//! | `&mut [u8]` | keeps its bytes | a static, a mapped file, a slab of the caller's |
//! | `Box<[u8]>`, `Vec<u8>` | keeps its bytes | a connection that is always busy |
//! | `BytesMut` | keeps its bytes | packets that are split off as `Bytes` |
//! | [`Lease`] | gives them back to its [`Pool`] | many connections, most of them idle |

#[cfg(feature = "std")]
mod pool;

#[cfg(feature = "std")]
pub use self::pool::{Lease, Pool};

use core::fmt;
use core::ops::Range;

/// A buffer that received bytes are kept in.
///
/// Most storage holds its bytes for ever; a lease takes them when they are first needed and gives them back
/// when nothing is retained.
pub trait Storage {
    /// The bytes; none while at rest.
    fn bytes(&self) -> &[u8];

    /// The bytes, to be received into; none while at rest.
    fn bytes_mut(&mut self) -> &mut [u8];

    /// Length of the buffer, also while at rest, in bytes.
    fn capacity(&self) -> usize {
        self.bytes().len()
    }

    /// Takes hold of the bytes, if at rest.
    ///
    /// What was `retained` when it went to rest stands where it stood.
    ///
    /// # Errors
    ///
    /// If there is no buffer to be had now.
    fn acquire(&mut self) -> Result<(), Exhausted> {
        Ok(())
    }

    /// Goes to rest if it can while `retained` is still needed.
    fn rest(&mut self, retained: Range<usize>) {
        let _ = retained;
    }
}

/// All buffers of a pool are in use; nothing is lost, and one may be had later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("all buffers of the pool are in use")
    }
}

impl core::error::Error for Exhausted {}

impl<const N: usize> Storage for [u8; N] {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }
}

impl Storage for &mut [u8] {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl Storage for alloc::boxed::Box<[u8]> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl Storage for alloc::vec::Vec<u8> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl Storage for bytes::BytesMut {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }
}

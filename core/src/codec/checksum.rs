//! Payloads that end with a checksum.

use hmac::{Hmac, Mac};
use sha2::Digest;

#[cfg(feature = "alloc")]
use crate::Encode;
use crate::codec::WrapError;
use crate::{Codec, Raw};

/// Length of a SHA-256 digest, and of an HMAC made of it, in bytes.
const DIGEST: usize = 32;

/// Payloads that end with their SHA-256 digest ([FIPS 180-4]), against accidents.
///
/// ```text
/// payload = *octet 32octet     ; the digest of the octets before it
/// ```
///
/// It is no defence against an attacker: see [`HmacSha256`].
///
/// [FIPS 180-4]: https://doi.org/10.6028/NIST.FIPS.180-4
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sha256<C = Raw> {
    inner: C,
}

impl<C> Sha256<C> {
    /// Checks payloads and takes their digest off; `inner` reads the rest.
    pub const fn new(inner: C) -> Self {
        Self { inner }
    }
}

/// Payloads that end with their HMAC-SHA256 ([RFC 2104]), which only those who know the key can make.
///
/// ```text
/// payload = *octet 32octet     ; the authentication code of the octets before it
/// ```
///
/// Codes are compared in constant time.
///
/// ```
/// use wharf::codec::{Base64, HmacSha256, Utf8};
/// use wharf::{Codec, Encode};
///
/// let mut codec = Base64::standard(HmacSha256::new(b"secret", Utf8));
/// let mut payload = Vec::new();
/// codec.encode("signed", &mut payload)?;
/// assert_eq!(codec.decode(&mut payload)?, "signed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 2104]: https://www.rfc-editor.org/rfc/rfc2104
#[derive(Clone)]
pub struct HmacSha256<C = Raw> {
    /// Has taken the key in, and nothing else.
    keyed: Hmac<sha2::Sha256>,
    inner: C,
}

impl<C> HmacSha256<C> {
    /// Checks payloads with `key`, of any length, and takes their code off; `inner` reads the rest.
    #[expect(clippy::missing_panics_doc, reason = "HMAC takes keys of any length")]
    pub fn new(key: &[u8], inner: C) -> Self {
        // Invariant: HMAC takes keys of any length.
        let keyed = Hmac::new_from_slice(key).expect("a key of any length");
        Self { keyed, inner }
    }
}

impl<C: core::fmt::Debug> core::fmt::Debug for HmacSha256<C> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HmacSha256").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// The payload and what it ends with.
fn split<E>(payload: &mut [u8]) -> Result<(&mut [u8], &mut [u8]), WrapError<E>> {
    let offset = payload.len();
    let body = offset.checked_sub(DIGEST);
    let body = body.ok_or(WrapError::Malformed { expected: "a checksum of 32 bytes", offset })?;
    Ok(payload.split_at_mut(body))
}

impl<C: Codec> Codec for Sha256<C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        let (body, digest) = split(payload)?;
        if sha2::Sha256::digest(&*body)[..] != *digest {
            return Err(WrapError::Checksum);
        }
        self.inner.decode(body).map_err(WrapError::Inner)
    }
}

impl<C: Codec> Codec for HmacSha256<C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        let (body, code) = split(payload)?;
        self.keyed.clone().chain_update(&*body).verify_slice(code).map_err(|_| WrapError::Checksum)?;
        self.inner.decode(body).map_err(WrapError::Inner)
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, C: Encode<P>> Encode<P> for Sha256<C> {
    type Error = C::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        let start = payload.len();
        self.inner.encode(packet, payload)?;
        let digest = sha2::Sha256::digest(&payload[start..]);
        payload.extend_from_slice(&digest);
        Ok(())
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, C: Encode<P>> Encode<P> for HmacSha256<C> {
    type Error = C::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        let start = payload.len();
        self.inner.encode(packet, payload)?;
        let code = self.keyed.clone().chain_update(&payload[start..]).finalize().into_bytes();
        payload.extend_from_slice(&code);
        Ok(())
    }
}

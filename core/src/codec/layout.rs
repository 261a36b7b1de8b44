//! Payloads of fixed layout, where the layout is known only at run time.

use core::fmt;

use crate::codec::{EncodingError, Utf8};
use crate::{Codec, ConfigError, Endian, Fixed};

/// A field of a [`Layout`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Field {
    /// 1 byte.
    U8,
    /// 1 byte, two's complement as all signed ones.
    I8,
    /// 2 bytes.
    U16,
    /// 2 bytes.
    I16,
    /// 4 bytes.
    U32,
    /// 4 bytes.
    I32,
    /// 8 bytes.
    U64,
    /// 8 bytes.
    I64,
    /// 4 bytes, IEEE 754 binary32.
    F32,
    /// 8 bytes, IEEE 754 binary64.
    F64,
    /// 1 byte: 0 or 1.
    Bool,
    /// So many bytes.
    Bytes(usize),
    /// So many bytes of UTF-8, filled up with NUL, which isn't part of the text.
    Text(usize),
}

impl Field {
    /// Length in bytes.
    pub const fn size(self) -> usize {
        match self {
            Self::U8 | Self::I8 | Self::Bool => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
            Self::Bytes(len) | Self::Text(len) => len,
        }
    }
}

/// What a field holds; bytes and text are lent out of the payload.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is named as its field")]
pub enum Value<'b> {
    U8(u8),
    I8(i8),
    U16(u16),
    I16(i16),
    U32(u32),
    I32(i32),
    U64(u64),
    I64(i64),
    F32(f32),
    F64(f64),
    Bool(bool),
    Bytes(&'b [u8]),
    Text(&'b str),
}

/// Payloads of fixed layout: fields one behind the other, without padding, in one byte order.
///
/// The same bytes as those of Python's `struct` in its standard sizes (`!`, `>`, `<`), and of a packed C struct.
/// Where the layout is known when the program is written, see [`Overlay`](crate::codec::Overlay).
///
/// ```
/// use wharf::codec::{Field, Layout, Value};
/// use wharf::{Endian, Event, Framed, Receiver};
///
/// let layout = Layout::new(Endian::Big, [Field::U16, Field::Text(4), Field::F32]);
/// let mut receiver = Receiver::new(Framed::with_codec(layout.framing()?, layout), [0; 1024])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"\x00\x07Ann\x00\x3f\x80\x00\x00");
/// }
/// let Event::Packet(record) = receiver.poll()? else { panic!() };
/// assert!(record.iter().eq([Value::U16(7), Value::Text("Ann"), Value::F32(1.0)]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout<F> {
    fields: F,
    endian: Endian,
}

impl<F: AsRef<[Field]>> Layout<F> {
    /// Fields one behind the other, with numbers in the byte order of `endian`.
    pub const fn new(endian: Endian, fields: F) -> Self {
        Self { fields, endian }
    }

    /// The fields.
    pub fn fields(&self) -> &[Field] {
        self.fields.as_ref()
    }

    /// Length of all fields in bytes.
    pub fn size(&self) -> usize {
        self.fields().iter().fold(0, |len, field| len.saturating_add(field.size()))
    }

    /// The framing for packets that are all fields once.
    ///
    /// # Errors
    ///
    /// If the fields take no bytes.
    pub fn framing(&self) -> Result<Fixed, ConfigError> {
        Fixed::new(self.size())
    }
}

/// A payload that the layout doesn't allow, or values that don't fit into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutError {
    /// The payload is longer or shorter than all fields.
    Length {
        /// Length of all fields in bytes.
        wanted: usize,
        /// Length of the payload in bytes.
        had: usize,
    },
    /// A `bool` is neither 0 nor 1.
    Bool {
        /// Which field, the first being 0.
        index: usize,
    },
    /// A text isn't UTF-8.
    Encoding {
        /// Which field, the first being 0.
        index: usize,
        /// Where in the field.
        error: EncodingError,
    },
    /// A value to be sent isn't one that its field holds: of another type, too long, of another length than the
    /// bytes, or a text that ends with NUL; or there are more values or fewer than fields.
    Value {
        /// Which field, the first being 0.
        index: usize,
    },
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { wanted, had } => write!(f, "payload of {had} bytes where the layout has {wanted}"),
            Self::Bool { index } => write!(f, "field {index} is neither true nor false"),
            Self::Encoding { index, error } => write!(f, "field {index}: {error}"),
            Self::Value { index } => write!(f, "field {index} cannot hold its value"),
        }
    }
}

impl core::error::Error for LayoutError {}

/// A packet of a [`Layout`]; its fields are read when they are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Record<'b> {
    fields: &'b [Field],
    endian: Endian,
    /// Invariant: as long as all fields, and checked.
    bytes: &'b [u8],
}

impl<'b> Record<'b> {
    /// The fields' values, in their order.
    pub fn iter(&self) -> Values<'b> {
        Values { record: *self }
    }

    /// The value of the field of that index, the first being 0; linear in the index.
    pub fn get(&self, index: usize) -> Option<Value<'b>> {
        self.iter().nth(index)
    }

    /// The packet's bytes.
    pub fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }
}

impl<'b> IntoIterator for &Record<'b> {
    type Item = Value<'b>;
    type IntoIter = Values<'b>;

    fn into_iter(self) -> Values<'b> {
        self.iter()
    }
}

/// The values of a [`Record`], in the order of its fields.
#[derive(Debug, Clone)]
pub struct Values<'b> {
    /// The fields that are left, and their bytes.
    record: Record<'b>,
}

impl<'b> Iterator for Values<'b> {
    type Item = Value<'b>;

    fn next(&mut self) -> Option<Value<'b>> {
        let (&field, fields) = self.record.fields.split_first()?;
        let (at, behind) = self.record.bytes.split_at(field.size());
        self.record = Record { fields, bytes: behind, ..self.record };
        // Invariant: texts and bools were checked when the packet was lent.
        Some(read(field, 0, self.record.endian, at).unwrap_or(Value::Bytes(at)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.record.fields.iter().size_hint()
    }
}

/// The bytes of a number, the most significant first.
fn big<const N: usize>(endian: Endian, bytes: &[u8]) -> [u8; N] {
    let mut number = [0; N];
    number.copy_from_slice(bytes);
    if endian == Endian::Little {
        number.reverse();
    }
    number
}

fn read(field: Field, index: usize, endian: Endian, bytes: &[u8]) -> Result<Value<'_>, LayoutError> {
    Ok(match field {
        Field::U8 => Value::U8(u8::from_be_bytes(big(endian, bytes))),
        Field::I8 => Value::I8(i8::from_be_bytes(big(endian, bytes))),
        Field::U16 => Value::U16(u16::from_be_bytes(big(endian, bytes))),
        Field::I16 => Value::I16(i16::from_be_bytes(big(endian, bytes))),
        Field::U32 => Value::U32(u32::from_be_bytes(big(endian, bytes))),
        Field::I32 => Value::I32(i32::from_be_bytes(big(endian, bytes))),
        Field::U64 => Value::U64(u64::from_be_bytes(big(endian, bytes))),
        Field::I64 => Value::I64(i64::from_be_bytes(big(endian, bytes))),
        Field::F32 => Value::F32(f32::from_be_bytes(big(endian, bytes))),
        Field::F64 => Value::F64(f64::from_be_bytes(big(endian, bytes))),
        Field::Bool => match bytes {
            [0] => Value::Bool(false),
            [1] => Value::Bool(true),
            _ => return Err(LayoutError::Bool { index }),
        },
        Field::Bytes(_) => Value::Bytes(bytes),
        Field::Text(_) => {
            let len = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
            Value::Text(Utf8::read(&bytes[..len]).map_err(|error| LayoutError::Encoding { index, error })?)
        }
    })
}

impl<F: AsRef<[Field]>> Codec for Layout<F> {
    type Packet<'b>
        = Record<'b>
    where
        F: 'b;
    type Error = LayoutError;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<Record<'b>, LayoutError> {
        let (wanted, had) = (self.size(), payload.len());
        if wanted != had {
            return Err(LayoutError::Length { wanted, had });
        }
        let mut bytes = &*payload;
        for (index, &field) in self.fields().iter().enumerate() {
            let (at, behind) = bytes.split_at(field.size());
            read(field, index, self.endian, at)?;
            bytes = behind;
        }
        Ok(Record { fields: self.fields.as_ref(), endian: self.endian, bytes: payload })
    }
}

#[cfg(feature = "alloc")]
mod encode {
    use alloc::vec::Vec;

    use super::{Field, Layout, LayoutError, Value, big};
    use crate::{Encode, Endian};

    fn write<const N: usize>(endian: Endian, number: [u8; N], payload: &mut Vec<u8>) {
        payload.extend_from_slice(&big::<N>(endian, &number));
    }

    /// A text shorter than its field is filled up with NUL; one that is longer is refused, never cut off.
    impl<'v, F: AsRef<[Field]>> Encode<[Value<'v>]> for Layout<F> {
        type Error = LayoutError;

        fn encode(&mut self, packet: &[Value<'v>], payload: &mut Vec<u8>) -> Result<(), LayoutError> {
            let (fields, endian) = (self.fields(), self.endian);
            if packet.len() != fields.len() {
                return Err(LayoutError::Value { index: packet.len().min(fields.len()) });
            }
            for (index, (field, value)) in fields.iter().zip(packet).enumerate() {
                match (*field, *value) {
                    (Field::U8, Value::U8(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::I8, Value::I8(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::U16, Value::U16(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::I16, Value::I16(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::U32, Value::U32(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::I32, Value::I32(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::U64, Value::U64(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::I64, Value::I64(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::F32, Value::F32(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::F64, Value::F64(number)) => write(endian, number.to_be_bytes(), payload),
                    (Field::Bool, Value::Bool(bool)) => payload.push(u8::from(bool)),
                    (Field::Bytes(len), Value::Bytes(bytes)) if bytes.len() == len => payload.extend_from_slice(bytes),
                    (Field::Text(len), Value::Text(text)) if text.len() <= len && !text.ends_with('\0') => {
                        payload.extend_from_slice(text.as_bytes());
                        payload.resize(payload.len() + len - text.len(), 0);
                    }
                    _ => return Err(LayoutError::Value { index }),
                }
            }
            Ok(())
        }
    }
}

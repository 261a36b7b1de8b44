//! How the present fields of a table are laid out.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::write::Stop;
use alloc::vec::Vec;

/// The fields of a table as the schema has them: bytes and alignment in the table, by slot.
#[doc(hidden)]
#[derive(Debug)]
pub struct Layout {
    slots: &'static [(u16, u8)],
}

impl Layout {
    /// A layout of these slots.
    ///
    /// # Panics
    ///
    /// More than 128 slots; at compile time.
    #[must_use]
    pub const fn new(slots: &'static [(u16, u8)]) -> Self {
        assert!(slots.len() <= 128, "a table has at most 128 slots; a union takes two");
        Self { slots }
    }

    /// Brings a size and an alignment to their place in [`new`](Self::new).
    ///
    /// # Panics
    ///
    /// A struct too large for a table; at compile time.
    #[must_use]
    pub const fn slot(inline: (usize, usize)) -> (u16, u8) {
        let (size, align) = inline;
        assert!(size < 65_000, "a struct this large can't lie in a table");
        assert!(align <= 32);
        #[allow(clippy::cast_possible_truncation, reason = "asserted just above")]
        (size as u16, align as u8)
    }

    /// An upper bound of a table's bytes, vtable and padding included.
    #[must_use]
    #[inline]
    pub fn max_size(&self) -> usize {
        let inline = self.slots.iter().fold(0_usize, |sum, (size, _)| sum.saturating_add(usize::from(*size)));
        inline.saturating_add(self.slots.len().saturating_mul(2)).saturating_add(4 + 32 + 6)
    }

    pub(crate) fn slots(&self) -> &'static [(u16, u8)] {
        self.slots
    }
}

/// A vtable to be: which fields of which layout are present, and the tables that wait for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) layout: &'static Layout,
    pub(crate) mask: u128,
    /// Where its field offsets start in [`Scratch::offsets`], and how many they are.
    pub(crate) start: usize,
    pub(crate) count: usize,
    pub(crate) size: usize,
    pub(crate) align: usize,
    /// The table written last; its first four bytes hold the one before; 0 ends the chain.
    pub(crate) head: u32,
    /// Where the vtable was written.
    pub(crate) vtable: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) offsets: Vec<u16>,
}

impl Scratch {
    /// Shapes are kept from one packet to the next, unless they have become many.
    pub(crate) fn reset(&mut self) {
        if self.shapes.len() > 64 {
            self.shapes.clear();
            self.offsets.clear();
        }
        for shape in &mut self.shapes {
            shape.head = 0;
        }
    }

    /// Where the vtable of an earlier shape lies that is the same, of another layout perhaps.
    pub(crate) fn twin(&self, index: usize, shape: Shape) -> Option<usize> {
        let offsets = |shape: &Shape| self.offsets.get(shape.start..shape.start.saturating_add(shape.count));
        let earlier = self.shapes.get(..index)?;
        let same = |other: &&Shape| other.head != 0 && other.size == shape.size && offsets(other) == offsets(&shape);
        earlier.iter().find(same).map(|other| other.vtable)
    }

    /// Lays the present fields out: the widest alignment first, so that no padding is needed.
    #[cold]
    pub(crate) fn shape(&mut self, layout: &'static Layout, mask: u128) -> Result<usize, Stop> {
        let start = self.offsets.len();
        let count = 128_u32.saturating_sub(mask.leading_zeros()) as usize;
        self.offsets.resize(start.saturating_add(count), 0);
        let (mut size, mut widest) = (4_u16, 4);
        for align in [32, 16, 8, 4, 2, 1] {
            for (slot, (len, of)) in layout.slots.iter().enumerate().take(count) {
                if *of != align || (mask >> slot) & 1 == 0 {
                    continue;
                }
                widest = widest.max(usize::from(align));
                if let Some(offset) = self.offsets.get_mut(start.saturating_add(slot)) {
                    *offset = size;
                }
                size = size.checked_add(*len).ok_or(Stop::TooLarge)?;
            }
        }
        self.shapes.push(Shape {
            layout,
            mask,
            start,
            count,
            size: usize::from(size),
            align: widest,
            head: 0,
            vtable: 0,
        });
        Ok(self.shapes.len().saturating_sub(1))
    }
}

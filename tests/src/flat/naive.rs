//! Reads a monster from the rules of the format alone: no derive, no table of fields, no mode, nothing remembered.
//!
//! It refuses only what does not lie in the bytes, so whatever a mode reads, it must read, too, and the same.

use wharf::flat::Nested;

use super::schema::{Ability, Armor, Cell, Color, Equipment, Monster, Mood, Rank, Stats, Vec3, Weapon, Wide};

/// Bytes, and a place in them.
#[derive(Clone, Copy)]
struct Place<'b> {
    bytes: &'b [u8],
    at: usize,
}

macro_rules! numbers {
    ($($number:ident)*) => {$(
        fn $number(self, offset: usize) -> Option<$number> {
            let at = self.at.checked_add(offset)?;
            self.bytes.get(at..)?.first_chunk().map(|bytes| $number::from_le_bytes(*bytes))
        }
    )*};
}

impl<'b> Place<'b> {
    numbers!(u8 i8 u16 i16 u32 i32 u64 i64 f32 f64);

    fn bool(self, offset: usize) -> Option<bool> {
        self.u8(offset).map(|byte| byte != 0)
    }

    /// `offset` bytes further on.
    fn by(self, offset: usize) -> Self {
        Self { at: self.at + offset, ..self }
    }

    /// Where the offset at this place leads.
    fn follow(self) -> Option<Self> {
        let offset = usize::try_from(self.u32(0)?).ok()?;
        Some(self.by(offset))
    }

    /// A field of the table at this place: the outer `None` is no such table, the inner one an absent field.
    fn field(self, slot: usize) -> Option<Option<Self>> {
        let back = i64::from(self.i32(0)?);
        let vtable = Self { at: usize::try_from(i64::try_from(self.at).ok()? - back).ok()?, ..self };
        let at = 4 + 2 * slot;
        if at + 2 > usize::from(vtable.u16(0)?) {
            return Some(None);
        }
        match vtable.u16(at)? {
            0 => Some(None),
            offset => Some(Some(self.by(usize::from(offset)))),
        }
    }

    /// A field that `read` reads.
    fn get<T>(self, slot: usize, read: impl FnOnce(Self) -> Option<T>) -> Option<Option<T>> {
        match self.field(slot)? {
            Some(field) => read(field).map(Some),
            None => Some(None),
        }
    }

    /// A field behind an offset.
    fn far<T>(self, slot: usize, read: impl FnOnce(Self) -> Option<T>) -> Option<Option<T>> {
        self.get(slot, |field| read(field.follow()?))
    }

    /// The elements of the vector at this place.
    fn vector<T>(self, stride: usize, read: impl Fn(Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.u32(0)?).ok()?;
        (0..count).map(|index| read(self.by(4 + index * stride))).collect()
    }

    fn block(self) -> Option<&'b [u8]> {
        let len = usize::try_from(self.u32(0)?).ok()?;
        self.bytes.get(self.at + 4..)?.get(..len)
    }

    fn string(self) -> Option<String> {
        String::from_utf8(self.block()?.to_vec()).ok()
    }

    fn vec3(self) -> Option<Vec3> {
        Some(Vec3 { x: self.f32(0)?, y: self.f32(4)?, z: self.f32(8)? })
    }

    fn cell(self) -> Option<Cell> {
        Some(Cell { tag: self.u8(0)?, weight: self.u64(8)? })
    }

    fn stats(self) -> Option<Stats> {
        Some(Stats {
            id: self.u64(0)?,
            grid: [self.i16(8)?, self.i16(10)?, self.i16(12)?],
            cells: [self.by(16).cell()?, self.by(32).cell()?],
            mood: Mood::from(self.i8(48)?),
            alive: self.bool(49)?,
        })
    }

    fn wide(self) -> Option<Wide> {
        Some(Wide { value: self.u8(0)? })
    }

    fn weapon(self) -> Option<Weapon> {
        let damage = self.get(1, |field| field.i16(0))?.unwrap_or(10);
        Some(Weapon { name: self.far(0, Self::string)??, damage })
    }

    fn armor(self) -> Option<Armor> {
        Some(Armor { points: self.get(0, |field| field.i32(0))?.unwrap_or(0), wide: self.get(1, Self::wide)? })
    }

    fn rank(self) -> Option<Rank> {
        Some(Rank { level: self.get(0, |field| field.u32(0))?.unwrap_or(0), title: self.far(1, Self::string)? })
    }

    /// The member of a union whose type is `tag`.
    fn equipment(self, tag: u8) -> Option<Equipment> {
        Some(match tag {
            1 => Equipment::Weapon(self.weapon()?),
            2 => Equipment::Armor(Box::new(self.armor()?)),
            3 => Equipment::Spot(self.vec3()?),
            4 => Equipment::Note(self.string()?),
            tag => Equipment::Unknown(tag),
        })
    }

    fn equipped(self) -> Option<Option<Equipment>> {
        match (self.get(8, |field| field.u8(0))?.unwrap_or(0), self.field(9)?) {
            (0, _) | (_, None) => Some(None),
            (tag @ 1..=4, Some(value)) => value.follow()?.equipment(tag).map(Some),
            (tag, Some(_)) => Some(Some(Equipment::Unknown(tag))),
        }
    }

    fn bag(self) -> Option<Option<Vec<Equipment>>> {
        let Some(values) = self.far(20, |at| at.vector(4, Some))? else { return Some(None) };
        let tags = self.far(19, |at| at.vector(1, |tag| tag.u8(0)))??;
        let all = tags.into_iter().zip(values).map(|(tag, value)| match tag {
            1..=4 => value.follow()?.equipment(tag),
            tag => Some(Equipment::Unknown(tag)),
        });
        all.collect::<Option<_>>().map(Some)
    }

    fn monster(self) -> Option<Monster> {
        Some(Monster {
            pos: self.get(0, Self::vec3)?,
            hp: self.get(1, |field| field.i32(0))?.unwrap_or(100),
            mana: self.get(2, |field| field.i16(0))?.unwrap_or(150),
            name: self.far(3, Self::string)??,
            friendly: false,
            inventory: self.far(5, |at| at.vector(1, |byte| byte.u8(0)))?,
            color: Color::from(self.get(6, |field| field.u8(0))?.unwrap_or(3)),
            weapons: self.far(7, |at| at.vector(4, |weapon| weapon.follow()?.weapon()))?,
            equipped: self.equipped()?,
            path: self.far(10, |at| at.vector(12, Self::vec3))?.unwrap_or_default(),
            abilities: Ability(self.get(11, |field| field.u16(0))?.unwrap_or(0)),
            lucky: self.get(12, |field| field.i64(0))?,
            gone: self.get(13, |field| field.bool(0))?,
            shade: self.get(14, |field| field.u8(0))?.map(Color::from),
            ratio: self.get(15, |field| field.f64(0))?.unwrap_or(1.5),
            titles: self.far(16, |at| at.vector(4, |title| title.follow()?.string()))?,
            child: self.far(17, |at| at.monster().map(Box::new))?,
            stats: self.get(18, Self::stats)?,
            bag: self.bag()?,
            letter: self.far(21, |at| at.block().map(|letter| Nested::from_bytes(letter.into())))?,
            aligned: self.far(22, |at| at.vector(1, |byte| byte.u8(0)))?,
            colors: self.far(23, |at| at.vector(1, |color| color.u8(0).map(Color::from)))?.unwrap_or_default(),
            flags: self.far(24, |at| at.vector(1, |flag| flag.bool(0)))?,
            ranks: self.far(25, |at| at.vector(4, |rank| rank.follow()?.rank()))?,
            speed: self.get(26, |field| field.f32(0))?.unwrap_or(0.0),
            big: self.far(27, |at| at.vector(8, |number| number.u64(0)))?,
            tiny: self.get(28, |field| field.i8(0))?.unwrap_or(0),
            wide: self.get(29, Self::wide)?,
            gold: self.get(30, |field| field.u64(0))?.unwrap_or(0),
        })
    }
}

/// The monster whose packet is `bytes`, if it lies in them.
pub(super) fn monster(bytes: &[u8]) -> Option<Monster> {
    Place { bytes, at: 0 }.follow()?.monster()
}

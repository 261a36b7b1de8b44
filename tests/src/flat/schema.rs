//! The schema of `monster.fbs` in Rust, and values of it for the tests.
#![allow(missing_docs, reason = "the schema says it")]

use quickcheck::{Arbitrary, Gen};
use wharf::flat::{Enum, Flags, Nested, Struct, Table, Union};

#[derive(Enum, Clone, Copy, Debug, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Color {
    Red = 0,
    Green,
    Blue = 3,
    #[flat(unknown)]
    Unknown(u8),
}

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
#[repr(i8)]
pub enum Mood {
    Grim = -1,
    Calm,
    Glad,
    #[flat(unknown)]
    Other(i8),
}

#[derive(Flags, Clone, Copy, Debug, PartialEq, Eq)]
#[flat(bits(FLY, SWIM, RUN = 4))]
pub struct Ability(pub u16);

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Vec3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub tag: u8,
    pub weight: u64,
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Stats {
    pub id: u64,
    pub grid: [i16; 3],
    pub cells: [Cell; 2],
    pub mood: Mood,
    pub alive: bool,
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
#[flat(force_align = 16)]
pub struct Wide {
    pub value: u8,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Weapon {
    #[flat(key)]
    pub name: String,
    #[flat(default = 10)]
    pub damage: i16,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Armor {
    pub points: i32,
    pub wide: Option<Wide>,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Rank {
    #[flat(key)]
    pub level: u32,
    pub title: Option<String>,
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    pub kind: u8,
    #[flat(key)]
    pub at: i32,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Board {
    #[flat(sorted)]
    pub pins: Vec<Pin>,
}

#[derive(Union, Clone, Debug, PartialEq)]
pub enum Equipment {
    Weapon(Weapon),
    Armor(Box<Armor>),
    Spot(Vec3),
    Note(String),
    #[flat(unknown)]
    Unknown(u8),
}

#[derive(Table, Clone, Debug, PartialEq)]
#[flat(file_identifier = "MONS")]
pub struct Monster {
    #[flat(id = 0)]
    pub pos: Option<Vec3>,
    #[flat(id = 1, default = 100)]
    pub hp: i32,
    #[flat(id = 2, default = 150)]
    pub mana: i16,
    #[flat(id = 3, required)]
    pub name: String,
    #[flat(id = 4, deprecated)]
    pub friendly: bool,
    #[flat(id = 5)]
    pub inventory: Option<Vec<u8>>,
    #[flat(id = 6, default = Color::Blue)]
    pub color: Color,
    #[flat(id = 7, sorted)]
    pub weapons: Option<Vec<Weapon>>,
    #[flat(id = 9, union)]
    pub equipped: Option<Equipment>,
    #[flat(id = 10)]
    pub path: Vec<Vec3>,
    #[flat(id = 11)]
    pub abilities: Ability,
    #[flat(id = 12)]
    pub lucky: Option<i64>,
    #[flat(id = 13)]
    pub gone: Option<bool>,
    #[flat(id = 14)]
    pub shade: Option<Color>,
    #[flat(id = 15, default = 1.5)]
    pub ratio: f64,
    #[flat(id = 16, shared)]
    pub titles: Option<Vec<String>>,
    #[flat(id = 17)]
    pub child: Option<Box<Self>>,
    #[flat(id = 18)]
    pub stats: Option<Stats>,
    #[flat(id = 20, union)]
    pub bag: Option<Vec<Equipment>>,
    #[flat(id = 21)]
    pub letter: Option<Nested<Rank>>,
    #[flat(id = 22, force_align = 16)]
    pub aligned: Option<Vec<u8>>,
    #[flat(id = 23)]
    pub colors: Vec<Color>,
    #[flat(id = 24)]
    pub flags: Option<Vec<bool>>,
    #[flat(id = 25)]
    pub ranks: Option<Vec<Rank>>,
    #[flat(id = 26)]
    pub speed: f32,
    #[flat(id = 27)]
    pub big: Option<Vec<u64>>,
    #[flat(id = 28)]
    pub tiny: i8,
    #[flat(id = 29)]
    pub wide: Option<Wide>,
    #[flat(id = 30, greedy)]
    pub gold: u64,
}

impl Monster {
    /// A monster with nothing but a name.
    pub fn plain(name: &str) -> Self {
        Self {
            pos: None,
            hp: 100,
            mana: 150,
            name: name.into(),
            friendly: false,
            inventory: None,
            color: Color::Blue,
            weapons: None,
            equipped: None,
            path: Vec::new(),
            abilities: Ability(0),
            lucky: None,
            gone: None,
            shade: None,
            ratio: 1.5,
            titles: None,
            child: None,
            stats: None,
            bag: None,
            letter: None,
            aligned: None,
            colors: Vec::new(),
            flags: None,
            ranks: None,
            speed: 0.0,
            big: None,
            tiny: 0,
            wide: None,
            gold: 0,
        }
    }

    /// A monster that has everything.
    pub fn full() -> Self {
        let weapon = |name: &str, damage| Weapon { name: name.into(), damage };
        Self {
            pos: Some(Vec3 { x: 1.0, y: -2.5, z: 3.25 }),
            hp: -7,
            mana: 151,
            inventory: Some((0..=9).collect()),
            color: Color::Green,
            // Sorted, as they are once written.
            weapons: Some(vec![weapon("axe", 10), weapon("bow", -3), weapon("sword", 77)]),
            equipped: Some(Equipment::Armor(Box::new(Armor { points: 12, wide: Some(Wide { value: 9 }) }))),
            path: vec![Vec3 { x: 0.0, y: 1.0, z: 2.0 }, Vec3 { x: 3.0, y: 4.0, z: 5.0 }],
            abilities: Ability::FLY | Ability::RUN,
            lucky: Some(0),
            gone: Some(false),
            shade: Some(Color::Red),
            ratio: -0.125,
            titles: Some(vec!["the Great".into(), "the Ünknown".into(), "the Great".into(), String::new()]),
            child: Some(Box::new(Self {
                equipped: Some(Equipment::Note("a note".into())),
                weapons: Some(vec![weapon("claw", 1)]),
                child: Some(Box::new(Self {
                    equipped: Some(Equipment::Spot(Vec3 { x: 9.0, y: 8.0, z: 7.0 })),
                    ..Self::plain("grandchild")
                })),
                ..Self::plain("child")
            })),
            stats: Some(Stats {
                id: u64::MAX,
                grid: [-1, 0, 1],
                cells: [Cell { tag: 1, weight: 2 }, Cell { tag: 3, weight: 4 }],
                mood: Mood::Grim,
                alive: true,
            }),
            bag: Some(vec![
                Equipment::Weapon(weapon("dart", 2)),
                Equipment::Note("map".into()),
                Equipment::Spot(Vec3 { x: 1.0, y: 1.0, z: 1.0 }),
                Equipment::Armor(Box::new(Armor { points: 0, wide: None })),
            ]),
            letter: Some(Nested::new(&Rank { level: 3, title: Some("captain".into()) }).unwrap()),
            aligned: Some(vec![1, 2, 3]),
            colors: vec![Color::Red, Color::Blue, Color::Green],
            flags: Some(vec![true, false, true]),
            ranks: Some(
                (0..70)
                    .map(|level| Rank { level: level * 2, title: (level % 3 == 0).then(|| format!("rank {level}")) })
                    .collect(),
            ),
            speed: 2.5,
            big: Some(vec![u64::MAX, 0, 1 << 40]),
            tiny: -128,
            wide: Some(Wide { value: 200 }),
            gold: 1 << 50,
            ..Self::plain("Orc")
        }
    }

    fn arbitrary(g: &mut Gen, depth: usize) -> Self {
        let mut weapons: Option<Vec<Weapon>> = few(g, weapon);
        if let Some(weapons) = &mut weapons {
            // Written sorted, so made sorted: what is read is then equal.
            weapons.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
            weapons.dedup_by(|a, b| a.name == b.name);
        }
        let mut ranks = few(g, rank);
        if let Some(ranks) = &mut ranks {
            // `flatc` sorts whatever has a key.
            ranks.sort_by_key(|rank| rank.level);
            ranks.dedup_by_key(|rank| rank.level);
        }
        Self {
            pos: maybe(g, vec3),
            hp: i32::arbitrary(g),
            mana: *g.choose(&[150, 0, 7]).unwrap(),
            name: String::arbitrary(g),
            inventory: Option::arbitrary(g),
            color: Color::from(u8::arbitrary(g)),
            weapons,
            equipped: maybe(g, equipment),
            path: few(g, vec3).unwrap_or_default(),
            abilities: Ability(u16::arbitrary(g)),
            lucky: Option::arbitrary(g),
            gone: Option::arbitrary(g),
            shade: maybe(g, |g| Color::from(u8::arbitrary(g))),
            ratio: f64::from(i32::arbitrary(g)) / 8.0,
            titles: few(g, String::arbitrary),
            child: if depth == 0 { None } else { maybe(g, |g| Box::new(Self::arbitrary(g, depth - 1))) },
            stats: maybe(g, |g| Stats {
                id: u64::arbitrary(g),
                grid: [i16::arbitrary(g), i16::arbitrary(g), i16::arbitrary(g)],
                cells: [Cell { tag: 1, weight: u64::arbitrary(g) }, Cell { tag: u8::arbitrary(g), weight: 0 }],
                mood: Mood::from(i8::arbitrary(g)),
                alive: bool::arbitrary(g),
            }),
            bag: few(g, equipment),
            letter: maybe(g, |g| Nested::new(&rank(g)).unwrap()),
            aligned: Option::arbitrary(g),
            colors: few(g, |g| Color::from(u8::arbitrary(g))).unwrap_or_default(),
            flags: Option::arbitrary(g),
            ranks,
            speed: f32::from(i16::arbitrary(g)) / 4.0,
            big: Option::arbitrary(g),
            tiny: i8::arbitrary(g),
            wide: maybe(g, |g| Wide { value: u8::arbitrary(g) }),
            gold: u64::arbitrary(g),
            ..Self::plain("")
        }
    }
}

impl Arbitrary for Monster {
    fn arbitrary(g: &mut Gen) -> Self {
        Self::arbitrary(g, 2)
    }
}

fn maybe<T>(g: &mut Gen, make: impl FnOnce(&mut Gen) -> T) -> Option<T> {
    bool::arbitrary(g).then(|| make(g))
}

fn few<T>(g: &mut Gen, mut make: impl FnMut(&mut Gen) -> T) -> Option<Vec<T>> {
    let count = *g.choose(&[0, 1, 2, 5, 33]).unwrap();
    maybe(g, |g| (0..count).map(|_| make(g)).collect())
}

fn vec3(g: &mut Gen) -> Vec3 {
    Vec3 { x: f32::from(i8::arbitrary(g)), y: f32::from(i8::arbitrary(g)), z: 0.5 }
}

fn weapon(g: &mut Gen) -> Weapon {
    Weapon { name: String::arbitrary(g), damage: *g.choose(&[10, 0, -1]).unwrap() }
}

fn rank(g: &mut Gen) -> Rank {
    Rank { level: u32::arbitrary(g), title: Option::arbitrary(g) }
}

fn equipment(g: &mut Gen) -> Equipment {
    match u8::arbitrary(g) % 4 {
        0 => Equipment::Weapon(weapon(g)),
        1 => Equipment::Armor(Box::new(Armor {
            points: i32::arbitrary(g),
            wide: maybe(g, |g| Wide { value: u8::arbitrary(g) }),
        })),
        2 => Equipment::Spot(vec3(g)),
        _ => Equipment::Note(String::arbitrary(g)),
    }
}

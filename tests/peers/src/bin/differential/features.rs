//! `features.fbs` in wharf's words, and what the peers read brought to the same values.

use crate::generated::{fb, planus_fb};
use planus::ReadAsRoot as _;
use wharf::flat::{Enum, Flags, Struct, Table, Union};

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub enum Color {
    Red,
    Green,
    Blue = 3,
    #[flat(unknown)]
    Other(u8),
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

#[derive(Flags, Clone, Copy, Debug, PartialEq)]
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
    pub cell: Cell,
    pub mood: Mood,
    pub alive: bool,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Weapon {
    #[flat(required)]
    pub name: String,
    #[flat(default = 10)]
    pub damage: i16,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub struct Armor {
    pub points: i32,
    pub spot: Option<Vec3>,
}

#[derive(Union, Clone, Debug, PartialEq)]
pub enum Equipment {
    Weapon(Weapon),
    Armor(Armor),
    #[flat(unknown)]
    Other(u8),
}

#[derive(Table, Clone, Debug)]
#[flat(file_identifier = "FEAT")]
pub struct Monster {
    pub pos: Option<Vec3>,
    #[flat(default = 100)]
    pub hp: i32,
    #[flat(required)]
    pub name: String,
    pub inventory: Option<Vec<u8>>,
    #[flat(default = Color::Blue)]
    pub color: Color,
    pub weapons: Option<Vec<Weapon>>,
    #[flat(union)]
    pub equipped: Option<Equipment>,
    pub path: Option<Vec<Vec3>>,
    pub abilities: Ability,
    pub lucky: Option<i64>,
    pub gone: Option<bool>,
    pub shade: Option<Color>,
    #[flat(default = 1.5)]
    pub ratio: f64,
    pub titles: Option<Vec<String>>,
    pub child: Option<Box<Self>>,
    pub stats: Option<Stats>,
    pub colors: Option<Vec<Color>>,
    pub flags: Option<Vec<bool>>,
    pub speed: f32,
    pub big: Option<Vec<u64>>,
    pub tiny: i8,
}

/// As they are written out, since a number that is none differs from itself.
impl PartialEq for Monster {
    fn eq(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

impl Monster {
    /// Whether its union, or that of a child, is such a one.
    pub fn has_union(&self, such: fn(&Option<Equipment>) -> bool) -> bool {
        such(&self.equipped) || self.child.as_ref().is_some_and(|child| child.has_union(such))
    }
}

/// A monster that has everything.
pub fn sample() -> Monster {
    let weapon = |name: &str, damage| Weapon { name: name.into(), damage };
    let plain = |name: &str| Monster {
        pos: None,
        hp: 100,
        name: name.into(),
        inventory: None,
        color: Color::Blue,
        weapons: None,
        equipped: None,
        path: None,
        abilities: Ability(0),
        lucky: None,
        gone: None,
        shade: None,
        ratio: 1.5,
        titles: None,
        child: None,
        stats: None,
        colors: None,
        flags: None,
        speed: 0.0,
        big: None,
        tiny: 0,
    };
    let child = Monster { equipped: Some(Equipment::Weapon(weapon("claw", 1))), ..plain("child") };
    Monster {
        pos: Some(Vec3 { x: 1.0, y: -2.5, z: 3.25 }),
        hp: -7,
        inventory: Some(vec![1, 2, 3]),
        color: Color::Green,
        weapons: Some(vec![weapon("bow", -3), weapon("axe", 10)]),
        equipped: Some(Equipment::Armor(Armor { points: 12, spot: Some(Vec3 { x: 9.0, y: 8.0, z: 7.0 }) })),
        path: Some(vec![Vec3 { x: 0.0, y: 1.0, z: 2.0 }, Vec3 { x: 3.0, y: 4.0, z: 5.0 }]),
        abilities: Ability::FLY | Ability::RUN,
        lucky: Some(0),
        gone: Some(false),
        shade: Some(Color::Red),
        ratio: -0.125,
        titles: Some(vec!["the Great".into(), "\u{dc}".into(), String::new()]),
        child: Some(Box::new(child)),
        stats: Some(Stats { id: u64::MAX, cell: Cell { tag: 1, weight: 2 }, mood: Mood::Grim, alive: true }),
        colors: Some(vec![Color::Red, Color::Blue]),
        flags: Some(vec![true, false]),
        speed: 2.5,
        big: Some(vec![u64::MAX, 0]),
        tiny: -128,
        ..plain("Orc")
    }
}

fn vec3(spot: &fb::Vec3) -> Vec3 {
    Vec3 { x: spot.x(), y: spot.y(), z: spot.z() }
}

fn weapon(weapon: fb::Weapon<'_>) -> Weapon {
    Weapon { name: weapon.name().into(), damage: weapon.damage() }
}

fn equipped(monster: fb::Monster<'_>) -> Option<Equipment> {
    match monster.equipped_type() {
        fb::Equipment::NONE => None,
        fb::Equipment::Weapon => monster.equipped_as_weapon().map(weapon).map(Equipment::Weapon),
        fb::Equipment::Armor => monster
            .equipped_as_armor()
            .map(|armor| Equipment::Armor(Armor { points: armor.points(), spot: armor.spot().map(vec3) })),
        other => Some(Equipment::Other(other.0)),
    }
}

/// What `flatbuffers` reads.
pub fn by_flatbuffers(monster: fb::Monster<'_>) -> Monster {
    Monster {
        pos: monster.pos().map(vec3),
        hp: monster.hp(),
        name: monster.name().into(),
        inventory: monster.inventory().map(|bytes| bytes.bytes().to_vec()),
        color: monster.color().0.into(),
        weapons: monster.weapons().map(|weapons| weapons.iter().map(weapon).collect()),
        equipped: equipped(monster),
        path: monster.path().map(|path| path.iter().map(vec3).collect()),
        abilities: Ability(monster.abilities()),
        lucky: monster.lucky(),
        gone: monster.gone(),
        shade: monster.shade().map(|shade| shade.0.into()),
        ratio: monster.ratio(),
        titles: monster.titles().map(|titles| titles.iter().map(Into::into).collect()),
        child: monster.child().map(|child| Box::new(by_flatbuffers(child))),
        stats: monster.stats().map(|stats| Stats {
            id: stats.id(),
            cell: Cell { tag: stats.cell().tag(), weight: stats.cell().weight() },
            mood: stats.mood().0.into(),
            alive: stats.alive(),
        }),
        colors: monster.colors().map(|colors| colors.iter().map(|color| color.0.into()).collect()),
        flags: monster.flags().map(|flags| flags.iter().collect()),
        speed: monster.speed(),
        big: monster.big().map(|big| big.iter().collect()),
        tiny: monster.tiny(),
    }
}

impl From<planus_fb::Vec3> for Vec3 {
    fn from(planus_fb::Vec3 { x, y, z }: planus_fb::Vec3) -> Self {
        Self { x, y, z }
    }
}

impl From<planus_fb::Weapon> for Weapon {
    fn from(planus_fb::Weapon { name, damage }: planus_fb::Weapon) -> Self {
        Self { name, damage }
    }
}

impl From<planus_fb::Equipment> for Equipment {
    fn from(equipment: planus_fb::Equipment) -> Self {
        match equipment {
            planus_fb::Equipment::Weapon(weapon) => Self::Weapon((*weapon).into()),
            planus_fb::Equipment::Armor(armor) => {
                Self::Armor(Armor { points: armor.points, spot: armor.spot.map(Into::into) })
            }
        }
    }
}

impl From<planus_fb::Stats> for Stats {
    fn from(planus_fb::Stats { id, cell, mood, alive }: planus_fb::Stats) -> Self {
        Self { id, cell: Cell { tag: cell.tag, weight: cell.weight }, mood: i8::from(mood).into(), alive }
    }
}

fn all<T, U: From<T>>(items: Option<Vec<T>>) -> Option<Vec<U>> {
    items.map(|items| items.into_iter().map(U::from).collect())
}

impl From<planus_fb::Monster> for Monster {
    fn from(monster: planus_fb::Monster) -> Self {
        let color = |color| u8::from(color).into();
        Self {
            pos: monster.pos.map(Into::into),
            hp: monster.hp,
            name: monster.name,
            inventory: monster.inventory,
            color: color(monster.color),
            weapons: all(monster.weapons),
            equipped: monster.equipped.map(Into::into),
            path: all(monster.path),
            abilities: Ability(monster.abilities),
            lucky: monster.lucky,
            gone: monster.gone,
            shade: monster.shade.map(color),
            ratio: monster.ratio,
            titles: monster.titles,
            child: monster.child.map(|child| Box::new((*child).into())),
            stats: monster.stats.map(Into::into),
            colors: monster.colors.map(|colors| colors.into_iter().map(color).collect()),
            flags: monster.flags,
            speed: monster.speed,
            big: monster.big,
            tiny: monster.tiny,
        }
    }
}

fn planus_monster(bytes: &[u8]) -> planus::Result<planus_fb::Monster> {
    planus_fb::MonsterRef::read_as_root(bytes)?.try_into()
}

/// What planus reads.
pub fn by_planus(bytes: &[u8]) -> planus::Result<Monster> {
    planus_monster(bytes).map(Into::into)
}

/// The same value in planus's layout.
pub fn again_by_planus(bytes: &[u8]) -> Vec<u8> {
    planus::Builder::new().finish(planus_monster(bytes).unwrap(), None).to_vec()
}

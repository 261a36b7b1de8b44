//! The monsters and the answers to them, as plain Rust; `monster.fbs` is the same for other languages.

use wharf::flat::{Enum, Struct, Table, Union};

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
#[repr(i8)]
pub(crate) enum Color {
    Red = 0,
    Green,
    Blue,
    #[flat(unknown)]
    Unknown(i8),
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub(crate) struct Vec3 {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) z: f32,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub(crate) struct Weapon {
    pub(crate) name: Option<String>,
    pub(crate) damage: i16,
}

#[derive(Union, Clone, Debug, PartialEq)]
pub(crate) enum Equipment {
    Weapon(Weapon),
    #[flat(unknown)]
    Unknown(u8),
}

#[derive(Table, Clone, Debug, PartialEq)]
pub(crate) struct Monster {
    pub(crate) pos: Option<Vec3>,
    #[flat(default = 150)]
    pub(crate) mana: i16,
    #[flat(default = 100)]
    pub(crate) hp: i16,
    pub(crate) name: Option<String>,
    #[flat(deprecated)]
    pub(crate) friendly: bool,
    pub(crate) inventory: Option<Vec<u8>>,
    #[flat(default = Color::Blue)]
    pub(crate) color: Color,
    pub(crate) weapons: Option<Vec<Weapon>>,
    #[flat(union)]
    pub(crate) equipped: Option<Equipment>,
    pub(crate) path: Option<Vec<Vec3>>,
}

#[derive(Table, Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    #[flat(required)]
    pub(crate) name: String,
    pub(crate) hp: i16,
    pub(crate) damage: i32,
}

/// A monster unlike the others, and the answer that it must get.
pub(crate) fn monster(number: i16) -> (Monster, Reply) {
    let weapon = |index: i16| Weapon { name: Some(format!("weapon {index} of {number}")), damage: index };
    let weapons: Vec<Weapon> = (0..number % 40).map(weapon).collect();
    let damage = 2 * weapons.iter().map(|weapon| i32::from(weapon.damage)).sum::<i32>() + i32::from(number % 7);
    let name = format!("Orc the {number}th");
    let monster = Monster {
        pos: Some(Vec3 { x: f32::from(number), y: 2.0, z: 3.0 }),
        mana: 150,
        hp: number % 300,
        name: Some(name.clone()),
        friendly: false,
        inventory: Some((0..10).collect()),
        color: Color::Red,
        weapons: Some(weapons),
        equipped: Some(Equipment::Weapon(Weapon { name: Some("axe".to_owned()), damage: number % 7 })),
        path: Some((0_u8..4).map(|step| Vec3 { x: f32::from(step), y: 0.0, z: 0.0 }).collect()),
    };
    (monster, Reply { name, hp: number % 300, damage })
}

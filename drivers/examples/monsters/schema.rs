//! The monsters and the answers to them, as plain Rust; `monster.fbs` is the same for other languages.

use wharf::flat::{Enum, Struct, Table, Union};

#[derive(Enum, Clone, Copy, Debug, Default, PartialEq)]
#[repr(i8)]
pub(crate) enum Color {
    Red = 0,
    Green,
    #[default]
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

/// What the server has seen of a monster.
#[derive(Table, Clone, Debug, Default, PartialEq)]
pub(crate) struct Reply {
    #[flat(required)]
    pub(crate) name: String,
    pub(crate) hp: i16,
    pub(crate) mana: i16,
    #[flat(default = Color::Blue)]
    pub(crate) color: Color,
    /// Sum of the inventory.
    pub(crate) items: u32,
    /// Of all named weapons, and of the one that is equipped.
    pub(crate) damage: i32,
    /// From its position along its path, by way of the axes.
    pub(crate) distance: f32,
}

/// A monster unlike the others, and the answer that it must get.
pub(crate) fn monster(number: i16) -> (Monster, Reply) {
    let weapon = |index: i16| Weapon { name: Some(format!("weapon {index} of {number}")), damage: index };
    let count = number % 40;
    let (name, hp, mana) = (format!("Orc the {number}th"), number % 300, number % 200);
    let color = if number % 2 == 0 { Color::Red } else { Color::Blue };
    let x = f32::from(number);
    let monster = Monster {
        pos: Some(Vec3 { x, y: 2.0, z: 3.0 }),
        mana,
        hp,
        name: Some(name.clone()),
        friendly: false,
        inventory: Some((0..10).collect()),
        color,
        weapons: Some((0..count).map(weapon).collect()),
        equipped: Some(Equipment::Weapon(Weapon { name: Some("axe".to_owned()), damage: number % 7 })),
        path: Some((1_u8..5).map(|step| Vec3 { x: x + f32::from(step), y: 2.0, z: 0.0 }).collect()),
    };
    // 0 + 1 + … + 9 items; damages 0, 1, … count - 1; four steps along x, and 3 down at the first.
    let damage = i32::from(count * (count - 1) / 2 + number % 7);
    (monster, Reply { name, hp, mana, color, items: 45, damage, distance: 7.0 })
}

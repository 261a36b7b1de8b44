//! Any value that can be written comes back as it was, in every mode, from as many bytes as were said to be enough.

use wharf::flat::{Greedy, Nested, WriteError, Writer, parse_into, read, read_prefixed, to_vec, verify};

use super::Input;
use crate::flat::schema::{Ability, Armor, Cell, Color, Equipment, Monster, Mood, Rank, Stats, Vec3, Weapon, Wide};
use crate::flat::{agree, sort};

/// Writes the monster that the input holds, and reads it.
pub fn values(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let [shares, prefixed] = [input.bool(), input.bool()];
    // All that reads is slow, and another target reads whatever there is.
    let all = input.below(8) == 1;
    let before = input.below(8);
    let mut value = monster(&mut input, 1);

    let writer = if shares { Writer::new().shared_strings() } else { Writer::new() };
    let mut writer = if prefixed { writer.prefixed() } else { writer };
    // What was there before is neither read nor touched.
    let mut appended = vec![0xEE; before];
    let mut buffer = vec![0xDD; writer.max_size(&value)];
    let written = writer.write(&value, &mut buffer);
    assert_eq!(writer.append(&value, &mut appended), written);
    let len = match written {
        Ok(len) => len,
        Err(error) => {
            assert!(matches!(error, WriteError::UnknownTag(_)) && holds_unknown(&value), "{error}");
            assert_eq!(appended, vec![0xEE; before]);
            return;
        }
    };
    assert!(!holds_unknown(&value), "written, although its type isn't known");
    let packet = &buffer[..len];
    assert_eq!(appended[before..], *packet);
    let short = writer.write(&value, &mut vec![0; len - 1]);
    assert!(matches!(short, Err(WriteError::BufferTooSmall { needed }) if needed >= len), "{short:?}");

    sort(&mut value);
    drop_none(&mut value);
    // A NaN is like itself.
    let same = |read: &Monster| assert!(*read == value || format!("{read:?}") == format!("{value:?}"), "{read:?}");
    if prefixed {
        same(&read_prefixed::<Monster, Greedy>(packet).expect("it is what was written"));
    } else {
        assert_eq!(verify::<Monster>(packet), Ok(()));
        same(&read::<Monster, Greedy>(packet).expect("it is what was written"));
        let mut reused = Monster::full();
        parse_into(&mut reused, packet).expect("it is what was written");
        same(&reused);
        if all {
            agree(packet);
        }
        if !shares {
            assert_eq!(to_vec(&value).as_deref(), Ok(packet), "the same value, other bytes");
        }
    }
}

/// Whether it holds what no writer can know.
fn holds_unknown(monster: &Monster) -> bool {
    let mut held = monster.equipped.iter().chain(monster.bag.iter().flatten());
    held.any(|equipment| matches!(equipment, Equipment::Unknown(1..)))
        || monster.child.as_deref().is_some_and(holds_unknown)
}

/// The type 0 says that there is none, which in a field is its absence.
fn drop_none(monster: &mut Monster) {
    monster.equipped.take_if(|equipment| *equipment == Equipment::Unknown(0));
    if let Some(child) = &mut monster.child {
        drop_none(child);
    }
}

fn number(input: &mut Input<'_>) -> u64 {
    // Small ones, so that defaults are among them, or any.
    let len = input.choose(&[1, 1, 2, 8]);
    input.take(len).iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

fn float(input: &mut Input<'_>) -> f32 {
    input.take(4).first_chunk().map_or(1.5, |bytes| f32::from_le_bytes(*bytes))
}

fn maybe<'i, T>(input: &mut Input<'i>, make: impl FnOnce(&mut Input<'i>) -> T) -> Option<T> {
    input.bool().then(|| make(input))
}

fn some<'i, T>(input: &mut Input<'i>, make: impl Fn(&mut Input<'i>) -> T) -> Vec<T> {
    // More than a page is rare, since it is slow.
    let count = input.choose(&[1, 0, 2, 1, 1, 3, 0, 1, 2, 1, 0, 1, 4, 0, 1, 34]);
    (0..count).map(|_| make(input)).collect()
}

fn few<'i, T>(input: &mut Input<'i>, make: impl Fn(&mut Input<'i>) -> T) -> Option<Vec<T>> {
    maybe(input, |input| some(input, make))
}

fn text(input: &mut Input<'_>) -> String {
    let len = input.below(9);
    String::from_utf8_lossy(input.take(len)).into_owned()
}

fn vec3(input: &mut Input<'_>) -> Vec3 {
    Vec3 { x: float(input), y: float(input), z: float(input) }
}

fn wide(input: &mut Input<'_>) -> Wide {
    Wide { value: input.byte() }
}

fn weapon(input: &mut Input<'_>) -> Weapon {
    Weapon { name: text(input), damage: input.choose(&[10, 0, -1, 300]) }
}

fn rank(input: &mut Input<'_>) -> Rank {
    Rank { level: u32::from(input.byte()), title: maybe(input, text) }
}

fn equipment(input: &mut Input<'_>) -> Equipment {
    match input.below(8) {
        0 | 1 => Equipment::Weapon(weapon(input)),
        2 | 3 => Equipment::Armor(Box::new(Armor { points: i32::from(input.byte()), wide: maybe(input, wide) })),
        4 => Equipment::Spot(vec3(input)),
        7 if input.below(4) == 0 => Equipment::Unknown(input.choose(&[0, 0, 0, 1, 5, 255])),
        _ => Equipment::Note(text(input)),
    }
}

fn stats(input: &mut Input<'_>) -> Stats {
    let mut cell = || Cell { tag: input.byte(), weight: number(input) };
    let cells = [cell(), cell()];
    let grid = [1, 2, 3].map(|scale| i16::from(input.byte()) * scale);
    Stats { id: number(input), grid, cells, mood: Mood::from(signed(input)), alive: input.bool() }
}

fn signed(input: &mut Input<'_>) -> i8 {
    i8::from_le_bytes([input.byte()])
}

fn monster(input: &mut Input<'_>, depth: usize) -> Monster {
    Monster {
        name: text(input),
        pos: maybe(input, vec3),
        hp: input.choose(&[100, 0, -1, i32::MIN]),
        mana: input.choose(&[150, 0, -1, i16::MAX]),
        friendly: false,
        inventory: maybe(input, |input| text(input).into_bytes()),
        color: Color::from(input.byte()),
        weapons: few(input, weapon),
        equipped: maybe(input, equipment),
        path: some(input, vec3),
        abilities: Ability(u16::from(input.byte())),
        lucky: maybe(input, |input| i64::from_le_bytes(number(input).to_le_bytes())),
        gone: maybe(input, Input::bool),
        shade: maybe(input, |input| Color::from(input.byte())),
        ratio: f64::from(float(input)),
        titles: few(input, text),
        child: if depth == 0 { None } else { maybe(input, |input| Box::new(monster(input, depth - 1))) },
        stats: maybe(input, stats),
        bag: few(input, equipment),
        letter: maybe(input, |input| Nested::new(&rank(input)).expect("a rank can be written")),
        aligned: maybe(input, |input| text(input).into_bytes()),
        colors: some(input, |input| Color::from(input.byte())),
        flags: few(input, Input::bool),
        ranks: few(input, rank),
        speed: float(input),
        big: few(input, number),
        tiny: signed(input),
        wide: maybe(input, wide),
        gold: number(input),
    }
}

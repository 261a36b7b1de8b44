//! What each mode promises about reading at most once, by counting reads.

use super::{
    Error, Greedy, Lazy, Mode, Outcome as _, Progressive, PropertyCache, Struct, Table, VectorCache, count, read,
    to_vec,
};
use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
#[flat(crate = crate)]
struct Point {
    x: i32,
    y: i32,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[flat(crate = crate)]
struct Leaf {
    name: Option<String>,
    size: u16,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[flat(crate = crate)]
struct Tree {
    leaf: Option<Leaf>,
    leaves: Option<Vec<Leaf>>,
    at: Option<Point>,
    height: i64,
    #[flat(greedy)]
    kind: u8,
}

fn tree() -> Tree {
    let leaf = |size| Leaf { name: Some("oak".into()), size };
    Tree {
        leaf: Some(leaf(1)),
        leaves: Some((2..72).map(leaf).collect()),
        at: Some(Point { x: 1, y: 2 }),
        height: -1,
        kind: 7,
    }
}

fn leaf<M: Mode>(leaf: &LeafView<'_, M>) -> Result<usize, Error> {
    Ok(leaf.name().checked()?.map_or(0, str::len) + usize::from(leaf.size().checked()?))
}

fn traverse<M: Mode>(tree: &TreeView<'_, M>) -> Result<usize, Error> {
    let mut sum = tree.leaf().checked()?.map_or(Ok(0), |view| leaf(&view))?;
    if let Some(leaves) = tree.leaves().checked()? {
        for view in &*leaves {
            let view = view.checked()?;
            sum += leaf(&view)?;
        }
    }
    Ok(sum
        + usize::from(tree.at().checked()?.is_some())
        + usize::from(tree.height().checked()? < 0)
        + usize::from(tree.kind()))
}

/// How often any place is read in a first and in a second traversal, at most.
fn reads<M: Mode>() -> (usize, usize) {
    let bytes = to_vec(&tree()).unwrap();
    let most = |reads: BTreeMap<usize, usize>| reads.into_values().max().unwrap_or(0);
    count::take();
    let packet = read::<Tree, M>(&bytes).unwrap();
    let first = M::with(&packet, |tree: &TreeView<'_, M>| traverse(tree)).unwrap();
    let once = most(count::take());
    let second = M::with(&packet, |tree: &TreeView<'_, M>| traverse(tree)).unwrap();
    assert_eq!(first, second);
    (once, most(count::take()))
}

#[test]
fn reads_each_field_at_most_once_where_it_is_remembered() {
    assert_eq!(reads::<Lazy>(), (1, 1));
    // Elements of vectors are read again, fields are not.
    assert_eq!(reads::<PropertyCache>(), (1, 1));
    assert_eq!(reads::<VectorCache>(), (1, 0));
    assert_eq!(reads::<Progressive>(), (1, 0));
    assert_eq!(reads::<Greedy>(), (1, 0));
}

#[test]
fn property_cache_reads_its_own_fields_once() {
    let bytes = to_vec(&tree()).unwrap();
    let tree = read::<Tree, PropertyCache>(&bytes).unwrap();
    let fields = || (tree.height().unwrap(), tree.at().unwrap(), leaf(tree.leaf().unwrap().unwrap()).unwrap());
    let first = fields();
    count::take();
    assert_eq!(fields(), first);
    assert_eq!(count::take(), BTreeMap::new());
}

#[test]
fn vector_cache_makes_all_elements_at_once() {
    let bytes = to_vec(&tree()).unwrap();
    let tree = read::<Tree, VectorCache>(&bytes).unwrap();
    let leaves = tree.leaves().unwrap().unwrap();
    count::take();
    for index in 0..70 {
        leaves.get(index).unwrap().unwrap();
    }
    assert_eq!(count::take(), BTreeMap::new());
}

#[test]
fn reads_greedy_fields_when_the_packet_is_opened() {
    let bytes = to_vec(&tree()).unwrap();
    let tree = read::<Tree, Lazy>(&bytes).unwrap();
    count::take();
    assert_eq!(tree.kind(), 7);
    assert_eq!(count::take(), BTreeMap::new());
}

#[test]
fn lends_the_same_view_where_it_is_remembered() {
    fn same<M: Mode>() -> (bool, bool, bool) {
        let bytes = to_vec(&tree()).unwrap();
        let packet = read::<Tree, M>(&bytes).unwrap();
        M::with(&packet, |tree: &TreeView<'_, M>| {
            let (a, b) = (tree.leaf().checked().unwrap(), tree.leaf().checked().unwrap());
            let (c, d) = (tree.leaves().checked().unwrap().unwrap(), tree.leaves().checked().unwrap().unwrap());
            let (e, f) = (c.get(40).unwrap().checked().unwrap(), c.get(40).unwrap().checked().unwrap());
            (core::ptr::eq(&*a.unwrap(), &*b.unwrap()), core::ptr::eq(&*c, &*d), core::ptr::eq(&*e, &*f))
        })
    }
    assert_eq!(same::<Lazy>(), (false, false, false));
    assert_eq!(same::<PropertyCache>(), (true, true, false));
    assert_eq!(same::<VectorCache>(), (true, true, true));
    assert_eq!(same::<Progressive>(), (true, true, true));
}

#[test]
fn pages_hold_32_elements() {
    let rows = super::cache::Rows::<u8>::new(70);
    assert!(rows.slot(69).is_some());
    assert!(rows.slot(70).is_none());
    assert!(rows.slot(usize::MAX).is_none());
}

#[test]
fn tells_table_field_and_byte() {
    let mut bytes = to_vec(&Leaf { name: Some("oak".into()), size: 3 }).unwrap();
    let name = bytes.windows(3).position(|window| window == b"oak").unwrap();
    bytes[name] = 0xff;
    let fault = super::verify::<Leaf>(&bytes).unwrap_err();
    assert_eq!(alloc::format!("{fault}"), alloc::format!("string is not UTF-8 in Leaf.name at byte {}", name - 4));
    let expected: Vec<u8> = vec![];
    assert_eq!(super::verify::<Leaf>(&expected).unwrap_err().error, Error::OutOfBounds);
}

#[test]
fn a_vtable_before_the_first_is_no_vtable() {
    // A table at 8 whose vtable would lie at -1, where no memory of an earlier vtable may be taken for it.
    let mut bytes = [0; 12];
    bytes[8] = 9;
    let mut last: (usize, &[u8]) = (usize::MAX, &[]);
    assert_eq!(super::TableRef::at_next(&bytes, 8, &mut last).unwrap_err(), Error::OutOfBounds);
}

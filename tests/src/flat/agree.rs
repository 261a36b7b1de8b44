//! All modes agree on every input, valid or not, and none panics.

use wharf::flat::{
    Error, Greedy, GreedyMutable, Lazy, Mode, Progressive, PropertyCache, VectorCache, Verified, WriteError, edit,
    read, read_borrowed, to_vec, verify,
};

use super::naive;
use super::schema::{EquipmentMut, Monster, MonsterView};
use super::walk::walk;

/// What a mode makes of the bytes: all fields, or the first error.
fn outcome<M: Mode>(bytes: &[u8]) -> Result<Monster, Error> {
    let packet = read::<Monster, M>(bytes)?;
    M::with(&packet, |monster: &MonsterView<'_, M>| walk(monster))
}

/// Equal, a NaN being equal to itself.
fn equal(a: &Result<Monster, Error>, b: &Result<Monster, Error>) -> bool {
    a == b || format!("{a:?}") == format!("{b:?}")
}

#[track_caller]
fn same(a: &Result<Monster, Error>, b: &Result<Monster, Error>) {
    if equal(a, b) {
        return;
    }
    let (a, b) = (format!("{a:?}"), format!("{b:?}"));
    let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).unwrap_or_default().saturating_sub(60);
    panic!("{:.200}\nis not\n{:.200}", &a[at..], &b[at..]);
}

/// What may end a greedy read or a verification where a lazy one goes on.
fn is_limit(error: Error) -> bool {
    matches!(error, Error::Depth | Error::Work)
}

/// Reads, verifies, writes and edits `bytes` in every way there is.
///
/// # Panics
///
/// If two of them disagree.
#[track_caller]
pub fn agree(bytes: &[u8]) {
    let lazy = outcome::<Lazy>(bytes);
    same(&outcome::<PropertyCache>(bytes), &lazy);
    same(&outcome::<VectorCache>(bytes), &lazy);
    same(&outcome::<Progressive>(bytes), &lazy);
    if lazy.is_ok() {
        same(&naive::monster(bytes).ok_or(Error::Missing), &lazy);
    }

    let greedy = outcome::<Greedy>(bytes);
    assert!(equal(&outcome::<GreedyMutable>(bytes), &greedy));
    match (&greedy, &lazy) {
        (Ok(_), _) => assert!(equal(&greedy, &lazy)),
        (Err(error), Ok(_)) => assert!(is_limit(*error), "{error}"),
        (Err(_), Err(_)) => {}
    }
    assert_eq!(read_borrowed::<Monster>(bytes).is_ok(), greedy.is_ok());

    match verify::<Monster>(bytes) {
        Ok(()) => {
            assert!(lazy.is_ok(), "verified, but {lazy:?}");
            assert!(equal(&outcome::<Verified<Lazy>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<PropertyCache>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<VectorCache>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<Progressive>>(bytes), &lazy));
        }
        Err(fault) => assert_eq!(outcome::<Verified<Lazy>>(bytes), Err(fault.error)),
    }

    if let Ok(monster) = &greedy {
        match to_vec(monster) {
            Ok(again) => {
                assert!(equal(&outcome::<Greedy>(&again), &greedy) || unsorted(monster));
                keeps_shape(&again);
            }
            Err(error) => assert!(matches!(error, WriteError::UnknownTag(_)), "{error}"),
        }
    }
    let _: Result<(), Error> = overwrite(&mut bytes.to_vec());
}

/// Write-through changes values, never what is there and where: in a packet of our own, since in one that is made
/// to harm a value may lie in the place of an offset.
#[track_caller]
fn keeps_shape(packet: &[u8]) {
    if verify::<Monster>(packet).is_err() {
        // It holds a nested buffer, which no mode has read.
        return;
    }
    let mut changed = packet.to_vec();
    overwrite(&mut changed).unwrap();
    assert_eq!(verify::<Monster>(&changed), Ok(()));
    let (before, mut after) = (outcome::<Lazy>(packet).unwrap(), outcome::<Lazy>(&changed).unwrap());
    assert!(after.path.iter().all(|point| point.z == -1.0));
    // What was changed is put back, and nothing else differs.
    restore(&mut after, &before);
    same(&Ok(after), &Ok(before));
}

/// Gives `monster` the values of `before` in all that [`overwrite`] may change.
fn restore(monster: &mut Monster, before: &Monster) {
    (monster.hp, monster.stats) = (before.hp, before.stats);
    for (point, old) in monster.path.iter_mut().zip(&before.path) {
        point.z = old.z;
    }
    let weapons = monster.weapons.iter_mut().flatten().zip(before.weapons.iter().flatten());
    weapons.for_each(|(weapon, old)| weapon.damage = old.damage);
}

/// The writer sorts what the schema calls sorted.
fn unsorted(monster: &Monster) -> bool {
    let weapons = monster.weapons.as_deref().unwrap_or_default();
    !weapons.is_sorted_by(|a, b| a.name.as_bytes() <= b.name.as_bytes())
        || monster.child.as_deref().is_some_and(unsorted)
}

/// Sorts what the writer sorts.
pub fn sort(monster: &mut Monster) {
    if let Some(weapons) = &mut monster.weapons {
        weapons.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    }
    if let Some(child) = &mut monster.child {
        sort(child);
    }
}

/// Changes what there is to change, and sees that no byte came or went.
fn overwrite(bytes: &mut [u8]) -> Result<(), Error> {
    let mut monster = edit::<Monster>(bytes)?;
    if let Ok(mut hp) = monster.hp_mut() {
        hp.set(1);
    }
    if let Ok(mut stats) = monster.stats_mut() {
        stats.update(|stats| stats.grid[2] = 9);
    }
    if let Ok(mut path) = monster.path_mut() {
        for index in 0..path.len() {
            path.get_mut(index).unwrap()?.update(|point| point.z = -1.0);
        }
    }
    if let Ok(mut weapons) = monster.weapons_mut() {
        for index in 0..weapons.len() {
            if let Ok(mut damage) = weapons.get_mut(index).unwrap()?.damage_mut() {
                damage.set(-9);
            }
        }
    }
    if let Ok(mut bag) = monster.bag_mut() {
        for index in 0..bag.len() {
            let _: EquipmentMut<'_> = bag.get_mut(index).unwrap()?;
        }
    }
    drop(walk(&monster.view()?));
    Ok(())
}

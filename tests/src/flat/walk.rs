//! Reads a whole monster through its getters, in any mode: code that is generic over the mode.

use super::schema::{
    Armor, ArmorView, Equipment, EquipmentView, Monster, MonsterView, Rank, RankView, Weapon, WeaponView,
};
use wharf::flat::{Element, ElementOf, Error, Mode, Nested, Outcome as _, Vector};

type Result<T> = core::result::Result<T, Error>;

fn weapon<M: Mode>(view: &WeaponView<'_, M>) -> Result<Weapon> {
    Ok(Weapon { name: view.name().checked()?.into(), damage: view.damage().checked()? })
}

fn armor<M: Mode>(view: &ArmorView<'_, M>) -> Result<Armor> {
    Ok(Armor { points: view.points().checked()?, wide: view.wide().checked()? })
}

fn rank<M: Mode>(view: &RankView<'_, M>) -> Result<Rank> {
    Ok(Rank { level: view.level().checked()?, title: view.title().checked()?.map(Into::into) })
}

fn equipment<M: Mode>(view: &EquipmentView<'_, M>) -> Result<Equipment> {
    Ok(match view {
        EquipmentView::Weapon(view) => Equipment::Weapon(weapon(view)?),
        EquipmentView::Armor(view) => Equipment::Armor(Box::new(armor(M::unboxed(view))?)),
        EquipmentView::Spot(spot) => Equipment::Spot(*spot),
        EquipmentView::Note(note) => Equipment::Note((*note).into()),
        EquipmentView::Unknown(tag) => Equipment::Unknown(*tag),
        EquipmentView::__Mode(never, _) => match *never {},
    })
}

fn list<'s, 'b: 's, E: Element, M: Mode, T>(
    vector: Option<&'s Vector<'b, E, M>>,
    mut each: impl FnMut(ElementOf<'s, 'b, E, M>) -> Result<T>,
) -> Result<Option<Vec<T>>> {
    let Some(vector) = vector else {
        return Ok(None);
    };
    assert_eq!(vector.iter().count(), vector.len());
    vector.iter().map(|element| each(element.checked()?)).collect::<Result<_>>().map(Some)
}

/// Every field, through the getters.
///
/// # Errors
///
/// The first that a getter says.
pub fn walk<M: Mode>(view: &MonsterView<'_, M>) -> Result<Monster> {
    Ok(Monster {
        pos: view.pos().checked()?,
        hp: view.hp().checked()?,
        mana: view.mana().checked()?,
        name: view.name().checked()?.into(),
        friendly: false,
        inventory: list(view.inventory().checked()?.as_deref(), Ok)?,
        color: view.color().checked()?,
        weapons: list(view.weapons().checked()?.as_deref(), |view| weapon(&view))?,
        equipped: view.equipped().checked()?.as_deref().map(equipment).transpose()?,
        path: list(Some(&*view.path().checked()?), Ok)?.unwrap_or_default(),
        abilities: view.abilities().checked()?,
        lucky: view.lucky().checked()?,
        gone: view.gone().checked()?,
        shade: view.shade().checked()?,
        ratio: view.ratio().checked()?,
        titles: list(view.titles().checked()?.as_deref(), |title| Ok(title.into()))?,
        child: view.child().checked()?.as_deref().map(|child| walk(child).map(Box::new)).transpose()?,
        stats: view.stats().checked()?,
        bag: list(view.bag().checked()?.as_deref(), |view| equipment(&view))?,
        letter: view.letter().checked()?.map(|letter| Nested::from_bytes(letter.as_bytes().into())),
        aligned: list(view.aligned().checked()?.as_deref(), Ok)?,
        colors: list(Some(&*view.colors().checked()?), Ok)?.unwrap_or_default(),
        flags: list(view.flags().checked()?.as_deref(), Ok)?,
        ranks: list(view.ranks().checked()?.as_deref(), |view| rank(&view))?,
        speed: view.speed().checked()?,
        big: list(view.big().checked()?.as_deref(), Ok)?,
        tiny: view.tiny().checked()?,
        wide: view.wide().checked()?,
        gold: view.gold(),
    })
}

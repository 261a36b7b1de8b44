//! A packet in each mode, and the answer to it: one function for all, since one schema serves all.

use std::error::Error;
use std::net::TcpStream;

use wharf::Codec;
use wharf::flat::{
    self, FlatCodec, FlatEdit, Greedy, GreedyMutable, Lazy, Outcome as _, Progressive, PropertyCache, VectorCache,
    Verified,
};

use crate::schema::{EquipmentView, Monster, MonsterMut, MonsterView, Reply};
use crate::serve::{self, Driver};

/// Reads packets as monsters, and answers them.
pub(crate) trait Reads: Codec<Error = flat::Error> + Default + 'static {
    fn reply(packet: Self::Packet<'_>) -> Result<Reply, flat::Error>;
}

impl<M: flat::Mode> Reads for FlatCodec<Monster, M> {
    fn reply(packet: Self::Packet<'_>) -> Result<Reply, flat::Error> {
        M::with(&packet, judge)
    }
}

/// Looks at a monster twice, as a server may that checks first and then acts.
fn judge<M: flat::Mode>(monster: &MonsterView<'_, M>) -> Result<Reply, flat::Error> {
    let mut damage = 0;
    for _ in 0..2 {
        if let Some(weapons) = monster.weapons().checked()? {
            for weapon in &*weapons {
                let weapon = weapon.checked()?;
                if weapon.name().checked()?.is_some() {
                    damage += i32::from(weapon.damage().checked()?);
                }
            }
        }
    }
    if let Some(equipped) = monster.equipped().checked()? {
        if let EquipmentView::Weapon(weapon) = &*equipped {
            damage += i32::from(weapon.damage().checked()?);
        }
    }
    let name = monster.name().checked()?.unwrap_or("nobody").to_owned();
    Ok(Reply { name, hp: monster.hp().checked()?, damage })
}

/// Writes through to the packet in place, as a proxy does that forwards it, then reads what it wrote.
impl Reads for FlatEdit<Monster> {
    fn reply(mut packet: MonsterMut<'_>) -> Result<Reply, flat::Error> {
        // A field that isn't there cannot be changed in place, and need not be.
        if let Some(mut mana) = present(packet.mana_mut())? {
            mana.set(0);
        }
        if let Some(mut pos) = present(packet.pos_mut())? {
            pos.update(|pos| pos.x += 1.0);
        }
        judge(&packet.view()?)
    }
}

fn present<T>(field: Result<T, flat::Error>) -> Result<Option<T>, flat::Error> {
    match field {
        Ok(field) => Ok(Some(field)),
        Err(flat::Error::Absent) => Ok(None),
        Err(error) => Err(error),
    }
}

type Serve = fn(Driver, TcpStream, &serve::Seen<'_>) -> Result<(), Box<dyn Error>>;

/// A mode as it is named, and what is done in it.
pub(crate) struct Mode {
    pub(crate) name: &'static str,
    /// Reads one size-prefixed frame.
    pub(crate) read: fn(&mut [u8]) -> Result<Reply, flat::Error>,
    /// Serves one connection.
    pub(crate) serve: Serve,
}

impl Mode {
    const fn new<C: Reads>(name: &'static str) -> Self {
        Self { name, read: |frame| C::reply(C::default().decode(frame)?), serve: serve::serve::<C> }
    }
}

pub(crate) const MODES: [Mode; 8] = [
    Mode::new::<FlatCodec<Monster, Lazy>>("lazy"),
    Mode::new::<FlatCodec<Monster, PropertyCache>>("property-cache"),
    Mode::new::<FlatCodec<Monster, VectorCache>>("vector-cache"),
    Mode::new::<FlatCodec<Monster, Progressive>>("progressive"),
    Mode::new::<FlatCodec<Monster, Greedy>>("greedy"),
    Mode::new::<FlatCodec<Monster, GreedyMutable>>("greedy-mutable"),
    Mode::new::<FlatCodec<Monster, Verified<Lazy>>>("verified"),
    Mode::new::<FlatEdit<Monster>>("write-through"),
];

pub(crate) fn named(name: &str) -> Result<&'static Mode, String> {
    static ALL: &[Mode] = &MODES;
    let names = || ALL.iter().map(|mode| mode.name).collect::<Vec<_>>().join(", ");
    ALL.iter().find(|mode| mode.name == name).ok_or_else(|| format!("'{name}' is none of {}", names()))
}

//! A packet in each mode, and the answer to it: one function for all, since one schema serves all.

use std::convert::identity;
use std::error::Error;
use std::hint::black_box;
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
    /// Looks at the monster so many times, and says in `reply` what is seen.
    fn answer(packet: Self::Packet<'_>, looks: u32, reply: &mut Reply) -> Result<(), flat::Error>;
}

impl<M: flat::Mode> Reads for FlatCodec<Monster, M> {
    fn answer(packet: Self::Packet<'_>, looks: u32, reply: &mut Reply) -> Result<(), flat::Error> {
        M::with(&packet, |monster| look_often(monster, looks, reply))
    }
}

/// Looks, then writes through to the packet in place, as a proxy does that forwards it.
impl Reads for FlatEdit<Monster> {
    fn answer(mut packet: MonsterMut<'_>, looks: u32, reply: &mut Reply) -> Result<(), flat::Error> {
        look_often(&packet.view()?, looks, reply)?;
        // A field that isn't there cannot be changed in place, and need not be.
        if let Some(mut mana) = present(packet.mana_mut())? {
            mana.set(SPENT);
        }
        if let Some(mut pos) = present(packet.pos_mut())? {
            pos.update(|pos| pos.z = GROUND);
        }
        Ok(())
    }
}

/// What is written through.
const SPENT: i16 = -1;
const GROUND: f32 = 0.5;

/// The monster that write-through leaves in the packet.
fn written(mut monster: Monster) -> Monster {
    // The default is not in the packet.
    if monster.mana != 150 {
        monster.mana = SPENT;
    }
    if let Some(pos) = &mut monster.pos {
        pos.z = GROUND;
    }
    monster
}

fn present<T>(field: Result<T, flat::Error>) -> Result<Option<T>, flat::Error> {
    match field {
        Ok(field) => Ok(Some(field)),
        Err(flat::Error::Absent) => Ok(None),
        Err(error) => Err(error),
    }
}

/// As a server does that checks first, and then acts.
fn look_often<M: flat::Mode>(monster: &MonsterView<'_, M>, looks: u32, reply: &mut Reply) -> Result<(), flat::Error> {
    for _ in 0..looks {
        // No compiler makes one look of all.
        look(black_box(monster), reply)?;
    }
    Ok(())
}

/// Reads every field.
fn look<M: flat::Mode>(monster: &MonsterView<'_, M>, reply: &mut Reply) -> Result<(), flat::Error> {
    // The reply's memory is that of the one before.
    reply.name.clear();
    reply.name.push_str(monster.name().checked()?.unwrap_or("nobody"));
    reply.hp = monster.hp().checked()?;
    reply.mana = monster.mana().checked()?;
    reply.color = monster.color().checked()?;
    (reply.items, reply.damage, reply.distance) = (0, 0, 0.0);
    if let Some(inventory) = monster.inventory().checked()? {
        for item in &*inventory {
            reply.items += u32::from(item.checked()?);
        }
    }
    if let Some(weapons) = monster.weapons().checked()? {
        for weapon in &*weapons {
            let weapon = weapon.checked()?;
            if weapon.name().checked()?.is_some_and(|name| !name.is_empty()) {
                reply.damage += i32::from(weapon.damage().checked()?);
            }
        }
    }
    if let Some(equipped) = monster.equipped().checked()? {
        if let EquipmentView::Weapon(weapon) = &*equipped {
            reply.damage += i32::from(weapon.damage().checked()?);
        }
    }
    if let (Some(mut at), Some(path)) = (monster.pos().checked()?, monster.path().checked()?) {
        for step in &*path {
            let step = step.checked()?;
            reply.distance += (step.x - at.x).abs() + (step.y - at.y).abs() + (step.z - at.z).abs();
            at = step;
        }
    }
    Ok(())
}

type Read = fn(frames: &mut [Vec<u8>], looks: u32, reply: &mut Reply) -> Result<(), flat::Error>;
type Serve = fn(Driver, TcpStream, &serve::Seen<'_>) -> Result<(), Box<dyn Error>>;

/// A mode as it is named, and what is done in it.
pub(crate) struct Mode {
    pub(crate) name: &'static str,
    /// Reads size-prefixed frames, one after the other; the reply is that to the last.
    pub(crate) read: Read,
    /// What is in a frame after it was read.
    pub(crate) leaves: fn(Monster) -> Monster,
    /// Serves one connection.
    pub(crate) serve: Serve,
}

impl Mode {
    const fn new<C: Reads>(name: &'static str, leaves: fn(Monster) -> Monster) -> Self {
        Self { name, read: read::<C>, leaves, serve: serve::serve::<C> }
    }
}

fn read<C: Reads>(frames: &mut [Vec<u8>], looks: u32, reply: &mut Reply) -> Result<(), flat::Error> {
    let mut codec = C::default();
    for frame in frames {
        C::answer(codec.decode(frame)?, looks, reply)?;
        black_box(&*reply);
    }
    Ok(())
}

pub(crate) const MODES: [Mode; 8] = [
    Mode::new::<FlatCodec<Monster, Lazy>>("lazy", identity),
    Mode::new::<FlatCodec<Monster, PropertyCache>>("property-cache", identity),
    Mode::new::<FlatCodec<Monster, VectorCache>>("vector-cache", identity),
    Mode::new::<FlatCodec<Monster, Progressive>>("progressive", identity),
    Mode::new::<FlatCodec<Monster, Greedy>>("greedy", identity),
    Mode::new::<FlatCodec<Monster, GreedyMutable>>("greedy-mutable", identity),
    Mode::new::<FlatCodec<Monster, Verified<Lazy>>>("verified", identity),
    Mode::new::<FlatEdit<Monster>>("write-through", written),
];

pub(crate) fn named(name: &str) -> Result<&'static Mode, String> {
    static ALL: &[Mode] = &MODES;
    let names = || ALL.iter().map(|mode| mode.name).collect::<Vec<_>>().join(", ");
    ALL.iter().find(|mode| mode.name == name).ok_or_else(|| format!("'{name}' is none of {}", names()))
}

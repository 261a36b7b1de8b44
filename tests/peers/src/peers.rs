//! What wharf's FlatBuffers are held against: the crates `flatbuffers` and `planus` on one schema.
//!
//! A module of each program and not a library, so that the peers' code, which says no `#[inline]`, is
//! compiled into the program as a user's own schema would be.
#![allow(dead_code, reason = "each program uses a part")]

#[allow(warnings, clippy::all)]
#[path = "bench_generated.rs"]
#[rustfmt::skip]
mod bench_generated;
#[path = "ours.rs"]
pub mod ours;
#[allow(warnings, clippy::all)]
#[path = "planus_generated.rs"]
#[rustfmt::skip]
mod planus_generated;

pub use bench_generated::benchfb as fb;
use planus::ReadAsRoot as _;
pub use planus_generated::benchfb as planus_fb;

/// Every field through the crate `flatbuffers`.
#[inline(always)]
pub fn theirs(root: fb::FooBarContainer<'_>) -> i32 {
    let mut sum = i32::from(root.initialized());
    sum = sum.wrapping_add(root.location().map_or(0, str::len) as i32);
    sum = sum.wrapping_add(i32::from(root.fruit()));
    for item in root.list().into_iter().flatten() {
        sum = sum.wrapping_add(item.name().map_or(0, str::len) as i32);
        sum = sum.wrapping_add(i32::from(item.postfix()));
        sum = sum.wrapping_add(item.rating() as i32);
        if let Some(bar) = item.sibling() {
            let foo = bar.parent();
            sum = sum
                .wrapping_add(bar.ratio() as i32)
                .wrapping_add(i32::from(bar.size()))
                .wrapping_add(bar.time())
                .wrapping_add(i32::from(foo.count()))
                .wrapping_add(foo.id() as i32)
                .wrapping_add(foo.length() as i32)
                .wrapping_add(i32::from(foo.prefix()));
        }
    }
    sum
}

/// The peer's reader without its verifier, as fast as it can be.
#[allow(unsafe_code)]
#[inline(always)]
pub fn unchecked(bytes: &[u8]) -> fb::FooBarContainer<'_> {
    // SAFETY: the bytes are verified once before the benchmark begins.
    unsafe { fb::root_as_foo_bar_container_unchecked(bytes) }
}

/// Every field through planus, which checks at each access.
#[inline(always)]
pub fn planus_full(bytes: &[u8]) -> planus::Result<i32> {
    let root = planus_fb::FooBarContainerRef::read_as_root(bytes)?;
    let mut sum = i32::from(root.initialized()?);
    sum = sum.wrapping_add(root.location()?.map_or(0, str::len) as i32);
    sum = sum.wrapping_add(i32::from(root.fruit()?));
    for item in root.list()?.into_iter().flatten() {
        let item = item?;
        sum = sum.wrapping_add(item.name()?.map_or(0, str::len) as i32);
        sum = sum.wrapping_add(i32::from(item.postfix()?));
        sum = sum.wrapping_add(item.rating()? as i32);
        if let Some(bar) = item.sibling()? {
            let foo = bar.parent();
            sum = sum
                .wrapping_add(bar.ratio() as i32)
                .wrapping_add(i32::from(bar.size()))
                .wrapping_add(bar.time())
                .wrapping_add(i32::from(foo.count()))
                .wrapping_add(foo.id() as i32)
                .wrapping_add(foo.length() as i32)
                .wrapping_add(i32::from(foo.prefix()));
        }
    }
    Ok(sum)
}

#[inline(always)]
pub fn planus_owned(bytes: &[u8]) -> planus_fb::FooBarContainer {
    planus_fb::FooBarContainerRef::read_as_root(bytes).and_then(TryInto::try_into).unwrap()
}

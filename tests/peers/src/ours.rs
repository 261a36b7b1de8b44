//! The benchmark's schema through wharf's derives, and its traversals.

use std::hint::black_box;
use wharf::flat::{Error, Lazy, Mode, Outcome as _, Struct, Table, Verified};

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Foo {
    pub id: u64,
    pub count: i16,
    pub prefix: i8,
    pub length: u32,
}

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    pub parent: Foo,
    pub time: i32,
    pub ratio: f32,
    pub size: u16,
}

#[derive(Table, Clone, Debug, PartialEq, Default)]
pub struct FooBar {
    pub sibling: Option<Bar>,
    pub name: Option<String>,
    pub rating: f64,
    pub postfix: u8,
}

#[derive(Table, Clone, Debug, PartialEq, Default)]
pub struct FooBarContainer {
    pub list: Option<Vec<FooBar>>,
    pub initialized: bool,
    pub fruit: i16,
    pub location: Option<String>,
}

pub fn sample(count: usize) -> FooBarContainer {
    let item = |i: usize| FooBar {
        sibling: Some(Bar {
            parent: Foo {
                id: 0xABAD_CAFE_ABAD_CAFE + i as u64,
                count: (10000 + i) as i16,
                prefix: (0x40 + i) as i8,
                length: (1_000_000 + i) as u32,
            },
            time: 123_456 + i as i32,
            ratio: 3.14159 + i as f32,
            size: (10000 + i) as u16,
        }),
        name: Some(format!("{i:08x}-1234-5678-9abc-def012345678")),
        rating: 3.141_543_244_324_454_3 + i as f64,
        postfix: (0x21 + i) as u8,
    };
    FooBarContainer {
        list: Some((0..count).map(item).collect()),
        initialized: true,
        fruit: 123,
        location: Some("http://google.com/flatbuffers/".into()),
    }
}

#[inline(always)]
pub fn add_bar(sum: i32, bar: &Bar) -> i32 {
    sum.wrapping_add(bar.ratio as i32)
        .wrapping_add(i32::from(bar.size))
        .wrapping_add(bar.time)
        .wrapping_add(i32::from(bar.parent.count))
        .wrapping_add(bar.parent.id as i32)
        .wrapping_add(bar.parent.length as i32)
        .wrapping_add(i32::from(bar.parent.prefix))
}

/// Every field, strings as `&str`.
#[inline(always)]
pub fn full<M: Mode>(root: &FooBarContainerView<'_, M>) -> Result<i32, Error> {
    let mut sum = i32::from(root.initialized().checked()?);
    sum = sum.wrapping_add(root.location().checked()?.map_or(0, str::len) as i32);
    sum = sum.wrapping_add(i32::from(root.fruit().checked()?));
    if let Some(list) = root.list().checked()? {
        for item in list.iter() {
            let item = item.checked()?;
            sum = sum.wrapping_add(item.name().checked()?.map_or(0, str::len) as i32);
            sum = sum.wrapping_add(i32::from(item.postfix().checked()?));
            sum = sum.wrapping_add(item.rating().checked()? as i32);
            if let Some(bar) = item.sibling().checked()? {
                sum = add_bar(sum, &bar);
            }
        }
    }
    Ok(sum)
}

/// Every field, strings unchecked.
#[inline(always)]
pub fn full_flat<M: Mode>(root: &FooBarContainerView<'_, M>) -> Result<i32, Error> {
    let mut sum = i32::from(root.initialized().checked()?);
    sum = sum.wrapping_add(root.location_flat().checked()?.map_or(0, |text| text.len()) as i32);
    sum = sum.wrapping_add(i32::from(root.fruit().checked()?));
    if let Some(list) = root.list().checked()? {
        for item in list.iter() {
            let item = item.checked()?;
            sum = sum.wrapping_add(item.name_flat().checked()?.map_or(0, |text| text.len()) as i32);
            sum = sum.wrapping_add(i32::from(item.postfix().checked()?));
            sum = sum.wrapping_add(item.rating().checked()? as i32);
            if let Some(bar) = item.sibling().checked()? {
                sum = add_bar(sum, &bar);
            }
        }
    }
    Ok(sum)
}

pub fn lazy(bytes: &[u8]) -> i32 {
    full(&wharf::flat::read::<FooBarContainer, Lazy>(bytes).unwrap()).unwrap()
}

pub fn lazy_flat(bytes: &[u8]) -> i32 {
    full_flat(&wharf::flat::read::<FooBarContainer, Lazy>(bytes).unwrap()).unwrap()
}

pub fn verified_flat(bytes: &[u8]) -> i32 {
    full_flat(&wharf::flat::read::<FooBarContainer, Verified<Lazy>>(bytes).unwrap()).unwrap()
}

pub fn in_mode<M: Mode>(bytes: &[u8], times: usize) -> i32 {
    let packet = wharf::flat::read::<FooBarContainer, M>(bytes).unwrap();
    let mut sum = 0_i32;
    for _ in 0..times {
        sum = sum.wrapping_add(M::with(&packet, |view| full(black_box(view))).unwrap());
    }
    sum
}

pub fn owned_sum(root: &FooBarContainer) -> i32 {
    let mut sum = i32::from(root.initialized)
        .wrapping_add(root.location.as_ref().map_or(0, String::len) as i32)
        .wrapping_add(i32::from(root.fruit));
    for item in root.list.iter().flatten() {
        sum = sum.wrapping_add(item.name.as_ref().map_or(0, String::len) as i32);
        sum = sum.wrapping_add(i32::from(item.postfix));
        sum = sum.wrapping_add(item.rating as i32);
        if let Some(bar) = &item.sibling {
            sum = add_bar(sum, bar);
        }
    }
    sum
}

pub fn write_through(bytes: &mut [u8], value: u32) {
    let mut root = wharf::flat::edit::<FooBarContainer>(bytes).unwrap();
    let mut list = root.list_mut().unwrap();
    for index in 0..list.len() {
        let mut item = list.get_mut(index).unwrap().unwrap();
        item.sibling_mut().unwrap().update(|bar| {
            bar.parent.length = value;
            bar.time = 7;
        });
    }
}

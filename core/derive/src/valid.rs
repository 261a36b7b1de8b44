//! Refuses tables that are no schema, with one message a mistake.

use crate::ast::{NamedField, inside, is_named};
use proc_macro2::Span;
use syn::{Error, Result};

/// The first number of each field, in the order of the fields, and how many numbers there are.
pub(crate) struct Slots {
    pub(crate) of: Vec<usize>,
    pub(crate) count: usize,
}

pub(crate) fn width(field: &NamedField<'_>) -> usize {
    if field.attrs.union.is_some() { 2 } else { 1 }
}

/// Numbers the fields, and refuses numbers that don't fit together.
pub(crate) fn slots(fields: &[NamedField<'_>]) -> Result<Slots> {
    let with_id = fields.iter().filter(|field| field.attrs.id.is_some()).count();
    if with_id == 0 {
        let mut next = 0;
        let of = fields.iter().map(|field| {
            let slot = next;
            next += width(field);
            slot
        });
        let of = of.collect();
        return few_enough(fields, Slots { of, count: next });
    }
    let mut of = Vec::new();
    let mut taken: Vec<Option<&NamedField<'_>>> = Vec::new();
    for field in fields {
        let Some(id) = &field.attrs.id else {
            return Err(Error::new(
                field.name.span(),
                format!("`{}` has no id, while other fields have: give all an id, or none", field.name),
            ));
        };
        if id.value >= 128 {
            return Err(Error::new(id.span, "an id is at most 127"));
        }
        let Some(first) = (id.value + 1).checked_sub(width(field)) else {
            return Err(Error::new(
                id.span,
                format!("union `{}` has no room for its type, which takes the id before: start at 1", field.name),
            ));
        };
        for slot in first..=id.value {
            if taken.len() <= slot {
                taken.resize_with(slot + 1, || None);
            }
            if let Some(other) = taken[slot] {
                let (whose, other) = (&field.name, &other.name);
                return Err(Error::new(
                    id.span,
                    match slot == id.value {
                        true => format!("id {slot} of `{whose}` is taken by `{other}`"),
                        false => format!("union `{whose}` has no room for its type: id {slot} is taken by `{other}`"),
                    },
                ));
            }
            taken[slot] = Some(field);
        }
        of.push(first);
    }
    if let Some(gap) = taken.iter().position(Option::is_none) {
        return Err(Error::new(
            fields.iter().find_map(|field| field.attrs.id.as_ref()).map_or_else(Span::call_site, |id| id.span),
            format!("id {gap} is missing: ids are consecutive; keep the number of a dropped field with `deprecated`"),
        ));
    }
    few_enough(fields, Slots { of, count: taken.len() })
}

fn few_enough(fields: &[NamedField<'_>], slots: Slots) -> Result<Slots> {
    match fields.last() {
        Some(last) if slots.count > 128 => {
            Err(Error::new(last.name.span(), "a table has at most 128 fields, a union counting twice"))
        }
        _ => Ok(slots),
    }
}

/// Refuses attributes that contradict each other or the field's type.
pub(crate) fn table_field(field: &NamedField<'_>) -> Result<()> {
    let attrs = &field.attrs;
    let name = field.name;
    let option = inside(field.ty, "Option");
    let vector = inside(option.unwrap_or(field.ty), "Vec");
    let refuse = |span, message: String| Err(Error::new(span, message));
    if let Some(span) = attrs.deprecated {
        let others = [attrs.required, attrs.key, attrs.greedy, attrs.sorted, attrs.shared];
        if others.iter().any(Option::is_some) || attrs.default.is_some() || attrs.force_align.is_some() {
            return refuse(
                span,
                format!("`{name}` is deprecated, so it is neither read nor written: drop its other attributes"),
            );
        }
    }
    if let Some(span) = attrs.required {
        if option.is_some() {
            return refuse(span, format!("`{name}` can't be both required and an `Option`"));
        }
        if attrs.default.is_some() {
            return refuse(span, format!("`{name}` is required, so it is never its default"));
        }
    }
    if let Some(default) = &attrs.default {
        if option.is_some() || vector.is_some() || is_named(field.ty, "String") {
            return refuse(
                default.span,
                format!("`{name}` can't have a default: only a scalar that is no `Option` has"),
            );
        }
    }
    if let Some(span) = attrs.key {
        if option.is_some() || vector.is_some() {
            return refuse(
                span,
                format!("`{name}` can't be the key: a key is a scalar or a `String`, and always there"),
            );
        }
    }
    if let Some(span) = attrs.sorted {
        if vector.is_none() {
            return refuse(span, format!("`{name}` can't be sorted: it is no vector"));
        }
    }
    if let Some(span) = attrs.shared {
        let item = vector.or(option).unwrap_or(field.ty);
        if !is_named(item, "String") {
            return refuse(span, format!("`{name}` can't be shared: it holds no strings"));
        }
    }
    if let Some(align) = &attrs.force_align {
        power_of_two(align.value, align.span)?;
        if vector.is_none() && !is_named(option.unwrap_or(field.ty), "Nested") {
            return refuse(align.span, format!("`{name}` can't be aligned: only a vector can, or a struct's own type"));
        }
    }
    Ok(())
}

pub(crate) fn power_of_two(align: usize, span: Span) -> Result<()> {
    if align.is_power_of_two() && align <= 32 {
        return Ok(());
    }
    Err(Error::new(span, "an alignment is 1, 2, 4, 8, 16 or 32"))
}

/// Refuses a second key.
pub(crate) fn one_key(fields: &[NamedField<'_>], what: &str) -> Result<()> {
    match fields.iter().filter_map(|field| field.attrs.key).nth(1) {
        Some(span) => Err(Error::new(span, format!("{what} has one key"))),
        None => Ok(()),
    }
}

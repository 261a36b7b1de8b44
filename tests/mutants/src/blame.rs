//! Finds the mutants that a compiler's error comes from.

use std::ops::Range;

use serde_json::Value;

use crate::switch::Insertion;

/// The mutants that an error comes from: those it tells of, or those nearest to it.
///
/// One too many costs time, as it is compiled alone, and one too few another round.
pub(crate) fn blame(error: &Value, insertions: &[(&str, Vec<Insertion>)]) -> Vec<u32> {
    let mut places = Vec::new();
    for span in error["spans"].as_array().into_iter().flatten() {
        told(span, span["is_primary"] == true, &mut places);
    }
    places.sort_by_key(|place| !place.primary);
    let of = |place: &Told<'_>| {
        let file = insertions.iter().find(|(file, _)| *file == place.file);
        file.map_or(&[][..], |(_, insertions)| &insertions[..])
    };
    let all = |insertion: &Insertion| insertion.mutants.iter().map(|(_, id)| *id).collect::<Vec<_>>();
    for place in &places {
        if let Some(within) = of(place).iter().find(|insertion| contains(&insertion.range, &place.range)) {
            let mutants = within.mutants.iter().filter(|(range, _)| contains(range, &place.range));
            let at_fault: Vec<_> = mutants.map(|(_, id)| *id).collect();
            return if at_fault.is_empty() { all(within) } else { at_fault };
        }
    }
    // A match that lacks a case is told of by what it matches, before its arms.
    if error["code"]["code"] == "E0004" {
        let arm =
            |place: &Told<'_>| of(place).iter().find(|one| one.arm && one.range.start >= place.range.end).map(all);
        return places.first().and_then(arm).unwrap_or_default();
    }
    let nearest = |place: &Told<'_>| {
        let first = of(place).iter().find(|insertion| insertion.range.start == place.range.start);
        let before = || of(place).iter().rfind(|insertion| insertion.range.end <= place.range.start);
        first.or_else(before).map(all)
    };
    places.first().and_then(nearest).unwrap_or_default()
}

/// A place that an error tells of.
struct Told<'a> {
    file: &'a str,
    range: Range<usize>,
    primary: bool,
}

fn told<'a>(span: &'a Value, primary: bool, to: &mut Vec<Told<'a>>) {
    let offset = |key| span[key].as_u64().and_then(|at| usize::try_from(at).ok());
    if let (Some(file), Some(start), Some(end)) = (span["file_name"].as_str(), offset("byte_start"), offset("byte_end"))
    {
        to.push(Told { file, range: start..end, primary });
        told(&span["expansion"]["span"], primary, to);
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Blames an error at the parts of a source that are marked, the primary one first.
    #[track_caller]
    fn check(code: &str, parts: &[&str], expected: &[u32]) {
        let text = "let y = (if on(1) { a - b } else if on(2) { a * b } else { a + b }); match x { A if !on(3) => y }";
        let insertion = |part: &str, mutants: &[(&str, u32)]| {
            let range = |part: &str| text.find(part).map(|at| at..at + part.len()).expect("it is in the source");
            let mutants = mutants.iter().map(|(part, id)| (range(part), *id)).collect();
            Insertion { range: range(part), mutants, arm: part.starts_with(" if !") }
        };
        let (minus, times) = (("if on(1) { a - b } else ", 1), ("if on(2) { a * b } else ", 2));
        let insertions = vec![
            insertion("(if on(1) { a - b } else if on(2) { a * b } else { ", &[minus, times]),
            insertion(" })", &[(" })", 1), (" })", 2)]),
            insertion(" if !on(3)", &[(" if !on(3)", 3)]),
        ];
        let spans: Vec<_> = parts.iter().enumerate().map(|(at, part)| {
            let start = text.find(part).expect("it is in the source");
            json!({"file_name": "lib.rs", "byte_start": start, "byte_end": start + part.len(), "is_primary": at == 0})
        }).collect();
        let error = json!({"code": {"code": code}, "spans": spans});
        assert_eq!(blame(&error, &[("lib.rs", insertions)]), expected);
    }

    #[test]
    fn the_alternative_is_blamed_that_it_lies_in() {
        check("E0369", &["*"], &[2]);
        check("E0308", &["a + b", "a - b"], &[1]);
    }

    #[test]
    fn all_are_blamed_if_none_is_told_of() {
        check("E0308", &["a - b } else if on(2) { a * b"], &[1, 2]);
        check("E0308", &["(if on(1) { a - b } else if on(2) { a * b } else { a + b })"], &[1, 2]);
        check("E0282", &["match x"], &[1, 2]);
    }

    #[test]
    fn arm_is_blamed_for_a_case_that_is_missing() {
        check("E0004", &["x"], &[3]);
    }
}

//! Each case comes out as it is written, at any cut and in any storage.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use wharf_tests::hostile::{Case, Format, Outcome, cases};

#[test]
fn each_case_comes_out_as_it_is_written() {
    let wrong: Vec<_> =
        cases().iter().filter_map(|case| Some(format!("{}: {}", case.name(), case.check().err()?))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_two_cases_have_one_name() {
    let mut names: Vec<_> = cases().iter().map(Case::name).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// A format without a mark or a believable length can't go on; all others do behind a packet that is refused.
#[test]
fn every_format_that_can_goes_on_behind_what_it_refuses() {
    for format in Format::ALL {
        let goes_on = cases().iter().any(|case| {
            case.format == format && matches!(case.outcome, Outcome::Refused(_) | Outcome::RefusedEach(..))
        });
        assert_eq!(goes_on, format != Format::Fixed, "{format:?}");
    }
}

fn written(outcome: Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Delivered(count) => ("delivered", format!("{count} packets")),
        Outcome::Nothing => ("nothing", "nothing is said".to_owned()),
        Outcome::Refused(kind) => ("refused, and goes on", format!("1 error ({kind:?}), goes on").to_lowercase()),
        Outcome::RefusedEach(count, kind) => {
            ("refused, and goes on", format!("{count} errors ({kind:?}), goes on").to_lowercase())
        }
        Outcome::Lost(kind) => ("lost", format!("boundary lost ({kind:?})").to_lowercase()),
        Outcome::RefusedThenLost(kind, then) => {
            ("lost", format!("1 error ({kind:?}), boundary lost ({then:?})").to_lowercase())
        }
        Outcome::Ends(None, had) => ("truncated", format!("truncated after {had} bytes")),
        Outcome::Ends(Some(kind), had) => {
            ("truncated", format!("1 error ({kind:?}), truncated after {had} bytes").to_lowercase())
        }
    }
}

/// `tests/results/hostile.md`, as the cases say it.
fn page() -> String {
    let cases = cases();
    let mut counts = BTreeMap::new();
    for case in &cases {
        *counts.entry(written(case.outcome).0).or_insert(0) += 1;
    }
    let counts: Vec<_> = counts.into_iter().map(|(what, count)| format!("{count} {what}")).collect();
    let mut page = format!(
        "# Hostile cases\n\n\
         {} cases, each in 7 kinds of storage at 6 cuts: {}.\n\
         All but those that end in them are sent between two good packets, which come out as well, the second unless \
         the boundary is lost; each error is where the bad packet begins.\n\
         `cargo test -p wharf-tests --test hostile` runs them, and `UPDATE=1` before it writes this page.\n\n\
         | format | what is sent | bytes | what comes of it |\n| --- | --- | ---: | --- |\n",
        cases.len(),
        counts.join(", "),
    );
    for case in &cases {
        let (format, class, len, outcome) = (case.format.name(), case.class, case.bad.len(), written(case.outcome).1);
        // Writing to a String cannot fail.
        let _ = writeln!(page, "| {format} | {class} | {len} | {outcome} |");
    }
    page
}

#[test]
fn the_page_says_what_the_cases_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("results/hostile.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, page()).expect("the page can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == page(), "run UPDATE=1 cargo test -p wharf-tests --test hostile");
    assert!(cases().len() >= 300, "too few cases");
}

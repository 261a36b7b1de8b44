//! Every case file holds, and the program that runs them says so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wharf_tests::replay::replay;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = fs::read_dir(folder).expect("there is a folder of cases");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    files
}

#[test]
fn every_case_holds() {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let tally = replay(&files(), &mut out, &mut complaints).expect("a Vec takes all");
    let (out, complaints) = (String::from_utf8_lossy(&out), String::from_utf8_lossy(&complaints));
    let failed: Vec<_> = out.lines().filter(|line| line.starts_with("FAIL")).collect();
    assert!(tally.failed == 0 && tally.unreadable == 0, "{failed:#?}\n{complaints}");
    assert!(tally.passed > 300, "only {tally:?}");
}

#[test]
fn every_deserializer_of_the_format_has_cases() {
    let named = [
        "lines",
        "delimited",
        "fixed",
        "length_prefixed",
        "json_lines",
        "json",
        "cbor",
        "messagepack",
        "netstring",
        "cobs",
        "slip",
        "struct",
        "base64",
        "zlib",
        "bzip2",
        "flatbuffer",
    ];
    let mut seen = BTreeSet::new();
    for file in files() {
        let text = fs::read_to_string(file).expect("it can be read");
        let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        for case in document["cases"].as_array().expect("a list of cases") {
            seen.insert(case["deserializer"].as_str().expect("a name").to_owned());
        }
    }
    for name in named {
        assert!(seen.contains(name), "no case of {name}");
    }
}

/// Runs the program on a file that holds `text`.
fn run(name: &str, text: &str) -> Output {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, text).expect("the folder can be written to");
    Command::new(env!("CARGO_BIN_EXE_replay")).arg(file).output().expect("the program starts")
}

/// Checks what the program says of one case, and with which code it exits.
#[track_caller]
fn says(name: &str, case: &str, code: i32, expected: &str) {
    let output = run(name, &format!("{{\"cases\": [{case}]}}"));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(expected), "it said: {said}");
    assert_eq!(output.status.code(), Some(code), "it said: {said}");
}

#[test]
fn a_case_that_holds_exits_with_0() {
    let case = r#"{"name": "a", "deserializer": "fixed", "options": {"len": 1}, "chunks": ["41"], "events": [{"packet": {"text": "A"}}]}"#;
    says("holds.json", case, 0, "ok a\n1 passed, 0 failed\n");
}

#[test]
fn a_case_that_fails_says_how_and_exits_with_1() {
    let case = |end: &str| {
        format!(r#"{{"name": "a", "deserializer": "fixed", "options": {{"len": 2}}, "chunks": ["4141"], {end}}}"#)
    };
    let rows = [
        (r#""events": []"#, "event 1: packet of hex 4141, where nothing was expected"),
        (r#""events": [{"packet": {"hex": "4142"}}]"#, "event 1: packet of hex 4141, not packet of hex 4142"),
        (r#""events": [{"packet": {"json": "AA"}}]"#, "event 1: packet of hex 4141, not packet of json \"AA\""),
        (r#""events": [{"packet": {"text": "AA"}}, {"end": "clean"}]"#, "event 2: nothing, not clean end"),
        (r#""events": [{"packet": {"text": "AA"}}], "remainder": "41""#, "remainder '', not '41'"),
        (
            r#""eof": true, "events": [{"packet": {"text": "AA"}}, {"end": {"truncated": 1}}]"#,
            "event 2: clean end, not end inside",
        ),
        (r#""events": [{"reject": "limit"}]"#, "event 1: packet of hex 4141, not reject limit"),
    ];
    for (end, expected) in rows {
        says("fails.json", &case(end), 1, &format!("FAIL a: as given: {expected}"));
        says("fails.json", &case(end), 1, "\n0 passed, 1 failed\n");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_exits_with_2() {
    let whole = r#""chunks": ["41"], "events": []"#;
    let rows = [
        (format!(r#""deserializer": "linse", {whole}"#), "deserializer: unknown deserializer 'linse'"),
        (
            format!(r#""deserializer": "lines", "options": {{"ending": "cr"}}, {whole}"#),
            "options.ending: 'cr' is none of 'lf', 'crlf', 'any'",
        ),
        (format!(r#""deserializer": "lines", "options": {{"limmit": 1}}, {whole}"#), "options.limmit: unknown field"),
        (
            format!(r#""deserializer": "lines", "options": {{"limit": -1}}, {whole}"#),
            "options.limit: expected a length in bytes",
        ),
        (format!(r#""deserializer": "fixed", {whole}"#), "options.len: missing"),
        (
            format!(r#""deserializer": "fixed", "options": {{"len": 0}}, {whole}"#),
            "options.len: len must be at least 1 byte",
        ),
        (format!(r#""deserializer": "lines", "eoff": true, {whole}"#), "eoff: unknown field"),
        (
            r#""deserializer": "lines", "chunks": ["41", "4"], "events": []"#.to_owned(),
            "chunks[1]: expected hex digits in pairs",
        ),
        (r#""deserializer": "lines", "chunks": [], "events": [{}]"#.to_owned(), "events[0]: is no packet"),
        (
            r#""deserializer": "lines", "chunks": [], "events": [{"reject": "bad"}]"#.to_owned(),
            "events[0].reject: 'bad' is none of",
        ),
        (
            r#""deserializer": "lines", "chunks": [], "events": [{"packet": {"hex": "", "text": ""}}]"#.to_owned(),
            "events[0].packet.text: unknown field",
        ),
        (r#""deserializer": "lines", "chunks": []"#.to_owned(), "events: missing"),
    ];
    for (fields, expected) in rows {
        let case = format!(r#"{{"name": "a", {fields}}}"#);
        says("unreadable.json", &case, 2, &format!("unreadable.json: case 'a': {expected}"));
    }
    says("unreadable.json", r#"{"deserializer": "lines"}"#, 2, "unreadable.json: case number 1: name: missing");
    assert_eq!(run("unreadable.json", "{").status.code(), Some(2));
    assert_eq!(run("unreadable.json", r#"{"case": []}"#).status.code(), Some(2));
    let missing = Command::new(env!("CARGO_BIN_EXE_replay")).arg("/nowhere/at/all.json").output();
    assert_eq!(missing.expect("the program starts").status.code(), Some(2));
}

#[test]
fn one_unreadable_case_does_not_keep_the_others_from_running() {
    let good = r#"{"name": "good", "deserializer": "lines", "chunks": ["0a"], "events": [{"packet": {"text": ""}}]}"#;
    let bad = r#"{"name": "bad", "deserializer": "lines", "chunks": [1], "events": []}"#;
    says("mixed.json", &format!("{bad}, {good}"), 2, "ok good\n1 passed, 0 failed\n");
}

#[test]
fn numbers_are_compared_as_json_and_to_the_last_digit() {
    let case = |stream: &str, value: &str| {
        let hex: String = stream.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!(
            r#"{{"name": "a", "deserializer": "json_lines", "chunks": ["{hex}0a"], "events": [{{"packet": {{"json": {value}}}}}]}}"#
        )
    };
    says("numbers.json", &case("[1.0]", "[1]"), 0, "ok a");
    says("numbers.json", &case("18446744073709551615", "18446744073709551615"), 0, "ok a");
    says("numbers.json", &case("18446744073709551615", "18446744073709551614"), 1, "FAIL a");
    says("numbers.json", &case("9007199254740993", "9007199254740992.0"), 1, "FAIL a");
    says("numbers.json", &case("-9223372036854775808", "-9223372036854775808"), 0, "ok a");
    says("numbers.json", &case("{\"a\": true}", "{\"a\": 1}"), 1, "FAIL a");
}

//! All case files hold, and `replay` says what is wrong with those that can't be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wharf_tests::replay;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = fs::read_dir(&folder).expect("the case files are there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    files
}

#[test]
fn all_cases_hold() {
    let (mut count, mut failures) = (0, Vec::new());
    for path in files() {
        let file = replay::read(&path).unwrap_or_else(|error| panic!("{error}"));
        for case in &file.cases {
            count += 1;
            if let Err(why) = replay::replay(case) {
                failures.push(format!("{}: {}: {why}", path.display(), case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(count >= 250, "only {count} cases");
}

/// Runs `replay` on a file with this text, and returns its exit code and what it printed.
fn run(name: &str, text: &str) -> (Option<i32>, String) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("a temporary file");
    let output = Command::new(env!("CARGO_BIN_EXE_replay")).arg(&path).output().expect("replay runs");
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).replace(&path.display().to_string(), "FILE"))
}

#[test]
fn says_which_cases_failed_and_why() {
    let case = |name: &str, packet: &str| {
        format!(
            r#"{{"name": "{name}", "deserializer": "fixed", "options": {{"len": 1}}, "chunks": ["61"],
               "events": [{{"packet": {{"text": "{packet}"}}}}]}}"#
        )
    };
    let (code, printed) = run("good.json", &format!(r#"{{"cases": [{}]}}"#, case("good", "a")));
    assert_eq!((code, &printed[..]), (Some(0), "ok good\n1 passed, 0 failed\n"));
    let (code, printed) = run("bad.json", &format!(r#"{{"cases": [{}, {}]}}"#, case("good", "a"), case("bad", "b")));
    let expected = "ok good\n\
        FAIL bad: as given: event 0 is packet '61' \"a\", not packet '62' \"b\"\n\
        1 passed, 1 failed\n";
    assert_eq!((code, &printed[..]), (Some(1), expected));
}

#[test]
fn numbers_are_the_same_to_the_last_digit_or_not_at_all() {
    let check = |sent: &str, expected: &str, holds: bool| {
        let hex: String = sent.bytes().map(|byte| format!("{byte:02x}")).collect();
        let (code, printed) = run(
            "numbers.json",
            &format!(
                r#"{{"cases": [{{"name": "n", "deserializer": "json_lines", "chunks": ["{hex}0a"],
                   "events": [{{"packet": {{"json": {expected}}}}}]}}]}}"#
            ),
        );
        assert_eq!(code, Some(i32::from(!holds)), "{printed}");
    };
    check("[1.0]", "[1]", true);
    check("-0.0", "0", true);
    check("1e300", "1e300", true);
    check("1.5", "1", false);
    check("18446744073709551615", "18446744073709551615", true);
    check("18446744073709551615", "18446744073709551614", false);
    check("9007199254740993", "9007199254740992.0", false);
    check("-9223372036854775808", "-9223372036854775807", false);
}

#[track_caller]
fn check_unreadable(name: &str, text: &str, expected: &str) {
    let (code, printed) = run(name, text);
    assert_eq!(code, Some(2), "{printed}");
    assert!(printed.contains(expected), "{printed}");
}

#[test]
fn refuses_what_it_does_not_know() {
    check_unreadable("text.json", "no", "FILE: expected ident");
    check_unreadable(
        "field.json",
        r#"{"cases": [{"name": "n", "nonsense": 1}]}"#,
        "FILE: case 'n': unknown field `nonsense`",
    );
    let case = |deserializer: &str, options: &str| {
        format!(
            r#"{{"cases": [{{"name": "n", "deserializer": "{deserializer}", "options": {options}, "chunks": [], "events": []}}]}}"#
        )
    };
    check_unreadable("name.json", &case("nonsense", "{}"), "case 'n': deserializer 'nonsense' is unknown");
    check_unreadable("option.json", &case("lines", r#"{"nonsense": 1}"#), "case 'n': option 'nonsense' is unknown");
    check_unreadable(
        "choice.json",
        &case("lines", r#"{"ending": "cr"}"#),
        "option 'ending': 'cr' is none of lf, crlf, any",
    );
    check_unreadable("missing.json", &case("fixed", "{}"), "case 'n': option 'len' is missing");
    check_unreadable("type.json", &case("fixed", r#"{"len": "x"}"#), "option 'len': invalid type");
    check_unreadable(
        "hex.json",
        r#"{"cases": [{"name": "n", "deserializer": "lines", "chunks": ["6"], "events": []}]}"#,
        "'6' is not pairs of hex digits",
    );
    let absent = Command::new(env!("CARGO_BIN_EXE_replay")).arg("/nonexistent").output().expect("replay runs");
    assert_eq!(absent.status.code(), Some(2));
}

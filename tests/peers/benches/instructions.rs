//! Instructions per packet, counted by callgrind: the same at every run, so that a change for the worse is seen.
//!
//! `cargo bench -p wharf-peers --bench instructions -- --accept` writes the counts as the new baseline.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use wharf_peers::Options;
use wharf_peers::contenders::over_memory;
use wharf_peers::report::{Page, figure, rustc};
use wharf_peers::stream::{Stream, Wire};

/// More than this above the baseline is a failure.
const ALLOWED: f64 = 1.05;

/// What is counted: a name for the baseline, the stream, its packets' size, and bytes a receive.
const SUBJECTS: [(&str, Wire, usize, usize); 8] = [
    ("lines of 16 bytes", Wire::Lines, 16, PIECE),
    ("lines of 64 bytes", Wire::Lines, 64, PIECE),
    ("lines of 1 KiB", Wire::Lines, 1024, PIECE),
    ("lines of 64 bytes, byte by byte", Wire::Lines, 64, 1),
    ("length 4, 16 bytes", Wire::Length32, 16, PIECE),
    ("length 4, 64 bytes", Wire::Length32, 64, PIECE),
    ("length 4, 1 KiB", Wire::Length32, 1024, PIECE),
    ("length 4, 64 bytes, byte by byte", Wire::Length32, 64, 1),
];

const PIECE: usize = 64 * 1024;

fn main() -> ExitCode {
    let options = Options::from_args();
    if let [flag, subject, contender, times] = &options.rest[..] {
        if flag == "--run" {
            run(subject.parse().unwrap(), contender, times.parse().unwrap());
            return ExitCode::SUCCESS;
        }
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: skipped, valgrind isn't installed");
        return ExitCode::SUCCESS;
    }
    let mut page = Page::new(
        "instructions",
        "Instructions per packet",
        "Counted by callgrind: the difference between reading a stream of 64 KiB five times and once. The copy out of \
         the reader is in it. `cargo bench -p wharf-peers --bench instructions` fails if one of wharf's counts is \
         more than 5 % above the baseline in `tests/peers/baseline.txt`.",
    );
    let subjects = if options.short { &SUBJECTS[..1] } else { &SUBJECTS[..] };
    let mut counts = Vec::new();
    for (index, (name, wire, size, piece)) in subjects.iter().enumerate() {
        page.section(name);
        let stream = stream(*wire, *size);
        let names: Vec<_> = over_memory(&stream, *piece, PIECE).iter().map(|contender| contender.name).collect();
        let rows: Vec<_> = names
            .into_iter()
            .filter(|name| !options.short || *name == "wharf")
            .map(|contender| {
                let per_packet =
                    (count(index, contender, 5) - count(index, contender, 1)) / 4.0 / stream.tally.packets as f64;
                if contender == "wharf" {
                    counts.push(((*name).to_owned(), per_packet));
                }
                vec![contender.to_owned(), figure(per_packet), format!("{:.2}", per_packet / counts[index].1)]
            })
            .collect();
        page.table(&["contender", "instructions per packet", "×"], &rows);
    }
    page.write(&options);
    judge(&counts, options.rest.iter().any(|argument| argument == "--accept"))
}

fn stream(wire: Wire, size: usize) -> Stream {
    Stream::new(wire, size, 64 * 1024)
}

/// The child's part: lets one contender read one subject's stream so many times.
fn run(subject: usize, contender: &str, times: usize) {
    let (_, wire, size, piece) = SUBJECTS[subject];
    let stream = stream(wire, size);
    let mut all = over_memory(&stream, piece, PIECE);
    let contender = all.iter_mut().find(|other| other.name == contender).unwrap();
    for _ in 0..times {
        assert_eq!(contender.run(), stream.tally);
    }
}

/// Instructions of a child that lets `contender` read so many times.
fn count(subject: usize, contender: &str, times: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().unwrap())
        .args(["--run", &subject.to_string(), contender, &times.to_string()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let (_, collected) =
        said.split_once("Collected : ").unwrap_or_else(|| panic!("callgrind has counted nothing: {said}"));
    collected.split_whitespace().next().unwrap().parse().unwrap()
}

/// Compares with the baseline, or writes it.
fn judge(counts: &[(String, f64)], accept: bool) -> ExitCode {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.txt"));
    if accept {
        let lines = counts.iter().map(|(name, count)| format!("{count:.1}\t{name}\n"));
        fs::write(path, format!("{}\n{}", rustc(), lines.collect::<String>())).unwrap();
        println!("baseline written");
        return ExitCode::SUCCESS;
    }
    let baseline = fs::read_to_string(path).unwrap_or_default();
    let (compiler, lines) = baseline.split_once('\n').unwrap_or_default();
    if compiler != rustc() {
        println!("the baseline was made with {compiler}, this is {}: not compared", rustc());
        return ExitCode::SUCCESS;
    }
    let mut worse = 0;
    for (name, count) in counts {
        let before = lines.lines().filter_map(|line| line.split_once('\t')).find(|(_, other)| other == name);
        let Some(before) = before.and_then(|(before, _)| before.parse::<f64>().ok()) else {
            println!("{name}: not in the baseline");
            worse += 1;
            continue;
        };
        if *count > before * ALLOWED {
            println!("{name}: {count:.1} instructions per packet, {before:.1} in the baseline");
            worse += 1;
        }
    }
    println!("instructions: {} of {} within 5 % of the baseline", counts.len() - worse, counts.len());
    if worse > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

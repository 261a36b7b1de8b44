//! Counts instructions with callgrind: twice the bytes cost twice as many, at any cut, and a hostile FlatBuffer costs
//! little more a byte than an honest one. `instructions --help`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it did")]

use core::fmt::Debug;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use wharf::flat::verify;
use wharf::{Deserializer, Ready, Receiver};
use wharf_tests::hostile::flat::{Node, honest, hostile};
use wharf_tests::hostile::{Corpus, Visitor, corpora};

const HELP: &str = "\
Counts instructions with callgrind, in two tables: how many more the second n bytes of a stream cost than the first,
for each format, stream and cut; and what a byte of a hostile FlatBuffer costs to verify, against an honest one.

Usage: instructions [--write]

  --write   writes tests/results/linear.md

Exits with 1 if a ratio is above its bar. Without valgrind it does nothing, and says so.";

/// The marginal cost of the second half of a stream, against the first.
const LINEAR: f64 = 2.05;

/// A hostile FlatBuffer against an honest one, in instructions a byte.
const HOSTILE: f64 = 50.0;

/// Bytes of a receive, and of the shortest stream that is received so; between 2, 4 and 8 KiB, and between 16 and 64,
/// no length needs a longer head, which is read again at each receive.
const CUTS: [(usize, usize); 4] = [(1, 2 << 10), (7, 2 << 10), (1400, 16 << 10), (65536, 64 << 10)];

/// Asks callgrind for something, or nobody: outside of valgrind it does nothing.
#[cfg(target_arch = "x86_64")]
fn ask(request: u64) {
    // `callgrind.h`: the tool's letters, then the number of the request.
    let arguments = [0x4354_0000 + request, 0, 0, 0, 0, 0];
    #[expect(unsafe_code, reason = "a client request can only be written so")]
    // SAFETY: the rotations come to nothing, and so does the exchange; valgrind takes them for its sign, and reads the
    // arguments.
    unsafe {
        core::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") &raw const arguments,
            inout("rdx") 0_u64 => _,
        );
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn ask(_request: u64) {}

/// Counts the instructions of `run`, in a dump of its own.
#[inline(never)]
fn counted(run: &mut dyn FnMut()) {
    const DUMP: u64 = 0;
    const START: u64 = 4;
    const STOP: u64 = 5;
    ask(START);
    run();
    ask(DUMP);
    ask(STOP);
}

/// Receives a stream, counted, and drops its packets.
struct Count<'s> {
    stream: &'s [u8],
    piece: usize,
}

impl Visitor for Count<'_> {
    type Out = ();

    fn visit<D>(self, make: impl Fn() -> D)
    where
        D: for<'b> Deserializer<Packet<'b> = &'b [u8], Error: Debug> + 'static,
    {
        let deserializer = make();
        let buffer = vec![0; deserializer.buffer_len(64 << 10)];
        let mut receiver = Receiver::new(deserializer, buffer).expect("long enough");
        let mut rest = self.stream;
        counted(&mut || {
            loop {
                match receiver.ready() {
                    Ready::Receive if rest.is_empty() => break,
                    Ready::Receive => {
                        let window = receiver.window().expect("there is a buffer");
                        let count = window.len().min(self.piece).min(rest.len());
                        window[..count].copy_from_slice(&rest[..count]);
                        receiver.received(count);
                        rest = &rest[count..];
                    }
                    Ready::Packet => drop(receiver.packet()),
                    Ready::Reject(_) => {}
                    Ready::Fatal(_) | Ready::End(_) => panic!("the stream is over before its end"),
                }
            }
        });
    }
}

/// The streams that are counted: what is decompressed is left out, whose cost a byte is another crate's and large.
fn streams() -> impl Iterator<Item = Corpus> {
    corpora().into_iter().filter(|corpus| !corpus.format.is_compressed())
}

/// The child's part: everything that is counted, in order.
fn run() {
    for corpus in streams() {
        let Corpus { format, limit, depth, .. } = corpus;
        for (piece, len) in CUTS {
            for len in [len, 2 * len, 4 * len] {
                format.visit(limit(len), depth, Count { stream: &corpus.make(len), piece });
            }
        }
    }
    for packet in packets() {
        counted(&mut || {
            let _ = core::hint::black_box(verify::<Node>(&packet));
        });
    }
}

/// The honest packet, then the hostile ones.
fn packets() -> Vec<Vec<u8>> {
    [honest()].into_iter().chain(hostile().into_iter().map(|case| case.packet)).collect()
}

/// What callgrind counts of the child, a number for each call of the counted function.
fn count() -> Vec<f64> {
    let folder = env::temp_dir().join(format!("wharf-instructions-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--instr-atstart=no"])
        .arg(format!("--callgrind-out-file={}", folder.join("out").display()))
        .arg(env::current_exe().expect("it has a name"))
        .arg("--run")
        .output()
        .expect("valgrind runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts = (1..).map_while(|number| total(&folder.join(format!("out.{number}")))).collect();
    fs::remove_dir_all(&folder).expect("the temporary folder can go");
    counts
}

/// The sum of a dump.
fn total(path: &PathBuf) -> Option<f64> {
    let dump = fs::read(path).ok()?;
    let dump = String::from_utf8_lossy(&dump);
    // The summary at its front isn't what was counted where counting has stopped in between.
    let sum = dump.lines().find_map(|line| line.strip_prefix("totals: "));
    sum?.trim().parse().ok()
}

/// The page, and how many ratios are above their bars.
fn page(counts: &[f64]) -> (String, usize) {
    let mut page = "# Linear work\n\nCounted by callgrind with `cargo run --release -p wharf-tests --bin instructions -- \
                    --write`.\n\n## Twice the bytes\n\nM(n) is what 2n bytes cost more than n. M(2n)/M(n) is 2 where \
                    work is linear, and 4 where it is quadratic; the bar is 2.05. In brackets, instructions a byte.\n\n\
                    | format | stream | 1 byte a receive | 7 | 1400 | 65536 |\n| --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    let (mut above, mut worst) = (0, 0.0_f64);
    let mut counts = counts.iter().copied();
    let mut next = || counts.next().expect("callgrind has counted each");
    for corpus in streams() {
        let cells: Vec<_> = CUTS
            .iter()
            .map(|(_, len)| {
                let (once, twice, four) = (next(), next(), next());
                let ratio = (four - twice) / (twice - once);
                above += usize::from(ratio.is_nan() || ratio > LINEAR);
                worst = worst.max(ratio);
                let bytes = corpus.make(4 * len).len() - corpus.make(2 * len).len();
                format!("{ratio:.3} ({:.1})", (four - twice) / bytes as f64)
            })
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(page, "| {} | {} | {} |", corpus.format.name(), corpus.class, cells.join(" | "));
    }
    let _ = writeln!(page, "\nThe highest ratio is {worst:.3}.\n\n## Verifying FlatBuffers\n");
    let each = next() / honest().len() as f64;
    let _ = writeln!(
        page,
        "An honest packet of {} bytes costs {each:.1} instructions a byte; the bar is 50 times as many.\n",
        honest().len()
    );
    page += "| packet | bytes | instructions a byte | × |\n| --- | ---: | ---: | ---: |\n";
    let mut most = 0.0_f64;
    for case in hostile() {
        let cost = next() / case.packet.len() as f64;
        above += usize::from(cost > HOSTILE * each);
        most = most.max(cost / each);
        let _ = writeln!(page, "| {} | {} | {cost:.1} | {:.1} |", case.name, case.packet.len(), cost / each);
    }
    let _ = writeln!(page, "\nThe highest is {most:.1} times an honest one.");
    assert!(counts.next().is_none(), "callgrind has counted more than there is");
    (page, above)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--run"] => {
            run();
            return ExitCode::SUCCESS;
        }
        [] | ["--write"] => {}
        _ => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    }
    if !cfg!(target_arch = "x86_64") || Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("instructions: SKIPPED, it wants valgrind on x86-64");
        return ExitCode::SUCCESS;
    }
    let (page, above) = page(&count());
    print!("{page}");
    if !arguments.is_empty() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("results/linear.md");
        fs::write(path, page).expect("the page can be written");
    }
    println!("\n{above} ratios above their bar");
    ExitCode::from(u8::from(above > 0))
}

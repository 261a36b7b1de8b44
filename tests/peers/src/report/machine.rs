//! The machine that the figures were made on.

use std::fs;
use std::process::Command;

/// One line about processor, system, compiler and the versions of what is compared.
pub(super) fn describe() -> String {
    let lock = include_str!("../../../../Cargo.lock");
    let version = |name: &str| {
        let (_, entry) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap_or_default();
        format!("{name} {}", entry.split('"').next().unwrap_or_default())
    };
    let peers = [
        "tokio",
        "tokio-util",
        "asynchronous-codec",
        "actix-codec",
        "compio-io",
        "framez",
        "linereader",
        "memchr",
        "flatbuffers",
        "planus",
    ];
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cpu = cpu.trim_start_matches(['\t', ' ', ':']);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "Made with `cargo bench -p wharf-peers` on {cores} cores of {cpu}, Linux {}, {}; {}.",
        kernel.split('-').next().unwrap_or_default().trim(),
        rustc(),
        peers.map(version).join(", "),
    )
}

/// The compiler's name and version.
pub fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.split(" (").next().unwrap_or_default().trim().to_owned()
}

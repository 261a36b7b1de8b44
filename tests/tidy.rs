//! What the documents say of the tree is true, and what must not be in it is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_path_buf()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file below `folder`, as a path from the root.
fn sources(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let path = path.strip_prefix(root()).expect("below the root");
                found.insert(path.to_str().expect("an ASCII path").replace('\\', "/"));
            }
        }
    }
    found
}

/// The folders whose files the code map lists one by one.
const MAPPED: [&str; 4] = ["core/src", "core/derive/src", "drivers/src", "tests/src"];

fn mapped() -> BTreeSet<String> {
    MAPPED.iter().flat_map(|folder| sources(folder)).collect()
}

/// What a file says first that it is for.
fn purpose(path: &str) -> String {
    let text = read(path);
    let first: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    assert!(!first.is_empty(), "{path} begins with: {:?}", text.lines().next());
    first.join(" ")
}

/// The code map as the files have it: a table a folder.
fn code_map() -> String {
    let mut map = String::new();
    let mut folder = "";
    let files = mapped();
    let mut files: Vec<_> =
        files.iter().map(|path| (path.rsplit_once('/').expect("no source lies at the root"), path)).collect();
    files.sort();
    for ((parent, name), path) in files {
        if parent != folder {
            map += &format!("\n### `{parent}/`\n\n| file | what for |\n|---|---|\n");
            folder = parent;
        }
        map += &format!("| [`{name}`]({path}) | {} |\n", purpose(path));
    }
    map
}

const MAP: &str = "<!-- The code map, as `UPDATE=1 cargo test -p wharf-tests --test tidy` writes it. -->\n";

#[test]
fn code_map_is_what_the_files_say() {
    let architecture = read("ARCHITECTURE.md");
    let (before, listed) = architecture.split_once(MAP).expect("a code map");
    let expected = code_map();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("ARCHITECTURE.md"), [before, MAP, &expected].concat()).expect("it can be written");
        return;
    }
    let stale: Vec<_> = listed.lines().filter(|line| !expected.contains(line)).collect();
    let missing: Vec<_> = expected.lines().filter(|line| !listed.contains(line)).collect();
    assert!(listed == expected, "no longer so: {stale:#?}\nmissing: {missing:#?}");
}

#[test]
fn core_reads_no_clock_socket_file_or_thread_and_has_no_unsafe() {
    let forbidden =
        ["std::net", "std::fs", "std::time", "std::thread::", "std::env", "io::Error", "unsafe {", "unsafe fn"];
    for path in sources("core/src") {
        for (number, line) in read(&path).lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for word in forbidden {
                assert!(!line.contains(word), "{path}:{}: {word}", number + 1);
            }
        }
    }
    for lib in ["core/src/lib.rs", "core/derive/src/lib.rs", "drivers/src/lib.rs"] {
        assert!(read(lib).contains("#![forbid(unsafe_code)]"), "{lib}");
    }
}

/// The features of a manifest, without the default.
fn features(manifest: &str) -> BTreeSet<String> {
    let manifest = read(manifest);
    let table = manifest.split("[features]\n").nth(1).expect("a table of features");
    let table = table.split("\n[").next().unwrap_or(table);
    let names = table.lines().filter_map(|line| line.split_once(" = ["));
    names.map(|(name, _)| name.to_owned()).filter(|name| name != "default" && !name.starts_with('#')).collect()
}

#[test]
fn crate_docs_list_every_feature() {
    for (manifest, lib) in [("core/Cargo.toml", "core/src/lib.rs"), ("drivers/Cargo.toml", "drivers/src/lib.rs")] {
        let docs = read(lib);
        for feature in features(manifest) {
            assert!(docs.contains(&format!("//! | `{feature}` |")), "{lib} does not list the feature {feature}");
        }
    }
}

#[test]
fn readme_names_the_oldest_rust_that_the_manifest_does() {
    let manifest = read("Cargo.toml");
    let version = manifest.split("rust-version = \"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("a rust-version");
    assert!(read("README.md").contains(&format!("Rust {version}")), "README.md does not say Rust {version}");
    assert!(read(".ci/run").contains(&format!("debrust {version} ")), ".ci/run does not check {version}");
}

#[test]
fn every_link_of_the_documents_leads_to_a_file() {
    for document in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md"] {
        for link in read(document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") {
                assert!(root().join(path).exists(), "{document} links to {path}");
            }
        }
    }
}

#[test]
fn every_fuzz_target_has_a_file_and_every_file_a_target() {
    let manifest = read("fuzz/Cargo.toml");
    let targets: BTreeSet<_> = manifest
        .split("path = \"fuzz_targets/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect();
    let files: BTreeSet<_> =
        sources("fuzz/fuzz_targets").into_iter().map(|path| path["fuzz/fuzz_targets/".len()..].to_owned()).collect();
    assert_eq!(targets, files);
}

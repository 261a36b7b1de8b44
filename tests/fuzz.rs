//! The fuzz targets' seeds, replayed without a fuzzer, and as many inputs of a generator as a plain test has time for.

use std::fs;
use std::path::Path;

use quickcheck::{Arbitrary, Gen};
use wharf_tests::fuzz::TARGETS;

#[test]
fn every_seed_passes() {
    for &(name, target) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(name);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut count = 0;
        for entry in entries {
            let path = entry.expect("the folder can be read").path();
            eprintln!("{}", path.display());
            target(&fs::read(&path).expect("a seed can be read"));
            count += 1;
        }
        assert!(count > 0, "{name} has no seeds");
    }
}

#[test]
fn random_inputs_pass() {
    for &(_, target) in TARGETS {
        let mut inputs = Gen::new(300);
        for _ in 0..2000 {
            target(&Vec::<u8>::arbitrary(&mut inputs));
        }
    }
}

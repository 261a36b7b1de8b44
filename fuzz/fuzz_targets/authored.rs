//! Async fns and incrementals say what the rule says, and are given each byte once, whatever they do with it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::authored(bytes));

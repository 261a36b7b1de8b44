//! Wrappers say the same at any cut, hand out no more than they may, and read what they wrote.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::wrappers(bytes));

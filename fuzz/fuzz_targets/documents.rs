//! Self-delimiting formats say the same at any cut, and find the documents that their decoders find.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::documents(bytes));

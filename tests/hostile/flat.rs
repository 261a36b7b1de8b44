//! FlatBuffers that cost more than they weigh are refused, or cost what they may.

use wharf::flat::{Greedy, Lazy, read, verify};
use wharf_tests::hostile::flat::{Node, honest, hostile};
use wharf_tests::work::heap;

#[test]
fn each_comes_out_as_it_is_written() {
    verify::<Node>(&honest()).expect("it is honest");
    for case in hostile() {
        let said = verify::<Node>(&case.packet).err().map(|fault| fault.error);
        assert_eq!(said, case.refused, "{}", case.name);
    }
}

#[test]
fn none_takes_heap_to_verify_or_to_be_opened() {
    for case in hostile() {
        let (used, ()) = heap(|| {
            let _ = verify::<Node>(&case.packet);
            let _ = read::<Node, Lazy>(&case.packet);
        });
        assert_eq!(used.allocations, 0, "{}", case.name);
    }
}

/// What is shared is copied by a greedy reader, so it holds more than came, but no more than the work limit allows.
#[test]
fn what_is_read_greedily_is_bounded_by_the_packet() {
    for case in hostile() {
        let (used, _) = heap(|| read::<Node, Greedy>(&case.packet).map(drop));
        // A table in memory is larger than the 16 bytes that it costs of the work limit.
        let most = (32 * case.packet.len() + 1024) / 16 * size_of::<Node>().next_multiple_of(8);
        assert!(used.peak <= isize::try_from(most).expect("short packets"), "{}: {} bytes", case.name, used.peak);
    }
}

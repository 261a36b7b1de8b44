use crate::program::{DRIVERS, run, text};

#[test]
fn exchanges_packets_with_each_driver_and_loses_none() {
    let output = run(&[], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "progress is for terminals");
    let table = text(&output.stdout);
    for driver in DRIVERS {
        let row = table.lines().find(|line| line.starts_with(driver)).expect("each driver has a row");
        let cells: Vec<f64> =
            row.split_whitespace().skip(1).filter_map(|cell| cell.replace(',', "").parse().ok()).collect();
        let [packets, bytes, per_second, calls, allocations, moved, idle] = cells[..] else { panic!("{row}") };
        assert!(packets > 0.0 && bytes > packets && per_second > 0.0, "{row}");
        assert!(calls < packets, "a receive brings many packets: {row}");
        assert!(allocations < 0.05, "{row}");
        assert!(moved < 0.1, "{row}");
        assert!(idle < 2048.0, "the buffer of 64 KiB is in the pool: {row}");
    }
    assert!(table.ends_with("\nEvery packet came back whole and in order.\n"), "{table}");
}

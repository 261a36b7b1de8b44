//! Whatever else is asked of a receiver on the way, it says of the stream what the oracle says.

use quickcheck::QuickCheck;
use wharf_tests::operations::{Kind, Plan};

use crate::Case;

#[test]
fn a_receiver_says_what_the_oracle_says_whatever_is_asked_of_it() {
    fn holds(case: Case, next: Case, acts: Vec<u8>, exact: bool) -> bool {
        let rules = [case.rule, next.rule];
        let align = 1 << (acts.len() % 3);
        let plan = Plan { rules: &rules, exact, align, min_receive: 8, stream: &case.stream, acts: &acts };
        for kind in Kind::ALL {
            plan.run(kind);
        }
        true
    }
    QuickCheck::new().tests(10_000).quickcheck(holds as fn(Case, Case, Vec<u8>, bool) -> bool);
}

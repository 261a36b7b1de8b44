//! Counts reads in unit tests, so that "read at most once" is asserted and not believed.

#[cfg(test)]
std::thread_local! {
    static READS: core::cell::RefCell<alloc::collections::BTreeMap<usize, usize>> = const { core::cell::RefCell::new(alloc::collections::BTreeMap::new()) };
}

/// The item at byte `at` is read.
#[inline(always)]
pub(crate) fn touch(at: usize) {
    #[cfg(test)]
    READS.with(|reads| *reads.borrow_mut().entry(at).or_default() += 1);
    #[cfg(not(test))]
    let _ = at;
}

/// How often each byte position was read since the last call.
#[cfg(test)]
pub(crate) fn take() -> alloc::collections::BTreeMap<usize, usize> {
    READS.with(|reads| core::mem::take(&mut *reads.borrow_mut()))
}

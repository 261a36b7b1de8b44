//! Contenders that take turns.

use std::time::Instant;

use crate::clock;
use crate::tally::Tally;

/// One of those that are compared.
pub struct Contender<'a> {
    /// Its name in the tables.
    pub name: &'static str,
    /// Reads the whole stream once.
    run: Box<dyn FnMut() -> Tally + 'a>,
}

impl<'a> Contender<'a> {
    /// A contender that `run` drives through the whole stream, from nothing, once a round.
    pub fn new(name: &'static str, run: impl FnMut() -> Tally + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }

    /// Runs it once.
    pub fn run(&mut self) -> Tally {
        (self.run)()
    }
}

/// What the rounds of one contender took.
#[derive(Debug, Clone)]
pub struct Samples {
    /// Its name in the tables.
    pub name: &'static str,
    /// Nanoseconds of CPU time per packet of its thread, round by round.
    pub cpu: Vec<f64>,
    /// Nanoseconds per packet on the wall clock, round by round.
    pub wall: Vec<f64>,
}

/// The middle of some figures, and their bounds.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// The least.
    pub min: f64,
    /// Half are below.
    pub median: f64,
    /// The most.
    pub max: f64,
}

impl Spread {
    /// Sums figures up.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut figures: Vec<_> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        Self { min: figures[0], median: figures[figures.len() / 2], max: figures[figures.len() - 1] }
    }
}

/// The ratios of two contenders in the same rounds.
pub fn ratio(of: &[f64], to: &[f64]) -> Spread {
    Spread::of(of.iter().zip(to).map(|(of, to)| of / to))
}

/// Lets the contenders take turns for `rounds` rounds, after one that isn't counted.
///
/// # Panics
///
/// If one of them reads anything but `expected`.
pub fn take_turns(contenders: &mut [Contender<'_>], rounds: usize, expected: Tally) -> Vec<Samples> {
    let named = |contender: &Contender<'_>| Samples { name: contender.name, cpu: Vec::new(), wall: Vec::new() };
    let mut samples: Vec<_> = contenders.iter().map(named).collect();
    let packets = expected.packets as f64;
    let mut order: Vec<_> = (0..contenders.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..=rounds {
        // Another order each round: whoever runs behind one that fills the caches pays for it.
        for last in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, usize::try_from(random >> 33).unwrap() % (last + 1));
        }
        for (turn, &which) in order.iter().enumerate() {
            // Where a buffer lies decides how fast bytes are copied to it; no contender keeps a lucky place.
            let shift = vec![0_u8; (round * 5 + turn) * 1008 % 8192 + 16];
            let (wall, cpu) = (Instant::now(), clock::thread_cpu());
            let tally = contenders[which].run();
            let (cpu, wall) = (clock::thread_cpu() - cpu, wall.elapsed());
            drop(shift);
            assert_eq!(tally, expected, "{} has read something else", contenders[which].name);
            if round > 0 {
                samples[which].cpu.push(cpu as f64 / packets);
                samples[which].wall.push(wall.as_nanos() as f64 / packets);
            }
        }
    }
    samples
}

//! Cases of nanoseconds in interleaved rounds: each a little in each round, so that noise hits all alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::report::{figure, spread};
use crate::rounds::{Samples, Spread, ratio};

type Run<'a> = Box<dyn FnMut(u32) -> Duration + 'a>;

/// Cases, and what their rounds took.
#[derive(Default)]
pub struct Cases<'a> {
    runs: Vec<(&'static str, Run<'a>)>,
    samples: Vec<Samples>,
}

/// How long a case runs in each round.
const SAMPLE: Duration = Duration::from_millis(1);

impl<'a> Cases<'a> {
    /// Adds a case.
    pub fn add<T>(&mut self, name: &'static str, mut run: impl FnMut() -> T + 'a) {
        let timed = move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(run());
            }
            start.elapsed()
        };
        self.runs.push((name, Box::new(timed)));
    }

    /// Runs all cases for `rounds` rounds.
    pub fn run(&mut self, rounds: usize) {
        let once = |run: &mut Run<'_>| (run(10), run(100) / 100).1.as_nanos().max(1);
        let times: Vec<_> = self
            .runs
            .iter_mut()
            .map(|(_, run)| u32::try_from(SAMPLE.as_nanos() / once(run)).unwrap_or(u32::MAX).clamp(1, 1_000_000))
            .collect();
        self.samples = self.runs.iter().map(|(name, _)| Samples { name, cpu: Vec::new(), wall: Vec::new() }).collect();
        for _ in 0..rounds {
            for (((_, run), &times), samples) in self.runs.iter_mut().zip(&times).zip(&mut self.samples) {
                samples.wall.push(run(times).as_nanos() as f64 / f64::from(times));
            }
        }
    }

    /// Nanoseconds of each case, as rows of a table.
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.samples
            .iter()
            .map(|samples| vec![samples.name.to_owned(), spread(Spread::of(samples.wall.iter().copied()))])
            .collect()
    }

    /// The median of a case.
    pub fn median(&self, name: &str) -> f64 {
        Spread::of(self.rounds(name).iter().copied()).median
    }

    /// A row that holds the ratio of two cases in the same rounds against its target.
    pub fn ratio(&self, what: &str, ours: &str, theirs: &str, target: f64) -> Vec<String> {
        judge(what, ratio(self.rounds(ours), self.rounds(theirs)).median, target, "×")
    }

    /// A row that holds a case by itself against its target, in nanoseconds divided by `parts`.
    pub fn absolute(&self, what: &str, ours: &str, parts: f64, target: f64) -> Vec<String> {
        judge(what, self.median(ours) / parts, target, "ns")
    }

    fn rounds(&self, name: &str) -> &[f64] {
        let found = self.samples.iter().find(|samples| samples.name == name);
        &found.unwrap_or_else(|| panic!("no case is called {name}")).wall
    }
}

fn judge(what: &str, got: f64, target: f64, unit: &str) -> Vec<String> {
    let verdict = if got <= target { "met" } else { "missed" };
    vec![what.to_owned(), format!("{} {unit}", figure(got)), format!("{target} {unit}"), verdict.to_owned()]
}

//! Interleaved rounds: each case a little in each round, so that noise hits all alike.

use std::{
    collections::HashMap,
    hint::black_box,
    time::{Duration, Instant},
};

type Run<'a> = Box<dyn FnMut(u32) -> Duration + 'a>;

#[derive(Default)]
pub struct Bench<'a> {
    cases: Vec<(&'static str, Run<'a>)>,
    /// Nanoseconds, by round.
    samples: HashMap<&'static str, Vec<f64>>,
}

const ROUNDS: usize = 61;
const SAMPLE: Duration = Duration::from_micros(1000);

impl<'a> Bench<'a> {
    pub fn case<T>(&mut self, name: &'static str, mut run: impl FnMut() -> T + 'a) {
        let timed = move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(run());
            }
            start.elapsed()
        };
        self.cases.push((name, Box::new(timed)));
    }

    /// Runs all cases and prints the medians in nanoseconds.
    pub fn run(&mut self) {
        let times: Vec<u32> = self
            .cases
            .iter_mut()
            .map(|(_, run)| {
                run(100);
                let once = run(1000) / 1000;
                (SAMPLE.as_nanos() / once.as_nanos().max(1)).clamp(1, 1_000_000) as u32
            })
            .collect();
        let mut samples = vec![Vec::new(); self.cases.len()];
        for _ in 0..ROUNDS {
            for (((_, run), times), samples) in self.cases.iter_mut().zip(&times).zip(&mut samples) {
                samples.push(run(*times).as_nanos() as f64 / f64::from(*times));
            }
        }
        for ((name, _), samples) in self.cases.iter().zip(samples) {
            let least = samples.iter().copied().fold(f64::INFINITY, f64::min);
            println!("{name:42} {:10.1} ns   (min {least:.1})", median(samples.clone()));
            self.samples.insert(name, samples);
        }
    }

    /// Prints the median of the rounds' ratios of two cases beside its target.
    pub fn ratio(&self, what: &str, ours: &str, theirs: &str, target: f64) {
        let rounds = self.samples[ours].iter().zip(&self.samples[theirs]);
        self.print(what, median(rounds.map(|(ours, theirs)| ours / theirs).collect()), target, "x");
    }

    /// Prints a case by itself beside its target, both divided by `parts`.
    pub fn absolute(&self, what: &str, ours: &str, parts: f64, target: f64) {
        self.print(what, median(self.samples[ours].clone()) / parts, target, "ns");
    }

    fn print(&self, what: &str, got: f64, target: f64, unit: &str) {
        let verdict = if got <= target { "met" } else { "MISSED" };
        println!("{what:34} {got:7.2} {unit:2}  target {target:5.2} {unit:2}  {verdict}");
    }
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

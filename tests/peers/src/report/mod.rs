//! What the benches write: Markdown tables and charts in `tests/results`, with the machine that they were made on.

mod machine;
mod svg;

pub use self::machine::rustc;
pub use self::svg::{Bar, Chart, Panel};

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::Options;
use crate::rounds::Spread;

/// A page of results.
pub struct Page {
    name: &'static str,
    text: String,
    charts: Vec<(String, String)>,
}

impl Page {
    /// A page that is to be `tests/results/NAME.md`.
    pub fn new(name: &'static str, title: &str, about: &str) -> Self {
        let text = format!("# {title}\n\n{about}\n\n{}\n", machine::describe());
        Self { name, text, charts: Vec::new() }
    }

    /// Begins a section.
    pub fn section(&mut self, title: &str) {
        println!("\n{title}");
        let _ = write!(self.text, "\n## {title}\n\n");
    }

    /// Adds a sentence.
    pub fn say(&mut self, sentence: &str) {
        let _ = write!(self.text, "{sentence}\n\n");
    }

    /// Adds a table; the first column is aligned left, figures right.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let width = |column: usize| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.chain([head[column].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..head.len()).map(width).collect();
        let mut line = |cells: &[String]| {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column == 0 { format!(" {cell:<width$} ") } else { format!(" {cell:>width$} ") }
            });
            let line = format!("|{}|", padded.collect::<Vec<_>>().join("|"));
            println!("{line}");
            self.text += &line;
            self.text.push('\n');
        };
        line(&head.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
        let rule = widths.iter().enumerate().map(|(column, &width)| {
            if column == 0 { "-".repeat(width) } else { format!("{}:", "-".repeat(width.max(1) - 1)) }
        });
        line(&rule.collect::<Vec<_>>());
        rows.iter().for_each(|row| line(row));
        self.text.push('\n');
    }

    /// Adds a chart, `tests/results/NAME-SUFFIX.svg`.
    pub fn chart(&mut self, suffix: &str, chart: &Chart) {
        let file = format!("{}-{suffix}.svg", self.name);
        let _ = write!(self.text, "![{}]({file})\n\n", chart.title);
        self.charts.push((file, chart.to_svg()));
    }

    /// Writes the page and its charts, unless the bench only had to prove that it runs.
    pub fn write(self, options: &Options) {
        if options.short {
            println!("\n{}: runs; nothing written", self.name);
            return;
        }
        let folder = results();
        fs::create_dir_all(&folder).unwrap();
        for (file, svg) in self.charts {
            fs::write(folder.join(file), svg).unwrap();
        }
        fs::write(folder.join(format!("{}.md", self.name)), self.text.trim_end().to_owned() + "\n").unwrap();
        println!("\nwritten to tests/results/{}.md", self.name);
    }
}

/// The folder of the results.
pub fn results() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../results"))
}

/// A figure with three digits, or as many as it has before the point.
pub fn figure(value: f64) -> String {
    match value {
        _ if value == 0.0 => "0".to_owned(),
        _ if value < 0.0005 => "< 0.001".to_owned(),
        _ if value < 1.0 => format!("{value:.3}"),
        _ if value < 10.0 => format!("{value:.2}"),
        _ if value < 100.0 => format!("{value:.1}"),
        _ => grouped(value),
    }
}

/// A whole number with its thousands apart.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A spread as `median (min–max)`.
pub fn spread(spread: Spread) -> String {
    format!("{} ({}–{})", figure(spread.median), figure(spread.min), figure(spread.max))
}

//! Bar charts that are legible on light and on dark pages: they bring their own background for either.

use std::fmt::Write as _;

/// One bar.
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// What is written behind it.
    pub label: String,
    /// Whether it is wharf's.
    pub own: bool,
}

/// Bars that are compared with one another.
pub struct Panel {
    /// What they have in common.
    pub title: String,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// A chart of panels, one above the other, each with its own scale.
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What the length of a bar is.
    pub unit: String,
    /// The panels, from the top.
    pub panels: Vec<Panel>,
}

const WIDTH: usize = 760;
const NAMES: usize = 250;
const LABELS: usize = 130;
const ROW: usize = 20;

const STYLE: &str = "\
text{font:13px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;fill:#1f2328}\
.title{font-size:16px;font-weight:600}.panel{font-weight:600}.soft{fill:#57606a}\
.page{fill:#ffffff}.own{fill:#0969da}.peer{fill:#afb8c1}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9da7b3}\
.page{fill:#0d1117}.own{fill:#4493f8}.peer{fill:#565e69}}";

impl Chart {
    /// Draws it.
    pub fn to_svg(&self) -> String {
        let rows: usize = self.panels.iter().map(|panel| panel.bars.len() * ROW + 42).sum();
        let height = rows + 60;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<style>{STYLE}</style>\n\
             <rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\" rx=\"8\"/>\n\
             <text class=\"title\" x=\"16\" y=\"28\">{title}</text>\n\
             <text class=\"soft\" x=\"16\" y=\"48\">{unit}</text>\n",
            title = escaped(&self.title),
            unit = escaped(&self.unit),
        );
        let mut y = 60;
        for panel in &self.panels {
            let _ = writeln!(svg, "<text class=\"panel\" x=\"16\" y=\"{}\">{}</text>", y + 22, escaped(&panel.title));
            y += 32;
            let longest = panel.bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
            for bar in &panel.bars {
                let length = (bar.value / longest * (WIDTH - NAMES - LABELS) as f64).max(1.0);
                let class = if bar.own { "own" } else { "peer" };
                let _ = writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
                     <rect class=\"{class}\" x=\"{NAMES}\" y=\"{}\" width=\"{length:.1}\" height=\"14\" rx=\"2\"/>\
                     <text class=\"soft\" x=\"{:.1}\" y=\"{}\">{}</text>",
                    NAMES - 8,
                    y + 13,
                    escaped(&bar.name),
                    y + 2,
                    NAMES as f64 + length + 6.0,
                    y + 13,
                    escaped(&bar.label),
                );
                y += ROW;
            }
            y += 10;
        }
        svg + "</svg>\n"
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

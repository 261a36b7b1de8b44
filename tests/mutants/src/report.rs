//! What became of the mutants, as files and as a table.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Result;
use crate::mutant::{Mutant, Verdict};

/// A mutant and what became of it.
pub(crate) type Judged<'a> = (&'a Mutant, Verdict);

/// Writes a file for each kind of verdict, a mutant a line.
pub(crate) fn write(folder: &Path, judged: &[Judged<'_>]) -> Result<()> {
    let mut files =
        BTreeMap::from(["caught", "timeout", "missed", "unreached", "unviable"].map(|kind| (kind, Vec::new())));
    for (Mutant { name, .. }, verdict) in judged {
        let (kind, line) = match verdict {
            Verdict::Caught(program) => ("caught", format!("{name}\t{program}\n")),
            Verdict::Timeout(program) => ("timeout", format!("{name}\t{program}\n")),
            Verdict::Missed => ("missed", format!("{name}\n")),
            Verdict::Unreached => ("unreached", format!("{name}\n")),
            Verdict::Unviable => ("unviable", format!("{name}\n")),
        };
        files.entry(kind).or_default().push(line);
    }
    for (kind, mut lines) in files {
        lines.sort();
        fs::write(folder.join(kind).with_extension("txt"), lines.concat())?;
    }
    Ok(())
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: usize,
    viable: usize,
    noticed: usize,
}

impl Count {
    fn add(&mut self, verdict: &Verdict) {
        self.all += 1;
        self.viable += usize::from(*verdict != Verdict::Unviable);
        self.noticed += usize::from(matches!(verdict, Verdict::Caught(_) | Verdict::Timeout(_)));
    }

    fn share(&self) -> f64 {
        if self.viable == 0 { 100.0 } else { 100.0 * self.noticed as f64 / self.viable as f64 }
    }
}

/// A row a folder, and one a file of the outermost; then all of them.
pub(crate) fn table(judged: &[Judged<'_>]) -> String {
    let (mut groups, mut total) = (BTreeMap::<_, Count>::new(), Count::default());
    for (mutant, verdict) in judged {
        let path = mutant.file.strip_prefix("core/src/").unwrap_or(&mutant.file);
        let group = path.split_inclusive('/').next().unwrap_or(path);
        groups.entry(group).or_default().add(verdict);
        total.add(verdict);
    }
    let mut table = format!("{:<24}{:>8}{:>9}{:>8}\n", "core/src/", "viable", "noticed", "%");
    for (group, count) in groups {
        table += &format!("{group:<24}{:>8}{:>9}{:>8.1}\n", count.viable, count.noticed, count.share());
    }
    let Count { all, viable, noticed } = total;
    table
        + &format!(
            "{all} mutants, {} unviable, {viable} viable: {noticed} noticed, {:.1} %\n",
            all - viable,
            total.share()
        )
}

//! Puts mutants into a source, each behind a switch that is off: `a + b` becomes
//! `(if crate::switch::on(7) { a - b } else { a + b })`.
//!
//! An alternative is the text of the whole expression with the mutant's replacement in it, so that operators bind as
//! they do where cargo-mutants changes the file.

use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprBinary, Pat, Signature};

use crate::mutant::{Mutant, Place};

/// A source with switches.
#[derive(Debug)]
pub(crate) struct Switched {
    pub(crate) text: String,
    /// In the order of the text.
    pub(crate) insertions: Vec<Insertion>,
}

/// What was put in at one place.
#[derive(Debug)]
pub(crate) struct Insertion {
    pub(crate) range: Range<usize>,
    /// The ranges of its mutants, within its own; what lies between belongs to all of them.
    pub(crate) mutants: Vec<(Range<usize>, u32)>,
    /// Whether it makes an arm, which had no guard, one that does not count when all cases must be there.
    pub(crate) arm: bool,
}

/// Puts in those mutants that can be switched; the others are in no insertion.
pub(crate) fn switch(text: &str, mutants: &[&Mutant]) -> syn::Result<Switched> {
    let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |place: Place| {
        let line = lines.get(place.line - 1).copied().unwrap_or(text.len());
        line + text[line..].chars().take(place.column - 1).map(char::len_utf8).sum::<usize>()
    };
    let changes = mutants.iter().map(|mutant| Change { mutant, range: offset(mutant.start)..offset(mutant.end) });
    let mut switcher = Switcher { text, changes: changes.collect(), pieces: Vec::new() };
    switcher.visit_file(&syn::parse_file(text)?);
    Ok(put(text, switcher.pieces))
}

/// A mutant and the bytes that it replaces.
#[derive(Clone, Debug)]
struct Change<'a> {
    mutant: &'a Mutant,
    range: Range<usize>,
}

/// How the guard of an arm begins that had none.
const ARM: &str = " if !";

/// A text to put in, with the ranges in it that are one mutant's.
struct Piece {
    at: usize,
    /// What was begun last is closed first, before anything is opened at the same place.
    order: (bool, isize),
    text: String,
    mutants: Vec<(Range<usize>, u32)>,
}

fn put(source: &str, mut pieces: Vec<Piece>) -> Switched {
    pieces.sort_by_key(|piece| (piece.at, piece.order));
    let (mut text, mut insertions, mut from) = (String::new(), Vec::new(), 0);
    for piece in pieces {
        text += &source[from..piece.at];
        from = piece.at;
        let start = text.len();
        text += &piece.text;
        let mutants = piece.mutants.into_iter().map(|(range, id)| (start + range.start..start + range.end, id));
        let arm = piece.text.starts_with(ARM);
        insertions.push(Insertion { range: start..text.len(), mutants: mutants.collect(), arm });
    }
    text += &source[from..];
    Switched { text, insertions }
}

struct Switcher<'a> {
    text: &'a str,
    changes: Vec<Change<'a>>,
    /// Those of what lies outside come before those of what lies in it.
    pieces: Vec<Piece>,
}

impl<'a> Switcher<'a> {
    fn changes(&self, genre: &str, at: Span) -> Vec<Change<'a>> {
        let start = at.byte_range().start;
        let here = |change: &&Change<'_>| change.mutant.genre == genre && change.range.start == start;
        self.changes.iter().filter(here).cloned().collect()
    }

    fn open(&mut self, at: usize, text: String, mutants: Vec<(Range<usize>, u32)>) {
        let order = (true, self.pieces.len() as isize);
        self.pieces.push(Piece { at, order, text, mutants });
    }

    fn close(&mut self, at: usize, text: String, ids: impl Iterator<Item = u32>) {
        let order = (false, -(self.pieces.len() as isize));
        let mutants = ids.map(|id| (0..text.len(), id)).collect();
        self.pieces.push(Piece { at, order, text, mutants });
    }

    /// Encloses an expression in switches that choose its changed forms.
    fn enclose(&mut self, whole: Span, changes: &[Change<'_>]) {
        if changes.is_empty() {
            return;
        }
        let whole = whole.byte_range();
        let (mut text, mut mutants) = ("(".to_owned(), Vec::new());
        for Change { mutant: Mutant { id, replacement, .. }, range } in changes {
            let start = text.len();
            let (before, after) = (&self.text[whole.start..range.start], &self.text[range.end..whole.end]);
            text += &format!("if crate::switch::on({id}) {{ {before}{replacement}{after} }} else ");
            mutants.push((start..text.len(), *id));
        }
        text += "{ ";
        self.open(whole.start, text, mutants);
        self.close(whole.end, " })".to_owned(), changes.iter().map(|change| change.mutant.id));
    }

    /// Lets a function return early. One that says `impl Trait` has one type only, which the value may not be of.
    fn body(&mut self, signature: &Signature, block: &Block) {
        let Some(first) = block.stmts.first() else { return };
        let output = &self.text[signature.output.span().byte_range()];
        if output.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "impl") {
            return;
        }
        let (mut text, mut mutants) = (String::new(), Vec::new());
        for Change { mutant: Mutant { id, replacement, .. }, .. } in self.changes("FnValue", first.span()) {
            let start = text.len();
            text += &format!("if crate::switch::on({id}) {{ return {replacement}; }} ");
            mutants.push((start..text.len(), *id));
        }
        if !text.is_empty() {
            self.open(first.span().byte_range().start, text, mutants);
        }
    }

    /// The operands of a let chain: it has no other form, since a `let` may stand nowhere else.
    fn chain(&mut self, expr: &Expr) {
        match expr {
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
                self.chain(&binary.left);
                self.chain(&binary.right);
            }
            expr => self.visit_expr(expr),
        }
    }
}

fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// The operators that stand between operands without parentheses, and the operands.
fn flatten<'ast>(binary: &'ast ExprBinary, operators: &mut Vec<Span>, operands: &mut Vec<&'ast Expr>) {
    let mut side = |expr: &'ast Expr, operators: &mut Vec<Span>| match expr {
        Expr::Binary(binary) => flatten(binary, operators, operands),
        operand => operands.push(operand),
    };
    side(&binary.left, operators);
    operators.push(binary.op.span());
    side(&binary.right, operators);
}

impl<'ast> Visit<'ast> for Switcher<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if function.sig.constness.is_none() {
            self.body(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.sig.constness.is_none() {
            self.body(&function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    // What the compiler computes can't ask a switch.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_variant(&mut self, _: &'ast syn::Variant) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if has_let(&binary.left) || has_let(&binary.right) {
            self.chain(&binary.left);
            self.chain(&binary.right);
            return;
        }
        let (mut operators, mut operands) = (Vec::new(), Vec::new());
        flatten(binary, &mut operators, &mut operands);
        let changes: Vec<_> = operators.iter().flat_map(|at| self.changes("BinaryOperator", *at)).collect();
        self.enclose(binary.span(), &changes);
        operands.iter().for_each(|operand| self.visit_expr(operand));
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        self.enclose(unary.span(), &self.changes("UnaryOperator", unary.op.span()));
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_struct(&mut self, literal: &'ast syn::ExprStruct) {
        let changes: Vec<_> =
            literal.fields.iter().flat_map(|field| self.changes("StructField", field.span())).collect();
        self.enclose(literal.span(), &changes);
        visit::visit_expr_struct(self, literal);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let guard = if let Pat::Guard(pat) = &arm.pat { Some(&*pat.guard) } else { None };
        if guard.is_some_and(has_let) {
            return visit::visit_arm(self, arm);
        }
        for Change { mutant: Mutant { id, .. }, .. } in self.changes("MatchArm", arm.span()) {
            let Some(guard) = guard else {
                let text = format!("{ARM}crate::switch::on({id})");
                self.close(arm.pat.span().byte_range().end, text, [*id].into_iter());
                continue;
            };
            let text = format!("!crate::switch::on({id}) && (");
            let all = 0..text.len();
            self.open(guard.span().byte_range().start, text, vec![(all, *id)]);
            self.close(guard.span().byte_range().end, ")".to_owned(), [*id].into_iter());
        }
        if let Some(guard) = guard {
            self.enclose(guard.span(), &self.changes("MatchArmGuard", guard.span()));
        }
        visit::visit_arm(self, arm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Switches changes, each a genre, the marked part of the source and its replacement; their numbers begin at 1.
    ///
    /// In a part to find, what stands before `@` only says which one is meant.
    #[track_caller]
    fn check(source: &str, changes: &[(&str, &str, &str)], expected: &str) -> Switched {
        let place = |at: usize| {
            let line = source[..at].rfind('\n').map_or(0, |at| at + 1);
            Place { line: source[..at].matches('\n').count() + 1, column: source[line..at].chars().count() + 1 }
        };
        let mutants = (1..).zip(changes).map(|(id, (genre, part, replacement))| {
            let (before, part) = part.split_once('@').unwrap_or(("", part));
            let start = source.find(&[before, part].concat()).expect("it is in the source") + before.len();
            let (name, file) = (format!("{id}"), "lib.rs".to_owned());
            let (genre, replacement) = ((*genre).to_owned(), (*replacement).to_owned());
            Mutant { id, name, file, genre, start: place(start), end: place(start + part.len()), replacement }
        });
        let mutants: Vec<_> = mutants.collect();
        let switched = switch(source, &mutants.iter().collect::<Vec<_>>()).expect("Rust");
        assert_eq!(switched.text.replace("crate::switch::", ""), expected);
        syn::parse_file(&switched.text).expect("still Rust");
        switched
    }

    #[test]
    fn function_returns_early() {
        check(
            "fn f() -> u8 { g(); 7 }",
            &[("FnValue", "g(); 7", "0"), ("FnValue", "g(); 7", "1")],
            "fn f() -> u8 { if on(1) { return 0; } if on(2) { return 1; } g(); 7 }",
        );
        let method = "impl S { fn f(&self) -> bool { self.a } }";
        check(
            method,
            &[("FnValue", "self.a", "true")],
            "impl S { fn f(&self) -> bool { if on(1) { return true; } self.a } }",
        );
        let default = "trait T { fn f() -> u8 { 1 } fn g(); }";
        check(default, &[("FnValue", "1", "0")], "trait T { fn f() -> u8 { if on(1) { return 0; } 1 } fn g(); }");
    }

    #[test]
    fn operator_changes_in_the_text_of_the_whole() {
        check(
            "fn f() { x = a + b * c < d; }",
            &[("BinaryOperator", "a @+", "*"), ("BinaryOperator", "b @*", "+"), ("BinaryOperator", "<", "==")],
            "fn f() { x = (if on(1) { a * b * c < d } else if on(2) { a + b + c < d } \
             else if on(3) { a + b * c == d } else { a + b * c < d }); }",
        );
        check(
            "fn f() { a -= 1; }",
            &[("BinaryOperator", "-=", "+=")],
            "fn f() { (if on(1) { a += 1 } else { a -= 1 }); }",
        );
    }

    #[test]
    fn what_begins_or_ends_together_is_nested() {
        check(
            "fn f() -> bool { !a && b(c - 1) == -1 }",
            &[
                ("FnValue", "!a && b(c - 1) == -1", "true"),
                ("BinaryOperator", "&&", "||"),
                ("UnaryOperator", "!", ""),
                ("BinaryOperator", "c @-", "+"),
                ("UnaryOperator", "== @-", ""),
            ],
            "fn f() -> bool { if on(1) { return true; } (if on(2) { !a || b(c - 1) == -1 } else { \
             (if on(3) { a } else { !a }) && b((if on(4) { c + 1 } else { c - 1 })) == (if on(5) { 1 } else { -1 }) }) }",
        );
    }

    #[test]
    fn arm_is_taken_out_by_its_guard() {
        let switched = check(
            "fn f() { match x { A(_) | B => 1, C(n) if n > 0 => 2, _ => 3 } }",
            &[
                ("MatchArm", "A(_) | B => 1,", ""),
                ("MatchArm", "C(n) if n > 0 => 2,", ""),
                ("MatchArmGuard", "n > 0", "true"),
                ("MatchArmGuard", "n > 0", "false"),
                ("BinaryOperator", "n @>", ">="),
            ],
            "fn f() { match x { A(_) | B if !on(1) => 1, C(n) if !on(2) && ((if on(3) { true } \
             else if on(4) { false } else { (if on(5) { n >= 0 } else { n > 0 }) })) => 2, _ => 3 } }",
        );
        let arms: Vec<_> = switched.insertions.iter().filter(|insertion| insertion.arm).collect();
        assert!(matches!(arms[..], [Insertion { mutants, .. }] if mutants[0].1 == 1), "{arms:?}");
    }

    #[test]
    fn field_is_left_to_the_base() {
        check(
            "fn f() { g(S { a, b: c, ..d }) }",
            &[("StructField", "a,", ""), ("StructField", "b: c,", "")],
            "fn f() { g((if on(1) { S {  b: c, ..d } } else if on(2) { S { a,  ..d } } else { S { a, b: c, ..d } })) }",
        );
    }

    #[test]
    fn columns_are_counted_in_characters() {
        check(
            "fn f() {\n    g(\"größer → 𝄞\", a + b) }",
            &[("BinaryOperator", "+", "-")],
            "fn f() {\n    g(\"größer → 𝄞\", (if on(1) { a - b } else { a + b })) }",
        );
    }

    #[test]
    fn each_alternative_has_a_range() {
        let switched = check(
            "fn f() { a + b }",
            &[("BinaryOperator", "+", "-"), ("BinaryOperator", "+", "*")],
            "fn f() { (if on(1) { a - b } else if on(2) { a * b } else { a + b }) }",
        );
        let [before, after] = &switched.insertions[..] else { panic!("{switched:?}") };
        let texts = before.mutants.iter().map(|(range, id)| (&switched.text[range.clone()], *id));
        let texts: Vec<_> = texts.collect();
        let (minus, times) = ("if crate::switch::on(1) { a - b } else ", "if crate::switch::on(2) { a * b } else ");
        assert_eq!(texts, [(minus, 1), (times, 2)]);
        assert_eq!(after.mutants, [(after.range.clone(), 1), (after.range.clone(), 2)]);
    }

    #[test]
    fn what_can_not_ask_is_left_alone() {
        let sources = [
            ("fn f() { if a && b && let Some(c) = d { } }", "BinaryOperator", "a @&&"),
            ("fn f() { if a && let Some(c) = d && e { } }", "BinaryOperator", "d @&&"),
            ("fn f() { match x { A if let B = c && d => 1, _ => 2 } }", "MatchArmGuard", "let B = c && d"),
            ("fn f() -> Option<impl Copy> { None::<u8> }", "FnValue", "None::<u8>"),
            ("const fn f() -> u8 { 1 + 2 }", "FnValue", "1 + 2"),
            ("const A: u8 = 1 + 2;", "BinaryOperator", "+"),
            ("fn f(a: [u8; 1 + 2]) { g([0; 3]) }", "BinaryOperator", "+"),
            ("fn f() { [0; 1 + 2] }", "BinaryOperator", "+"),
            ("enum E { A = 1 + 2 }", "BinaryOperator", "+"),
            ("fn f() {}", "FnValue", "{}"),
        ];
        for (source, genre, part) in sources {
            let switched = check(source, &[(genre, part, "||")], source);
            assert!(switched.insertions.is_empty());
        }
        check(
            "fn f() { if let Some(c) = d && c < e { } }",
            &[("BinaryOperator", "&&", "||"), ("BinaryOperator", "<", ">")],
            "fn f() { if let Some(c) = d && (if on(2) { c > e } else { c < e }) { } }",
        );
    }
}

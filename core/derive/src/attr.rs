//! Reads `#[flat(...)]`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{Attribute, DeriveInput, Expr, Ident, LitInt, LitStr, Path, meta::ParseNestedMeta, spanned::Spanned as _};

/// A value and where it was written.
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// What may stand on an item; `None` where it does not.
#[derive(Default)]
pub(crate) struct Attrs {
    pub(crate) id: Option<At<usize>>,
    pub(crate) tag: Option<At<usize>>,
    pub(crate) default: Option<At<Expr>>,
    pub(crate) required: Option<Span>,
    pub(crate) deprecated: Option<Span>,
    pub(crate) key: Option<Span>,
    pub(crate) union: Option<Span>,
    pub(crate) greedy: Option<Span>,
    pub(crate) sorted: Option<Span>,
    pub(crate) shared: Option<Span>,
    pub(crate) unknown: Option<Span>,
    pub(crate) force_align: Option<At<usize>>,
    pub(crate) file_identifier: Option<At<String>>,
    pub(crate) bits: Vec<(Ident, Option<At<usize>>)>,
    pub(crate) krate: Option<Path>,
}

/// Where an attribute stands, and so which keys it may have.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Table,
    Struct,
    Enum,
    Flags,
    Union,
    TableField,
    StructField,
    EnumVariant,
    UnionVariant,
}

impl Level {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Table => &["file_identifier", "crate"],
            Self::Struct => &["force_align", "crate"],
            Self::Enum | Self::Union => &["crate"],
            Self::Flags => &["bits", "crate"],
            Self::TableField => &[
                "id",
                "default",
                "required",
                "deprecated",
                "key",
                "union",
                "greedy",
                "sorted",
                "shared",
                "force_align",
            ],
            Self::StructField => &["key"],
            Self::EnumVariant => &["unknown"],
            Self::UnionVariant => &["tag", "unknown"],
        }
    }
}

impl Attrs {
    pub(crate) fn read(attributes: &[Attribute], level: Level) -> syn::Result<Self> {
        let mut attrs = Self::default();
        let mut seen = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("flat")) {
            attribute.parse_nested_meta(|meta| attrs.key(&meta, level, &mut seen))?;
        }
        Ok(attrs)
    }

    fn key(&mut self, meta: &ParseNestedMeta<'_>, level: Level, seen: &mut Vec<String>) -> syn::Result<()> {
        let key = meta.path.to_token_stream().to_string();
        if !level.keys().contains(&key.as_str()) {
            return Err(meta.error(format!("`{key}` can't stand here; what can is {}", level.keys().join(", "))));
        }
        if seen.contains(&key) {
            return Err(meta.error(format!("`{key}` is said twice")));
        }
        let span = meta.path.span();
        match key.as_str() {
            "id" => self.id = Some(integer(meta)?),
            "tag" => self.tag = Some(integer(meta)?),
            "force_align" => self.force_align = Some(integer(meta)?),
            "default" => {
                let value = meta.value()?.parse()?;
                self.default = Some(At { value, span });
            }
            "file_identifier" => {
                let text: LitStr = meta.value()?.parse()?;
                self.file_identifier = Some(At { value: text.value(), span: text.span() });
            }
            "crate" => self.krate = Some(meta.value()?.call(Path::parse_mod_style)?),
            "bits" => meta.parse_nested_meta(|bit| {
                let name = bit.path.require_ident()?.clone();
                let position = if bit.input.peek(syn::Token![=]) { Some(integer(&bit)?) } else { None };
                self.bits.push((name, position));
                Ok(())
            })?,
            word => {
                let flag = match word {
                    "required" => &mut self.required,
                    "deprecated" => &mut self.deprecated,
                    "key" => &mut self.key,
                    "union" => &mut self.union,
                    "greedy" => &mut self.greedy,
                    "sorted" => &mut self.sorted,
                    "shared" => &mut self.shared,
                    _ => &mut self.unknown,
                };
                *flag = Some(span);
            }
        }
        seen.push(key);
        Ok(())
    }
}

fn integer(meta: &ParseNestedMeta<'_>) -> syn::Result<At<usize>> {
    let number: LitInt = meta.value()?.parse()?;
    Ok(At { value: number.base10_parse()?, span: number.span() })
}

/// The path of the crate `wharf`, as the input names it.
pub(crate) fn crate_path(krate: Option<&Path>) -> TokenStream {
    krate.map_or_else(|| quote!(::wharf), |path| quote!(#path))
}

/// The same where the attributes may be at fault.
pub(crate) fn crate_path_or_default(input: &DeriveInput) -> TokenStream {
    let mut krate = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("flat")) {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("crate") {
                krate = Some(meta.value()?.call(Path::parse_mod_style)?);
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        });
        // Whatever is wrong has been told already.
        drop(read);
    }
    crate_path(krate.as_ref())
}

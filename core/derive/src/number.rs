//! `#[derive(Enum)]`.

use crate::{
    ast::{Input, variants},
    attr::{Attrs, Level},
};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Error, Expr, Fields, Ident, Lit, UnOp, Variant, spanned::Spanned as _};

/// The integers that an enum can be.
const INTEGERS: [&str; 8] = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let variants = variants(input, "a FlatBuffers enum")?;
    let Input { name, krate, .. } = Input::read(input, Level::Enum)?;
    let integer = representation(input)?;
    let mut known: Vec<(&Ident, i128)> = Vec::new();
    let mut unknown = None;
    let mut next = 0;
    for variant in variants {
        let attrs = Attrs::read(&variant.attrs, Level::EnumVariant)?;
        if attrs.unknown.is_some() {
            unknown_variant(variant, unknown.replace(&variant.ident), &integer.to_string())?;
            continue;
        }
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new(
                variant.span(),
                format!("`{}` holds a value: only the variant that says #[flat(unknown)] does", variant.ident),
            ));
        }
        let value = match &variant.discriminant {
            Some((_, value)) => literal(value)?,
            None => next,
        };
        if let Some((other, _)) = known.iter().find(|(_, other)| *other == value) {
            return Err(Error::new(variant.span(), format!("`{}` has the value of `{other}`", variant.ident)));
        }
        next = value + 1;
        known.push((&variant.ident, value));
    }
    let Some(unknown) = unknown else {
        return Err(Error::new(
            name.span(),
            format!(
                "an enum is open: add a variant `#[flat(unknown)] Unknown({integer})` for numbers that the schema does not know"
            ),
        ));
    };

    let flat = quote!(#krate::flat);
    let variant: Vec<&Ident> = known.iter().map(|(variant, _)| *variant).collect();
    let value: Vec<TokenStream> = known
        .iter()
        .map(|(variant, value)| {
            let literal: TokenStream = value.to_string().parse().unwrap_or_default();
            let span = variant.span();
            literal
                .into_iter()
                .map(|mut token| {
                    token.set_span(span);
                    token
                })
                .collect()
        })
        .collect();
    let zero = match known.iter().find(|(_, value)| *value == 0) {
        Some((zero, _)) => quote!(Self::#zero),
        None => quote!(Self::#unknown(0)),
    };
    let inline = inline(name, &integer, &krate);
    Ok(quote! {
        #[automatically_derived]
        impl ::core::convert::From<#integer> for #name {
            #[inline]
            fn from(value: #integer) -> Self {
                match value {
                    #(#value => Self::#variant,)*
                    other => Self::#unknown(other),
                }
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#name> for #integer {
            #[inline]
            fn from(value: #name) -> Self {
                match value {
                    #(#name::#variant => #value,)*
                    #name::#unknown(other) => other,
                }
            }
        }

        #inline

        #[automatically_derived]
        impl #flat::Scalar for #name {
            const ZERO: Self = #zero;

            #[inline]
            fn same(self, other: Self) -> bool {
                <#integer as ::core::convert::From<Self>>::from(self)
                    == <#integer as ::core::convert::From<Self>>::from(other)
            }
        }
    })
}

/// A value that is converted from and to an integer, as it lies in its place.
pub(crate) fn inline(name: &Ident, integer: &Ident, krate: &TokenStream) -> TokenStream {
    let flat = quote!(#krate::flat);
    quote! {
        #[automatically_derived]
        impl #flat::Inline for #name {
            const SIZE: usize = <#integer as #flat::Inline>::SIZE;
            const ALIGN: usize = <#integer as #flat::Inline>::ALIGN;

            #[inline(always)]
            fn decode(bytes: &[u8]) -> Self {
                <Self as ::core::convert::From<#integer>>::from(<#integer as #flat::Inline>::decode(bytes))
            }
            #[inline(always)]
            fn encode(self, bytes: &mut [u8]) {
                #flat::Inline::encode(<#integer as ::core::convert::From<Self>>::from(self), bytes);
            }
        }

        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #flat::InPlaceKind;
        }

        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #flat::InPlaceKind;
        }
    }
}

fn representation(input: &DeriveInput) -> syn::Result<Ident> {
    let mut found = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        attribute.parse_nested_meta(|meta| {
            found = Some(meta.path.require_ident()?.clone());
            Ok(())
        })?;
    }
    match found {
        Some(integer) if INTEGERS.iter().any(|known| integer == known) => Ok(integer),
        Some(other) => Err(Error::new(
            other.span(),
            format!("an enum can't be `{other}` on the wire; what it can be is {}", INTEGERS.join(", ")),
        )),
        None => Err(Error::new(input.ident.span(), "say which integer the enum is on the wire, as in #[repr(u8)]")),
    }
}

/// Checks the variant for what the schema does not know.
pub(crate) fn unknown_variant(variant: &Variant, before: Option<&Ident>, holds: &str) -> syn::Result<()> {
    if let Some(before) = before {
        return Err(Error::new(variant.span(), format!("`{before}` is the unknown variant already")));
    }
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(()),
        Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => {
            Err(Error::new(variant.span(), format!("the unknown variant holds the number, as in `Unknown({holds})`")))
        }
    }
}

fn literal(value: &Expr) -> syn::Result<i128> {
    let refuse = |span: Span| Err(Error::new(span, "an enum's value is written as an integer literal"));
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse(),
            other => refuse(other.span()),
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => literal(&unary.expr).map(|value| -value),
        other => refuse(other.span()),
    }
}

/// Stands in for an enum that was refused.
pub(crate) fn stub(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    let name = &input.ident;
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let inline = stub_inline(name, krate);
    quote! {
        #inline
        #[automatically_derived]
        #[allow(clippy::empty_loop, reason = "stands in for a refused type")]
        impl #krate::flat::Scalar for #name {
            const ZERO: Self = ::core::panic!("refused");
            fn same(self, _: Self) -> bool {
                loop {}
            }
        }
    }
}

pub(crate) fn stub_inline(name: &Ident, krate: &TokenStream) -> TokenStream {
    let flat = quote!(#krate::flat);
    quote! {
        #[automatically_derived]
        #[allow(clippy::empty_loop, reason = "stands in for a refused type")]
        impl #flat::Inline for #name {
            const SIZE: usize = 1;
            const ALIGN: usize = 1;
            fn decode(_: &[u8]) -> Self {
                loop {}
            }
            fn encode(self, _: &mut [u8]) {}
        }
        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #flat::InPlaceKind;
        }
        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #flat::InPlaceKind;
        }
    }
}

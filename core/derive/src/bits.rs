//! `#[derive(Flags)]`.

use crate::{ast::Input, attr::Level, number};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Type};

const INTEGERS: [(&str, usize); 4] = [("u8", 8), ("u16", 16), ("u32", 32), ("u64", 64)];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let Input { name, attrs, krate, .. } = Input::read(input, Level::Flags)?;
    let refuse = || Err(Error::new(name.span(), "bit flags are a struct around one of u8, u16, u32, u64"));
    let Data::Struct(data) = &input.data else {
        return refuse();
    };
    let Fields::Unnamed(fields) = &data.fields else {
        return refuse();
    };
    let (Some(Type::Path(path)), 1) = (fields.unnamed.first().map(|field| &field.ty), fields.unnamed.len()) else {
        return refuse();
    };
    let Some(integer) = path.path.get_ident() else {
        return refuse();
    };
    let Some((_, width)) = INTEGERS.iter().find(|(known, _)| integer == known) else {
        return refuse();
    };

    let mut next = 0;
    let mut taken = Vec::new();
    let mut constants = Vec::new();
    for (bit, position) in &attrs.bits {
        let position = position.as_ref().map_or(next, |position| position.value);
        if position >= *width {
            return Err(Error::new(bit.span(), format!("`{bit}` is bit {position}, which a {integer} has not")));
        }
        if taken.contains(&position) {
            return Err(Error::new(bit.span(), format!("`{bit}` is bit {position}, which is taken")));
        }
        taken.push(position);
        next = position + 1;
        let doc = format!("Bit {position}.");
        constants.push(quote! {
            #[doc = #doc]
            pub const #bit: Self = Self(1 << #position);
        });
    }
    let flat = quote!(#krate::flat);
    let inline = number::inline(name, integer, &krate);
    Ok(quote! {
        #[automatically_derived]
        #[allow(dead_code, reason = "a schema has bits that nobody names")]
        impl #name {
            #(#constants)*

            /// All bits, unknown ones as well.
            #[inline]
            pub const fn bits(self) -> #integer {
                self.0
            }

            /// Whether all bits of `other` are set.
            #[inline]
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }
        }

        #[automatically_derived]
        impl ::core::ops::BitOr for #name {
            type Output = Self;
            #[inline]
            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        #[automatically_derived]
        impl ::core::ops::BitAnd for #name {
            type Output = Self;
            #[inline]
            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#integer> for #name {
            #[inline]
            fn from(bits: #integer) -> Self {
                Self(bits)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#name> for #integer {
            #[inline]
            fn from(flags: #name) -> Self {
                flags.0
            }
        }

        #inline

        #[automatically_derived]
        impl #flat::Scalar for #name {
            const ZERO: Self = Self(0);

            #[inline]
            fn same(self, other: Self) -> bool {
                self.0 == other.0
            }
        }
    })
}

/// Stands in for flags that were refused.
pub(crate) fn stub(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    number::stub(input, krate)
}

//! `#[derive(Struct)]`.

use crate::{
    ast::{Input, NamedField, named_fields},
    attr::Level,
    table, valid,
};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Error, Ident, spanned::Spanned as _};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let fields = named_fields(input, Level::StructField, "a struct")?;
    let Input { name, attrs, krate, .. } = Input::read(input, Level::Struct)?;
    valid::one_key(&fields, "a struct")?;
    if fields.is_empty() {
        return Err(Error::new(name.span(), "a struct has at least one field"));
    }
    let force = match &attrs.force_align {
        Some(align) => {
            valid::power_of_two(align.value, align.span)?;
            align.value
        }
        None => 1,
    };
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let text = name.to_string();
    let field: Vec<_> = fields.iter().map(|field| field.name).collect();
    let index: Vec<usize> = (0..fields.len()).collect();
    let count = fields.len();
    let last = count - 1;
    let inline: Vec<TokenStream> = fields
        .iter()
        .map(|field| {
            let ty = field.ty;
            quote_spanned!(ty.span()=> <#ty as #flat::Inline>)
        })
        .collect();
    let last_inline = &inline[last];
    let key = fields.iter().position(|field| field.attrs.key.is_some());
    let (order, keyed) = key.map(|index| key_of(name, &flat, &private, &fields[index], index)).unzip();
    let layout_check = attrs.force_align.as_ref().map(|align| {
        quote_spanned! {align.span=>
            const _: () = ::core::assert!(
                #force >= NATURAL,
                "force_align is below the alignment that the struct's fields need",
            );
        }
    });
    Ok(quote! {
        const _: () = {
            const NATURAL: usize = {
                let mut align = 1;
                #(if #inline::ALIGN > align { align = #inline::ALIGN; })*
                align
            };
            #layout_check
            const OFFSETS: [usize; #count] = {
                let mut offsets = [0; #count];
                let mut end = 0;
                #(
                    offsets[#index] = #private::align_up(end, #inline::ALIGN);
                    end = offsets[#index] + #inline::SIZE;
                )*
                let _ = end;
                offsets
            };

            const ALIGN: usize = if #force > NATURAL { #force } else { NATURAL };
            const LEAST: usize = OFFSETS[#last] + #last_inline::LEAST;
            const SIZE: usize = #private::align_up(OFFSETS[#last] + #last_inline::SIZE, ALIGN);

            #[automatically_derived]
            impl #flat::Inline for #name {
                const ALIGN: usize = ALIGN;
                const LEAST: usize = LEAST;
                const SIZE: usize = SIZE;

                #[inline(always)]
                fn decode(bytes: &[u8]) -> Self {
                    Self { #(#field: #private::part(bytes, OFFSETS[#index]),)* }
                }

                #[inline(always)]
                fn encode(self, bytes: &mut [u8]) {
                    let mut whole = [0; SIZE];
                    #(#private::put_part(&mut whole, OFFSETS[#index], self.#field);)*
                    match bytes.first_chunk_mut::<SIZE>() {
                        ::core::option::Option::Some(bytes) => *bytes = whole,
                        ::core::option::Option::None => {
                            // In place, where the last padding may be another's.
                            if let (
                                ::core::option::Option::Some(bytes),
                                ::core::option::Option::Some(least),
                            ) = (bytes.first_chunk_mut::<LEAST>(), whole.first_chunk::<LEAST>())
                            {
                                *bytes = *least;
                            }
                        }
                    }
                }

                #order
            }

            #keyed
        };

        #[automatically_derived]
        impl #flat::Struct for #name {
            const NAME: &'static str = #text;
        }

        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #flat::InPlaceKind;
        }

        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #flat::InPlaceKind;
        }

        #[automatically_derived]
        impl #private::Requirable for #name {}
    })
}

/// The order of two structs, and where the key lies in one: field `index`.
fn key_of(
    name: &Ident,
    flat: &TokenStream,
    private: &TokenStream,
    field: &NamedField<'_>,
    index: usize,
) -> (TokenStream, TokenStream) {
    let (key, ty) = (field.name, field.ty);
    let order = quote! {
        #[inline]
        fn order_by_key(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
            ::core::option::Option::Some(#flat::Key::order(&self.#key, &other.#key))
        }
    };
    let found = quote!(#private::order_struct::<#ty>(buf, at, OFFSETS[#index], probe));
    (order, table::keyed_by(name, flat, field, &found))
}

/// Stands in for a struct that was refused.
pub(crate) fn stub(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    let name = &input.ident;
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let text = name.to_string();
    let inline = crate::number::stub_inline(name, krate);
    quote! {
        #inline
        #[automatically_derived]
        impl #krate::flat::Struct for #name {
            const NAME: &'static str = #text;
        }
        #[automatically_derived]
        impl #krate::flat::__private::Requirable for #name {}
    }
}

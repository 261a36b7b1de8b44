//! `#[derive(Union)]`.

use crate::{
    ast::{Input, variants},
    attr::{Attrs, Level},
    number::unknown_variant,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, Error, Fields, Ident, Type, spanned::Spanned as _};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let variants = variants(input, "a FlatBuffers union")?;
    let Input { name, vis, krate, .. } = Input::read(input, Level::Union)?;
    let mut members: Vec<(&Ident, &Type, u8)> = Vec::new();
    let mut unknown = None;
    let mut next: usize = 1;
    for variant in variants {
        let attrs = Attrs::read(&variant.attrs, Level::UnionVariant)?;
        if let Some(span) = attrs.unknown {
            if attrs.tag.is_some() {
                return Err(Error::new(span, "the unknown variant has no tag of its own"));
            }
            unknown_variant(variant, unknown.replace(&variant.ident), "u8")?;
            continue;
        }
        let ty = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0].ty,
            Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => {
                return Err(Error::new(
                    variant.span(),
                    format!("`{}` holds one table, struct or `String`", variant.ident),
                ));
            }
        };
        let (tag, span) = attrs.tag.map_or_else(|| (next, variant.ident.span()), |tag| (tag.value, tag.span));
        let value = match u8::try_from(tag) {
            Ok(0) => {
                return Err(Error::new(span, "tag 0 says that there is no member: start at 1"));
            }
            Ok(value) => value,
            Err(_) => return Err(Error::new(span, "a tag is at most 255")),
        };
        if let Some((other, ..)) = members.iter().find(|(_, _, taken)| *taken == value) {
            return Err(Error::new(span, format!("tag {value} of `{}` is taken by `{other}`", variant.ident)));
        }
        next = tag + 1;
        members.push((&variant.ident, ty, value));
    }
    let Some(unknown) = unknown else {
        return Err(Error::new(
            name.span(),
            "a union is open: add a variant `#[flat(unknown)] Unknown(u8)` for types that the schema does not know",
        ));
    };

    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let (view, borrowed, edit) = (format_ident!("{name}View"), format_ident!("{name}Ref"), format_ident!("{name}Mut"));
    let text = name.to_string();
    let variant: Vec<&Ident> = members.iter().map(|(variant, ..)| *variant).collect();
    let variant_text: Vec<String> = variant.iter().map(ToString::to_string).collect();
    let ty: Vec<&Type> = members.iter().map(|(_, ty, _)| *ty).collect();
    let tag: Vec<u8> = members.iter().map(|(.., tag)| *tag).collect();
    let kind: Vec<TokenStream> =
        ty.iter().map(|ty| quote_spanned!(ty.span()=> <#private::KindOf<#ty> as #private::Member<#ty>>)).collect();
    let base: Vec<TokenStream> =
        ty.iter().map(|ty| quote_spanned!(ty.span()=> <#private::KindOf<#ty> as #private::Kind<#ty>>)).collect();
    let unknown_text = unknown.to_string();
    let view_doc = format!("What reads a [`{name}`] in mode `M`.");
    let borrowed_doc = format!("A [`{name}`] read at once, its strings lent by the packet.");
    let edit_doc = format!("A [`{name}`] in its packet, to be changed in place.");
    let member_docs: Vec<String> = variant.iter().map(|variant| format!("A member `{variant}`.")).collect();
    let unknown_doc = "A type that the schema does not know.";
    Ok(quote! {
        #[doc = #view_doc]
        #[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
        #vis enum #view<'b, M: #flat::Mode> {
            #(#[doc = #member_docs] #variant(#private::ViewOf<'b, #ty, M>),)*
            #[doc = #unknown_doc]
            #unknown(u8),
            #[doc(hidden)]
            __Mode(::core::convert::Infallible, ::core::marker::PhantomData<fn() -> (&'b (), M)>),
        }

        #[automatically_derived]
        impl<M: #flat::Mode> ::core::fmt::Debug for #view<'_, M> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    #(Self::#variant(_) => #variant_text,)*
                    Self::#unknown(_) => #unknown_text,
                    Self::__Mode(never, _) => match *never {},
                })
            }
        }

        #[doc = #borrowed_doc]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
        #vis enum #borrowed<'b> {
            #(#[doc = #member_docs] #variant(#private::BorrowedOf<'b, #ty>),)*
            #[doc = #unknown_doc]
            #unknown(u8),
            #[doc(hidden)]
            __Packet(::core::convert::Infallible, ::core::marker::PhantomData<&'b ()>),
        }

        #[doc = #edit_doc]
        #[derive(Debug)]
        #[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
        #vis enum #edit<'b> {
            #(#[doc = #member_docs] #variant(#private::EditOf<'b, #ty>),)*
            #[doc = #unknown_doc]
            #unknown(u8),
            #[doc(hidden)]
            __Packet(::core::convert::Infallible, ::core::marker::PhantomData<&'b ()>),
        }

        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #private::UnionKind;
        }

        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #private::UnionKind;
        }

        #[automatically_derived]
        impl #private::Requirable for #name {}

        #[automatically_derived]
        impl #flat::Union for #name {
            const NAME: &'static str = #text;

            type View<'b, M: #flat::Mode> = #view<'b, M>;
            type Borrowed<'b> = #borrowed<'b>;
            type Edit<'b> = #edit<'b>;

            #[inline]
            fn view<'b, M: #flat::Mode>(
                place: #private::UnionRef<'b>,
                buffered: <M as #flat::Mode>::Buffered,
            ) -> ::core::result::Result<#view<'b, M>, #flat::Error> {
                ::core::result::Result::Ok(match place.tag {
                    #(#tag => #view::#variant(#base::view::<M>(#kind::place_at(place.buf, place.pos)?, buffered)?),)*
                    tag => #view::#unknown(tag),
                })
            }

            fn fallback<'b, M: #flat::Mode>(_: <M as #flat::Mode>::Buffered) -> #view<'b, M> {
                #view::#unknown(0)
            }

            #[inline]
            fn lend<M: #flat::Mode>(&self, owned: <M as #flat::Mode>::Owned) -> #view<'_, M> {
                match self {
                    #(Self::#variant(value) => #view::#variant(#base::own::<M>(value, owned)),)*
                    Self::#unknown(tag) => #view::#unknown(*tag),
                }
            }

            fn parse(
                place: #private::UnionRef<'_>,
                budget: &mut #flat::Budget,
            ) -> ::core::result::Result<Self, #flat::Error> {
                ::core::result::Result::Ok(match place.tag {
                    #(#tag => Self::#variant(#base::parse(#kind::place_at(place.buf, place.pos)?, budget)?),)*
                    tag => Self::#unknown(tag),
                })
            }

            fn borrow<'b>(
                place: #private::UnionRef<'b>,
                budget: &mut #flat::Budget,
            ) -> ::core::result::Result<#borrowed<'b>, #flat::Error> {
                ::core::result::Result::Ok(match place.tag {
                    #(#tag => #borrowed::#variant(#base::borrow(#kind::place_at(place.buf, place.pos)?, budget)?),)*
                    tag => #borrowed::#unknown(tag),
                })
            }

            fn check(
                verifier: &mut #flat::Verifier<'_>,
                tag: u8,
                pos: usize,
            ) -> ::core::result::Result<bool, #flat::Error> {
                match tag {
                    #(#tag => #kind::check_at(verifier, pos)?,)*
                    _ => return ::core::result::Result::Ok(false),
                }
                ::core::result::Result::Ok(true)
            }

            fn max_size(&self) -> usize {
                match self {
                    #(Self::#variant(value) => #kind::size_at(value),)*
                    Self::#unknown(_) => 0,
                }
            }

            fn put<'a>(
                &'a self,
                out: &mut #private::Out<'_, 'a>,
                at: usize,
            ) -> ::core::result::Result<(), #private::Stop> {
                match self {
                    #(Self::#variant(value) => #kind::put_linked(value, out, at),)*
                    Self::#unknown(tag) => ::core::result::Result::Err(#private::Stop::UnknownTag(*tag)),
                }
            }

            fn edit(
                buf: &mut [u8],
                tag: u8,
                pos: usize,
            ) -> ::core::result::Result<#edit<'_>, #flat::Error> {
                ::core::result::Result::Ok(match tag {
                    #(#tag => #edit::#variant(#kind::edit_at(buf, pos)?),)*
                    tag => #edit::#unknown(tag),
                })
            }

            #[inline]
            fn tag(&self) -> u8 {
                match self {
                    #(Self::#variant(_) => #tag,)*
                    Self::#unknown(tag) => *tag,
                }
            }
        }
    })
}

/// Stands in for a union that was refused.
pub(crate) fn stub(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    let name = &input.ident;
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let text = name.to_string();
    quote! {
        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #private::UnionKind;
        }
        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #private::UnionKind;
        }
        #[automatically_derived]
        impl #private::Requirable for #name {}
        #[automatically_derived]
        #[allow(clippy::empty_loop, reason = "stands in for a refused union")]
        impl #flat::Union for #name {
            const NAME: &'static str = #text;
            type View<'b, M: #flat::Mode> = ();
            type Borrowed<'b> = ();
            type Edit<'b> = ();
            fn view<'b, M: #flat::Mode>(
                _: #private::UnionRef<'b>,
                _: <M as #flat::Mode>::Buffered,
            ) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn fallback<'b, M: #flat::Mode>(_: <M as #flat::Mode>::Buffered) {}
            fn lend<M: #flat::Mode>(&self, _: <M as #flat::Mode>::Owned) {}
            fn parse(
                _: #private::UnionRef<'_>,
                _: &mut #flat::Budget,
            ) -> ::core::result::Result<Self, #flat::Error> {
                loop {}
            }
            fn borrow<'b>(
                _: #private::UnionRef<'b>,
                _: &mut #flat::Budget,
            ) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn check(_: &mut #flat::Verifier<'_>, _: u8, _: usize) -> ::core::result::Result<bool, #flat::Error> {
                loop {}
            }
            fn max_size(&self) -> usize {
                0
            }
            fn put<'a>(
                &'a self,
                _: &mut #private::Out<'_, 'a>,
                _: usize,
            ) -> ::core::result::Result<(), #private::Stop> {
                loop {}
            }
            fn edit(_: &mut [u8], _: u8, _: usize) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn tag(&self) -> u8 {
                0
            }
        }
    }
}

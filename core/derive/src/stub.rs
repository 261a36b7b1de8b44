//! What stands in for a refused table, so that its mistake is the only error.

use crate::table::Names;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// Stands in for a table that was refused.
pub(crate) fn table(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    let (name, vis) = (&input.ident, &input.vis);
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let Names { view, .. } = Names::new(name);
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let text = name.to_string();
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, reason = "stands in for a refused table")]
        #vis struct #view<'b, M>(::core::marker::PhantomData<(&'b (), M)>);
        #[automatically_derived]
        impl #flat::Item for #name {
            type Kind = #private::TableKind;
        }
        #[automatically_derived]
        impl #flat::Element for #name {
            type Kind = #private::OffsetKind;
        }
        #[automatically_derived]
        impl #private::Requirable for #name {}
        #[automatically_derived]
        #[allow(clippy::empty_loop, reason = "stands in for a refused table")]
        impl #flat::Table for #name {
            const NAME: &'static str = #text;
            const IDENTIFIER: ::core::option::Option<[u8; 4]> = ::core::option::Option::None;
            const LAYOUT: &'static #private::Layout = {
                static LAYOUT: #private::Layout = #private::Layout::new(&[]);
                &LAYOUT
            };
            type View<'b, M: #flat::Mode> = #view<'b, M>;
            type Borrowed<'b> = ();
            type Edit<'b> = ();
            fn view<'b, M: #flat::Mode>(
                _: #private::TableRef<'b>,
                _: <M as #flat::Mode>::Buffered,
            ) -> ::core::result::Result<Self::View<'b, M>, #flat::Error> {
                loop {}
            }
            fn fallback<'b, M: #flat::Mode>(_: <M as #flat::Mode>::Buffered) -> Self::View<'b, M> {
                loop {}
            }
            fn lend<M: #flat::Mode>(&self, _: <M as #flat::Mode>::Owned) -> Self::View<'_, M> {
                loop {}
            }
            fn parse(
                _: #private::TableRef<'_>,
                _: &mut #flat::Budget,
            ) -> ::core::result::Result<Self, #flat::Error> {
                loop {}
            }
            fn parse_into(
                &mut self,
                _: #private::TableRef<'_>,
                _: &mut #flat::Budget,
            ) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn borrow<'b>(
                _: #private::TableRef<'b>,
                _: &mut #flat::Budget,
            ) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn check(
                _: &mut #flat::Verifier<'_>,
                _: #private::TableRef<'_>,
            ) -> ::core::result::Result<(), #flat::Error> {
                loop {}
            }
            fn max_size(&self) -> usize {
                0
            }
            fn put<'a>(
                &'a self,
                _: &mut #private::Out<'_, 'a>,
            ) -> ::core::result::Result<usize, #private::Stop> {
                loop {}
            }
            fn edit(_: &mut [u8], _: usize) {}
        }
    }
}

//! What reads and changes a table: its view, its greedy form with strings lent, its write-through.

use crate::{
    ast::{Input, inside, is_named},
    table::{Live, Names},
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The view, its getters, and what it remembers.
pub(crate) fn view(item: &Input<'_>, names: &Names, live: &[Live<'_>]) -> TokenStream {
    let Input { name, vis, krate, .. } = item;
    let Names { view, fields, .. } = names;
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let cells = live.iter().map(|Live { field, value, .. }| {
        let name = field.name;
        let kind = if field.attrs.greedy.is_some() { quote!(View) } else { quote!(Cell) };
        quote!(#name: <#value as #flat::Value>::#kind<'b, M>)
    });
    let getters = live.iter().map(|live| getter(live, krate));
    let doc = format!("What reads a [`{name}`] in mode `M`.");
    let copies = if live.iter().any(|live| live.field.attrs.greedy.is_some()) {
        TokenStream::new()
    } else {
        copies(names, krate)
    };
    let debug = view.to_string();
    quote! {
        #[doc = #doc]
        #vis struct #view<'b, M: #flat::Mode> {
            store: <M as #flat::Mode>::Store<#fields<'b, M>, &'b #name>,
        }

        #[doc(hidden)]
        #[allow(non_camel_case_types, reason = "a name that no schema has")]
        struct #fields<'b, M: #flat::Mode> {
            __table: #private::TableRef<'b>,
            #(#cells,)*
            __mode: ::core::marker::PhantomData<fn() -> M>,
        }

        #[automatically_derived]
        #[allow(dead_code, reason = "a schema has fields that nobody reads")]
        impl<'b, M: #flat::Mode> #view<'b, M> {
            #(#getters)*

            /// Reads all of it into an owned value, whatever the mode.
            ///
            /// # Errors
            ///
            /// What is wrong with the bytes; nothing in a mode that owns the values.
            #vis fn to_owned(&self) -> ::core::result::Result<#name, #flat::Error> {
                <M as #flat::Mode>::pick(
                    &self.store,
                    |_, fields| #private::to_owned::<#name>(fields.__table),
                    |_, value: &'b #name| ::core::result::Result::Ok(::core::clone::Clone::clone(value)),
                )
            }
        }

        #[automatically_derived]
        impl<M: #flat::Mode> ::core::fmt::Debug for #view<'_, M> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#debug).finish_non_exhaustive()
            }
        }

        #copies
    }
}

fn getter(live: &Live<'_>, krate: &TokenStream) -> TokenStream {
    let Live { field, slot, value, default } = live;
    let (name, vis, docs) = (field.name, field.vis, &field.docs);
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let get = quote!(<#value as #flat::Value>::Get<'_, 'b, M>);
    if field.attrs.greedy.is_some() {
        return quote! {
            #(#docs)*
            #[inline]
            #vis fn #name(&self) -> #get {
                <M as #flat::Mode>::pick(
                    &self.store,
                    |_, fields| <#value as #flat::Value>::lend::<M>(<M as #flat::Mode>::kept(&fields.#name)),
                    |owned, value| #private::owned_field::<#value, M>(owned, &value.#name),
                )
            }
        };
    }
    let flat_getter = (is_named(field.ty, "String")
        || inside(field.ty, "Option").is_some_and(|inner| is_named(inner, "String")))
    .then(|| {
        let name_flat = format_ident!("{name}_flat");
        let doc = format!("[`{name}`](Self::{name}) without a check of its UTF-8; never remembered.");
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #name_flat(&self) -> <M as #flat::Mode>::Out<<#value as #private::Text>::Flat<'b>> {
                <M as #flat::Mode>::out(<M as #flat::Mode>::pick(
                    &self.store,
                    |_, fields| #private::flat_field::<#value, M>(fields.__table, #slot),
                    |_, value| ::core::result::Result::Ok(<#value as #private::Text>::own_flat(&value.#name)),
                ))
            }
        }
    });
    quote! {
        #(#docs)*
        #[inline]
        #vis fn #name(&self) -> <M as #flat::Mode>::Out<#get> {
            <M as #flat::Mode>::out(<M as #flat::Mode>::pick(
                &self.store,
                |buffered, fields| {
                    <#value as #flat::Value>::get::<M>(&fields.#name, fields.__table, #slot, #default, buffered)
                },
                |owned, value| ::core::result::Result::Ok(#private::owned_field::<#value, M>(owned, &value.#name)),
            ))
        }
        #flat_getter
    }
}

/// The views that remember nothing are `Copy`.
fn copies(names: &Names, krate: &TokenStream) -> TokenStream {
    let Names { view, fields, .. } = names;
    let flat = quote!(#krate::flat);
    let modes = [
        quote!(#flat::Lazy),
        quote!(#flat::Verified<#flat::Lazy>),
        quote!(#flat::Greedy),
        quote!(#flat::GreedyMutable),
    ];
    let copies = modes.iter().map(|mode| {
        quote! {
            #[automatically_derived]
            impl ::core::marker::Copy for #fields<'_, #mode> {}
            #[automatically_derived]
            impl ::core::clone::Clone for #fields<'_, #mode> {
                #[inline]
                fn clone(&self) -> Self {
                    *self
                }
            }
            #[automatically_derived]
            impl ::core::marker::Copy for #view<'_, #mode> {}
            #[automatically_derived]
            impl ::core::clone::Clone for #view<'_, #mode> {
                #[inline]
                fn clone(&self) -> Self {
                    *self
                }
            }
        }
    });
    quote!(#(#copies)*)
}

/// The greedy form with strings lent.
pub(crate) fn borrowed(item: &Input<'_>, names: &Names, live: &[Live<'_>]) -> TokenStream {
    let Input { name, vis, krate, .. } = item;
    let borrowed = &names.borrowed;
    let fields = live.iter().map(|Live { field, value, .. }| {
        let (name, vis, docs) = (field.name, field.vis, &field.docs);
        quote! {
            #(#docs)*
            #vis #name: <#value as #krate::flat::Value>::Borrowed<'b>
        }
    });
    let doc = format!("A [`{name}`] read at once, its strings lent by the packet.");
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(dead_code, reason = "a schema has fields that nobody reads")]
        #vis struct #borrowed<'b> {
            #(#fields,)*
            #[doc(hidden)]
            pub __packet: ::core::marker::PhantomData<&'b ()>,
        }
    }
}

/// Write-through.
pub(crate) fn edit(item: &Input<'_>, names: &Names, live: &[Live<'_>]) -> TokenStream {
    let Input { name, vis, krate, .. } = item;
    let Names { view, edit, .. } = names;
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let fields = live.iter().map(|Live { field, value, slot, .. }| {
        let (name, vis) = (field.name, field.vis);
        let name_mut = format_ident!("{name}_mut");
        let doc = format!("The field `{name}` in the packet, to be changed in place.");
        quote! {
            #[doc = #doc]
            ///
            /// # Errors
            ///
            /// The field is absent or malformed.
            #[inline]
            #vis fn #name_mut(
                &mut self,
            ) -> ::core::result::Result<<#value as #flat::Value>::Edit<'_>, #flat::Error> {
                self.0.field::<#value>(#slot)
            }
        }
    });
    let doc = format!("A [`{name}`] in its packet, to be changed in place.");
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        #vis struct #edit<'b>(#private::TableMut<'b>);

        #[automatically_derived]
        #[allow(dead_code, reason = "a schema has fields that nobody changes")]
        impl #edit<'_> {
            #(#fields)*

            /// Reads the table as it now is.
            ///
            /// # Errors
            ///
            /// The table is malformed.
            #[inline]
            #vis fn view(&self) -> ::core::result::Result<#view<'_, #flat::Lazy>, #flat::Error> {
                <#name as #flat::Table>::view::<#flat::Lazy>(self.0.table()?, ())
            }
        }
    }
}

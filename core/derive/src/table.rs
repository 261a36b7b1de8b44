//! `#[derive(Table)]`.

use crate::{
    ast::{Input, NamedField, collect, inside, is_named, named_fields},
    attr::Level,
    valid, view,
};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, Ident, spanned::Spanned as _};

/// A field that is read and written, with all that its code needs.
pub(crate) struct Live<'a> {
    pub(crate) field: &'a NamedField<'a>,
    pub(crate) slot: usize,
    /// The type that says how the field is read: the field's own, or `Required` around it.
    pub(crate) value: TokenStream,
    /// An expression for the default.
    pub(crate) default: TokenStream,
}

pub(crate) struct Names {
    pub(crate) view: Ident,
    pub(crate) fields: Ident,
    pub(crate) borrowed: Ident,
    pub(crate) edit: Ident,
}

impl Names {
    pub(crate) fn new(name: &Ident) -> Self {
        Self {
            view: format_ident!("{name}View"),
            fields: format_ident!("__{name}Fields"),
            borrowed: format_ident!("{name}Ref"),
            edit: format_ident!("{name}Mut"),
        }
    }
}

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let fields = named_fields(input, Level::TableField, "a table")?;
    let item = Input::read(input, Level::Table)?;
    collect(fields.iter().map(valid::table_field))?;
    valid::one_key(&fields, "a table")?;
    let slots = valid::slots(&fields)?;
    if let Some(identifier) = &item.attrs.file_identifier {
        if identifier.value.len() != 4 {
            return Err(syn::Error::new(identifier.span, "a file identifier is four bytes"));
        }
    }

    let krate = &item.krate;
    let live: Vec<Live<'_>> = fields
        .iter()
        .zip(&slots.of)
        .filter(|(field, _)| field.attrs.deprecated.is_none())
        .map(|(field, slot)| live(field, *slot, krate))
        .collect();
    let names = Names::new(item.name);
    let view = view::view(&item, &names, &live);
    let borrowed = view::borrowed(&item, &names, &live);
    let edit = view::edit(&item, &names, &live);
    let table = table(&item, &names, &fields, &live, slots.count);
    let keyed = keyed(&item, &live);
    let checks = checks(&item, &live);
    Ok(quote! {
        #view
        #borrowed
        #edit
        #table
        #keyed
        #checks
    })
}

fn live<'a>(field: &'a NamedField<'a>, slot: usize, krate: &TokenStream) -> Live<'a> {
    let ty = field.ty;
    let key_string = field.attrs.key.is_some() && is_named(ty, "String");
    let value = if field.attrs.required.is_some() || key_string {
        quote_spanned!(ty.span()=> #krate::flat::__private::Required<#ty>)
    } else {
        quote!(#ty)
    };
    let default = match &field.attrs.default {
        Some(default) => {
            let default = &default.value;
            quote!({
                const DEFAULT: <#value as #krate::flat::Value>::Default = #default;
                DEFAULT
            })
        }
        None => quote!(<#value as #krate::flat::Value>::DEFAULT),
    };
    Live { field, slot, value, default }
}

fn table(item: &Input<'_>, names: &Names, fields: &[NamedField<'_>], live: &[Live<'_>], count: usize) -> TokenStream {
    let Input { name, krate, .. } = item;
    let Names { view, fields: kept, borrowed, edit } = names;
    let flat = quote!(#krate::flat);
    let private = quote!(#krate::flat::__private);
    let text = name.to_string();
    let identifier = match &item.attrs.file_identifier {
        Some(identifier) => {
            let bytes = syn::LitByteStr::new(identifier.value.as_bytes(), identifier.span);
            quote!(::core::option::Option::Some(*#bytes))
        }
        None => quote!(::core::option::Option::None),
    };
    let mut inline = vec![quote!((0, 1)); count];
    for Live { field, slot, value, .. } in live {
        for half in 0..valid::width(field) {
            inline[slot + half] = quote!(#private::Layout::slot(<#value as #flat::Value>::INLINE[#half]));
        }
    }
    let deprecated: Vec<&Ident> =
        fields.iter().filter(|field| field.attrs.deprecated.is_some()).map(|field| field.name).collect();
    let name_of: Vec<&Ident> = live.iter().map(|live| live.field.name).collect();
    let name_text: Vec<String> = name_of.iter().map(ToString::to_string).collect();
    let value: Vec<&TokenStream> = live.iter().map(|live| &live.value).collect();
    let slot: Vec<usize> = live.iter().map(|live| live.slot).collect();
    let default: Vec<&TokenStream> = live.iter().map(|live| &live.default).collect();
    let made = live.iter().map(|Live { field, slot, value, default }| {
        let name = field.name;
        match field.attrs.greedy {
            Some(_) => quote!(#name: <#value as #flat::Value>::view::<M>(table, #slot, #default, buffered)?),
            None => quote!(#name: ::core::default::Default::default()),
        }
    });
    let fallen = live.iter().map(|Live { field, value, default, .. }| {
        let name = field.name;
        match field.attrs.greedy {
            Some(_) => {
                quote!(#name: <#value as #flat::Value>::fallback::<M>(#default, buffered))
            }
            None => quote!(#name: ::core::default::Default::default()),
        }
    });
    let put = live.iter().map(|live| put(live, krate));
    let order = live.iter().find(|live| live.field.attrs.key.is_some()).map(|live| {
        let key = live.field.name;
        quote! {
            #[inline]
            fn order(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(#flat::Key::order(&self.#key, &other.#key))
            }
        }
    });
    quote! {
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
        impl #flat::Table for #name {
            const NAME: &'static str = #text;
            const IDENTIFIER: ::core::option::Option<[u8; 4]> = #identifier;
            const LAYOUT: &'static #private::Layout = {
                static LAYOUT: #private::Layout = #private::Layout::new(&[#(#inline),*]);
                &LAYOUT
            };

            type View<'b, M: #flat::Mode> = #view<'b, M>;
            type Borrowed<'b> = #borrowed<'b>;
            type Edit<'b> = #edit<'b>;

            #[inline(always)]
            fn view<'b, M: #flat::Mode>(
                table: #private::TableRef<'b>,
                buffered: <M as #flat::Mode>::Buffered,
            ) -> ::core::result::Result<#view<'b, M>, #flat::Error> {
                ::core::result::Result::Ok(#view {
                    store: <M as #flat::Mode>::buffer(buffered, #kept {
                        __table: table,
                        #(#made,)*
                        __mode: ::core::marker::PhantomData,
                    }),
                })
            }

            fn fallback<'b, M: #flat::Mode>(buffered: <M as #flat::Mode>::Buffered) -> #view<'b, M> {
                #view {
                    store: <M as #flat::Mode>::buffer(buffered, #kept {
                        __table: #private::TableRef::EMPTY,
                        #(#fallen,)*
                        __mode: ::core::marker::PhantomData,
                    }),
                }
            }

            #[inline(always)]
            fn lend<M: #flat::Mode>(&self, owned: <M as #flat::Mode>::Owned) -> #view<'_, M> {
                #view { store: <M as #flat::Mode>::owner(owned, self) }
            }

            #[inline]
            fn parse(
                table: #private::TableRef<'_>,
                budget: &mut #flat::Budget,
            ) -> ::core::result::Result<Self, #flat::Error> {
                let _ = (&table, &budget);
                ::core::result::Result::Ok(Self {
                    #(#name_of: <#value as #flat::Value>::parse(table, #slot, #default, budget)?,)*
                    #(#deprecated: ::core::default::Default::default(),)*
                })
            }

            fn parse_into(
                &mut self,
                table: #private::TableRef<'_>,
                budget: &mut #flat::Budget,
            ) -> ::core::result::Result<(), #flat::Error> {
                let _ = (&table, &budget);
                #(<#value as #flat::Value>::parse_into(&mut self.#name_of, table, #slot, #default, budget)?;)*
                ::core::result::Result::Ok(())
            }

            #[inline(always)]
            fn borrow<'b>(
                table: #private::TableRef<'b>,
                budget: &mut #flat::Budget,
            ) -> ::core::result::Result<#borrowed<'b>, #flat::Error> {
                let _ = (&table, &budget);
                ::core::result::Result::Ok(#borrowed {
                    #(#name_of: <#value as #flat::Value>::borrow(table, #slot, #default, budget)?,)*
                    __packet: ::core::marker::PhantomData,
                })
            }

            #[inline]
            fn check(
                verifier: &mut #flat::Verifier<'_>,
                table: #private::TableRef<'_>,
            ) -> ::core::result::Result<(), #flat::Error> {
                let _ = (&table, &verifier);
                #(
                    if let ::core::result::Result::Err(error) =
                        <#value as #flat::Value>::check(verifier, table, #slot)
                    {
                        verifier.blame(#text, #name_text);
                        return ::core::result::Result::Err(error);
                    }
                )*
                ::core::result::Result::Ok(())
            }

            #[inline]
            fn max_size(&self) -> usize {
                <Self as #flat::Table>::LAYOUT.max_size()
                    #(.saturating_add(<#value as #flat::Value>::max_size(&self.#name_of)))*
            }

            #[inline]
            fn put<'a>(
                &'a self,
                out: &mut #private::Out<'_, 'a>,
            ) -> ::core::result::Result<usize, #private::Stop> {
                let present = 0_u128
                    #(| (<#value as #flat::Value>::presence(&self.#name_of, #default) << #slot))*;
                let spot = out.table(<Self as #flat::Table>::LAYOUT, present)?;
                #(#put)*
                ::core::result::Result::Ok(out.position(spot))
            }

            #[inline]
            fn edit(buf: &mut [u8], pos: usize) -> #edit<'_> {
                #edit(#private::TableMut::new(buf, pos))
            }

            #order
        }
    }
}

fn put(live: &Live<'_>, krate: &TokenStream) -> TokenStream {
    let Live { field, slot, value, .. } = live;
    let name = field.name;
    let attrs = &field.attrs;
    let put = quote!(<#value as #krate::flat::Value>::put(&self.#name, out, spot, #slot)?;);
    let put = if attrs.sorted.is_some() || attrs.shared.is_some() || attrs.force_align.is_some() {
        let (sorted, shared) = (attrs.sorted.is_some(), attrs.shared.is_some());
        let align = attrs.force_align.as_ref().map_or(1, |align| align.value);
        quote! {
            out.with_style(#align, #sorted, #shared);
            #put
            out.with_style(1, false, false);
        }
    } else {
        put
    };
    quote! {
        if (present >> #slot) & 1 != 0 {
            #put
        }
    }
}

fn keyed(item: &Input<'_>, live: &[Live<'_>]) -> TokenStream {
    let Input { name, krate, .. } = item;
    let (flat, private) = (quote!(#krate::flat), quote!(#krate::flat::__private));
    let Some(Live { field, slot, default, .. }) = live.iter().find(|live| live.field.attrs.key.is_some()) else {
        return TokenStream::new();
    };
    let ty = field.ty;
    let default = if is_named(ty, "String") {
        quote!(::core::option::Option::None)
    } else {
        quote!(::core::option::Option::Some(#default))
    };
    keyed_by(name, &flat, field, &quote!(#private::order_table::<#ty>(buf, at, #slot, #default, probe)))
}

/// A table or struct whose key is `field`; `order` compares the key at `at` in `buf` with `probe`.
pub(crate) fn keyed_by(name: &Ident, flat: &TokenStream, field: &NamedField<'_>, order: &TokenStream) -> TokenStream {
    let (key, ty) = (field.name, field.ty);
    quote! {
        #[automatically_derived]
        impl #flat::Keyed for #name {
            type Key = #ty;

            #[inline]
            fn key(&self) -> &#ty {
                &self.#key
            }
            #[inline]
            fn order_at(
                buf: &[u8],
                at: usize,
                probe: &<#ty as #flat::Key>::Probe,
            ) -> ::core::result::Result<::core::cmp::Ordering, #flat::Error> {
                #order
            }
        }
    }
}

/// What only the types can tell.
fn checks(item: &Input<'_>, live: &[Live<'_>]) -> TokenStream {
    let krate = &item.krate;
    let flat = quote!(#krate::flat);
    let checks = live.iter().map(|Live { field, value, .. }| {
        let width = valid::width(field);
        let span: Span = field.ty.span();
        let message = match width {
            1 => format!("`{}` holds unions: say #[flat(union)]", field.name),
            _ => format!("`{}` holds no union", field.name),
        };
        let sorted = field.attrs.sorted.and_then(|_| {
            let vector = inside(field.ty, "Option").unwrap_or(field.ty);
            let element = inside(vector, "Vec")?;
            Some(quote_spanned! {element.span()=>
                const _: fn() = || {
                    fn sorted_by_key<T: #flat::Keyed>() {}
                    sorted_by_key::<#element>();
                };
            })
        });
        quote_spanned! {span=>
            const _: () = ::core::assert!(<#value as #flat::Value>::SLOTS == #width, #message);
            #sorted
        }
    });
    quote!(#(#checks)*)
}

//! The parts of a derive's input.

use crate::attr::{Attrs, Level, crate_path};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Attribute, Data, DeriveInput, Field, Fields, GenericArgument, Ident, PathArguments, Type, Variant, Visibility,
    spanned::Spanned as _,
};

/// What every derive needs of the item it stands on.
pub(crate) struct Input<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) attrs: Attrs,
    pub(crate) krate: TokenStream,
}

impl<'a> Input<'a> {
    pub(crate) fn read(input: &'a DeriveInput, level: Level) -> syn::Result<Self> {
        if !input.generics.params.is_empty() {
            return Err(syn::Error::new(input.generics.span(), "a FlatBuffers type has no generic parameters"));
        }
        let attrs = Attrs::read(&input.attrs, level)?;
        let krate = crate_path(attrs.krate.as_ref());
        Ok(Self { name: &input.ident, vis: &input.vis, attrs, krate })
    }
}

/// A named field.
pub(crate) struct NamedField<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) vis: &'a Visibility,
    pub(crate) attrs: Attrs,
    pub(crate) docs: Vec<&'a Attribute>,
}

pub(crate) fn named_fields<'a>(input: &'a DeriveInput, level: Level, what: &str) -> syn::Result<Vec<NamedField<'a>>> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new(input.ident.span(), format!("{what} is a struct with named fields")));
    };
    match &data.fields {
        Fields::Named(fields) => collect(fields.named.iter().map(|field| named_field(field, level))),
        Fields::Unit | Fields::Unnamed(_) => {
            Err(syn::Error::new(input.ident.span(), format!("{what} is a struct with named fields")))
        }
    }
}

fn named_field(field: &Field, level: Level) -> syn::Result<NamedField<'_>> {
    let Some(name) = &field.ident else {
        return Err(syn::Error::new(field.span(), "a field has a name"));
    };
    Ok(NamedField {
        name,
        ty: &field.ty,
        vis: &field.vis,
        attrs: Attrs::read(&field.attrs, level)?,
        docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect(),
    })
}

pub(crate) fn variants<'a>(input: &'a DeriveInput, what: &str) -> syn::Result<Vec<&'a Variant>> {
    match &input.data {
        Data::Enum(data) => Ok(data.variants.iter().collect()),
        Data::Struct(_) | Data::Union(_) => Err(syn::Error::new(input.ident.span(), format!("{what} is an enum"))),
    }
}

/// All values, or all errors in one.
pub(crate) fn collect<T>(items: impl Iterator<Item = syn::Result<T>>) -> syn::Result<Vec<T>> {
    let mut values = Vec::new();
    let mut errors: Option<syn::Error> = None;
    for item in items {
        match (item, &mut errors) {
            (Ok(value), _) => values.push(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(values), Err)
}

/// `T` of a type that is written `Wrapper<T>`, whatever its path.
pub(crate) fn inside<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == wrapper => Some(inner),
        _ => None,
    }
}

/// Whether the type is written as `name`, whatever its path.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == name),
        _ => false,
    }
}

/// The input with its own name for `Self`, which means another type in the code that is written.
pub(crate) fn without_self(input: &DeriveInput) -> syn::Result<DeriveInput> {
    syn::parse2(name_self(input.to_token_stream(), &input.ident))
}

fn name_self(tokens: TokenStream, name: &Ident) -> TokenStream {
    let named = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(word) if word == "Self" => TokenTree::Ident(Ident::new(&name.to_string(), word.span())),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), name_self(group.stream(), name));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other,
    });
    named.collect()
}

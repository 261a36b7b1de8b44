//! What a deserializer is told, every option of it known.

use core::cell::RefCell;
use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The options of a case; what is not taken out of them is an error.
pub(super) struct Options<'c> {
    given: &'c Map<String, Value>,
    known: RefCell<BTreeSet<&'static str>>,
}

impl<'c> Options<'c> {
    pub(super) fn new(given: &'c Map<String, Value>) -> Self {
        Self { given, known: RefCell::default() }
    }

    /// An option's value, if it is given.
    pub(super) fn get<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, String> {
        self.known.borrow_mut().insert(name);
        let Some(value) = self.given.get(name) else { return Ok(None) };
        T::deserialize(value.clone()).map(Some).map_err(|error| format!("option '{name}': {error}"))
    }

    /// An option's value, or its default.
    pub(super) fn or<T: DeserializeOwned>(&self, name: &'static str, default: T) -> Result<T, String> {
        Ok(self.get(name)?.unwrap_or(default))
    }

    /// The value of an option that must be given.
    pub(super) fn must<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, String> {
        self.get(name)?.ok_or_else(|| format!("option '{name}' is missing"))
    }

    /// One of the named values.
    pub(super) fn choice<T: Copy>(&self, name: &'static str, default: T, values: &[(&str, T)]) -> Result<T, String> {
        let Some(given) = self.get::<String>(name)? else { return Ok(default) };
        let found = values.iter().find(|(value, _)| *value == given);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let all: Vec<_> = values.iter().map(|(value, _)| *value).collect();
            format!("option '{name}': '{given}' is none of {}", all.join(", "))
        })
    }

    /// Refuses what no deserializer asked for.
    pub(super) fn finish(&self) -> Result<(), String> {
        let known = self.known.borrow();
        match self.given.keys().find(|name| !known.contains(name.as_str())) {
            Some(name) => Err(format!("option '{name}' is unknown")),
            None => Ok(()),
        }
    }
}

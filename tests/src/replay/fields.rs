//! The fields of a JSON object, none of which may be left unread.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::BadField;

/// An object whose fields are taken one by one; [`finish`](Self::finish) complains about those that nobody wanted.
pub(crate) struct Fields<'v> {
    /// Where the object lies, with a full stop behind it; empty for a whole file or case.
    path: String,
    map: &'v Map<String, Value>,
    known: RefCell<Vec<&'static str>>,
}

impl<'v> Fields<'v> {
    /// The fields of `value`, which stands in the field `at`.
    pub(crate) fn of(at: &str, value: &'v Value) -> Result<Self, BadField> {
        let bad = || BadField { field: at.to_owned(), wrong: "expected an object".to_owned() };
        let map = value.as_object().ok_or_else(bad)?;
        let path = if at.is_empty() { String::new() } else { format!("{at}.") };
        Ok(Self { path, map, known: RefCell::default() })
    }

    /// Says what is wrong with a field.
    pub(crate) fn wrong(&self, name: &str, wrong: impl Into<String>) -> BadField {
        BadField { field: format!("{}{name}", self.path), wrong: wrong.into() }
    }

    /// All fields, read by someone who complains himself.
    #[expect(dead_code, reason = "wanted by deserializers that read their options whole")]
    pub(crate) fn whole(&self) -> &'v Map<String, Value> {
        self.map
    }

    pub(crate) fn get(&self, name: &'static str) -> Option<&'v Value> {
        self.known.borrow_mut().push(name);
        self.map.get(name)
    }

    pub(crate) fn required(&self, name: &'static str) -> Result<&'v Value, BadField> {
        self.get(name).ok_or_else(|| self.wrong(name, "missing"))
    }

    /// A remark for people.
    pub(crate) fn note(&self, name: &'static str) -> Result<(), BadField> {
        self.text(name).map(|_| ())
    }

    pub(crate) fn text(&self, name: &'static str) -> Result<Option<&'v str>, BadField> {
        let read = |value: &'v Value| value.as_str().ok_or_else(|| self.wrong(name, "expected a string"));
        self.get(name).map(read).transpose()
    }

    pub(crate) fn hex(&self, name: &'static str) -> Result<Option<Vec<u8>>, BadField> {
        let read = |text| unhex(text).ok_or_else(|| self.wrong(name, "expected hex digits in pairs"));
        self.text(name)?.map(read).transpose()
    }

    pub(crate) fn flag(&self, name: &'static str) -> Result<bool, BadField> {
        let read = |value: &Value| value.as_bool().ok_or_else(|| self.wrong(name, "expected true or false"));
        self.get(name).map_or(Ok(false), read)
    }

    pub(crate) fn len(&self, name: &'static str) -> Result<Option<usize>, BadField> {
        let read = |value: &Value| {
            let len = value.as_u64().and_then(|len| usize::try_from(len).ok());
            len.ok_or_else(|| self.wrong(name, "expected a length in bytes"))
        };
        self.get(name).map(read).transpose()
    }

    pub(crate) fn integer(&self, name: &'static str) -> Result<Option<i64>, BadField> {
        let read = |value: &Value| value.as_i64().ok_or_else(|| self.wrong(name, "expected an integer"));
        self.get(name).map(read).transpose()
    }

    pub(crate) fn list(&self, name: &'static str) -> Result<&'v [Value], BadField> {
        let list = self.required(name)?.as_array();
        list.map(Vec::as_slice).ok_or_else(|| self.wrong(name, "expected a list"))
    }

    /// What stands in `choices` beside the string in the field, or the first of them.
    pub(crate) fn choice<T: Copy>(&self, name: &'static str, choices: &[(&str, T)]) -> Result<T, BadField> {
        let Some(text) = self.text(name)? else { return Ok(choices[0].1) };
        let found = choices.iter().find(|(choice, _)| *choice == text);
        found.map(|&(_, choice)| choice).ok_or_else(|| {
            let choices: Vec<_> = choices.iter().map(|(choice, _)| format!("'{choice}'")).collect();
            self.wrong(name, format!("'{text}' is none of {}", choices.join(", ")))
        })
    }

    /// Complains about fields that were not taken.
    pub(crate) fn finish(&self) -> Result<(), BadField> {
        let known = self.known.borrow();
        let unknown = self.map.keys().find(|name| !known.contains(&name.as_str()));
        unknown.map_or(Ok(()), |name| Err(self.wrong(name, "unknown field")))
    }
}

/// The bytes that hex digits stand for.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

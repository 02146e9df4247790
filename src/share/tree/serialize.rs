//! From anything that serde can write to a tree.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::ser::{self, Serialize};
use serde_json::Number;

use super::{Tree, TreeError};

impl ser::Error for TreeError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Makes trees.
pub(super) struct TreeSerializer;

type Made = Result<Tree, TreeError>;

macro_rules! numbers {
    ($($name:ident: $type:ty),+) => {
        $(fn $name(self, number: $type) -> Made {
            Ok(Tree::Number(Number::from(number)))
        })+
    };
}

impl ser::Serializer for TreeSerializer {
    type Ok = Tree;
    type Error = TreeError;
    type SerializeSeq = Members;
    type SerializeTuple = Members;
    type SerializeTupleStruct = Members;
    type SerializeTupleVariant = Members;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    fn serialize_bool(self, yes: bool) -> Made {
        Ok(Tree::YesNo(yes))
    }

    fn serialize_f32(self, number: f32) -> Made {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Made {
        Ok(Number::from_f64(number).map_or(Tree::Nothing, Tree::Number))
    }

    fn serialize_char(self, letter: char) -> Made {
        Ok(Tree::Text(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Made {
        Ok(Tree::Text(text.to_owned()))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Made {
        Ok(Tree::List(bytes.iter().map(|byte| Tree::Number((*byte).into())).collect()))
    }

    fn serialize_none(self) -> Made {
        Ok(Tree::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        let mut tree = value.serialize(self)?;
        if let Tree::Fields { is_optional, .. } = &mut tree {
            *is_optional = true;
        }
        Ok(tree)
    }

    fn serialize_unit(self) -> Made {
        Ok(Tree::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made {
        Ok(Tree::Nothing)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, form: &'static str) -> Made {
        Ok(Tree::Form(form.to_owned(), None))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        form: &'static str,
        value: &T,
    ) -> Made {
        Ok(Tree::Form(form.to_owned(), Some(Box::new(value.serialize(self)?))))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Members, TreeError> {
        Ok(Members { form: None, is_list: true, list: Vec::with_capacity(length.unwrap_or_default()) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Members, TreeError> {
        Ok(Members { form: None, is_list: false, list: Vec::with_capacity(length) })
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Members, TreeError> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        form: &'static str,
        length: usize,
    ) -> Result<Members, TreeError> {
        Ok(Members { form: Some(form), ..self.serialize_tuple(length)? })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, TreeError> {
        Ok(Entries { form: None, is_map: true, values: BTreeMap::new(), key: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, TreeError> {
        Ok(Entries { form: None, is_map: false, values: BTreeMap::new(), key: None })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        form: &'static str,
        length: usize,
    ) -> Result<Entries, TreeError> {
        Ok(Entries { form: Some(form), ..self.serialize_struct(name, length)? })
    }
}

fn in_form(form: Option<&'static str>, tree: Tree) -> Tree {
    match form {
        Some(form) => Tree::Form(form.to_owned(), Some(Box::new(tree))),
        None => tree,
    }
}

/// A list or tuple in the making.
pub(super) struct Members {
    form: Option<&'static str>,
    is_list: bool,
    list: Vec<Tree>,
}

impl Members {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.list.push(value.serialize(TreeSerializer)?);
        Ok(())
    }

    fn made(self) -> Tree {
        in_form(self.form, if self.is_list { Tree::List(self.list) } else { Tree::Tuple(self.list) })
    }
}

/// Fields or entries in the making.
pub(super) struct Entries {
    form: Option<&'static str>,
    is_map: bool,
    values: BTreeMap<String, Tree>,
    key: Option<String>,
}

impl Entries {
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), TreeError> {
        match value.serialize(TreeSerializer)? {
            Tree::Nothing => {}
            tree => drop(self.values.insert(name.to_owned(), tree)),
        }
        Ok(())
    }

    fn made(self) -> Tree {
        let tree = if self.is_map {
            Tree::Map(self.values)
        } else {
            Tree::Fields { is_optional: false, fields: self.values }
        };
        in_form(self.form, tree)
    }
}

macro_rules! members {
    ($($part:ident::$method:ident),+) => {
        $(impl ser::$part for Members {
            type Ok = Tree;
            type Error = TreeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
                self.push(value)
            }

            fn end(self) -> Made {
                Ok(self.made())
            }
        })+
    };
}

members!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! fields {
    ($($part:ident),+) => {
        $(impl ser::$part for Entries {
            type Ok = Tree;
            type Error = TreeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), TreeError> {
                self.field(name, value)
            }

            fn end(self) -> Made {
                Ok(self.made())
            }
        })+
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Entries {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TreeError> {
        self.key = Some(match key.serialize(TreeSerializer)? {
            Tree::Text(text) | Tree::Form(text, None) => text,
            Tree::Number(number) => number.to_string(),
            Tree::YesNo(yes) => yes.to_string(),
            _ => return Err(TreeError("a key of a plan must be a text or a number".to_owned())),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        let value = value.serialize(TreeSerializer)?;
        if let Some(key) = self.key.take() {
            self.values.insert(key, value);
        }
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.made())
    }
}

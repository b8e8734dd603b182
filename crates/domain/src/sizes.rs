//! How long a text may be and how many things a list may hold: one table for everything that people can fill in.
//!
//! The operator's page (`docs/operate/limits.md`) is compared with it by a test, and another one sends each field one sign too many.

use crate::access::Password;
use crate::limits::Limits;
use crate::text::{Body, Line, Name, Slug};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Characters of a text.
    Characters,
    /// Things in a list.
    Entries,
    /// A number that is typed.
    Number,
}

/// A form and a field of it, and how much that takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The form, by the noun it is about.
    pub form: &'static str,
    /// The field, by its name in the form.
    pub field: &'static str,
    /// So much fits.
    pub most: usize,
    /// Of what.
    pub unit: Unit,
}

/// Signs of a house number and of a postcode.
pub const SHORT: usize = 20;
/// Languages of one actor, and of one card.
pub const LANGUAGES: usize = 30;
/// Kinds of resource of one card.
pub const KINDS: usize = 30;

const fn text(form: &'static str, field: &'static str, most: usize) -> Size {
    Size { form, field, most, unit: Unit::Characters }
}

const fn list(form: &'static str, field: &'static str, most: usize) -> Size {
    Size { form, field, most, unit: Unit::Entries }
}

const fn number(form: &'static str, field: &'static str, most: usize) -> Size {
    Size { form, field, most, unit: Unit::Number }
}

/// Every text and list that a form takes. What is not here is chosen from a list or has a form of its own, such as a date.
pub const SIZES: [Size; 39] = [
    text("actor", "name", Name::LIMIT),
    text("actor", "street", Line::LIMIT),
    text("actor", "house_number", SHORT),
    text("actor", "postcode", SHORT),
    text("actor", "city", Line::LIMIT),
    text("actor", "carrier", Line::LIMIT),
    text("actor", "opening_hours", Line::LIMIT),
    text("actor", "note", Body::LIMIT),
    list("actor", "languages", LANGUAGES),
    text("need", "text", Body::LIMIT),
    text("need", "said_by", Line::LIMIT),
    list("need", "kinds", KINDS),
    list("need", "languages", LANGUAGES),
    number("need", "radius_m", crate::need::MOST_RADIUS_M as usize),
    text("offer", "text", Body::LIMIT),
    text("offer", "said_by", Line::LIMIT),
    list("offer", "kinds", KINDS),
    list("offer", "languages", LANGUAGES),
    number("offer", "capacity", Limits::MOST as usize),
    text("card", "text", Body::LIMIT),
    text("card", "said_by", Line::LIMIT),
    text("project", "slug", Slug::LIMIT),
    text("project", "name", Name::LIMIT),
    text("project", "label", Line::LIMIT),
    text("project", "area", Line::LIMIT),
    text("project", "carrier", Line::LIMIT),
    text("project", "client", Line::LIMIT),
    text("project", "funding", Line::LIMIT),
    text("project", "aims", Body::LIMIT),
    text("project", "team", Body::LIMIT),
    text("project", "partners", Body::LIMIT),
    text("member", "name", Name::LIMIT),
    text("member", "email", Line::LIMIT),
    text("account", "email", Line::LIMIT),
    text("account", "password", Password::LIMIT),
    text("device", "name", Line::LIMIT),
    text("passkey", "name", Line::LIMIT),
    text("contact", "value", Line::LIMIT),
    text("person", "name", Name::LIMIT),
];

//! What one row of a file does to what is stored: nothing, a change, a new row, or a listed difference.
//!
//! Three versions of each field are compared: what the file says now, what the file said last time, and
//! what is stored. Only a field that nobody touched since the last import follows the file; a human edit
//! stays and the file's value becomes a difference that a person may look at.

use std::collections::BTreeMap;

/// Field values by name, as text.
pub(crate) type Fields = BTreeMap<String, String>;

/// What is known of a row that the file's row matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Values as stored.
    pub(crate) current: Fields,
    /// Values as imported last; none when a person entered the row.
    pub(crate) imported: Option<Fields>,
}

/// A field in which the file and a person disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disagreement {
    pub(crate) field: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
}

/// What to do with a matched row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// Fields to overwrite, with their new values.
    pub(crate) changes: Fields,
    /// Fields to leave and list.
    pub(crate) differences: Vec<Disagreement>,
    /// Whether the memory of what the file says must be renewed.
    pub(crate) remember: bool,
}

impl Plan {
    /// Whether nothing at all is to be done.
    pub(crate) fn is_nothing(&self) -> bool {
        self.changes.is_empty() && self.differences.is_empty() && !self.remember
    }
}

/// Compares the file's values with what is known.
pub(crate) fn plan(incoming: &Fields, known: &Known) -> Plan {
    let empty = Fields::new();
    let before = known.imported.as_ref();
    let mut plan = Plan { remember: before != Some(incoming), ..Plan::default() };
    for (field, theirs) in incoming {
        let value = |fields: &Fields| fields.get(field).cloned().unwrap_or_default();
        // What the noun has no field for is remembered, not compared.
        let Some(ours) = known.current.get(field).cloned() else { continue };
        let last = value(before.unwrap_or(&empty));
        if *theirs == last || *theirs == ours {
            continue;
        }
        if ours == last {
            plan.changes.insert(field.clone(), theirs.clone());
        } else {
            plan.differences.push(Disagreement { field: field.clone(), ours, theirs: theirs.clone() });
        }
    }
    plan
}

/// Compares with what another list said before: what this one does not know it does not erase.
pub(crate) fn plan_of_another_source(incoming: &Fields, known: &Known) -> Plan {
    let filled = incoming.iter().filter(|(_, value)| !value.is_empty());
    let filled = filled.map(|(field, value)| (field.clone(), value.clone())).collect();
    Plan { remember: true, ..plan(&filled, known) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn the_same_file_twice_does_nothing() {
        let row = fields(&[("name", "Bäckerei"), ("street", "Graefestraße")]);
        let known = Known { current: row.clone(), imported: Some(row.clone()) };
        assert!(plan(&row, &known).is_nothing());
    }

    #[test]
    fn a_field_that_nobody_touched_follows_the_file() {
        let last = fields(&[("name", "Bäckerei Alt")]);
        let known = Known { current: last.clone(), imported: Some(last) };
        let plan = plan(&fields(&[("name", "Bäckerei Neu")]), &known);
        assert_eq!(plan.changes, fields(&[("name", "Bäckerei Neu")]));
        assert!(plan.differences.is_empty() && plan.remember);
    }

    #[test]
    fn a_human_edit_stays_when_the_file_is_the_same() {
        let known = Known {
            current: fields(&[("name", "Bäckerei Ayşe")]),
            imported: Some(fields(&[("name", "Baeckerei Ayse")])),
        };
        assert!(plan(&fields(&[("name", "Baeckerei Ayse")]), &known).is_nothing());
    }

    #[test]
    fn a_human_edit_and_a_changed_file_become_a_difference() {
        let known = Known {
            current: fields(&[("name", "Ayşes Ofen")]),
            imported: Some(fields(&[("name", "Ofen")])),
        };
        let plan = plan(&fields(&[("name", "Ofen 36")]), &known);
        assert!(plan.changes.is_empty());
        let expected =
            Disagreement { field: "name".into(), ours: "Ayşes Ofen".into(), theirs: "Ofen 36".into() };
        assert_eq!(plan.differences, [expected]);
    }

    #[test]
    fn another_list_fills_up_and_follows_but_erases_nothing() {
        let said = fields(&[("name", "Ofen"), ("postcode", "10967"), ("website", "")]);
        let known = Known { current: said.clone(), imported: Some(said) };
        let other = fields(&[("name", "Ofen 36"), ("postcode", ""), ("website", "https://ofen.example")]);
        let plan = plan_of_another_source(&other, &known);
        assert_eq!(plan.changes, fields(&[("name", "Ofen 36"), ("website", "https://ofen.example")]));
        assert!(plan.remember && plan.differences.is_empty());
    }

    #[test]
    fn what_a_person_entered_is_filled_up_but_never_overwritten() {
        let known = Known { current: fields(&[("name", "Ofen"), ("city", "")]), imported: None };
        let plan = plan(&fields(&[("name", "Der Ofen"), ("city", "Berlin")]), &known);
        assert_eq!(plan.changes, fields(&[("city", "Berlin")]));
        assert_eq!(plan.differences.len(), 1);
    }
}

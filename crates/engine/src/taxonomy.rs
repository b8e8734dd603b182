//! The kinds of resource, as a tree with words, efforts and branch priors; read from `data/taxonomy/*.toml`.

mod file;

use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use std::collections::{BTreeMap, BTreeSet};

/// The place of a kind in its taxonomy.
pub type KindIndex = usize;

/// All kinds, in a fixed order.
#[derive(Debug, Default)]
pub struct Taxonomy {
    kinds: Vec<Kind>,
    by_id: BTreeMap<KindId, KindIndex>,
}

/// One kind of resource, or a top branch of the tree (which has no parent).
#[derive(Debug)]
pub struct Kind {
    /// Its id, such as `room_event`.
    pub id: KindId,
    /// The kind above; `None` for a top branch.
    pub parent: Option<KindIndex>,
    /// The top branch of the tree in which it stands.
    pub top: KindIndex,
    /// Names in four languages.
    pub labels: Labels,
    /// Minutes that it typically costs the giver each time.
    pub effort_minutes: Option<u32>,
    /// How often it is typically given: once, weekly, monthly, seasonal, any.
    pub rhythm: Option<String>,
    /// How plausible it is that a branch gives it when asked, 0 to 1.
    pub branches: BTreeMap<BranchId, f64>,
    /// Kinds that help somebody who asked for this.
    pub related: Vec<KindIndex>,
    /// What the agreement must settle.
    pub checklist: Vec<String>,
    /// Words that tell it, as written in the file.
    pub terms: Terms,
}

/// The name of a kind in the four languages of the screen.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
    /// Turkish.
    pub tr: String,
    /// Arabic.
    pub ar: String,
}

/// Words of a kind by language and by who says them.
#[derive(Debug, Default)]
pub struct Terms {
    /// German, either side.
    pub de: Vec<String>,
    /// German, said by needs.
    pub need_de: Vec<String>,
    /// German, said by offers.
    pub offer_de: Vec<String>,
    /// English, either side.
    pub en: Vec<String>,
    /// English, said by needs.
    pub need_en: Vec<String>,
    /// English, said by offers.
    pub offer_en: Vec<String>,
}

/// What is wrong with a taxonomy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    /// The file is no TOML of the expected shape.
    #[error("{file}: {message}")]
    Unreadable {
        /// The file's name.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// An id is used twice.
    #[error("{file}: the kind {id} exists already; give it another id")]
    Twice {
        /// The file's name.
        file: String,
        /// The id.
        id: String,
    },
    /// A parent does not exist.
    #[error("{file}: the kind {id} names the parent {parent}, which no file has")]
    Orphan {
        /// The file's name.
        file: String,
        /// The kind's id.
        id: String,
        /// The missing parent.
        parent: String,
    },
}

impl Taxonomy {
    /// Reads files given as (name, text).
    ///
    /// # Errors
    /// When a file is unreadable, an id stands twice or a parent is missing.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, TaxonomyError> {
        file::read(files)
    }

    /// All kinds; the place of a kind in this list is its [`KindIndex`].
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Finds the place of a kind.
    #[must_use]
    pub fn index(&self, id: &KindId) -> Option<KindIndex> {
        self.by_id.get(id).copied()
    }

    /// Finds a kind by its id.
    #[must_use]
    pub fn find(&self, id: &KindId) -> Option<&Kind> {
        self.index(id).map(|index| &self.kinds[index])
    }

    /// The name of a kind in a language; German when the language is none of the four.
    #[must_use]
    pub fn label(&self, id: &KindId, language: &str) -> Option<&str> {
        self.find(id).map(|kind| kind.labels.in_language(language))
    }

    /// Faults that do not stop the program but shall be repaired: unknown related kinds, one plain word in two kinds.
    #[must_use]
    pub fn lint(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for kind in &self.kinds {
            let labels = &kind.labels;
            if [&labels.de, &labels.en, &labels.tr, &labels.ar]
                .into_iter()
                .any(|label| label.trim().is_empty())
            {
                faults.push(format!("{}: a label is empty", kind.id));
            }
            if kind.branches.values().any(|prior| !(0.0..=1.0).contains(prior)) {
                faults.push(format!("{}: a prior is outside 0 and 1", kind.id));
            }
            for term in kind.terms.de.iter().filter(|term| !term.contains(['~', '?', '+', '*'])) {
                owners.entry(crate::text::fold::fold(term)).or_default().insert(kind.id.as_str());
            }
        }
        for (term, ids) in owners.iter().filter(|(_, ids)| ids.len() > 1) {
            faults.push(format!("the word {term:?} stands plainly in {ids:?}: mark it ~ in all but one"));
        }
        faults
    }
}

impl Labels {
    /// The name in a language given by its primary tag; German when it is none of the four.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        match language {
            "en" => &self.en,
            "tr" => &self.tr,
            "ar" => &self.ar,
            _ => &self.de,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        [branch]
        id = "goods"
        labels = { de = "Sachen", en = "Goods", tr = "Eşya", ar = "أشياء" }
        [[kind]]
        id = "furniture"
        parent = "goods"
        labels = { de = "Möbel", en = "Furniture", tr = "Mobilya", ar = "أثاث" }
        de = ["Stuhl"]
        related = ["unknown_here"]
    "#;

    #[test]
    fn kinds_know_their_parent_and_name() {
        let taxonomy = Taxonomy::read(&[("small.toml", SMALL)]).expect("well-formed");
        let id: KindId = "furniture".parse().expect("an id");
        assert_eq!(taxonomy.find(&id).and_then(|kind| kind.parent), Some(0));
        assert_eq!(taxonomy.label(&id, "tr"), Some("Mobilya"));
        assert_eq!(taxonomy.label(&id, "fr"), Some("Möbel"));
    }

    #[test]
    fn an_orphan_is_refused_by_name() {
        let text = SMALL.replace("parent = \"goods\"", "parent = \"nowhere\"");
        let fault = Taxonomy::read(&[("small.toml", &text)]).expect_err("an orphan");
        assert_eq!(
            fault.to_string(),
            "small.toml: the kind furniture names the parent nowhere, which no file has"
        );
    }

    #[test]
    fn a_word_in_two_kinds_is_a_fault() {
        let twice = format!(
            "{SMALL}\n[[kind]]\nid = \"chairs\"\nparent = \"goods\"\nlabels = {{ de = \"a\", en = \"b\", tr = \"c\", ar = \"d\" }}\nde = [\"stuhl\"]\n"
        );
        let taxonomy = Taxonomy::read(&[("small.toml", &twice)]).expect("well-formed");
        assert_eq!(taxonomy.lint().len(), 1);
    }
}

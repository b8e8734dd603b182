//! The shape of a taxonomy file, and how files become one tree.

use super::{Kind, KindIndex, Labels, Taxonomy, TaxonomyError, Terms};
use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use std::collections::BTreeMap;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    branch: TopBranch,
    #[serde(default, rename = "kind")]
    kinds: Vec<RawKind>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct TopBranch {
    id: KindId,
    labels: Labels,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    id: KindId,
    parent: KindId,
    labels: Labels,
    #[serde(default)]
    de: Vec<String>,
    #[serde(default)]
    need_de: Vec<String>,
    #[serde(default)]
    offer_de: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    need_en: Vec<String>,
    #[serde(default)]
    offer_en: Vec<String>,
    effort_min: Option<u32>,
    rhythm: Option<String>,
    #[serde(default)]
    branches: BTreeMap<BranchId, f64>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    checklist: Vec<String>,
}

struct Link {
    file: String,
    parent: Option<KindId>,
    related: Vec<String>,
}

pub(super) fn read(files: &[(&str, &str)]) -> Result<Taxonomy, TaxonomyError> {
    let mut taxonomy = Taxonomy::default();
    let mut links = Vec::new();
    for (name, text) in files {
        let file: File = toml::from_str(text).map_err(|fault| TaxonomyError::Unreadable {
            file: (*name).to_owned(),
            message: fault.to_string(),
        })?;
        let top = taxonomy.kinds.len();
        insert(&mut taxonomy, top_branch(file.branch, top), name)?;
        links.push(Link { file: (*name).to_owned(), parent: None, related: Vec::new() });
        for raw in file.kinds {
            links.push(Link {
                file: (*name).to_owned(),
                parent: Some(raw.parent.clone()),
                related: raw.related.clone(),
            });
            insert(&mut taxonomy, kind(raw, top), name)?;
        }
    }
    for (index, link) in links.into_iter().enumerate() {
        resolve(&mut taxonomy, index, link)?;
    }
    Ok(taxonomy)
}

fn insert(taxonomy: &mut Taxonomy, kind: Kind, file: &str) -> Result<(), TaxonomyError> {
    if taxonomy.by_id.insert(kind.id.clone(), taxonomy.kinds.len()).is_some() {
        return Err(TaxonomyError::Twice { file: file.to_owned(), id: kind.id.to_string() });
    }
    taxonomy.kinds.push(kind);
    Ok(())
}

fn resolve(taxonomy: &mut Taxonomy, index: KindIndex, link: Link) -> Result<(), TaxonomyError> {
    if let Some(parent) = link.parent {
        let found = taxonomy.index(&parent).filter(|found| *found != index);
        let Some(found) = found else {
            let id = taxonomy.kinds[index].id.to_string();
            return Err(TaxonomyError::Orphan { file: link.file, id, parent: parent.to_string() });
        };
        taxonomy.kinds[index].parent = Some(found);
    }
    // A related kind of a file that is not there yet is left out: the tree stays usable while it grows.
    taxonomy.kinds[index].related =
        link.related.iter().filter_map(|id| id.parse().ok()).filter_map(|id| taxonomy.index(&id)).collect();
    Ok(())
}

fn top_branch(branch: TopBranch, top: KindIndex) -> Kind {
    Kind {
        id: branch.id,
        parent: None,
        top,
        labels: branch.labels,
        effort_minutes: None,
        rhythm: None,
        branches: BTreeMap::new(),
        related: Vec::new(),
        checklist: Vec::new(),
        terms: Terms::default(),
    }
}

fn kind(raw: RawKind, top: KindIndex) -> Kind {
    Kind {
        id: raw.id,
        parent: None,
        top,
        labels: raw.labels,
        effort_minutes: raw.effort_min,
        rhythm: raw.rhythm,
        branches: raw.branches,
        related: Vec::new(),
        checklist: raw.checklist,
        terms: Terms {
            de: raw.de,
            need_de: raw.need_de,
            offer_de: raw.offer_de,
            en: raw.en,
            need_en: raw.need_en,
            offer_en: raw.offer_en,
        },
    }
}

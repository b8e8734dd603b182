//! The directory that everybody reads: published actors narrowed to what somebody looks for, and the wall of their
//! open cards. All of it fits in memory: who is published agreed to it one by one.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{ActorId, ProjectId, QuarterId};
use kiez_domain::policy::Facts;
use kiez_store::actor::ActorFilter;
use kiez_store::fold::fold;
use kiez_store::page::{Listing, Page};
use kiez_store::public::{PublicActor, PublicNeed, PublicOffer};
use std::collections::BTreeMap;

/// One part of the directory with what one can filter by.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicDirectory {
    /// The actors of this part, by name.
    pub listing: Listing<PublicEntry>,
    /// How many actors of each side the rest of the filter leaves.
    pub sides: Vec<(Side, u64)>,
    /// How many actors of each branch the rest of the filter leaves, most first.
    pub branches: Vec<(BranchId, u64)>,
    /// The quarters by name, and how many actors of each the rest of the filter leaves.
    pub quarters: Vec<(QuarterId, String, u64)>,
}

/// An actor of the directory.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicEntry {
    /// The actor.
    pub actor: PublicActor,
    /// How many open needs of it everybody sees.
    pub needs: u64,
    /// How many open offers of it everybody sees.
    pub offers: u64,
}

/// The published actors of a project that fit: words in name, address or branch, side, branch, quarter. What else the
/// filter could narrow is not public and left aside.
///
/// # Errors
/// When the database fails.
pub async fn actors(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (filter, page): (&ActorFilter, Page),
) -> Result<PublicDirectory, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut conn = ctx.db.read().await?;
    let mut named = kiez_store::public::actors(&mut conn, project).await?;
    let (needs, offers) = (
        counted(kiez_store::public::needs(&mut conn, project).await?.into_iter().map(|need| need.actor)),
        counted(kiez_store::public::offers(&mut conn, project).await?.into_iter().map(|offer| offer.actor)),
    );
    let quarters = kiez_store::public::quarters(&mut conn, project).await?;
    let words = Words::of(filter.text.as_deref());
    named.retain(|actor| words.fit(&said_of(actor)));
    let wanted = Wanted { side: filter.side, branch: filter.branch.as_ref(), quarter: filter.quarter };
    let in_quarter = wanted.quarters(&named);
    let count = |counts: &BTreeMap<ActorId, u64>, id| counts.get(&id).copied().unwrap_or_default();
    let found = named.iter().filter(|actor| wanted.fits(actor)).cloned().collect();
    Ok(PublicDirectory {
        listing: Listing::of(found, page).map(|actor| PublicEntry {
            needs: count(&needs, actor.id),
            offers: count(&offers, actor.id),
            actor,
        }),
        sides: wanted.sides(&named),
        branches: wanted.branches(&named),
        quarters: quarters
            .into_iter()
            .filter_map(|quarter| Some((quarter.id, quarter.name, in_quarter.get(&quarter.id).copied()?)))
            .collect(),
    })
}

/// The published open needs with these words, newest first.
///
/// # Errors
/// When the database fails.
pub async fn needs(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (text, page): (Option<&str>, Page),
) -> Result<Listing<PublicNeed>, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut needs = kiez_store::public::needs(&mut ctx.db.read().await?, project).await?;
    let words = Words::of(text);
    needs.retain(|need| words.fit(&format!("{} {}", need.text, need.actor_name)));
    Ok(Listing::of(needs, page))
}

/// The published open offers with these words, newest first.
///
/// # Errors
/// When the database fails.
pub async fn offers(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (text, page): (Option<&str>, Page),
) -> Result<Listing<PublicOffer>, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut offers = kiez_store::public::offers(&mut ctx.db.read().await?, project).await?;
    let words = Words::of(text);
    offers.retain(|offer| words.fit(&format!("{} {}", offer.text, offer.actor_name)));
    Ok(Listing::of(offers, page))
}

/// What somebody looks for, without case and marks; nothing: everything fits.
struct Words(String);

impl Words {
    fn of(text: Option<&str>) -> Self {
        Self(fold(text.unwrap_or_default().trim()))
    }

    fn fit(&self, said: &str) -> bool {
        self.0.is_empty() || fold(said).contains(&self.0)
    }
}

/// People look for "Tischlerei" whatever the sign says: the branch counts in the languages that it has names in.
fn said_of(actor: &PublicActor) -> String {
    let branch = |language| actor.branch.as_ref().map(|known| crate::kind::branch_label(known, language));
    let [german, english] = ["de", "en"].map(|language| branch(language).unwrap_or_default());
    format!("{} {} {german} {english}", actor.name, actor.address)
}

#[derive(Clone, Copy)]
struct Wanted<'a> {
    side: Option<Side>,
    branch: Option<&'a BranchId>,
    quarter: Option<QuarterId>,
}

impl Wanted<'_> {
    fn fits(self, actor: &PublicActor) -> bool {
        self.side.is_none_or(|side| actor.side == side)
            && self.branch.is_none_or(|branch| actor.branch.as_ref() == Some(branch))
            && self.quarter.is_none_or(|quarter| actor.quarter == Some(quarter))
    }

    fn sides(self, actors: &[PublicActor]) -> Vec<(Side, u64)> {
        let others = Self { side: None, ..self };
        let found = actors.iter().filter(|actor| others.fits(actor)).map(|actor| actor.side);
        with_chosen(counted(found), self.side).into_iter().collect()
    }

    fn branches(self, actors: &[PublicActor]) -> Vec<(BranchId, u64)> {
        let others = Self { branch: None, ..self };
        let found = actors.iter().filter(|actor| others.fits(actor)).filter_map(|actor| actor.branch.clone());
        let mut branches: Vec<_> = with_chosen(counted(found), self.branch.cloned()).into_iter().collect();
        branches.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        branches
    }

    fn quarters(self, actors: &[PublicActor]) -> BTreeMap<QuarterId, u64> {
        let others = Self { quarter: None, ..self };
        let found = actors.iter().filter(|actor| others.fits(actor)).filter_map(|actor| actor.quarter);
        with_chosen(counted(found), self.quarter)
    }
}

fn counted<K: Ord>(found: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for key in found {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

/// What was chosen can be seen and taken back, even when nobody is left of it.
fn with_chosen<K: Ord>(mut counts: BTreeMap<K, u64>, chosen: Option<K>) -> BTreeMap<K, u64> {
    if let Some(chosen) = chosen {
        counts.entry(chosen).or_insert(0);
    }
    counts
}

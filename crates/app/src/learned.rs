//! What the project's businesses have said, as the engine believes it.

use crate::error::AppError;
use jiff::civil::Date;
use kiez_domain::branch::{BranchCatalogue, BranchId};
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_engine::{Beliefs, Street, Told};
use kiez_store::answer::Heard;
use kiez_store::conn::Conn;
use std::collections::{BTreeMap, BTreeSet};

/// The last word of every business about every kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Learned {
    told: Vec<Told>,
    /// What nobody asks for today, by actor; a "call again" whose day has come is open again.
    refused: BTreeMap<ActorId, Vec<KindId>>,
}

impl Learned {
    /// Reads what holds on a day.
    pub(crate) async fn read(conn: &mut Conn, project: ProjectId, today: Date) -> Result<Self, AppError> {
        Ok(Self::of(kiez_store::answer::heard(conn, project).await?, today))
    }

    fn of(heard: Vec<Heard>, today: Date) -> Self {
        let last: BTreeMap<(ActorId, KindId), Heard> =
            heard.into_iter().map(|heard| ((heard.actor, heard.kind.clone()), heard)).collect();
        let mut learned = Self::default();
        for ((actor, kind), heard) in last {
            if !heard.yes && heard.again.is_none_or(|again| today < again) {
                learned.refused.entry(actor).or_default().push(kind.clone());
            }
            if let Some((branch, street)) = place(heard.branch, &heard.name, heard.street.as_deref()) {
                learned.told.push(Told { branch, street, what: kind, yes: heard.yes });
            }
        }
        learned
    }

    /// Everything counted.
    pub(crate) fn beliefs(&self) -> Beliefs {
        Beliefs::learn(self.told.iter().cloned())
    }

    /// What an actor said it does not give.
    pub(crate) fn refused(&self, actor: ActorId) -> &[KindId] {
        self.refused.get(&actor).map_or(&[], Vec::as_slice)
    }

    /// Whose refusals differ.
    pub(crate) fn other_refusals(&self, other: &Self) -> BTreeSet<ActorId> {
        let all = self.refused.keys().chain(other.refused.keys());
        all.copied().filter(|actor| self.refused(*actor) != other.refused(*actor)).collect()
    }
}

/// Branch and street of a business: a branch that nobody has set is read from the name, as the engine does.
pub(crate) fn place(
    branch: Option<BranchId>,
    name: &str,
    street: Option<&str>,
) -> Option<(BranchId, Option<Street>)> {
    let branch = branch.or_else(|| BranchCatalogue::built_in().from_words(name))?;
    Some((branch, street.and_then(Street::new)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn heard(actor: u128, kind: &str, yes: bool, again: Option<Date>) -> Heard {
        Heard {
            actor: ActorId::new(Uuid::from_u128(actor)),
            name: "Bäckerei Ayşe".into(),
            branch: "bakery".parse().ok(),
            street: Some("Graefestraße".into()),
            kind: kind.parse().expect("a kind"),
            yes,
            again,
        }
    }

    #[test]
    fn the_last_word_of_a_shop_counts_once() {
        let said =
            vec![heard(1, "cake", true, None), heard(1, "cake", false, None), heard(2, "cake", true, None)];
        let learned = Learned::of(said, date(2026, 3, 2));
        let bakery: BranchId = "bakery".parse().expect("a branch");
        let cake: KindId = "cake".parse().expect("a kind");
        let belief = learned.beliefs().about(Some(0.5), &cake, (&bakery, None));
        assert_eq!((belief.branch.yes, belief.branch.no), (1, 1));
        assert_eq!(learned.refused(ActorId::new(Uuid::from_u128(1))), [cake]);
        assert!(learned.refused(ActorId::new(Uuid::from_u128(2))).is_empty());
    }

    #[test]
    fn on_the_day_of_calling_again_a_refusal_is_over_but_not_forgotten() {
        let day = date(2026, 4, 7);
        let on = |today| Learned::of(vec![heard(1, "cake", false, Some(day))], today);
        let (before, then) = (on(date(2026, 4, 6)), on(day));
        let shop = ActorId::new(Uuid::from_u128(1));
        assert_eq!((before.refused(shop).len(), then.refused(shop).len()), (1, 0));
        assert_eq!(before.other_refusals(&then), BTreeSet::from([shop]));
        assert_eq!(before.beliefs(), then.beliefs());
    }
}

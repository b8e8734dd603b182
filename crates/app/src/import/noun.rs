//! The nouns that files bring in: what the desk, the way back and the differences must know of each.

use super::plan::Fields;
use super::rows::{fields, form};
use crate::caller::Caller;
use crate::error::AppError;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::id::{ActorId, IdeaId, ImportId, NeedId, OfferId, PremisesId, ProjectId};
use kiez_domain::idea::{IdeaForm, NewIdea};
use kiez_domain::instant::Instant;
use kiez_domain::issue::FieldIssue;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::premises::{NewPremises, PremisesForm};
use kiez_store::conn::{Conn, Tx};
use kiez_store::error::StoreError;
use kiez_store::import::{self, Incoming};
use kiez_store::import_changed::{self, ChangedRow, KnownRow};
use kiez_store::{actor, idea, posting, premises};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::str::FromStr;
use uuid::Uuid;

/// A noun that files bring in: its form, its id, and its functions in the store.
pub(crate) trait Noun: Clone + TryFrom<Self::Form, Error = Vec<FieldIssue>> {
    /// Its form: what is compared field by field.
    type Form: Default + Serialize + DeserializeOwned + for<'a> From<&'a Self>;
    /// Its id.
    type Id: Copy + Display + FromStr;
    /// Its name in the store and in the policy.
    const NAME: &'static str;
    /// A fresh id.
    const ID: fn(Uuid) -> Self::Id;

    /// What a person calls it.
    fn called(&self) -> String;

    /// Every row of the project.
    async fn known(conn: &mut Conn, project: ProjectId) -> Result<Vec<KnownRow<Self::Id, Self>>, StoreError>;

    /// One row.
    async fn find(
        conn: &mut Conn,
        project: ProjectId,
        id: Self::Id,
    ) -> Result<Option<KnownRow<Self::Id, Self>>, StoreError>;

    /// Stores what an import brings.
    async fn insert(
        tx: &mut Tx,
        permit: &Permit,
        import: ImportId,
        rows: &[Incoming<Self::Id, Self>],
        now: Instant,
    ) -> Result<(), StoreError>;

    /// Saves what an import changes or gives back.
    async fn change(
        tx: &mut Tx,
        permit: &Permit,
        import: ImportId,
        rows: &[ChangedRow<Self::Id, Self>],
        now: Instant,
    ) -> Result<(), StoreError>;

    /// Saves what a person decided.
    async fn save(
        tx: &mut Tx,
        caller: &Caller,
        project: ProjectId,
        row: &KnownRow<Self::Id, Self>,
        now: Instant,
    ) -> Result<(), AppError>;

    /// Its fields as text, each in its one spelling.
    fn fields(&self) -> Fields {
        fields(&Self::Form::from(self))
    }

    /// What these fields are.
    fn of_fields(fields: &Fields) -> Result<Self, Vec<FieldIssue>> {
        Self::try_from(form(fields))
    }
}

macro_rules! noun {
    ($noun:ident, $data:ty, $form:ty, $id:ty, $called:expr, {
        known: $known:expr, find: $find:expr, insert: $insert:expr, change: $change:expr, save: $save:expr,
    }) => {
        impl Noun for $data {
            type Form = $form;
            type Id = $id;
            const NAME: &'static str = stringify!($noun);
            const ID: fn(Uuid) -> $id = <$id>::new;

            fn called(&self) -> String {
                let called: fn(&$data) -> String = $called;
                called(self)
            }

            async fn known(
                conn: &mut Conn,
                project: ProjectId,
            ) -> Result<Vec<KnownRow<$id, Self>>, StoreError> {
                $known(conn, project).await
            }

            async fn find(
                conn: &mut Conn,
                project: ProjectId,
                id: $id,
            ) -> Result<Option<KnownRow<$id, Self>>, StoreError> {
                let row = $find(conn, project, id).await?;
                Ok(row.map(|row| KnownRow { id, version: row.version, data: row.data }))
            }

            async fn insert(
                tx: &mut Tx,
                permit: &Permit,
                import: ImportId,
                rows: &[Incoming<$id, Self>],
                now: Instant,
            ) -> Result<(), StoreError> {
                $insert(tx, permit, import, rows, now).await
            }

            async fn change(
                tx: &mut Tx,
                permit: &Permit,
                import: ImportId,
                rows: &[ChangedRow<$id, Self>],
                now: Instant,
            ) -> Result<(), StoreError> {
                $change(tx, permit, import, rows, now).await
            }

            async fn save(
                tx: &mut Tx,
                caller: &Caller,
                project: ProjectId,
                row: &KnownRow<$id, Self>,
                now: Instant,
            ) -> Result<(), AppError> {
                let permit = caller.may(Self::NAME, "update", Facts::of_project(project))?;
                $save(tx, &permit, row.id, row.version, (&row.data, now)).await?;
                Ok(())
            }
        }
    };
}

noun!(actor, NewActor, ActorForm, ActorId, |actor| actor.name.to_string(), {
    known: import_changed::known_actors,
    find: actor::find,
    insert: import::insert_actors,
    change: import_changed::update_actors,
    save: actor::update,
});
noun!(premises, NewPremises, PremisesForm, PremisesId, |premises| premises.address.to_string(), {
    known: import_changed::known_premises,
    find: premises::find,
    insert: import::insert_premises,
    change: import_changed::update_premises,
    save: premises::update,
});
noun!(need, NewNeed, NeedForm, NeedId, |need| need.card.text.to_string(), {
    known: import_changed::known_postings::<Self>,
    find: posting::find::<Self>,
    insert: import::insert_postings::<Self>,
    change: import_changed::update_postings::<Self>,
    save: posting::update::<Self>,
});
noun!(offer, NewOffer, OfferForm, OfferId, |offer| offer.card.text.to_string(), {
    known: import_changed::known_postings::<Self>,
    find: posting::find::<Self>,
    insert: import::insert_postings::<Self>,
    change: import_changed::update_postings::<Self>,
    save: posting::update::<Self>,
});
noun!(idea, NewIdea, IdeaForm, IdeaId, |idea| idea.text.to_string(), {
    known: import_changed::known_ideas,
    find: idea::find,
    insert: import::insert_ideas,
    change: import_changed::update_ideas,
    save: idea::update,
});

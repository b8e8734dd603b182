//! Rows that files change: saved under their version, remembered with what was there, given back.

use crate::import::begun;
use crate::in_every_world;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, IdeaId};
use kiez_domain::idea::{IdeaForm, NewIdea};
use kiez_domain::need::{NeedForm, NeedState, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_store::error::StoreError;
use kiez_store::import::{self, ImportChange};
use kiez_store::import_changed::{self, ChangedRow, Memory};
use kiez_store::provenance::{self, Provenance};
use kiez_store::{actor, idea, import_revert, posting};
use kiez_testkit::{NOW, id};

fn named(name: &str) -> NewActor {
    NewActor::try_from(ActorForm { name: name.into(), ..ActorForm::default() }).expect("filled")
}

/// A row that was at its first version and that a file changes.
fn changed<Id, T>(id: Id, data: T) -> ChangedRow<Id, T> {
    let memory = Memory { source_key: "id:1#list".into(), said: "{}".into(), said_before: None };
    ChangedRow { id, version: 1, data, earlier: Some("{\"text\":\"vorher\"}".into()), memory: Some(memory) }
}

#[tokio::test]
async fn changed_actors_keep_what_was_there_before_and_stale_ones_stop_the_import() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let row: ChangedRow<ActorId, NewActor> = changed(world.bakery, named("Bäckerei Neu"));
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        import_changed::update_actors(&mut tx, &may, run, std::slice::from_ref(&row), NOW)
            .await
            .expect("saved");
        let expected = ImportChange {
            noun: "actor".into(),
            row_id: world.bakery.to_string(),
            change: "updated".into(),
            version: 2,
            earlier: row.earlier.clone(),
            source_key: Some("id:1#list".into()),
            said_before: None,
        };
        let noted = import::changes(&mut tx, world.project, run).await.expect("read");
        assert_eq!(noted, std::slice::from_ref(&expected));
        let later = ImportChange { version: 3, earlier: None, ..expected.clone() };
        import::note(&mut tx, &may, run, &[later]).await.expect("noted");
        let noted = import::changes(&mut tx, world.project, run).await.expect("read");
        let kept = ImportChange { version: 3, ..expected };
        assert_eq!(noted, [kept], "the first word about a row has what was there");
        let stale = import_changed::update_actors(&mut tx, &may, run, &[row], NOW).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_was_only_compared_keeps_its_version_and_its_values() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        let row = ChangedRow { earlier: None, ..changed(world.bakery, named("Nur in der Datei")) };
        import_changed::update_actors(&mut tx, &may, run, &[row], NOW).await.expect("saved");
        let stored = actor::find(&mut tx, world.project, world.bakery).await.expect("read").expect("there");
        assert_eq!((stored.data.name.as_str(), stored.version), ("Bäckerei Ayşe", 1));
        let noted = import::changes(&mut tx, world.project, run).await.expect("read");
        assert_eq!((noted[0].change.as_str(), noted[0].version), ("compared", 1));
        assert_eq!(provenance::list(&mut tx, world.project, "actor").await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn changed_cards_stand_where_they_stood_in_their_lifecycle() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        let step = (NeedState::Withdrawn, NOW);
        posting::transition::<NewNeed>(&mut tx, &world.may("need", "update"), world.wood_wanted, 1, step)
            .await
            .expect("moved");
        let card = CardForm { text: "Bretter".into(), kinds: "wood".into(), ..CardForm::default() };
        let wanted = NewNeed::try_from(NeedForm::from(card)).expect("filled");
        let row = ChangedRow { version: 2, ..changed(world.wood_wanted, wanted.clone()) };
        import_changed::update_postings(&mut tx, &may, run, &[row], NOW).await.expect("saved");
        let stored = posting::find::<NewNeed>(&mut tx, world.project, world.wood_wanted)
            .await
            .expect("read")
            .expect("there");
        assert_eq!((stored.data, stored.state, stored.version), (wanted, NeedState::Withdrawn, 3));
        let given =
            NewOffer::try_from(OfferForm::from(CardForm { text: "Späne".into(), ..CardForm::default() }));
        let row = changed(world.offcuts, given.expect("filled"));
        import_changed::update_postings(&mut tx, &may, run, std::slice::from_ref(&row), NOW)
            .await
            .expect("saved");
        let stored = posting::find::<NewOffer>(&mut tx, world.project, world.offcuts)
            .await
            .expect("read")
            .expect("there");
        assert_eq!((&stored.data, stored.version), (&row.data, 2));
        let known = import_changed::known_postings::<NewOffer>(&mut tx, world.project).await.expect("read");
        assert_eq!(known.iter().map(|row| (row.id, row.version)).collect::<Vec<_>>(), [(world.offcuts, 2)]);
        assert_eq!(
            import_changed::known_postings::<NewNeed>(&mut tx, world.project).await.expect("read").len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn an_idea_is_changed_by_people_and_by_files_alike() {
    in_every_world(async |db, world| {
        let say = |text: &str| {
            NewIdea::try_from(IdeaForm { text: text.into(), ..IdeaForm::default() }).expect("filled")
        };
        let (tafel, may) = (id(IdeaId::new), world.may("idea", "update"));
        let mut tx = db.write().await.expect("write");
        idea::create(&mut tx, &world.may("idea", "create"), tafel, &say("Tafel"), NOW).await.expect("noted");
        let saved = idea::update(&mut tx, &may, tafel, 1, (&say("Tafel im Hof"), NOW)).await;
        assert_eq!(saved.expect("saved"), 2);
        let late = idea::update(&mut tx, &may, tafel, 1, (&say("zu spät"), NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
        let gone = idea::update(&mut tx, &may, id(IdeaId::new), 1, (&say("nie da"), NOW)).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
        let run = begun(&mut tx, &world).await;
        let row = ChangedRow { version: 2, ..changed(tafel, say("Tafel am Zaun")) };
        import_changed::update_ideas(&mut tx, &world.may("import", "create"), run, &[row], NOW)
            .await
            .expect("saved");
        let known = import_changed::known_ideas(&mut tx, world.project).await.expect("read");
        assert_eq!((known[0].version, known[0].data.text.as_str()), (3, "Tafel am Zaun"));
    })
    .await;
}

#[tokio::test]
async fn files_have_said_again_what_they_had_said_before() {
    in_every_world(async |db, world| {
        let (may, back) = (world.may("import", "create"), world.may("import", "revert"));
        let (old, new) = ("{\"name\":\"alt\"}", "{\"name\":\"neu\"}");
        let origin = |key: &str, imported: &str| Provenance {
            source_key: key.into(),
            row_id: world.bakery.to_string(),
            imported: imported.into(),
        };
        let mut tx = db.write().await.expect("write");
        provenance::put(&mut tx, &may, "actor", &[origin("id:1", new), origin("id:2", new)])
            .await
            .expect("kept");
        let change = |key: Option<&str>, before: Option<&str>| ImportChange {
            noun: "actor".into(),
            row_id: world.bakery.to_string(),
            change: "updated".into(),
            version: 2,
            earlier: None,
            source_key: key.map(Into::into),
            said_before: before.map(Into::into),
        };
        let changes = [change(Some("id:1"), Some(old)), change(Some("id:2"), None), change(None, None)];
        let changes: Vec<&ImportChange> = changes.iter().collect();
        import_revert::restore_memory(&mut tx, &back, "actor", &changes).await.expect("restored");
        let left = provenance::list(&mut tx, world.project, "actor").await.expect("read");
        assert_eq!(left, [origin("id:1", old)]);
    })
    .await;
}

use crate::database::tamper;
use crate::in_every_world;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::card::CardForm;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, ContactChannelId, DifferenceId, IdeaId, ImportId, NeedId, OfferId, UploadId};
use kiez_domain::idea::{IdeaForm, NewIdea};
use kiez_domain::issue::Problem;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_domain::saying::Say;
use kiez_store::change_log;
use kiez_store::conn::Tx;
use kiez_store::difference::{self, Difference};
use kiez_store::error::StoreError;
use kiez_store::import::{self, Incoming};
use kiez_store::import_refusal::{self, RefusedRow};
use kiez_store::import_upload::{self, Upload};
use kiez_store::page::Page;
use kiez_store::posting::Kept;
use kiez_store::provenance::{self, Provenance};
use kiez_store::{actor, contact_channel, idea, import_changed, import_revert, posting};
use kiez_testkit::{NOW, World, id};

fn incoming(name: &str) -> Incoming<ActorId, NewActor> {
    let form =
        ActorForm { name: name.into(), lat: "52.492".into(), lon: "13.415".into(), ..ActorForm::default() };
    Incoming {
        id: id(ActorId::new),
        data: NewActor::try_from(form).expect("filled"),
        source_key: format!("as:{name}"),
        imported: format!("{{\"name\":\"{name}\"}}"),
    }
}

pub(crate) async fn begun(tx: &mut Tx, world: &World) -> ImportId {
    let run = id(ImportId::new);
    let files = ["cafes.csv".to_owned()];
    import::begin(tx, &world.may("import", "create"), run, ("actors", &files), NOW).await.expect("begun");
    run
}

#[tokio::test]
async fn an_import_brings_rows_with_their_origin_and_is_remembered() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let before = change_log::head(&mut db.read().await.expect("read")).await.expect("read");
        let rows: Vec<_> = (0..700).map(|number| incoming(&format!("Laden {number:03}"))).collect();
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        import::insert_actors(&mut tx, &may, run, &rows, NOW).await.expect("stored");
        let phone = ContactChannel {
            id: id(ContactChannelId::new),
            actor: rows[0].id,
            person: None,
            medium: Medium::Phone,
            value: "030 1".parse().expect("number"),
            visibility: ChannelVisibility::Internal,
        };
        import::insert_channels(&mut tx, &may, std::slice::from_ref(&phone), NOW).await.expect("stored");
        import::finish(&mut tx, &may, run, &serde_json::json!({ "new": 700 })).await.expect("finished");
        tx.commit().await.expect("commit");

        let conn = &mut db.read().await.expect("read");
        let known = import_changed::known_actors(conn, world.project).await.expect("read");
        assert_eq!(known.len(), 704);
        let one = known.iter().find(|known| known.id == rows[7].id).expect("there");
        assert_eq!((&one.data, one.version), (&rows[7].data, 1));
        let origins = provenance::list(conn, world.project, "actor").await.expect("read");
        assert_eq!(origins.len(), 700);
        assert_eq!(
            (origins[7].source_key.as_str(), origins[7].row_id.clone()),
            ("as:Laden 007", rows[7].id.to_string())
        );
        assert_eq!(
            contact_channel::list_by_actor(conn, world.project, rows[0].id).await.expect("read"),
            [phone]
        );
        let found = import::find(conn, world.project, run).await.expect("read").expect("there");
        assert_eq!(
            (found.state.as_str(), found.files.as_slice(), found.by_user),
            ("done", ["cafes.csv".to_owned()].as_slice(), Some(world.mira))
        );
        let listed = import::list(conn, world.project, &Page::default()).await.expect("read");
        assert_eq!((listed.rows, listed.total), (vec![found], 1));
        assert_eq!(import::changes(conn, world.project, run).await.expect("read").len(), 700);
        let imported = actor::find(conn, world.project, rows[7].id).await.expect("read").expect("there");
        assert_eq!(imported.quarter, Some(world.graefekiez));
        assert_eq!(change_log::head(conn).await.expect("read"), before + 701);
    })
    .await;
}

#[tokio::test]
async fn taking_an_import_back_keeps_what_people_touched() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let rows =
            [incoming("Bleibt, weil bearbeitet"), incoming("Bleibt, weil gebraucht"), incoming("Geht")];
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        import::insert_actors(&mut tx, &may, run, &rows, NOW).await.expect("stored");
        import::finish(&mut tx, &may, run, &serde_json::json!({})).await.expect("finished");
        let edited = incoming("Von Hand").data;
        actor::update(&mut tx, &world.may("actor", "update"), rows[0].id, 1, (&edited, NOW))
            .await
            .expect("saved");
        let card = CardForm { actor: rows[1].id.to_string(), text: "Stühle".into(), ..CardForm::default() };
        let wanted = NewNeed::try_from(NeedForm::from(card)).expect("filled");
        let state = kiez_domain::need::NeedState::Open;
        posting::create(&mut tx, &world.may("need", "create"), id(NeedId::new), (&wanted, state), NOW)
            .await
            .expect("stored");
        let back = world.may("import", "revert");
        assert_eq!(import_revert::remove_created(&mut tx, &back, run, NOW).await.expect("removed"), 1);
        import_revert::mark(&mut tx, &back, run, NOW).await.expect("marked");
        assert!(matches!(import_revert::mark(&mut tx, &back, run, NOW).await, Err(StoreError::NotFound)));
        assert!(actor::find(&mut tx, world.project, rows[2].id).await.expect("read").is_none());
        assert!(actor::find(&mut tx, world.project, rows[1].id).await.expect("read").is_some());
        let kept = actor::find(&mut tx, world.project, rows[0].id).await.expect("read").expect("there");
        assert_eq!(kept.data.name.as_str(), "Von Hand");
        let origins = provenance::list(&mut tx, world.project, "actor").await.expect("read");
        assert!(origins.iter().all(|origin| origin.row_id != rows[2].id.to_string()));
        let found = import::find(&mut tx, world.project, run).await.expect("read").expect("there");
        assert_eq!((found.state.as_str(), found.reverted_at), ("reverted", Some(NOW)));
    })
    .await;
}

/// A row as a file brings it in, found again by its name.
fn came<Id, T>(id: Id, data: T, name: &str) -> Incoming<Id, T> {
    Incoming { id, data, source_key: format!("as:{name}"), imported: "{}".to_owned() }
}

/// Takes one need or offer in: it is stored as the file said, open at once.
async fn came_in<T: Kept>(tx: &mut Tx, world: &World, run: ImportId, row: &Incoming<T::Id, T>) {
    let may = world.may("import", "create");
    import::insert_postings(tx, &may, run, std::slice::from_ref(row), NOW).await.expect("stored");
    let found = posting::find::<T>(tx, world.project, row.id).await.expect("read").expect("there");
    assert_eq!((&found.data, found.state), (&row.data, T::OPEN));
}

#[tokio::test]
async fn cards_become_needs_offers_and_ideas() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let wanted = CardForm {
            actor: world.kita.to_string(),
            text: "Farben".into(),
            kinds: "paint".into(),
            ..CardForm::default()
        };
        let given = CardForm { text: "Leere Kartons".into(), ..CardForm::default() };
        let noted = IdeaForm {
            text: "Nachbarschaftstafel".into(),
            said_by: "ein Nachbar".into(),
            ..IdeaForm::default()
        };
        let need_row = came(id(NeedId::new), NewNeed::try_from(NeedForm::from(wanted)).expect("filled"), "a");
        let offer_row =
            came(id(OfferId::new), NewOffer::try_from(OfferForm::from(given)).expect("filled"), "b");
        let idea_row = came(id(IdeaId::new), NewIdea::try_from(noted).expect("filled"), "c");
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        came_in(&mut tx, &world, run, &need_row).await;
        came_in(&mut tx, &world, run, &offer_row).await;
        import::insert_ideas(&mut tx, &may, run, std::slice::from_ref(&idea_row), NOW).await.expect("stored");
        let ideas = idea::list(&mut tx, world.project, None, &Page::default()).await.expect("read").rows;
        assert_eq!(ideas.iter().map(|idea| &idea.data).collect::<Vec<_>>(), [&idea_row.data]);
        let nouns: Vec<_> = import::changes(&mut tx, world.project, run)
            .await
            .expect("read")
            .into_iter()
            .map(|change| change.noun)
            .collect();
        assert_eq!(nouns, ["idea", "need", "offer"]);
        import::finish(&mut tx, &may, run, &serde_json::json!({})).await.expect("finished");
        assert_eq!(
            import_revert::remove_created(&mut tx, &world.may("import", "revert"), run, NOW)
                .await
                .expect("removed"),
            3
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_file_says_is_remembered_and_differences_are_settled_once() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        let origin = |imported: &str| Provenance {
            source_key: "id:1".into(),
            row_id: world.bakery.to_string(),
            imported: imported.into(),
        };
        // The same key twice in one file: the later row counts.
        provenance::put(&mut tx, &may, "actor", &[origin("{}"), origin("{\"a\":1}")]).await.expect("kept");
        assert_eq!(
            provenance::list(&mut tx, world.project, "actor").await.expect("read"),
            [origin("{\"a\":1}")]
        );
        let open = Difference {
            id: id(DifferenceId::new),
            noun: "actor".into(),
            row_id: world.bakery.to_string(),
            field: "name".into(),
            ours: "Bäckerei Ayşe".into(),
            theirs: "Baeckerei Ayse".into(),
            import: run,
        };
        difference::add(&mut tx, &may, std::slice::from_ref(&open), NOW).await.expect("listed");
        assert_eq!(open_differences(&mut tx, &world).await, std::slice::from_ref(&open));
        let found = difference::find_open(&mut tx, world.project, open.id).await.expect("read");
        assert_eq!(found.as_ref(), Some(&open));
        let settle = world.may("difference", "settle");
        difference::resolve(&mut tx, &settle, open.id, NOW).await.expect("settled");
        assert_eq!(open_differences(&mut tx, &world).await, []);
        assert_eq!(difference::find_open(&mut tx, world.project, open.id).await.expect("read"), None);
        let again = difference::resolve(&mut tx, &settle, open.id, NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
    })
    .await;
}

async fn open_differences(tx: &mut Tx, world: &World) -> Vec<Difference> {
    difference::list_open(tx, world.project, &Page::default()).await.expect("read").rows
}

#[tokio::test]
async fn the_newest_word_of_a_file_answers_what_it_asked_before() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        let (first, second) = (begun(&mut tx, &world).await, begun(&mut tx, &world).await);
        let ask = |field: &str, theirs: &str, import: ImportId| Difference {
            id: id(DifferenceId::new),
            noun: "actor".into(),
            row_id: world.bakery.to_string(),
            field: field.into(),
            ours: "hier".into(),
            theirs: theirs.into(),
            import,
        };
        let (old, other) = (ask("name", "alt", first), ask("city", "Berlin", first));
        let new = ask("name", "neu", second);
        difference::add(&mut tx, &may, &[old, other.clone()], NOW).await.expect("listed");
        difference::add(&mut tx, &may, std::slice::from_ref(&new), NOW).await.expect("listed");
        assert_eq!(open_differences(&mut tx, &world).await, [other.clone(), new]);
        import_revert::withdraw_differences(&mut tx, &world.may("import", "revert"), second)
            .await
            .expect("withdrawn");
        assert_eq!(open_differences(&mut tx, &world).await, [other]);
    })
    .await;
}

#[tokio::test]
async fn what_was_left_out_stays_with_its_import_in_the_order_of_the_report() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let row = |line: u64, field: &str| RefusedRow {
            file: "cafes.csv".into(),
            line,
            field: field.into(),
            own_field: false,
            reason: "is missing".into(),
            said: None,
        };
        // The first is as the program before wrote it, the second has everything.
        let said = Problem::TooLong { length: 201, limit: 200 }.saying();
        let whole = RefusedRow { own_field: true, said: Some(said), ..row(2, "lat") };
        let refused = [row(9, "name"), whole, row(2, "lon")];
        let mut tx = db.write().await.expect("write");
        let (run, other) = (begun(&mut tx, &world).await, begun(&mut tx, &world).await);
        import_refusal::add(&mut tx, &may, run, &refused).await.expect("kept");
        let first = import_refusal::list(&mut tx, world.project, run, &Page::first(2)).await.expect("read");
        assert_eq!((first.rows.as_slice(), first.total, first.next), (&refused[..2], 3, Some(2)));
        let none = import_refusal::list(&mut tx, world.project, other, &Page::default()).await;
        assert_eq!(none.expect("read").total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_reason_that_cannot_be_read_back_is_an_error_with_its_place() {
    in_every_world(async |db, world| {
        let said = Some(Problem::Missing.saying());
        let (file, field, reason) = ("cafes.csv".into(), "name".into(), "is missing".into());
        let refused = [RefusedRow { file, line: 2, field, own_field: true, reason, said }];
        let mut tx = db.write().await.expect("write");
        let run = begun(&mut tx, &world).await;
        import_refusal::add(&mut tx, &world.may("import", "create"), run, &refused).await.expect("kept");
        tx.commit().await.expect("written");
        tamper(&db, "update import_refusal set said = '{}'").await;
        let mut conn = db.read().await.expect("read");
        let read = import_refusal::list(&mut conn, world.project, run, &Page::default()).await;
        assert!(matches!(read, Err(StoreError::Corrupt { table, column }) if table == "import_refusal" && column == "said"));
    })
    .await;
}

#[tokio::test]
async fn files_that_wait_for_a_yes_are_few_and_go_by_themselves() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let upload = |minute: i64| Upload {
            kind: "actors".into(),
            file: "cafes.csv".into(),
            content: vec![0, 255, 10],
            at: NOW.plus_minutes(minute),
        };
        let ids: Vec<UploadId> = (0..4).map(|_| id(UploadId::new)).collect();
        let mut tx = db.write().await.expect("write");
        for (minute, waiting) in (0..).zip(&ids) {
            import_upload::add(&mut tx, &may, *waiting, (&upload(minute), 3)).await.expect("kept");
        }
        let find = async |tx: &mut Tx, at: usize| {
            import_upload::find(tx, world.project, ids[at]).await.expect("read")
        };
        assert_eq!(find(&mut tx, 0).await, None, "only the three newest wait");
        assert_eq!(find(&mut tx, 1).await, Some(upload(1)), "the bytes come back as they were");
        assert_eq!(import_upload::forget(&mut tx, NOW.plus_minutes(2)).await.expect("removed"), 1);
        import_upload::remove(&mut tx, &may, ids[2]).await.expect("removed");
        import_upload::remove(&mut tx, &may, ids[2]).await.expect("nothing is left to do");
        let left = (find(&mut tx, 1).await, find(&mut tx, 2).await, find(&mut tx, 3).await.is_some());
        assert_eq!(left, (None, None, true));
        let elsewhere = import_upload::find(&mut tx, world.other_project, ids[3]).await.expect("read");
        assert_eq!(elsewhere, None);
    })
    .await;
}

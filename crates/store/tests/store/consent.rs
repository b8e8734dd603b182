//! Consents are added and never changed; the public pages, and the list of what is to be taken out of print, follow.

use crate::backup::empty;
use crate::database::{A_PROJECT, tamper};
use crate::in_every_world;
use kiez_domain::consent::{Consent, ConsentAct, Purpose};
use kiez_domain::id::{ActorId, ConsentId, PersonId};
use kiez_domain::need::NewNeed;
use kiez_domain::person::Person;
use kiez_store::error::StoreError;
use kiez_store::{actor, change_log, consent, person, posting, print_removal, public, statement};
use kiez_testkit::world::word;
use kiez_testkit::{NOW, id};

#[tokio::test]
async fn an_event_reads_back_as_it_was_noted() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("consent", "record");
        let nour = Person {
            id: id(PersonId::new),
            actor: world.bakery,
            name: "Nour".parse().expect("a name"),
            function: None,
        };
        person::create(&mut tx, &world.may("contact_channel", "create"), &nour, NOW).await.expect("stored");
        let mut own = word((world.bakery, Purpose::Photo, ConsentAct::Given), NOW);
        own.person = Some(nour.id);
        own.evidence.note = Some("Ordner B".parse().expect("a line"));
        own.recorded_by = Some(world.mira);
        let shop = word((world.bakery, Purpose::Photo, ConsentAct::Refused), NOW.plus_minutes(1));
        for event in [&own, &shop] {
            consent::add(&mut tx, &may, event).await.expect("added");
        }
        let read = consent::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read");
        assert_eq!(read, [own, shop], "in the order in which they were noted");
        let stands = async |tx: &mut _, whose, purpose| {
            consent::stands(tx, world.project, (world.bakery, whose), purpose).await.expect("read")
        };
        assert!(!stands(&mut tx, Some(nour.id), Purpose::Photo).await, "the shop said no later");
        assert!(!stands(&mut tx, None, Purpose::Web).await);
        let none = consent::list_by_actor(&mut tx, world.other_project, world.bakery).await.expect("read");
        assert_eq!(none, Vec::<Consent>::new());
    })
    .await;
}

#[tokio::test]
async fn a_yes_puts_an_actor_on_the_public_pages_and_a_no_takes_it_off_in_the_same_transaction() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("need", "update");
        posting::set_published::<NewNeed>(&mut tx, &may, world.wood_wanted, 1, (true, NOW))
            .await
            .expect("saved");
        tx.commit().await.expect("commit");
        let before = change_log::head(&mut db.read().await.expect("read")).await.expect("read");

        let mut tx = db.write().await.expect("write");
        world.say(&mut tx, (world.kita, Purpose::Web, ConsentAct::Given)).await.expect("noted");
        assert!(public::actor(&mut tx, world.project, world.kita).await.expect("read").is_some());
        assert_eq!(public::needs(&mut tx, world.project).await.expect("read").len(), 1);
        let no = word((world.kita, Purpose::Web, ConsentAct::Withdrawn), NOW.plus_minutes(1));
        consent::add(&mut tx, &world.may("consent", "record"), &no).await.expect("added");
        assert!(public::actor(&mut tx, world.project, world.kita).await.expect("read").is_none());
        assert!(public::needs(&mut tx, world.project).await.expect("read").is_empty(), "and its cards");
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let changes = change_log::since(&mut conn, before, 20).await.expect("read");
        let told: Vec<&str> = changes.iter().map(|change| change.noun.as_str()).collect();
        assert_eq!(told, ["consent", "actor", "consent", "actor"], "what is kept in memory learns of both");
        let kita = actor::find(&mut conn, world.project, world.kita).await.expect("read").expect("there");
        assert_eq!((kita.published, kita.version), (false, 3));
    })
    .await;
}

#[tokio::test]
async fn what_a_human_or_another_purpose_says_publishes_no_actor() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        world.say(&mut tx, (world.kita, Purpose::Print, ConsentAct::Given)).await.expect("noted");
        let jonas = Person {
            id: id(PersonId::new),
            actor: world.kita,
            name: "Jonas".parse().expect("a name"),
            function: None,
        };
        person::create(&mut tx, &world.may("contact_channel", "create"), &jonas, NOW).await.expect("stored");
        let mut own = word((world.kita, Purpose::Web, ConsentAct::Given), NOW);
        own.person = Some(jonas.id);
        consent::add(&mut tx, &world.may("consent", "record"), &own).await.expect("added");
        assert!(public::actors(&mut tx, world.project).await.expect("read").is_empty());
    })
    .await;
}

/// What the program can do to a table, by its statements.
fn verbs(table: &str) -> Vec<&'static str> {
    let of_table = |sql: &str| {
        ["insert into", "update", "delete from"]
            .into_iter()
            .filter(|verb| sql.contains(&format!("{verb} {table} ")))
            .collect::<Vec<_>>()
    };
    let mut found: Vec<&str> = statement::all()
        .flat_map(|(_, statement)| of_table(&statement.sql.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn no_statement_of_the_program_changes_or_removes_a_consent_or_an_objection() {
    for table in ["consent", "print_removal", "objection", "objection_key", "action_link_use"] {
        assert_eq!(verbs(table), ["insert into"], "{table}");
    }
    assert!(verbs("actor").contains(&"update"), "the search knows what a change looks like");
}

#[tokio::test]
async fn what_was_taken_back_about_paper_waits_until_somebody_says_that_it_is_out() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("consent", "record");
        let mut withdrawn = Vec::new();
        for (at, purpose) in [Purpose::Print, Purpose::Photo, Purpose::Web].into_iter().enumerate() {
            world.say(&mut tx, (world.bakery, purpose, ConsentAct::Given)).await.expect("noted");
            let later = NOW.plus_days(1 + i64::try_from(at).expect("small"));
            let no = word((world.bakery, purpose, ConsentAct::Withdrawn), later);
            consent::add(&mut tx, &may, &no).await.expect("added");
            withdrawn.push(no);
        }
        let list = print_removal::list(&mut tx, world.project).await.expect("read");
        let events: Vec<&Consent> = list.iter().map(|row| &row.event).collect();
        assert_eq!(events, [&withdrawn[1], &withdrawn[0]], "the latest first, and nothing about the web");
        assert!(list.iter().all(|row| row.actor_name == "Bäckerei Ayşe" && row.removed.is_none()));
        let edition = "Frühjahr 2026".parse().expect("a line");
        let settle = world.may("print_removal", "settle");
        for _ in 0..2 {
            let done = print_removal::settle(&mut tx, &settle, withdrawn[0].id, (&edition, NOW)).await;
            done.expect("settled, and a second time changes nothing");
        }
        let list = print_removal::list(&mut tx, world.project).await.expect("read");
        let out: Vec<_> = list.iter().map(|row| row.removed.clone()).collect();
        assert_eq!(out, [None, Some((edition.clone(), NOW))]);
        for nothing in [withdrawn[2].id, id(ConsentId::new)] {
            let missing = print_removal::settle(&mut tx, &settle, nothing, (&edition, NOW)).await;
            assert!(matches!(missing, Err(StoreError::NotFound)), "{missing:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_leave_or_an_actor_nothing_is_noted() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let event = word((world.bakery, Purpose::Web, ConsentAct::Given), NOW);
        let wrong = consent::add(&mut tx, &world.may("actor", "update"), &event).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })), "{wrong:?}");
        let nobody = word((id(ActorId::new), Purpose::Web, ConsentAct::Given), NOW);
        let missing = consent::add(&mut tx, &world.may("consent", "record"), &nobody).await;
        assert!(matches!(missing, Err(StoreError::MissingReference)), "{missing:?}");
    })
    .await;
}

#[tokio::test]
async fn who_was_public_before_anybody_noted_why_is_taken_off_and_asked() {
    for database in empty().await {
        let db = &database.db;
        db.migrate_to(13).await.expect("migrated");
        tamper(db, A_PROJECT).await;
        let insert = "insert into actor (project_id, id, name, name_sort, search_text, side, languages, stage, published,
version, created_at, updated_at) values ('0198c0de-0000-7000-8000-00000000000a', '0198c0de-0000-7000-8000-00000000000b',
'Laden', 'laden', 'laden', 'business', '[]', 'participating', true, 1, 0, 0)";
        tamper(db, insert).await;
        db.migrate().await.expect("brought forward");
        let mut conn = db.read().await.expect("read");
        let project = "0198c0de-0000-7000-8000-00000000000a".parse().expect("an id");
        assert!(public::actors(&mut conn, project).await.expect("read").is_empty());
        let id: ActorId = "0198c0de-0000-7000-8000-00000000000b".parse().expect("an id");
        let kept = actor::find(&mut conn, project, id).await.expect("read").expect("it is still there");
        assert_eq!((kept.published, kept.version), (false, 2));
        assert!(
            consent::list_by_actor(&mut conn, project, id).await.expect("read").is_empty(),
            "nothing is made up"
        );
    }
}

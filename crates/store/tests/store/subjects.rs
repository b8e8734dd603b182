//! What is known about somebody, who has seen it, and data that is kept and not worked with.

use crate::database::tamper;
use crate::in_every_world;
use jiff::civil::date;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ContactChannelId, PersonId, RestrictionId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::person::Person;
use kiez_domain::restriction::{NewRestriction, Restricted, RestrictionForm, RestrictionState};
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::{audit, audit_key, contact_channel, engine, person, public, restriction, subject};
use kiez_testkit::{NOW, World, id};

async fn ayse(db: &Db, world: &World) -> PersonId {
    let new = Person {
        id: id(PersonId::new),
        actor: world.bakery,
        name: "Ayşe Yılmaz".parse().expect("a name"),
        function: Some("Inhaberin".parse().expect("a line")),
    };
    let channel = ContactChannel {
        id: id(ContactChannelId::new),
        actor: world.bakery,
        person: Some(new.id),
        medium: Medium::Phone,
        value: "030 1234567".parse().expect("a line"),
        visibility: ChannelVisibility::Public,
    };
    let mut tx = db.write().await.expect("write");
    let may = world.may("contact_channel", "create");
    person::create(&mut tx, &may, &new, NOW).await.expect("stored");
    contact_channel::create(&mut tx, &may, &channel, NOW).await.expect("stored");
    tx.commit().await.expect("commit");
    new.id
}

#[tokio::test]
async fn everything_about_an_actor_is_found_and_where_it_came_from() {
    in_every_world(async |db, world| {
        let person = ayse(&db, &world).await;
        let import = "0198c0de-0000-7000-9000-00000000aaaa";
        tamper(&db, &format!("insert into import_run (project_id, id, kind, files, at, state, counts) values ('{}', '{import}', 'actors', '[\"läden.csv\"]', 5, 'done', '{{}}')", world.project)).await;
        tamper(&db, &format!("insert into import_change (project_id, import_id, noun, row_id, change, version) values ('{}', '{import}', 'actor', '{}', 'created', 1)", world.project, world.bakery)).await;
        tamper(&db, &format!("insert into provenance (project_id, noun, source_key, row_id, imported) values ('{}', 'actor', 'a', '{}', '{{\"name\":\"Bäckerei Ayşe\"}}')", world.project, world.bakery)).await;
        let mut conn = db.read().await.expect("read");
        let rows = subject::of_actor(&mut conn, world.project, world.bakery).await.expect("read");
        let tables: Vec<&str> = rows.iter().map(|row| row.table).collect();
        assert_eq!(tables, ["actor", "person", "contact_channel", "provenance", "import_change"]);
        let name = |column: &str| rows[0].values.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
        assert_eq!(name("name"), Some("Bäckerei Ayşe".into()));
        let (kind, files, at) = rows[0].source.import.clone().expect("an import");
        assert_eq!((kind.as_str(), files, at.0), ("actors", vec!["läden.csv".to_owned()], 5));
        assert_eq!(rows[0].source.imported.get("name"), Some(&"Bäckerei Ayşe".into()));
        assert_eq!(rows[1].source.import, None);
        let of_person = subject::of_person(&mut conn, world.project, person).await.expect("read");
        assert_eq!(of_person.iter().map(|row| row.table).collect::<Vec<_>>(), ["person", "contact_channel"]);
        let ids = subject::ids_of_actor(&mut conn, world.project, world.bakery).await.expect("read");
        assert_eq!(ids.len(), 3);
        assert_eq!(subject::ids_of_person(&mut conn, world.project, person).await.expect("read").len(), 2);
        let elsewhere = subject::of_actor(&mut conn, world.other_project, world.bakery).await.expect("read");
        assert_eq!(elsewhere, []);
    })
    .await;
}

#[tokio::test]
async fn who_looked_stands_in_the_trail_until_it_forgets() {
    in_every_world(async |db, world| {
        let may = world.may("contact_channel", "read");
        let read = |at| audit::Read::of(&may, ("actor", world.bakery.to_string()), at);
        let mut tx = db.write().await.expect("write");
        audit::note_reads(&mut tx, &[]).await.expect("nothing to note");
        audit::note_reads(&mut tx, &[read(NOW), read(NOW.plus_days(40))]).await.expect("noted");
        tx.commit().await.expect("commit");
        let rows = [world.bakery.to_string()];
        let between = async |from, to| {
            let mut conn = db.read().await.expect("read");
            let found = audit::about(&mut conn, (world.project, &rows), (from, to), 10).await.expect("read");
            let names = audit_key::names(&mut conn, (from, to)).await.expect("read");
            found
                .into_iter()
                .filter(|entry| entry.resource == "contact_channel")
                .map(|entry| entry.by.and_then(|by| names.get(&by).cloned()))
                .collect::<Vec<_>>()
        };
        let mira = || Some((world.mira, "Mira".to_owned()));
        assert_eq!(between(NOW, NOW.plus_days(90)).await, [mira(), mira()]);
        assert_eq!(between(NOW.plus_minutes(1), NOW.plus_days(90)).await, [mira()]);
        assert_eq!(between(NOW.plus_days(-9), NOW).await, []);
        // What is older than a moment is known no more; what is younger is.
        let run = world.may("retention", "run");
        let mut tx = db.write().await.expect("write");
        let cut = NOW.plus_days(35);
        assert_eq!(audit_key::count_older(&mut tx, cut).await.expect("read"), 3);
        assert_eq!(audit_key::forget(&mut tx, &run, cut).await.expect("forgotten"), 3);
        assert_eq!(audit_key::forget(&mut tx, &run, cut).await.expect("once"), 0);
        assert!(audit_key::forget(&mut tx, &may, cut).await.is_err(), "another permit");
        tx.commit().await.expect("commit");
        assert_eq!(between(NOW, NOW.plus_days(90)).await, [mira(), None]);
    })
    .await;
}

#[tokio::test]
async fn restricted_data_is_in_no_suggestion_and_on_no_public_page() {
    in_every_world(async |db, world| {
        tamper(&db, "update actor set published = true").await;
        tamper(&db, "update offer set published = true").await;
        let person = ayse(&db, &world).await;
        let seen = async || {
            let mut conn = db.read().await.expect("read");
            (
                engine::open::<NewOffer>(&mut conn, world.project).await.expect("read").len(),
                engine::open::<NewNeed>(&mut conn, world.project).await.expect("read").len(),
                engine::actor(&mut conn, world.project, world.joiner).await.expect("read").is_some(),
                public::actor(&mut conn, world.project, world.joiner).await.expect("read").is_some(),
            )
        };
        assert_eq!(seen().await, (1, 2, true, true));
        let form = |until: &str| RestrictionForm { reason: "Adresse bestritten".into(), until: until.into() };
        let new = |until: &str| NewRestriction::read(&form(until), NOW.day()).expect("complete");
        let (first, second) = (id(RestrictionId::new), id(RestrictionId::new));
        let may = world.may("restriction", "create");
        let mut tx = db.write().await.expect("write");
        let joiner = Restricted { actor: world.joiner, person: None };
        restriction::create(&mut tx, &may, (first, joiner), &new(""), NOW).await.expect("stored");
        let ayse = Restricted { actor: world.bakery, person: Some(person) };
        restriction::create(&mut tx, &may, (second, ayse), &new("2026-04-01"), NOW).await.expect("stored");
        tx.commit().await.expect("commit");
        assert_eq!(seen().await, (0, 2, false, false));
        let mut conn = db.read().await.expect("read");
        let held = restriction::list(&mut conn, world.project, world.bakery).await.expect("read");
        assert_eq!((held[0].of, held[0].state), (ayse, RestrictionState::Restricted));
        assert_eq!((held[0].reason.as_str(), held[0].until), ("Adresse bestritten", Some(date(2026, 4, 1))));
        let over = async |day| {
            restriction::list_over(&mut db.read().await.expect("read"), world.project, day)
                .await
                .expect("read")
                .len()
        };
        drop(conn);
        assert_eq!((over(date(2026, 3, 31)).await, over(date(2026, 4, 1)).await), (0, 1));
        let lift = world.may("restriction", "lift");
        let mut tx = db.write().await.expect("write");
        restriction::lift(&mut tx, &lift, first, NOW).await.expect("lifted");
        let again = restriction::lift(&mut tx, &lift, first, NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "once");
        tx.commit().await.expect("commit");
        assert_eq!(seen().await, (1, 2, true, true));
    })
    .await;
}

#[tokio::test]
async fn a_person_leaves_and_may_be_back() {
    in_every_world(async |db, world| {
        let ayse = ayse(&db, &world).await;
        let may = world.may("contact_channel", "update");
        let left = async || {
            person::left(&mut db.read().await.expect("read"), world.project, world.bakery)
                .await
                .expect("read")
        };
        for day in [Some(date(2026, 3, 2)), None] {
            let mut tx = db.write().await.expect("write");
            person::leave(&mut tx, &may, (ayse, day), NOW).await.expect("noted");
            tx.commit().await.expect("commit");
            assert_eq!(left().await.get(&ayse).copied(), day);
        }
        let mut tx = db.write().await.expect("write");
        let nobody = person::leave(&mut tx, &may, (id(PersonId::new), None), NOW).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
        let found = person::find(&mut tx, world.project, ayse).await.expect("read").expect("there");
        assert_eq!(found.name.as_str(), "Ayşe Yılmaz");
        assert_eq!(person::find(&mut tx, world.other_project, ayse).await.expect("read"), None);
    })
    .await;
}

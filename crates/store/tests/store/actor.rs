use crate::in_every_world;
use kiez_domain::actor::{ActorForm, NewActor, Stage};
use kiez_domain::branch::Side;
use kiez_domain::competence::Competence;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, CompetenceId, ContactChannelId, PersonId};
use kiez_domain::person::Person;
use kiez_store::actor::{self, ActorFilter};
use kiez_store::error::StoreError;
use kiez_store::page::Page;
use kiez_store::{competence, contact_channel, person};
use kiez_testkit::{NOW, id};

fn named(name: &str) -> NewActor {
    NewActor::try_from(ActorForm { name: name.into(), ..ActorForm::default() }).expect("filled")
}

#[tokio::test]
async fn an_actor_comes_back_as_it_was_stored() {
    in_every_world(async |db, world| {
        let form = ActorForm {
            name: "Änderungsschneiderei Ümit".into(),
            street: "Graefestraße".into(),
            house_number: "3".into(),
            lat: "52.4921".into(),
            lon: "13.4151".into(),
            languages: "tr, de".into(),
            carrier: "keiner".into(),
            note: "nur vormittags\nklingeln".into(),
            ..ActorForm::default()
        };
        let new = NewActor::try_from(form).expect("filled");
        let fresh = id(ActorId::new);
        let mut tx = db.write().await.expect("write");
        actor::create(&mut tx, &world.may("actor", "create"), fresh, &new, NOW).await.expect("stored");
        tx.commit().await.expect("commit");
        let conn = &mut db.read().await.expect("read");
        let found = actor::find(conn, world.project, fresh).await.expect("read").expect("there");
        assert_eq!(found.data, new);
        assert_eq!(
            (found.stage, found.quarter, found.published, found.version),
            (Stage::Mapped, Some(world.graefekiez), false, 1)
        );
        let facts = actor::facts(conn, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((facts.owner, facts.published), (Some(fresh), false));
        assert_eq!(actor::find(conn, world.other_project, fresh).await.expect("read"), None);
        assert_eq!(actor::facts(conn, world.other_project, fresh).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn who_saves_an_old_version_is_told() {
    in_every_world(async |db, world| {
        let may = world.may("actor", "update");
        let mut tx = db.write().await.expect("write");
        let second =
            actor::update(&mut tx, &may, world.bakery, 1, (&named("Bäckerei Ayşe & Töchter"), NOW)).await;
        assert_eq!(second.expect("saved"), 2);
        let late = actor::update(&mut tx, &may, world.bakery, 1, (&named("Zu spät"), NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
        let nobody = actor::update(&mut tx, &may, id(ActorId::new), 1, (&named("Niemand"), NOW)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
        let stage = actor::transition(&mut tx, &may, world.bakery, 2, (Stage::Visited, NOW)).await;
        assert_eq!(stage.expect("saved"), 3);
        let late = actor::transition(&mut tx, &may, world.bakery, 2, (Stage::Interested, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn a_permit_for_something_else_opens_nothing() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let wrong =
            actor::create(&mut tx, &world.may("need", "create"), id(ActorId::new), &named("X"), NOW).await;
        let Err(StoreError::WrongPermit { given, wanted }) = wrong else { panic!("{wrong:?}") };
        assert_eq!((given.as_str(), wanted.as_str()), ("create need", "create actor"));
    })
    .await;
}

#[tokio::test]
async fn the_directory_is_filtered_counted_and_sorted_without_regard_to_marks() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        for name in ["Zebra", "äpfel & Birnen", "Apotheke", "Çay Evi", "100% Wolle"] {
            actor::create(&mut tx, &world.may("actor", "create"), id(ActorId::new), &named(name), NOW)
                .await
                .expect("stored");
        }
        tx.commit().await.expect("commit");
        let conn = &mut db.read().await.expect("read");
        let businesses = ActorFilter { side: Some(Side::Business), ..ActorFilter::default() };
        let all = actor::list(conn, world.project, &businesses, &Page::default()).await.expect("read");
        let names: Vec<_> = all.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "100% Wolle",
                "äpfel & Birnen",
                "Apotheke",
                "Bäckerei Ayşe",
                "Çay Evi",
                "Tischlerei Holzwurm",
                "Zebra"
            ]
        );
        let part =
            actor::list(conn, world.project, &businesses, &Page { offset: 2, size: 3 }).await.expect("read");
        assert_eq!((part.rows.len(), part.total, part.next), (3, 7, Some(5)));
        for (words, expected) in [("AYSE", 1), ("graefestr", 1), ("100%", 1), ("_", 0), ("", 9)] {
            let filter = ActorFilter { text: Some(words.into()), ..ActorFilter::default() };
            let found = actor::list(conn, world.project, &filter, &Page::default()).await.expect("read");
            assert_eq!(found.total, expected, "{words}");
        }
        let found = actor::directory(conn, world.project, &businesses, &Page::first(3)).await.expect("read");
        assert_eq!(found.sides, [(Side::Business, 7), (Side::Institution, 2)]);
        assert!(found.branches.is_empty());
        assert_eq!((found.listing.rows.len(), found.listing.total, found.listing.next), (3, 7, Some(3)));
        let filter = ActorFilter {
            quarter: Some(world.siedlung),
            stage: Some(Stage::Mapped),
            published: Some(false),
            ..ActorFilter::default()
        };
        assert_eq!(actor::list(conn, world.project, &filter, &Page::default()).await.expect("read").total, 2);
        assert_eq!(
            actor::list(conn, world.other_project, &ActorFilter::default(), &Page::default())
                .await
                .expect("read")
                .total,
            0
        );
    })
    .await;
}

#[tokio::test]
async fn branches_are_counted_most_first() {
    in_every_world(async |db, world| {
        let branches: Vec<&str> = vec!["bakery", "bakery", "cafe"];
        let mut tx = db.write().await.expect("write");
        for branch in branches {
            let mut new = named("Laden");
            new.branch = Some(branch.parse().expect("a branch of the catalogue"));
            actor::create(&mut tx, &world.may("actor", "create"), id(ActorId::new), &new, NOW)
                .await
                .expect("stored");
        }
        let everybody = ActorFilter::default();
        let found =
            actor::directory(&mut tx, world.project, &everybody, &Page::default()).await.expect("read");
        let counts: Vec<_> = found.branches.iter().map(|(branch, n)| (branch.as_str(), *n)).collect();
        assert_eq!(counts, [("bakery", 2), ("cafe", 1)]);
        let filter =
            ActorFilter { branch: Some("cafe".parse().expect("a branch")), ..ActorFilter::default() };
        assert_eq!(
            actor::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read").total,
            1
        );
        let cafes = actor::directory(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
        assert_eq!(cafes.listing.total, 1, "the count follows the chosen branch");
        assert_eq!(cafes.branches.len(), 2, "the other branches stay to choose from");
        assert_eq!(cafes.sides, [(Side::Business, 1)]);
    })
    .await;
}

#[tokio::test]
async fn actors_are_found_by_id_and_by_name() {
    in_every_world(async |db, world| {
        let conn = &mut db.read().await.expect("read");
        let mut names =
            actor::names(conn, world.project, &[world.kita, world.bakery, world.kita]).await.expect("read");
        names.sort();
        assert_eq!(
            names,
            [(world.kita, "Kita Sonnenblume".to_owned()), (world.bakery, "Bäckerei Ayşe".to_owned())]
        );
        assert!(actor::names(conn, world.other_project, &[world.kita]).await.expect("read").is_empty());
        let found =
            actor::find_by_names(conn, world.project, &["backerei ayse", "Unbekannt"]).await.expect("read");
        assert_eq!(found, [("backerei ayse".to_owned(), world.bakery)]);
        let institutions = actor::institutions(conn, world.project, 10).await.expect("read");
        let names: Vec<_> = institutions.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Jugendclub Drehpunkt", "Kita Sonnenblume"]);
    })
    .await;
}

#[tokio::test]
async fn the_area_served_differs_from_the_seat() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let quarters = [world.siedlung, world.graefekiez];
        actor::set_served(&mut tx, &world.may("actor", "update"), world.joiner, &quarters, NOW)
            .await
            .expect("saved");
        let joiner = actor::find(&mut tx, world.project, world.joiner).await.expect("read").expect("there");
        assert_eq!(joiner.serves, [world.graefekiez, world.siedlung]);
        let filter = ActorFilter { serves: Some(world.siedlung), ..ActorFilter::default() };
        let found = actor::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
        assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [world.joiner]);
    })
    .await;
}

#[tokio::test]
async fn people_channels_and_competences_belong_to_their_actor() {
    in_every_world(async |db, world| {
        let may = world.may("contact_channel", "create");
        let ayse = Person {
            id: id(PersonId::new),
            actor: world.bakery,
            name: "Ayşe Yılmaz".parse().expect("name"),
            function: Some("Inhaberin".parse().expect("function")),
        };
        let phone = ContactChannel {
            id: id(ContactChannelId::new),
            actor: world.bakery,
            person: Some(ayse.id),
            medium: Medium::Phone,
            value: "030 123456".parse().expect("number"),
            visibility: ChannelVisibility::Internal,
        };
        let talk = Competence { id: id(CompetenceId::new), actor: world.bakery, kind: "talk".parse().expect("kind"), words: None };
        let mut tx = db.write().await.expect("write");
        person::create(&mut tx, &may, &ayse, NOW).await.expect("stored");
        contact_channel::create(&mut tx, &may, &phone, NOW).await.expect("stored");
        competence::create(&mut tx, &world.may("competence", "create"), &talk, NOW).await.expect("stored");
        assert_eq!(person::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read"), [ayse]);
        assert_eq!(contact_channel::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read"), [phone]);
        assert_eq!(competence::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read"), std::slice::from_ref(&talk));
        assert!(person::list_by_actor(&mut tx, world.project, world.kita).await.expect("read").is_empty());
        let again = Competence { id: id(CompetenceId::new), ..talk };
        let again = competence::create(&mut tx, &world.may("competence", "create"), &again, NOW).await;
        assert!(matches!(again, Err(StoreError::Conflict { constraint }) if constraint == "competence_project_id_actor_id_kind_key"));
    })
    .await;
}

#[tokio::test]
async fn a_link_across_projects_cannot_exist() {
    in_every_world(async |db, world| {
        let elsewhere = kiez_domain::policy::Subject::coordinator(world.other_project, None);
        let facts = kiez_domain::policy::Facts::of_project(world.other_project);
        let may = kiez_testkit::world::permit(&elsewhere, "contact_channel", "create", facts);
        let person = Person {
            id: id(PersonId::new),
            actor: world.bakery,
            name: "Niemand".parse().expect("name"),
            function: None,
        };
        let mut tx = db.write().await.expect("write");
        let linked = person::create(&mut tx, &may, &person, NOW).await;
        assert!(matches!(linked, Err(StoreError::MissingReference)));
    })
    .await;
}

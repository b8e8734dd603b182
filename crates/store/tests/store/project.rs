use crate::in_every_world;
use kiez_domain::id::{ProjectId, QuarterId};
use kiez_domain::policy::Facts;
use kiez_domain::project::{NewProject, ProjectForm};
use kiez_store::error::StoreError;
use kiez_store::quarter::NewQuarter;
use kiez_store::{actor, project, public, quarter};
use kiez_testkit::world::{permit, square};
use kiez_testkit::{NOW, id};

fn sheet(slug: &str, name: &str) -> NewProject {
    NewProject::try_from(ProjectForm { slug: slug.into(), name: name.into(), ..ProjectForm::default() })
        .expect("filled")
}

#[tokio::test]
async fn a_project_is_found_by_its_short_name_and_by_its_id() {
    in_every_world(async |db, world| {
        let conn = &mut db.read().await.expect("read");
        let found =
            public::project(conn, &"graefekiez".parse().expect("slug")).await.expect("read").expect("there");
        assert_eq!((found.id, found.data.name.as_str()), (world.project, "Graefekiez"));
        assert_eq!(found.home_quarter, Some(world.siedlung));
        assert_eq!(found.data.term.map(|term| term.from().to_string()), Some("2017-03-01".to_owned()));
        assert_eq!(project::find(conn, world.project).await.expect("read"), Some(found));
        let slugs: Vec<_> = public::projects(conn)
            .await
            .expect("read")
            .into_iter()
            .map(|p| p.data.slug.to_string())
            .collect();
        assert_eq!(slugs, ["graefekiez", "wrangelkiez"]);
    })
    .await;
}

#[tokio::test]
async fn a_taken_short_name_is_a_named_conflict_and_nothing_is_kept() {
    in_every_world(async |db, world| {
        let may = permit(&world.operator(), "project", "create", Facts::INSTALLATION);
        let mut tx = db.write().await.expect("write");
        let twice =
            project::create(&mut tx, &may, id(ProjectId::new), &sheet("graefekiez", "Zweiter"), NOW).await;
        assert!(
            matches!(twice, Err(StoreError::Conflict { constraint }) if constraint == "project_slug_key")
        );
        // On both engines: after a failure a transaction cannot be made lasting.
        assert!(tx.commit().await.is_err());
        assert_eq!(public::projects(&mut db.read().await.expect("read")).await.expect("read").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_stale_fact_sheet_is_refused() {
    in_every_world(async |db, world| {
        let may = world.may("project", "update");
        let before = project::find(&mut db.read().await.expect("read"), world.project)
            .await
            .expect("read")
            .expect("there");
        let mut tx = db.write().await.expect("write");
        let version = project::update(&mut tx, &may, before.version, &sheet("graefekiez", "Neu"), NOW)
            .await
            .expect("saved");
        assert_eq!(version, before.version + 1);
        let late = project::update(&mut tx, &may, before.version, &sheet("graefekiez", "Zu spät"), NOW).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn team_partners_and_colour_come_back_as_they_were_saved() {
    in_every_world(async |db, world| {
        let form = ProjectForm {
            slug: "graefekiez".into(),
            name: "Graefekiez".into(),
            team: "Büro für Quartiersentwicklung\nzwei halbe Stellen".into(),
            partners: "Bürgerstiftung, Handwerkskammer".into(),
            colour: "#0f6b7a".into(),
            ..ProjectForm::default()
        };
        let new = NewProject::try_from(form).expect("filled");
        let mut tx = db.write().await.expect("write");
        project::update(&mut tx, &world.may("project", "update"), 2, &new, NOW).await.expect("saved");
        tx.commit().await.expect("commit");
        let found = project::find(&mut db.read().await.expect("read"), world.project).await.expect("read");
        assert_eq!(found.map(|project| project.data), Some(new));
    })
    .await;
}

#[tokio::test]
async fn a_home_quarter_is_a_quarter_of_the_project() {
    in_every_world(async |db, world| {
        let may = world.may("project", "update");
        let mut tx = db.write().await.expect("write");
        project::set_home_quarter(&mut tx, &may, world.graefekiez, NOW).await.expect("of the project");
        let strange = project::set_home_quarter(&mut tx, &may, id(QuarterId::new), NOW).await;
        assert!(matches!(strange, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_quarter_drawn_anew_keeps_its_id_and_moves_who_lies_in_it() {
    in_every_world(async |db, world| {
        let conn = &mut db.read().await.expect("read");
        let joiner = actor::find(conn, world.project, world.joiner).await.expect("read").expect("there");
        assert_eq!(joiner.quarter, Some(world.graefekiez));
        let new = NewQuarter {
            name: "Graefekiez".parse().expect("name"),
            code: Some("02020204".parse().expect("code")),
            outline: square(52.6, 13.4),
        };
        let mut tx = db.write().await.expect("write");
        let kept =
            quarter::put(&mut tx, &world.may("quarter", "create"), id(QuarterId::new), &new, NOW).await;
        assert_eq!(kept.expect("saved"), world.graefekiez);
        tx.commit().await.expect("commit");
        let conn = &mut db.read().await.expect("read");
        let joiner = actor::find(conn, world.project, world.joiner).await.expect("read").expect("there");
        assert_eq!(joiner.quarter, None);
        let kita = actor::find(conn, world.project, world.kita).await.expect("read").expect("there");
        assert_eq!(kita.quarter, Some(world.siedlung));
        let drawn = quarter::find(conn, world.project, world.graefekiez).await.expect("read").expect("there");
        assert_eq!((drawn.outline, drawn.version), (square(52.6, 13.4), 2));
        assert_eq!(quarter::list(conn, world.project).await.expect("read").len(), 2);
        let map = quarter::map(conn, world.project).await.expect("read");
        assert_eq!(map.locate(kita.data.position), Some(world.siedlung));
        assert!(quarter::list(conn, world.other_project).await.expect("read").is_empty());
    })
    .await;
}

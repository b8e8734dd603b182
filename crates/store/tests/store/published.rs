use crate::in_every_world;
use kiez_domain::actor::Stage;
use kiez_domain::consent::{ConsentAct, Purpose};
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::ContactChannelId;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_store::actor::ActorFilter;
use kiez_store::db::Db;
use kiez_store::page::Page;
use kiez_store::{actor, contact_channel, posting, public, schema, statement};
use kiez_testkit::database::postgres;
use kiez_testkit::{NOW, World, id};
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn nothing_is_public_until_it_is_published() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        posting::set_published::<NewNeed>(
            &mut tx,
            &world.may("need", "update"),
            world.wood_wanted,
            1,
            (true, NOW),
        )
        .await
        .expect("saved");
        posting::set_published::<NewOffer>(
            &mut tx,
            &world.may("offer", "update"),
            world.offcuts,
            1,
            (true, NOW),
        )
        .await
        .expect("saved");
        assert!(public::actors(&mut tx, world.project).await.expect("read").is_empty());
        assert!(
            public::needs(&mut tx, world.project).await.expect("read").is_empty(),
            "its actor is not public"
        );
        for who in [world.kita, world.joiner] {
            world.say(&mut tx, (who, Purpose::Web, ConsentAct::Given)).await.expect("noted");
        }
        let names: Vec<_> =
            public::actors(&mut tx, world.project).await.expect("read").into_iter().map(|a| a.name).collect();
        assert_eq!(names, ["Kita Sonnenblume", "Tischlerei Holzwurm"]);
        let needs = public::needs(&mut tx, world.project).await.expect("read");
        assert_eq!((needs.len(), needs[0].actor_name.as_str()), (1, "Kita Sonnenblume"));
        assert_eq!(public::offers(&mut tx, world.project).await.expect("read").len(), 1);
        assert!(public::actor(&mut tx, world.project, world.kita).await.expect("read").is_some());
        assert!(public::actor(&mut tx, world.project, world.bakery).await.expect("read").is_none());
    })
    .await;
}

#[tokio::test]
async fn of_a_published_actor_the_public_reads_the_channels_that_are_for_everybody_alone() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("contact_channel", "create");
        let levels = [ChannelVisibility::Internal, ChannelVisibility::Partners, ChannelVisibility::Public];
        for visibility in levels {
            let value = format!("https://{visibility}.example").parse().expect("a line");
            let (actor, medium) = (world.kita, Medium::Web);
            let channel = ContactChannel {
                id: id(ContactChannelId::new),
                actor,
                person: None,
                medium,
                value,
                visibility,
            };
            contact_channel::create(&mut tx, &may, &channel, NOW).await.expect("stored");
        }
        let before = public::channels(&mut tx, world.project, world.kita).await.expect("read");
        assert!(before.is_empty(), "the actor is not public");
        let may = world.may("actor", "update");
        world.say(&mut tx, (world.kita, Purpose::Web, ConsentAct::Given)).await.expect("noted");
        let seen = public::channels(&mut tx, world.project, world.kita).await.expect("read");
        let values: Vec<_> = seen.iter().map(|channel| channel.value.as_str()).collect();
        assert_eq!(values, ["https://public.example"]);
        assert!(public::channels(&mut tx, world.other_project, world.kita).await.expect("read").is_empty());

        let gone = (Stage::Gone, NOW);
        actor::transition(&mut tx, &may, world.kita, 2, gone).await.expect("saved");
        assert!(public::channels(&mut tx, world.project, world.kita).await.expect("read").is_empty());
        assert!(public::actor(&mut tx, world.project, world.kita).await.expect("read").is_none());
    })
    .await;
}

#[tokio::test]
async fn cards_of_an_actor_that_is_gone_are_not_public_any_more() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("need", "update");
        let shown = (true, NOW);
        posting::set_published::<NewNeed>(&mut tx, &may, world.wood_wanted, 1, shown).await.expect("saved");
        let may = world.may("actor", "update");
        world.say(&mut tx, (world.kita, Purpose::Web, ConsentAct::Given)).await.expect("noted");
        assert_eq!(public::needs(&mut tx, world.project).await.expect("read").len(), 1);
        let gone = (Stage::Gone, NOW);
        actor::transition(&mut tx, &may, world.kita, 2, gone).await.expect("saved");
        assert!(public::needs(&mut tx, world.project).await.expect("read").is_empty());
    })
    .await;
}

/// The views of the public: what `views.sql` makes.
fn views() -> Vec<&'static str> {
    let lines = include_str!("../../migrations/views.sql").lines();
    let names = lines.filter_map(|line| line.strip_prefix("create view ")?.split(' ').next());
    let views: Vec<_> = names.collect();
    assert!(views.len() >= 3 && views.iter().all(|view| view.starts_with("public_")), "{views:?}");
    views
}

#[tokio::test]
async fn a_role_that_may_read_the_views_alone_can_run_everything_public_and_nothing_else() {
    let Some(database) = postgres().await else { return };
    database.db.migrate().await.expect("migrated");
    let world = World::build(&database.db).await.expect("built");
    let mut tx = database.db.write().await.expect("write");
    for who in [world.kita, world.joiner] {
        world.say(&mut tx, (who, Purpose::Web, ConsentAct::Given)).await.expect("noted");
    }
    tx.commit().await.expect("commit");
    let public = database.as_reader_of(&views()).await.expect("PostgreSQL has roles");
    let Db::Pg { pool, .. } = &public else { panic!("not the server") };
    let mut seen = 0;
    for (_, statement) in statement::all().filter(|(module, _)| *module == "public") {
        let places = (1..=9).take_while(|n| statement.sql.contains(&format!("${n}"))).count();
        let mut query = sqlx::query(statement.sql);
        for _ in 0..places {
            query = query.bind(world.project.to_string());
        }
        let answer = query.fetch_all(pool).await;
        assert!(answer.is_ok(), "{} reads more than the views: {answer:?}", statement.name);
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
    let mut conn = public.read().await.expect("read");
    assert_eq!(public::actors(&mut conn, world.project).await.expect("read").len(), 2);
    assert_eq!(public::projects(&mut conn).await.expect("read").len(), 2);
    let known = public::project(&mut conn, &"graefekiez".parse().expect("slug")).await.expect("read");
    assert_eq!(known.map(|project| project.id), Some(world.project), "fact sheets are public");
    drop(conn);
    let tables = schema::describe(&mut database.db.read().await.expect("read")).await.expect("described");
    for table in &tables {
        let sql = AssertSqlSafe(format!("select 1 from {} limit 1", table.name));
        let refused = sqlx::query(sql).fetch_optional(pool).await.expect_err(&table.name).to_string();
        assert!(refused.contains("permission denied"), "{}: {refused}", table.name);
    }
    let (everybody, page) = (ActorFilter::default(), Page::default());
    let members =
        actor::list(&mut public.read().await.expect("read"), world.project, &everybody, &page).await;
    assert!(members.is_err(), "the members' directory was read with the rights of the public");
}

#[test]
fn public_code_reads_public_views_alone() {
    let mut seen = 0;
    for (_, statement) in statement::all().filter(|(module, _)| *module == "public") {
        let sql = statement.sql.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(sql.matches(" from ").count(), 1, "{sql}");
        assert!(
            sql.contains(" from public_") && !sql.contains(" join ") && sql.starts_with("select "),
            "{sql}"
        );
        seen += 1;
    }
    assert!(seen >= 4);
}

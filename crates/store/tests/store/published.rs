use crate::in_every_world;
use kiez_store::{actor, need, offer, public, statement};
use kiez_testkit::NOW;

#[tokio::test]
async fn nothing_is_public_until_it_is_published() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        need::set_published(&mut tx, &world.may("need", "update"), world.wood_wanted, 1, (true, NOW))
            .await
            .expect("saved");
        offer::set_published(&mut tx, &world.may("offer", "update"), world.offcuts, 1, (true, NOW))
            .await
            .expect("saved");
        assert!(public::actors(&mut tx, world.project).await.expect("read").is_empty());
        assert!(
            public::needs(&mut tx, world.project).await.expect("read").is_empty(),
            "its actor is not public"
        );
        let may = world.may("actor", "update");
        for who in [world.kita, world.joiner] {
            actor::set_published(&mut tx, &may, who, 1, (true, NOW)).await.expect("saved");
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

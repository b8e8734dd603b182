use crate::in_every_world;
use jiff::civil::date;
use kiez_domain::id::PersonId;
use kiez_domain::notice::{Notice, Way};
use kiez_domain::person::Person;
use kiez_store::error::StoreError;
use kiez_store::notice;
use kiez_store::page::Page;
use kiez_testkit::{NOW, id};

#[tokio::test]
async fn whoever_is_noted_waits_to_be_told_until_somebody_notes_that_too() {
    in_every_world(async |db, world| {
        let karl = id(PersonId::new);
        let people =
            [(id(PersonId::new), "Ayşe Yılmaz", world.bakery, 0), (karl, "Karl Kunze", world.joiner, -3)];
        for (id, name, actor, days) in people {
            let new = Person { id, actor, name: name.parse().expect("a name"), function: None };
            let mut tx = db.write().await.expect("write");
            let may = world.may("contact_channel", "create");
            kiez_store::person::create(&mut tx, &may, &new, NOW.plus_days(days)).await.expect("noted");
            tx.commit().await.expect("commit");
        }
        let mut conn = db.read().await.expect("read");
        let first = notice::list(&mut conn, world.project, Page::first(1)).await.expect("read");
        assert_eq!((first.total, first.next), (2, Some(1)));
        assert_eq!(first.rows[0].person.id, karl, "who is known longest comes first");
        assert_eq!(first.rows[0].noted, NOW.plus_days(-3));
        assert_eq!(first.rows[0].actor_name, "Tischlerei Holzwurm");
        assert!(first.rows[0].address.to_string().contains("Graefestraße 12a"));
        assert_eq!(
            notice::list(&mut conn, world.other_project, Page::first(9)).await.expect("read").total,
            0
        );
        assert_eq!(notice::find(&mut conn, world.other_project, karl).await.expect("read"), None);
        drop(conn);
        let told = Notice::new(date(2026, 3, 1), Way::Letter, NOW.day()).expect("yesterday");
        let may = world.may("notice", "create");
        for again in [false, true] {
            let mut tx = db.write().await.expect("write");
            let noted = notice::record(&mut tx, &may, (karl, told), NOW).await;
            assert_eq!(matches!(noted, Err(StoreError::NotFound)), again);
            tx.commit().await.expect("commit");
        }
        let mut conn = db.read().await.expect("read");
        assert_eq!(notice::count(&mut conn, world.project).await.expect("read"), 1);
        let known = notice::find(&mut conn, world.project, karl).await.expect("read").expect("still known");
        assert_eq!(known.person.name.as_str(), "Karl Kunze");
    })
    .await;
}

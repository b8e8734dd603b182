use crate::in_every_world;
use jiff::civil::date;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ContactChannelId, PersonId};
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

#[tokio::test]
async fn by_a_mail_that_did_not_leave_nobody_was_told() {
    in_every_world(async |db, world| {
        let karl = id(PersonId::new);
        let name = "Karl Kunze".parse().expect("a name");
        let new = Person { id: karl, actor: world.joiner, name, function: None };
        let (may, mut tx) = (world.may("contact_channel", "create"), db.write().await.expect("write"));
        kiez_store::person::create(&mut tx, &may, &new, NOW).await.expect("noted");
        let mail = ContactChannel {
            id: id(ContactChannelId::new),
            actor: world.joiner,
            person: Some(karl),
            medium: Medium::Mail,
            value: "karl@example.org".parse().expect("a line"),
            visibility: ChannelVisibility::Internal,
        };
        assert!(notice::reached_by_mail(&mut tx, world.project).await.expect("read").is_empty());
        kiez_store::contact_channel::create(&mut tx, &may, &mail, NOW).await.expect("stored");
        let reached = notice::reached_by_mail(&mut tx, world.project).await.expect("read");
        assert_eq!(reached.into_iter().collect::<Vec<_>>(), [karl]);
        // By a mail that did not leave nobody was told.
        let (may, send) = (world.may("notice", "create"), world.may("message", "give_up"));
        let mailed = Notice::new(date(2026, 3, 1), Way::Mail, NOW.day()).expect("yesterday");
        notice::record(&mut tx, &may, (karl, mailed), NOW).await.expect("noted");
        assert!(notice::reached_by_mail(&mut tx, world.project).await.expect("read").is_empty());
        notice::take_back(&mut tx, &send, (world.project, karl), NOW).await.expect("taken back");
        assert!(
            notice::take_back(&mut tx, &may, (world.project, karl), NOW).await.is_err(),
            "another permit"
        );
        assert_eq!(notice::count(&mut tx, world.project).await.expect("read"), 1);
        let letter = Notice::new(date(2026, 3, 1), Way::Letter, NOW.day()).expect("yesterday");
        notice::record(&mut tx, &may, (karl, letter), NOW).await.expect("noted");
        notice::take_back(&mut tx, &send, (world.project, karl), NOW).await.expect("asked");
        assert_eq!(
            notice::count(&mut tx, world.project).await.expect("read"),
            0,
            "told by letter stays told"
        );
    })
    .await;
}

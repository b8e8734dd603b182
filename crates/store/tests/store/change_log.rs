use crate::in_every_world;
use kiez_domain::id::JobId;
use kiez_domain::idea::NewIdea;
use kiez_domain::need::{NeedState, NewNeed};
use kiez_store::{audit, change_log, job, posting};
use kiez_testkit::{NOW, databases, id};

#[tokio::test]
async fn changes_come_in_the_order_of_the_commits_without_gaps() {
    in_every_world(async |db, world| {
        let before = change_log::head(&mut db.read().await.expect("read")).await.expect("read");
        let mut dropped = db.write().await.expect("write");
        posting::transition::<NewNeed>(
            &mut dropped,
            &world.may("need", "update"),
            world.wood_wanted,
            1,
            (NeedState::Proposed, NOW),
        )
        .await
        .expect("saved");
        drop(dropped);
        let mut tx = db.write().await.expect("write");
        posting::transition::<NewNeed>(
            &mut tx,
            &world.may("need", "update"),
            world.wood_wanted,
            1,
            (NeedState::Proposed, NOW),
        )
        .await
        .expect("saved");
        tx.commit().await.expect("commit");
        let conn = &mut db.read().await.expect("read");
        let changes = change_log::since(conn, before, 10).await.expect("read");
        assert_eq!(changes.len(), 1);
        let change = &changes[0];
        assert_eq!((change.seq, change.project), (before + 1, Some(world.project)));
        assert_eq!(
            (change.noun.as_str(), change.row_id.as_str()),
            ("need", world.wood_wanted.to_string().as_str())
        );
        assert_eq!(change.change, "updated");
        let all = change_log::since(conn, 0, 1_000).await.expect("read");
        let numbers: Vec<i64> = all.iter().map(|change| change.seq).collect();
        assert_eq!(numbers, (1..=before + 1).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn many_writers_at_once_leave_no_gap() {
    for database in databases().await {
        let world = kiez_testkit::World::build(&database.db).await.expect("built");
        let before = change_log::head(&mut database.db.read().await.expect("read")).await.expect("read");
        let mut tasks = Vec::new();
        for _ in 0..12 {
            let db = database.db.clone();
            tasks.push(tokio::spawn(async move {
                let mut tx = db.write().await.expect("write");
                let new = NewIdea { actor: None, said_by: None, text: "Idee".parse().expect("text") };
                let fresh = id(kiez_domain::id::IdeaId::new);
                kiez_store::idea::create(&mut tx, &world.may("idea", "create"), fresh, &new, NOW)
                    .await
                    .expect("stored");
                tx.commit().await.expect("commit");
            }));
        }
        for task in tasks {
            task.await.expect("no panic");
        }
        let changes =
            change_log::since(&mut database.db.read().await.expect("read"), before, 100).await.expect("read");
        assert_eq!(
            changes.iter().map(|change| change.seq).collect::<Vec<_>>(),
            (before + 1..=before + 12).collect::<Vec<_>>()
        );
    }
}

#[tokio::test]
async fn a_sealed_entry_that_is_changed_breaks_the_chain() {
    in_every_world(async |db, _| {
        let mut tx = db.write().await.expect("write");
        let sealed = audit::seal(&mut tx, NOW).await.expect("sealed");
        assert!(sealed > 10);
        assert_eq!(audit::seal(&mut tx, NOW).await.expect("nothing left"), 0);
        assert_eq!(audit::verify(&mut tx).await.expect("read"), None);
        tx.commit().await.expect("commit");
        crate::database::tamper(&db, "update audit_entry set by_role = 'operator' where sealed_seq = 3")
            .await;
        assert_eq!(audit::verify(&mut db.read().await.expect("read")).await.expect("read"), Some(3));
        crate::database::tamper(&db, "delete from audit_entry where sealed_seq = 1").await;
        assert_eq!(audit::verify(&mut db.read().await.expect("read")).await.expect("read"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_claimed_once_tried_again_after_a_failure_and_done_for_good() {
    in_every_world(async |db, world| {
        let (early, late) = (id(JobId::new), id(JobId::new));
        let payload = serde_json::json!({ "need": world.wood_wanted.to_string() });
        let mut tx = db.write().await.expect("write");
        job::enqueue(&mut tx, late, None, ("tidy", &payload), NOW.plus_days(1)).await.expect("stored");
        job::enqueue(&mut tx, early, Some(world.project), ("suggest", &payload), NOW).await.expect("stored");
        let first = job::claim(&mut tx, NOW).await.expect("read").expect("one is due");
        assert_eq!((first.id, first.kind.as_str(), first.attempts), (early, "suggest", 1));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&first.payload).expect("JSON"), payload);
        assert_eq!(job::claim(&mut tx, NOW).await.expect("read"), None);
        assert!(!job::is_due(&mut tx, NOW).await.expect("asked"));
        job::fail(&mut tx, early, "no mail server", NOW.plus_minutes(5)).await.expect("noted");
        assert_eq!(job::claim(&mut tx, NOW).await.expect("read"), None);
        assert!(job::is_due(&mut tx, NOW.plus_minutes(5)).await.expect("asked"));
        let again = job::claim(&mut tx, NOW.plus_minutes(5)).await.expect("read").expect("due again");
        assert_eq!((again.id, again.attempts), (early, 2));
        // Whoever took it died: after a quarter of an hour it is free.
        let third = job::claim(&mut tx, NOW.plus_minutes(21)).await.expect("read").expect("free again");
        assert_eq!(third.attempts, 3);
        job::finish(&mut tx, early, NOW).await.expect("noted");
        assert_eq!(job::claim(&mut tx, NOW.plus_days(2)).await.expect("read").map(|job| job.id), Some(late));
        assert_eq!(job::claim(&mut tx, NOW.plus_days(2)).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_done_to_a_sealed_entry_breaks_the_chain_there() {
    for (damage, breaks_at) in [
        ("update audit_entry set by_user = null where sealed_seq = 2", Some(2)),
        ("update audit_entry set action = 'read' where sealed_seq = 4", Some(4)),
        ("update audit_entry set row_id = 'somebody else' where sealed_seq = 4", Some(4)),
        ("update audit_entry set at = at + 1 where sealed_seq = 5", Some(5)),
        ("update audit_entry set hash = '' where sealed_seq = 3", Some(3)),
        ("delete from audit_entry where sealed_seq = 2", Some(2)),
        ("update audit_entry set sealed_seq = 1000 where sealed_seq = 6", Some(6)),
        // The end of the trail can be cut off unseen: how long it was stands nowhere else yet.
        ("delete from audit_entry where sealed_seq = (select max(sealed_seq) from audit_entry)", None),
    ] {
        for database in databases().await {
            kiez_testkit::World::build(&database.db).await.expect("built");
            // In this world everything is done by nobody in particular: give one entry an author first.
            let author =
                "update audit_entry set by_user = 'mira' where seq = (select min(seq) + 1 from audit_entry)";
            crate::database::tamper(&database.db, author).await;
            let mut tx = database.db.write().await.expect("write");
            assert!(audit::seal(&mut tx, NOW).await.expect("sealed") > 6);
            tx.commit().await.expect("commit");
            crate::database::tamper(&database.db, damage).await;
            let found = audit::verify(&mut database.db.read().await.expect("read")).await.expect("read");
            assert_eq!(found, breaks_at, "{}: {damage}", database.db.engine());
        }
    }
}

#[tokio::test]
async fn a_trail_that_is_empty_or_too_young_has_nothing_to_seal() {
    for database in databases().await {
        let mut tx = database.db.write().await.expect("write");
        assert_eq!(audit::seal(&mut tx, NOW).await.expect("nothing"), 0);
        assert_eq!(audit::verify(&mut tx).await.expect("read"), None);
        drop(tx);
        kiez_testkit::World::build(&database.db).await.expect("built");
        let mut tx = database.db.write().await.expect("write");
        let yesterday = NOW.plus_days(-1);
        assert_eq!(audit::seal(&mut tx, yesterday).await.expect("not yet"), 0, "all entries are of today");
        assert!(audit::seal(&mut tx, NOW).await.expect("sealed") > 0);
    }
}

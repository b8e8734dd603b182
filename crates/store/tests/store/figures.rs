use crate::in_every_world;
use kiez_domain::id::JobId;
use kiez_store::{audit, figures, job};
use kiez_testkit::{NOW, id};

#[tokio::test]
async fn what_waits_is_counted_and_what_is_done_is_not() {
    in_every_world(async |db, _| {
        let before = figures::count(&mut db.read().await.expect("read")).await.expect("counted");
        assert_eq!((before.jobs_waiting, before.jobs_failing), (0, 0));
        assert!(before.database_bytes > 50_000 && before.audit_unsealed > 0, "{before:?}");
        let (done, failed) = (id(JobId::new), id(JobId::new));
        let mut tx = db.write().await.expect("write");
        for fresh in [done, failed, id(JobId::new)] {
            job::enqueue(&mut tx, fresh, None, ("x", &serde_json::json!({})), NOW).await.expect("stored");
        }
        job::finish(&mut tx, done, NOW).await.expect("done");
        job::fail(&mut tx, failed, "no answer", NOW.plus_minutes(5)).await.expect("noted");
        audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("commit");
        let after = figures::count(&mut db.read().await.expect("read")).await.expect("counted");
        assert_eq!((after.jobs_waiting, after.jobs_failing, after.audit_unsealed), (2, 1, 0));
        assert!(db.writers().waits >= 2 && db.writers().waiting == 0, "{:?}", db.writers());
    })
    .await;
}

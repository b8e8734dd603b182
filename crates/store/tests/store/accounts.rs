use crate::in_every_world;
use kiez_domain::id::{LinkId, SessionId, UserId};
use kiez_domain::policy::{Facts, Role, Subject};
use kiez_store::error::StoreError;
use kiez_store::idempotency::{Remembered, remember};
use kiez_store::user::Membership;
use kiez_store::{idempotency, link, session, user};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};

fn operator(world: &World, resource: &str, action: &str) -> kiez_domain::policy::Permit {
    permit(&world.operator(), resource, action, Facts::INSTALLATION)
}

#[tokio::test]
async fn accounts_are_found_by_id_and_by_address_whatever_its_case() {
    in_every_world(async |db, world| {
        let may = operator(&world, "member", "create");
        let (fresh, name) = (id(UserId::new), "Nadia".parse().expect("name"));
        let email = "Nadia@Example.org".parse().expect("address");
        let mut tx = db.write().await.expect("write");
        user::create(&mut tx, &may, fresh, (&name, Some(&email), false), NOW).await.expect("stored");
        let found = user::find(&mut tx, fresh).await.expect("read").expect("there");
        assert_eq!((found.name.as_str(), found.operator, found.removed), ("Nadia", false, false));
        let by_email = user::find_by_email(&mut tx, &"nadia@example.ORG".parse().expect("address")).await.expect("read");
        assert_eq!(by_email, Some(found));
        let twice = user::create(&mut tx, &may, id(UserId::new), (&name, Some(&email), false), NOW).await;
        assert!(matches!(twice, Err(StoreError::Conflict { constraint }) if constraint == "user_account_email_key"));
    })
    .await;
}

#[tokio::test]
async fn a_removed_account_loses_sessions_and_memberships_at_once() {
    in_every_world(async |db, world| {
        let visitor = permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION);
        let mut tx = db.write().await.expect("write");
        session::create(
            &mut tx,
            &visitor,
            (id(SessionId::new), world.jonas, "hash"),
            (NOW, NOW.plus_days(1)),
        )
        .await
        .expect("stored");
        user::remove(&mut tx, &operator(&world, "member", "remove"), world.jonas, NOW)
            .await
            .expect("removed");
        assert!(user::find(&mut tx, world.jonas).await.expect("read").expect("kept for the history").removed);
        assert!(user::memberships(&mut tx, world.jonas).await.expect("read").is_empty());
        let session = session::find_by_hash(&mut tx, "hash").await.expect("read").expect("there");
        assert_eq!(session.revoked_at, Some(NOW));
        let again = user::remove(&mut tx, &operator(&world, "member", "remove"), world.jonas, NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn memberships_are_added_changed_listed_and_ended() {
    in_every_world(async |db, world| {
        let of_mira =
            Membership { project: world.project, user: world.mira, role: Role::Coordinator, actor: None };
        let mut tx = db.write().await.expect("write");
        assert_eq!(
            user::memberships(&mut tx, world.mira).await.expect("read"),
            std::slice::from_ref(&of_mira)
        );
        let list = user::list(&mut tx).await.expect("read");
        assert_eq!(list.iter().map(|user| user.memberships.len()).collect::<Vec<_>>(), [1, 1, 0]);
        let funder = Membership { role: Role::Funder, ..of_mira };
        user::add_membership(&mut tx, &world.may("member", "create"), funder.clone(), NOW)
            .await
            .expect("changed");
        assert_eq!(
            user::memberships(&mut tx, world.mira).await.expect("read"),
            std::slice::from_ref(&funder)
        );
        let elsewhere = Membership { project: world.other_project, ..funder };
        let refused = user::add_membership(&mut tx, &world.may("member", "create"), elsewhere, NOW).await;
        assert!(matches!(refused, Err(StoreError::WrongPermit { .. })));
        let may = world.may("member", "remove");
        user::remove_membership(&mut tx, &may, (world.project, world.mira), NOW).await.expect("ended");
        assert!(user::memberships(&mut tx, world.mira).await.expect("read").is_empty());
        let again = user::remove_membership(&mut tx, &may, (world.project, world.mira), NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_once_and_not_after_its_day() {
    in_every_world(async |db, world| {
        let make = operator(&world, "sign_in_link", "create");
        let open = permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION);
        let mut tx = db.write().await.expect("write");
        let (good, old) = (id(LinkId::new), id(LinkId::new));
        link::create(&mut tx, &make, (good, world.jonas, "good"), (NOW, NOW.plus_days(7)))
            .await
            .expect("stored");
        link::create(&mut tx, &make, (old, world.jonas, "old"), (NOW, NOW)).await.expect("stored");
        let seen = link::find_by_hash(&mut tx, "good").await.expect("read").expect("there");
        assert_eq!((seen.id, seen.used_at), (good, None));
        assert_eq!(
            link::spend(&mut tx, &open, "good", NOW).await.expect("read").map(|link| link.user),
            Some(world.jonas)
        );
        assert_eq!(link::spend(&mut tx, &open, "good", NOW).await.expect("read"), None);
        assert_eq!(link::spend(&mut tx, &open, "old", NOW).await.expect("read"), None);
        assert_eq!(link::spend(&mut tx, &open, "unknown", NOW).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_touched_listed_and_revoked() {
    in_every_world(async |db, world| {
        let may = permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION);
        let fresh = id(SessionId::new);
        let mut tx = db.write().await.expect("write");
        session::create(&mut tx, &may, (fresh, world.mira, "hash"), (NOW, NOW.plus_days(90)))
            .await
            .expect("stored");
        session::touch(&mut tx, fresh, NOW.plus_minutes(10)).await.expect("touched");
        session::touch(&mut tx, fresh, NOW).await.expect("an older moment changes nothing");
        let found = session::find_by_hash(&mut tx, "hash").await.expect("read").expect("there");
        assert_eq!((found.last_seen_at, found.revoked_at), (NOW.plus_minutes(10), None));
        session::revoke(&mut tx, &may, fresh, NOW).await.expect("revoked");
        session::revoke(&mut tx, &may, fresh, NOW.plus_days(1)).await.expect("again changes nothing");
        let list = session::list_by_user(&mut tx, world.mira).await.expect("read");
        assert_eq!((list.len(), list[0].revoked_at), (1, Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn the_same_key_gives_the_first_outcome() {
    in_every_world(async |db, _| {
        let mut tx = db.write().await.expect("write");
        assert_eq!(remember(&mut tx, "mira", "k", "first", NOW).await.expect("kept"), Remembered::First);
        let again = remember(&mut tx, "mira", "k", "second", NOW).await.expect("read");
        assert_eq!(again, Remembered::Again("first".to_owned()));
        assert_eq!(remember(&mut tx, "jonas", "k", "own", NOW).await.expect("kept"), Remembered::First);
        assert_eq!(idempotency::forget(&mut tx, NOW.plus_days(1)).await.expect("removed"), 2);
        assert_eq!(idempotency::forget(&mut tx, NOW.plus_days(1)).await.expect("removed"), 0);
    })
    .await;
}

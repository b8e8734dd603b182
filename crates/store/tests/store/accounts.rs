use crate::{in_every_world, new_link, new_session};
use kiez_domain::id::{LinkId, SessionId, UserId};
use kiez_domain::policy::{Facts, Role, Subject};
use kiez_store::audit_key::AuditKey;
use kiez_store::error::StoreError;
use kiez_store::idempotency::{Remembered, remember};
use kiez_store::user::{Membership, Waiting};
use kiez_store::{idempotency, link, session, user};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};

fn operator(world: &World, resource: &str, action: &str) -> kiez_domain::policy::Permit {
    permit(&world.operator(), resource, action, Facts::INSTALLATION)
}

const KEY: AuditKey = AuditKey::new([9; 32]);

#[tokio::test]
async fn accounts_are_found_by_id_and_by_address_whatever_its_case() {
    in_every_world(async |db, world| {
        let may = operator(&world, "member", "create");
        let (fresh, name) = (id(UserId::new), "Nadia".parse().expect("name"));
        let email = "Nadia@Example.org".parse().expect("address");
        let mut tx = db.write().await.expect("write");
        user::create(&mut tx, &may, fresh, (&name, Some(&email), false, &KEY), NOW).await.expect("stored");
        let found = user::find(&mut tx, fresh).await.expect("read").expect("there");
        assert_eq!((found.name.as_str(), found.operator, found.removed), ("Nadia", false, false));
        let by_email = user::find_by_email(&mut tx, &"nadia@example.ORG".parse().expect("address")).await.expect("read");
        assert_eq!(by_email, Some(found));
        let twice = user::create(&mut tx, &may, id(UserId::new), (&name, Some(&email), false, &KEY), NOW).await;
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
            &new_session((id(SessionId::new), world.jonas, "hash"), NOW.plus_days(1)),
            NOW,
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
        let of_mira = Membership {
            project: world.project,
            user: world.mira,
            role: Role::Coordinator,
            actor: None,
            waiting: None,
        };
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
        link::create(&mut tx, &make, &new_link((good, world.jonas, "good"), NOW.plus_days(7)), NOW)
            .await
            .expect("stored");
        link::create(&mut tx, &make, &new_link((old, world.jonas, "old"), NOW), NOW).await.expect("stored");
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
        session::create(&mut tx, &may, &new_session((fresh, world.mira, "hash"), NOW.plus_days(90)), NOW)
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

#[tokio::test]
async fn a_permit_of_another_act_adds_ends_and_signs_in_nobody() {
    in_every_world(async |db, world| {
        let wrong = world.may("need", "create");
        let mut tx = db.write().await.expect("write");
        let (name, week) = ("Nadia".parse().expect("name"), (NOW, NOW.plus_days(7)));
        let refusals = [
            user::create(&mut tx, &wrong, id(UserId::new), (&name, None, false, &KEY), NOW).await,
            user::remove(&mut tx, &wrong, world.jonas, NOW).await,
            user::remove_membership(&mut tx, &wrong, (world.project, world.jonas), NOW).await,
            link::create(&mut tx, &wrong, &new_link((id(LinkId::new), world.jonas, "t"), week.1), week.0)
                .await,
            link::spend(&mut tx, &wrong, "t", NOW).await.map(drop),
            session::create(
                &mut tx,
                &wrong,
                &new_session((id(SessionId::new), world.jonas, "s"), week.1),
                week.0,
            )
            .await,
            session::revoke(&mut tx, &wrong, id(SessionId::new), NOW).await,
        ];
        for (at, refused) in refusals.iter().enumerate() {
            assert!(matches!(refused, Err(StoreError::WrongPermit { .. })), "{at}: {refused:?}");
        }
        assert_eq!(user::list(&mut tx).await.expect("read").len(), 3);
        assert_eq!(user::memberships(&mut tx, world.jonas).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn links_and_sessions_belong_to_somebody_who_is_there() {
    in_every_world(async |db, world| {
        let nobody = id(UserId::new);
        let week = (NOW, NOW.plus_days(7));
        let mut tx = db.write().await.expect("write");
        let may = operator(&world, "sign_in_link", "create");
        let link =
            link::create(&mut tx, &may, &new_link((id(LinkId::new), nobody, "t"), week.1), week.0).await;
        assert!(matches!(link, Err(StoreError::MissingReference)), "{link:?}");
        drop(tx);
        let mut tx = db.write().await.expect("write");
        let open = permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION);
        let session =
            session::create(&mut tx, &open, &new_session((id(SessionId::new), nobody, "s"), week.1), week.0)
                .await;
        assert!(matches!(session, Err(StoreError::MissingReference)), "{session:?}");
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_the_secret_of_one_session() {
    in_every_world(async |db, world| {
        let open = permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION);
        let week = (NOW, NOW.plus_days(7));
        let mut tx = db.write().await.expect("write");
        for (user, hash) in [(world.mira, "one"), (world.mira, "two"), (world.jonas, "three")] {
            session::create(&mut tx, &open, &new_session((id(SessionId::new), user, hash), week.1), week.0).await.expect("stored");
        }
        let found = session::find_by_hash(&mut tx, "two").await.expect("read").expect("there");
        assert_eq!((found.user, found.created_at, found.expires_at), (world.mira, NOW, NOW.plus_days(7)));
        assert_eq!(session::find_by_hash(&mut tx, "four").await.expect("read"), None);
        assert_eq!(session::list_by_user(&mut tx, world.mira).await.expect("read").len(), 2);
        assert!(session::list_by_user(&mut tx, world.olga).await.expect("read").is_empty());
        let twice = session::create(&mut tx, &open, &new_session((id(SessionId::new), world.olga, "one"), week.1), week.0).await;
        assert!(matches!(twice, Err(StoreError::Conflict { constraint }) if constraint == "session_token_hash_key"));
    })
    .await;
}

#[tokio::test]
async fn a_membership_waits_until_somebody_agrees_and_survives_who_asked_for_it() {
    in_every_world(async |db, world| {
        let (add, confirm) = (world.may("member", "create"), world.may("member", "confirm"));
        let waiting = Some(Waiting { until: NOW.plus_days(1), asked_by: Some(world.mira) });
        let of_olga = Membership {
            project: world.project,
            user: world.olga,
            role: Role::Coordinator,
            actor: None,
            waiting,
        };
        let key = (world.project, world.olga);
        let mut tx = db.write().await.expect("write");
        user::add_membership(&mut tx, &add, of_olga.clone(), NOW).await.expect("added");
        assert_eq!(
            user::memberships(&mut tx, world.olga).await.expect("read"),
            std::slice::from_ref(&of_olga)
        );
        assert!(of_olga.waits(NOW) && !of_olga.waits(NOW.plus_days(1)));
        let late = user::confirm_membership(&mut tx, &confirm, key, NOW.plus_days(1)).await;
        assert!(matches!(late, Err(StoreError::NotFound)), "the day is over: {late:?}");
        let wrong = user::confirm_membership(&mut tx, &add, key, NOW).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })), "{wrong:?}");
        user::confirm_membership(&mut tx, &confirm, key, NOW).await.expect("agreed");
        assert_eq!(user::memberships(&mut tx, world.olga).await.expect("read")[0].waiting, None);
        let again = user::confirm_membership(&mut tx, &confirm, key, NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_back_after_a_membership_ended_has_the_new_role_alone() {
    in_every_world(async |db, world| {
        let (add, end) = (world.may("member", "create"), world.may("member", "remove"));
        let mut tx = db.write().await.expect("write");
        user::remove_membership(&mut tx, &end, (world.project, world.jonas), NOW).await.expect("ended");
        let funder = Membership {
            project: world.project,
            user: world.jonas,
            role: Role::Funder,
            actor: None,
            waiting: None,
        };
        user::add_membership(&mut tx, &add, funder.clone(), NOW).await.expect("back");
        assert_eq!(user::memberships(&mut tx, world.jonas).await.expect("read"), [funder]);
        let nowhere = Membership {
            project: world.project,
            user: world.jonas,
            role: Role::Institution,
            actor: Some(id(kiez_domain::id::ActorId::new)),
            waiting: None,
        };
        let refused = user::add_membership(&mut tx, &add, nowhere, NOW).await;
        assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_happens_to_accounts_is_in_the_audit_trail_without_a_name() {
    in_every_world(async |db, world| {
        let before = kiez_store::change_log::head(&mut db.read().await.expect("read")).await.expect("read");
        let fresh = id(UserId::new);
        let (name, email) =
            ("Nadia Unverwechselbar".parse().expect("name"), "n@example.org".parse().expect("mail"));
        let mut tx = db.write().await.expect("write");
        let add = operator(&world, "member", "create");
        user::create(&mut tx, &add, fresh, (&name, Some(&email), false, &KEY), NOW).await.expect("stored");
        user::remove(&mut tx, &operator(&world, "member", "remove"), fresh, NOW).await.expect("removed");
        tx.commit().await.expect("commit");
        let conn = &mut db.read().await.expect("read");
        let changes = kiez_store::change_log::since(conn, before, 10).await.expect("read");
        let told: Vec<_> =
            changes.iter().map(|c| (c.noun.as_str(), c.change.as_str(), c.row_id.clone())).collect();
        let of = |change| ("user_account", change, fresh.to_string());
        assert_eq!(told, [of("created"), of("removed")]);
        let mut bytes = Vec::new();
        kiez_store::dump::canonical(conn, &mut bytes).await.expect("dumped");
        let dump = String::from_utf8(bytes).expect("UTF-8");
        let trail: Vec<_> =
            dump.lines().filter(|line| line.starts_with("{\"table\":\"audit_entry\"")).collect();
        assert!(trail.iter().any(|line| line.contains(&fresh.to_string())), "{trail:?}");
        assert!(!trail.iter().any(|line| line.contains("Unverwechselbar") || line.contains("example.org")));
    })
    .await;
}

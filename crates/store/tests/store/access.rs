//! Passwords, codes, keys, failed attempts: what proves who somebody is.

use crate::{in_every_world, new_link, new_session};
use kiez_domain::access::Proof;
use kiez_domain::id::{LinkId, PasskeyId, SessionId, UserId};
use kiez_domain::policy::{Facts, Permit, Role, Subject};
use kiez_store::error::StoreError;
use kiez_store::link::{NewLink, Purpose};
use kiez_store::passkey::PasskeyRow;
use kiez_store::session::NewSession;
use kiez_store::user::Membership;
use kiez_store::{ceremony, credential, link, passkey, recovery_code, session, throttle, user};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, id};

fn own() -> Permit {
    let known = Subject { user: Some(id(UserId::new)), ..Subject::visitor() };
    permit(&known, "account", "update", Facts::INSTALLATION)
}

fn open() -> Permit {
    permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION)
}

fn key(user: UserId, credential_id: &str) -> PasskeyRow {
    PasskeyRow {
        id: id(PasskeyId::new),
        user,
        credential_id: credential_id.to_owned(),
        credential: "{\"counter\":0}".to_owned(),
        name: "Telefon".parse().expect("a name"),
        created_at: NOW,
        last_used_at: None,
    }
}

#[tokio::test]
async fn a_password_and_the_codes_of_an_app_are_set_used_and_forgotten() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        assert_eq!(
            credential::get(&mut tx, world.mira).await.expect("read"),
            credential::Credential::default()
        );
        credential::set_password(&mut tx, &own(), (world.mira, "$argon2id$one"), NOW).await.expect("set");
        credential::set_pending(&mut tx, &own(), (world.mira, "SECRET"), NOW).await.expect("pending");
        let known = credential::get(&mut tx, world.mira).await.expect("read");
        assert_eq!(known.password_hash.as_deref(), Some("$argon2id$one"));
        assert_eq!((known.totp_secret, known.totp_pending.as_deref()), (None, Some("SECRET")));
        credential::confirm_totp(&mut tx, &own(), (world.mira, 7), NOW).await.expect("confirmed");
        let twice = credential::confirm_totp(&mut tx, &own(), (world.mira, 8), NOW).await;
        assert!(matches!(twice, Err(StoreError::NotFound)));
        for (step, good) in [(7, false), (8, true), (8, false), (6, false), (9, true)] {
            let used = credential::use_step(&mut tx, &open(), world.mira, step).await.expect("asked");
            assert_eq!(used, good, "step {step}");
        }
        credential::set_password(&mut tx, &own(), (world.mira, "$argon2id$two"), NOW).await.expect("set");
        let known = credential::get(&mut tx, world.mira).await.expect("read");
        assert_eq!(known.totp_secret.as_deref(), Some("SECRET"), "the app stays");
        assert_eq!(format!("{known:?}"), "Credential { password: true, codes: true }");
        credential::clear_totp(&mut tx, &own(), world.mira, NOW).await.expect("cleared");
        assert_eq!(credential::get(&mut tx, world.mira).await.expect("read").totp_secret, None);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_for_its_owner_alone() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let hashes = ["a".to_owned(), "b".to_owned()];
        recovery_code::replace(&mut tx, &own(), (world.mira, &hashes), NOW).await.expect("stored");
        assert_eq!(recovery_code::left(&mut tx, world.mira).await.expect("read"), 2);
        let mut spend = async |user, hash| {
            recovery_code::spend(&mut tx, &open(), (user, hash), NOW).await.expect("asked")
        };
        assert!(!spend(world.jonas, "a").await);
        assert!(spend(world.mira, "a").await);
        assert!(!spend(world.mira, "a").await);
        assert_eq!(recovery_code::left(&mut tx, world.mira).await.expect("read"), 1);
        recovery_code::replace(&mut tx, &own(), (world.mira, &["c".to_owned()]), NOW).await.expect("stored");
        assert!(!recovery_code::spend(&mut tx, &open(), (world.mira, "b"), NOW).await.expect("asked"));
    })
    .await;
}

#[tokio::test]
async fn passkeys_are_found_named_used_and_removed_by_their_owner() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let first = key(world.mira, "aa");
        passkey::create(&mut tx, &own(), &first).await.expect("stored");
        assert_eq!(passkey::find(&mut tx, world.mira, "aa").await.expect("read"), Some(first.clone()));
        assert_eq!(passkey::find(&mut tx, world.jonas, "aa").await.expect("read"), None);
        passkey::used(&mut tx, &open(), (world.mira, first.id, "{\"counter\":1}"), NOW).await.expect("used");
        let name = "Laptop".parse().expect("a name");
        let foreign = passkey::rename(&mut tx, &own(), (world.jonas, first.id), &name, NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        passkey::rename(&mut tx, &own(), (world.mira, first.id), &name, NOW).await.expect("named");
        let listed = passkey::list_by_user(&mut tx, world.mira).await.expect("read");
        assert_eq!((listed[0].name.as_str(), listed[0].last_used_at), ("Laptop", Some(NOW)));
        assert_eq!(listed[0].credential, "{\"counter\":1}");
        assert!(matches!(
            passkey::remove(&mut tx, &own(), (world.jonas, first.id), NOW).await,
            Err(StoreError::NotFound)
        ));
        passkey::remove(&mut tx, &own(), (world.mira, first.id), NOW).await.expect("removed");
        assert!(passkey::list_by_user(&mut tx, world.mira).await.expect("read").is_empty());
        passkey::create(&mut tx, &own(), &key(world.mira, "bb")).await.expect("stored");
        let known = passkey::create(&mut tx, &own(), &key(world.jonas, "bb")).await;
        assert!(matches!(known, Err(StoreError::Conflict { constraint }) if constraint == "passkey_credential_id_key"));
    })
    .await;
}

#[tokio::test]
async fn a_question_is_answered_once_and_in_time() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let soon = NOW.plus_minutes(5);
        ceremony::create(&mut tx, ("one", Some(world.mira)), "{}", soon).await.expect("kept");
        ceremony::create(&mut tx, ("two", None), "{}", soon).await.expect("kept");
        assert_eq!(ceremony::take(&mut tx, "one", soon).await.expect("read"), None, "too late");
        let taken = ceremony::take(&mut tx, "one", NOW).await.expect("read");
        assert_eq!(taken, Some((Some(world.mira), "{}".to_owned())));
        assert_eq!(ceremony::take(&mut tx, "one", NOW).await.expect("read"), None);
        assert_eq!(ceremony::forget(&mut tx, NOW).await.expect("forgotten"), 0);
        assert_eq!(ceremony::forget(&mut tx, soon).await.expect("forgotten"), 1);
    })
    .await;
}

#[tokio::test]
async fn failures_are_counted_forgiven_and_forgotten() {
    in_every_world(async |db, _| {
        let mut tx = db.write().await.expect("write");
        assert_eq!(throttle::find(&mut tx, "k").await.expect("read"), None);
        for _ in 0..3 {
            throttle::count(&mut tx, "k", NOW).await.expect("counted");
        }
        throttle::forgive(&mut tx, "k").await.expect("forgiven");
        let counted = throttle::find(&mut tx, "k").await.expect("read").expect("there");
        assert_eq!((counted.count, counted.last_at), (2, NOW));
        throttle::clear(&mut tx, "k").await.expect("cleared");
        assert_eq!(throttle::find(&mut tx, "k").await.expect("read"), None);
        throttle::count(&mut tx, "old", NOW).await.expect("counted");
        assert_eq!(throttle::forget(&mut tx, NOW).await.expect("asked"), 0);
        assert_eq!(throttle::forget(&mut tx, NOW.plus_days(1)).await.expect("forgotten"), 1);
    })
    .await;
}

#[tokio::test]
async fn devices_are_named_and_ended_by_their_owner() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let (here, there) = (id(SessionId::new), id(SessionId::new));
        let week = NOW.plus_days(7);
        for (session, hash, proof) in [(here, "here", Proof::Two), (there, "there", Proof::Link)] {
            let name = Some("Firefox · Linux".parse().expect("a name"));
            let new = NewSession { name, proof, ..new_session((session, world.mira, hash), week) };
            session::create(&mut tx, &open(), &new, NOW).await.expect("stored");
        }
        let name = "Rechner im Büro".parse().expect("a name");
        let foreign = session::rename(&mut tx, &own(), (world.jonas, here), Some(&name), NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        session::rename(&mut tx, &own(), (world.mira, here), Some(&name), NOW).await.expect("named");
        let ended = session::revoke_others(&mut tx, &own(), (world.mira, Some(here)), NOW).await;
        assert_eq!(ended.expect("ended"), 1);
        let left = session::find_by_hash(&mut tx, "here").await.expect("read").expect("there");
        assert_eq!((left.name, left.proof, left.revoked_at), (Some(name), Proof::Two, None));
        let gone = session::find_by_hash(&mut tx, "there").await.expect("read").expect("there");
        assert_eq!((gone.proof, gone.revoked_at), (Proof::Link, Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn other_rights_end_the_sessions_of_the_old_ones() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let week = NOW.plus_days(7);
        let begin = |hash| new_session((id(SessionId::new), world.jonas, hash), week);
        session::create(&mut tx, &open(), &begin("before"), NOW).await.expect("stored");
        let coordinator = Membership {
            project: world.project,
            user: world.jonas,
            role: Role::Coordinator,
            actor: None,
            waiting: None,
        };
        user::add_membership(&mut tx, &world.may("member", "create"), coordinator, NOW)
            .await
            .expect("changed");
        let ended = session::find_by_hash(&mut tx, "before").await.expect("read").expect("there");
        assert_eq!(ended.revoked_at, Some(NOW));
        session::create(&mut tx, &open(), &begin("after"), NOW).await.expect("stored");
        let end = (world.project, world.jonas);
        user::remove_membership(&mut tx, &world.may("member", "remove"), end, NOW).await.expect("ended");
        let ended = session::find_by_hash(&mut tx, "after").await.expect("read").expect("there");
        assert_eq!(ended.revoked_at, Some(NOW));
    })
    .await;
}

#[tokio::test]
async fn a_link_says_what_it_is_for_and_members_are_listed_by_project() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = permit(&world.operator(), "sign_in_link", "create", Facts::INSTALLATION);
        let plain = new_link((id(LinkId::new), world.jonas, "t"), NOW.plus_days(1));
        let new = NewLink { purpose: Purpose::Recovery, ..plain };
        link::create(&mut tx, &may, &new, NOW).await.expect("stored");
        let found = link::find_by_hash(&mut tx, "t").await.expect("read").expect("there");
        assert_eq!((found.purpose, found.purpose.name()), (Purpose::Recovery, "recovery"));
        let members = user::list_by_project(&mut tx, world.project).await.expect("read");
        let told: Vec<_> = members.iter().map(|row| (row.id, row.memberships[0].role)).collect();
        assert_eq!(told, [(world.mira, Role::Coordinator), (world.jonas, Role::Institution)]);
        assert!(user::list_by_project(&mut tx, world.other_project).await.expect("read").is_empty());
        let email = "Jonas@Example.org".parse().expect("an address");
        user::set_email(&mut tx, &own(), (world.jonas, &email), NOW).await.expect("set");
        assert_eq!(user::find_by_email(&mut tx, &email).await.expect("read").map(|row| row.id), Some(world.jonas));
        let taken = user::set_email(&mut tx, &own(), (world.mira, &email), NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict { constraint }) if constraint == "user_account_email_key"));
    })
    .await;
}

#[tokio::test]
async fn a_permit_of_another_act_changes_nobodys_access() {
    in_every_world(async |db, world| {
        let wrong = world.may("need", "create");
        let mut tx = db.write().await.expect("write");
        let (mira, name) = (world.mira, "Laptop".parse().expect("a name"));
        let refusals = [
            credential::set_password(&mut tx, &wrong, (mira, "h"), NOW).await,
            credential::set_pending(&mut tx, &wrong, (mira, "s"), NOW).await,
            credential::confirm_totp(&mut tx, &wrong, (mira, 1), NOW).await,
            credential::clear_totp(&mut tx, &wrong, mira, NOW).await,
            credential::use_step(&mut tx, &wrong, mira, 1).await.map(drop),
            recovery_code::replace(&mut tx, &wrong, (mira, &[]), NOW).await,
            recovery_code::spend(&mut tx, &wrong, (mira, "h"), NOW).await.map(drop),
            passkey::create(&mut tx, &wrong, &key(mira, "aa")).await,
            passkey::used(&mut tx, &wrong, (mira, id(PasskeyId::new), "{}"), NOW).await,
            passkey::rename(&mut tx, &wrong, (mira, id(PasskeyId::new)), &name, NOW).await,
            passkey::remove(&mut tx, &wrong, (mira, id(PasskeyId::new)), NOW).await,
            session::rename(&mut tx, &wrong, (mira, id(SessionId::new)), None, NOW).await,
            user::set_email(&mut tx, &wrong, (mira, &name), NOW).await,
        ];
        for (at, refused) in refusals.iter().enumerate() {
            assert!(matches!(refused, Err(StoreError::WrongPermit { .. })), "{at}: {refused:?}");
        }
    })
    .await;
}

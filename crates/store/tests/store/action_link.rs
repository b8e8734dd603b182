//! Links that do one thing: kept under a hash, taken back for good, and each form of theirs acts once.

use crate::in_every_world;
use kiez_domain::action_link::{Action, ActionLink, Did, LinkStanding, LinkUse};
use kiez_domain::consent::Purpose;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActionLinkId, ActorId, ContactChannelId, LinkUseId};
use kiez_domain::policy::{Facts, Permit, Subject};
use kiez_store::error::StoreError;
use kiez_store::{action_link, contact_channel};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};

fn link(world: &World) -> ActionLink {
    ActionLink {
        id: id(ActionLinkId::new),
        actor: world.bakery,
        person: None,
        action: Action::Consent,
        purposes: vec![Purpose::Web, Purpose::Photo],
        channel: None,
        created_by: Some(world.mira),
        created_at: NOW,
        expires_at: NOW.plus_days(90),
        revoked_at: None,
    }
}

/// What somebody with a link to the bakery may do.
fn holder(world: &World, resource: &str, action: &str) -> Permit {
    let subject = Subject::link_holder(world.project, world.bakery);
    permit(&subject, resource, action, Facts::of_object(world.project, Some(world.bakery), false))
}

#[tokio::test]
async fn a_link_is_found_by_its_hash_and_listed_at_its_actor() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let (new, may) = (link(&world), world.may("action_link", "create"));
        action_link::create(&mut tx, &may, &new, "a hash").await.expect("stored");
        let send = permit(&world.operator(), "message", "send", Facts::INSTALLATION);
        let mailed = ActionLink { actor: world.kita, created_by: None, ..link(&world) };
        let stored = action_link::create_for_mail(&mut tx, &send, world.project, (&mailed, "sent")).await;
        stored.expect("stored");
        let wrong = action_link::create_for_mail(&mut tx, &may, world.project, (&mailed, "again")).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })));
        let found = action_link::find_by_hash(&mut tx, "sent").await.expect("read");
        assert_eq!(found, Some((world.project, mailed)));
        let found = action_link::find_by_hash(&mut tx, "a hash").await.expect("read");
        assert_eq!(found, Some((world.project, new.clone())));
        assert_eq!(action_link::find_by_hash(&mut tx, "another").await.expect("read"), None);
        let found = action_link::find(&mut tx, world.project, new.id).await.expect("read");
        assert_eq!(found, Some(new.clone()));
        assert_eq!(action_link::find(&mut tx, world.other_project, new.id).await.expect("read"), None);
        let listed = action_link::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read");
        assert_eq!(listed, std::slice::from_ref(&new));
        assert!(
            action_link::list_by_actor(&mut tx, world.project, world.youth_club)
                .await
                .expect("read")
                .is_empty()
        );
        let revoke = world.may("action_link", "revoke");
        for minutes in [1, 2] {
            let at = NOW.plus_minutes(minutes);
            action_link::revoke(&mut tx, &revoke, new.id, at).await.expect("taken back");
        }
        let now = action_link::find(&mut tx, world.project, new.id).await.expect("read").expect("there");
        assert_eq!(now.revoked_at, Some(NOW.plus_minutes(1)), "the first time counts");
        assert_eq!(now.standing(NOW.plus_days(100)), LinkStanding::Revoked);
    })
    .await;
}

#[tokio::test]
async fn a_form_of_a_link_acts_once_and_every_use_is_seen() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let new = link(&world);
        action_link::create(&mut tx, &world.may("action_link", "create"), &new, "a hash")
            .await
            .expect("stored");
        let may = holder(&world, "action_link", "use");
        let used = |did, minutes| LinkUse {
            id: id(LinkUseId::new),
            link: new.id,
            did,
            words: (did == Did::Wrote).then(|| "Dienstags zu".parse().expect("a text")),
            at: NOW.plus_minutes(minutes),
        };
        let (first, second) = (used(Did::Withdrew, 1), used(Did::Wrote, 2));
        assert!(action_link::spend(&mut tx, &may, &first, "form one").await.expect("noted"));
        assert!(!action_link::spend(&mut tx, &may, &used(Did::Gave, 1), "form one").await.expect("known"));
        assert!(action_link::spend(&mut tx, &may, &second, "form two").await.expect("noted"));
        let lately = async |tx: &mut _, minutes| {
            let since = NOW.plus_minutes(minutes);
            let found = action_link::lately(tx, world.project, since).await.expect("read");
            found.into_iter().map(|found| (found.used.did, found.actor_name)).collect::<Vec<_>>()
        };
        let of_bakery = |did| (did, "Bäckerei Ayşe".to_owned());
        assert_eq!(lately(&mut tx, 0).await, [of_bakery(Did::Wrote), of_bakery(Did::Withdrew)]);
        assert_eq!(lately(&mut tx, 2).await, [of_bakery(Did::Wrote)]);
        let uses = action_link::uses_by_actor(&mut tx, world.project, world.bakery).await.expect("read");
        assert_eq!(uses, [second, first], "the latest first, and none of a form that was used before");
        let wrong =
            action_link::spend(&mut tx, &world.may("action_link", "revoke"), &used(Did::Gave, 3), "x").await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_is_confirmed_once_and_by_its_own_actor() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let channel = ContactChannel {
            id: id(ContactChannelId::new),
            actor: world.bakery,
            person: None,
            medium: Medium::Mail,
            value: "ayse@example.org".parse().expect("a line"),
            visibility: ChannelVisibility::Internal,
        };
        let may = world.may("contact_channel", "create");
        contact_channel::create(&mut tx, &may, &channel, NOW).await.expect("stored");
        let confirmed = async |tx: &mut _| {
            contact_channel::confirmed_at(tx, world.project, channel.id).await.expect("read")
        };
        assert_eq!(confirmed(&mut tx).await, None);
        let may = holder(&world, "contact_channel", "confirm");
        let confirm = async |tx: &mut _, actor: ActorId| {
            contact_channel::confirm(tx, &may, (actor, channel.id), NOW).await.expect("asked")
        };
        assert!(!confirm(&mut tx, world.kita).await, "not the Kita's address");
        assert!(confirm(&mut tx, world.bakery).await);
        assert!(!confirm(&mut tx, world.bakery).await, "a second time changes nothing");
        assert_eq!(confirmed(&mut tx).await, Some(NOW));
    })
    .await;
}

#[tokio::test]
async fn a_link_to_nobody_is_not_made() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let nobody = ActionLink { actor: id(ActorId::new), ..link(&world) };
        let refused = action_link::create(&mut tx, &world.may("action_link", "create"), &nobody, "h").await;
        assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
    })
    .await;
}

//! The outbox: one message of one cause, one worker at a time, and a log that forgets.

use crate::in_every_world;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::{ContactChannelId, MessageId, PersonId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::message::{
    Basis, Ground, MessageEvent, MessageKind, MessageState, Recipient, Refusal, Trouble,
};
use kiez_domain::person::Person;
use kiez_domain::policy::{Facts, Permit};
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;
use kiez_store::message::{self, Message, NewMessage, Next};
use kiez_store::page::Page;
use kiez_store::{contact_channel, erasure_rows, person, user};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};

fn operator(world: &World, resource: &str, action: &str) -> Permit {
    permit(&world.operator(), resource, action, Facts::INSTALLATION)
}

fn new_message(world: &World, cause: &str) -> NewMessage {
    NewMessage {
        id: id(MessageId::new),
        project: Some(world.project),
        to: Recipient::Account(world.jonas),
        ground: Ground::new(MessageKind::Invitation, Basis::Membership).expect("covered"),
        cause: cause.to_owned(),
        language: "de".parse().expect("a language"),
        detail: "Firefox".parse().ok(),
        good_until: None,
    }
}

async fn queue(tx: &mut Tx, world: &World, new: &NewMessage, at: Instant) -> bool {
    message::queue(tx, &world.may("sign_in_link", "create"), new, at).await.expect("queued")
}

async fn found(tx: &mut Tx, id: MessageId) -> Message {
    message::find(tx, id).await.expect("read").expect("there")
}

const fn next(event: MessageEvent, due_at: Instant) -> Next {
    Next { event, reason: None, due_at }
}

#[tokio::test]
async fn of_one_cause_comes_one_message_and_only_with_a_right_that_brings_it_about() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let first = new_message(&world, "invitation jonas");
        assert!(queue(&mut tx, &world, &first, NOW).await);
        assert!(!queue(&mut tx, &world, &new_message(&world, "invitation jonas"), NOW).await, "told already");
        assert!(queue(&mut tx, &world, &new_message(&world, "another"), NOW).await);
        let stored = found(&mut tx, first.id).await;
        assert_eq!((stored.name.as_str(), stored.state, stored.attempts), ("Jonas", MessageState::Queued, 0));
        assert_eq!((stored.ground, stored.detail.as_deref()), (first.ground, Some("Firefox")));
        let wrong =
            message::queue(&mut tx, &world.may("need", "create"), &new_message(&world, "x"), NOW).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_message_is_taken_by_one_worker_and_free_again_when_that_one_died() {
    in_every_world(async |db, world| {
        let send = operator(&world, "message", "send");
        let mut tx = db.write().await.expect("write");
        assert!(!message::is_due(&mut tx, NOW).await.expect("asked"));
        let (old, young) = (new_message(&world, "old"), new_message(&world, "young"));
        queue(&mut tx, &world, &young, NOW.plus_minutes(1)).await;
        queue(&mut tx, &world, &old, NOW).await;
        assert!(message::is_due(&mut tx, NOW).await.expect("asked"));
        let taken = message::claim(&mut tx, &send, NOW.plus_minutes(1)).await.expect("asked").expect("due");
        assert_eq!((taken.id, taken.attempts), (old.id, 1), "the oldest first");
        let other = message::claim(&mut tx, &send, NOW.plus_minutes(1)).await.expect("asked").expect("due");
        assert_eq!(other.id, young.id);
        assert_eq!(message::claim(&mut tx, &send, NOW.plus_minutes(15)).await.expect("asked"), None);
        assert!(!message::is_due(&mut tx, NOW.plus_minutes(15)).await.expect("asked"));
        let again = message::claim(&mut tx, &send, NOW.plus_minutes(17)).await.expect("asked").expect("free");
        assert_eq!((again.id, again.attempts), (old.id, 2));
        assert!(message::claim(&mut tx, &world.may("message", "list"), NOW).await.is_err(), "another permit");
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_keeps_no_more_than_the_log_needs_and_is_forgotten() {
    in_every_world(async |db, world| {
        let send = operator(&world, "message", "send");
        let mut tx = db.write().await.expect("write");
        let (sent, refused) = (new_message(&world, "sent"), new_message(&world, "refused"));
        for new in [&sent, &refused] {
            queue(&mut tx, &world, new, NOW).await;
        }
        let stored = found(&mut tx, sent.id).await;
        let state = message::step(&mut tx, &send, (&stored, next(MessageEvent::Deliver, NOW)), NOW).await;
        assert_eq!(state.expect("sent"), MessageState::Sent);
        let after = found(&mut tx, sent.id).await;
        assert_eq!((after.detail, after.ended_at, after.reason), (None, Some(NOW), None));
        let twice = message::step(&mut tx, &send, (&stored, next(MessageEvent::Deliver, NOW)), NOW).await;
        assert!(matches!(twice, Err(StoreError::Stale)), "it stands otherwise by now");
        let stored = found(&mut tx, refused.id).await;
        let why = Next { reason: Some(Refusal::NotAMember.name()), ..next(MessageEvent::Refuse, NOW) };
        message::step(&mut tx, &send, (&stored, why), NOW.plus_days(1)).await.expect("refused");
        assert_eq!(found(&mut tx, refused.id).await.reason.as_deref(), Some("not_a_member"));
        assert!(!message::is_due(&mut tx, NOW.plus_days(99)).await.expect("asked"));
        assert_eq!(message::forget(&mut tx, NOW.plus_days(1)).await.expect("forgotten"), 1);
        assert_eq!(message::find(&mut tx, sent.id).await.expect("read"), None);
        assert!(message::find(&mut tx, refused.id).await.expect("read").is_some(), "younger");
    })
    .await;
}

#[tokio::test]
async fn coordinators_let_go_and_give_up_in_their_own_project() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let ours = new_message(&world, "ours");
        let theirs = NewMessage { project: Some(world.other_project), ..new_message(&world, "theirs") };
        let of_the_house = NewMessage { project: None, ..new_message(&world, "house") };
        for new in [&ours, &theirs, &of_the_house] {
            queue(&mut tx, &world, new, NOW).await;
        }
        let give_up = world.may("message", "give_up");
        for foreign in [theirs.id, of_the_house.id] {
            let stored = found(&mut tx, foreign).await;
            let step =
                message::step(&mut tx, &give_up, (&stored, next(MessageEvent::GiveUp, NOW)), NOW).await;
            assert!(matches!(step, Err(StoreError::NotFound)));
        }
        let stored = found(&mut tx, ours.id).await;
        let fail =
            Next { reason: Some(Trouble::Later.name()), ..next(MessageEvent::Fail, NOW.plus_minutes(5)) };
        message::step(&mut tx, &operator(&world, "message", "send"), (&stored, fail), NOW)
            .await
            .expect("failed");
        let figures = kiez_store::figures::count(&mut tx).await.expect("counted");
        assert_eq!((figures.mail_waiting, figures.mail_failing), (3, 1));
        let stored = found(&mut tx, ours.id).await;
        assert_eq!((stored.state, stored.due_at), (MessageState::Failed, NOW.plus_minutes(5)));
        let release = world.may("message", "release");
        message::step(&mut tx, &release, (&stored, next(MessageEvent::Release, NOW)), NOW)
            .await
            .expect("now");
        let stored = found(&mut tx, ours.id).await;
        assert_eq!((stored.state, stored.due_at, stored.reason.is_none()), (MessageState::Queued, NOW, true));
        let again = message::step(&mut tx, &release, (&stored, next(MessageEvent::Release, NOW)), NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "it waits for nobody");
    })
    .await;
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let ours = new_message(&world, "ours");
        queue(&mut tx, &world, &ours, NOW).await;
        let stored = found(&mut tx, ours.id).await;
        let give_up = world.may("message", "give_up");
        message::step(&mut tx, &give_up, (&stored, next(MessageEvent::GiveUp, NOW)), NOW)
            .await
            .expect("given up");
        let listed = message::list_by_project(&mut tx, world.project, Page::first(9)).await.expect("read");
        assert_eq!((listed.total, listed.rows[0].state), (1, MessageState::GivenUp));
    })
    .await;
}

#[tokio::test]
async fn what_waited_for_days_is_held_until_somebody_lets_it_go() {
    in_every_world(async |db, world| {
        let may = operator(&world, "mail_hold", "release");
        let send = operator(&world, "message", "send");
        let mut tx = db.write().await.expect("write");
        let (old, young) = (new_message(&world, "old"), new_message(&world, "young"));
        queue(&mut tx, &world, &old, NOW).await;
        queue(&mut tx, &world, &young, NOW.plus_days(4)).await;
        let now = NOW.plus_days(5);
        assert_eq!(message::hold_before(&mut tx, &may, NOW.plus_days(2), now).await.expect("held"), 1);
        assert_eq!(found(&mut tx, old.id).await.state, MessageState::Held);
        let taken = message::claim(&mut tx, &send, now).await.expect("asked").expect("due");
        assert_eq!(taken.id, young.id);
        assert_eq!(message::claim(&mut tx, &send, now).await.expect("asked"), None, "held is not due");
        assert_eq!(message::release_held(&mut tx, &may, now).await.expect("released"), 1);
        assert_eq!(message::claim(&mut tx, &send, now).await.expect("asked").map(|m| m.id), Some(old.id));
        assert!(message::hold_before(&mut tx, &send, now, now).await.is_err(), "another permit");
        assert!(message::release_held(&mut tx, &send, now).await.is_err(), "another permit");
    })
    .await;
}

#[tokio::test]
async fn lists_show_what_waits_first_and_projects_see_their_own() {
    in_every_world(async |db, world| {
        let send = operator(&world, "message", "send");
        let mut tx = db.write().await.expect("write");
        let done = new_message(&world, "done");
        let waiting = new_message(&world, "waiting");
        let of_the_house = NewMessage { project: None, ..new_message(&world, "house") };
        queue(&mut tx, &world, &done, NOW.plus_minutes(9)).await;
        queue(&mut tx, &world, &waiting, NOW).await;
        queue(&mut tx, &world, &of_the_house, NOW.plus_minutes(1)).await;
        let stored = found(&mut tx, done.id).await;
        message::step(&mut tx, &send, (&stored, next(MessageEvent::Deliver, NOW)), NOW).await.expect("sent");
        let own = message::list_by_project(&mut tx, world.project, Page::first(1)).await.expect("read");
        assert_eq!((own.total, own.next, own.rows[0].id), (2, Some(1), waiting.id));
        let elsewhere =
            message::list_by_project(&mut tx, world.other_project, Page::first(9)).await.expect("read");
        assert_eq!(elsewhere.total, 0);
        let all = message::list(&mut tx, Page::first(9)).await.expect("read");
        let order: Vec<MessageId> = all.rows.iter().map(|message| message.id).collect();
        assert_eq!(order, [of_the_house.id, waiting.id, done.id]);
    })
    .await;
}

#[tokio::test]
async fn the_language_of_an_account_is_noted_without_ado() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let english = "en".parse().expect("a language");
        let language = async |tx: &mut Tx, user: UserId| {
            user::find(tx, user).await.expect("read").expect("there").language
        };
        assert_eq!(language(&mut tx, world.jonas).await, None);
        let may = operator(&world, "member", "create");
        user::set_language(&mut tx, &may, (world.jonas, &english)).await.expect("noted");
        assert_eq!(language(&mut tx, world.jonas).await, Some(english.clone()));
        let wrong = user::set_language(&mut tx, &world.may("need", "create"), (world.jonas, &english)).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_message_to_an_address_names_who_is_behind_it_and_goes_with_them() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("contact_channel", "create");
        let ayse = Person {
            id: id(PersonId::new),
            actor: world.bakery,
            name: "Ayşe Yıldız".parse().expect("a name"),
            function: None,
        };
        person::create(&mut tx, &may, &ayse, NOW).await.expect("stored");
        let (hers, shops) = (address(&world, Some(ayse.id)), address(&world, None));
        for channel in [&hers, &shops] {
            contact_channel::create(&mut tx, &may, channel, NOW).await.expect("stored");
        }
        let found = contact_channel::find(&mut tx, world.project, hers.id).await.expect("read");
        assert_eq!(found, Some(hers.clone()));
        let elsewhere = contact_channel::find(&mut tx, world.other_project, hers.id).await.expect("read");
        assert_eq!(elsewhere, None);
        let ground = Ground::new(MessageKind::OwnPage, Basis::Reply).expect("covered");
        let to = |channel: &ContactChannel, cause| {
            let to = Recipient::Channel(channel.id);
            NewMessage { to, ground, ..new_message(&world, cause) }
        };
        let (to_her, to_shop, account) = (to(&hers, "a"), to(&shops, "b"), new_message(&world, "c"));
        let may = world.may("action_link", "create");
        for new in [&to_her, &to_shop, &account] {
            assert!(message::queue(&mut tx, &may, new, NOW).await.expect("queued"));
        }
        let named = async |tx: &mut Tx, id| {
            let stored = found_or_none(tx, id).await?;
            Some((stored.name, stored.address, stored.to))
        };
        let value = Some("ayse@example.org".to_owned());
        let wanted = ("Ayşe Yıldız".to_owned(), value.clone(), Recipient::Channel(hers.id));
        assert_eq!(named(&mut tx, to_her.id).await, Some(wanted));
        let wanted = ("Bäckerei Ayşe".to_owned(), value, Recipient::Channel(shops.id));
        assert_eq!(named(&mut tx, to_shop.id).await, Some(wanted));
        let of_elsewhere =
            NewMessage { project: Some(world.other_project), ..to(&hers, "an address of another project") };
        tx.commit().await.expect("commit");
        let mut tx = db.write().await.expect("write");
        assert!(
            message::queue(&mut tx, &may, &of_elsewhere, NOW).await.is_err(),
            "an address is its project's"
        );
        drop(tx);
        let mut tx = db.write().await.expect("write");
        let (may, of) = (world.may("erasure", "create"), DataSubject::Person(ayse.id));
        erasure_rows::remove(&mut tx, &may, (Some(world.project), of), NOW).await.expect("erased");
        assert_eq!(named(&mut tx, to_her.id).await, None, "with its person");
        assert!(named(&mut tx, to_shop.id).await.is_some() && named(&mut tx, account.id).await.is_some());
    })
    .await;
}

async fn found_or_none(tx: &mut Tx, id: MessageId) -> Option<Message> {
    message::find(tx, id).await.expect("read")
}

fn address(world: &World, person: Option<PersonId>) -> ContactChannel {
    ContactChannel {
        id: id(ContactChannelId::new),
        actor: world.bakery,
        person,
        medium: Medium::Mail,
        value: "ayse@example.org".parse().expect("a line"),
        visibility: ChannelVisibility::Internal,
    }
}

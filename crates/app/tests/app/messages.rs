//! Mail to people: caused, looked at once more when it leaves, tried again, and never telling more than it must.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::mail;
use kiez_app::member;
use kiez_app::message::delivery::{Delivered, Post, Told, Wording, deliver_due};
use kiez_app::message::{self, Message, Of};
use kiez_app::page::Page;
use kiez_app::sign_in::{self, Arrival, Attempt};
use kiez_app::user::{self, NewUser};
use kiez_app::{account, job};
use kiez_domain::id::UserId;
use kiez_domain::message::{MessageState, Refusal, Trouble};
use kiez_domain::policy::Role;
use kiez_testkit::{MailFault, Memory, NOW, Outgoing, Sender, Transport};
use std::sync::{Arc, Mutex};

const MAIL: &str = "elif@example.org";

/// Says what it was told and nothing else.
struct Plain;

impl Wording for Plain {
    fn write(&self, told: &Told<'_>) -> (String, String) {
        let text = [Some(told.name), told.project, told.detail, told.link];
        (told.kind.to_string(), text.into_iter().flatten().collect::<Vec<_>>().join("|"))
    }
}

/// An installation that sends into memory.
pub(crate) struct Sending {
    pub(crate) app: App,
    memory: Arc<Mutex<Memory>>,
}

impl Sending {
    pub(crate) fn new(mut app: App) -> Self {
        let (transport, memory) = Transport::memory();
        let sender = Sender::parse("kiez@example.org").expect("a sender");
        app.ctx =
            app.ctx.clone().sending_by(Post { transport, sender, base_url: "https://kiez.example".into() });
        Self { app, memory }
    }

    pub(crate) async fn deliver(&self) -> Delivered {
        deliver_due(&self.app.ctx, &Plain).await.expect("asked")
    }

    /// What has arrived since the last time.
    pub(crate) fn arrived(&self) -> Vec<Outgoing> {
        std::mem::take(&mut self.memory.lock().expect("not poisoned").sent)
    }

    pub(crate) fn refuse(&self, fault: Option<MailFault>) {
        self.memory.lock().expect("not poisoned").refuses = fault;
    }

    /// Elif of the Kita, with an address.
    async fn elif(&self) -> UserId {
        let new = NewUser {
            name: "Elif".into(),
            email: MAIL.into(),
            role: Role::Institution,
            project: Some(self.app.world.project),
            actor: Some(self.app.world.kita),
            language: "en".parse().ok(),
        };
        user::add(&self.app.ctx, &self.app.operator(), new).await.expect("added")
    }

    async fn invite(&self, user: UserId) -> bool {
        let of = (self.app.world.project, user);
        member::mail_link(&self.app.ctx, &self.app.coordinator(), of).await.expect("asked")
    }

    pub(crate) async fn log(&self) -> Vec<Message> {
        let listed = message::list(&self.app.ctx, &self.app.operator(), Of::House, Page::first(99)).await;
        listed.expect("listed").rows
    }

    pub(crate) async fn states(&self) -> Vec<(MessageState, Option<String>)> {
        self.log().await.into_iter().map(|message| (message.state, message.reason)).collect()
    }

    fn later(&self, minutes: i64) {
        self.app.ctx.clock.move_to(self.app.ctx.now().plus_minutes(minutes));
    }
}

fn token_of(letter: &Outgoing) -> String {
    letter.body.split("/link/").nth(1).expect("a link").chars().take(32).collect()
}

fn by(device: &str) -> Arrival {
    Arrival { device: device.to_owned(), network: "a".to_owned(), ..Arrival::default() }
}

#[tokio::test]
async fn an_invitation_leaves_with_a_link_of_its_own_that_is_stored_nowhere() {
    for app in apps().await {
        let house = Sending::new(app);
        let elif = house.elif().await;
        assert!(house.invite(elif).await);
        assert!(!house.invite(elif).await, "two presses are one");
        assert_eq!(house.deliver().await, Delivered { sent: 1, ..Delivered::default() });
        let [letter] = &house.arrived()[..] else { panic!("one letter") };
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), (MAIL, "invitation"));
        assert_eq!(letter.language, "en");
        assert!(letter.body.starts_with("Elif|Graefekiez|https://kiez.example/link/"), "{}", letter.body);
        let token = token_of(letter);
        let mut dump = Vec::new();
        kiez_app::house::dump(&house.app.ctx, &house.app.operator(), &mut dump).await.expect("dumped");
        assert!(!String::from_utf8_lossy(&dump).contains(&token), "only its hash is known");
        let session = sign_in::use_link(&house.app.ctx, &token, &by("Firefox")).await.expect("in");
        let caller = sign_in::caller_of(&house.app.ctx, &session).await.expect("asked");
        assert_eq!(caller.role_in(house.app.world.project), Some(Role::Institution));
        assert_eq!(house.states().await, [(MessageState::Sent, None)]);
        assert_eq!(house.deliver().await, Delivered::default(), "once");
        let jonas = (house.app.world.project, house.app.world.jonas);
        let asked = member::mail_link(&house.app.ctx, &house.app.coordinator(), jonas).await;
        assert!(!asked.expect("asked"), "without an address there is nothing to send");
        for caller in [house.app.institution(), kiez_app::caller::Caller::visitor()] {
            let of = (house.app.world.project, elif);
            assert!(matches!(member::mail_link(&house.app.ctx, &caller, of).await, Err(AppError::NotFound)));
        }
    }
}

#[tokio::test]
async fn when_the_ground_is_gone_a_message_is_refused_with_the_reason() {
    for app in apps().await {
        let house = Sending::new(app);
        let (project, operator) = (house.app.world.project, house.app.operator());
        let elif = house.elif().await;
        house.invite(elif).await;
        member::remove(&house.app.ctx, &house.app.coordinator(), (project, elif)).await.expect("let go");
        assert_eq!(house.deliver().await.refused, 1);
        let reason = |refusal: Refusal| (MessageState::Refused, Some(refusal.name().to_owned()));
        assert_eq!(house.states().await, [reason(Refusal::NotAMember)]);

        sign_in::ask_by_mail(&house.app.ctx, MAIL, &by("Firefox")).await.expect("asked").expect("at once");
        assert_eq!(job::run_due(&house.app.ctx).await.expect("done"), 1);
        user::revoke(&house.app.ctx, &operator, elif).await.expect("removed");
        assert_eq!(house.deliver().await.refused, 1);
        assert!(house.states().await.contains(&reason(Refusal::AccountRemoved)));
        assert_eq!(house.arrived(), []);
    }
}

#[tokio::test]
async fn a_link_that_was_asked_for_long_ago_is_not_sent() {
    for app in apps().await {
        let house = Sending::new(app);
        house.elif().await;
        sign_in::ask_by_mail(&house.app.ctx, MAIL, &by("Firefox")).await.expect("asked").expect("at once");
        job::run_due(&house.app.ctx).await.expect("done");
        house.later(24 * 60);
        assert_eq!(house.deliver().await.refused, 1);
        assert_eq!(house.log().await[0].reason.as_deref(), Some("too_late"));
    }
}

#[tokio::test]
async fn whoever_asks_for_a_link_is_told_the_same_whether_there_is_an_account_or_not() {
    for app in apps().await {
        let house = Sending::new(app);
        house.elif().await;
        for email in ["niemand@example.org", "nonsense", "", &"x".repeat(5_000), " ELIF@example.org "] {
            let asked = sign_in::ask_by_mail(&house.app.ctx, email, &by("Firefox")).await.expect("asked");
            assert_eq!(asked, Ok(()), "{email}");
        }
        assert_eq!(job::run_due(&house.app.ctx).await.expect("done"), 5, "each address is the same work");
        assert_eq!(house.deliver().await.sent, 1);
        let [letter] = &house.arrived()[..] else { panic!("one letter") };
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), (MAIL, "sign_in_link"));
        let session = sign_in::use_link(&house.app.ctx, &token_of(letter), &by("Firefox")).await;
        assert!(session.is_ok());
        let mut dump = Vec::new();
        kiez_app::house::dump(&house.app.ctx, &house.app.operator(), &mut dump).await.expect("dumped");
        assert!(!String::from_utf8_lossy(&dump).contains("niemand@"), "what was typed is forgotten");
        // Asking goes on to be answered alike when it is too often.
        for _ in 0..2 {
            for email in [MAIL, "niemand@example.org"] {
                let asked = sign_in::ask_by_mail(&house.app.ctx, email, &by("Firefox")).await.expect("asked");
                assert_eq!(asked, Ok(()), "{email}");
            }
        }
        for email in [MAIL, "niemand@example.org"] {
            let asked = sign_in::ask_by_mail(&house.app.ctx, email, &by("Firefox")).await.expect("asked");
            assert_eq!(asked, Err(2), "{email}");
        }
        job::run_due(&house.app.ctx).await.expect("done");
        assert_eq!(house.deliver().await.sent, 0, "one mail in a quarter of an hour");
        house.later(61);
        house.arrived();
        sign_in::ask_by_mail(&house.app.ctx, MAIL, &by("Firefox")).await.expect("asked").expect("at once");
        job::run_due(&house.app.ctx).await.expect("done");
        house.deliver().await;
        let token = token_of(&house.arrived()[0]);
        house.later(61);
        let late = sign_in::use_link(&house.app.ctx, &token, &by("Firefox")).await;
        assert!(matches!(late, Err(AppError::NotFound)), "good for an hour");
    }
}

#[tokio::test]
async fn what_does_not_leave_is_tried_again_with_growing_waits_and_given_up() {
    for app in apps().await {
        let house = Sending::new(app);
        house.invite(house.elif().await).await;
        house.refuse(Some(MailFault::Unreachable));
        let mut waits = Vec::new();
        loop {
            assert_eq!(house.deliver().await.failed, 1);
            assert_eq!(house.deliver().await, Delivered::default(), "not before its time");
            let message = house.log().await.remove(0);
            assert_eq!(message.reason.as_deref(), Some(Trouble::Unreachable.name()));
            if message.state == MessageState::GivenUp {
                break;
            }
            let wait = (message.due_at.0 - house.app.ctx.now().0) / 60_000;
            waits.push(wait);
            house.later(wait);
        }
        assert_eq!(waits, [1, 5, 30, 120, 360, 720, 1440, 1440]);
        assert_eq!(house.arrived(), []);
    }
}

#[tokio::test]
async fn a_server_that_refuses_for_good_is_asked_once_and_one_that_recovers_gets_the_same_message() {
    for app in apps().await {
        let house = Sending::new(app);
        let elif = house.elif().await;
        house.refuse(Some(MailFault::Rejected));
        house.invite(elif).await;
        house.deliver().await;
        assert_eq!(house.states().await, [(MessageState::GivenUp, Some("rejected".to_owned()))]);
        house.later(15);
        house.refuse(Some(MailFault::Later));
        house.invite(elif).await;
        house.deliver().await;
        let id = house.log().await[0].id;
        house.refuse(None);
        message::release(&house.app.ctx, &house.app.coordinator(), Of::Project(house.app.world.project), id)
            .await
            .expect("now");
        assert_eq!(house.deliver().await.sent, 1);
        assert_eq!(house.arrived()[0].id, id.to_string(), "the id by which doubles are recognised stays");
    }
}

#[tokio::test]
async fn a_program_that_dies_between_sending_and_noting_sends_once_more_under_the_same_id() {
    for app in apps().await {
        let house = Sending::new(app);
        house.invite(house.elif().await).await;
        // The program dies as it has the message in hand: taken, nothing noted.
        let send = kiez_testkit::world::permit(
            &house.app.world.operator(),
            "message",
            "send",
            kiez_domain::policy::Facts::INSTALLATION,
        );
        let mut tx = house.app.ctx.db.write().await.expect("write");
        let taken = kiez_store::message::claim(&mut tx, &send, NOW).await.expect("asked").expect("due");
        tx.commit().await.expect("committed");
        assert_eq!(house.deliver().await, Delivered::default(), "somebody has it");
        house.later(16);
        assert_eq!(house.deliver().await.sent, 1);
        assert_eq!(house.arrived()[0].id, taken.id.to_string());
    }
}

#[tokio::test]
async fn a_copy_that_holds_sends_nothing_and_old_messages_wait_for_a_yes() {
    for app in apps().await {
        let house = Sending::new(app);
        let (operator, of) = (house.app.operator(), Of::Project(house.app.world.project));
        let elif = house.elif().await;
        mail::hold(&house.app.ctx, &operator).await.expect("held");
        house.invite(elif).await;
        assert_eq!(house.deliver().await, Delivered { held: true, ..Delivered::default() });
        assert!(mail::is_held(&house.app.ctx, &house.app.coordinator(), of).await.expect("asked"));
        house.later(4 * 24 * 60);
        house.invite(elif).await;
        let released = mail::release(&house.app.ctx, &operator).await.expect("released");
        assert_eq!((released.waited, released.kept), (true, 1));
        assert_eq!(house.deliver().await.sent, 1, "the young one");
        let old = house.log().await.into_iter().find(|message| message.state == MessageState::Held);
        let old = old.expect("the old one waits").id;
        message::release(&house.app.ctx, &house.app.coordinator(), of, old).await.expect("a yes");
        assert_eq!(house.deliver().await.sent, 1);
        assert_eq!(house.arrived().len(), 2);
        assert_eq!(mail::release_kept(&house.app.ctx, &operator).await.expect("asked"), 0);
    }
}

#[tokio::test]
async fn mail_is_looked_at_and_stopped_by_those_who_answer_for_it() {
    for app in apps().await {
        let house = Sending::new(app);
        let (ctx, world) = (&house.app.ctx, &house.app.world);
        house.invite(house.elif().await).await;
        let id = house.log().await[0].id;
        let (here, there) = (Of::Project(world.project), Of::Project(world.other_project));
        for (caller, of) in [
            (house.app.institution(), here),
            (house.app.coordinator(), there),
            (house.app.coordinator(), Of::House),
            (kiez_app::caller::Caller::visitor(), here),
        ] {
            assert!(matches!(message::list(ctx, &caller, of, Page::first(9)).await, Err(AppError::NotFound)));
            assert!(matches!(message::give_up(ctx, &caller, of, id).await, Err(AppError::NotFound)));
            assert!(matches!(message::release(ctx, &caller, of, id).await, Err(AppError::NotFound)));
            assert!(matches!(mail::is_held(ctx, &caller, of).await, Err(AppError::NotFound)));
        }
        let refused = message::release(ctx, &house.app.coordinator(), here, id).await;
        assert!(matches!(refused, Err(AppError::NotPossible(_))), "it goes by itself");
        message::give_up(ctx, &house.app.coordinator(), here, id).await.expect("stopped");
        let again = message::give_up(ctx, &house.app.coordinator(), here, id).await;
        assert!(matches!(again, Err(AppError::NotPossible(_))));
        assert_eq!(house.deliver().await, Delivered::default());
        assert_eq!(house.states().await, [(MessageState::GivenUp, Some("stopped".to_owned()))]);
        house.later(366 * 24 * 60);
        assert_eq!(message::delivery::forget_log(ctx).await.expect("forgotten"), 1);
    }
}

#[tokio::test]
async fn people_hear_of_new_devices_and_of_changes_to_their_access() {
    for app in apps().await {
        let house = Sending::new(app);
        let ctx = &house.app.ctx;
        let elif = house.elif().await;
        let by_link = async |device: &str, language: &str| {
            let token = user::link(ctx, &house.app.operator(), elif).await.expect("made");
            let arrival = Arrival { language: language.parse().ok(), ..by(device) };
            sign_in::use_link(ctx, &token, &arrival).await.expect("in")
        };
        let first = by_link("Firefox · Linux", "de").await;
        assert_eq!(house.deliver().await.sent, 0, "the first device came with the invitation");
        by_link("Firefox · Linux", "de").await;
        assert_eq!(house.deliver().await.sent, 0, "it is known");
        by_link("Safari · iPhone", "en").await;
        house.deliver().await;
        let [letter] = &house.arrived()[..] else { panic!("one letter") };
        assert_eq!((letter.subject.as_str(), letter.body.as_str()), ("new_device", "Elif|Safari · iPhone"));
        assert_eq!(letter.language, "de", "as the person spoke before somebody came with another device");

        let caller = sign_in::caller_of(ctx, &first).await.expect("known");
        let arrival = Arrival { earlier: Some(first), ..by("Firefox · Linux") };
        account::set_password(ctx, &caller, ("", "vier kleine Holzreste"), &arrival).await.expect("set");
        house.deliver().await;
        let [letter] = &house.arrived()[..] else { panic!("one letter, and no new device") };
        assert_eq!((letter.subject.as_str(), letter.body.as_str()), ("access_changed", "Elif|password"));
    }
}

#[tokio::test]
async fn a_guessed_password_does_not_make_a_device_known() {
    for app in apps().await {
        let house = Sending::new(app);
        let ctx = &house.app.ctx;
        let elif = house.elif().await;
        let token = user::link(ctx, &house.app.operator(), elif).await.expect("made");
        let first = sign_in::use_link(ctx, &token, &by("Firefox")).await.expect("in");
        let caller = sign_in::caller_of(ctx, &first).await.expect("known");
        let session =
            account::set_password(ctx, &caller, ("", "vier kleine Holzreste"), &by("Firefox")).await;
        let caller = sign_in::caller_of(ctx, &session.expect("set")).await.expect("known");
        account::begin_codes(ctx, &caller).await.expect("begun");
        let secret = account::get(ctx, &caller).await.expect("read").pending.expect("pending");
        let code = kiez_app::secret::totp_code(&secret, ctx.now()).expect("a code");
        account::confirm_codes(ctx, &caller, &code, &by("Firefox")).await.expect("confirmed");
        house.deliver().await;
        house.arrived();
        // Somebody knows the password and stops at the second step.
        sign_in::by_password(ctx, (MAIL, "vier kleine Holzreste"), &by("curl")).await.expect("asked");
        house.deliver().await;
        assert_eq!(house.arrived(), [], "nobody is in yet");
        house.later(1);
        let Attempt::In(waiting) =
            sign_in::by_password(ctx, (MAIL, "vier kleine Holzreste"), &by("curl")).await.expect("asked")
        else {
            panic!("the password is right")
        };
        let caller = sign_in::caller_of(ctx, &waiting).await.expect("known");
        let code = kiez_app::secret::totp_code(&secret, ctx.now()).expect("a code");
        sign_in::second(ctx, &caller, &code, &by("curl")).await.expect("asked");
        house.deliver().await;
        let letters = house.arrived();
        assert_eq!(letters.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(), ["new_device"]);
    }
}

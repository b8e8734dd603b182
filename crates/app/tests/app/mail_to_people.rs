//! Mail to people without an account: only on a basis, looked at once more when it leaves, and gone with its person.

use crate::messages::Sending;
use crate::{App, apps, said};
use kiez_app::action_link::{self, NewLink, Sending as Mail};
use kiez_app::contact::{add_channel, add_person};
use kiez_app::error::AppError;
use kiez_app::message::{self, Message, Of};
use kiez_app::page::Page;
use kiez_app::{consent, erasure, job, notice, objection};
use kiez_domain::action_link::{Action, Did};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::{ContactChannelId, PersonId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::{Basis, MessageKind, MessageState, Refusal};
use kiez_testkit::{MailFault, NOW, Outgoing};

const MAIL: &str = "ayse@example.org";

/// A person of the bakery with a mail address, or the bakery's own address.
async fn reached(app: &App, name: Option<&str>) -> (Option<PersonId>, ContactChannelId) {
    let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
    let person = match name {
        Some(name) => {
            Some(add_person(&app.ctx, &mira, project, bakery, (name, "Inhaberin")).await.expect("added"))
        }
        None => None,
    };
    let address = name.map_or("laden@example.org", |_| MAIL);
    let mail = (Medium::Mail, address, ChannelVisibility::Internal);
    add_channel(&app.ctx, &mira, project, (bakery, person), mail).await.expect("added");
    let view = kiez_app::actor::get(&app.ctx, &mira, project, bakery).await.expect("seen");
    let channel = view.channels.iter().find(|channel| channel.value.as_str() == address).expect("there");
    (person, channel.id)
}

async fn send(app: &App, channel: ContactChannelId, asked: bool) -> Result<bool, AppError> {
    let sending = Mail { channel: Some(channel), asked, language: LanguageTag::german() };
    let of = (app.world.bakery, sending);
    action_link::send(&app.ctx, &app.coordinator(), app.world.project, of).await
}

fn problem<T: std::fmt::Debug>(refused: Result<T, AppError>) -> (String, Problem) {
    let Err(AppError::Invalid(mut issues)) = refused else { panic!("{refused:?}") };
    let issue = issues.remove(0);
    (issue.field, issue.problem)
}

fn token_of(letter: &Outgoing) -> String {
    letter.body.rsplit("/l/").next().expect("a link").to_owned()
}

fn refused(refusal: Refusal) -> (MessageState, Option<String>) {
    (MessageState::Refused, Some(refusal.name().to_owned()))
}

#[tokio::test]
async fn a_mail_needs_a_consent_that_stands_or_that_the_person_asked() {
    for app in apps().await {
        let house = Sending::new(app);
        let (app, bakery) = (&house.app, house.app.world.bakery);
        let (_, shop) = reached(app, None).await;
        assert_eq!(problem(send(app, shop, false).await), ("mail".to_owned(), Problem::NoBasis));
        let nowhere = Mail { channel: None, asked: true, language: LanguageTag::german() };
        let refused =
            action_link::send(&app.ctx, &app.coordinator(), app.world.project, (bakery, nowhere)).await;
        assert_eq!(problem(refused).1, Problem::Missing);
        assert!(house.log().await.is_empty(), "nothing was queued");
        let given = said("given", &["first_contact"]);
        consent::record(&app.ctx, &app.coordinator(), app.world.project, bakery, given).await.expect("noted");
        assert!(send(app, shop, false).await.expect("queued"));
        assert!(!send(app, shop, false).await.expect("asked"), "two presses are one");
        assert_eq!(house.log().await[0].ground.basis(), Basis::Consent);
        let (_, ayse) = reached(app, Some("Ayşe Yıldız")).await;
        assert_eq!(problem(send(app, ayse, false).await).1, Problem::NoBasis, "the shop's yes is not hers");
        assert!(send(app, ayse, true).await.expect("queued"));
        assert_eq!(house.deliver().await.sent, 2);
        let letters = house.arrived();
        let letter = letters.iter().find(|letter| letter.to == MAIL).expect("arrived");
        assert!(letter.body.starts_with("Ayşe Yıldız|Graefekiez|https://kiez.example/l/"), "{}", letter.body);
        let opened = action_link::open(&app.ctx, &token_of(letter)).await.expect("good");
        assert_eq!(opened.page.expect("good").first_name.as_deref(), Some("Ayşe"));
        for caller in [app.institution(), kiez_app::caller::Caller::visitor()] {
            let sending = Mail { channel: Some(shop), asked: true, language: LanguageTag::german() };
            let refused = action_link::send(&app.ctx, &caller, app.world.project, (bakery, sending)).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
    }
}

#[tokio::test]
async fn whoever_took_back_or_objected_meanwhile_gets_no_mail() {
    for app in apps().await {
        let house = Sending::new(app);
        let (app, mira) = (&house.app, house.app.coordinator());
        let (project, bakery) = (app.world.project, app.world.bakery);
        let (_, shop) = reached(app, None).await;
        let say = async |act: &str| {
            consent::record(&app.ctx, &mira, project, bakery, said(act, &["first_contact"]))
                .await
                .expect("noted");
        };
        say("given").await;
        send(app, shop, false).await.expect("queued");
        app.ctx.clock.move_to(NOW.plus_minutes(1));
        say("withdrawn").await;
        assert_eq!(house.deliver().await.refused, 1);
        assert_eq!(house.states().await, [refused(Refusal::NoConsent)]);
        app.ctx.clock.move_to(NOW.plus_minutes(20));
        send(app, shop, true).await.expect("queued");
        objection::record(&app.ctx, &mira, project, bakery).await.expect("noted");
        assert_eq!(house.deliver().await.refused, 1);
        assert!(house.states().await.contains(&refused(Refusal::Objected)));
        app.ctx.clock.move_to(NOW.plus_minutes(40));
        assert_eq!(problem(send(app, shop, true).await).1, Problem::Objected);
        assert_eq!(house.arrived(), []);
    }
}

#[tokio::test]
async fn what_was_written_is_named_in_the_own_project_and_goes_with_its_person() {
    for app in apps().await {
        let house = Sending::new(app);
        let (app, mira) = (&house.app, house.app.coordinator());
        let (person, ayse) = reached(app, Some("Ayşe Yıldız")).await;
        send(app, ayse, true).await.expect("queued");
        let of = Of::Project(app.world.project);
        let here = message::list(&app.ctx, &mira, of, Page::first(9)).await.expect("listed").rows;
        let named = |message: &Message| (message.name.clone(), message.address.clone());
        assert_eq!(named(&here[0]), ("Ayşe Yıldız".to_owned(), Some(MAIL.to_owned())));
        assert_eq!(named(&house.log().await[0]), (String::new(), None), "not the installation's to know");
        let whose = DataSubject::Person(person.expect("a person"));
        erasure::erase(&app.ctx, &mira, Some(app.world.project), &[whose]).await.expect("erased");
        assert!(house.log().await.is_empty());
        assert_eq!(house.deliver().await.sent, 0);
    }
}

#[tokio::test]
async fn an_old_link_asks_for_a_fresh_one_that_goes_to_the_known_address() {
    for app in apps().await {
        let house = Sending::new(app);
        let (app, mira) = (&house.app, house.app.coordinator());
        let (project, bakery) = (app.world.project, app.world.bakery);
        let (person, _) = reached(app, Some("Ayşe Yıldız")).await;
        let new = |person| NewLink { action: Action::MyPage, purposes: Vec::new(), person, channel: None };
        let handed_over =
            action_link::create(&app.ctx, &mira, project, (bakery, new(person))).await.expect("made");
        let of_the_shop =
            action_link::create(&app.ctx, &mira, project, (bakery, new(None))).await.expect("made");
        let ask = async |token: &str| {
            let asking = ("a", "en".parse().expect("a language"));
            let asked = action_link::ask_again(&app.ctx, token, asking).await.expect("asked");
            job::run_due(&app.ctx).await.expect("done");
            asked
        };
        assert_eq!(ask(&handed_over.token).await, Ok(()), "a good link is enough");
        assert!(house.log().await.is_empty());
        app.ctx.clock.move_to(NOW.plus_days(91));
        for token in [handed_over.token.as_str(), "0123456789abcdef0123456789abcdef", ""] {
            assert_eq!(ask(token).await, Ok(()), "{token}: the answer is the same");
        }
        assert_eq!(ask(&of_the_shop.token).await, Ok(()), "no address of the shop is known");
        assert_eq!(house.deliver().await.sent, 1);
        let [letter] = &house.arrived()[..] else { panic!("one letter") };
        assert_eq!((letter.to.as_str(), letter.language.as_str()), (MAIL, "en"));
        let fresh = token_of(letter);
        assert!(action_link::open(&app.ctx, &fresh).await.expect("good").page.is_some());
        let listed = action_link::list(&app.ctx, &mira, project, bakery).await.expect("listed");
        let wished = listed.iter().flat_map(|link| &link.uses).filter(|used| used.did == Did::AskedAgain);
        assert_eq!(wished.count(), 2, "coordinators see who wishes for one");
        // The fresh one knows where it was sent.
        app.ctx.clock.move_to(NOW.plus_days(200));
        assert_eq!(ask(&fresh).await, Ok(()));
        assert_eq!(house.deliver().await.sent, 1);
        for round in 0..3 {
            let waits = ask(&fresh).await.is_err();
            assert_eq!(waits, round == 2, "three are free");
        }
        assert_eq!(house.deliver().await.sent, 0, "within a quarter of an hour it is one");
    }
}

#[tokio::test]
async fn a_notice_by_mail_ticks_off_and_stands_again_when_it_does_not_leave() {
    for app in apps().await {
        let house = Sending::new(app);
        let (app, mira) = (&house.app, house.app.coordinator());
        let project = app.world.project;
        let (person, _) = reached(app, Some("Ayşe Yıldız")).await;
        let person = person.expect("a person");
        let unreached =
            add_person(&app.ctx, &mira, project, app.world.joiner, ("Karl Kunze", "")).await.expect("added");
        let waiting =
            async || notice::list(&app.ctx, &mira, project, Page::first(9)).await.expect("listed").rows;
        let mails = async || waiting().await.iter().map(|one| one.mail).collect::<Vec<_>>();
        assert_eq!(mails().await.iter().filter(|mail| **mail).count(), 1);
        let tell = async |person| notice::send(&app.ctx, &mira, project, person, LanguageTag::german()).await;
        assert_eq!(problem(tell(unreached).await), ("mail".to_owned(), Problem::Missing));
        let before = waiting().await.len();
        for _ in 0..2 {
            tell(person).await.expect("told");
        }
        let log = house.log().await;
        assert_eq!(log.len(), 1, "whoever was told is not told twice");
        assert_eq!((log[0].ground.kind(), log[0].ground.basis()), (MessageKind::Notice, Basis::LegalDuty));
        assert_eq!(waiting().await.len(), before - 1);
        house.refuse(Some(MailFault::Rejected));
        assert_eq!(house.deliver().await.failed, 1);
        assert_eq!(waiting().await.len(), before, "nobody was told");
        house.refuse(None);
        tell(person).await.expect("told");
        assert_eq!(house.deliver().await.sent, 1);
        assert_eq!(waiting().await.len(), before - 1);
        let refused =
            notice::send(&app.ctx, &app.institution(), project, person, LanguageTag::german()).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

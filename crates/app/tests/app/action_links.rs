//! Links that do one thing: what they show, what they do once, and what they never do.

use crate::{App, apps, said};
use kiez_app::action_link::{self, LinkForm, MadeLink, NewLink, Opened, Outcome};
use kiez_app::caller::Caller;
use kiez_app::contact::{add_channel, add_person};
use kiez_app::error::AppError;
use kiez_app::{consent, published};
use kiez_domain::action_link::{Action, Did, LinkStanding};
use kiez_domain::consent::{ConsentChannel, Purpose};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::id::{ActorId, ContactChannelId};
use kiez_domain::language::LanguageTag;
use kiez_testkit::NOW;

async fn make(app: &App, who: ActorId, new: NewLink) -> MadeLink {
    action_link::create(&app.ctx, &app.coordinator(), app.world.project, (who, new)).await.expect("made")
}

fn my_page() -> NewLink {
    NewLink { action: Action::MyPage, purposes: Vec::new(), person: None, channel: None }
}

fn asking(purposes: &[Purpose]) -> NewLink {
    NewLink { action: Action::Consent, purposes: purposes.to_vec(), ..my_page() }
}

async fn open(app: &App, made: &MadeLink) -> Opened {
    action_link::open(&app.ctx, &made.token).await.expect("good")
}

/// Opens the link and sends what its page offers.
async fn send(app: &App, made: &MadeLink, form: LinkForm) -> Result<Outcome, AppError> {
    let form = LinkForm { form: open(app, made).await.form, ..form };
    resend(app, made, &form).await
}

async fn resend(app: &App, made: &MadeLink, form: &LinkForm) -> Result<Outcome, AppError> {
    action_link::act(&app.ctx, &made.token, form, &LanguageTag::german()).await
}

fn pressed(did: Did, purpose: &str) -> LinkForm {
    LinkForm { did: did.name().into(), purpose: purpose.into(), ..LinkForm::default() }
}

async fn stands(app: &App, who: ActorId, purpose: Purpose) -> bool {
    let view = consent::view(&app.ctx, &app.coordinator(), app.world.project, who).await.expect("seen");
    view.standings.iter().any(|standing| standing.purpose == purpose && standing.stands)
}

async fn is_public(app: &App, who: ActorId) -> bool {
    published::actor(&app.ctx, &Caller::visitor(), app.world.project, who).await.is_ok()
}

#[tokio::test]
async fn opening_a_link_a_hundred_times_changes_nothing() {
    for app in apps().await {
        let made = make(&app, app.world.bakery, my_page()).await;
        app.agree(app.world.bakery).await;
        let head = async || {
            kiez_store::change_log::head(&mut app.ctx.db.read().await.expect("read")).await.expect("read")
        };
        let before = head().await;
        for _ in 0..100 {
            let page = open(&app, &made).await.page.expect("good");
            assert!(page.published && page.data.name.as_str() == "Bäckerei Ayşe");
        }
        assert_eq!(head().await, before);
        let listed =
            action_link::list(&app.ctx, &app.coordinator(), app.world.project, app.world.bakery).await;
        assert!(listed.expect("listed")[0].uses.is_empty(), "a scanner leaves no trace");
    }
}

#[tokio::test]
async fn the_owner_takes_back_and_agrees_again_and_the_public_pages_follow() {
    for app in apps().await {
        let bakery = app.world.bakery;
        app.agree(bakery).await;
        let made = make(&app, bakery, my_page()).await;
        let form = LinkForm { form: open(&app, &made).await.form, ..pressed(Did::Withdrew, "web") };
        assert_eq!(resend(&app, &made, &form).await.expect("done"), Outcome::Done(Did::Withdrew));
        assert!(!is_public(&app, bakery).await);
        app.ctx.clock.move_to(NOW.plus_minutes(1));
        assert_eq!(
            send(&app, &made, pressed(Did::Gave, "web")).await.expect("done"),
            Outcome::Done(Did::Gave)
        );
        assert!(is_public(&app, bakery).await);
        assert_eq!(
            resend(&app, &made, &form).await.expect("known"),
            Outcome::Already,
            "the old form acts no more"
        );
        assert!(is_public(&app, bakery).await);
        let listed =
            action_link::list(&app.ctx, &app.coordinator(), app.world.project, bakery).await.expect("listed");
        let did: Vec<Did> = listed[0].uses.iter().map(|used| used.did).collect();
        assert_eq!(did, [Did::Gave, Did::Withdrew], "every use is seen, the latest first");
        let view =
            consent::view(&app.ctx, &app.coordinator(), app.world.project, bakery).await.expect("seen");
        let last = &view.history[0];
        assert_eq!((last.event.evidence.channel, last.recorded_by.as_deref()), (ConsentChannel::Link, None));
        assert_eq!(last.event.evidence.said_by.as_str(), "Bäckerei Ayşe");
    }
}

#[tokio::test]
async fn a_form_that_no_page_of_this_link_made_does_nothing() {
    for app in apps().await {
        let bakery = app.world.bakery;
        app.agree(bakery).await;
        let (made, other) = (make(&app, bakery, my_page()).await, make(&app, bakery, my_page()).await);
        let of_other = open(&app, &other).await.form;
        for form in ["", "1.2.3", of_other.as_str()] {
            let form = LinkForm { form: form.into(), ..pressed(Did::Withdrew, "web") };
            let refused = resend(&app, &made, &form).await;
            assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        }
        let old = LinkForm { form: open(&app, &made).await.form, ..pressed(Did::Withdrew, "web") };
        app.ctx.clock.move_to(NOW.plus_days(2));
        let refused = resend(&app, &made, &old).await;
        assert!(
            matches!(refused, Err(AppError::Invalid(_))),
            "a page that was open for two days: {refused:?}"
        );
        assert!(is_public(&app, bakery).await);
    }
}

#[tokio::test]
async fn a_link_does_what_it_was_made_for_and_nothing_else() {
    for app in apps().await {
        let bakery = app.world.bakery;
        app.agree(bakery).await;
        let asks = make(&app, bakery, asking(&[Purpose::Print])).await;
        for wrong in [Did::Withdrew, Did::Objected, Did::Wrote, Did::Confirmed, Did::AskedAgain] {
            let form = LinkForm { words: "Hallo".into(), sure: "on".into(), ..pressed(wrong, "web") };
            let refused = send(&app, &asks, form).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{wrong}: {refused:?}");
        }
        assert!(is_public(&app, bakery).await);
        let answers = [("print".to_owned(), "yes".to_owned()), ("photo".to_owned(), "yes".to_owned())].into();
        let form = LinkForm { answers, ..pressed(Did::Gave, "") };
        send(&app, &asks, form).await.expect("answered");
        assert!(stands(&app, bakery, Purpose::Print).await);
        assert!(!stands(&app, bakery, Purpose::Photo).await, "it was not asked about photographs");
        let nothing = send(&app, &asks, pressed(Did::Gave, "")).await;
        let Err(AppError::Invalid(issues)) = nothing else { panic!("{nothing:?}") };
        assert_eq!(issues[0].field, "answers");
        let no =
            LinkForm { answers: [("print".to_owned(), "no".to_owned())].into(), ..pressed(Did::Gave, "") };
        send(&app, &asks, no).await.expect("answered");
        assert!(!stands(&app, bakery, Purpose::Print).await, "a no takes back what was given");
    }
}

#[tokio::test]
async fn what_was_taken_back_answers_like_what_never_was_and_an_old_link_asks_for_a_new_one() {
    for app in apps().await {
        let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
        app.agree(bakery).await;
        let (revoked, old) = (make(&app, bakery, my_page()).await, make(&app, bakery, my_page()).await);
        let form = LinkForm { form: open(&app, &revoked).await.form, ..pressed(Did::Withdrew, "web") };
        let refused = action_link::revoke(&app.ctx, &app.institution(), project, revoked.link.id).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
        for _ in 0..2 {
            let of =
                action_link::revoke(&app.ctx, &mira, project, revoked.link.id).await.expect("taken back");
            assert_eq!(of, bakery);
        }
        for token in [revoked.token.as_str(), "0123456789abcdef0123456789abcdef", ""] {
            assert!(matches!(action_link::open(&app.ctx, token).await, Err(AppError::NotFound)), "{token}");
        }
        assert!(matches!(resend(&app, &revoked, &form).await, Err(AppError::NotFound)));

        app.ctx.clock.move_to(NOW.plus_days(90));
        let opened = open(&app, &old).await;
        assert!(opened.page.is_none(), "it shows nothing of the actor");
        let late = LinkForm { form: opened.form.clone(), ..pressed(Did::Withdrew, "web") };
        assert!(matches!(resend(&app, &old, &late).await, Err(AppError::Invalid(_))));
        assert!(is_public(&app, bakery).await);
        let listed = action_link::list(&app.ctx, &mira, project, bakery).await.expect("listed");
        let standings: Vec<LinkStanding> = listed.iter().map(|link| link.standing).collect();
        assert!(standings.contains(&LinkStanding::Revoked) && standings.contains(&LinkStanding::Expired));
    }
}

#[tokio::test]
async fn my_page_shows_the_own_ways_and_first_names_and_hands_messages_on() {
    for app in apps().await {
        let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
        let ayse =
            add_person(&app.ctx, &mira, project, bakery, ("Ayşe Yıldız", "Inhaberin")).await.expect("added");
        let other =
            add_person(&app.ctx, &mira, project, bakery, ("Murat Kaya", "Geselle")).await.expect("added");
        for (person, value) in [(None, "030 1"), (Some(ayse), "030 22222"), (Some(other), "030 33333")] {
            let phone = (Medium::Phone, value, ChannelVisibility::Internal);
            add_channel(&app.ctx, &mira, project, (bakery, person), phone).await.expect("added");
        }
        let made = make(&app, bakery, NewLink { person: Some(ayse), ..my_page() }).await;
        let page = open(&app, &made).await.page.expect("good");
        assert_eq!((page.first_name.as_deref(), page.data.note.is_none()), (Some("Ayşe"), true));
        let mut values: Vec<&str> = page.channels.iter().map(|channel| channel.value.as_str()).collect();
        values.sort_unstable();
        assert_eq!(values, ["030 1", "030 22222"], "not the number of somebody else");
        let words = LinkForm { words: " Wir haben dienstags zu. ".into(), ..pressed(Did::Wrote, "") };
        send(&app, &made, words).await.expect("handed on");
        for wrong in [String::new(), "x".repeat(2_001)] {
            let refused = send(&app, &made, LinkForm { words: wrong, ..pressed(Did::Wrote, "") }).await;
            let Err(AppError::Invalid(issues)) = refused else { panic!("{refused:?}") };
            assert_eq!(issues[0].field, "words");
        }
        let listed = action_link::list(&app.ctx, &mira, project, bakery).await.expect("listed");
        let letter = listed[0].uses[0].words.as_ref().map(ToString::to_string);
        assert_eq!((listed[0].uses.len(), letter.as_deref()), (1, Some("Wir haben dienstags zu.")));
        send(&app, &made, pressed(Did::Gave, "photo")).await.expect("her own");
        let view = consent::view(&app.ctx, &mira, project, bakery).await.expect("seen");
        assert_eq!(
            view.history[0].person.as_deref(),
            Some("Ayşe Yıldız"),
            "it is her yes and not the shop's"
        );
    }
}

#[tokio::test]
async fn an_objection_by_a_link_wants_a_tick_and_ends_everything() {
    for app in apps().await {
        let (mira, project, joiner) = (app.coordinator(), app.world.project, app.world.joiner);
        let noted =
            consent::record(&app.ctx, &mira, project, joiner, said("given", &["web", "print", "news"])).await;
        noted.expect("noted");
        let made = make(&app, joiner, my_page()).await;
        let unsure = send(&app, &made, pressed(Did::Objected, "")).await;
        let Err(AppError::Invalid(issues)) = unsure else { panic!("{unsure:?}") };
        assert_eq!(issues[0].field, "sure");
        assert!(is_public(&app, joiner).await, "nothing of it was done");
        let sure = LinkForm { sure: "on".into(), ..pressed(Did::Objected, "") };
        assert_eq!(send(&app, &made, sure).await.expect("done"), Outcome::Done(Did::Objected));
        assert!(!is_public(&app, joiner).await && !stands(&app, joiner, Purpose::News).await);
        let view = kiez_app::actor::get(&app.ctx, &mira, project, joiner).await.expect("seen");
        let asked = (&view.actor.data, view.channels.as_slice());
        assert!(kiez_app::objection::is_noted(&app.ctx, &mira, project, asked).await.expect("asked"));
    }
}

#[tokio::test]
async fn an_address_is_confirmed_by_its_own_link_and_agrees_to_what_was_asked() {
    for app in apps().await {
        let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
        let mail = (Medium::Mail, "ayse@example.org", ChannelVisibility::Internal);
        add_channel(&app.ctx, &mira, project, (bakery, None), mail).await.expect("added");
        let channel =
            kiez_app::actor::get(&app.ctx, &mira, project, bakery).await.expect("seen").channels[0].id;
        let confirm = |channel| NewLink {
            action: Action::ConfirmMail,
            purposes: vec![Purpose::News],
            channel,
            ..my_page()
        };
        for wrong in [
            confirm(None),
            confirm(Some(kiez_testkit::id(ContactChannelId::new))),
            NewLink { channel: Some(channel), ..my_page() },
        ] {
            let refused = action_link::create(&app.ctx, &mira, project, (bakery, wrong)).await;
            assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        }
        let made = make(&app, bakery, confirm(Some(channel))).await;
        assert_eq!(made.link.expires_at, NOW.plus_days(3));
        let page = open(&app, &made).await.page.expect("good");
        assert_eq!(page.address.expect("an address").as_str(), "ayse@example.org");
        send(&app, &made, pressed(Did::Confirmed, "")).await.expect("confirmed");
        assert!(stands(&app, bakery, Purpose::News).await);
        let mut conn = app.ctx.db.read().await.expect("read");
        let confirmed =
            kiez_store::contact_channel::confirmed_at(&mut conn, project, channel).await.expect("read");
        assert_eq!(confirmed, Some(NOW));
    }
}

#[tokio::test]
async fn coordinators_alone_make_links_and_never_for_nothing() {
    for app in apps().await {
        let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
        for caller in [Caller::visitor(), app.institution(), app.operator()] {
            let refused = action_link::create(&app.ctx, &caller, project, (app.world.kita, my_page())).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
            let refused = action_link::list(&app.ctx, &caller, project, app.world.kita).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
        let nothing = action_link::create(&app.ctx, &mira, project, (bakery, asking(&[]))).await;
        assert!(matches!(nothing, Err(AppError::Invalid(_))), "{nothing:?}");
        let nobody = kiez_testkit::id(ActorId::new);
        let missing = action_link::create(&app.ctx, &mira, project, (nobody, my_page())).await;
        assert!(matches!(missing, Err(AppError::NotFound)), "{missing:?}");
        let made = make(&app, bakery, my_page()).await;
        assert_eq!(made.token.len(), 32, "128 bits");
        let caller = kiez_app::sign_in::caller_of(&app.ctx, &made.token).await.expect("asked");
        assert!(caller.is_visitor(), "a link signs nobody in");
        assert!(kiez_app::sign_in::preview(&app.ctx, &made.token).await.is_err());
    }
}

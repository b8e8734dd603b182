//! Proving who one is: passwords, codes, the second step, and what outsiders learn from the answers.

use crate::{App, apps};
use kiez_app::caller::Caller;
use kiez_app::error::AppError;
use kiez_app::message::{self, Message, Of};
use kiez_app::page::Page;
use kiez_app::passkey::{self, Answer, PasskeyHouse};
use kiez_app::secret::{CODES, totp_code};
use kiez_app::sign_in::{self, Arrival, Attempt};
use kiez_app::user::{self, NewUser};
use kiez_app::{account, member};
use kiez_domain::access::{Proof, Standing};
use kiez_domain::id::UserId;
use kiez_domain::message::MessageKind;
use kiez_domain::policy::{Facts, Role, Subject};
use kiez_testkit::NOW;
use std::sync::Arc;

const PASSWORD: &str = "vier kleine Holzreste";
const MAIL: &str = "mira@example.org";

fn from(network: &str) -> Arrival {
    Arrival { device: "Firefox · Linux".to_owned(), network: network.to_owned(), ..Arrival::default() }
}

impl App {
    /// A session that began with a link of this person.
    async fn by_link(&self, user: UserId) -> String {
        let token = user::link(&self.ctx, &self.operator(), user).await.expect("made");
        sign_in::use_link(&self.ctx, &token, &from("a")).await.expect("signed in")
    }

    async fn caller(&self, secret: &str) -> Caller {
        sign_in::caller_of(&self.ctx, secret).await.expect("asked")
    }

    /// Sets a password by a link; the secret of the session afterwards.
    async fn with_password(&self, user: UserId, mail: &str) -> String {
        let secret = self.by_link(user).await;
        let arrival = Arrival { earlier: Some(secret.clone()), ..from("a") };
        let caller = self.caller(&secret).await;
        account::set_password(&self.ctx, &caller, (mail, PASSWORD), &arrival).await.expect("set")
    }

    /// Sets up an app that makes codes; the secret of the session afterwards, and that of the app.
    async fn with_codes(&self, session: &str) -> (String, String) {
        let caller = self.caller(session).await;
        account::begin_codes(&self.ctx, &caller).await.expect("begun");
        let app_secret = account::get(&self.ctx, &caller).await.expect("read").pending.expect("pending");
        let arrival = Arrival { earlier: Some(session.to_owned()), ..from("a") };
        let code = self.code(&app_secret);
        let session = account::confirm_codes(&self.ctx, &caller, &code, &arrival).await.expect("confirmed");
        (session, app_secret)
    }

    fn code(&self, app_secret: &str) -> String {
        totp_code(app_secret, self.ctx.now()).expect("a code")
    }

    async fn try_password(&self, mail: &str, password: &str, network: &str) -> Attempt {
        sign_in::by_password(&self.ctx, (mail, password), &from(network)).await.expect("asked")
    }

    fn later(&self, seconds: i64) {
        let now = self.ctx.now().0;
        self.ctx.clock.move_to(kiez_domain::instant::Instant(now + seconds * 1_000));
    }
}

#[tokio::test]
async fn a_coordinator_with_a_link_sets_up_a_second_factor_before_anything_else() {
    for app in apps().await {
        let first = app.by_link(app.world.mira).await;
        let mira = app.caller(&first).await;
        assert_eq!(mira.waits_for(), Some(Standing::SetUp));
        assert!(mira.may("need", "list", Facts::of_project(app.world.project)).is_err());
        assert!(
            matches!(account::begin_codes(&app.ctx, &mira).await, Err(AppError::NotFound)),
            "a password first"
        );
        let second = app.with_password(app.world.mira, MAIL).await;
        assert_eq!(app.caller(&second).await.waits_for(), Some(Standing::SetUp));
        let (third, _) = app.with_codes(&second).await;
        let mira = app.caller(&third).await;
        assert_eq!((mira.waits_for(), mira.role_in(app.world.project)), (None, Some(Role::Coordinator)));
        for old in [&first, &second] {
            assert!(app.caller(old).await.session().is_none(), "every step gives a new secret");
        }
    }
}

#[tokio::test]
async fn an_institution_may_at_once_and_is_asked_for_what_it_set_up() {
    for app in apps().await {
        let jonas = app.with_password(app.world.jonas, "jonas@example.org").await;
        assert_eq!(app.caller(&jonas).await.waits_for(), None);
        let Attempt::In(plain) = app.try_password("jonas@example.org", PASSWORD, "b").await else {
            panic!("the password is right")
        };
        assert_eq!(app.caller(&plain).await.waits_for(), None);
        app.with_codes(&jonas).await;
        assert_eq!(
            app.caller(&plain).await.waits_for(),
            Some(Standing::Second),
            "also where one was in already"
        );
    }
}

#[tokio::test]
async fn password_and_code_sign_in_and_a_code_is_good_once() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        let (_, app_secret) = app.with_codes(&session).await;
        assert_eq!(app.try_password(MAIL, "vier kleine holzreste", "b").await, Attempt::Refused);
        let Attempt::In(first) = app.try_password(" MIRA@example.org ", PASSWORD, "b").await else {
            panic!("the password is right")
        };
        let waiting = app.caller(&first).await;
        assert_eq!(waiting.waits_for(), Some(Standing::Second));
        assert!(account::get(&app.ctx, &waiting).await.is_err(), "nothing is shown before the second step");
        let step =
            async |code: &str| sign_in::second(&app.ctx, &waiting, code, &from("b")).await.expect("asked");
        assert_eq!(
            step(&app.code(&app_secret)).await,
            Attempt::Refused,
            "its half minute was used to set it up"
        );
        assert_eq!(step("000000").await, Attempt::Refused);
        app.later(30);
        let Attempt::In(full) = step(&app.code(&app_secret)).await else { panic!("the code is right") };
        assert_eq!(app.caller(&full).await.session().map(|session| session.proof), Some(Proof::Two));
        assert_eq!(step(&app.code(&app_secret)).await, Attempt::Refused, "a code is good once");
    }
}

#[tokio::test]
async fn codes_on_paper_lead_back_in() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        let (full, _) = app.with_codes(&session).await;
        let mira = app.caller(&full).await;
        let codes = account::new_recovery_codes(&app.ctx, &mira, "").await.expect("made");
        assert_eq!(codes.len(), CODES);
        let Attempt::In(first) = app.try_password(MAIL, PASSWORD, "b").await else { panic!("right") };
        let waiting = app.caller(&first).await;
        let second = sign_in::second(&app.ctx, &waiting, &codes[0], &from("b")).await.expect("asked");
        assert!(matches!(second, Attempt::In(_)), "a code on paper is the second step");
        let alone = async |code: &str| {
            sign_in::by_recovery_code(&app.ctx, (MAIL, code), &from("c")).await.expect("asked")
        };
        assert_eq!(alone(&codes[0]).await, Attempt::Refused, "used up");
        let Attempt::In(back) = alone(&codes[1].to_lowercase()).await else { panic!("the code is right") };
        let back = app.caller(&back).await;
        assert_eq!(back.waits_for(), Some(Standing::SetUp), "a code alone sets up what was lost");
        assert_eq!(account::get(&app.ctx, &back).await.expect("read").recovery_left, 6);
    }
}

#[tokio::test]
async fn whoever_has_a_passkey_alone_leaves_an_address_for_the_codes_on_paper() {
    for app in apps().await {
        let jonas = app.caller(&app.by_link(app.world.jonas).await).await;
        let nameless = account::new_recovery_codes(&app.ctx, &jonas, "").await;
        assert!(matches!(nameless, Err(AppError::Invalid(_))));
        let mail = "jonas@example.org";
        let codes = account::new_recovery_codes(&app.ctx, &jonas, mail).await.expect("made");
        let back = sign_in::by_recovery_code(&app.ctx, (mail, &codes[0]), &from("c")).await.expect("asked");
        assert!(matches!(back, Attempt::In(_)));
    }
}

#[tokio::test]
async fn a_link_of_recovery_asks_for_nothing_that_was_lost_and_ends_every_session() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        let (full, _) = app.with_codes(&session).await;
        let plain = app.by_link(app.world.mira).await;
        assert_eq!(app.caller(&plain).await.waits_for(), Some(Standing::Second));
        let token = user::recovery_link(&app.ctx, &app.operator(), app.world.mira).await.expect("made");
        let back = sign_in::use_link(&app.ctx, &token, &from("a")).await.expect("signed in");
        assert_eq!(app.caller(&back).await.waits_for(), Some(Standing::SetUp));
        assert!(app.caller(&full).await.session().is_none());
        let token = user::recovery_link(&app.ctx, &app.operator(), app.world.mira).await.expect("made");
        app.later(25 * 60 * 60);
        assert!(matches!(sign_in::use_link(&app.ctx, &token, &from("a")).await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn answers_do_not_tell_whether_there_is_an_account() {
    for app in apps().await {
        app.with_password(app.world.jonas, "jonas@example.org").await;
        // Jonas has a password, Olga has no address, nobody has the third.
        for mail in ["jonas@example.org", "olga@example.org", "nobody@example.org", "no address", ""] {
            let mut answers = Vec::new();
            for _ in 0..8 {
                answers.push(app.try_password(mail, "etwas anderes", mail).await);
            }
            let wanted = [vec![Attempt::Refused; 5], vec![Attempt::Wait(2); 3]].concat();
            assert_eq!(answers, wanted, "{mail:?}");
            let code = sign_in::by_recovery_code(&app.ctx, (mail, "ABCD"), &from(&format!("{mail} 2"))).await;
            assert_eq!(code.expect("asked"), Attempt::Refused);
        }
    }
}

#[tokio::test]
async fn guessing_waits_longer_and_longer_and_locks_nobody_out() {
    for app in apps().await {
        app.with_password(app.world.jonas, "jonas@example.org").await;
        for _ in 0..5 {
            assert_eq!(app.try_password("jonas@example.org", "geraten", "elsewhere").await, Attempt::Refused);
        }
        assert_eq!(app.try_password("jonas@example.org", PASSWORD, "elsewhere").await, Attempt::Wait(2));
        assert!(matches!(app.try_password("jonas@example.org", PASSWORD, "home").await, Attempt::In(_)));
        app.later(2);
        assert_eq!(app.try_password("jonas@example.org", "geraten", "elsewhere").await, Attempt::Refused);
        assert_eq!(app.try_password("jonas@example.org", "geraten", "elsewhere").await, Attempt::Wait(4));
        // From many places: the true owner waits a minute at most, and with a link not at all.
        for place in 0..40 {
            app.later(61);
            app.try_password("jonas@example.org", "geraten", &format!("place {place}")).await;
        }
        let Attempt::Wait(seconds) = app.try_password("jonas@example.org", PASSWORD, "home").await else {
            panic!("everybody waits a little")
        };
        assert!(seconds <= 60, "{seconds}");
        app.by_link(app.world.jonas).await;
        app.later(seconds);
        assert!(matches!(app.try_password("jonas@example.org", PASSWORD, "home").await, Attempt::In(_)));
    }
}

#[tokio::test]
async fn the_second_step_cannot_be_guessed_through() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        app.with_codes(&session).await;
        let Attempt::In(first) = app.try_password(MAIL, PASSWORD, "b").await else { panic!("right") };
        let waiting = app.caller(&first).await;
        for _ in 0..5 {
            let attempt = sign_in::second(&app.ctx, &waiting, "111111", &from("b")).await.expect("asked");
            assert_eq!(attempt, Attempt::Refused);
        }
        let attempt = sign_in::second(&app.ctx, &waiting, "111111", &from("c")).await.expect("asked");
        assert_eq!(attempt, Attempt::Wait(2), "wherever it is tried from");
    }
}

#[tokio::test]
async fn sessions_rest_and_end_as_their_roles_want() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        let (desk, _) = app.with_codes(&session).await;
        let home = app.by_link(app.world.jonas).await;
        app.ctx.clock.move_to(NOW.plus_minutes(11 * 60));
        assert_eq!(app.caller(&desk).await.waits_for(), None);
        app.ctx.clock.move_to(NOW.plus_minutes(24 * 60));
        assert!(app.caller(&desk).await.session().is_none(), "half a day without use");
        assert!(app.caller(&home).await.session().is_some());
        app.ctx.clock.move_to(NOW.plus_days(29));
        assert!(app.caller(&home).await.session().is_some());
        app.ctx.clock.move_to(NOW.plus_days(58));
        assert!(app.caller(&home).await.session().is_some(), "it was in use");
        app.ctx.clock.move_to(NOW.plus_days(91));
        assert!(app.caller(&home).await.session().is_none(), "three months in any case");
    }
}

#[tokio::test]
async fn devices_are_listed_named_and_ended() {
    for app in apps().await {
        let (here, there) = (app.by_link(app.world.jonas).await, app.by_link(app.world.jonas).await);
        let jonas = app.caller(&here).await;
        let seen = account::get(&app.ctx, &jonas).await.expect("read");
        assert_eq!(seen.sessions.len(), 2);
        let id = jonas.session().expect("signed in").id;
        account::rename_session(&app.ctx, &jonas, id, "Rechner im Büro").await.expect("named");
        let mira = app.caller(&app.by_link(app.world.mira).await).await;
        assert!(matches!(account::end_session(&app.ctx, &mira, id).await, Err(AppError::NotFound)));
        assert!(account::rename_session(&app.ctx, &mira, id, "meins").await.is_err());
        assert_eq!(account::end_other_sessions(&app.ctx, &jonas).await.expect("ended"), 1);
        assert!(app.caller(&there).await.session().is_none());
        account::end_session(&app.ctx, &jonas, id).await.expect("ended");
        assert!(app.caller(&here).await.session().is_none());
    }
}

#[tokio::test]
async fn whoever_finds_a_laptop_open_changes_nothing_about_signing_in() {
    for app in apps().await {
        let secret = app.with_password(app.world.jonas, "jonas@example.org").await;
        app.later(16 * 60);
        let jonas = app.caller(&secret).await;
        let refused =
            account::set_password(&app.ctx, &jonas, ("", "ein ganz anderes Wort"), &from("a")).await;
        assert!(matches!(refused, Err(AppError::NotFresh)));
        assert!(matches!(account::new_recovery_codes(&app.ctx, &jonas, "").await, Err(AppError::NotFresh)));
        assert!(matches!(passkey::begin_making(&app.ctx, &jonas).await, Err(AppError::NotFresh)));
        account::end_other_sessions(&app.ctx, &jonas).await.expect("ending is always allowed");
    }
}

#[tokio::test]
async fn a_password_ends_other_sessions_and_the_last_second_factor_stays() {
    for app in apps().await {
        let other = app.by_link(app.world.mira).await;
        let session = app.with_password(app.world.mira, MAIL).await;
        assert!(app.caller(&other).await.session().is_none());
        let (full, _) = app.with_codes(&session).await;
        let mira = app.caller(&full).await;
        assert!(matches!(account::remove_codes(&app.ctx, &mira).await, Err(AppError::NotFound)));
        let weak = account::set_password(&app.ctx, &mira, ("", "MiraMiraMira"), &from("a")).await;
        assert!(matches!(weak, Err(AppError::Invalid(_))));
        let jonas = app.caller(&app.by_link(app.world.jonas).await).await;
        let taken = account::set_password(&app.ctx, &jonas, (MAIL, PASSWORD), &from("a")).await;
        let Err(AppError::Invalid(issues)) = taken else { panic!("the address is Mira's") };
        assert!(!issues[0].to_string().contains("exists"), "{issues:?}");
    }
}

#[tokio::test]
async fn a_passkey_needs_an_answer_to_a_question_of_ours() {
    for app in apps().await {
        let mut ctx = app.ctx.clone();
        ctx.passkeys = PasskeyHouse::at("http://localhost:8080").map(Arc::new);
        assert!(
            matches!(passkey::begin_sign_in(&app.ctx).await, Err(AppError::NotFound)),
            "no name, no keys"
        );
        let jonas = app.caller(&app.by_link(app.world.jonas).await).await;
        let asked = passkey::begin_making(&ctx, &jonas).await.expect("asked");
        assert_eq!(asked.options["publicKey"]["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(asked.options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
        let answer = Answer { ceremony: asked.ceremony, credential: "{}".to_owned() };
        let refused = passkey::make(&ctx, &jonas, (&answer, "Telefon"), &from("a")).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
        let asked = passkey::begin_sign_in(&ctx).await.expect("asked");
        assert!(asked.options.get("mediation").is_none());
        assert_eq!(asked.options["publicKey"]["userVerification"], "required");
        assert_eq!(asked.options["publicKey"]["allowCredentials"], serde_json::json!([]));
        let answer = Answer { ceremony: asked.ceremony, credential: "nonsense".to_owned() };
        assert_eq!(passkey::sign_in(&ctx, &answer, &from("a")).await.expect("asked"), Attempt::Refused);
    }
}

#[tokio::test]
async fn coordinators_invite_and_help_those_who_may_less() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, app.coordinator(), app.world.project);
        let new = |role, actor| NewUser {
            name: "Elif".into(),
            email: "elif@example.org".into(),
            role,
            project: Some(project),
            actor,
            language: None,
        };
        let kita = Some(app.world.kita);
        assert!(matches!(
            member::invite(ctx, &app.institution(), new(Role::Institution, kita)).await,
            Err(AppError::NotFound)
        ));
        assert!(matches!(
            member::invite(ctx, &mira, NewUser { project: None, ..new(Role::Operator, None) }).await,
            Err(AppError::NotFound)
        ));
        let token = member::invite(ctx, &mira, new(Role::Institution, kita)).await.expect("invited").token;
        let elif = app.caller(&sign_in::use_link(ctx, &token, &from("a")).await.expect("in")).await;
        assert_eq!(elif.role_in(project), Some(Role::Institution));
        let members = member::list(ctx, &mira, project).await.expect("listed");
        let told: Vec<_> = members.iter().map(|m| (m.name.as_str(), m.is_manageable)).collect();
        assert_eq!(told, [("Mira", false), ("Jonas", true), ("Elif", true)]);
        assert_eq!(members[1].actor.as_ref().map(|actor| actor.1.as_str()), Some("Kita Sonnenblume"));
        assert!(
            member::recovery_link(ctx, &mira, (project, app.world.mira)).await.is_err(),
            "not for her equals"
        );
        assert!(member::link(ctx, &mira, (project, app.world.olga)).await.is_err(), "not for strangers");
        member::recovery_link(ctx, &mira, (project, app.world.jonas)).await.expect("made");
        member::remove(ctx, &mira, (project, elif.session().expect("in").user)).await.expect("ended");
        assert!(matches!(member::list(ctx, &app.institution(), project).await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn a_coordinator_named_by_another_waits_a_day_or_for_a_second_look() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, app.coordinator(), app.world.project);
        let new = |name: &str, email: &str| NewUser {
            name: name.into(),
            email: email.into(),
            role: Role::Coordinator,
            project: Some(project),
            actor: None,
            language: None,
        };
        let berta = user::add(ctx, &app.operator(), new("Berta", "berta@example.org")).await.expect("added");
        let berta = Caller::with(vec![Subject::coordinator(project, Some(berta))], "Berta".to_owned());
        let (elif, gone) = (new("Elif", "elif@example.org"), new("Unbekannt", ""));
        let elif = member::invite(ctx, &mira, elif).await.expect("named");
        let gone = member::invite(ctx, &mira, gone).await.expect("named").user;
        // Signed in, with everything still to set up, and no rights.
        let session = sign_in::use_link(ctx, &elif.token, &from("a")).await.expect("in");
        let before = app.caller(&session).await;
        assert_eq!((before.role_in(project), before.waits_for()), (None, Some(Standing::SetUp)));
        let waits = account::get(ctx, &before).await.expect("read").waits_until;
        assert_eq!(waits, Some(NOW.plus_days(1)));
        let listed = |caller: Caller| async move {
            let members = member::list(ctx, &caller, project).await.expect("listed");
            let row = members.into_iter().find(|member| member.name == "Elif").expect("there");
            (row.waits_until.is_some(), row.may_confirm, row.is_manageable)
        };
        assert_eq!(listed(mira.clone()).await, (true, false, true), "not by whoever has named them");
        assert_eq!(listed(berta.clone()).await, (true, true, true));
        let told = message::list(ctx, &berta, Of::Project(project), Page::first(9)).await.expect("listed");
        let named = |row: &&Message| row.ground.kind() == MessageKind::CoordinatorNamed;
        let to: Vec<_> = told.rows.iter().filter(named).filter_map(|row| row.to.account()).collect();
        assert!(to.contains(&berta.subjects()[0].user.expect("known")) && !to.contains(&elif.user), "{to:?}");
        // Nobody agrees to their own, nobody to somebody who does not wait, no institution to anybody.
        for (caller, user) in [(&mira, elif.user), (&berta, app.world.mira), (&app.institution(), elif.user)]
        {
            let refused = member::confirm(ctx, caller, (project, user)).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
        member::confirm(ctx, &berta, (project, elif.user)).await.expect("agreed");
        assert_eq!(listed(mira.clone()).await, (false, false, false), "as much as Mira now");
        assert!(app.caller(&session).await.session().is_none(), "what was opened before has ended");
        member::remove(ctx, &berta, (project, gone)).await.expect("taken back");
        let again = member::invite(ctx, &mira, new("Unbekannt", "")).await.expect("named").user;
        ctx.clock.move_to(NOW.plus_days(1));
        assert!(matches!(member::confirm(ctx, &berta, (project, again)).await, Err(AppError::NotFound)));
        let members = member::list(ctx, &mira, project).await.expect("listed");
        let row = members.iter().find(|member| member.user == again).expect("there");
        assert_eq!((row.waits_until, row.is_manageable), (None, false), "after a day the rights hold");
    }
}

#[tokio::test]
async fn what_happens_to_an_access_is_in_the_trail_with_who_and_without_what() {
    for app in apps().await {
        let session = app.with_password(app.world.mira, MAIL).await;
        let (full, app_secret) = app.with_codes(&session).await;
        let mira = app.caller(&full).await;
        let codes = account::new_recovery_codes(&app.ctx, &mira, "").await.expect("made");
        let mut bytes = Vec::new();
        let conn = &mut app.ctx.db.read().await.expect("read");
        kiez_store::dump::canonical(conn, &mut bytes).await.expect("dumped");
        let dump = String::from_utf8(bytes).expect("UTF-8");
        let trail: Vec<&str> =
            dump.lines().filter(|line| line.starts_with("{\"table\":\"audit_entry\"")).collect();
        let span = (app.ctx.now(), app.ctx.now());
        let names = kiez_store::audit_key::names(conn, span).await.expect("read");
        let (mira, _) = names.iter().find(|(_, (user, _))| *user == app.world.mira).expect("known");
        let by_mira = format!("\"by_user\":\"{mira}\"");
        assert!(!trail.iter().any(|line| line.contains(&format!("by_user\":\"{}", app.world.mira))));
        for noun in ["session", "credential", "recovery_code", "user_account"] {
            let noun = format!("\"noun\":\"{noun}\"");
            assert!(trail.iter().any(|line| line.contains(&noun) && line.contains(&by_mira)), "{noun}");
        }
        for secret in [MAIL, PASSWORD, full.as_str(), app_secret.as_str(), codes[0].as_str()] {
            assert!(!trail.iter().any(|line| line.contains(secret)), "{secret}");
        }
        for kept in [PASSWORD, full.as_str(), codes[0].as_str()] {
            assert!(!dump.contains(kept), "kept as it is: {kept}");
        }
    }
}

//! Users, links and sessions.

use crate::apps;
use kiez_app::error::AppError;
use kiez_app::sign_in::Arrival;
use kiez_app::user::{self, NewUser};
use kiez_app::{project, sign_in};
use kiez_domain::policy::Role;
use kiez_domain::project::ProjectForm;
use kiez_testkit::NOW;

/// In a demo a link counts as both factors.
fn of_a_demo() -> Arrival {
    Arrival { demo: true, ..Arrival::default() }
}

#[tokio::test]
async fn a_link_signs_in_once() {
    for app in apps().await {
        let token = user::link(&app.ctx, &app.operator(), app.world.mira).await.expect("made");
        for _ in 0..3 {
            assert_eq!(
                sign_in::preview(&app.ctx, &token).await.expect("looking changes nothing").name,
                "Mira"
            );
        }
        let session = sign_in::use_link(&app.ctx, &token, &of_a_demo()).await.expect("the first use counts");
        let caller = sign_in::caller_of(&app.ctx, &session).await.expect("known");
        assert_eq!(caller.role_in(app.world.project), Some(Role::Coordinator));
        assert_eq!(caller.role_in(app.world.other_project), None);
        assert!(matches!(
            sign_in::use_link(&app.ctx, &token, &Arrival::default()).await,
            Err(AppError::NotFound)
        ));
        assert!(matches!(sign_in::preview(&app.ctx, &token).await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn sessions_end_by_signing_out_by_time_and_by_removal() {
    for app in apps().await {
        let session = |token: String| async move { token };
        let begin = || async {
            let token = user::link(&app.ctx, &app.operator(), app.world.jonas).await.expect("made");
            sign_in::use_link(&app.ctx, &session(token).await, &Arrival::default()).await.expect("signed in")
        };
        let (one, two, three) = (begin().await, begin().await, begin().await);
        sign_in::sign_out(&app.ctx, &one).await.expect("signed out");
        assert!(sign_in::caller_of(&app.ctx, &one).await.expect("asked").is_visitor());
        assert!(!sign_in::caller_of(&app.ctx, &two).await.expect("asked").is_visitor());
        app.ctx.clock.move_to(NOW.plus_days(31));
        assert!(sign_in::caller_of(&app.ctx, &two).await.expect("asked").is_visitor(), "idle too long");
        app.ctx.clock.move_to(NOW);
        user::revoke(&app.ctx, &app.operator(), app.world.jonas).await.expect("removed");
        assert!(sign_in::caller_of(&app.ctx, &three).await.expect("asked").is_visitor(), "removed at once");
    }
}

#[tokio::test]
async fn an_unknown_secret_is_a_visitor() {
    for app in apps().await {
        for secret in ["", "00000000000000000000000000000000", "' or 1=1 --"] {
            assert!(sign_in::caller_of(&app.ctx, secret).await.expect("asked").is_visitor());
        }
    }
}

#[tokio::test]
async fn an_old_link_is_void() {
    for app in apps().await {
        let token = user::link(&app.ctx, &app.operator(), app.world.mira).await.expect("made");
        app.ctx.clock.move_to(NOW.plus_days(8));
        assert!(matches!(
            sign_in::use_link(&app.ctx, &token, &Arrival::default()).await,
            Err(AppError::NotFound)
        ));
    }
}

#[tokio::test]
async fn only_the_operator_adds_projects_and_a_slug_is_taken_once() {
    for app in apps().await {
        let form = || ProjectForm {
            slug: "soldiner".into(),
            name: "Soldiner Kiez".into(),
            ..ProjectForm::default()
        };
        assert!(matches!(
            project::create(&app.ctx, &app.coordinator(), form()).await,
            Err(AppError::NotFound)
        ));
        project::create(&app.ctx, &app.operator(), form()).await.expect("added");
        let again = project::create(&app.ctx, &app.operator(), form()).await.expect_err("taken");
        assert!(again.to_string().contains("slug: exists already"), "{again}");
    }
}

#[tokio::test]
async fn a_coordinator_changes_the_fact_sheet_but_not_its_address() {
    for app in apps().await {
        let (ctx, mira) = (&app.ctx, app.coordinator());
        let before = project::get(ctx, &mira, "graefekiez").await.expect("there");
        let form = ProjectForm {
            slug: "anders".into(),
            name: "Kiezgrößen im Graefekiez".into(),
            colour: "#0f6b7a".into(),
            ..ProjectForm::default()
        };
        let change = || (before.version, form.clone());
        assert!(matches!(
            project::update(ctx, &app.institution(), &before, change()).await,
            Err(AppError::NotFound)
        ));
        project::update(ctx, &mira, &before, change()).await.expect("saved");
        let after = project::get(ctx, &mira, "graefekiez").await.expect("still at its address");
        assert_eq!(after.data.name.as_str(), "Kiezgrößen im Graefekiez");
        assert_eq!(after.data.colour.map(|colour| colour.to_string()), Some("#0f6b7a".to_owned()));
        assert!(matches!(project::update(ctx, &mira, &before, change()).await, Err(AppError::Stale)));
        let nameless = ProjectForm { name: " ".into(), ..form.clone() };
        let refused = project::update(ctx, &mira, &after, (after.version, nameless)).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))));
    }
}

#[tokio::test]
async fn a_member_of_an_institution_needs_the_institution() {
    for app in apps().await {
        let project = Some(app.world.project);
        let new = |actor| NewUser {
            name: "Elif".into(),
            email: String::new(),
            role: Role::Institution,
            project,
            actor,
            language: None,
        };
        assert!(user::add(&app.ctx, &app.operator(), new(None)).await.is_err());
        user::add(&app.ctx, &app.operator(), new(Some(app.world.youth_club))).await.expect("added");
        let refused = user::add(&app.ctx, &app.institution(), new(Some(app.world.kita))).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

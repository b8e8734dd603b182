//! Needs and offers: posting, permissions, repeats, stale saves. Every rule holds for both, on every engine.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::market::OnMarket;
use kiez_app::page::{Filter, Listing, Page};
use kiez_app::posting::{self, PostingView};
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId};
use kiez_domain::lifecycle::Lifecycle;
use kiez_domain::need::{NeedEvent, NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferEvent, OfferForm};
use kiez_store::{audit, change_log};
use kiez_testkit::NOW;

type Event<T> = <<T as kiez_domain::posting::Posting>::State as Lifecycle>::Event;

/// One of each noun to try the rules with.
trait Sample: OnMarket<Form: From<CardForm>> {
    /// A step that one that is open can take, and the one back.
    const THERE_AND_BACK: [Event<Self>; 2];
    /// What the error names as possible when the step there is taken twice.
    const POSSIBLE: &'static str;
    /// One that the world has, of somebody else than the Kita.
    fn foreign(app: &App) -> Self::Id;
    /// A form in which everything is wrong, and the fields in their order.
    fn wrong() -> (Self::Form, &'static [&'static str]);
}

fn wrong_card() -> CardForm {
    CardForm { times: "immer".into(), ..CardForm::default() }
}

impl Sample for NewNeed {
    const THERE_AND_BACK: [NeedEvent; 2] = [NeedEvent::Meet, NeedEvent::Reopen];
    const POSSIBLE: &'static str = "possible now: reopen";

    fn foreign(app: &App) -> NeedId {
        app.world.talk_wanted
    }

    fn wrong() -> (NeedForm, &'static [&'static str]) {
        let form = NeedForm { card: wrong_card(), units: "viele".into(), radius_m: "nah".into() };
        (form, &["text", "times", "units", "radius_m"])
    }
}

impl Sample for NewOffer {
    const THERE_AND_BACK: [OfferEvent; 2] = [OfferEvent::Pause, OfferEvent::Resume];
    const POSSIBLE: &'static str = "possible now: resume, withdraw";

    fn foreign(app: &App) -> OfferId {
        app.world.offcuts
    }

    fn wrong() -> (OfferForm, &'static [&'static str]) {
        let (capacity, per, effort_min) = ("viel".into(), "manchmal".into(), "kurz".into());
        (
            OfferForm { card: wrong_card(), capacity, per, effort_min },
            &["text", "times", "capacity", "per", "effort_min"],
        )
    }
}

fn form<T: Sample>(text: &str) -> T::Form {
    CardForm { text: text.to_owned(), ..CardForm::default() }.into()
}

fn of<T: Sample>(actor: ActorId, text: &str) -> T::Form {
    CardForm { actor: actor.to_string(), text: text.to_owned(), ..CardForm::default() }.into()
}

async fn listed<T: Sample>(app: &App, filter: Filter<T>) -> Listing<PostingView<T>> {
    let (mira, project) = (app.coordinator(), app.world.project);
    posting::list(&app.ctx, &mira, project, filter, Page::default()).await.expect("a coordinator lists")
}

/// One of the Kita, posted by itself.
async fn own<T: Sample>(app: &App) -> T::Id {
    let sent = (form::<T>("Stühle für das Elterncafé"), "");
    posting::post::<T>(&app.ctx, &app.institution(), app.world.project, sent).await.expect("posted")
}

fn not_there<V: std::fmt::Debug>(answer: &Result<V, AppError>) -> bool {
    matches!(answer, Err(AppError::NotFound))
}

#[tokio::test]
async fn it_is_open_at_once_and_found_with_its_kinds() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let id = own::<T>(&app).await;
            let view =
                posting::get::<T>(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("found");
            assert_eq!((view.posted.state, view.posted.published, view.posted.version), (T::OPEN, false, 1));
            assert_eq!((view.text(), view.who()), ("Stühle für das Elterncafé", Some("Kita Sonnenblume")));
            let found = view.kinds.iter().find(|found| found.kind.as_str() == "furniture");
            assert!(found.is_some_and(|found| !found.words.is_empty()), "{:?}", view.kinds);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn kinds_set_by_hand_stand_alone_and_unknown_ones_are_refused() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
            let card =
                |kinds: &str| CardForm { text: "Stühle".into(), kinds: kinds.into(), ..CardForm::default() };
            let id =
                posting::post::<T>(ctx, mira, project, (card("tools").into(), "")).await.expect("posted");
            let view = posting::get::<T>(ctx, mira, project, id).await.expect("found");
            let kinds: Vec<_> =
                view.kinds.iter().map(|found| (found.kind.as_str(), found.words.len())).collect();
            assert_eq!(kinds, [("tools", 0)], "no word of the text is a reason for what a person set");
            let refused = posting::post::<T>(ctx, mira, project, (card("no_such_kind").into(), "")).await;
            assert!(refused.expect_err("unknown").to_string().contains("no_such_kind"));
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn the_same_form_sent_twice_acts_once() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let before = listed::<T>(&app, Filter::default()).await.total;
            let send = |key: &'static str| {
                let app = &app;
                async move {
                    let sent = (form::<T>("Ein Beamer"), key);
                    posting::post::<T>(&app.ctx, &app.institution(), app.world.project, sent)
                        .await
                        .expect("sent")
                }
            };
            let (first, second, other) = (send("key-1").await, send("key-1").await, send("key-2").await);
            assert_eq!(first, second);
            assert_ne!(first, other, "another key is another act");
            assert_eq!(listed::<T>(&app, Filter::default()).await.total, before + 2);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn an_institution_posts_for_itself_whatever_the_form_says() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
            let foreign = of::<T>(app.world.youth_club, "Farbe für die Wand");
            let id = posting::post::<T>(ctx, jonas, project, (foreign, "")).await.expect("posted");
            let foreign = (1, of::<T>(app.world.youth_club, "Farbe für zwei Wände"));
            posting::update::<T>(ctx, jonas, project, id, foreign).await.expect("saved");
            let view = posting::get::<T>(ctx, jonas, project, id).await.expect("its own");
            assert_eq!(
                (view.posted.data.card().actor, view.text()),
                (Some(app.world.kita), "Farbe für zwei Wände")
            );
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn what_belongs_to_another_institution_is_not_there() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
            let id = T::foreign(&app);
            assert!(not_there(&posting::get::<T>(ctx, jonas, project, id).await));
            assert!(not_there(&posting::update::<T>(ctx, jonas, project, id, (1, form::<T>("Meins"))).await));
            let step = (1, T::THERE_AND_BACK[0]);
            assert!(not_there(&posting::transition::<T>(ctx, jonas, project, id, step).await));
            own::<T>(&app).await;
            // Whoever asks for another's list gets the own one.
            let asked = Filter { actor: Some(app.world.youth_club), ..Filter::<T>::default() };
            let own = posting::list(ctx, jonas, project, asked, Page::default()).await.expect("its own");
            assert!(!own.rows.is_empty());
            assert!(own.rows.iter().all(|view| view.posted.data.card().actor == Some(app.world.kita)));
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn strangers_and_coordinators_of_another_project_find_nothing() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, world, id) = (&app.ctx, &app.world, T::foreign(&app));
            let visitor = kiez_app::caller::Caller::visitor();
            let mira = app.coordinator();
            let doors: [(&kiez_app::caller::Caller, ProjectId); 2] =
                [(&visitor, world.project), (&mira, world.other_project)];
            for (who, project) in doors {
                assert!(not_there(&posting::get::<T>(ctx, who, project, id).await));
                assert!(not_there(&posting::post::<T>(ctx, who, project, (form::<T>("Stühle"), "")).await));
                assert!(not_there(
                    &posting::update::<T>(ctx, who, project, id, (1, form::<T>("Stühle"))).await
                ));
                let step = (1, T::THERE_AND_BACK[0]);
                assert!(not_there(&posting::transition::<T>(ctx, who, project, id, step).await));
                let list = posting::list(ctx, who, project, Filter::<T>::default(), Page::default()).await;
                assert!(not_there(&list));
            }
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn an_actor_of_nowhere_is_an_issue_of_its_field() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
            let unknown = of::<T>(kiez_testkit::id(ActorId::new), "Stühle");
            let unreadable: T::Form =
                CardForm { actor: "Kita".into(), text: "Stühle".into(), ..CardForm::default() }.into();
            for form in [unknown, unreadable] {
                let refused = posting::post::<T>(ctx, mira, project, (form, "")).await;
                let Err(AppError::Invalid(issues)) = refused else { panic!("{refused:?}") };
                assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), ["actor"]);
            }
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn all_issues_of_a_form_come_back_at_once_and_nothing_is_stored() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
            let before = listed::<T>(&app, Filter::default()).await.total;
            let (wrong, fields) = T::wrong();
            let refused = posting::post::<T>(ctx, mira, project, (wrong.clone(), "k")).await;
            let Err(AppError::Invalid(issues)) = refused else { panic!("{refused:?}") };
            assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), fields);
            let saved = posting::update::<T>(ctx, mira, project, T::foreign(&app), (1, wrong)).await;
            assert!(matches!(saved, Err(AppError::Invalid(found)) if found.len() == fields.len()));
            assert_eq!(listed::<T>(&app, Filter::default()).await.total, before);
            // The key of a form that was refused is free for the form put right.
            posting::post::<T>(ctx, mira, project, (form::<T>("Stühle"), "k")).await.expect("posted");
            assert_eq!(listed::<T>(&app, Filter::default()).await.total, before + 1);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn a_stale_save_is_refused_and_nothing_is_lost() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
            let id = own::<T>(&app).await;
            let save = |version, text: &str| {
                posting::update::<T>(ctx, mira, project, id, (version, of::<T>(app.world.kita, text)))
            };
            save(1, "Holz, erste Fassung").await.expect("the first save counts");
            assert!(matches!(save(1, "Holz, zweite Fassung").await, Err(AppError::Stale)));
            let step = posting::transition::<T>(ctx, mira, project, id, (1, T::THERE_AND_BACK[0])).await;
            assert!(matches!(step, Err(AppError::Stale)));
            let view = posting::get::<T>(ctx, mira, project, id).await.expect("found");
            let expected = ("Holz, erste Fassung", T::OPEN, 2);
            assert_eq!((view.text(), view.posted.state, view.posted.version), expected);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn a_step_that_is_not_possible_is_refused_with_the_possible_ones() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
            let (id, [there, back]) = (own::<T>(&app).await, T::THERE_AND_BACK);
            let moved =
                posting::transition::<T>(ctx, jonas, project, id, (1, there)).await.expect("possible");
            assert_eq!(Ok(moved), T::OPEN.transition(there));
            let again = posting::transition::<T>(ctx, jonas, project, id, (2, there)).await;
            let words = again.expect_err("it is there already").to_string();
            assert!(words.contains(T::POSSIBLE), "{words}");
            let open = posting::transition::<T>(ctx, jonas, project, id, (2, back)).await.expect("possible");
            assert_eq!(open, T::OPEN);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn a_list_names_whose_it_is_and_follows_its_filter() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let id = own::<T>(&app).await;
            let only = |view: &Listing<PostingView<T>>| {
                view.rows.iter().map(|row| row.posted.id).collect::<Vec<_>>()
            };
            let text = Filter { text: Some("elterncafe".into()), ..Filter::<T>::default() };
            let found = listed(&app, text).await;
            assert_eq!((only(&found), found.rows[0].who()), (vec![id], Some("Kita Sonnenblume")));
            let words = Some("Elterncafé".to_owned());
            let whose = Filter { actor: Some(app.world.kita), text: words, ..Filter::<T>::default() };
            assert_eq!(only(&listed(&app, whose).await), [id]);
            let moved = T::OPEN.transition(T::THERE_AND_BACK[0]).expect("possible");
            let state = Filter { state: Some(moved), ..Filter::<T>::default() };
            assert_eq!(listed(&app, state).await.total, 0);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

#[tokio::test]
async fn each_act_is_told_once_to_the_change_log_and_to_the_audit_trail() {
    async fn rule<T: Sample>() {
        for app in apps().await {
            let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
            kiez_app::house::seal_audit(ctx).await.expect("sealed");
            let head = change_log::head(&mut ctx.db.read().await.expect("read")).await.expect("read");
            let id = own::<T>(&app).await;
            posting::update::<T>(ctx, jonas, project, id, (1, form::<T>("Bänke"))).await.expect("saved");
            posting::transition::<T>(ctx, jonas, project, id, (2, T::THERE_AND_BACK[0]))
                .await
                .expect("moved");
            // What is refused leaves no trace of having been done.
            let stale = posting::update::<T>(ctx, jonas, project, id, (1, form::<T>("Tische"))).await;
            assert!(matches!(stale, Err(AppError::Stale)));
            let conn = &mut ctx.db.read().await.expect("read");
            let changes = change_log::since(conn, head, 50).await.expect("read");
            let told: Vec<_> =
                changes.iter().map(|c| (c.noun.as_str(), c.row_id.clone(), c.change.as_str())).collect();
            let line = |change| (T::NOUN, id.to_string(), change);
            assert_eq!(told, [line("created"), line("updated"), line("updated")]);
            let mut tx = ctx.db.write().await.expect("write");
            assert_eq!(audit::seal(&mut tx, NOW).await.expect("sealed"), 3);
        }
    }
    rule::<NewNeed>().await;
    rule::<NewOffer>().await;
}

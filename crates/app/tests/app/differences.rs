//! Differences between a file and a person: settled by a person, one way or the other.

use crate::imports::{CAFES, find, take};
use crate::{App, apps};
use kiez_app::difference::{self, Choice, OpenDifference};
use kiez_app::error::AppError;
use kiez_app::page::{NeedFilter, Page};
use kiez_app::posting;
use kiez_domain::actor::{Actor, ActorForm};
use kiez_domain::card::CardForm;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_import::reading::ImportKind;

async fn open(app: &App) -> Vec<OpenDifference> {
    let found = difference::list(&app.ctx, &app.coordinator(), app.world.project, Page::default()).await;
    found.expect("listed").rows
}

async fn settle(app: &App, found: &OpenDifference, choice: Choice) -> Result<(), AppError> {
    let how = (found.version, choice);
    difference::settle(&app.ctx, &app.coordinator(), app.world.project, found.id, how).await
}

async fn cafe(app: &App, name: &str) -> Actor {
    let id = find(app, name).await;
    kiez_app::actor::get(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("found").actor
}

/// A café whose name and city a person set and the file says otherwise.
async fn disagreement(app: &App) -> [OpenDifference; 2] {
    take(app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
    let actor = cafe(app, "Café Morgenrot").await;
    let edited =
        ActorForm { name: "Morgenrot".into(), postcode: "10961".into(), ..ActorForm::from(&actor.data) };
    kiez_app::actor::update(
        &app.ctx,
        &app.coordinator(),
        app.world.project,
        actor.id,
        (actor.version, edited),
    )
    .await
    .expect("saved");
    let newer =
        CAFES.replacen("Café Morgenrot,Graefestraße 3,10967", "Café Morgenröte,Graefestraße 3,10999", 1);
    take(app, ImportKind::Actors, "cafes.csv", &newer).await.expect("readable");
    open(app).await.try_into().expect("two fields differ")
}

#[tokio::test]
async fn both_values_are_shown_with_what_they_are_about() {
    for app in apps().await {
        let [name, postcode] = disagreement(&app).await;
        assert_eq!((name.field.as_str(), name.ours.as_str()), ("name", "Morgenrot"));
        assert_eq!((name.theirs.as_str(), name.name.as_str()), ("Café Morgenröte", "Morgenrot"));
        assert_eq!((postcode.ours.as_str(), postcode.theirs.as_str()), ("10961", "10999"));
    }
}

#[tokio::test]
async fn keeping_ours_changes_nothing_and_is_not_asked_again() {
    for app in apps().await {
        let [name, _] = disagreement(&app).await;
        settle(&app, &name, Choice::Ours).await.expect("settled");
        assert_eq!(open(&app).await.len(), 1);
        assert_eq!(cafe(&app, "Morgenrot").await.version, name.version);
        assert!(matches!(settle(&app, &name, Choice::Theirs).await, Err(AppError::NotFound)), "only once");
    }
}

#[tokio::test]
async fn taking_theirs_saves_the_files_value_and_the_file_is_followed_from_then_on() {
    for app in apps().await {
        let [name, _] = disagreement(&app).await;
        settle(&app, &name, Choice::Theirs).await.expect("settled");
        let actor = cafe(&app, "Café Morgenröte").await;
        assert_eq!(actor.data.address.postcode.map(String::from).as_deref(), Some("10961"));
        let newest = CAFES.replace("Café Morgenrot", "Café Abendrot").replacen("10967", "10999", 1);
        let report = take(&app, ImportKind::Actors, "cafes.csv", &newest).await.expect("readable");
        assert_eq!((report.figures.changed, report.figures.differences), (1, 0));
        cafe(&app, "Café Abendrot").await;
    }
}

#[tokio::test]
async fn whoever_chose_on_an_old_page_is_told_so() {
    for app in apps().await {
        let [name, postcode] = disagreement(&app).await;
        settle(&app, &name, Choice::Theirs).await.expect("settled");
        let late = settle(&app, &postcode, Choice::Theirs).await;
        assert!(matches!(late, Err(AppError::Stale)), "{late:?}");
        let [fresh] = open(&app).await.try_into().expect("one is left");
        assert_eq!(fresh.version, postcode.version + 1);
        settle(&app, &fresh, Choice::Theirs).await.expect("settled");
        assert!(open(&app).await.is_empty());
    }
}

#[tokio::test]
async fn a_card_is_settled_as_an_actor_is() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let cards = "id\twhat\ttext\n1\tneed\tStühle\n";
        take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        let found = posting::list(ctx, mira, project, NeedFilter::default(), Page::default()).await;
        let need = found.expect("listed").rows.remove(0).posted;
        let edited = NeedForm::from(&need.data);
        let edited = NeedForm { card: CardForm { text: "Kleine Stühle".into(), ..edited.card }, ..edited };
        posting::update::<NewNeed>(ctx, mira, project, need.id, (need.version, edited)).await.expect("saved");
        take(&app, ImportKind::Cards, "cards.tsv", "id\twhat\ttext\n1\tneed\tHocker\n")
            .await
            .expect("readable");
        let [text] = open(&app).await.try_into().expect("one");
        assert_eq!((text.noun.as_str(), text.name.as_str()), ("need", "Kleine Stühle"));
        settle(&app, &text, Choice::Theirs).await.expect("settled");
        let view = posting::get::<NewNeed>(ctx, mira, project, need.id).await.expect("found");
        assert_eq!(view.posted.data.card.text.as_str(), "Hocker");
    }
}

#[tokio::test]
async fn an_institution_settles_nothing() {
    for app in apps().await {
        let [name, _] = disagreement(&app).await;
        let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
        let listed = difference::list(ctx, jonas, project, Page::default()).await;
        assert!(matches!(listed, Err(AppError::NotFound)));
        let settled = difference::settle(ctx, jonas, project, name.id, (name.version, Choice::Ours)).await;
        assert!(matches!(settled, Err(AppError::NotFound)));
        let elsewhere = app.world.other_project;
        let settled =
            difference::settle(ctx, &app.coordinator(), elsewhere, name.id, (name.version, Choice::Ours))
                .await;
        assert!(matches!(settled, Err(AppError::NotFound)));
        assert_eq!(open(&app).await.len(), 2);
    }
}

#[test]
fn a_choice_is_one_of_two_words() {
    assert_eq!("ours".parse(), Ok(Choice::Ours));
    assert_eq!("theirs".parse(), Ok(Choice::Theirs));
    assert!("both".parse::<Choice>().is_err());
}

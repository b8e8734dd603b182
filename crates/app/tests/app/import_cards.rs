//! Cards of files: a changed card is followed, a person's edit and a card's state are not touched.

use crate::import_revert::{back, id_of};
use crate::imports::{figures, take};
use crate::{App, apps};
use kiez_app::import::RevertReport;
use kiez_app::page::{NeedFilter, OfferFilter, Page};
use kiez_app::posting;
use kiez_domain::actor::ActorForm;
use kiez_domain::card::CardForm;
use kiez_domain::need::{Need, NeedEvent, NeedForm, NeedState, NewNeed};
use kiez_import::reading::ImportKind;

const CARDS: &str = "id\twhat\ttext\twho\tunits\n\
    1\tneed\tStühle für das Elterncafé\tKita Sonnenblume\t4\n\
    2\toffer\tKuchen vom Vortag\tBäckerei Ayşe\t2\n\
    3\tidea\tSommerfest im Hof\tFrau vom Markt\t\n";

async fn need(app: &App) -> Need {
    let chairs = NeedFilter { text: Some("tühle".into()), ..NeedFilter::default() };
    let found = posting::list(&app.ctx, &app.coordinator(), app.world.project, chairs, Page::default()).await;
    found.expect("listed").rows.remove(0).posted
}

/// The need's form with a person's own words.
fn renamed(need: &Need) -> NeedForm {
    let form = NeedForm::from(&need.data);
    NeedForm { card: CardForm { text: "Kleine Stühle".into(), ..form.card }, ..form }
}

#[tokio::test]
async fn a_changed_card_under_the_same_id_is_followed() {
    for app in apps().await {
        take(&app, ImportKind::Cards, "cards.tsv", CARDS).await.expect("readable");
        let newer = CARDS.replace("Elterncafé", "Erzählcafé").replace("vom Vortag", "von gestern");
        let newer = newer.replace("im Hof", "auf der Straße").replace("\t4\n", "\t6\n");
        let report = take(&app, ImportKind::Cards, "cards.tsv", &newer).await.expect("readable");
        assert_eq!(figures(&report), [3, 0, 3, 0, 0]);
        let changed = need(&app).await;
        assert_eq!((changed.data.card.text.as_str(), changed.data.units), ("Stühle für das Erzählcafé", 6));
        let again = take(&app, ImportKind::Cards, "cards.tsv", &newer).await.expect("readable");
        assert_eq!(figures(&again), [3, 0, 0, 3, 0]);
        let report = back(&app, id_of(report)).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 0, restored: 3, kept: 0 });
        let restored = need(&app).await;
        assert_eq!((restored.data.card.text.as_str(), restored.data.units), ("Stühle für das Elterncafé", 4));
        let (ctx, mira, project) = (&app.ctx, app.coordinator(), app.world.project);
        let ideas = kiez_app::idea::list(ctx, &mira, project, Page::default()).await.expect("listed");
        assert_eq!(ideas.rows[0].idea.data.text.as_str(), "Sommerfest im Hof");
        let cake = OfferFilter { text: Some("Kuchen".into()), ..OfferFilter::default() };
        let offers = posting::list(ctx, &mira, project, cake, Page::default()).await.expect("listed");
        assert_eq!(offers.rows[0].posted.data.card.text.as_str(), "Kuchen vom Vortag");
    }
}

#[tokio::test]
async fn a_persons_words_on_a_card_win_and_the_state_is_not_touched() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, ImportKind::Cards, "cards.tsv", CARDS).await.expect("readable");
        let before = need(&app).await;
        let edited = renamed(&before);
        posting::update::<NewNeed>(ctx, mira, project, before.id, (before.version, edited))
            .await
            .expect("saved");
        let step = (before.version + 1, NeedEvent::Withdraw);
        posting::transition::<NewNeed>(ctx, mira, project, before.id, step).await.expect("moved");
        let newer = CARDS.replace("Elterncafé", "Erzählcafé").replace("\t4\n", "\t6\n");
        let report = take(&app, ImportKind::Cards, "cards.tsv", &newer).await.expect("readable");
        assert_eq!((report.figures.changed, report.figures.differences), (1, 1));
        let after = need(&app).await;
        assert_eq!((after.data.card.text.as_str(), after.data.units), ("Kleine Stühle", 6));
        assert_eq!(after.state, NeedState::Withdrawn);
        let import = id_of(report);
        assert_eq!(back(&app, import).await.expect("taken back").restored, 1);
        let restored = need(&app).await;
        assert_eq!((restored.data.units, restored.state), (4, NeedState::Withdrawn));
    }
}

#[tokio::test]
async fn a_card_moves_on_its_way_and_a_revert_leaves_it_there() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, ImportKind::Cards, "cards.tsv", CARDS).await.expect("readable");
        let newer = CARDS.replace("Elterncafé", "Erzählcafé");
        let report = take(&app, ImportKind::Cards, "cards.tsv", &newer).await.expect("readable");
        let changed = need(&app).await;
        let step = (changed.version, NeedEvent::Withdraw);
        posting::transition::<NewNeed>(ctx, mira, project, changed.id, step).await.expect("moved");
        let report = back(&app, id_of(report)).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 0, restored: 0, kept: 1 });
        assert_eq!(need(&app).await.state, NeedState::Withdrawn);
    }
}

#[tokio::test]
async fn a_card_stays_with_its_actor_when_that_one_is_called_otherwise() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, ImportKind::Cards, "cards.tsv", CARDS).await.expect("readable");
        let kita = kiez_app::actor::get(ctx, mira, project, app.world.kita).await.expect("found").actor;
        let renamed = ActorForm { name: "Kita Löwenzahn".into(), ..ActorForm::from(&kita.data) };
        kiez_app::actor::update(ctx, mira, project, kita.id, (kita.version, renamed)).await.expect("saved");
        let again = take(&app, ImportKind::Cards, "cards.tsv", CARDS).await.expect("readable");
        assert_eq!(figures(&again), [3, 0, 0, 3, 0]);
        assert_eq!(need(&app).await.data.card.actor, Some(app.world.kita));
    }
}

#[tokio::test]
async fn a_name_that_the_directory_learns_later_becomes_the_actor() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let cards = CARDS.replace("Kita Sonnenblume", "Nähtreff");
        take(&app, ImportKind::Cards, "cards.tsv", &cards).await.expect("readable");
        let form = ActorForm { name: "Nähtreff".into(), ..ActorForm::default() };
        let learned = kiez_app::actor::create(ctx, mira, project, (form, "")).await.expect("entered");
        let again = take(&app, ImportKind::Cards, "cards.tsv", &cards).await.expect("readable");
        assert_eq!(figures(&again), [3, 0, 1, 2, 0]);
        let need = need(&app).await;
        assert_eq!((need.data.card.actor, need.data.card.said_by), (Some(learned), None));
    }
}

#[tokio::test]
async fn a_card_with_an_unknown_kind_is_left_out_and_the_others_come_in() {
    for app in apps().await {
        let cards = "what\ttext\tresource\nneed\tFarben\tpainting\nneed\tEin Drache\tdragon-riding\n";
        let report = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((report.figures.new, report.refused.len()), (1, 1), "{:?}", report.refused);
        assert_eq!((report.refused[0].line, report.refused[0].field.as_str()), (3, "kinds"));
    }
}

//! The name on a card: nobody's word is lost, and a name of the directory becomes the actor.

use crate::imports::take;
use crate::{App, apps};
use kiez_app::actor;
use kiez_app::card::{self, CardForm, EnteredCard};
use kiez_app::error::AppError;
use kiez_app::page::{NeedFilter, OfferFilter, Page};
use kiez_app::{idea, need, offer, suggestion};
use kiez_domain::actor::ActorForm;
use kiez_domain::need::NeedForm;
use kiez_import::reading::ImportKind;

async fn enter(app: &App, what: &str, said_by: &str) -> Result<EnteredCard, AppError> {
    let form = CardForm {
        what: what.into(),
        text: "Ein Zelt für das Sommerfest".into(),
        said_by: said_by.into(),
        ..CardForm::default()
    };
    card::enter(&app.ctx, &app.coordinator(), app.world.project, form).await
}

/// Who the newest need, offer and idea are from, as a list shows it.
async fn whose(app: &App) -> [Option<String>; 3] {
    let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
    let needs = need::list(ctx, mira, project, NeedFilter::default(), Page::default()).await.expect("listed");
    let offers =
        offer::list(ctx, mira, project, OfferFilter::default(), Page::default()).await.expect("listed");
    let ideas = idea::list(ctx, mira, project, Page::default()).await.expect("listed");
    [
        needs.rows[0].who().map(str::to_owned),
        offers.rows[0].who().map(str::to_owned),
        ideas.rows[0].who().map(str::to_owned),
    ]
}

#[tokio::test]
async fn a_name_that_is_nobody_of_the_directory_stays_on_the_card() {
    for app in apps().await {
        for what in ["need", "offer", "idea"] {
            enter(&app, what, "  die Damen  vom Nähtreff ").await.expect("entered");
        }
        let said = Some("die Damen vom Nähtreff".to_owned());
        assert_eq!(whose(&app).await, [said.clone(), said.clone(), said]);
    }
}

#[tokio::test]
async fn a_name_of_the_directory_becomes_the_actor_whatever_its_case_and_marks() {
    for app in apps().await {
        for what in ["need", "offer", "idea"] {
            enter(&app, what, "backerei AYSE").await.expect("entered");
        }
        let bakery = Some("Bäckerei Ayşe".to_owned());
        assert_eq!(whose(&app).await, [bakery.clone(), bakery.clone(), bakery]);
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let own = NeedFilter { actor: Some(app.world.bakery), ..NeedFilter::default() };
        let found = need::list(ctx, mira, project, own, Page::default()).await.expect("listed");
        assert_eq!(found.rows[0].need.data.said_by, None, "the reference says it now");
    }
}

#[tokio::test]
async fn a_name_that_two_have_is_nobodys() {
    for app in apps().await {
        let twin =
            ActorForm { name: "Bäckerei Ayşe".into(), side: "business".into(), ..ActorForm::default() };
        let entered = actor::create(&app.ctx, &app.coordinator(), app.world.project, (twin, "")).await;
        entered.expect("two shops may have one name");
        enter(&app, "offer", "Bäckerei Ayşe").await.expect("entered");
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let offers = offer::list(ctx, mira, project, OfferFilter::default(), Page::default()).await;
        let newest = offers.expect("listed").rows.remove(0).offer.data;
        assert_eq!(
            (newest.actor, newest.said_by.map(String::from)),
            (None, Some("Bäckerei Ayşe".to_owned()))
        );
    }
}

#[tokio::test]
async fn who_is_chosen_counts_and_another_name_on_the_card_is_kept_beside_it() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        for (said_by, kept) in [("Gruppe Löwenzahn", Some("Gruppe Löwenzahn")), ("KITA Sonnenblume", None)]
        {
            let form = NeedForm {
                actor: app.world.kita.to_string(),
                said_by: said_by.into(),
                text: "Ein Zelt".into(),
                ..NeedForm::default()
            };
            let id = need::post(ctx, mira, project, (form, "")).await.expect("posted");
            let data = need::get(ctx, mira, project, id).await.expect("found").need.data;
            assert_eq!(data.actor, Some(app.world.kita));
            assert_eq!(data.said_by.as_ref().map(|line| line.as_str()), kept, "{said_by}");
        }
    }
}

#[tokio::test]
async fn an_institution_that_writes_a_foreign_name_still_enters_for_itself() {
    for app in apps().await {
        let form =
            NeedForm { said_by: "Bäckerei Ayşe".into(), text: "Ein Zelt".into(), ..NeedForm::default() };
        let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
        let id = need::post(ctx, jonas, project, (form, "")).await.expect("posted");
        let data = need::get(ctx, jonas, project, id).await.expect("its own").need.data;
        assert_eq!(data.actor, Some(app.world.kita));
        assert_eq!(data.said_by.map(String::from), Some("Bäckerei Ayşe".to_owned()));
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_an_issue_and_nothing_is_stored() {
    for app in apps().await {
        for what in ["need", "offer", "idea"] {
            let refused = enter(&app, what, &"x".repeat(301)).await;
            let Err(AppError::Invalid(issues)) = refused else { panic!("{refused:?}") };
            assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), ["said_by"]);
        }
        let ideas = idea::list(&app.ctx, &app.coordinator(), app.world.project, Page::default()).await;
        assert_eq!(ideas.expect("listed").total, 0);
    }
}

#[tokio::test]
async fn a_file_of_cards_loses_no_name() {
    for app in apps().await {
        let cards = "what\ttext\twho\n\
            need\tEin Zelt\tNähtreff im Hof\n\
            offer\tBrot vom Vortag\tbäckerei ayşe\n\
            idea\tHoffest\tFrau vom Markt\n";
        let report = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((report.new, report.refused.len()), (3, 0));
        let expected = ["Nähtreff im Hof", "Bäckerei Ayşe", "Frau vom Markt"];
        assert_eq!(whose(&app).await, expected.map(|name| Some(name.to_owned())));
        let again = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((again.new, again.unchanged), (0, 3));
    }
}

#[tokio::test]
async fn a_suggestion_says_whose_card_it_is() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let cards = "what\ttext\twho\noffer\tZwölf gebrauchte Stühle\tChorfrauen\n";
        take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        let chairs = NeedForm { text: "Stühle für das Elterncafé".into(), ..NeedForm::default() };
        let need = need::post(ctx, mira, project, (chairs, "")).await.expect("posted");
        let found = suggestion::for_need(ctx, mira, project, need, 5).await.expect("asked");
        let said: Vec<_> =
            found.iter().filter_map(|s| s.said_by.as_ref().map(|line| line.as_str())).collect();
        assert_eq!(said, ["Chorfrauen"]);
    }
}

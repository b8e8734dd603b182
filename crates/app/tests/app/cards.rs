//! The name on a card: nobody's word is lost, and a name of the directory becomes the actor.

use crate::imports::take;
use crate::{App, apps};
use kiez_app::actor;
use kiez_app::caller::Caller;
use kiez_app::card::{self, CardEntry, EnteredCard};
use kiez_app::error::AppError;
use kiez_app::page::{NeedFilter, OfferFilter, Page};
use kiez_app::{idea, posting, suggestion};
use kiez_domain::actor::ActorForm;
use kiez_domain::card::CardForm;
use kiez_domain::idea::IdeaForm;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferEvent};
use kiez_import::reading::ImportKind;

async fn enter(app: &App, what: &str, said_by: &str) -> Result<EnteredCard, AppError> {
    let form = CardEntry {
        what: what.into(),
        text: "Ein Zelt für das Sommerfest".into(),
        said_by: said_by.into(),
        ..CardEntry::default()
    };
    card::enter(&app.ctx, &app.coordinator(), app.world.project, form).await
}

/// Who the newest need, offer and idea are from, as a list shows it.
async fn whose(app: &App) -> [Option<String>; 3] {
    let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
    let needs =
        posting::list(ctx, mira, project, NeedFilter::default(), Page::default()).await.expect("listed");
    let offers =
        posting::list(ctx, mira, project, OfferFilter::default(), Page::default()).await.expect("listed");
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
        let found = posting::list(ctx, mira, project, own, Page::default()).await.expect("listed");
        assert_eq!(found.rows[0].posted.data.card.said_by, None, "the reference says it now");
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
        let offers = posting::list(ctx, mira, project, OfferFilter::default(), Page::default()).await;
        let newest = offers.expect("listed").rows.remove(0).posted.data.card;
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
            let form = NeedForm::from(CardForm {
                actor: app.world.kita.to_string(),
                said_by: said_by.into(),
                text: "Ein Zelt".into(),
                ..CardForm::default()
            });
            let id = posting::post::<NewNeed>(ctx, mira, project, (form, "")).await.expect("posted");
            let data = posting::get::<NewNeed>(ctx, mira, project, id).await.expect("found").posted.data.card;
            assert_eq!(data.actor, Some(app.world.kita));
            assert_eq!(data.said_by.as_ref().map(|line| line.as_str()), kept, "{said_by}");
        }
    }
}

#[tokio::test]
async fn an_institution_that_writes_a_foreign_name_still_enters_for_itself() {
    for app in apps().await {
        let form = NeedForm::from(CardForm {
            said_by: "Bäckerei Ayşe".into(),
            text: "Ein Zelt".into(),
            ..CardForm::default()
        });
        let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
        let id = posting::post::<NewNeed>(ctx, jonas, project, (form, "")).await.expect("posted");
        let data = posting::get::<NewNeed>(ctx, jonas, project, id).await.expect("its own").posted.data.card;
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
        assert_eq!((report.figures.new, report.refused.len()), (3, 0));
        let expected = ["Nähtreff im Hof", "Bäckerei Ayşe", "Frau vom Markt"];
        assert_eq!(whose(&app).await, expected.map(|name| Some(name.to_owned())));
        let again = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((again.figures.new, again.figures.unchanged), (0, 3));
    }
}

#[tokio::test]
async fn a_suggestion_says_whose_card_it_is() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let cards = "what\ttext\twho\noffer\tZwölf gebrauchte Stühle\tChorfrauen\n";
        take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        let chairs =
            NeedForm::from(CardForm { text: "Stühle für das Elterncafé".into(), ..CardForm::default() });
        let need = posting::post::<NewNeed>(ctx, mira, project, (chairs, "")).await.expect("posted");
        let found = suggestion::for_need(ctx, mira, project, need, 5).await.expect("asked");
        let said: Vec<_> =
            found.iter().filter_map(|s| s.said_by.as_ref().map(|line| line.as_str())).collect();
        assert_eq!(said, ["Chorfrauen"]);
    }
}

#[tokio::test]
async fn a_card_becomes_a_need_an_offer_or_an_idea_and_nothing_else() {
    for app in apps().await {
        for what in ["need", "offer", "idea"] {
            let entered = enter(&app, what, "").await.expect("entered");
            assert_eq!((entered.kind.name(), entered.text.as_str()), (what, "Ein Zelt für das Sommerfest"));
        }
        let refused = enter(&app, "gift", "").await;
        let Err(AppError::Invalid(issues)) = refused else { panic!("{refused:?}") };
        assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), ["what"]);
    }
}

#[tokio::test]
async fn another_open_card_with_the_same_words_is_mentioned_while_it_is_open() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let first = enter(&app, "offer", "").await.expect("entered");
        assert_eq!(first.same, None, "a card is no copy of itself");
        assert_eq!(enter(&app, "need", "").await.expect("entered").same, None, "nor of the other side's");
        let second = enter(&app, "offer", "").await.expect("entered");
        assert_eq!(second.same.as_deref(), Some(first.id.as_str()));
        for card in [&first, &second] {
            let step = (1, OfferEvent::Withdraw);
            let id = card.id.parse().expect("an id");
            posting::transition::<NewOffer>(ctx, mira, project, id, step).await.expect("withdrawn");
        }
        assert_eq!(enter(&app, "offer", "").await.expect("entered").same, None);
    }
}

#[tokio::test]
async fn an_institution_sees_its_own_ideas_and_a_stranger_none() {
    for app in apps().await {
        let (ctx, project) = (&app.ctx, app.world.project);
        enter(&app, "idea", "").await.expect("entered");
        let note = |text: &str| IdeaForm { text: text.into(), ..IdeaForm::default() };
        let jonas = app.institution();
        idea::note(ctx, &jonas, project, (note("Ein Chor"), "key")).await.expect("noted");
        idea::note(ctx, &jonas, project, (note("Ein Chor"), "key")).await.expect("noted before");
        let own = idea::list(ctx, &jonas, project, Page::default()).await.expect("its own");
        let shown: Vec<_> = own.rows.iter().map(|view| (view.idea.data.text.as_str(), view.who())).collect();
        assert_eq!(shown, [("Ein Chor", Some("Kita Sonnenblume"))]);
        assert_eq!(
            idea::list(ctx, &app.coordinator(), project, Page::default()).await.expect("all").total,
            2
        );
        for (who, project) in [(Caller::visitor(), project), (app.coordinator(), app.world.other_project)] {
            assert!(matches!(idea::list(ctx, &who, project, Page::default()).await, Err(AppError::NotFound)));
            let noted = idea::note(ctx, &who, project, (note("Ein Chor"), "")).await;
            assert!(matches!(noted, Err(AppError::NotFound)), "{noted:?}");
        }
    }
}

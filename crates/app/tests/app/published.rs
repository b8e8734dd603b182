//! What everybody sees of a project: published actors, narrowed, and their published open cards.

use crate::{App, apps};
use kiez_app::caller::Caller;
use kiez_app::contact::add_channel;
use kiez_app::error::AppError;
use kiez_app::page::{ActorFilter, Page};
use kiez_app::posting;
use kiez_app::public_directory::{self, PublicDirectory};
use kiez_app::published::{self, OpenDataFormat};
use kiez_domain::branch::Side;
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::id::ActorId;
use kiez_domain::need::{NeedEvent, NewNeed};
use kiez_domain::offer::NewOffer;

async fn publish(app: &App, actors: &[ActorId]) {
    for id in actors {
        app.agree(*id).await;
    }
}

async fn seen(app: &App, filter: ActorFilter, page: Page) -> PublicDirectory {
    let asked = (&filter, page);
    public_directory::actors(&app.ctx, &Caller::visitor(), app.world.project, asked).await.expect("listed")
}

fn names(found: &PublicDirectory) -> Vec<&str> {
    found.listing.rows.iter().map(|entry| entry.actor.name.as_str()).collect()
}

fn saying(text: &str) -> ActorFilter {
    ActorFilter { text: Some(text.to_owned()), ..ActorFilter::default() }
}

#[tokio::test]
async fn the_public_directory_holds_who_agreed_and_can_be_narrowed() {
    for app in apps().await {
        let world = &app.world;
        assert!(seen(&app, ActorFilter::default(), Page::default()).await.listing.rows.is_empty());
        publish(&app, &[world.kita, world.joiner, world.bakery]).await;
        let all = seen(&app, ActorFilter::default(), Page::default()).await;
        assert_eq!(names(&all), ["Bäckerei Ayşe", "Kita Sonnenblume", "Tischlerei Holzwurm"]);
        assert_eq!(all.sides, [(Side::Business, 2), (Side::Institution, 1)]);
        let quarters: Vec<_> = all.quarters.iter().map(|(_, name, count)| (name.as_str(), *count)).collect();
        // The bakery stands on the outline's eastern edge, which belongs to the next quarter.
        assert_eq!(quarters, [("Graefekiez", 1), ("Werner-Düttmann-Siedlung", 1)]);

        assert_eq!(
            names(&seen(&app, saying(" GRAEFESTRASSE "), Page::default()).await),
            ["Tischlerei Holzwurm"]
        );
        assert!(names(&seen(&app, saying("Drehpunkt"), Page::default()).await).is_empty(), "not published");
        let shops = ActorFilter { side: Some(Side::Business), ..ActorFilter::default() };
        let shops = seen(&app, shops, Page::default()).await;
        assert_eq!(shops.listing.total, 2);
        assert_eq!(shops.sides, all.sides, "the other sides can still be chosen");
        let siedlung = ActorFilter { quarter: Some(world.siedlung), ..ActorFilter::default() };
        assert_eq!(names(&seen(&app, siedlung, Page::default()).await), ["Kita Sonnenblume"]);
    }
}

#[tokio::test]
async fn what_was_chosen_stays_to_be_seen_when_nobody_is_left_of_it() {
    for app in apps().await {
        publish(&app, &[app.world.kita]).await;
        let shops = ActorFilter { side: Some(Side::Business), ..ActorFilter::default() };
        let found = seen(&app, shops, Page::default()).await;
        assert_eq!(found.sides, [(Side::Business, 0), (Side::Institution, 1)]);
        assert!(found.listing.rows.is_empty());
    }
}

#[tokio::test]
async fn the_public_directory_comes_in_parts() {
    for app in apps().await {
        publish(&app, &[app.world.kita, app.world.joiner, app.world.bakery]).await;
        let first = seen(&app, ActorFilter::default(), Page::first(2)).await;
        assert_eq!((first.listing.rows.len(), first.listing.total, first.listing.next), (2, 3, Some(2)));
        let rest = seen(&app, ActorFilter::default(), Page { offset: 2, size: 2 }).await;
        assert_eq!((names(&rest), rest.listing.next), (vec!["Tischlerei Holzwurm"], None));
    }
}

#[tokio::test]
async fn a_card_is_public_while_it_is_published_and_open_and_its_actor_is_public() {
    for app in apps().await {
        let (ctx, mira, project, world) = (&app.ctx, &app.coordinator(), app.world.project, &app.world);
        let visitor = Caller::visitor();
        let listed = async |words| {
            let found = public_directory::needs(ctx, &visitor, project, (words, Page::default())).await;
            found.expect("listed").rows.into_iter().map(|need| need.text).collect::<Vec<_>>()
        };
        let wood = world.wood_wanted;
        posting::set_published::<NewNeed>(ctx, mira, project, wood, (1, true)).await.expect("published");
        assert!(listed(None).await.is_empty(), "its actor is not public");
        publish(&app, &[world.kita]).await;
        assert_eq!(listed(None).await, ["Holzreste für die Werkbank der Vorschulgruppe"]);
        assert_eq!(listed(Some("sonnenblume")).await.len(), 1, "found by whose it is");
        assert!(listed(Some("Laptop")).await.is_empty());
        let stale = posting::set_published::<NewNeed>(ctx, mira, project, wood, (1, false)).await;
        assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
        let step = (2, NeedEvent::Withdraw);
        posting::transition::<NewNeed>(ctx, mira, project, wood, step).await.expect("withdrawn");
        assert!(listed(None).await.is_empty(), "what is not open is not public");
    }
}

#[tokio::test]
async fn an_institution_publishes_its_own_cards_and_no_others() {
    for app in apps().await {
        let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
        let own = app.world.wood_wanted;
        posting::set_published::<NewNeed>(ctx, jonas, project, own, (1, true)).await.expect("his own");
        let others = [app.world.talk_wanted];
        for id in others {
            let refused = posting::set_published::<NewNeed>(ctx, jonas, project, id, (1, true)).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
        let offer = app.world.offcuts;
        let refused = posting::set_published::<NewOffer>(ctx, jonas, project, offer, (1, true)).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn the_page_of_an_actor_tells_what_is_public_and_nothing_else() {
    for app in apps().await {
        let (ctx, mira, project, world) = (&app.ctx, &app.coordinator(), app.world.project, &app.world);
        let visitor = Caller::visitor();
        let joiner = world.joiner;
        let hidden = published::actor(ctx, &visitor, project, joiner).await;
        assert!(matches!(hidden, Err(AppError::NotFound)), "not published is not there");
        publish(&app, &[joiner]).await;
        for (medium, value, visibility) in [
            (Medium::Phone, "030 5550111", ChannelVisibility::Internal),
            (Medium::Web, "https://holzwurm.example", ChannelVisibility::Public),
        ] {
            let channel = (medium, value, visibility);
            add_channel(ctx, mira, project, (joiner, None), channel).await.expect("added");
        }
        let offcuts = world.offcuts;
        posting::set_published::<NewOffer>(ctx, mira, project, offcuts, (1, true)).await.expect("published");
        let view = published::actor(ctx, &visitor, project, joiner).await.expect("public");
        assert_eq!(
            (view.actor.name.as_str(), view.quarter.as_deref()),
            ("Tischlerei Holzwurm", Some("Graefekiez"))
        );
        let channels: Vec<_> = view.channels.iter().map(|channel| channel.value.as_str()).collect();
        assert_eq!(channels, ["https://holzwurm.example"]);
        assert_eq!((view.offers.len(), view.needs.len()), (1, 0));
        let entry = seen(&app, ActorFilter::default(), Page::default()).await.listing.rows.remove(0);
        assert_eq!((entry.needs, entry.offers), (0, 1));
        let elsewhere = published::actor(ctx, &visitor, world.other_project, joiner).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn open_data_name_their_columns_in_the_order_of_their_values() {
    for app in apps().await {
        publish(&app, &[app.world.joiner]).await;
        let bytes =
            published::open_data(&app.ctx, &Caller::visitor(), app.world.project, OpenDataFormat::Csv).await;
        let table = String::from_utf8(bytes.expect("written")).expect("text");
        let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "id,name,side,branch,street,house_number,postcode,city,lat,lon,opening_hours");
        assert!(lines[1].ends_with(",Graefestraße,12a,10967,Berlin,52.492,13.415,"), "{}", lines[1]);
    }
}

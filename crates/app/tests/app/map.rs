//! What the map shows, and to whom.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::map::{self, MapSheet};
use kiez_app::page::ActorFilter;
use kiez_domain::actor::Stage;
use kiez_domain::bounds::Bounds;
use kiez_domain::branch::Side;
use kiez_domain::id::QuarterId;
use kiez_domain::map::MapLayer;
use kiez_domain::project::Project;

async fn project(app: &App) -> Project {
    kiez_app::project::get(&app.ctx, &app.coordinator(), "graefekiez").await.expect("there")
}

fn names(sheet: &MapSheet) -> Vec<&str> {
    sheet.places.iter().map(|place| place.name.as_str()).collect()
}

async fn seen(app: &App, layer: MapLayer, filter: ActorFilter) -> MapSheet {
    let project = project(app).await;
    map::workspace(&app.ctx, &app.coordinator(), &project, (layer, &filter)).await.expect("shown")
}

async fn published(app: &App, layer: MapLayer) -> Result<MapSheet, AppError> {
    let (project, everybody) = (project(app).await, ActorFilter::default());
    map::public(&app.ctx, &kiez_app::caller::Caller::visitor(), &project, (layer, &everybody)).await
}

#[tokio::test]
async fn only_a_coordinator_sees_the_workspace_map() {
    for app in apps().await {
        let (project, everybody) = (project(&app).await, ActorFilter::default());
        for layer in MapLayer::all() {
            for stranger in [app.institution(), app.operator(), kiez_app::caller::Caller::visitor()] {
                let answer = map::workspace(&app.ctx, &stranger, &project, (layer, &everybody)).await;
                assert!(matches!(answer, Err(AppError::NotFound)), "{layer}");
            }
            assert!(
                map::workspace(&app.ctx, &app.coordinator(), &project, (layer, &everybody)).await.is_ok()
            );
        }
    }
}

#[tokio::test]
async fn the_filter_narrows_the_map_like_the_list() {
    for app in apps().await {
        let all = seen(&app, MapLayer::Actors, ActorFilter::default()).await;
        assert!(names(&all).contains(&"Kita Sonnenblume") && names(&all).contains(&"Tischlerei Holzwurm"));
        let shops = ActorFilter { side: Some(Side::Business), ..ActorFilter::default() };
        let shops = seen(&app, MapLayer::Actors, shops).await;
        assert!(!shops.places.is_empty() && shops.places.iter().all(|p| p.side == Some(Side::Business)));
        let joiner = ActorFilter { text: Some("holzwurm".to_owned()), ..ActorFilter::default() };
        assert_eq!(names(&seen(&app, MapLayer::Actors, joiner).await), ["Tischlerei Holzwurm"]);
    }
}

#[tokio::test]
async fn a_card_on_the_map_follows_the_side_of_its_actor() {
    for app in apps().await {
        let needs = seen(&app, MapLayer::Needs, ActorFilter::default()).await;
        assert_eq!(needs.places.len(), 2);
        assert!(needs.places.iter().all(|place| place.side == Some(Side::Institution)));
        let shops = ActorFilter { side: Some(Side::Business), ..ActorFilter::default() };
        assert!(seen(&app, MapLayer::Needs, shops).await.places.is_empty());
    }
}

#[tokio::test]
async fn only_businesses_have_a_stage_on_the_map() {
    for app in apps().await {
        let all = seen(&app, MapLayer::Actors, ActorFilter::default()).await;
        let stage =
            |name: &str| all.places.iter().find(|place| place.name == name).and_then(|place| place.stage);
        assert_eq!(stage("Kita Sonnenblume"), None);
        assert!(stage("Tischlerei Holzwurm").is_some_and(|stage| Stage::all().any(|known| known == stage)));
    }
}

#[tokio::test]
async fn the_public_sees_what_is_published_and_nothing_of_the_survey() {
    for app in apps().await {
        let none = published(&app, MapLayer::Actors).await.expect("shown");
        assert!(none.places.is_empty(), "nothing is public by itself");
        assert!(none.quarters.len() == 2, "quarters have names and outlines for everybody");
        app.agree(app.world.kita).await;
        let sheet = published(&app, MapLayer::Actors).await.expect("shown");
        assert_eq!(sheet.places[0].actor, Some(app.world.kita), "whose page tells more");
        let elsewhere =
            ActorFilter { quarter: Some(kiez_testkit::id(QuarterId::new)), ..ActorFilter::default() };
        let visitor = kiez_app::caller::Caller::visitor();
        let empty =
            map::public(&app.ctx, &visitor, &project(&app).await, (MapLayer::Actors, &elsewhere)).await;
        assert!(empty.expect("shown").places.is_empty(), "everybody may narrow the map to a quarter");
        assert_eq!(names(&sheet), ["Kita Sonnenblume"]);
        assert!(sheet.places.iter().all(|place| place.stage.is_none()), "how far it has come is not public");
        assert!(published(&app, MapLayer::Needs).await.expect("shown").places.is_empty());
        assert!(matches!(published(&app, MapLayer::Doors).await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn the_map_is_cut_to_the_home_quarter_first() {
    for app in apps().await {
        let world = &app.world;
        kiez_app::project::choose_home(&app.ctx, &app.coordinator(), world.project, world.siedlung)
            .await
            .expect("chosen");
        let sheet = seen(&app, MapLayer::Actors, ActorFilter::default()).await;
        let (home, other) = (&sheet.quarters[0], &sheet.quarters[1]);
        assert!(home.home && !other.home);
        let bounds = sheet.bounds().expect("there is a home");
        assert!(bounds.contains(home.outline.centre().expect("a middle")));
        assert!(!bounds.contains(other.outline.centre().expect("a middle")), "the neighbour is not the home");
    }
}

#[tokio::test]
async fn only_a_coordinator_sees_who_is_around_the_corner() {
    for app in apps().await {
        let (project, all) =
            (project(&app).await, seen(&app, MapLayer::Actors, ActorFilter::default()).await);
        let everywhere =
            Bounds::around(all.places.iter().map(|place| place.position)).expect("there are some");
        let found = map::within(&app.ctx, &app.coordinator(), project.id, everywhere).await.expect("shown");
        assert_eq!(found, all.places, "the whole box holds the whole map");
        for stranger in [app.institution(), app.operator(), kiez_app::caller::Caller::visitor()] {
            let answer = map::within(&app.ctx, &stranger, project.id, everywhere).await;
            assert!(matches!(answer, Err(AppError::NotFound)));
        }
    }
}

#[tokio::test]
async fn a_map_around_a_place_begins_with_the_nearest() {
    for app in apps().await {
        let mut sheet = seen(&app, MapLayer::Actors, ActorFilter::default()).await;
        let last = sheet.places.last().expect("there are some").clone();
        sheet.sort_around(last.position);
        let far = |place: &map::MapPlace| place.position.distance_m(last.position);
        assert!(far(&sheet.places[0]) < 1.0);
        assert!(sheet.places.windows(2).all(|pair| far(&pair[0]) <= far(&pair[1])));
    }
}

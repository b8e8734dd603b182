//! The ground of the map: drawn, handed out, drawn anew.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::geocode::{self, Found};
use kiez_app::ground::{self, Frame};
use kiez_domain::address::Address;
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::position::Position;
use kiez_domain::tile::TileAddress;
use kiez_import::source::Source;

/// A street in the Graefekiez; the second one leads a little further.
fn street(end: f64) -> BaseMap {
    let place = |lat, lon| Position::new(lat, lon).expect("on the earth");
    let names = Names { local: Some("Graefestraße".parse().expect("a name")), ..Names::default() };
    let shape = Shape::Line(vec![place(52.490, 13.410), place(52.495, end)]);
    BaseMap { features: vec![GroundFeature { ground: Ground::Street, names, shape }] }
}

fn middle(zoom: u8) -> (u8, u32, u32) {
    let place = Position::new(52.490, 13.410).expect("on the earth");
    let tile = TileAddress::around(place, zoom).expect("drawn");
    (tile.zoom(), tile.column(), tile.row())
}

async fn draw(app: &App, map: &BaseMap) -> bool {
    let source = "© OpenStreetMap contributors".parse().expect("a line");
    ground::replace(&app.ctx, &app.coordinator(), app.world.project, map, Some(&source)).await.expect("drawn")
}

#[tokio::test]
async fn everybody_sees_what_a_coordinator_drew_and_nobody_else_may_draw() {
    for app in apps().await {
        let (ctx, project) = (&app.ctx, app.world.project);
        let visitor = kiez_app::caller::Caller::visitor();
        for stranger in [&visitor, &app.institution(), &app.operator()] {
            let refused = ground::replace(ctx, stranger, project, &street(13.412), None).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
        assert_eq!(ground::find(ctx, &visitor, project).await.expect("asked"), None);
        assert!(matches!(ground::tile(ctx, &visitor, project, middle(14)).await, Err(AppError::NotFound)));
        assert!(draw(&app, &street(13.412)).await);
        let facts = ground::find(ctx, &visitor, project).await.expect("asked").expect("drawn");
        assert_eq!(facts.attribution.map(String::from).as_deref(), Some("© OpenStreetMap contributors"));
        assert_eq!((facts.bounds.south_west.lat(), facts.bounds.north_east.lon()), (52.49, 13.412));
        let tile = ground::tile(ctx, &visitor, project, middle(14)).await.expect("there");
        assert_eq!(
            (tile.etag, tile.bytes.map(|bytes| bytes[..2].to_vec())),
            (facts.etag, Some(vec![0x1f, 0x8b]))
        );
        let elsewhere = ground::tile(ctx, &visitor, app.world.other_project, middle(14)).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn the_same_map_changes_nothing_and_another_one_is_seen_at_once() {
    for app in apps().await {
        let (ctx, caller) = (&app.ctx, app.coordinator());
        draw(&app, &street(13.412)).await;
        let before = ground::tile(ctx, &caller, app.world.project, middle(16)).await.expect("there");
        assert!(!draw(&app, &street(13.412)).await);
        assert_eq!(ground::tile(ctx, &caller, app.world.project, middle(16)).await.expect("there"), before);
        assert!(draw(&app, &street(13.415)).await);
        let after = ground::tile(ctx, &caller, app.world.project, middle(16)).await.expect("there");
        assert!(after.etag != before.etag && after.bytes != before.bytes);
        let stale = ground::archive_range(ctx, &caller, app.world.project, &before.etag, 0..10).await;
        assert!(matches!(stale, Err(AppError::Stale)));
        let head = ground::archive_range(ctx, &caller, app.world.project, &after.etag, 0..7).await;
        assert_eq!(head.expect("read"), b"PMTiles");
    }
}

#[tokio::test]
async fn an_empty_tile_of_the_region_is_told_from_one_outside() {
    for app in apps().await {
        // From corner to corner: the other two corners are empty.
        draw(&app, &street(13.450)).await;
        let (zoom, column, row) = middle(16);
        let (ctx, operator) = (&app.ctx, app.operator());
        let empty = ground::tile(ctx, &operator, app.world.project, (zoom, column + 6, row)).await;
        assert_eq!(empty.expect("in the region").bytes, None);
        for outside in [(zoom, column + 60, row), (9, 0, 0), (17, 0, 0), (16, u32::MAX, 0)] {
            let refused = ground::tile(ctx, &operator, app.world.project, outside).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{outside:?}");
        }
    }
}

#[tokio::test]
async fn a_map_without_anything_on_it_leaves_the_old_one() {
    for app in apps().await {
        draw(&app, &street(13.412)).await;
        let refused =
            ground::replace(&app.ctx, &app.coordinator(), app.world.project, &BaseMap::default(), None).await;
        assert!(matches!(refused, Err(AppError::Tiles(_))));
        assert!(
            ground::find(&app.ctx, &app.coordinator(), app.world.project).await.expect("asked").is_some()
        );
    }
}

/// The drawing of the demo Kiez: our own, and large enough to be a picture.
async fn draw_the_demo(app: &App) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/ground.geojson");
    let source = kiez_import::source::load(&file).expect("it belongs to the project");
    let report = ground::import(&app.ctx, &app.coordinator(), app.world.project, &source, false).await;
    assert_eq!(report.expect("drawn").refused, []);
}

#[tokio::test]
async fn the_demo_kiez_is_a_picture_small_enough_for_a_page() {
    for app in apps().await {
        draw_the_demo(&app).await;
        let (ctx, visitor, project) = (&app.ctx, kiez_app::caller::Caller::visitor(), app.world.project);
        let bounds = ground::find(ctx, &visitor, project).await.expect("asked").expect("drawn").bounds;
        let frame = Frame::around(bounds, (1000, 700));
        let picture = ground::picture(ctx, &visitor, project, frame, "de").await.expect("drawn");
        let classes: Vec<&str> = picture.paths.iter().map(|path| path.class).collect();
        for class in ["water", "park", "building", "street", "main_road", "rail"] {
            assert!(classes.contains(&class), "{classes:?}");
        }
        let bytes: usize = picture.paths.iter().map(|path| path.data.len()).sum();
        assert!((10_000..150_000).contains(&bytes), "{bytes}");
        assert!((8..=60).contains(&picture.labels.len()), "{:?}", picture.labels);
        assert!(
            picture
                .labels
                .iter()
                .all(|label| (0.0..=1000.0).contains(&label.x) && (0.0..=700.0).contains(&label.y))
        );
        let again = ground::picture(ctx, &visitor, project, frame, "de").await.expect("drawn");
        assert_eq!(again, picture);
        let turkish = ground::picture(ctx, &visitor, project, frame, "tr").await.expect("drawn");
        assert!(turkish.labels.iter().any(|label| label.text == "Heide Sitesi"), "{:?}", turkish.labels);
        assert_eq!(turkish.paths, picture.paths);
        let corner = frame.place(bounds.south_west).expect("on the sheet");
        let other = frame.place(bounds.north_east).expect("on the sheet");
        assert!(corner.0 < other.0 && corner.1 > other.1, "north is up, east is right");
    }
}

#[tokio::test]
async fn a_project_without_ground_has_no_picture() {
    for app in apps().await {
        let bounds = street(13.412).bounds().expect("a street has an extent");
        let frame = Frame::around(bounds, (300, 200));
        let refused = ground::picture(&app.ctx, &app.coordinator(), app.world.project, frame, "de").await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn a_house_number_of_a_drawing_is_a_door_that_addresses_are_found_by() {
    for app in apps().await {
        let (ctx, caller, project) = (&app.ctx, app.coordinator(), app.world.project);
        let drawing = |lon: f64| {
            let text = format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"ground":"address","name":"12a","street":"Seilerstraße"}},"geometry":{{"type":"Point","coordinates":[{lon},52.49]}}}}]}}"#
            );
            Source::new("ground.geojson", text.into_bytes())
        };
        let asked = Address {
            street: Some("Seilerstr.".parse().expect("a street")),
            house_number: Some("12 A".parse().expect("a number")),
            ..Address::default()
        };
        let at = |lon: f64| Found::Exact(Position::new(52.49, lon).expect("on the earth"));
        let find = async || geocode::find(ctx, &caller, project, &asked).await.expect("asked");
        for lon in [13.41, 13.42] {
            ground::import(ctx, &caller, project, &drawing(lon), true).await.expect("tried");
            assert_ne!(find().await, at(lon), "a trial leaves no door behind");
            ground::import(ctx, &caller, project, &drawing(lon), false).await.expect("drawn");
            assert_eq!(find().await, at(lon), "the door has moved with the drawing");
        }
        let refused = ground::import(ctx, &app.institution(), project, &drawing(13.43), false).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
        assert_eq!(find().await, at(13.42));
    }
}

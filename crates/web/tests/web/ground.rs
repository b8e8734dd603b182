//! The ground of the map over HTTP: tiles, the archive, what browsers may keep.

use crate::test_app::TestApp;
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::position::Position;

/// The tile of zoom 14 in which the street begins: 16384·(13.41+180)/360 and by the row's formula.
const TILE: &str = "/p/graefekiez/tiles/14/8802/5375";

/// A street from the Graefekiez to the south-east.
fn street() -> BaseMap {
    let place = |lat, lon| Position::new(lat, lon).expect("on the earth");
    let shape = Shape::Line(vec![place(52.492, 13.410), place(52.450, 13.500)]);
    BaseMap { features: vec![GroundFeature { ground: Ground::Street, names: Names::default(), shape }] }
}

#[tokio::test]
async fn a_tile_comes_packed_and_is_kept_as_long_as_it_is_the_same() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert_eq!(visitor.get(TILE).await.status, 404, "nothing is drawn yet");
    app.draw(&street()).await;
    let tile = visitor.get_with(TILE, &[("accept-encoding", "br, gzip")]).await;
    let described = (tile.status, tile.header("content-type"), tile.header("content-encoding"));
    assert_eq!(described, (200, "application/vnd.mapbox-vector-tile", "gzip"), "packed once, not twice");
    assert_eq!(tile.bytes[..2], [0x1f, 0x8b]);
    assert_eq!(tile.header("cache-control"), "public, no-cache");
    let etag = tile.header("etag").to_owned();
    let known = visitor.get_with(TILE, &[("if-none-match", &etag)]).await;
    assert_eq!((known.status, known.bytes.len(), known.header("etag")), (304, 0, etag.as_str()));
    let other = visitor.get_with(TILE, &[("if-none-match", "\"another\"")]).await;
    assert_eq!(other.status, 200);
    let named = visitor.get(&format!("{TILE}?v={}", etag.trim_matches('"'))).await;
    assert_eq!(named.header("cache-control"), "public, max-age=31536000, immutable");
    let outdated = visitor.get(&format!("{TILE}?v=outdated")).await;
    assert_eq!(outdated.header("cache-control"), "public, no-cache");
}

#[tokio::test]
async fn an_empty_tile_has_no_content_and_one_outside_does_not_exist() {
    let app = TestApp::new().await;
    app.draw(&street()).await;
    let visitor = app.visitor();
    let empty = visitor.get("/p/graefekiez/tiles/14/8806/5375").await;
    assert_eq!((empty.status, empty.bytes.len()), (204, 0));
    for outside in ["14/8700/5375", "9/1/1", "17/1/1", "14/8802/99999999", "14/8802/x", "14/-1/5375"] {
        assert_eq!(visitor.get(&format!("/p/graefekiez/tiles/{outside}")).await.status, 404, "{outside}");
    }
    assert_eq!(visitor.get("/p/wrangelkiez/tiles/14/8802/5375").await.status, 404);
    assert_eq!(visitor.get("/p/nowhere/tiles/14/8802/5375").await.status, 404);
}

#[tokio::test]
async fn the_archive_is_read_whole_or_by_ranges() {
    let app = TestApp::new().await;
    app.draw(&street()).await;
    let (visitor, path) = (app.visitor(), "/p/graefekiez/ground.pmtiles");
    let whole = visitor.get_with(path, &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, "bytes"));
    assert_eq!(whole.header("content-encoding"), "", "it is packed inside");
    assert!(whole.bytes.starts_with(b"PMTiles"));
    let size = whole.bytes.len();
    assert_eq!(whole.header("content-length"), size.to_string());
    let part = visitor.get_with(path, &[("range", "bytes=0-6"), ("if-range", whole.header("etag"))]).await;
    assert_eq!((part.status, part.bytes.as_slice()), (206, b"PMTiles".as_slice()));
    assert_eq!(part.header("content-range"), format!("bytes 0-6/{size}"));
    let end = visitor.get_with(path, &[("range", "bytes=-10")]).await;
    assert_eq!((end.status, end.bytes.as_slice()), (206, &whole.bytes[size - 10..]));
    let outdated = visitor.get_with(path, &[("range", "bytes=0-6"), ("if-range", "\"old\"")]).await;
    assert_eq!((outdated.status, outdated.bytes.len()), (200, size));
    let beyond = visitor.get_with(path, &[("range", &format!("bytes={size}-"))]).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{size}").as_str()));
    let known = visitor.get_with(path, &[("if-none-match", whole.header("etag"))]).await;
    assert_eq!((known.status, known.bytes.len()), (304, 0));
    assert_eq!(visitor.get("/p/wrangelkiez/ground.pmtiles").await.status, 404);
}

#[tokio::test]
async fn the_start_page_shows_the_ground_without_scripts_and_names_its_source() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert!(!visitor.get("/p/graefekiez").await.shows("ground-picture"), "nothing is drawn yet");
    // Through the home quarter, which begins at 52.486 north and 13.412 east in the named world.
    let place = |lon| Position::new(52.4885, lon).expect("on the earth");
    let names = Names { local: Some("Lange & gerade Straße".parse().expect("a name")), ..Names::default() };
    let shape = Shape::Line(vec![place(13.36), place(13.46)]);
    let map = BaseMap { features: vec![GroundFeature { ground: Ground::MainRoad, names, shape }] };
    app.draw(&map).await;
    let page = visitor.get("/p/graefekiez").await;
    assert!(
        page.shows("<svg class=\"ground-picture\" viewBox=\"0 0 760 460\" role=\"img\""),
        "{}",
        page.body
    );
    assert!(page.shows("<path id=\"ground-main_road\" d=\"m"), "{}", page.body);
    assert!(page.shows("<use class=\"main_road line\" href=\"#ground-main_road\"/>"));
    assert!(page.shows(">Lange &#38; gerade Straße</text>"), "{}", page.body);
    assert!(page.shows("© OpenStreetMap contributors"));
    assert!(!page.shows("style=\""), "the page's rules forbid it");
}

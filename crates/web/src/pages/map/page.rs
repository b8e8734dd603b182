//! What stands on the map's page, and what its script is told: ready values in the reader's words.

use super::MapQuery;
use super::legend::{self, Group};
use super::picture::{self, DrawnMap};
use super::sign::Sign;
use crate::layout::Chrome;
use crate::pages::ground::Drawn;
use crate::pages::published::{Tab, tabs};
use crate::{assets, icons};
use askama::Template;
use kiez_app::ground::{Frame, GroundFacts, Picture};
use kiez_app::map::{MapFeature, MapPlace, MapSheet, Property};
use kiez_domain::basemap::Shape;
use kiez_domain::bounds::Bounds;
use kiez_domain::branch::Side;
use kiez_domain::map::MapLayer;
use kiez_domain::position::Position;
use kiez_domain::premises::Use;
use kiez_domain::project::Project;
use kiez_domain::text::Line as OneLine;
use std::collections::BTreeMap;

/// How many places stand on one page: more numbers than that cannot be read on a drawn map.
const PAGE: usize = 40;

/// Who looks, and where the links lead.
pub(super) struct Reader<'a> {
    /// `/w/slug` or `/p/slug`.
    pub(super) base: String,
    /// Whether it is the public page.
    pub(super) public: bool,
    pub(super) project: &'a Project,
    /// What is known of the ground; none: nobody has brought one yet, or it is not asked for.
    pub(super) ground: Option<GroundFacts>,
}

/// The page.
#[derive(Template)]
#[template(path = "pages/map/page.html")]
pub(super) struct MapPage {
    c: Chrome,
    title: String,
    base: String,
    query: MapQuery,
    /// The public pages of the project; none inside the workspace.
    tabs: Vec<Tab>,
    layers: Vec<Choice>,
    sides: Vec<Choice>,
    branches: Vec<Choice>,
    stages: Vec<Choice>,
    quarters: Vec<Choice>,
    /// The same choice as a directory.
    directory: Option<String>,
    picture: Option<DrawnMap>,
    legend: Vec<Group>,
    script: Option<Script>,
    /// Who must be named beside the map.
    attribution: Option<String>,
    /// Whether a coordinator should be told how a ground is brought.
    groundless: bool,
    rows: Vec<Line>,
    total: u64,
    more: bool,
    next: Option<String>,
    previous: Option<String>,
}

/// Something to choose from: value, words, whether it is chosen; for layers the address.
pub(super) struct Choice {
    value: String,
    label: String,
    href: String,
    icon: &'static str,
    chosen: bool,
}

/// One place of the list.
pub(super) struct Line {
    number: u64,
    id: String,
    name: String,
    href: Option<String>,
    line: String,
    address: String,
    icon: String,
}

/// What the script needs to know; without built assets there is none.
pub(super) struct Script {
    module: String,
    library: String,
    worker: String,
    styles: String,
    icons: String,
    places: String,
    bounds: String,
    words: String,
    /// Empty where there is no ground.
    tiles: String,
}

/// The part of the sheet that stands on this page, and the frame it is drawn in.
pub(super) struct Part {
    start: usize,
    end: usize,
    /// The frame with the ground it shows; none when nothing has a place.
    pub(super) frame: Option<(Frame, Bounds)>,
}

impl Part {
    pub(super) fn of(query: &MapQuery, sheet: &MapSheet) -> Self {
        let start = usize::try_from(query.offset).unwrap_or(usize::MAX).min(sheet.places.len());
        let end = (start + PAGE).min(sheet.places.len());
        Self { start, end, frame: picture::frame(sheet, &sheet.places[start..end]) }
    }
}

impl MapPage {
    pub(super) fn of(
        c: Chrome,
        reader: &Reader<'_>,
        query: MapQuery,
        (sheet, part, ground): (&MapSheet, &Part, Option<Picture>),
    ) -> Self {
        let layer = query.layer();
        let (shown, first) = (&sheet.places[part.start..part.end], part.start as u64 + 1);
        let base = format!("{}/map", reader.base);
        let turn = |offset: usize| format!("{base}?{}", query.address(layer, offset as u64));
        let numbered = |(place, number)| Line { number, ..line(&c, reader, layer, place) };
        let attribution = reader.ground.as_ref().and_then(|ground| ground.attribution.as_ref());
        Self {
            title: reader.project.data.name.to_string(),
            tabs: if reader.public { tabs(&c, reader.project, "/map") } else { Vec::new() },
            layers: layers(&c, reader, &query, &base),
            sides: sides(&c, &query),
            branches: branches(&c, &query, sheet),
            stages: stages(&c, reader, &query),
            quarters: quarters(&query, sheet),
            directory: directory(reader, &query),
            legend: legend::of(&c, layer, &sheet.places),
            rows: shown.iter().zip(first..).map(numbered).collect(),
            script: part.frame.and_then(|(_, bounds)| script(&c, reader, &query, bounds)),
            picture: part
                .frame
                .map(|(frame, _)| picture::draw(&frame, ground, &sheet.quarters, (layer, shown, first))),
            attribution: attribution.map(OneLine::to_string),
            groundless: reader.ground.is_none() && !reader.public,
            total: sheet.places.len() as u64,
            more: sheet.more,
            next: (part.end < sheet.places.len()).then(|| turn(part.end)),
            previous: (part.start > 0).then(|| turn(part.start.saturating_sub(PAGE))),
            base,
            query,
            c,
        }
    }
}

fn layers(c: &Chrome, reader: &Reader<'_>, query: &MapQuery, base: &str) -> Vec<Choice> {
    let open = MapLayer::all().filter(|layer| !reader.public || *layer != MapLayer::Doors);
    let layer = |layer: MapLayer| Choice {
        value: layer.to_string(),
        label: c.tt("map-layer", &layer),
        // Sides and branches mean the same everywhere; another part of another list would be beside the point.
        href: format!("{base}?{}", query.address(layer, 0)),
        icon: layer_icon(layer),
        chosen: layer == query.layer(),
    };
    open.map(layer).collect()
}

fn choice(value: &str, label: String, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label, href: String::new(), icon: "", chosen: value == chosen }
}

fn sides(c: &Chrome, query: &MapQuery) -> Vec<Choice> {
    if query.layer() == MapLayer::Doors {
        return Vec::new();
    }
    Side::all().map(|side| choice(side.name(), c.tt("side", &side), &query.side)).collect()
}

/// The branches of what is shown, by name; the chosen one always.
fn branches(c: &Chrome, query: &MapQuery, sheet: &MapSheet) -> Vec<Choice> {
    let language = c.locale.label_language();
    let found = sheet.places.iter().filter_map(|place| place.branch.as_ref());
    let labels: BTreeMap<String, &str> =
        found.map(|branch| (kiez_app::kind::branch_label(branch, language), branch.as_str())).collect();
    labels.into_iter().map(|(label, id)| choice(id, label, &query.branch)).collect()
}

fn stages(c: &Chrome, reader: &Reader<'_>, query: &MapQuery) -> Vec<Choice> {
    if reader.public || query.layer() != MapLayer::Actors {
        return Vec::new();
    }
    let all = kiez_domain::actor::Stage::all();
    all.map(|stage| choice(stage.name(), c.tt("stage", &stage), &query.stage)).collect()
}

/// Where the seat lies.
fn quarters(query: &MapQuery, sheet: &MapSheet) -> Vec<Choice> {
    if query.layer() != MapLayer::Actors {
        return Vec::new();
    }
    sheet.quarters.iter().map(|quarter| choice(&quarter.id, quarter.name.clone(), &query.quarter)).collect()
}

fn directory(reader: &Reader<'_>, query: &MapQuery) -> Option<String> {
    (query.layer() == MapLayer::Actors)
        .then(|| format!("{}/actors?{}", reader.base, query.address(MapLayer::Actors, 0)))
}

fn line(c: &Chrome, reader: &Reader<'_>, layer: MapLayer, place: &MapPlace) -> Line {
    Line {
        number: 0,
        id: place.id.clone(),
        name: place.name.clone(),
        href: href(reader, layer, place),
        line: said(c, layer, place),
        address: place.address.clone(),
        icon: match layer {
            MapLayer::Doors => Sign::of(layer, place).picture(),
            _ => icons::icon(icon(layer, place)),
        },
    }
}

/// Where more is told: everybody is led to the actor's page, for a card is told in full where it stands; a door has no page.
fn href(reader: &Reader<'_>, layer: MapLayer, place: &MapPlace) -> Option<String> {
    if reader.public {
        return place.actor.map(|actor| format!("{}/actors/{actor}", reader.base));
    }
    (layer != MapLayer::Doors).then(|| format!("{}/{}/{}", reader.base, layer.name(), place.id))
}

fn layer_icon(layer: MapLayer) -> &'static str {
    match layer {
        MapLayer::Actors => "directory",
        MapLayer::Needs => "need",
        MapLayer::Offers => "offer",
        MapLayer::Doors => "home",
    }
}

fn icon(layer: MapLayer, place: &MapPlace) -> &'static str {
    match layer {
        MapLayer::Actors => icons::of_branch(place.branch.as_ref()),
        cards_and_doors => layer_icon(cards_and_doors),
    }
}

/// The second line of a place: what it is, how far it has come, what was seen.
fn said(c: &Chrome, layer: MapLayer, place: &MapPlace) -> String {
    let branch = place.branch.as_ref().map(|b| kiez_app::kind::branch_label(b, c.locale.label_language()));
    let stage = place.stage.map(|stage| c.tt("stage", &stage));
    let parts = match layer {
        MapLayer::Actors => vec![branch.or_else(|| place.side.map(|side| c.tt("side", &side))), stage],
        MapLayer::Needs | MapLayer::Offers => vec![place.owner.clone()],
        MapLayer::Doors => {
            let used = place.used_as.map(|used_as| c.tt("use", &used_as));
            let unseen = (!place.seen).then(|| c.t("map-unseen"));
            vec![used, place.owner.clone(), stage, unseen]
        }
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Everything the script draws: the places of the list and the quarters.
pub(super) fn features(
    c: &Chrome,
    reader: &Reader<'_>,
    layer: MapLayer,
    sheet: &MapSheet,
) -> Vec<MapFeature> {
    let mut features: Vec<MapFeature> =
        sheet.places.iter().map(|place| place_feature(c, reader, layer, place)).collect();
    for quarter in &sheet.quarters {
        let said = |layer: &str| {
            vec![
                ("layer", layer.into()),
                ("name", quarter.name.as_str().into()),
                ("home", quarter.home.into()),
            ]
        };
        let outline = Some(Shape::Area(quarter.outline.clone()));
        features.push(MapFeature { id: quarter.id.clone(), shape: outline, properties: said("quarter") });
        let centre = quarter.outline.centre().map(Shape::Point);
        features.push(MapFeature {
            id: format!("{}-name", quarter.id),
            shape: centre,
            properties: said("quarter_name"),
        });
    }
    features
}

fn place_feature(c: &Chrome, reader: &Reader<'_>, layer: MapLayer, place: &MapPlace) -> MapFeature {
    let sign = Sign::of(layer, place);
    let kind = if layer == MapLayer::Doors { "door" } else { "place" };
    let mut properties: Vec<(&'static str, Property)> = vec![
        ("layer", kind.into()),
        ("id", place.id.as_str().into()),
        ("name", place.name.as_str().into()),
        ("line", said(c, layer, place).into()),
        ("address", place.address.as_str().into()),
        ("shape", sign.shape.into()),
        ("icon", sign.used_as.map_or_else(|| icon(layer, place), Use::name).into()),
        ("filled", sign.filled.into()),
    ];
    properties.extend(href(reader, layer, place).map(|href| ("href", href.into())));
    properties.extend(place.used_as.map(|used_as| ("use", used_as.name().into())));
    MapFeature { id: place.id.clone(), shape: Some(Shape::Point(place.position)), properties }
}

fn script(c: &Chrome, reader: &Reader<'_>, query: &MapQuery, bounds: Bounds) -> Option<Script> {
    let corner = |at: Position| format!("{},{}", at.lon(), at.lat());
    Some(Script {
        module: assets::address("map.js")?,
        library: assets::address("maplibre-gl.mjs")?,
        worker: assets::address("maplibre-gl-worker.mjs")?,
        styles: assets::address("maplibre-gl.css")?,
        icons: format!("/assets/{}", icons::sprite().name),
        places: format!("{}/map.geojson?{}", reader.base, query.address(query.layer(), 0)),
        bounds: format!("{},{}", corner(bounds.south_west), corner(bounds.north_east)),
        words: words(c),
        tiles: reader.ground.as_ref().map(|ground| tiles(reader, ground)).unwrap_or_default(),
    })
}

/// The address of the tiles; with the ground's version in it, browsers keep them for ever.
fn tiles(reader: &Reader<'_>, ground: &GroundFacts) -> String {
    format!("/p/{}/tiles/{{z}}/{{x}}/{{y}}?v={}", reader.project.data.slug, ground.etag)
}

/// The words of the map's own controls, under the names that its library knows.
fn words(c: &Chrome) -> String {
    let names = [
        ("Map.Title", "map-control-title"),
        ("NavigationControl.ZoomIn", "map-control-zoom-in"),
        ("NavigationControl.ZoomOut", "map-control-zoom-out"),
        ("AttributionControl.ToggleAttribution", "map-control-sources"),
        ("Popup.Close", "map-control-close"),
        ("CooperativeGesturesHandler.MobileHelpText", "map-control-two-fingers"),
        ("CooperativeGesturesHandler.WindowsHelpText", "map-control-scroll"),
        ("CooperativeGesturesHandler.MacHelpText", "map-control-scroll"),
    ];
    let words: BTreeMap<&str, String> = names.into_iter().map(|(name, key)| (name, c.t(key))).collect();
    serde_json::to_string(&words).unwrap_or_default()
}

//! The ground as a picture inside a page: without scripts, and on paper.

use crate::request::Visit;
use crate::state::WebState;
use kiez_app::error::AppError;
use kiez_app::ground::{HomePicture, Path, Picture};
use kiez_domain::project::Project;

/// Points of the picture on the start page: streets and blocks can be told apart, and it weighs little.
const SHEET: (u16, u16) = (760, 460);

/// What the template `pages/ground/picture.html` shows.
pub(crate) struct Drawing {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// What is drawn twice, once above its own edge.
    pub(crate) outlines: Vec<Outline>,
    /// What lies below comes first.
    pub(crate) layers: Vec<Layer>,
    pub(crate) labels: Vec<Label>,
    /// Who must be named.
    pub(crate) attribution: Option<String>,
}

/// A shape that layers refer to.
pub(crate) struct Outline {
    pub(crate) id: String,
    pub(crate) data: String,
}

/// A kind of ground, or its edge.
pub(crate) struct Layer {
    /// Classes of the style sheet.
    pub(crate) class: String,
    pub(crate) drawn: Drawn,
}

/// What a layer draws.
pub(crate) enum Drawn {
    /// A path of its own.
    Path(String),
    /// The outline with this id.
    Outline(String),
}

/// A name.
pub(crate) struct Label {
    pub(crate) class: &'static str,
    pub(crate) text: String,
    /// Where it stands and how it is turned, as SVG says it.
    pub(crate) transform: String,
}

/// The project's ground as its start page shows it; none where none was imported.
pub(crate) async fn drawing(
    state: &WebState,
    visit: &Visit,
    project: &Project,
) -> Result<Option<Drawing>, AppError> {
    let language = visit.locale.label_language();
    let home = kiez_app::ground::home_picture(&state.ctx, &visit.caller, project, SHEET, language).await?;
    Ok(home.map(Drawing::from))
}

impl From<HomePicture> for Drawing {
    fn from(HomePicture { picture, attribution }: HomePicture) -> Self {
        Self { attribution: attribution.map(String::from), ..Self::from(picture) }
    }
}

impl From<Picture> for Drawing {
    /// Who must be named stands elsewhere.
    fn from(picture: Picture) -> Self {
        let (width, height) = picture.frame.size();
        let (outlines, layers) = layers(picture.paths);
        let labels = picture.labels.into_iter().map(|label| Label {
            class: label.class,
            text: label.text,
            transform: format!("translate({:.1} {:.1}) rotate({})", label.x, label.y, label.turn),
        });
        Self { width, height, outlines, layers, labels: labels.collect(), attribution: None }
    }
}

/// Houses lie above an edge that looks out on one side: a stroke around thousands of them is the slowest thing a browser
/// without a graphics card can draw, a second filling costs nothing. The edges of all streets lie below all streets, so
/// that these are open where they meet.
fn layers(paths: Vec<Path>) -> (Vec<Outline>, Vec<Layer>) {
    let edge = |path: &Path| Layer { class: format!("{} edge", path.class), drawn: Drawn::Outline(id(path)) };
    let mut street_edges: Vec<Layer> = paths.iter().filter(|path| is_street(path)).map(edge).collect();
    let (mut outlines, mut layers) = (Vec::new(), Vec::new());
    for path in paths {
        let house = path.filled && path.class == "building";
        if house {
            layers.push(edge(&path));
        }
        if is_street(&path) {
            layers.append(&mut street_edges);
        }
        let class = format!("{} {}", path.class, if path.filled { "area" } else { "line" });
        if house || is_street(&path) {
            layers.push(Layer { class, drawn: Drawn::Outline(id(&path)) });
            outlines.push(Outline { id: id(&path), data: path.data });
        } else {
            layers.push(Layer { class, drawn: Drawn::Path(path.data) });
        }
    }
    (outlines, layers)
}

fn is_street(path: &Path) -> bool {
    !path.filled && matches!(path.class, "street" | "main_road")
}

fn id(path: &Path) -> String {
    format!("ground-{}", path.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(class: &'static str, filled: bool) -> Path {
        Path { class, filled, data: "m0 0l1 1".to_owned() }
    }

    #[test]
    fn the_edges_of_all_streets_lie_below_all_streets_and_houses_below_them() {
        let drawn =
            [path("park", true), path("building", true), path("street", false), path("main_road", false)];
        let (outlines, layers) = layers(drawn.into());
        let order: Vec<&str> = layers.iter().map(|layer| layer.class.as_str()).collect();
        let wanted = [
            "park area",
            "building edge",
            "building area",
            "street edge",
            "main_road edge",
            "street line",
            "main_road line",
        ];
        assert_eq!(order, wanted);
        assert_eq!(outlines.len(), 3, "each is written once");
    }

    #[test]
    fn a_square_among_streets_has_no_edge() {
        let (outlines, layers) = layers(vec![path("square", true), path("path", false)]);
        assert!(outlines.is_empty() && layers.len() == 2);
    }
}

//! The ground as a picture inside a page: without scripts, and on paper.

use crate::request::Visit;
use crate::state::WebState;
use kiez_app::error::AppError;
use kiez_app::ground::{HomePicture, Picture};
use kiez_domain::project::Project;

/// Points of the picture on the start page: streets and blocks can be told apart, and it weighs little.
const SHEET: (u16, u16) = (760, 460);

/// What the template `pages/ground/picture.html` shows.
pub(crate) struct Drawing {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) paths: Vec<Path>,
    pub(crate) labels: Vec<Label>,
    /// Who must be named.
    pub(crate) attribution: Option<String>,
}

/// A kind of ground.
pub(crate) struct Path {
    /// Classes of the style sheet.
    pub(crate) class: String,
    pub(crate) data: String,
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
        let paths = picture.paths.into_iter().map(|path| Path {
            class: format!("{} {}", path.class, if path.filled { "area" } else { "line" }),
            data: path.data,
        });
        let labels = picture.labels.into_iter().map(|label| Label {
            class: label.class,
            text: label.text,
            transform: format!("translate({:.1} {:.1}) rotate({})", label.x, label.y, label.turn),
        });
        Self { width, height, paths: paths.collect(), labels: labels.collect(), attribution: None }
    }
}

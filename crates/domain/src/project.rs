//! One run of the method: area, term, carrier, client, funding.

use crate::colour::Colour;
use crate::id::{ProjectId, QuarterId};
use crate::issue::{FieldIssue, Issues, Problem};
use crate::period::{Period, parse_date};
use crate::text::{self, Body, Line, Name, Slug};

/// The fact sheet as somebody enters it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Short name in addresses.
    pub slug: Slug,
    /// Name of the project.
    pub name: Name,
    /// The label under which single actions belong together ("Kiezgrößen").
    pub label: Option<Line>,
    /// The area in words.
    pub area: Option<Line>,
    /// When it runs.
    pub term: Option<Period>,
    /// Who carries it (Projektträger): the controller of the data.
    pub carrier: Option<Line>,
    /// Who ordered it (Auftraggeber).
    pub client: Option<Line>,
    /// The funding chain in words, federal to local.
    pub funding: Option<Line>,
    /// Aims in words.
    pub aims: Option<Body>,
    /// Who does the work: offices, posts, and people who wish to stand here.
    pub team: Option<Body>,
    /// Who supports it from outside.
    pub partners: Option<Body>,
    /// The colour of its pages; without one they have the colour of the house.
    pub colour: Option<Colour>,
}

/// A fact sheet's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ProjectForm {
    /// Short name in addresses.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Area in words.
    pub area: String,
    /// First day.
    pub from: String,
    /// Last day; may be empty.
    pub to: String,
    /// Carrier.
    pub carrier: String,
    /// Client.
    pub client: String,
    /// Funding chain.
    pub funding: String,
    /// Aims.
    pub aims: String,
    /// Team.
    pub team: String,
    /// Partners.
    pub partners: String,
    /// Colour as `#rrggbb`; may be empty.
    pub colour: String,
}

impl TryFrom<ProjectForm> for NewProject {
    type Error = Vec<FieldIssue>;

    fn try_from(form: ProjectForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let slug = issues.take("slug", form.slug.parse());
        let name = issues.take("name", form.name.parse());
        let label = issues.take("label", text::optional(&form.label)).flatten();
        let area = issues.take("area", text::optional(&form.area)).flatten();
        let term = issues.take("from", parse_term(&form.from, &form.to)).flatten();
        let carrier = issues.take("carrier", text::optional(&form.carrier)).flatten();
        let client = issues.take("client", text::optional(&form.client)).flatten();
        let funding = issues.take("funding", text::optional(&form.funding)).flatten();
        let aims = issues.take("aims", text::optional(&form.aims)).flatten();
        let team = issues.take("team", text::optional(&form.team)).flatten();
        let partners = issues.take("partners", text::optional(&form.partners)).flatten();
        let colour = issues.take("colour", text::optional(&form.colour)).flatten();
        issues.finish()?;
        Ok(Self {
            slug: slug.expect("no issue was found"),
            name: name.expect("no issue was found"),
            label,
            area,
            term,
            carrier,
            client,
            funding,
            aims,
            team,
            partners,
            colour,
        })
    }
}

impl From<&NewProject> for ProjectForm {
    fn from(project: &NewProject) -> Self {
        Self {
            slug: project.slug.to_string(),
            name: project.name.to_string(),
            label: text::shown(project.label.as_ref()),
            area: text::shown(project.area.as_ref()),
            from: text::shown(project.term.map(Period::from).as_ref()),
            to: text::shown(project.term.and_then(Period::to).as_ref()),
            carrier: text::shown(project.carrier.as_ref()),
            client: text::shown(project.client.as_ref()),
            funding: text::shown(project.funding.as_ref()),
            aims: text::shown(project.aims.as_ref()),
            team: text::shown(project.team.as_ref()),
            partners: text::shown(project.partners.as_ref()),
            colour: text::shown(project.colour.as_ref()),
        }
    }
}

fn parse_term(from: &str, to: &str) -> Result<Option<Period>, Problem> {
    if from.trim().is_empty() && to.trim().is_empty() {
        return Ok(None);
    }
    let last = if to.trim().is_empty() { None } else { Some(parse_date(to)?) };
    Period::new(parse_date(from)?, last).map(Some)
}

/// A project as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The fact sheet.
    pub data: NewProject,
    /// Its home quarter, once it is drawn.
    pub home_quarter: Option<QuarterId>,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_needs_a_slug_and_a_name() {
        let issues = NewProject::try_from(ProjectForm::default()).expect_err("empty");
        assert_eq!(issues.iter().map(|i| i.field.as_str()).collect::<Vec<_>>(), ["slug", "name"]);
    }

    #[test]
    fn a_fact_sheet_filled_into_its_form_reads_back_the_same() {
        let form = ProjectForm {
            slug: "graefe".into(),
            name: "Graefekiez".into(),
            from: "01.03.2017".into(),
            to: "2019-12-31".into(),
            aims: "Gewerbe und Einrichtungen kennen einander.\nSie helfen sich.".into(),
            team: "Büro für Quartiersentwicklung".into(),
            colour: "0F6B7A".into(),
            ..ProjectForm::default()
        };
        let project = NewProject::try_from(form).expect("filled");
        assert_eq!(NewProject::try_from(ProjectForm::from(&project)), Ok(project));
    }

    #[test]
    fn a_colour_that_is_none_is_said_at_its_field() {
        let form = ProjectForm {
            slug: "graefe".into(),
            name: "Graefekiez".into(),
            colour: "ziegelrot".into(),
            ..ProjectForm::default()
        };
        assert_eq!(NewProject::try_from(form).expect_err("no colour")[0].field, "colour");
    }

    #[test]
    fn a_term_needs_its_first_day() {
        let form = ProjectForm {
            slug: "graefe".into(),
            name: "Graefekiez".into(),
            to: "31.12.2019".into(),
            ..ProjectForm::default()
        };
        assert_eq!(NewProject::try_from(form).expect_err("no first day")[0].field, "from");
    }
}

//! `kiez project`: the projects of an installation.

use crate::cli::args::{ProjectAddArgs, ProjectCommand};
use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_domain::project::ProjectForm;
use kiez_domain::text::shown;
use serde_json::json;

/// Adds or lists.
pub(crate) async fn run(command: ProjectCommand, config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    match command {
        ProjectCommand::Add(args) => {
            let slug = args.slug.clone();
            let id = kiez_app::project::create(&ctx, &house::operator(), form(args)).await?;
            let row = vec![json!(id.to_string()), json!(slug)];
            output.rows(&["id", "slug"], &[row], Format::Table)?;
        }
        ProjectCommand::List => {
            let projects = kiez_app::project::list(&ctx, &house::operator()).await?;
            let row = |project: kiez_domain::project::Project| {
                let data = project.data;
                let carrier = shown(data.carrier.as_ref());
                vec![
                    json!(data.slug.as_str()),
                    json!(data.name.as_str()),
                    json!(carrier),
                    json!(project.id.to_string()),
                ]
            };
            let rows: Vec<_> = projects.into_iter().map(row).collect();
            output.rows(&["slug", "name", "carrier", "id"], &rows, Format::Table)?;
        }
    }
    Ok(Outcome::Done)
}

fn form(args: ProjectAddArgs) -> ProjectForm {
    ProjectForm {
        slug: args.slug,
        name: args.name,
        area: args.area,
        carrier: args.carrier,
        client: args.client,
        funding: args.funding,
        from: args.from,
        to: args.to,
        ..ProjectForm::default()
    }
}

//! `kiez retention run`: what has been kept long enough goes.

use crate::cli::subject_args::RetentionCommand;
use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::retention::{self, RunState};
use kiez_domain::id::ProjectId;
use serde_json::{Value, json};

/// Says or does it, project by project, then for what belongs to none.
pub(crate) async fn run(command: RetentionCommand, config: &Config, output: &mut Output) -> Ended {
    let RetentionCommand::Run(args) = command;
    let (ctx, operator) = (house::open(config).await?, house::operator());
    let projects = kiez_app::project::list(&ctx, &operator).await?;
    let mut places: Vec<(String, Option<ProjectId>)> =
        projects.into_iter().map(|project| (project.data.slug.to_string(), Some(project.id))).collect();
    places.push((String::new(), None));
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut stopped = false;
    for (slug, place) in places {
        let outlook = retention::outlook(&ctx, &operator, place).await?;
        let state = match args.dry_run {
            true if outlook.brakes() => "would stop",
            true => "would go",
            false => {
                let run = retention::run(&ctx, &operator, place, args.agreed).await?;
                stopped |= run.state == RunState::Stopped;
                run.state.name()
            }
        };
        for due in outlook.due.iter().filter(|due| due.rows > 0) {
            rows.push(vec![
                json!(slug),
                json!(due.class.id),
                json!(due.class.after),
                json!(due.rows),
                json!(due.persons),
                json!(state),
            ]);
        }
    }
    output.rows(&["project", "class", "days", "rows", "persons", "state"], &rows, Format::Table)?;
    if stopped {
        output.warn("it would touch more than one in twenty people, or more than 500: nothing has gone there; look at it and say --agreed, or agree on the page");
        return Ok(Outcome::Faults);
    }
    Ok(Outcome::Done)
}

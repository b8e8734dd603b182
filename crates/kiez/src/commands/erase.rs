//! `kiez erase`: somebody's data goes, from the rows, the traces and the files.

use crate::cli::subject_args::EraseArgs;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::ctx::Ctx;
use kiez_app::erasure::{self, Outcome as Done};
use kiez_app::error::AppError;
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::ProjectId;
use serde_json::{Value, json};

/// Shows what would go, erases, or looks at what waits.
pub(crate) async fn run(args: &EraseArgs, config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    let subjects = args.subjects.iter().map(|text| subject(text)).collect::<Result<Vec<_>, _>>()?;
    let only_accounts = subjects.iter().all(|subject| matches!(subject, DataSubject::User(_)));
    let project = match args.subjects.is_empty() || !only_accounts {
        true => Some(house::project(&ctx, args.project.as_deref()).await?.id),
        false => None,
    };
    match (project, &args.confirm, &args.withdraw) {
        (Some(project), Some(id), _) => {
            let done = erasure::confirm(&ctx, &house::operator(), (project, waiting_id(id)?)).await;
            done.map_err(|error| nothing_waits(id, error))?;
            output.say("erased");
        }
        (Some(project), _, Some(id)) => {
            let done = erasure::withdraw(&ctx, &house::operator(), (project, waiting_id(id)?)).await;
            done.map_err(|error| nothing_waits(id, error))?;
            output.say("called off; nothing has gone");
        }
        (Some(project), None, None) if args.list => list(&ctx, project, output).await?,
        _ if args.dry_run => show(&ctx, (project, &subjects), output).await?,
        _ => erase(&ctx, (project, &subjects), output).await?,
    }
    Ok(Outcome::Done)
}

async fn erase(
    ctx: &Ctx,
    (project, subjects): (Option<ProjectId>, &[DataSubject]),
    output: &mut Output,
) -> Result<(), Failure> {
    match erasure::erase(ctx, &house::operator(), project, subjects).await.map_err(nobody)? {
        Done::Erased => output.say("erased: rows, traces, and what of them was in the files"),
        Done::Waits(id) => output.say(&format!(
            "this is about many: it waits for 24 hours, or until a coordinator or `kiez erase --confirm {id}` says yes"
        )),
    }
    Ok(())
}

async fn show(
    ctx: &Ctx,
    (project, subjects): (Option<ProjectId>, &[DataSubject]),
    output: &mut Output,
) -> Result<(), Failure> {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for subject in subjects {
        let preview = erasure::preview(ctx, &house::operator(), project, *subject).await.map_err(nobody)?;
        let line = |what: &str, noun: &str, count: u64| {
            vec![json!(subject.to_string()), json!(what), json!(noun), json!(count)]
        };
        rows.extend(preview.plan.goes.iter().map(|(noun, count)| line("goes", noun, *count)));
        if preview.plan.members > 0 {
            rows.push(line("loses access", "membership", preview.plan.members));
        }
        rows.extend(preview.plan.mentions.iter().map(|(noun, id)| {
            vec![
                json!(subject.to_string()),
                json!("names them, stays"),
                json!(format!("{noun}:{id}")),
                json!(1),
            ]
        }));
    }
    output.rows(&["subject", "what", "noun", "count"], &rows, Format::Table)
}

async fn list(ctx: &Ctx, project: ProjectId, output: &mut Output) -> Result<(), Failure> {
    let waiting = erasure::waiting(ctx, &house::operator(), project).await?;
    let rows: Vec<Vec<Value>> = waiting
        .iter()
        .map(|request| {
            let targets: Vec<String> = request.targets.iter().map(ToString::to_string).collect();
            vec![
                json!(request.id.to_string()),
                json!(targets),
                json!(request.persons),
                json!(request.due_at.to_string()),
            ]
        })
        .collect();
    output.rows(&["id", "subjects", "persons", "due_at"], &rows, Format::Table)
}

fn subject(text: &str) -> Result<DataSubject, Failure> {
    text.parse().map_err(|problem| Failure::usage(format!("whose data: {problem}")))
}

fn waiting_id(id: &str) -> Result<kiez_domain::id::ErasureRequestId, Failure> {
    id.parse()
        .map_err(|problem| Failure::usage(format!("the id {problem}; `kiez erase --list` shows what waits")))
}

fn nobody(error: AppError) -> Failure {
    match error {
        AppError::NotFound => Failure::failed(
            "one of them is not in this project, or erased already; nothing has changed: the ids stand in the addresses of the pages",
        ),
        other => other.into(),
    }
}

fn nothing_waits(id: &str, error: AppError) -> Failure {
    match error {
        AppError::NotFound => {
            Failure::failed(format!("nothing waits with the id {id}: `kiez erase --list` shows what does"))
        }
        other => other.into(),
    }
}

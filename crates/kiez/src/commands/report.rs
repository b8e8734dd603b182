//! `kiez report access`: everything that is stored about somebody.

use crate::cli::subject_args::{AccessArgs, ReportCommand};
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::Output;
use kiez_app::access_report::{self, Whose, document};
use kiez_app::error::AppError;
use kiez_app::paper;
use kiez_web::access_report::sheet;
use kiez_words::Locale;
use std::path::Path;

/// Writes the report.
pub(crate) async fn run(command: ReportCommand, config: &Config, output: &mut Output) -> Ended {
    let ReportCommand::Access(args) = command;
    let form = form_of(&args.output)?;
    let locale: Locale = args.lang.parse().map_err(|_| Failure::usage("--lang is de or en"))?;
    let ctx = house::open(config).await?;
    let project = house::project(&ctx, args.project.as_deref()).await?;
    let caller = house::coordinator(project.id);
    let report = access_report::report(&ctx, &caller, project.id, whose(&args)?).await;
    let report = report.map_err(|error| match error {
        AppError::NotFound => Failure::failed("there is nobody with this id in the project"),
        other => other.into(),
    })?;
    // Whoever answers for the project learns from the trail that it was made, also when this program ends at once.
    kiez_app::reads::flush(&ctx).await?;
    let said = kiez_web::access_report::said(locale, &project, &report);
    let bytes = match form {
        Form::Json => document::to_json(&said).into_bytes(),
        Form::Html => document::to_html(&said).into_bytes(),
        Form::Pdf => paper::pdf(&ctx, &sheet(locale, &project, (&said, ctx.today())))?,
    };
    if args.output == Path::new("-") {
        output.line(String::from_utf8_lossy(&bytes).trim_end())?;
    } else {
        write_private(&args.output, &bytes)?;
        output.say("the report holds personal data: hand it over, then delete it");
    }
    Ok(Outcome::Done)
}

/// How the report is written.
enum Form {
    Json,
    Html,
    Pdf,
}

fn form_of(path: &Path) -> Result<Form, Failure> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => Ok(Form::Json),
        Some("html") => Ok(Form::Html),
        Some("pdf") => Ok(Form::Pdf),
        None if path == Path::new("-") => Ok(Form::Json),
        _ => Err(Failure::usage(format!("{}: the name must end with .pdf, .json or .html", path.display()))),
    }
}

fn whose(args: &AccessArgs) -> Result<Whose, Failure> {
    let wrong = |problem| Failure::usage(format!("the id {problem}; it stands in the address of the page"));
    let person = args.person.as_deref().map(str::parse).transpose().map_err(wrong)?;
    Ok(Whose { actor: args.actor.parse().map_err(wrong)?, person })
}

/// Readable for this account alone.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    let failed = |error: std::io::Error| {
        Failure::failed(format!(
            "{}: cannot be written: {error}; check the folder and its rights",
            path.display()
        ))
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| file.write_all(bytes)).map_err(failed)
}

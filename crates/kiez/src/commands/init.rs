//! `kiez init`: a data folder, a first project, a one-time link for its coordinator.

use crate::cli::args::InitArgs;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::ctx::Ctx;
use kiez_app::user::NewUser;
use kiez_domain::policy::Role;
use kiez_domain::project::ProjectForm;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use serde_json::json;
use std::path::Path;

/// Makes a fresh installation; an existing one is left alone.
pub(crate) async fn run(args: &InitArgs, config: &Config, output: &mut Output) -> Ended {
    let db = fresh_database(config).await?;
    db.migrate().await?;
    let ctx = house::context(db, Clock::Real, Random::Real);
    if !kiez_app::project::list(&ctx, &house::operator()).await?.is_empty() {
        return Err(Failure::failed(
            "the database holds projects already and is left as it is: add one with `kiez project add`",
        ));
    }
    let token = first_link(args, &ctx).await?;
    ctx.db.close().await;
    let link = format!("{}/link/{token}", config.base_url()?);
    let data = config.data();
    if output.format_or(Format::Table) == Format::Table {
        output.say(&format!(
            "{} is ready. Start it with `kiez serve --data {}`, then open this link once:",
            data.display(),
            data.display()
        ));
        output.line(&link)?;
    } else {
        output.object(&json!({ "data": data, "project": args.slug, "link": link }))?;
    }
    Ok(Outcome::Done)
}

async fn fresh_database(config: &Config) -> Result<Db, Failure> {
    let folder = config.data();
    let shown = folder.display();
    make_folder(&folder)?;
    if let Some(url) = config.postgres() {
        return house::open_server(url).await;
    }
    let there = folder.join(house::DATABASE).exists();
    let db = house::open_file(&folder).await?;
    // What an earlier call began and could not finish, on a full disk perhaps, is no installation.
    if there && db.schema_version().await? > 0 && has_projects(&db).await? {
        return Err(Failure::failed(format!(
            "{shown} holds an installation already and is left as it is: serve it with `kiez serve --data {shown}`, or name another folder"
        )));
    }
    Ok(db)
}

async fn has_projects(db: &Db) -> Result<bool, Failure> {
    let ctx = house::context(db.clone(), Clock::Real, Random::Real);
    // A schema that is older than this program's was filled by somebody.
    Ok(db.demand_current_schema().await.is_err()
        || !kiez_app::project::list(&ctx, &house::operator()).await?.is_empty())
}

/// Makes the data folder where there is none.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::failed(format!(
            "the data folder {} cannot be made: {error}; check the path and its rights",
            folder.display()
        ))
    })?;
    keep_private(folder)
}

/// Personal data are nobody else's business on a shared machine.
#[cfg(unix)]
fn keep_private(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let empty = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if empty {
        let rights = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, rights).map_err(|error| {
            Failure::failed(format!("{}: the rights cannot be set: {error}", folder.display()))
        })?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as on Unix")]
fn keep_private(_: &Path) -> Result<(), Failure> {
    Ok(())
}

async fn first_link(args: &InitArgs, ctx: &Ctx) -> Result<String, Failure> {
    let operator = house::operator();
    let form =
        ProjectForm { slug: args.slug.clone(), name: args.project_name.clone(), ..ProjectForm::default() };
    let project = kiez_app::project::create(ctx, &operator, form).await?;
    let new = NewUser {
        name: args.coordinator.clone(),
        email: String::new(),
        role: Role::Coordinator,
        project: Some(project),
        actor: None,
        language: None,
    };
    let user = kiez_app::user::add(ctx, &operator, new).await?;
    Ok(kiez_app::user::link(ctx, &operator, user).await?)
}

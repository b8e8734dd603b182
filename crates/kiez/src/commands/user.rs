//! `kiez user`: who may sign in.

use crate::cli::args::{UserAddArgs, UserCommand};
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::user::NewUser;
use kiez_domain::id::UserId;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::policy::Role;
use kiez_domain::text::shown;
use kiez_store::user::UserRow;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Adds, links, lists or revokes.
pub(crate) async fn run(command: UserCommand, config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    match command {
        UserCommand::Add(args) => {
            let id = add(&ctx, args).await?;
            link(&ctx, (id, false), config, output).await?;
        }
        UserCommand::Link { user, mail: true, .. } => mail(&ctx, parse(&user)?, output).await?,
        UserCommand::Link { user, recovery, .. } => {
            link(&ctx, (parse(&user)?, recovery), config, output).await?
        }
        UserCommand::List => list(&ctx, output).await?,
        UserCommand::Confirm { user, project } => {
            let (id, project) = (parse(&user)?, house::project(&ctx, project.as_deref()).await?);
            let confirmed = kiez_app::member::confirm(&ctx, &house::operator(), (project.id, id)).await;
            confirmed.map_err(|error| waits_for_nothing(id, error))?;
            output.say(&format!("{user} coordinates {} from now on", project.data.slug));
        }
        UserCommand::Revoke { user } => {
            let id = parse(&user)?;
            let revoked = kiez_app::user::revoke(&ctx, &house::operator(), id).await;
            revoked.map_err(|error| unknown(id, error))?;
            output.say(&format!("{user} may not sign in any more; every session and link has ended"));
        }
    }
    Ok(Outcome::Done)
}

async fn add(ctx: &Ctx, args: UserAddArgs) -> Result<UserId, Failure> {
    let role = role(&args)?;
    let project = match role {
        Role::Operator => None,
        _ => Some(house::project(ctx, args.project.as_deref()).await?.id),
    };
    let actor = kiez_domain::text::optional(args.actor.as_deref().unwrap_or(""));
    let actor = actor.map_err(|problem| Failure::usage(format!("--actor {problem}")))?;
    let new = NewUser { name: args.name, email: args.email, role, project, actor, language: None };
    Ok(kiez_app::user::add(ctx, &house::operator(), new).await?)
}

/// The roles that people can have, and what each needs.
fn role(args: &UserAddArgs) -> Result<Role, Failure> {
    let expected = Expected::OneOf { words: "coordinator, institution, business, funder or operator" };
    let given = args.role.parse().ok().filter(|role| !matches!(role, Role::Anyone | Role::LinkHolder));
    let role = given
        .ok_or_else(|| Failure::usage(format!("--role {}", Problem::unreadable(&args.role, expected))))?;
    match role {
        Role::Operator if args.project.is_some() || args.actor.is_some() => {
            Err(Failure::usage("an operator belongs to no project: leave --project and --actor out"))
        }
        Role::Institution | Role::Business if args.actor.is_none() => Err(Failure::usage(format!(
            "--role {role}: say for whom with --actor ID; the id stands in the address of the actor's page"
        ))),
        _ => Ok(role),
    }
}

async fn link(
    ctx: &Ctx,
    (user, recovery): (UserId, bool),
    config: &Config,
    output: &mut Output,
) -> Result<(), Failure> {
    let operator = house::operator();
    let (token, lasts) = if recovery {
        (kiez_app::user::recovery_link(ctx, &operator, user).await, "a day; every session ends then")
    } else {
        (kiez_app::user::link(ctx, &operator, user).await, "a week")
    };
    let token = token.map_err(|error| unknown(user, error))?;
    let link = format!("{}/link/{token}", config.base_url()?);
    output.say(&format!("This link signs in once, within {lasts}:"));
    output.rows(&["user", "link"], &[vec![json!(user.to_string()), json!(link)]], Format::Table)
}

/// The server sends it, or `kiez jobs run`.
async fn mail(ctx: &Ctx, user: UserId, output: &Output) -> Result<(), Failure> {
    match kiez_app::user::mail_link(ctx, &house::operator(), user).await? {
        true => {
            output.say("a mail with a link is queued: the server sends it, or `kiez jobs run --until-idle`")
        }
        false => {
            return Err(Failure::failed(format!(
                "no mail was queued: {user} has no address or may not sign in, or one was queued within the last 15 minutes; \
                 `kiez user list` and `kiez mail list` show which"
            )));
        }
    }
    Ok(())
}

async fn list(ctx: &Ctx, output: &mut Output) -> Result<(), Failure> {
    let projects = kiez_app::project::list(ctx, &house::operator()).await?;
    let slugs: BTreeMap<_, _> =
        projects.into_iter().map(|project| (project.id, project.data.slug.to_string())).collect();
    let row = |user: UserRow| {
        let role = |role: Role, project: &str| json!(format!("{} {project}", role.name()).trim());
        let mut roles: Vec<Value> = Vec::new();
        roles.extend(user.operator.then(|| role(Role::Operator, "")));
        roles.extend(
            user.memberships
                .iter()
                .map(|member| role(member.role, slugs.get(&member.project).map_or("", String::as_str))),
        );
        vec![
            json!(user.id.to_string()),
            json!(user.name),
            json!(shown(user.email.as_ref())),
            json!(roles),
            json!(!user.removed),
        ]
    };
    let rows: Vec<Vec<Value>> =
        kiez_app::user::list(ctx, &house::operator()).await?.into_iter().map(row).collect();
    output.rows(&["id", "name", "email", "roles", "may_sign_in"], &rows, Format::Table)
}

/// Whoever is not there, or has been removed, is named with the way to those who are.
fn unknown(user: UserId, error: AppError) -> Failure {
    match error {
        AppError::NotFound | AppError::Invalid(_) => Failure::failed(format!(
            "there is nobody with the id {user} who may sign in: `kiez user list` shows everybody"
        )),
        other => other.into(),
    }
}

fn waits_for_nothing(user: UserId, error: AppError) -> Failure {
    match error {
        AppError::NotFound => Failure::failed(format!(
            "{user} waits for nobody's agreement in this project: `kiez user list` shows everybody with their roles"
        )),
        other => other.into(),
    }
}

fn parse(id: &str) -> Result<UserId, Failure> {
    id.parse()
        .map_err(|problem| Failure::usage(format!("the user's id {problem}; `kiez user list` shows them")))
}

//! Projects: the fact sheet and the list of them.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::{ProjectId, QuarterId};
use kiez_domain::issue::Problem;
use kiez_domain::policy::Facts;
use kiez_domain::project::{NewProject, Project, ProjectForm};
use kiez_domain::quarter::Quarter;
use kiez_domain::text::Slug;
use kiez_store::error::StoreError;

/// Creates a project; the installation's operator may.
///
/// # Errors
/// Issues of the form, also when the short name is taken.
pub async fn create(ctx: &Ctx, caller: &Caller, form: ProjectForm) -> Result<ProjectId, AppError> {
    let permit = caller.may("project", "create", Facts::INSTALLATION)?;
    let new = NewProject::try_from(form)?;
    let id = ctx.id(ProjectId::new)?;
    let mut tx = ctx.db.write().await?;
    match kiez_store::project::create(&mut tx, &permit, id, &new, ctx.now()).await {
        Err(StoreError::Conflict { constraint }) if constraint == "project_slug_key" => {
            return Err(AppError::field("slug", Problem::Taken { what: new.slug.to_string() }));
        }
        other => other?,
    }
    tx.commit().await?;
    Ok(id)
}

/// Every project of the installation: names are public, the fact sheet says so.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Ctx, caller: &Caller) -> Result<Vec<Project>, AppError> {
    caller.may("project", "read", Facts::INSTALLATION)?;
    Ok(kiez_store::public::projects(&mut ctx.db.read().await?).await?)
}

/// One project by its short name.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn get(ctx: &Ctx, caller: &Caller, slug: &str) -> Result<Project, AppError> {
    let slug: Slug = slug.parse().map_err(|_| AppError::NotFound)?;
    let found = kiez_store::public::project(&mut ctx.db.read().await?, &slug).await?;
    let project = found.ok_or(AppError::NotFound)?;
    caller.may("project", "read", Facts::of_project(project.id))?;
    Ok(project)
}

/// Whether the caller may change the fact sheet.
///
/// # Errors
/// [`AppError::NotFound`] when not.
pub fn may_edit(caller: &Caller, project: &Project) -> Result<(), AppError> {
    caller.may("project", "update", Facts::of_project(project.id))?;
    Ok(())
}

/// Saves the fact sheet; `version` is the one the form was filled from. The short name stays: addresses that
/// were printed would lead nowhere.
///
/// # Errors
/// All issues; [`AppError::Stale`] when somebody else saved first.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    project: &Project,
    (version, form): (i64, ProjectForm),
) -> Result<(), AppError> {
    let permit = caller.may("project", "update", Facts::of_project(project.id))?;
    let new = NewProject::try_from(ProjectForm { slug: project.data.slug.to_string(), ..form })?;
    let mut tx = ctx.db.write().await?;
    kiez_store::project::update(&mut tx, &permit, version, &new, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The quarters of a project, the home quarter first, the others by name.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not see them.
pub async fn quarters(ctx: &Ctx, caller: &Caller, project: &Project) -> Result<Vec<Quarter>, AppError> {
    caller.may("quarter", "list", Facts::of_project(project.id))?;
    let mut quarters = kiez_store::quarter::list(&mut ctx.db.read().await?, project.id).await?;
    quarters.sort_by_key(|quarter| (Some(quarter.id) != project.home_quarter, quarter.name.to_string()));
    Ok(quarters)
}

/// Makes one of the project's quarters its home.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not, or the quarter is not of this project.
pub async fn choose_home(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    quarter: QuarterId,
) -> Result<(), AppError> {
    let permit = caller.may("project", "update", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    kiez_store::project::set_home_quarter(&mut tx, &permit, quarter, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

//! Opening the data folder: the context of the use-cases, and who calls them from a shell.

use crate::config::Config;
use crate::failure::Failure;
use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Subject;
use kiez_domain::project::Project;
use kiez_gateways::clock::Clock;
use kiez_gateways::ledger_file::LedgerFile;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use std::io::ErrorKind;
use std::path::Path;

/// The database file in the data folder.
pub(crate) const DATABASE: &str = "kiez.db";

/// Opens the data folder for a command; its schema must be up to date.
pub(crate) async fn open(config: &Config) -> Result<Ctx, Failure> {
    let db = open_database(config).await?;
    db.demand_current_schema().await?;
    Ok(with_ledger(context(db, Clock::Real, Random::Real), config))
}

/// The same, with the ledger of erasures in the data folder.
pub(crate) fn with_ledger(mut ctx: Ctx, config: &Config) -> Ctx {
    ctx.ledger = LedgerFile::Folder(config.data());
    ctx
}

/// Opens the database whatever schema it has.
pub(crate) async fn open_database(config: &Config) -> Result<Db, Failure> {
    if let Some(url) = config.postgres() {
        return open_server(url).await;
    }
    let folder = config.data();
    demand_folder(&folder)?;
    let file = folder.join(DATABASE);
    match std::fs::File::open(&file) {
        Ok(_) => open_file(&folder).await,
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::failed(format!(
            "{} holds no database: run `kiez init --data {}` first, or name another folder with --data",
            folder.display(),
            folder.display()
        ))),
        Err(error) => {
            Err(Failure::failed(format!("{}: cannot be opened: {error}; check its rights", file.display())))
        }
    }
}

/// Opens a PostgreSQL database.
pub(crate) async fn open_server(url: &str) -> Result<Db, Failure> {
    let shown = crate::config::without_secrets(url);
    let check = "check that the database server runs and that the address is right";
    Db::open(url).await.map_err(|error| {
        Failure::failed(match error {
            // Nobody can be writing yet: the server does not answer.
            StoreError::Busy => format!("{shown} does not answer within 10 seconds: {check}"),
            StoreError::Unavailable(reason) | StoreError::Refused(reason) => {
                format!("{shown} cannot be used: {reason}; {check}")
            }
            other => format!("{shown}: {other}"),
        })
    })
}

/// Opens the SQLite file of a folder, which is made when it is missing.
pub(crate) async fn open_file(folder: &Path) -> Result<Db, Failure> {
    let file = folder.join(DATABASE);
    let opened = if is_on_a_read_only_disk(folder) {
        // Whoever writes keeps both files beside it, and an end without goodbye leaves both. The last to leave in order first
        // brings everything home, then removes `-shm`, then `-wal`: where one of them is missing, nothing waits.
        let beside = |ending: &str| folder.join(format!("{DATABASE}{ending}")).exists();
        let still = !(beside("-wal") && beside("-shm"));
        Db::open_reading(&address_of(folder), still).await
    } else {
        Db::open(&address_of(folder)).await
    };
    opened.map_err(|error| Failure::failed(format!("{}: {error}", file.display())))
}

/// The address of the SQLite file of a folder.
pub(crate) fn address_of(folder: &Path) -> String {
    // A path may hold signs that mean something in an address.
    let path =
        folder.join(DATABASE).to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("sqlite://{path}")
}

/// Whether the database of a folder can only be read because its whole disk can: reading goes on then. Missing rights
/// are another matter, which somebody must put right.
pub(crate) fn is_on_a_read_only_disk(folder: &Path) -> bool {
    let opened = std::fs::OpenOptions::new().append(true).open(folder.join(DATABASE));
    opened.is_err_and(|error| error.kind() == ErrorKind::ReadOnlyFilesystem)
}

/// The context of the use-cases.
pub(crate) fn context(db: Db, clock: Clock, random: Random) -> Ctx {
    let mut ctx = Ctx::new(db, clock, random);
    ctx.xlsx_reader = std::env::current_exe().ok();
    ctx
}

/// Whoever has the data folder in hand runs the installation.
pub(crate) fn operator() -> Caller {
    Caller::with(vec![Subject::operator(None)], String::new())
}

/// … and may do in a project what its coordinators may.
pub(crate) fn coordinator(project: ProjectId) -> Caller {
    Caller::with(vec![Subject::coordinator(project, None)], String::new())
}

/// The project of a short name; without one the only project there is.
pub(crate) async fn project(ctx: &Ctx, slug: Option<&str>) -> Result<Project, Failure> {
    let mut projects = kiez_app::project::list(ctx, &operator()).await?;
    let slugs: Vec<String> = projects.iter().map(|project| project.data.slug.to_string()).collect();
    let listed = slugs.join(", ");
    match slug {
        _ if projects.is_empty() => {
            Err(Failure::failed("there is no project yet: add one with `kiez project add`"))
        }
        Some(slug) => {
            let found = projects.into_iter().find(|project| project.data.slug.as_str() == slug);
            found
                .ok_or_else(|| Failure::failed(format!("there is no project \"{slug}\": there are {listed}")))
        }
        None if projects.len() == 1 => Ok(projects.remove(0)),
        None => {
            Err(Failure::usage(format!("there are several projects ({listed}): name one with --project")))
        }
    }
}

fn demand_folder(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match std::fs::read_dir(folder) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::failed(match error.kind() {
            ErrorKind::NotFound => {
                format!(
                    "there is no data folder {shown}: run `kiez init --data {shown}`, or name another one with --data"
                )
            }
            ErrorKind::NotADirectory => {
                format!("{shown} is a file, not a data folder: name a folder with --data")
            }
            ErrorKind::PermissionDenied => {
                format!("the data folder {shown} may not be read by this account: check its rights")
            }
            _ => format!("the data folder {shown} cannot be read: {error}"),
        })),
    }
}

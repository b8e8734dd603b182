//! Everything that is stored about somebody, with where it came from, what it is for and who has seen it: the report that
//! a person has a right to (Art. 15 GDPR), as facts that every language can say.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::reads;
pub use kiez_documents::access_report as document;
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::{ActorId, PersonId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit, Role};
use kiez_store::conn::Conn;
pub use kiez_store::registry::{Group, groups};
use kiez_store::subject::{Source, StoredRow};
use kiez_store::{actor, audit, audit_key, person, subject};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// So many entries of the trail are told at most.
const MOST: u32 = 500;

/// Whose data: an actor's with all that belongs to it, or that of one of its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The actor.
    pub actor: ActorId,
    /// One person of it alone.
    pub person: Option<PersonId>,
}

impl Whose {
    /// The same for the functions that erase.
    #[must_use]
    pub fn subject(self) -> DataSubject {
        self.person.map_or(DataSubject::Actor(self.actor), DataSubject::Person)
    }
}

/// The report.
#[derive(Debug, Clone)]
pub struct Report {
    /// How somebody is called.
    pub name: String,
    /// When it was made.
    pub at: Instant,
    /// Whether everybody can see the page of the actor.
    pub published: bool,
    /// What is stored, table by table.
    pub sections: Vec<Section>,
    /// Who has seen, changed or taken along something of it, the newest first.
    pub accesses: Vec<Access>,
}

/// The rows of one table.
#[derive(Debug, Clone)]
pub struct Section {
    /// The table.
    pub table: &'static str,
    /// What its columns are for; none where it keeps the program in order alone.
    pub activities: Vec<&'static Group>,
    /// Its rows.
    pub records: Vec<Record>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Record {
    /// Every column.
    pub fields: Vec<Field>,
    /// The files it came from: what was read, their names, when.
    pub import: Option<(String, Vec<String>, Instant)>,
}

/// One column of a row.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub column: String,
    /// What stands in it.
    pub value: Json,
    /// Where that came from.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file said it, and it stands as the file said.
    File,
    /// Somebody entered or changed it in a form.
    Form,
    /// It was said when somebody came to ask.
    Visit,
    /// The program keeps it for order.
    Program,
}

impl Origin {
    /// The word for it in keys of sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Form => "form",
            Self::Visit => "visit",
            Self::Program => "program",
        }
    }
}

/// That somebody has seen, changed or taken along something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: Instant,
    /// Who, when that may still be known.
    pub name: Option<(UserId, String)>,
    /// Nobody in particular: somebody at the shell of the machine.
    pub is_unnamed: bool,
    /// As what.
    pub role: Role,
    /// The right that was used: what …
    pub resource: String,
    /// … and how.
    pub action: String,
    /// What was seen or changed.
    pub noun: String,
}

/// Makes the report, and notes that it was made.
///
/// # Errors
/// [`AppError::NotFound`] when there is nobody, or the caller answers for somebody else.
pub async fn report(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    whose: Whose,
) -> Result<Report, AppError> {
    let facts = Facts::of_object(project, Some(whose.actor), false);
    let permit = caller.may("access_report", "create", facts)?;
    let mut conn = ctx.db.read().await?;
    let (name, published) = named(&mut conn, project, whose).await?;
    let rows = match whose.person {
        Some(person) => subject::of_person(&mut conn, project, person).await?,
        None => subject::of_actor(&mut conn, project, whose.actor).await?,
    };
    let ids: Vec<String> = rows.iter().filter_map(|row| row.id.clone()).collect();
    let span = (Instant(0), ctx.now().plus_minutes(1));
    let accesses = about(&mut conn, (project, &ids), span).await?;
    drop(conn);
    note(ctx, &permit, whose).await;
    Ok(Report { name, at: ctx.now(), published, sections: sections(rows), accesses })
}

async fn note(ctx: &Ctx, permit: &Permit, whose: Whose) {
    let subject = whose.subject();
    reads::note(ctx, permit, (subject.kind(), subject.id())).await;
}

/// Who has seen, changed or taken along something of somebody between two moments, the newest first.
///
/// # Errors
/// [`AppError::NotFound`] when there is nobody, or the caller answers for somebody else.
pub async fn accesses(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (whose, span): (Whose, (Instant, Instant)),
) -> Result<(String, Vec<Access>), AppError> {
    caller.may("audit", "read", Facts::of_object(project, Some(whose.actor), false))?;
    let mut conn = ctx.db.read().await?;
    let (name, _) = named(&mut conn, project, whose).await?;
    let ids = match whose.person {
        Some(person) => subject::ids_of_person(&mut conn, project, person).await?,
        None => subject::ids_of_actor(&mut conn, project, whose.actor).await?,
    };
    Ok((name, about(&mut conn, (project, &ids), span).await?))
}

async fn about(
    conn: &mut Conn,
    (project, ids): (ProjectId, &[String]),
    span: (Instant, Instant),
) -> Result<Vec<Access>, AppError> {
    let entries = audit::about(conn, (project, ids), span, MOST).await?;
    let names = match entries.last() {
        Some(oldest) => audit_key::names(conn, (oldest.at, span.1)).await?,
        None => BTreeMap::new(),
    };
    let access = |entry: audit::Entry| Access {
        at: entry.at,
        name: entry.by.as_ref().and_then(|by| names.get(by).cloned()),
        is_unnamed: entry.by.is_none(),
        role: entry.role,
        resource: entry.resource,
        action: entry.action,
        noun: entry.noun,
    };
    Ok(entries.into_iter().map(access).collect())
}

async fn named(conn: &mut Conn, project: ProjectId, whose: Whose) -> Result<(String, bool), AppError> {
    let found = actor::find(conn, project, whose.actor).await?.ok_or(AppError::NotFound)?;
    let Some(id) = whose.person else { return Ok((found.data.name.to_string(), found.published)) };
    let person = person::find(conn, project, id).await?.filter(|person| person.actor == whose.actor);
    Ok((person.ok_or(AppError::NotFound)?.name.to_string(), found.published))
}

/// Rows of one table stand together, in the order in which they came.
fn sections(rows: Vec<StoredRow>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for row in rows {
        let record = record(&row);
        match sections.last_mut().filter(|section| section.table == row.table) {
            Some(section) => section.records.push(record),
            None => {
                let of_table = groups().iter().filter(|group| group.table == row.table);
                let activities = of_table.filter(|group| group.is_about_people()).collect();
                sections.push(Section { table: row.table, activities, records: vec![record] });
            }
        }
    }
    sections
}

fn record(row: &StoredRow) -> Record {
    let field = |(column, value): &(String, Json)| Field {
        column: column.clone(),
        value: value.clone(),
        origin: origin(row, column, value),
    };
    Record { fields: row.values.iter().map(field).collect(), import: row.source.import.clone() }
}

fn origin(row: &StoredRow, column: &str, value: &Json) -> Origin {
    let is_of_the_program =
        |group: &&Group| group.table == row.table && group.columns.iter().any(|known| known == column);
    let group = groups().iter().find(is_of_the_program);
    let kept_by_program = ["provenance", "import_change", "difference"].contains(&row.table)
        || ["name_sort", "search_text", "street_sort", "quarter_id"].contains(&column);
    if kept_by_program || group.is_none_or(|group| group.category == "technical") {
        return Origin::Program;
    }
    if row.table == "answer" {
        return Origin::Visit;
    }
    if says_so(&row.source, column, value) { Origin::File } else { Origin::Form }
}

/// A file said this and nobody has changed it since. Files call some fields by other names than the columns, and write
/// lists with commas.
fn says_so(source: &Source, column: &str, value: &Json) -> bool {
    let plain = |value: &Json| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        serde_json::from_str::<Vec<String>>(&text).map_or(text, |list| list.join(", "))
    };
    source.imported.get(column).is_some_and(|said| plain(said) == plain(value))
}

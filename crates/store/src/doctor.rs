//! Checks everything that can be checked without a person: files, references, the audit chain, the registry, every row.

use crate::conn::Conn;
use crate::db::Pair;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::{Statement, statements};
use crate::{
    action_link, actor, audit, change_log, competence, consent, contact_channel, difference, erasure_request,
    ground, idea, import, link, person, posting, premises, project, quarter, registry, restriction,
    retention_run, schema, session, user,
};
use kiez_domain::consent::Purpose;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use serde::Serialize;
use std::fmt;

statements! {
    table "change_log";
    LAST_CHANGE = "select coalesce(max(seq), 0) as n from change_log";
    PUBLIC = "select project_id, id from actor where published order by project_id, id";
    SHORT_GROUND = "select g.project_id, g.size, cast(coalesce(sum(length(p.content)), 0) as bigint) as found
from ground g left join ground_part p on p.project_id = g.project_id
group by g.project_id, g.size having coalesce(sum(length(p.content)), 0) <> g.size order by g.project_id";
}

macro_rules! walks {
    ($($table:literal, $read:path, $sql:expr;)+) => {
        /// Every table with the function that reads its rows.
        const WALKS: &[(Statement, fn(&Row) -> Result<(), StoreError>)] =
            &[$((Statement { name: $table, table: $table, sql: $sql }, |row| $read(row).map(drop))),+];
    };
}

walks! {
    "project", project::project, "select * from project order by id";
    "quarter", quarter::quarter, "select * from quarter order by project_id, id";
    "actor", actor::actor, "select a.*, cast(null as text) as serves from actor a order by project_id, id";
    "premises", premises::premises_of, "select * from premises order by project_id, id";
    "person", person::person, "select * from person order by project_id, id";
    "contact_channel", contact_channel::channel, "select * from contact_channel order by project_id, id";
    "consent", consent::event, "select * from consent order by project_id, id";
    "action_link", action_link::link, "select * from action_link order by project_id, id";
    "action_link_use", action_link::link_use, "select * from action_link_use order by project_id, id";
    "need", posting::posted::<NewNeed>, concat!("select ", crate::need::columns!(), " from need n order by n.project_id, n.id");
    "offer", posting::posted::<NewOffer>, concat!("select ", crate::offer::columns!(), " from offer o order by o.project_id, o.id");
    "competence", competence::competence, "select * from competence order by project_id, id";
    "idea", idea::idea, "select * from idea order by project_id, id";
    "user_account", user::user, "select * from user_account order by id";
    "sign_in_link", link::link, "select * from sign_in_link order by id";
    "session", session::session, "select * from session order by id";
    "ground", ground::ground, "select g.*, project_id as id from ground g order by project_id";
    "import_run", import::run, "select * from import_run order by project_id, id";
    "difference", difference::difference, "select * from difference order by project_id, id";
    "restriction", restriction::restriction, "select * from restriction order by project_id, id";
    "erasure_request", erasure_request::request, "select * from erasure_request order by project_id, id";
    "retention_run", retention_run::run, "select * from retention_run order by id";
}

/// What each database can say about its own files.
const INTEGRITY: Pair = Pair {
    sqlite: Statement {
        name: "INTEGRITY",
        table: "integrity",
        sql: "select integrity_check as words from pragma_integrity_check where integrity_check <> 'ok'",
    },
    pg: Statement {
        name: "INTEGRITY",
        table: "integrity",
        sql: "select 'index ' || cast(c.relname as text) || ' is not valid: reindex it' as words
from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid or not i.indisready",
    },
};
/// References that lead nowhere; PostgreSQL never lets one in, but a constraint may have been switched off.
const REFERENCES: Pair = Pair {
    sqlite: Statement {
        name: "REFERENCES",
        table: "integrity",
        sql: "select 'a row of ' || \"table\" || ' refers to a missing row of ' || parent as words from pragma_foreign_key_check",
    },
    pg: Statement {
        name: "REFERENCES",
        table: "integrity",
        sql: "select 'the constraint ' || cast(p.conname as text) || ' is not checked' as words
from pg_constraint p where p.contype = 'f' and not p.convalidated and p.connamespace = cast(current_schema() as regnamespace)",
    },
};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which check found it.
    pub check: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.check, self.message)
    }
}

/// Runs every check; an empty list means that nothing was found.
///
/// # Errors
/// When the database cannot be asked at all.
pub async fn check(conn: &mut Conn) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for (check, pair) in [("integrity", &INTEGRITY), ("references", &REFERENCES)] {
        for row in conn.all_of(pair, vec![]).await? {
            findings.push(Finding { check, message: row.text("words")? });
        }
    }
    if let Some(number) = audit::verify(conn).await? {
        let message =
            format!("the chain breaks at entry {number}: it, or one before it, has been changed or removed");
        findings.push(Finding { check: "audit", message });
    }
    let (last, head) = (conn.number(&LAST_CHANGE, vec![]).await?, change_log::head(conn).await?);
    if last > head {
        let message = format!("the log ends at {last}, its head says {head}: followers would miss changes");
        findings.push(Finding { check: "change log", message });
    }
    for row in conn.all(&SHORT_GROUND, vec![]).await? {
        let (id, size, found) = (row.text("project_id")?, row.int("size")?, row.int("found")?);
        let message = format!(
            "project {id}: {found} of {size} bytes of its ground are there: import the base map again"
        );
        findings.push(Finding { check: "ground", message });
    }
    for row in conn.all(&PUBLIC, vec![]).await? {
        let (project, id) = (row.parse("project_id")?, row.parse("id")?);
        match consent::stands(conn, project, (id, None), Purpose::Web).await {
            Ok(false) => {
                let message = format!("actor {id} is on the public pages, but no consent to that stands");
                findings.push(Finding { check: "consent", message });
            }
            // A row that cannot be read is named below.
            Ok(true) | Err(StoreError::Corrupt { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let gaps = registry::gaps(&schema::describe(conn).await?);
    findings.extend(gaps.into_iter().map(|message| Finding { check: "registry", message }));
    read_all(conn, &mut findings).await?;
    Ok(findings)
}

/// Reads every row as the program would; a row that cannot be read is named.
async fn read_all(conn: &mut Conn, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    for (statement, read) in WALKS {
        for row in conn.all(statement, vec![]).await? {
            let Err(error) = read(&row) else { continue };
            let column = match error {
                StoreError::Corrupt { column, .. } => column,
                other => return Err(other),
            };
            let id = row.text("id").unwrap_or_else(|_| "without a readable id".to_owned());
            let message =
                format!("table {}, row {id}: the value in column {column} cannot be read", statement.table);
            findings.push(Finding { check: "rows", message });
        }
    }
    Ok(())
}

/// The statements that are not in the module's list, for the test that prepares them all.
#[must_use]
pub fn walk_statements() -> Vec<Statement> {
    WALKS.iter().map(|(statement, _)| *statement).collect()
}

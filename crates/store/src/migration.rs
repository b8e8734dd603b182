//! The schema's way forward; there is none back. Each step works with the program before it.

use crate::conn::Conn;
use crate::db::{Db, Pair};
use crate::error::StoreError;
use crate::statement::Statement;
use crate::value::{int, text};

/// One step, with the same number in both folders.
struct Migration {
    version: i64,
    /// The oldest program that may use the database after this step.
    min_binary: &'static str,
    sqlite: &'static str,
    pg: &'static str,
}

/// One step by its number, the file that both folders have, and the oldest program that may use what it leaves.
macro_rules! step {
    ($version:literal, $file:literal, $min_binary:literal) => {
        Migration {
            version: $version,
            min_binary: $min_binary,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file, ".sql")),
            pg: include_str!(concat!("../migrations/postgres/", $file, ".sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    step!(1, "0001_first", "0.1.0"),
    step!(2, "0002_said_by", "0.1.0"),
    step!(3, "0003_ground", "0.1.0"),
    step!(4, "0004_project_face", "0.1.0"),
    step!(5, "0005_doors", "0.1.0"),
    step!(6, "0006_imports", "0.1.0"),
    step!(7, "0007_refusals", "0.1.0"),
    step!(8, "0008_verdicts", "0.1.0"),
    step!(9, "0009_public_pages", "0.1.0"),
    step!(10, "0010_answers", "0.1.0"),
    step!(11, "0011_counted", "0.1.0"),
    step!(12, "0012_mail_hold", "0.1.0"),
    step!(13, "0013_accounts", "0.1.0"),
    step!(14, "0014_consent", "0.1.0"),
    step!(15, "0015_action_link", "0.1.0"),
    step!(16, "0016_outbox", "0.1.0"),
    step!(18, "0018_subjects", "0.1.0"),
    step!(19, "0019_restriction", "0.1.0"),
    step!(20, "0020_notices", "0.1.0"),
    step!(21, "0021_mail_to_people", "0.1.0"),
    step!(22, "0022_waiting_coordinator", "0.1.0"),
];

/// The views of the public, made anew after every migration.
const VIEWS: &str = include_str!("../migrations/views.sql");

/// Where the schema keeps its own number. Made outside the numbered steps, because they are counted in it.
const SCHEMA_INFO: &str = "create table if not exists schema_info (
    id bigint not null constraint schema_info_id_key primary key,
    version bigint not null,
    min_binary text not null,
    constraint schema_info_id_check check (id = 1)
)";

const TABLE: &str = "schema_info";
const FIND_INFO: Statement = Statement {
    name: "FIND_INFO",
    table: TABLE,
    sql: "select version, min_binary from schema_info where id = 1",
};
const WRITE_INFO: Statement = Statement {
    name: "WRITE_INFO",
    table: TABLE,
    sql: "insert into schema_info (id, version, min_binary) values (1, $1, $2)
on conflict (id) do update set version = excluded.version, min_binary = excluded.min_binary",
};
const IS_THERE: Pair = Pair {
    sqlite: Statement {
        name: "IS_THERE",
        table: TABLE,
        sql: "select count(*) as n from sqlite_schema where type = 'table' and name = 'schema_info'",
    },
    pg: Statement {
        name: "IS_THERE",
        table: TABLE,
        sql: "select count(*) as n from information_schema.tables
where table_schema = current_schema() and table_name = 'schema_info'",
    },
};
/// Two programs that migrate at once: the second waits and finds nothing left to do. SQLite has its one writer.
const LOCK: Pair = Pair {
    sqlite: Statement { name: "LOCK", table: TABLE, sql: "select 1 as n" },
    pg: Statement { name: "LOCK", table: TABLE, sql: "select 1 as n from pg_advisory_xact_lock(5307541)" },
};

/// The step that brings keys; they are made here, because chance is spelled differently.
const BRINGS_KEYS: i64 = 18;
macro_rules! with_a_key {
    ($name:ident, $before:literal, $behind:literal) => {
        const $name: Pair = Pair {
            sqlite: Statement {
                name: stringify!($name),
                table: TABLE,
                sql: concat!($before, "lower(hex(randomblob(32)))", $behind),
            },
            pg: Statement {
                name: stringify!($name),
                table: TABLE,
                sql: concat!(
                    $before,
                    "replace(cast(gen_random_uuid() as text) || cast(gen_random_uuid() as text), '-', '')",
                    $behind
                ),
            },
        };
    };
}
with_a_key!(KEY_OF_ERASURES, "insert into erasure_key (id, key) values (1, ", ")");
with_a_key!(
    KEYS_OF_THE_TRAIL,
    "insert into audit_key (user_id, key, span) select id, ",
    ", created_at / 2592000000 from user_account"
);

/// What the schema says about itself.
pub(crate) struct Info {
    pub(crate) version: i64,
    pub(crate) min_binary: String,
}

/// The number of the newest step this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

pub(crate) async fn info(conn: &mut Conn) -> Result<Option<Info>, StoreError> {
    let there = conn.all_of(&IS_THERE, vec![]).await?;
    if there.first().map(|row| row.int("n")).transpose()? != Some(1) {
        return Ok(None);
    }
    let row = conn.first(&FIND_INFO, vec![]).await?;
    row.map(|row| Ok(Info { version: row.int("version")?, min_binary: row.text("min_binary")? })).transpose()
}

/// Refuses a database that only newer programs may use.
pub(crate) async fn refuse_if_too_new(conn: &mut Conn) -> Result<(), StoreError> {
    let Some(info) = info(conn).await? else { return Ok(()) };
    let program = env!("CARGO_PKG_VERSION");
    let needed = number(&info.min_binary).ok_or_else(|| StoreError::corrupt(TABLE, "min_binary"))?;
    if number(program) < Some(needed) {
        return Err(StoreError::TooNew { needed: info.min_binary, program: program.to_owned() });
    }
    Ok(())
}

pub(crate) async fn migrate(db: &Db, last: i64) -> Result<(i64, i64), StoreError> {
    let mut tx = db.write().await?;
    lock(&mut tx).await?;
    refuse_if_too_new(&mut tx).await?;
    let before = info(&mut tx).await?.map_or(0, |info| info.version);
    up_to(&mut tx, last).await?;
    tx.commit().await?;
    Ok((before, before.max(last)))
}

/// Waits until no other program changes the schema; it stays so until the transaction ends.
pub(crate) async fn lock(conn: &mut Conn) -> Result<(), StoreError> {
    conn.all_of(&LOCK, vec![]).await.map(drop)
}

/// Takes every step that is missing up to a number; the views of the public belong to the last one there is.
pub(crate) async fn up_to(conn: &mut Conn, last: i64) -> Result<(), StoreError> {
    conn.script(SCHEMA_INFO).await?;
    let before = info(conn).await?.map_or(0, |info| info.version);
    let mut at = before;
    for step in MIGRATIONS.iter().filter(|step| step.version > before && step.version <= last) {
        let sql = if conn.is_sqlite() { step.sqlite } else { step.pg };
        conn.script(sql).await?;
        if step.version == BRINGS_KEYS {
            conn.all_of(&KEY_OF_ERASURES, vec![]).await?;
            conn.all_of(&KEYS_OF_THE_TRAIL, vec![]).await?;
        }
        conn.run(&WRITE_INFO, vec![int(step.version), text(step.min_binary)]).await?;
        at = step.version;
    }
    if at == newest() && at != before {
        conn.script(VIEWS).await?;
    }
    Ok(())
}

/// The names of these views, who is built on another first.
pub(crate) fn views() -> impl Iterator<Item = &'static str> {
    VIEWS.lines().filter_map(|line| line.strip_prefix("drop view if exists ")?.strip_suffix(';'))
}

/// A version as three numbers that can be compared.
fn number(version: &str) -> Option<(u64, u64, u64)> {
    let mut parts = version.split('.').map(|part| part.parse::<u64>().ok());
    let parsed = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(number("0.10.0") > number("0.9.9"));
        assert_eq!(number("0.1"), None);
        assert_eq!(number("1.x.0"), None);
    }

    #[test]
    fn both_folders_tell_the_same_story() {
        for migration in MIGRATIONS {
            assert_eq!(
                migration
                    .pg
                    .replace(" collate \"C\"", "")
                    .replace(" bytea", " blob")
                    .lines()
                    .skip(1)
                    .collect::<Vec<_>>(),
                migration.sqlite.lines().skip(1).collect::<Vec<_>>(),
                "migration {}",
                migration.version
            );
        }
    }
}

//! What can go wrong while remembering. Use
//!
//! - `NotFound` when a write names a row that is not there (a read gives `None` instead);
//! - `Stale` when the row has been saved by somebody else since the version the caller names;
//! - `Conflict` when the database refuses by a named constraint; `app` maps the name to a field;
//! - `MissingReference` when a row points at something that is not there, or something that is still needed is removed;
//! - `Corrupt` when a stored value cannot be read back: never replace it by a default;
//! - `WrongPermit` when the caller brought the permit of another act: a mistake in the program;
//! - `TooNew`, `TooOld` when program and database do not fit;
//! - `Backup` for a backup that cannot be restored, or not here;
//! - `Busy`, `ReadOnly`, `Full`, `Disk`, `Unavailable` and `Refused` for the world outside.

use crate::restore::BackupFault;

/// The one error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such row in this project.
    #[error("not found")]
    NotFound,
    /// Somebody else saved in the meantime.
    #[error("somebody else has saved this in the meantime")]
    Stale,
    /// A named constraint refuses.
    #[error("the database refuses: {constraint}")]
    Conflict {
        /// The constraint's name, the same on both databases.
        constraint: String,
    },
    /// A reference to nothing, or a removal of something that is still referred to.
    #[error("the row refers to something that is not there, or something still refers to it")]
    MissingReference,
    /// A stored value that cannot be read back.
    #[error(
        "the database holds a value that cannot be read: table {table}, column {column}; run `kiez doctor` and restore a backup"
    )]
    Corrupt {
        /// Its table.
        table: String,
        /// Its column.
        column: String,
    },
    /// A permit for something else.
    #[error(
        "a permit for {given} was shown where {wanted} is needed: please report this mistake of the program"
    )]
    WrongPermit {
        /// Resource and action of the permit.
        given: String,
        /// Resource and action that are needed.
        wanted: String,
    },
    /// The database has been migrated by a newer program.
    #[error(
        "the database needs version {needed} of kiez or newer, this is {program}: install the newer program"
    )]
    TooNew {
        /// The oldest program that may use it.
        needed: String,
        /// This program.
        program: String,
    },
    /// The database has not been migrated yet.
    #[error("the database has schema {found}, this program needs {needed}: run `kiez migrate`")]
    TooOld {
        /// The schema's number, 0 when there is none.
        found: i64,
        /// The number this program needs.
        needed: i64,
    },
    /// The address of the database cannot be understood.
    #[error(
        "\"{given}\" is no database address: expected sqlite:///path/kiez.db or postgres://user@host/name"
    )]
    Address {
        /// What was given, without a password.
        given: String,
    },
    /// Somebody else is writing for too long.
    #[error("the database is busy: another program has been writing for more than 10 seconds; try again")]
    Busy,
    /// This account may read but not write.
    #[error(
        "the database may not be written by this account: give it the right to write in the folder (SQLite keeps two more files beside its own), or start the program as the account that has it"
    )]
    ReadOnly,
    /// No room for another row.
    #[error("the disk of the database is full: nothing of this has been stored; make room and try again")]
    Full,
    /// The disk does not take or give what it should.
    #[error("the disk of the database cannot be read or written: {0}; is it full or broken?")]
    Disk(String),
    /// The database cannot be reached, or cannot work now.
    #[error("the database cannot be used: {0}")]
    Unavailable(String),
    /// The database understands but will not: a right or a table is missing. Waiting does not help.
    #[error("the database cannot be used: {0}")]
    Refused(String),
    /// A backup that cannot be restored.
    #[error(transparent)]
    Backup(#[from] BackupFault),
    /// Writing an export failed.
    #[error("the export cannot be written: {0}")]
    Output(#[from] std::io::Error),
}

impl StoreError {
    pub(crate) fn corrupt(table: &str, column: &str) -> Self {
        Self::Corrupt { table: table.to_owned(), column: column.to_owned() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(error) => of_database(error.as_ref()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Gives both databases' words for the same refusal one name.
fn of_database(error: &dyn sqlx::error::DatabaseError) -> StoreError {
    if error.is_foreign_key_violation() {
        return StoreError::MissingReference;
    }
    if let Some(known) = of_code(&error.code().unwrap_or_default(), error.message()) {
        return known;
    }
    let named = error.constraint().map(ToOwned::to_owned).or_else(|| constraint_of_message(error.message()));
    match named {
        Some(constraint) => StoreError::Conflict { constraint },
        None => StoreError::Refused(error.message().to_owned()),
    }
}

/// What the world outside does to a database: PostgreSQL has five signs for it, SQLite a number whose last byte is the
/// kind (<https://www.sqlite.org/rescode.html>, <https://www.postgresql.org/docs/15/errcodes-appendix.html>).
fn of_code(code: &str, message: &str) -> Option<StoreError> {
    let advised = |advice: &str| Some(StoreError::Unavailable(format!("{message}; {advice}")));
    match (code, code.parse::<u32>().map(|number| number & 0xff)) {
        // Lock not available, serialisation failure.
        ("55P03" | "40001", _) => Some(StoreError::Busy),
        ("25006", _) => Some(StoreError::ReadOnly),
        ("53100", _) => Some(StoreError::Full),
        ("58030", _) => Some(StoreError::Disk(message.to_owned())),
        // Connections that break, a server that stops or starts or has no place left.
        (away, _)
            if away == "53300"
                || (away.len() == 5 && (away.starts_with("08") || away.starts_with("57P"))) =>
        {
            Some(StoreError::Unavailable(message.to_owned()))
        }
        (five, _) if five.len() == 5 => None,
        (_, Ok(5)) => Some(StoreError::Busy),
        (_, Ok(8)) => Some(StoreError::ReadOnly),
        (_, Ok(13)) => Some(StoreError::Full),
        (_, Ok(10)) => Some(StoreError::Disk(message.to_owned())),
        (_, Ok(14)) => advised("check the rights of its folder"),
        (_, Ok(11 | 26)) => advised("restore a backup, or name another folder"),
        _ => None,
    }
}

/// SQLite names the columns of a unique constraint, not the constraint; ours are named after the columns.
fn constraint_of_message(message: &str) -> Option<String> {
    if let Some(check) = message.strip_prefix("CHECK constraint failed: ") {
        return Some(check.to_owned());
    }
    let columns = message.strip_prefix("UNIQUE constraint failed: ")?;
    let mut name = String::new();
    for (at, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.')?;
        if at == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    Some(name + "_key")
}

#[cfg(test)]
mod tests {
    use super::{StoreError, constraint_of_message, of_code};

    #[test]
    fn both_databases_say_the_same_of_the_world_outside() {
        for (sqlite, pg) in [
            ("5", "55P03"),
            ("517", "40001"),
            ("8", "25006"),
            ("1032", "25006"),
            ("13", "53100"),
            ("778", "58030"),
        ] {
            let words = |code| of_code(code, "").expect("known").to_string();
            assert_eq!(words(sqlite), words(pg));
        }
        let broken = of_code("26", "file is not a database").expect("known");
        assert!(
            matches!(&broken, StoreError::Unavailable(words) if words.contains("restore a backup")),
            "{broken}"
        );
        assert!(matches!(of_code("57P01", "stops"), Some(StoreError::Unavailable(_))));
        // 23505 ends in the byte of SQLITE_ERROR's neighbours: five signs are never SQLite's.
        assert!(["23505", "53208", "1"].iter().all(|code| of_code(code, "").is_none()));
    }

    #[test]
    fn columns_become_the_name_of_the_constraint() {
        let name = |message| constraint_of_message(message).unwrap_or_default();
        assert_eq!(name("UNIQUE constraint failed: project.slug"), "project_slug_key");
        assert_eq!(name("UNIQUE constraint failed: actor.project_id, actor.id"), "actor_project_id_id_key");
        assert_eq!(name("CHECK constraint failed: actor_position_check"), "actor_position_check");
        assert_eq!(constraint_of_message("no such table: actor"), None);
    }
}

//! A row that came back: every value is parsed, a broken one is an error that names table and column.

use crate::error::StoreError;
use crate::statement::Statement;
use kiez_domain::instant::Instant;
use kiez_domain::position::Position;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use std::str::FromStr;

/// A row of either database.
pub(crate) struct Row {
    inner: Inner,
    table: &'static str,
}

enum Inner {
    Sqlite(SqliteRow),
    Pg(PgRow),
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident: $type:ty) => {
        $(#[$doc])*
        pub(crate) fn $name(&self, column: &str) -> Result<Option<$type>, StoreError> {
            let found = match &self.inner {
                Inner::Sqlite(row) => row.try_get::<Option<$type>, _>(column),
                Inner::Pg(row) => row.try_get::<Option<$type>, _>(column),
            };
            found.map_err(|_| self.corrupt(column))
        }
    };
}

impl Row {
    pub(crate) fn sqlite(statement: &Statement, row: SqliteRow) -> Self {
        Self { inner: Inner::Sqlite(row), table: statement.table }
    }

    pub(crate) fn pg(statement: &Statement, row: PgRow) -> Self {
        Self { inner: Inner::Pg(row), table: statement.table }
    }

    getter! {
        /// A text that may be absent.
        opt_text: String
    }
    getter! {
        /// A whole number that may be absent.
        opt_int: i64
    }
    getter! {
        /// A number with decimals that may be absent.
        opt_real: f64
    }
    getter! {
        /// Yes or no, that may be absent.
        opt_bool: bool
    }
    getter! {
        /// A piece of a file that may be absent.
        opt_bytes: Vec<u8>
    }

    /// A text.
    pub(crate) fn text(&self, column: &str) -> Result<String, StoreError> {
        self.opt_text(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A whole number.
    pub(crate) fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// Yes or no.
    pub(crate) fn bool(&self, column: &str) -> Result<bool, StoreError> {
        self.opt_bool(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A piece of a file.
    pub(crate) fn bytes(&self, column: &str) -> Result<Vec<u8>, StoreError> {
        self.opt_bytes(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A moment.
    pub(crate) fn instant(&self, column: &str) -> Result<Instant, StoreError> {
        self.int(column).map(Instant)
    }

    /// A moment that may be absent.
    pub(crate) fn opt_instant(&self, column: &str) -> Result<Option<Instant>, StoreError> {
        Ok(self.opt_int(column)?.map(Instant))
    }

    /// A whole number that fits its type.
    pub(crate) fn count<T: TryFrom<i64>>(&self, column: &str) -> Result<T, StoreError> {
        T::try_from(self.int(column)?).map_err(|_| self.corrupt(column))
    }

    /// A whole number that fits its type and may be absent.
    pub(crate) fn opt_count<T: TryFrom<i64>>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let number = self.opt_int(column)?;
        number.map(|number| T::try_from(number).map_err(|_| self.corrupt(column))).transpose()
    }

    /// A text in the one spelling of its type.
    pub(crate) fn parse<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| self.corrupt(column))
    }

    /// A text in the one spelling of its type, that may be absent.
    pub(crate) fn opt_parse<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let text = self.opt_text(column)?;
        text.map(|text| text.parse().map_err(|_| self.corrupt(column))).transpose()
    }

    /// A JSON list of texts, each in the one spelling of its type.
    pub(crate) fn list<T: FromStr>(&self, column: &str) -> Result<Vec<T>, StoreError> {
        let text = self.text(column)?;
        // Most lists are empty: no need to start a parser for them.
        if text == "[]" {
            return Ok(Vec::new());
        }
        let texts: Vec<String> = serde_json::from_str(&text).map_err(|_| self.corrupt(column))?;
        texts.iter().map(|text| text.parse().map_err(|_| self.corrupt(column))).collect()
    }

    /// What a statement joined with commas (`string_agg`): words that hold no comma themselves.
    pub(crate) fn joined<T: FromStr>(&self, column: &str) -> Result<Vec<T>, StoreError> {
        let text = self.opt_text(column)?.unwrap_or_default();
        let parts = text.split(',').filter(|part| !part.is_empty());
        parts.map(|part| part.parse().map_err(|_| self.corrupt(column))).collect()
    }

    /// A place whose two numbers stand in two columns.
    pub(crate) fn position(&self, lat: &str, lon: &str) -> Result<Option<Position>, StoreError> {
        match (self.opt_real(lat)?, self.opt_real(lon)?) {
            (Some(north), Some(east)) => Position::new(north, east).map(Some).map_err(|_| self.corrupt(lat)),
            (None, None) => Ok(None),
            _ => Err(self.corrupt(lat)),
        }
    }

    /// The error for a column that cannot be read.
    pub(crate) fn corrupt(&self, column: &str) -> StoreError {
        StoreError::corrupt(self.table, column)
    }
}

//! A fresh, migrated database on each engine.

use crate::cluster;
use kiez_store::db::Db;
use sqlx::AssertSqlSafe;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A database that is gone with the value.
pub struct TestDatabase {
    /// The database, migrated and empty.
    pub db: Db,
    /// Its address: a second program may open it too.
    pub url: String,
    _folder: Option<TempDir>,
}

impl TestDatabase {
    /// The same database as somebody sees it who may read these tables and views and nothing else; none on SQLite,
    /// which knows no such roles.
    ///
    /// # Panics
    /// When the test user may not make roles.
    pub async fn as_reader_of(&self, names: &[&str]) -> Option<Db> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let Db::Pg { pool, .. } = &self.db else { return None };
        let schema: String = sqlx::query_scalar("select cast(current_schema() as text)")
            .fetch_one(pool)
            .await
            .expect("a schema");
        let role = format!("{schema}_reader_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let sql = format!(
            "create role {role}; grant usage on schema {schema} to {role}; grant select on {} to {role}",
            names.join(", ")
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.expect("the test user may make roles");
        Some(Db::open(&format!("{}&options[role]={role}", self.url)).await.expect("the role may connect"))
    }
}

/// One database per engine: SQLite in a file of its own, as in earnest; PostgreSQL in a schema of its own.
///
/// # Panics
/// When SQLite cannot be used; when PostgreSQL is required (`KIEZ_TEST_PG=require`) and cannot be used.
pub async fn databases() -> Vec<TestDatabase> {
    let mut databases = vec![sqlite().await];
    databases.extend(postgres().await);
    for database in &databases {
        database.db.migrate().await.expect("the migrations run on an empty database");
    }
    databases
}

/// An empty SQLite database that has not been migrated.
///
/// # Panics
/// When the disk is full or not writable.
pub async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a folder for the test can be made");
    let url = format!("sqlite://{}", folder.path().join("kiez.db").display());
    let db = Db::open(&url).await.expect("a fresh SQLite file can be opened");
    TestDatabase { db, url, _folder: Some(folder) }
}

/// An empty PostgreSQL database that has not been migrated, when there is a server.
///
/// # Panics
/// When the server was there and is not any more.
pub async fn postgres() -> Option<TestDatabase> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let server = cluster::url()?;
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    cluster::make_schema(&server, &schema).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let db = Db::open(&url).await.expect("the test server can be reached");
    Some(TestDatabase { db, url, _folder: None })
}

//! What every use-case gets first: the database, the clock, randomness, the memory of engine and map.

use crate::backup::schedule::Going;
use crate::error::AppError;
use crate::ground::Grounds;
use crate::market::Markets;
use crate::message::delivery::Post;
use crate::passkey::PasskeyHouse;
use crate::reads::Reads;
use crate::secret::Hasher;
use kiez_domain::instant::Instant;
use kiez_gateways::clock::Clock;
use kiez_gateways::ledger_file::LedgerFile;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use std::path::PathBuf;
use std::sync::Arc;

/// The context of a use-case; cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Ids and secrets.
    pub random: Random,
    /// The engine's index per project, caught up from the change log.
    pub markets: Arc<Markets>,
    /// Where the tiles of each project's map lie.
    pub grounds: Arc<Grounds>,
    /// How scheduled backups go.
    pub backups: Arc<Going>,
    /// Where the ledger of erasures lies beside the database.
    pub ledger: LedgerFile,
    /// Who has read what, until it is written.
    pub reads: Arc<Reads>,
    /// The program that reads XLSX in a child process.
    pub xlsx_reader: Option<PathBuf>,
    /// Hashes passwords, a few at a time.
    pub hasher: Arc<Hasher>,
    /// For which address devices keep passkeys; none where browsers would refuse.
    pub passkeys: Option<Arc<PasskeyHouse>>,
    /// Where letters go; none where nobody sends, as in most commands.
    pub post: Option<Arc<Post>>,
}

impl Ctx {
    /// A context on a database.
    #[must_use]
    pub fn new(db: Db, clock: Clock, random: Random) -> Self {
        Self {
            db,
            clock,
            random,
            markets: Arc::default(),
            grounds: Arc::default(),
            backups: Arc::default(),
            ledger: LedgerFile::default(),
            reads: Arc::default(),
            xlsx_reader: None,
            hasher: Arc::default(),
            passkeys: None,
            post: None,
        }
    }

    /// The same, reached under this address.
    #[must_use]
    pub fn reached_at(mut self, base_url: &str) -> Self {
        self.passkeys = PasskeyHouse::at(base_url).map(Arc::new);
        self
    }

    /// The same, with somebody who sends.
    #[must_use]
    pub fn sending_by(mut self, post: Post) -> Self {
        self.post = Some(Arc::new(post));
        self
    }

    /// The moment now.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Today, on the calendar on the wall.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        self.now().day()
    }

    /// A fresh id of any kind: `ctx.id(NeedId::new)?`.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn id<T>(&self, wrap: fn(uuid::Uuid) -> T) -> Result<T, AppError> {
        Ok(wrap(self.random.uuid(self.now())?))
    }
}

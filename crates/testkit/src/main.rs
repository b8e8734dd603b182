//! An empty database on a PostgreSQL of the tests, for programs that are no Rust tests: prints its address and keeps it
//! until standard input ends.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("the machine has threads");
    let Some(database) = runtime.block_on(kiez_testkit::database::postgres()) else {
        return ExitCode::FAILURE;
    };
    runtime.block_on(database.db.close());
    let told = writeln!(std::io::stdout(), "{}", database.url);
    let heard = std::io::stdin().read_to_end(&mut Vec::new());
    if told.is_ok() && heard.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! Calling the program in a folder of its own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use tempfile::TempDir;

/// How a call ended.
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("no signal ended it"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Demands a status, and that nothing looks like a crash.
    pub(crate) fn with(self, status: i32) -> Self {
        let told = format!("{}\n{}", self.out, self.err);
        assert_eq!(self.status, status, "{told}");
        assert!(!told.contains("panicked") && !told.contains("RUST_BACKTRACE"), "{told}");
        self
    }

    /// Demands words on standard error.
    pub(crate) fn saying(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "\"{word}\" is not said: {}", self.err);
        }
        self
    }
}

/// A folder in which the program is called.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with an installation in `data`.
    pub(crate) fn with_installation() -> Self {
        let place = Self::empty();
        place.call(&["init", "--data", "data"]).with(0);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("written");
    }

    pub(crate) fn call(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).output().expect("the program starts"))
    }

    /// Calls the program with something on its standard input.
    pub(crate) fn call_with(&self, input: &str, arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("the pipe was asked for");
        // A program that does not read its input may have closed it already.
        let _unread = stdin.write_all(input.as_bytes());
        drop(stdin);
        Ended::of(child.wait_with_output().expect("it ends"))
    }

    /// Calls the program as another account of this machine.
    pub(crate) fn call_as(&self, account: &str, arguments: &[&str]) -> Ended {
        let mut command = Command::new("runuser");
        command.args(["-u", account, "--", env!("CARGO_BIN_EXE_kiez")]).args(arguments);
        Ended::of(command.current_dir(self.0.path()).output().expect("runuser starts"))
    }

    /// The whole content of the installation.
    pub(crate) fn dump(&self) -> String {
        self.call(&["dump", "--canonical", "--data", "data"]).with(0).out
    }

    /// Demands that nothing is wrong with the installation.
    pub(crate) fn is_sound(&self) {
        let told = self.call(&["doctor", "--data", "data"]).with(0).out;
        assert_eq!(told, "no fault found\n");
    }

    /// Imports files into the installation and returns the figures.
    pub(crate) fn import(&self, kind: &str, files: &[&str], status: i32) -> serde_json::Value {
        let arguments = [&["import", "--data", "data", "--format", "json", kind], files].concat();
        let ended = self.call(&arguments).with(status);
        serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {}", ended.out))
    }

    /// Starts a server and waits for its first line.
    pub(crate) fn serve(&self, arguments: &[&str]) -> (Server, String) {
        let mut child =
            self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("the pipe was asked for");
        BufReader::new(out).read_line(&mut line).expect("a line");
        (Server(child), line)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_kiez")));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        command
    }
}

/// A running server that ends with this value.
pub(crate) struct Server(Child);

impl Server {
    /// Lets a child go that is no server, but must not outlive the test either.
    pub(crate) fn of(child: Child) -> Self {
        Self(child)
    }

    /// Asks it to end, as the system does when it shuts down.
    pub(crate) fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        assert!(status.expect("kill is there").success());
    }

    /// How it ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.0.wait().expect("it ran")
    }

    /// How it ended, when it has.
    pub(crate) fn has_ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("it ran")
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _may_have_ended = self.0.kill();
        self.0.wait().expect("it ended");
    }
}

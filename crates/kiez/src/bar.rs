//! A bar on the terminal for work that takes a while; it is gone when the work is done.

use indicatif::{ProgressBar, ProgressStyle};
use kiez_app::import::{Progress, Watch};

/// Shows on standard error how far an import has come.
pub(crate) fn watch() -> Watch {
    let bar = ProgressBar::new(0);
    // The pattern is our own; should it ever be wrong, the library's usual bar does.
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    let bar = Cleared(bar);
    Watch::by(move |progress| bar.show(progress))
}

/// A bar that leaves no trace.
struct Cleared(ProgressBar);

impl Cleared {
    fn show(&self, progress: Progress) {
        let (message, done, of) = match progress {
            Progress::Read(done, of) => ("reading files", done, of),
            Progress::Compared(done, of) => ("comparing rows", done, of),
            Progress::Writing => return self.0.set_message("writing"),
        };
        self.0.set_length(of as u64);
        self.0.set_message(message);
        self.0.set_position(done as u64);
    }
}

impl Drop for Cleared {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

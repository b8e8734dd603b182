//! Each way in which a spreadsheet can be unusable.

/// Why a spreadsheet is not read; its reader's own process sends it to the parent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum SheetFault {
    /// Nobody said which program may read it.
    #[error("no program is set that may read it; save the sheet as CSV")]
    NoReader,
    /// The program is not there.
    #[error("its reader {program} does not start: {detail}")]
    ReaderNotStarted {
        /// The program.
        program: String,
        /// What the operating system says.
        detail: String,
    },
    /// The program's answer does not come through.
    #[error("its reader cannot be heard: {detail}; save the sheet as CSV")]
    ReaderUnheard {
        /// What the operating system says.
        detail: String,
    },
    /// The program died while it was speaking.
    #[error("its reader stopped in the middle of a row; save the sheet as CSV")]
    ReaderStopped,
    /// The program was stopped by its limits.
    #[error("its reader was stopped because the sheet needs too much memory or time; save it as CSV")]
    ReaderLimited,
    /// The program cannot limit itself, and so does not begin.
    #[error("the limits of its reader cannot be set: {detail}")]
    ReaderUnlimited {
        /// What the operating system says.
        detail: String,
    },
    /// The program cannot answer.
    #[error("{detail}")]
    ReaderMute {
        /// What the operating system says.
        detail: String,
    },
    /// It takes too long.
    #[error("it takes longer than {seconds} seconds; save the sheet as CSV")]
    TooSlow {
        /// How long was waited.
        seconds: u64,
    },
    /// The bytes do not come.
    #[error("it cannot be read: {detail}")]
    Unreadable {
        /// What the operating system says.
        detail: String,
    },
    /// More bytes than are read.
    #[error("it is larger than {limit_megabytes} MB; save the sheet as CSV")]
    TooLarge {
        /// What is read.
        limit_megabytes: u64,
    },
    /// More bytes than are read, once it is unpacked.
    #[error(
        "unpacked it has {found_megabytes} MB, at most {limit_megabytes} MB are read; save the sheet as CSV"
    )]
    UnpacksTooLarge {
        /// What it says of itself.
        found_megabytes: u64,
        /// What is read.
        limit_megabytes: u64,
    },
    /// No sheet has a filled cell.
    #[error("no sheet in it has anything in it")]
    NothingInIt,
    /// A filled cell far away from the others.
    #[error(
        "the sheet \"{sheet}\" has a filled cell in row {row}, column {column}; at most {row_limit} rows and {column_limit} columns are read: delete the stray cell or save the sheet as CSV"
    )]
    StrayCell {
        /// The sheet.
        sheet: String,
        /// Counted from 1.
        row: u32,
        /// Counted from 1.
        column: u32,
        /// Rows that are read.
        row_limit: u32,
        /// Columns that are read.
        column_limit: u32,
    },
    /// More filled cells than are read.
    #[error("the sheet \"{sheet}\" has more than {limit} filled cells; save it as CSV")]
    TooManyCells {
        /// The sheet.
        sheet: String,
        /// What is read.
        limit: usize,
    },
    /// It cannot be opened.
    #[error("it is damaged or no XLSX ({detail}); open and save it again")]
    Damaged {
        /// What the library says.
        detail: String,
    },
}

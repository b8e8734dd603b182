//! Papers: a page's words as a PDF.
//!
//! Permission was asked where the words came from; here is only the way to the sheet.

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::thinking;
use kiez_documents::paper;
pub use kiez_documents::paper::{Block, Paper};

/// A paper as PDF, accessible and fit for an archive.
///
/// # Errors
/// [`AppError::Paper`] in a program built without type faces, or when the paper cannot be set.
pub fn pdf(ctx: &Ctx, paper: &Paper) -> Result<Vec<u8>, AppError> {
    let made = ctx.now().0.div_euclid(1_000);
    Ok(thinking::apart(|| paper::pdf(paper, made))?)
}

//! The type faces of papers: the same as on the pages, cut to one weight each.

use rust_embed::RustEmbed;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

#[derive(RustEmbed)]
#[folder = "../../ui/print"]
#[allow_missing = true]
struct Built;

/// All faces, in the order of the book.
pub(super) fn all() -> &'static [Font] {
    &FACES.0
}

/// The faces by family. One family's letters lie in several files; the typesetter looks for a letter in one file of a
/// family only, so each file is a family of its own, named after it.
pub(super) fn book() -> &'static LazyHash<FontBook> {
    &FACES.1
}

static FACES: LazyLock<(Vec<Font>, LazyHash<FontBook>)> = LazyLock::new(|| {
    let named = named();
    let info = |(family, font): &(String, Font)| FontInfo { family: family.clone(), ..font.info().clone() };
    let book = FontBook::from_infos(named.iter().map(info));
    (named.into_iter().map(|(_, font)| font).collect(), LazyHash::new(book))
});

/// Every face with the family it belongs to: `text-western-700.ttf` is one of `text-western`.
fn named() -> Vec<(String, Font)> {
    let mut names: Vec<_> = Built::iter().collect();
    names.sort();
    let face = |name: &std::borrow::Cow<'static, str>| {
        let file = Built::get(name)?;
        let (family, _) = name.strip_suffix(".ttf")?.rsplit_once('-')?;
        Some((family.to_owned(), Font::new(Bytes::new(file.data.into_owned()), 0)?))
    };
    names.iter().filter_map(face).collect()
}

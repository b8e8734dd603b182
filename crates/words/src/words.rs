//! Sentences by key.

use crate::locale::Locale;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The files of each language, in the order in which they are read; a test compares their keys.
pub const SOURCES: [(Locale, &[(&str, &str)]); 2] = [
    (
        Locale::German,
        &[
            ("terms.ftl", include_str!("../locales/de/terms.ftl")),
            ("pages.ftl", include_str!("../locales/de/pages.ftl")),
            ("account.ftl", include_str!("../locales/de/account.ftl")),
            ("mail.ftl", include_str!("../locales/de/mail.ftl")),
            ("overview.ftl", include_str!("../locales/de/overview.ftl")),
            ("publish.ftl", include_str!("../locales/de/publish.ftl")),
            ("consents.ftl", include_str!("../locales/de/consents.ftl")),
            ("links.ftl", include_str!("../locales/de/links.ftl")),
            ("map.ftl", include_str!("../locales/de/map.ftl")),
            ("imports.ftl", include_str!("../locales/de/imports.ftl")),
            ("project.ftl", include_str!("../locales/de/project.ftl")),
            ("public.ftl", include_str!("../locales/de/public.ftl")),
            ("verdicts.ftl", include_str!("../locales/de/verdicts.ftl")),
            ("moves.ftl", include_str!("../locales/de/moves.ftl")),
            ("rings.ftl", include_str!("../locales/de/rings.ftl")),
            ("style.ftl", include_str!("../locales/de/style.ftl")),
            ("subjects.ftl", include_str!("../locales/de/subjects.ftl")),
            ("tour.ftl", include_str!("../locales/de/tour.ftl")),
            ("reasons.ftl", include_str!("../locales/de/reasons.ftl")),
            ("walk.ftl", include_str!("../locales/de/walk.ftl")),
            ("problems.ftl", include_str!("../locales/de/problems.ftl")),
            ("processing.ftl", include_str!("../locales/de/processing.ftl")),
            ("papers.ftl", include_str!("../locales/de/papers.ftl")),
            ("notices.ftl", include_str!("../locales/de/notices.ftl")),
            ("faults.ftl", include_str!("../locales/de/faults.ftl")),
        ],
    ),
    (
        Locale::English,
        &[
            ("terms.ftl", include_str!("../locales/en/terms.ftl")),
            ("pages.ftl", include_str!("../locales/en/pages.ftl")),
            ("account.ftl", include_str!("../locales/en/account.ftl")),
            ("mail.ftl", include_str!("../locales/en/mail.ftl")),
            ("overview.ftl", include_str!("../locales/en/overview.ftl")),
            ("publish.ftl", include_str!("../locales/en/publish.ftl")),
            ("consents.ftl", include_str!("../locales/en/consents.ftl")),
            ("links.ftl", include_str!("../locales/en/links.ftl")),
            ("map.ftl", include_str!("../locales/en/map.ftl")),
            ("imports.ftl", include_str!("../locales/en/imports.ftl")),
            ("project.ftl", include_str!("../locales/en/project.ftl")),
            ("public.ftl", include_str!("../locales/en/public.ftl")),
            ("verdicts.ftl", include_str!("../locales/en/verdicts.ftl")),
            ("moves.ftl", include_str!("../locales/en/moves.ftl")),
            ("rings.ftl", include_str!("../locales/en/rings.ftl")),
            ("style.ftl", include_str!("../locales/en/style.ftl")),
            ("subjects.ftl", include_str!("../locales/en/subjects.ftl")),
            ("tour.ftl", include_str!("../locales/en/tour.ftl")),
            ("reasons.ftl", include_str!("../locales/en/reasons.ftl")),
            ("walk.ftl", include_str!("../locales/en/walk.ftl")),
            ("problems.ftl", include_str!("../locales/en/problems.ftl")),
            ("processing.ftl", include_str!("../locales/en/processing.ftl")),
            ("papers.ftl", include_str!("../locales/en/papers.ftl")),
            ("notices.ftl", include_str!("../locales/en/notices.ftl")),
            ("faults.ftl", include_str!("../locales/en/faults.ftl")),
        ],
    ),
];

/// Named values of a sentence.
#[derive(Debug, Default)]
pub struct Args<'a>(FluentArgs<'a>);

impl<'a> Args<'a> {
    /// No value yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text or a number.
    #[must_use]
    pub fn with(mut self, name: &'a str, value: impl Into<FluentValue<'a>>) -> Self {
        self.0.set(name, value);
        self
    }
}

/// The sentences of one language.
pub struct Words {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The sentences of a language.
    #[must_use]
    pub fn of(locale: Locale) -> &'static Self {
        static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::read(Locale::German, 0));
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(Locale::English, 1));
        static MIRRORED: LazyLock<Words> = LazyLock::new(|| Words::read(Locale::Mirrored, 1));
        match locale {
            Locale::German => &GERMAN,
            Locale::English => &ENGLISH,
            Locale::Mirrored => &MIRRORED,
        }
    }

    /// The language of these sentences.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// A sentence without values. A key that is missing shows itself in brackets; a test keeps that from shipping.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.with(key, &Args::new())
    }

    /// A sentence with values.
    #[must_use]
    pub fn with(&self, key: &str, args: &Args<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("[{key}]");
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = self.bundle.format_pattern(pattern, Some(&args.0), &mut errors);
        text.into_owned()
    }

    /// A sentence that counts: its value is called `count`.
    #[must_use]
    pub fn count(&self, key: &str, count: u64) -> String {
        self.with(key, &Args::new().with("count", count))
    }

    /// Whether the key exists.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentences of pages for people with a link in a language that the program itself does not speak.
    pub(crate) fn of_links(tag: &str, source: &str) -> Self {
        let mut bundle = bundle(tag);
        let resource = FluentResource::try_new(source.to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(partly, _)| partly));
        Self { locale: Locale::German, bundle }
    }

    fn read(locale: Locale, source: usize) -> Self {
        let mut bundle = bundle(if locale == Locale::Mirrored { "en" } else { locale.tag() });
        if locale == Locale::Mirrored {
            bundle.set_transform(Some(mark));
        }
        for (_, text) in SOURCES[source].1 {
            let resource = FluentResource::try_new((*text).to_owned());
            bundle.add_resource_overriding(resource.unwrap_or_else(|(partly, _)| partly));
        }
        Self { locale, bundle }
    }
}

fn bundle(tag: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("a tag of our own list")]);
    // Isolation marks would stand in every copied text; the pages isolate names with <bdi> instead.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(crate::number::for_fluent));
    bundle
}

/// Puts marks on the letters of the mirrored test language, so that a word that did not come from a
/// locale file is seen at once.
fn mark(text: &str) -> Cow<'_, str> {
    let marked = text.chars().map(|c| match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        'A' => 'Á',
        'E' => 'É',
        'I' => 'Í',
        'O' => 'Ó',
        'U' => 'Ú',
        other => other,
    });
    Cow::Owned(marked.collect())
}

//! The voice of pages for people without an account: they speak more languages than the program does.

use crate::layout::LanguageLink;
use crate::pages::project::colour;
use crate::request::{LANGUAGE, cookie, lang_parameter};
use crate::{assets, icons};
use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use kiez_domain::project::Project;
use kiez_words::link::LinkLanguage;
use kiez_words::{Args, Words};
use std::convert::Infallible;

/// The language that is spoken to whoever opens a link: asked for in the address, remembered, or wished by the browser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoken(pub(crate) LinkLanguage);

impl<S: Send + Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = lang_parameter(&parts.uri).and_then(|tag| tag.parse().ok());
        let remembered = || cookie(&parts.headers, LANGUAGE).and_then(|tag| tag.parse().ok());
        let wished = || {
            let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            LinkLanguage::negotiate(header.unwrap_or_default())
        };
        Ok(Self(asked.or_else(remembered).unwrap_or_else(wished)))
    }
}

/// Sentences and the frame of a page.
pub(crate) struct Voice {
    pub(crate) language: LinkLanguage,
    words: &'static Words,
    pub(crate) place: String,
    pub(crate) languages: Vec<LanguageLink>,
    pub(crate) style_sheet: String,
    pub(crate) colour_sheet: Option<String>,
}

impl Voice {
    pub(crate) fn new(language: LinkLanguage, project: &Project) -> Self {
        let place = project.data.name.to_string();
        Self { place, colour_sheet: colour::address(project), ..Self::of_the_house(language) }
    }

    /// On a page that is about no project.
    pub(crate) fn of_the_house(language: LinkLanguage) -> Self {
        let link = |other: LinkLanguage| LanguageLink {
            tag: other.tag(),
            name: other.own_name(),
            href: format!("?lang={other}"),
            current: other == language,
        };
        Self {
            language,
            words: language.words(),
            place: String::new(),
            languages: LinkLanguage::ALL.into_iter().map(link).collect(),
            style_sheet: assets::style_sheet(),
            colour_sheet: None,
        }
    }

    /// A sentence.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// A sentence whose key has two parts.
    pub(crate) fn tt(&self, prefix: &str, name: &(impl std::fmt::Display + ?Sized)) -> String {
        self.words.text(&format!("{prefix}-{name}"))
    }

    /// A sentence with one named value.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.words.with(key, &Args::new().with(name, value))
    }

    /// A sentence about the project and the actor.
    pub(crate) fn about(&self, key: &str, actor: &str) -> String {
        self.words.with(key, &Args::new().with("project", self.place.clone()).with("actor", actor))
    }

    /// One of our icons; the word beside it says the same.
    pub(crate) fn icon(&self, name: &str) -> String {
        icons::icon(name)
    }
}

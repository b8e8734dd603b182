//! The frame around every page: masthead, navigation, languages, foot.

pub(crate) mod chart;
pub(crate) mod tour;

use crate::pages::project::colour;
use crate::request::{Member, Visit};
use crate::{assets, icons};
use kiez_app::house::Notices;
use kiez_domain::access::Standing;
use kiez_domain::policy::Role;
use kiez_domain::project::Project;
use kiez_words::{Args, Locale, Words, number};
use tour::Tour;

/// So many places a thumb can choose from on a narrow phone.
const THUMB: usize = 5;

/// An entry of the navigation.
pub(crate) struct NavItem {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) icon: String,
    pub(crate) current: bool,
}

/// A language one can change to.
pub(crate) struct LanguageLink {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// Ready values of the frame.
pub(crate) struct Chrome {
    pub(crate) locale: Locale,
    words: &'static Words,
    pub(crate) nav: Vec<NavItem>,
    pub(crate) languages: Vec<LanguageLink>,
    pub(crate) place: Option<String>,
    pub(crate) home: String,
    pub(crate) person: Option<String>,
    pub(crate) demo: bool,
    pub(crate) tour: Option<Tour>,
    pub(crate) style_sheet: String,
    /// Sheet with the colour of a project, where it has one.
    pub(crate) colour_sheet: Option<String>,
    pub(crate) script: Option<String>,
    /// What everybody in the workspace should know while it lasts.
    pub(crate) notices: Vec<String>,
}

impl Chrome {
    /// The frame of a public page.
    pub(crate) fn public(visit: &Visit) -> Self {
        let mut chrome = Self::plain(visit.locale);
        chrome.demo = visit.demo;
        chrome.tour = Tour::on(visit, None);
        chrome.languages = languages(visit);
        // Whoever has still to show a second factor is greeted by nothing yet.
        if visit.caller.session().is_some() && visit.caller.waits_for() != Some(Standing::Second) {
            chrome.person = Some(visit.caller.name.clone());
        }
        chrome.notices = notices(visit, chrome.words);
        chrome
    }

    /// The frame of a public page of one project, in its colour.
    pub(crate) fn public_of(visit: &Visit, project: &Project) -> Self {
        Self {
            colour_sheet: colour::address(project),
            tour: Tour::on(visit, Some(project)),
            ..Self::public(visit)
        }
    }

    /// The frame of a workspace page.
    pub(crate) fn workspace(member: &Member) -> Self {
        let mut chrome = Self::public_of(&member.visit, &member.project);
        chrome.place = Some(member.project.data.name.to_string());
        chrome.home = member.path("");
        chrome.nav = navigation(member, chrome.words);
        chrome
    }

    /// The frame when nothing but the language is known.
    pub(crate) fn plain(locale: Locale) -> Self {
        Self {
            locale,
            words: Words::of(locale),
            nav: Vec::new(),
            languages: Vec::new(),
            place: None,
            home: "/".to_owned(),
            person: None,
            demo: false,
            tour: None,
            style_sheet: assets::style_sheet(),
            colour_sheet: None,
            script: assets::script(),
            notices: Vec::new(),
        }
    }

    /// What a phone shows at once at its lower edge: all, or four and one that opens the others.
    pub(crate) fn within_reach(&self) -> &[NavItem] {
        if self.nav.len() <= THUMB { &self.nav } else { &self.nav[..THUMB - 1] }
    }

    /// What a phone shows behind that one.
    pub(crate) fn further(&self) -> &[NavItem] {
        &self.nav[self.within_reach().len()..]
    }

    /// Whether the page at hand stands behind that one.
    pub(crate) fn is_further(&self) -> bool {
        self.further().iter().any(|item| item.current)
    }

    /// A sentence.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// Whether there is such a sentence.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.words.has(key)
    }

    /// One of our icons; the word beside it says the same.
    pub(crate) fn icon(&self, name: &str) -> String {
        icons::icon(name)
    }

    /// Address of the file with all icons, for drawings that place them by themselves.
    pub(crate) fn sprite(&self) -> String {
        format!("/assets/{}", icons::sprite().name)
    }

    /// A sentence whose key has two parts: `state-` and `open`.
    pub(crate) fn tt(&self, prefix: &str, name: &(impl std::fmt::Display + ?Sized)) -> String {
        self.words.text(&format!("{prefix}-{name}"))
    }

    /// A sentence that counts.
    pub(crate) fn count(&self, key: &str, count: &u64) -> String {
        let shown = number::whole(self.locale, i64::try_from(*count).unwrap_or(i64::MAX));
        self.words.with(key, &Args::new().with("count", *count).with("shown", shown))
    }

    /// A sentence with one named value.
    pub(crate) fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.words.with(key, &Args::new().with(name, value))
    }

    /// A whole number in the reader's language.
    pub(crate) fn n(&self, number: &u64) -> String {
        number::whole(self.locale, i64::try_from(*number).unwrap_or(i64::MAX))
    }

    /// The sentence of one key for a program that writes attributes: direction of writing.
    pub(crate) fn direction(&self) -> &'static str {
        self.locale.direction()
    }
}

/// Visitors are told only where they are about to sign in, which is stored as well.
fn notices(visit: &Visit, words: &Words) -> Vec<String> {
    let told =
        !visit.caller.is_visitor() || ["/sign-in", "/link/"].iter().any(|at| visit.path.starts_with(at));
    let Notices { unwritable, backup_failing } = visit.notices;
    let said = [(unwritable && told, "notice-unwritable"), (backup_failing, "notice-backup")];
    said.into_iter().filter(|(shown, _)| *shown).map(|(_, key)| words.text(key)).collect()
}

fn languages(visit: &Visit) -> Vec<LanguageLink> {
    let offered = if visit.demo {
        vec![Locale::German, Locale::English, Locale::Mirrored]
    } else {
        Locale::SPOKEN.to_vec()
    };
    let link = |locale: Locale| LanguageLink {
        tag: locale.tag(),
        name: locale.own_name(),
        href: address_in(&visit.query, locale),
        current: locale == visit.locale,
    };
    offered.into_iter().map(link).collect()
}

/// The same address in another language, named relative to itself: what was searched for stays, and a page
/// about something that is not there does not repeat its address.
fn address_in(query: &str, locale: Locale) -> String {
    let separator = if query.is_empty() { "" } else { "&" };
    format!("?{query}{separator}lang={}", locale.tag())
}

/// Who belongs to a project is reached from its fact sheet.
fn lies_behind(path: &str, here: &str) -> bool {
    path == "/project" && (here.starts_with("/members") || here.starts_with("/mail"))
}

fn navigation(member: &Member, words: &Words) -> Vec<NavItem> {
    let coordinator = member.role == Role::Coordinator;
    let entries = [
        ("", "nav-overview", "home", true),
        ("/cards", "nav-cards", "card", true),
        ("/walk", "nav-walk", "visit", coordinator),
        ("/needs", "nav-needs", "need", true),
        ("/offers", "nav-offers", "offer", true),
        ("/ideas", "nav-ideas", "idea", true),
        ("/actors", "nav-actors", "directory", coordinator),
        ("/map", "nav-map", "map", coordinator),
        ("/imports", "nav-imports", "download", coordinator),
        ("/project", "nav-project", "settings", coordinator),
    ];
    let base = member.path("");
    let here = member.visit.path.strip_prefix(&base).unwrap_or_default();
    let shown = entries.into_iter().filter(|(_, _, _, shown)| *shown);
    let item = |(path, key, icon, _): (&str, &str, &str, bool)| NavItem {
        href: format!("{base}{path}"),
        label: words.text(key),
        icon: icons::icon(icon),
        current: if path.is_empty() {
            here.is_empty()
        } else {
            here.starts_with(path) || lies_behind(path, here)
        },
    };
    shown.map(item).collect()
}

//! The living page of the design: tokens, type, icons and parts, as the pages really use them.

use crate::error::render;
use crate::icons;
use crate::layout::Chrome;
use crate::layout::chart::{Caption, Chart, Form};
use crate::request::Visit;
use crate::tokens::{self, Token};
use askama::Template;
use axum::response::Response;
use kiez_domain::colour::Colour;
use kiez_words::Locale;

#[derive(Template)]
#[template(path = "pages/style/page.html")]
struct StylePage {
    c: Chrome,
    colours: Vec<Swatch>,
    map_colours: Vec<Swatch>,
    pairs: Vec<Pair>,
    spaces: Vec<Space>,
    motions: Vec<(&'static str, &'static str)>,
    icons: Vec<String>,
    branch_icons: Vec<String>,
    charts: Vec<Chart>,
}

struct Swatch {
    name: &'static str,
    day: String,
    night: String,
}

/// Two tokens that lie on each other somewhere.
struct Pair {
    above: &'static str,
    below: &'static str,
    /// What the pair is for: text or a sign.
    kind: &'static str,
    day: String,
    night: String,
    day_colours: (String, String),
}

struct Space {
    name: &'static str,
    value: &'static str,
    /// Width of its bar, in hundredths of a rem.
    width: String,
}

/// Which token is printed on which, and how clearly one must be told from the other.
const PAIRS: [(&str, &str, &str); 17] = [
    ("ink", "paper", "text"),
    ("ink", "sheet", "text"),
    ("ink", "kiez-wash", "text"),
    ("ink-soft", "paper", "text"),
    ("ink-soft", "sheet", "text"),
    ("kiez", "paper", "text"),
    ("kiez", "sheet", "text"),
    ("kiez", "kiez-wash", "text"),
    ("on-kiez", "kiez", "text"),
    ("on-band", "band", "text"),
    ("map-label", "map-building", "text"),
    ("map-number", "map-building", "text"),
    ("good", "sheet", "sign"),
    ("caution", "sheet", "sign"),
    ("line", "sheet", "sign"),
    ("focus", "paper", "sign"),
    ("map-quarter", "map-ground", "sign"),
];

/// `GET /stil`
pub(crate) async fn page(visit: Visit) -> Response {
    let c = Chrome::public(&visit);
    let (map, plain): (Vec<_>, Vec<_>) =
        tokens::colours().into_iter().partition(|token| token.name.starts_with("map-"));
    let (branches, others): (Vec<_>, Vec<_>) =
        icons::names().into_iter().partition(|name| name.starts_with("branch_"));
    render(&StylePage {
        pairs: PAIRS.iter().map(|pair| measured(visit.locale, pair)).collect(),
        colours: plain.iter().map(swatch).collect(),
        map_colours: map.iter().map(swatch).collect(),
        spaces: spaces(),
        motions: ["quick", "calm"].into_iter().flat_map(tokens::beginning).collect(),
        icons: others,
        branch_icons: branches,
        charts: charts(&c),
        c,
    })
}

fn swatch(token: &Token) -> Swatch {
    Swatch { name: token.name, day: token.by_day.to_string(), night: token.by_night.to_string() }
}

fn measured(locale: Locale, (above, below, kind): &(&'static str, &'static str, &'static str)) -> Pair {
    let (one, two) = (tokens::named(above), tokens::named(below));
    let shown = |one: Colour, two| {
        let figure = format!("{:.1}", one.contrast(two));
        if locale == Locale::German { figure.replace('.', ",") } else { figure }
    };
    Pair {
        above,
        below,
        kind,
        day: shown(one.by_day, two.by_day),
        night: shown(one.by_night, two.by_night),
        day_colours: (one.by_day.to_string(), two.by_day.to_string()),
    }
}

fn spaces() -> Vec<Space> {
    let width =
        |value: &str| format!("{:.0}", value.trim_end_matches("rem").parse::<f64>().unwrap_or(0.0) * 100.0);
    let all = (1..=8).flat_map(|step| tokens::beginning(&format!("s{step}")));
    all.map(|(name, value)| Space { name, value, width: width(value) }).collect()
}

/// Sample figures: what became of a hundred needs, drawn in every form.
fn charts(c: &Chrome) -> Vec<Chart> {
    let states = [("open", 100), ("proposed", 64), ("agreed", 41), ("met", 35)];
    let rows: Vec<_> = states.iter().map(|(state, count)| (c.tt("state", state), *count)).collect();
    let forms = [("bars", Form::Bars), ("funnel", Form::Funnel), ("ladder", Form::Ladder)];
    let draw = |(id, form): (&'static str, Form)| {
        let caption = Caption {
            id,
            title: c.tt("style-chart", &id),
            description: c.t("style-chart-text"),
            columns: (c.t("field-state"), c.t("field-units")),
        };
        Chart::draw(c, form, caption, &rows)
    };
    forms.into_iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_can_be_told_apart_by_day_and_by_night() {
        for (above, below, kind) in PAIRS {
            let (one, two) = (tokens::named(above), tokens::named(below));
            let least = if kind == "text" { Colour::LEGIBLE } else { Colour::VISIBLE };
            let (day, night) = (one.by_day.contrast(two.by_day), one.by_night.contrast(two.by_night));
            assert!(
                day >= least && night >= least,
                "{above} on {below}: {day:.2} by day, {night:.2} by night"
            );
        }
    }

    #[test]
    fn contrasts_are_written_as_the_language_writes_numbers() {
        let pair = ("ink", "paper", "text");
        assert!(measured(Locale::German, &pair).day.contains(','));
        assert!(measured(Locale::English, &pair).day.contains('.'));
    }
}

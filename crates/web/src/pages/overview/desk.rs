//! The coordinator's desk: what waits, what is new, how far the streets and the businesses have come.

use crate::forms::percent_encoded;
use crate::layout::Chrome;
use crate::layout::chart::{Caption, Chart, Form};
use crate::request::Member;
use kiez_app::overview::{Act, Desk, LatelyUsed, New, PARTS, RecentView, Street, Waiting};
use kiez_domain::actor::Stage;
use kiez_words::{Args, Words, number};

/// So many streets stand in the table at once; the others are one press away.
const STREETS: usize = 10;
/// So many lines of what waits are shown of each sort.
const LINES: usize = 5;

/// Ready values of the desk.
pub(crate) struct DeskView {
    pub(crate) waiting: WaitingView,
    pub(crate) recent: Vec<RecentLine>,
    /// What came in each part of the time: its first day, then needs, offers, ideas, actors.
    pub(crate) new: Vec<(String, [String; 4])>,
    pub(crate) streets: Option<StreetsView>,
    /// Stages with how many are in them, each with the address of its list.
    pub(crate) stages: Vec<(String, String, String)>,
    pub(crate) charts: Vec<Chart>,
}

/// What waits for somebody.
pub(crate) struct WaitingView {
    pub(crate) differences: u64,
    /// Erasings that wait for a second look.
    pub(crate) erasures: u64,
    /// What has run out was not removed, because it is much.
    pub(crate) retention_stopped: bool,
    pub(crate) alone: u64,
    /// Of how many needs that is said.
    pub(crate) asked: u64,
    /// Address and text of some of them.
    pub(crate) lines: Vec<(String, String)>,
    pub(crate) returning: Vec<ReturningLine>,
    /// What came by links lately: address of the actor and a sentence.
    pub(crate) letters: Vec<(String, String)>,
    pub(crate) print: u64,
    /// Businesses that wait for the next step: address of their list, icon, and the sentence about them.
    pub(crate) businesses: Vec<(String, &'static str, String)>,
}

impl WaitingView {
    pub(crate) fn is_empty(&self) -> bool {
        let of_data = self.differences + self.erasures == 0 && !self.retention_stopped && self.print == 0;
        let of_people = self.returning.is_empty() && self.businesses.is_empty() && self.letters.is_empty();
        of_data && of_people && self.alone == 0
    }
}

/// A pair whose "not now" ends.
pub(crate) struct ReturningLine {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) who: String,
    pub(crate) until: String,
}

/// One change in words.
pub(crate) struct RecentLine {
    pub(crate) day: String,
    pub(crate) icon: &'static str,
    pub(crate) what: String,
    /// The name of one, and how many more there are.
    pub(crate) name: Option<String>,
    pub(crate) more: u64,
    pub(crate) href: Option<String>,
}

/// The streets of the survey.
pub(crate) struct StreetsView {
    pub(crate) summary: String,
    pub(crate) first: Vec<StreetLine>,
    pub(crate) others: Vec<StreetLine>,
}

/// A street with its bar: the parts of the bar are in hundredths of the longest one.
pub(crate) struct StreetLine {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) taking_part: u64,
    pub(crate) bar: Bar,
    pub(crate) seen: String,
    pub(crate) visits: String,
}

/// Where the parts of a street's bar end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) taking_part: u64,
    pub(crate) visited: u64,
    pub(crate) all: u64,
}

impl DeskView {
    pub(crate) fn new(c: &Chrome, member: &Member, desk: Desk) -> Self {
        let stage = |(stage, count): &(Stage, u64)| {
            let href = member.path(&format!("/actors?side=business&stage={stage}"));
            (href, c.tt("stage", stage), c.n(count))
        };
        Self {
            waiting: waiting(c, member, (desk.waiting, &desk.stages)),
            recent: desk.recent.into_iter().map(|change| recent(c, member, change)).collect(),
            new: new_by_part(c, &desk.new),
            stages: desk.stages.iter().map(stage).collect(),
            charts: charts(c, &desk.stages, &desk.uses),
            streets: streets(c, member, &desk.streets),
        }
    }
}

fn waiting(c: &Chrome, member: &Member, (waiting, stages): (Waiting, &[(Stage, u64)])) -> WaitingView {
    let need = |id: &dyn std::fmt::Display| member.path(&format!("/needs/{id}"));
    let returning = waiting.returning.into_iter().map(|pair| ReturningLine {
        href: need(&pair.need),
        text: pair.text,
        who: [pair.verdict.actor.map(|actor| actor.name), pair.verdict.text]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": "),
        until: pair.verdict.until.map(|day| number::day(c.locale, day)).unwrap_or_default(),
    });
    WaitingView {
        differences: waiting.differences,
        erasures: waiting.erasures,
        retention_stopped: waiting.retention_stopped,
        alone: waiting.alone.len() as u64,
        asked: waiting.asked,
        returning: returning.collect(),
        letters: waiting.letters.iter().take(LINES).map(|one| letter(c, member, one)).collect(),
        print: waiting.print,
        businesses: businesses(c, member, stages),
        lines: waiting.alone.into_iter().take(LINES).map(|one| (need(&one.id), one.text)).collect(),
    }
}

/// "02.03.2026, Bäckerei Ayşe: zurückgenommen".
fn letter(c: &Chrome, member: &Member, one: &LatelyUsed) -> (String, String) {
    let args = Args::new().with("day", number::day(c.locale, one.used.at.day()));
    let args = args.with("who", one.actor_name.clone()).with("did", c.tt("did", &one.used.did));
    let sentence = Words::of(c.locale).with("overview-letter", &args);
    (member.path(&format!("/actors/{}#links", one.actor)), sentence)
}

/// Who has shown interest waits for an answer, and who was not visited yet for a visit.
fn businesses(c: &Chrome, member: &Member, stages: &[(Stage, u64)]) -> Vec<(String, &'static str, String)> {
    let waiting = [
        (Stage::Interested, "cooperation", "overview-interested"),
        (Stage::Mapped, "visit", "overview-unvisited"),
    ];
    let line = |(stage, icon, key): (Stage, &'static str, &str)| {
        let (_, count) = stages.iter().find(|(known, _)| *known == stage)?;
        let href = member.path(&format!("/actors?side=business&stage={stage}"));
        Some((href, icon, c.count(key, count)))
    };
    waiting.into_iter().filter_map(line).collect()
}

fn recent(c: &Chrome, member: &Member, change: RecentView) -> RecentLine {
    let noun = change.noun.as_str();
    let act = match change.act {
        Act::Created => "recent-created",
        Act::Updated => "recent-updated",
        Act::Removed => "recent-removed",
    };
    let many = c.count(&format!("recent-{noun}"), &change.count);
    let what = Words::of(c.locale).with("recent-line", &Args::new().with("what", many).with("act", c.t(act)));
    let (icon, list) = match noun {
        "need" => ("need", "/needs"),
        "offer" => ("offer", "/offers"),
        "idea" => ("idea", "/ideas"),
        "premises" => ("place", "/map?show=doors"),
        "verdict" => ("suggestion", "/needs"),
        _ => ("directory", "/actors"),
    };
    let own_page = matches!(noun, "need" | "offer" | "actor") && change.name.is_some();
    let href = match change.id.filter(|_| own_page) {
        Some(id) => member.path(&format!("{list}/{id}")),
        None => member.path(list),
    };
    RecentLine {
        day: number::day(c.locale, change.at.day()),
        icon,
        what,
        more: change.count.saturating_sub(1),
        name: change.name,
        href: (change.act != Act::Removed && noun != "verdict").then_some(href),
    }
}

fn new_by_part(c: &Chrome, new: &New) -> Vec<(String, [String; 4])> {
    let row = |part: usize| {
        let counts = [new.needs[part], new.offers[part], new.ideas[part], new.actors[part]];
        (number::day(c.locale, new.begins[part]), counts.map(|count| c.n(&count)))
    };
    (0..PARTS).rev().map(row).collect()
}

fn streets(c: &Chrome, member: &Member, streets: &[Street]) -> Option<StreetsView> {
    let longest = streets.iter().map(|street| street.businesses).max()?;
    let mut lines: Vec<_> = streets.iter().map(|street| street_line(c, member, street, longest)).collect();
    let others = lines.split_off(lines.len().min(STREETS));
    Some(StreetsView { summary: summary(c, streets), first: lines, others })
}

fn summary(c: &Chrome, streets: &[Street]) -> String {
    let sum = |of: fn(&Street) -> u64| c.n(&streets.iter().map(of).sum());
    let last = streets.iter().filter_map(|street| street.seen_on).max();
    let args = Args::new()
        .with("doors", sum(|street| street.doors))
        .with("seen", sum(|street| street.seen))
        .with("businesses", sum(|street| street.businesses))
        .with("visited", sum(|street| street.visited))
        .with("part", sum(|street| street.taking_part));
    let said = Words::of(c.locale).with("overview-streets-summary", &args);
    match last {
        Some(day) => {
            format!("{said} {}", c.with("overview-streets-last", "day", &number::day(c.locale, day)))
        }
        None => said,
    }
}

fn street_line(c: &Chrome, member: &Member, street: &Street, longest: u64) -> StreetLine {
    let of = |part: &u64, all: &u64| {
        let args = Args::new().with("part", c.n(part)).with("all", c.n(all));
        Words::of(c.locale).with("overview-part-of", &args)
    };
    StreetLine {
        href: member.path(&format!("/map?show=doors&q={}", percent_encoded(&street.name))),
        name: street.name.clone(),
        taking_part: street.taking_part,
        bar: bar(street, longest),
        seen: of(&street.seen, &street.doors),
        visits: of(&street.visited, &street.businesses),
    }
}

fn bar(street: &Street, longest: u64) -> Bar {
    let hundredths = |count: u64| count.saturating_mul(100) / longest.max(1);
    // One business that takes part can be seen, however long the street.
    let taking_part = if street.taking_part > 0 { hundredths(street.taking_part).max(2) } else { 0 };
    Bar {
        taking_part,
        visited: hundredths(street.visited).max(taking_part),
        all: hundredths(street.businesses),
    }
}

fn charts(c: &Chrome, stages: &[(Stage, u64)], uses: &[(kiez_domain::premises::Use, u64)]) -> Vec<Chart> {
    let uses: Vec<_> = uses.iter().map(|(used_as, count)| (c.tt("use", used_as), *count)).collect();
    let drawn = [("overview-way", Form::Funnel, way(c, stages)), ("overview-uses", Form::Bars, uses)];
    let drawn = drawn.into_iter().filter(|(_, _, rows)| rows.iter().any(|(_, count)| *count > 0));
    let chart = |(id, form, rows): (&'static str, Form, Vec<(String, u64)>)| {
        let caption = Caption {
            id,
            title: c.t(id),
            description: c.tt(id, "text"),
            columns: (c.tt(id, "what"), c.t("overview-how-many")),
        };
        Chart::draw(c, form, caption, &rows)
    };
    drawn.map(chart).collect()
}

/// How many businesses have come at least so far. Whoever has left the Kiez is not counted.
fn way(c: &Chrome, stages: &[(Stage, u64)]) -> Vec<(String, u64)> {
    use Stage::{Declined, Dormant, Interested, Mapped, Participating, Visited};
    let steps: [(&str, &[Stage]); 4] = [
        ("overview-way-known", &[Mapped, Visited, Declined, Interested, Dormant, Participating]),
        ("overview-way-visited", &[Visited, Declined, Interested, Dormant, Participating]),
        ("overview-way-interested", &[Interested, Dormant, Participating]),
        ("overview-way-part", &[Participating]),
    ];
    let count = |of: &[Stage]| stages.iter().filter(|(stage, _)| of.contains(stage)).map(|(_, n)| n).sum();
    steps.into_iter().map(|(key, of)| (c.t(key), count(of))).collect()
}

/// A small curve of bars: where each begins from above, in a drawing of 24 units; none where nothing came.
pub(crate) fn spark(counts: &[u64; PARTS]) -> Vec<(usize, u64, u64)> {
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let height = |count: u64| if count == 0 { 1 } else { (count.saturating_mul(24) / most).max(3) };
    counts.iter().enumerate().map(|(at, count)| (at * 8, 24 - height(*count), height(*count))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_words::Locale;

    fn street(businesses: u64, visited: u64, taking_part: u64) -> Street {
        let name = "Weg".to_owned();
        Street { name, doors: 0, seen: 0, seen_on: None, businesses, visited, taking_part }
    }

    #[test]
    fn a_bar_is_as_long_as_its_street_beside_the_longest() {
        assert_eq!(bar(&street(50, 25, 10), 100), Bar { taking_part: 10, visited: 25, all: 50 });
    }

    #[test]
    fn one_that_takes_part_is_seen_on_the_longest_street() {
        assert_eq!(bar(&street(1_000, 1, 1), 1_000).taking_part, 2);
        assert_eq!(bar(&street(0, 0, 0), 0), Bar { taking_part: 0, visited: 0, all: 0 });
    }

    #[test]
    fn a_refusal_was_a_visit_and_who_has_left_is_not_counted() {
        let stages = [
            (Stage::Mapped, 4),
            (Stage::Visited, 3),
            (Stage::Declined, 2),
            (Stage::Interested, 5),
            (Stage::Participating, 1),
            (Stage::Gone, 90),
        ];
        let way = way(&Chrome::plain(Locale::German), &stages);
        assert_eq!(way.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [15, 11, 6, 1]);
    }

    #[test]
    fn a_curve_reaches_the_top_once_and_nothing_is_a_line_on_the_ground() {
        let mut counts = [0; PARTS];
        (counts[0], counts[11]) = (10, 5);
        let bars = spark(&counts);
        assert_eq!((bars[0], bars[1], bars[11]), ((0, 0, 24), (8, 23, 1), (88, 12, 12)));
        assert_eq!(spark(&[u64::MAX; PARTS]).len(), PARTS);
        assert!(spark(&[0; PARTS]).is_empty(), "a year without anything has no curve");
    }
}

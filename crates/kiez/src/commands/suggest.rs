//! `kiez suggest`: needs and offers from two files, suggestions with parts and reasons.

use super::records::{Cells, Records};
use super::{certificate, inputs};
use crate::cli::args::SuggestArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use kiez_domain::issue::Problem;
use kiez_domain::kind::KindId;
use kiez_domain::language;
use kiez_domain::position::Position;
use kiez_domain::suggestion::{Parts, Score};
use kiez_engine::whole::{CANDIDATES, Means, Wish, best_whole};
use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion, Weights};
use kiez_web::BuiltInLabels;
use kiez_words::Locale;
use kiez_words::reason::{reason, same_name};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NEED_COLUMNS: [&str; 11] = [
    "lang",
    "resource",
    "lat",
    "lon",
    "radius_m",
    "units",
    "value",
    "hours",
    "times",
    "languages",
    "institution",
];
const OFFER_COLUMNS: [&str; 11] = [
    "lang",
    "resource",
    "lat",
    "lon",
    "radius_m",
    "capacity",
    "times",
    "languages",
    "actor",
    "branch",
    "effort_min",
];
/// So many needs are answered together, on all processors, before their lines leave.
const PORTION: usize = 64;

/// Suggests offers for every need of the file.
pub(crate) fn run(args: &SuggestArgs, output: &mut Output) -> Ended {
    let locale: Locale =
        args.lang.parse().map_err(|error| Failure::usage(format!("--lang \"{}\": {error}", args.lang)))?;
    inputs::demand_one_standard_input([args.needs.as_path(), &args.offers])?;
    // Word lists become ready while the files are read; whoever needs them first waits for them.
    std::thread::spawn(Knowledge::built_in);
    let needs = Records::read(&args.needs, &["id", "text"], &NEED_COLUMNS, output)?;
    let (needs, refused_needs) = needs.parse(need, output);
    let offers = Records::read(&args.offers, &["id", "text"], &OFFER_COLUMNS, output)?;
    let (offers, refused_offers) = offers.parse(offer, output);
    let means = offers.iter().map(|offer| (offer.id.clone(), means(offer))).collect();
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    market.put_offers(offers);
    let usual = output.format_or(Format::Jsonl);
    let mut told = Told { usual, assigned: args.assign, locale, objects: Vec::new() };
    if args.assign {
        told.assign(&market, (needs, &means), args.top, output)?;
    } else {
        for (rank, found) in suggestions(&market, needs, args.top) {
            told.row(rank, &found, None, output)?;
        }
    }
    if told.usual != Format::Jsonl {
        output.objects(&told.objects, told.usual)?;
    }
    Ok(Outcome::of_refused(refused_needs + refused_offers))
}

/// Rows on their way out.
struct Told {
    usual: Format,
    /// Whether there is a choice for all needs together, so that every row has its units.
    assigned: bool,
    locale: Locale,
    objects: Vec<Value>,
}

impl Told {
    /// One suggestion; a chosen one with its units.
    fn row(
        &mut self,
        rank: usize,
        found: &Suggestion,
        units: Option<u32>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let mut object = match self.usual {
            // Lines leave at once, so that another program can begin with the first.
            Format::Jsonl => return output.line(&json_line(rank, found, units, self.locale)),
            Format::Table => short(rank, found, self.locale),
            usual => whole(rank, found, self.locale, usual),
        };
        // Under headings every row has the columns of the first, also one that was not chosen.
        let columns = matches!(self.usual, Format::Table | Format::Csv);
        if units.is_some() || (columns && self.assigned) {
            object["units"] = json!(units);
        }
        self.objects.push(object);
        Ok(())
    }

    /// All suggestions, those that are best for all needs together with their units, and the certificate.
    fn assign(
        &mut self,
        market: &Market,
        (needs, means): (Vec<Need>, &BTreeMap<String, Means>),
        top: usize,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let asked: Vec<(u32, Option<f64>)> =
            needs.iter().map(|need| (need.units, need.value.or(need.hours))).collect();
        let found = market.offers_for_texts(needs, top.max(CANDIDATES));
        let wish = |((units, value), found): ((u32, Option<f64>), &Vec<Suggestion>)| Wish {
            units,
            value: value.unwrap_or(1.0),
            institution: None,
            found: found.iter().map(|one| (one.offer.clone(), one.score)).collect(),
        };
        let wishes: Vec<Wish> = asked.into_iter().zip(&found).map(wish).collect();
        let best = best_whole(&wishes, means).map_err(|fault| Failure::failed(fault.to_string()))?;
        let chosen: BTreeMap<(usize, usize), u32> =
            best.chosen.iter().map(|chosen| ((chosen.need, chosen.found), chosen.units)).collect();
        for (number, found) in found.iter().enumerate() {
            for (at, found) in found.iter().enumerate() {
                let units = chosen.get(&(number, at)).copied();
                if at < top || units.is_some() {
                    self.row(at + 1, found, units, output)?;
                }
            }
        }
        let proof = certificate::json(&best.problem, best.proof.as_ref(), None);
        match self.usual {
            Format::Jsonl => output.line(&proof.to_string())?,
            Format::Json => self.objects.push(proof),
            Format::Table | Format::Csv => output.say(&proof.to_string()),
        }
        best.proof.map(|_| ()).map_err(|fault| Failure::failed(fault.to_string()))
    }
}

fn means(offer: &Offer) -> Means {
    Means { capacity: offer.capacity, actor: None }
}

/// The suggestions for all needs with their ranks, portion by portion.
fn suggestions(market: &Market, needs: Vec<Need>, top: usize) -> impl Iterator<Item = (usize, Suggestion)> {
    let mut needs = needs.into_iter();
    let portions = std::iter::from_fn(move || {
        let portion: Vec<Need> = needs.by_ref().take(PORTION).collect();
        (!portion.is_empty()).then(|| market.offers_for_texts(portion, top))
    });
    portions.flatten().flat_map(|found| (1..).zip(found))
}

fn need(cells: &mut Cells<'_>) -> Option<Need> {
    Some(Need {
        id: cells.text("id").to_owned(),
        text: cells.text("text").to_owned(),
        language: cells.value("lang"),
        kinds: kinds(cells),
        position: position(cells),
        radius_m: cells.count("radius_m"),
        units: cells.count("units").unwrap_or(1),
        value: cells.number("value"),
        hours: cells.number("hours"),
        times: cells.value("times"),
        languages: languages(cells),
        institution: cells.optional("institution"),
        actor_id: None,
    })
}

fn offer(cells: &mut Cells<'_>) -> Option<Offer> {
    // A branch is told by its id or in words; words say what the actor is.
    let branch = cells.text("branch").parse().ok();
    let told = if branch.is_none() { cells.optional("branch") } else { None };
    let actor: Vec<String> = [cells.optional("actor"), told].into_iter().flatten().collect();
    Some(Offer {
        id: cells.text("id").to_owned(),
        text: cells.text("text").to_owned(),
        language: cells.value("lang"),
        kinds: kinds(cells),
        position: position(cells),
        radius_m: cells.count("radius_m"),
        capacity: cells.count("capacity"),
        times: cells.value("times"),
        languages: languages(cells),
        actor: (!actor.is_empty()).then(|| actor.join(", ")),
        branch,
        effort_min: cells.count("effort_min"),
        ..Offer::default()
    })
}

fn kinds(cells: &mut Cells<'_>) -> Vec<KindId> {
    let parsed = kiez_domain::kind::parse_list(cells.text("resource")).and_then(|kinds| {
        let unknown = kinds.iter().find(|kind| Knowledge::built_in().taxonomy().find(kind).is_none());
        unknown.map_or_else(
            || Ok(kinds.clone()),
            |kind| Err(Problem::Unknown { what: format!("the kind \"{kind}\"") }),
        )
    });
    cells.take("resource", parsed).unwrap_or_default()
}

fn position(cells: &mut Cells<'_>) -> Option<Position> {
    let parsed = Position::from_texts(cells.text("lat"), cells.text("lon"));
    cells.take("lat", parsed).flatten()
}

fn languages(cells: &mut Cells<'_>) -> Vec<language::LanguageTag> {
    let parsed = language::parse_list(cells.text("languages"));
    cells.take("languages", parsed).unwrap_or_default()
}

/// One line of the contract; numbers have six decimals, so the same input gives the same bytes.
fn json_line(rank: usize, found: &Suggestion, units: Option<u32>, locale: Locale) -> String {
    let parts = named_parts(&found.parts).map(|(name, value)| format!("\"{name}\":{value:.6}")).join(",");
    let reasons = Value::from(sentences(found, locale));
    let (need, offer) = (Value::from(found.need.as_str()), Value::from(found.offer.as_str()));
    let score = found.score.value();
    let units = units.map_or_else(String::new, |units| format!(",\"units\":{units}"));
    format!(
        "{{\"need\":{need},\"rank\":{rank},\"offer\":{offer},\"score\":{score:.6},\"parts\":{{{parts}}},\"reasons\":{reasons}{units}}}"
    )
}

/// What fits a terminal.
fn short(rank: usize, found: &Suggestion, locale: Locale) -> Value {
    let (score, reasons) = (format!("{:.3}", found.score.value()), sentences(found, locale).join(" "));
    json!({ "need": found.need, "rank": rank, "offer": found.offer, "score": score, "reasons": reasons })
}

/// All that the line of the contract says; a spreadsheet gets a column for each part.
fn whole(rank: usize, found: &Suggestion, locale: Locale, format: Format) -> Value {
    let parts = named_parts(&found.parts).map(|(name, value)| (name.to_owned(), json!(six_decimals(value))));
    let mut object = serde_json::Map::new();
    object.insert("need".into(), json!(found.need));
    object.insert("rank".into(), json!(rank));
    object.insert("offer".into(), json!(found.offer));
    object.insert("score".into(), json!(six_decimals(found.score.value())));
    if format == Format::Csv {
        object.extend(parts);
        object.insert("reasons".into(), json!(sentences(found, locale).join(" ")));
    } else {
        object.insert("parts".into(), Value::Object(parts.into_iter().collect()));
        object.insert("reasons".into(), json!(sentences(found, locale)));
    }
    Value::Object(object)
}

fn six_decimals(value: f64) -> f64 {
    (value * 1_000_000.0).round() / 1_000_000.0
}

fn sentences(found: &Suggestion, locale: Locale) -> Vec<String> {
    let reasons = found.reasons.iter().map(|why| reason(locale, &BuiltInLabels, why));
    reasons.chain(same_name(locale, found.same_name)).collect()
}

/// The seven parts. Where nothing is known, evidence counts as none and circumstances as neither good nor bad.
fn named_parts(parts: &Parts) -> [(&'static str, f64); 7] {
    let evidence = |part: Option<Score>| part.map_or(0.0, Score::value);
    let circumstance = |part: Option<Score>| part.map_or(0.5, Score::value);
    [
        ("resource", evidence(parts.resource)),
        ("text", evidence(parts.text)),
        ("branch", evidence(parts.branch)),
        ("distance", circumstance(parts.distance)),
        ("time", circumstance(parts.time)),
        ("language", circumstance(parts.language)),
        ("thrift", circumstance(parts.thrift)),
    ]
}

//! `kiez assign`: the best plan for needs, offers and edges of three files, with its certificate.

use super::certificate::{self, Effort};
use super::inputs;
use crate::cli::args::AssignArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use kiez_domain::issue::{Expected, Problem as Fault};
use kiez_engine::assignment::{self, Draft, Edge, Given, NeedUnits, OfferUnits, Problem};
use kiez_import::error::{Field, Reason, Refusal};
use kiez_import::row_fault::RowFault;
use kiez_import::rows;
use kiez_import::source::{self, Source};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;

/// More units than this in one row are a slip of the pen.
const MOST_UNITS: u32 = 1_000_000;
/// Profits beyond this would not fit the sums of the method.
const MOST_PROFIT: i32 = 200_000_000;

/// Reads the three files, finds the best plan, and proves it.
pub(crate) fn run(args: &AssignArgs, output: &mut Output) -> Ended {
    inputs::demand_one_standard_input([args.needs.as_path(), &args.offers, &args.edges])?;
    let mut refused = Vec::new();
    let needs = Side::read(&args.needs, "units", 1, &mut refused)?;
    let offers = Side::read(&args.offers, "capacity", 0, &mut refused)?;
    let edges = read_edges(&args.edges, (&needs, &offers), &mut refused)?;
    refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
    let problem =
        Problem::new(draft(&needs, &offers, edges)).map_err(|fault| Failure::failed(fault.to_string()))?;
    let (plan, effort) = Effort::of(|| assignment::solve(&problem));
    let proof = assignment::certify(&problem, &plan);
    let row =
        |given: &Given| vec![json!(needs.id(given.need)), json!(offers.id(given.offer)), json!(given.units)];
    let rows: Vec<_> = plan.given.iter().map(row).collect();
    output.rows(&["need", "offer", "units"], &rows, Format::Csv)?;
    let told = certificate::json(&problem, proof.as_ref(), args.timing.then_some(&effort));
    match &args.certificate {
        Some(path) => certificate::write(path, &told)?,
        None if args.timing => output.say(&told.to_string()),
        None => {}
    }
    proof.map_err(|fault| Failure::failed(fault.to_string()))?;
    Ok(Outcome::of_refused(refused.len()))
}

/// Needs or offers: their ids, and how many units each.
struct Side {
    ids: Vec<String>,
    numbers: HashMap<String, (u32, u64)>,
    units: Vec<u32>,
}

impl Side {
    fn read(
        path: &Path,
        column: &'static str,
        least: u32,
        refused: &mut Vec<Refusal>,
    ) -> Result<Self, Failure> {
        let mut side = Self { ids: Vec::new(), numbers: HashMap::new(), units: Vec::new() };
        let found = rows::each(&source::load(path)?, ["id", column], |line, [id, units]| {
            let units = kiez_domain::limits::parse_count(units, least, MOST_UNITS);
            let units =
                units.and_then(|units| units.ok_or(Fault::Missing)).map_err(|fault| (1, fault.into()))?;
            side.push(id, line, units).map_err(|reason| (0, reason))
        })?;
        refused.extend(found);
        Ok(side)
    }

    fn push(&mut self, id: &str, line: u64, units: u32) -> Result<(), Reason> {
        if id.is_empty() {
            return Err(Fault::Missing.into());
        }
        if let Some((_, first_line)) = self.numbers.get(id) {
            return Err(RowFault::DuplicateId { id: id.to_owned(), first_line: *first_line }.into());
        }
        let number = u32::try_from(self.ids.len()).map_err(|_| Reason::from(Fault::Missing))?;
        self.numbers.insert(id.to_owned(), (number, line));
        self.ids.push(id.to_owned());
        self.units.push(units);
        Ok(())
    }

    fn id(&self, number: u32) -> &str {
        &self.ids[number as usize]
    }

    fn number(&self, id: &str, what: &str) -> Result<u32, Reason> {
        let unknown =
            || Fault::Unknown { what: format!("{what} \"{id}\", which must stand in its own file") };
        self.numbers.get(id).map(|(number, _)| *number).ok_or_else(|| unknown().into())
    }
}

/// An edge as it stands in the file.
struct Told {
    need: u32,
    offer: u32,
    profit: i32,
    line: u64,
}

fn read_edges(
    path: &Path,
    (needs, offers): (&Side, &Side),
    refused: &mut Vec<Refusal>,
) -> Result<Vec<Told>, Failure> {
    let file: Source = source::load(path)?;
    let mut edges = Vec::new();
    let found = rows::each(&file, ["need", "offer", "profit"], |line, [need, offer, profit]| {
        let need = needs.number(need, "the need").map_err(|reason| (0, reason))?;
        let offer = offers.number(offer, "the offer").map_err(|reason| (1, reason))?;
        let profit = parse_profit(profit).map_err(|fault| (2, fault.into()))?;
        edges.push(Told { need, offer, profit, line });
        Ok(())
    })?;
    refused.extend(found);
    edges.sort_unstable_by_key(|edge| (edge.need, edge.offer, edge.line));
    edges.dedup_by(|later, first| {
        let same = (later.need, later.offer) == (first.need, first.offer);
        if same {
            let id = format!("{}, {}", needs.id(later.need), offers.id(later.offer));
            let fault = RowFault::DuplicateId { id, first_line: first.line };
            refused.push(Refusal::new(file.name(), later.line, Field::Heading("need"), fault));
        }
        same
    });
    Ok(edges)
}

fn parse_profit(text: &str) -> Result<i32, Fault> {
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let profit: i64 = text.parse().map_err(|_| Fault::unreadable(text, Expected::WholeNumber))?;
    let fits = i32::try_from(profit).ok().filter(|profit| (-MOST_PROFIT..=MOST_PROFIT).contains(profit));
    fits.ok_or_else(|| Fault::OutOfRange {
        given: text.to_owned(),
        least: (-MOST_PROFIT).to_string(),
        most: MOST_PROFIT.to_string(),
    })
}

fn draft(needs: &Side, offers: &Side, edges: Vec<Told>) -> Draft {
    let edge = |Told { need, offer, profit, .. }| {
        let most = needs.units[need as usize].min(offers.units[offer as usize]).max(1);
        Edge { need, offer, profit, most }
    };
    Draft {
        needs: needs.units.iter().map(|units| NeedUnits { units: *units, institution: None }).collect(),
        offers: offers.units.iter().map(|capacity| OfferUnits { capacity: *capacity, actor: None }).collect(),
        edges: edges.into_iter().map(edge).collect(),
        ..Draft::default()
    }
}

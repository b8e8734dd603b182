//! The one desk at which rows of files are compared with what is stored, whatever the noun.
//!
//! What differs between nouns stands at [`Noun`] and in the file of each: how a row of a file becomes the type of
//! the field, and under which keys it is known.

use super::Run;
use super::noun::Noun;
use super::plan::{self, Fields, Known, Plan};
use super::report::{FileReport, ListedDifference};
use super::rows::json;
use crate::error::AppError;
use kiez_domain::actor::NewActor;
use kiez_domain::id::DifferenceId;
use kiez_import::reading::{Candidate, Reading};
use kiez_store::conn::{Conn, Tx};
use kiez_store::difference::{self, Difference};
use kiez_store::error::StoreError;
use kiez_store::import::Incoming;
use kiez_store::import_changed::{ChangedRow, KnownRow, Memory};
use kiez_store::provenance::{self, Provenance};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The keys under which a file's row may be known.
pub(super) struct Keys {
    /// The key under which it is found again: its id and the name of the file, else its words.
    pub(super) source: String,
    /// Weaker keys, the strongest first: its id alone, its name and address.
    pub(super) others: Vec<String>,
    /// Words for which the noun has no field: they are remembered beside the others, and change nothing.
    pub(super) aside: Fields,
}

/// A stored row that a source told of and tells of no more.
pub(super) struct Missed<Id> {
    /// Its key there.
    pub(super) key: String,
    /// Where it stands among the known rows.
    pub(super) at: usize,
    id: Id,
    version: i64,
    /// What the source said last.
    pub(super) said: Fields,
}

/// What the desk found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met<Id> {
    /// An earlier row of this call was the same one, or nothing is to be done.
    Nothing,
    /// It is there, and the file says something new about it.
    Known(Id),
    /// It was not there.
    New(Id),
}

/// What is to be written of one noun.
pub(super) struct Work<T: Noun> {
    new: Vec<Incoming<T::Id, T>>,
    changed: Vec<ChangedRow<T::Id, T>>,
    differences: Vec<Difference>,
    /// What further files said about the same rows.
    heard: Vec<Provenance>,
}

impl<T: Noun> Work<T> {
    /// Writes it.
    pub(super) async fn write(&self, run: &Run<'_>, tx: &mut Tx) -> Result<(), AppError> {
        let Run { permit, id, now, .. } = run;
        T::insert(tx, permit, *id, &self.new, *now).await?;
        T::change(tx, permit, *id, &self.changed, *now).await?;
        provenance::put(tx, permit, T::NAME, &self.heard).await?;
        Ok(difference::add(tx, permit, &self.differences, *now).await?)
    }
}

/// Everything of one noun that is stored, by every key, and what is to be written.
pub(super) struct Desk<'a, T: Noun> {
    run: &'a Run<'a>,
    pub(super) known: Vec<KnownRow<T::Id, T>>,
    keys: HashMap<String, Place>,
    /// What the first source said about a row, for rows that came from files.
    told: HashMap<usize, Arc<Fields>>,
    /// Keys that earlier rows of this call had, and the rows that those became.
    seen: HashMap<String, Option<T::Id>>,
    /// Stored rows that an earlier row of this call was compared with.
    met: HashSet<usize>,
    work: Work<T>,
}

/// Where a key leads, and what the file said about it last; nothing when a person entered it.
#[derive(Clone)]
struct Place {
    at: usize,
    said: Option<Arc<Fields>>,
}

impl<'a, T: Noun> Desk<'a, T> {
    /// A desk with everything that is stored and what files said about it.
    pub(super) async fn open(run: &'a Run<'a>, conn: &mut Conn) -> Result<Self, AppError> {
        let known = T::known(conn, run.project).await?;
        let origins = provenance::list(conn, run.project, T::NAME).await?;
        let by_id: HashMap<String, usize> =
            known.iter().enumerate().map(|(at, row)| (row.id.to_string(), at)).collect();
        let mut keys = HashMap::with_capacity(origins.len() * 2);
        let mut told = HashMap::new();
        for origin in origins {
            let Some(at) = by_id.get(&origin.row_id).copied() else { continue };
            let fields = Arc::new(said(&origin)?);
            told.entry(at).or_insert_with(|| Arc::clone(&fields));
            let place = Place { at, said: Some(fields) };
            if let Some(anywhere) = in_any_list::<T>(&origin.source_key) {
                keys.insert(anywhere.to_owned(), place.clone());
            }
            keys.insert(origin.source_key, place);
        }
        let work = Work { new: Vec::new(), changed: Vec::new(), differences: Vec::new(), heard: Vec::new() };
        Ok(Self { run, known, keys, told, seen: HashMap::new(), met: HashSet::new(), work })
    }

    /// Which stored rows came from files.
    pub(super) fn imported(&self) -> HashSet<usize> {
        self.told.keys().copied().collect()
    }

    /// Lets a row that a person entered be found under a key.
    pub(super) fn also(&mut self, key: String, at: usize) {
        self.keys.entry(key).or_insert(Place { at, said: None });
    }

    /// Lets a row that a file told of be found under a further key.
    pub(super) fn also_told(&mut self, key: String, at: usize) {
        let Some(said) = self.told.get(&at).cloned() else { return };
        self.keys.entry(key).or_insert(Place { at, said: Some(said) });
    }

    /// Whether a key leads to what a person entered.
    pub(super) fn is_by_hand(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|place| place.said.is_none())
    }

    /// What is stored under these keys.
    pub(super) fn stored(&self, keys: &Keys) -> Option<&T> {
        self.find(keys).map(|place| &self.known[place.at].data)
    }

    /// What is stored under one key.
    pub(super) fn stored_at(&self, key: &str) -> Option<&T> {
        self.keys.get(key).map(|place| &self.known[place.at].data)
    }

    /// Rows that a source with this name told of earlier and that this call did not meet, by their ids there.
    pub(super) fn not_met(&self, source: &str) -> Vec<Missed<T::Id>> {
        let missed = |(key, place): (&String, &Place)| {
            let once = key.strip_suffix(source)?.strip_suffix('#')?;
            let said =
                place.said.as_deref().filter(|_| once.starts_with("id:") && !self.seen.contains_key(once))?;
            let said = said.clone();
            let KnownRow { id, version, .. } = self.known[place.at];
            Some(Missed { key: key.clone(), at: place.at, id, version, said })
        };
        let mut all: Vec<_> = self.keys.iter().filter_map(missed).collect();
        all.sort_by(|a, b| a.key.cmp(&b.key));
        all
    }

    /// Lists a missing row for somebody to look at, and remembers that it is listed.
    pub(super) fn ask_after(
        &mut self,
        missed: Missed<T::Id>,
        (field, ours): (&str, &str),
    ) -> Result<(), AppError> {
        let Missed { key: source_key, at, id, version, mut said } = missed;
        let said_before = Some(json(&said)?);
        said.insert(field.to_owned(), self.run.now.to_string());
        let plan = Plan {
            differences: vec![plan::Disagreement {
                field: field.to_owned(),
                ours: ours.to_owned(),
                theirs: String::new(),
            }],
            ..Plan::default()
        };
        self.list(&id, plan)?;
        let memory = Some(Memory { source_key, said: json(&said)?, said_before });
        let data = self.known[at].data.clone();
        self.work.changed.push(ChangedRow { id, version, data, earlier: None, memory });
        Ok(())
    }

    /// How many rows keep their values and are only remembered otherwise.
    pub(super) fn silent_changes(&self) -> usize {
        self.work.changed.iter().filter(|row| row.earlier.is_none()).count() + self.work.heard.len()
    }

    /// What files said last about what is stored under these keys.
    pub(super) fn said(&self, keys: &Keys) -> Option<&Fields> {
        self.find(keys).and_then(|place| place.said.as_deref())
    }

    /// Compares a row with what is stored; nothing is counted when it is refused.
    pub(super) fn row(
        &mut self,
        keys: Keys,
        data: T,
        report: &mut FileReport,
    ) -> Result<Met<T::Id>, AppError> {
        // The id alone is the same thing in every file of the call, and so are name and address where there is none.
        let once = in_any_list::<T>(&keys.source).unwrap_or(&keys.source).to_owned();
        if let Some(first) = self.seen.get(&once).copied() {
            report.figures.unchanged += 1;
            self.hear(first, keys, &data)?;
            return Ok(Met::Nothing);
        }
        let known = self.find(&keys).map(|place| self.known[place.at].id);
        let met = self.meet(keys, data, report)?;
        self.seen.insert(once, if let Met::New(id) = met { Some(id) } else { known });
        Ok(met)
    }

    fn meet(&mut self, keys: Keys, data: T, report: &mut FileReport) -> Result<Met<T::Id>, AppError> {
        match self.find(&keys).cloned() {
            None => self.add(keys, data, report),
            Some(place) if self.met.insert(place.at) => self.known(place, (keys, &data), report),
            // One row under two keys: the first of them counts.
            Some(Place { said: Some(_), .. }) => {
                report.figures.unchanged += 1;
                Ok(Met::Nothing)
            }
            // What a person entered is one thing: a second row of its name and address is another.
            Some(_) => self.add(keys, data, report),
        }
    }

    /// What is to be written.
    pub(super) fn close(self) -> Work<T> {
        self.work
    }

    /// Remembers what a second file says about a row that the first one brought: files in another order are the same
    /// files.
    fn hear(&mut self, first: Option<T::Id>, keys: Keys, data: &T) -> Result<(), AppError> {
        let Some(id) = first.filter(|_| !self.keys.contains_key(&keys.source)) else { return Ok(()) };
        let imported = json(&heard(data, keys.aside))?;
        self.work.heard.push(Provenance { source_key: keys.source, row_id: id.to_string(), imported });
        Ok(())
    }

    fn find(&self, keys: &Keys) -> Option<&Place> {
        std::iter::once(&keys.source).chain(&keys.others).find_map(|key| self.keys.get(key))
    }

    fn known(
        &mut self,
        Place { at, said }: Place,
        (keys, data): (Keys, &T),
        report: &mut FileReport,
    ) -> Result<Met<T::Id>, AppError> {
        let (before, incoming) = (self.known[at].data.fields(), heard(data, keys.aside));
        let said_before = said.as_deref().map(json).transpose()?;
        let known = Known { current: before.clone(), imported: said.as_deref().cloned() };
        let plan = match self.keys.contains_key(&keys.source) {
            true => plan::plan(&incoming, &known),
            false => plan::plan_of_another_source(&incoming, &known),
        };
        let KnownRow { id, version, ref data } = self.known[at];
        if plan.is_nothing() {
            report.figures.unchanged += 1;
            return Ok(Met::Nothing);
        }
        let (changes, after) = changed(&plan, &before, data)?;
        let listed = plan.differences.iter().map(|found| ListedDifference {
            id: id.to_string(),
            name: data.called(),
            field: found.field.clone(),
            ours: found.ours.clone(),
            theirs: found.theirs.clone(),
        });
        report.differs(listed);
        report.figures.unchanged += usize::from(!changes);
        report.figures.changed += usize::from(changes);
        self.list(&id, plan)?;
        let source_key = keys.source;
        let memory = Some(Memory { source_key, said: json(&incoming)?, said_before });
        let earlier = changes.then(|| json(&before)).transpose()?;
        self.work.changed.push(ChangedRow { id, version, data: after, earlier, memory });
        Ok(Met::Known(id))
    }

    fn list(&mut self, id: &T::Id, plan: Plan) -> Result<(), AppError> {
        for found in plan.differences {
            self.work.differences.push(Difference {
                id: self.run.ctx.id(DifferenceId::new)?,
                noun: T::NAME.to_owned(),
                row_id: id.to_string(),
                field: found.field,
                ours: found.ours,
                theirs: found.theirs,
                import: self.run.id,
            });
        }
        Ok(())
    }

    fn add(
        &mut self,
        Keys { source: source_key, aside, .. }: Keys,
        data: T,
        report: &mut FileReport,
    ) -> Result<Met<T::Id>, AppError> {
        let id = self.run.ctx.id(T::ID)?;
        let imported = json(&heard(&data, aside))?;
        report.figures.new += 1;
        self.work.new.push(Incoming { id, data, source_key, imported });
        Ok(Met::New(id))
    }
}

/// The key of an actor without the name of its list: its id alone, or its name and address alone. Only actors are known
/// by lists; in the key of another noun the sign belongs to its id or its words.
fn in_any_list<T: Noun>(source_key: &str) -> Option<&str> {
    source_key.rsplit_once('#').map(|(alone, _)| alone).filter(|_| T::NAME == NewActor::NAME)
}

/// What a file said about a row last. What cannot be read is no silence: the file would seem to say everything anew.
fn said(origin: &Provenance) -> Result<Fields, AppError> {
    let corrupt = |_| StoreError::Corrupt { table: "provenance".to_owned(), column: "imported".to_owned() };
    Ok(serde_json::from_str(&origin.imported).map_err(corrupt)?)
}

/// What a file says about a row: its fields, and what is remembered beside them.
fn heard<T: Noun>(data: &T, aside: Fields) -> Fields {
    let mut heard = data.fields();
    heard.extend(aside);
    heard
}

/// Whether values change, and what the row is then.
fn changed<T: Noun>(plan: &Plan, before: &Fields, data: &T) -> Result<(bool, T), AppError> {
    if plan.changes.is_empty() {
        return Ok((false, data.clone()));
    }
    let mut after = before.clone();
    after.extend(plan.changes.clone());
    Ok((true, T::of_fields(&after)?))
}

/// Hands every row of every file to `take`; a row that does not fit is left out with every issue it has.
///
/// A browser may send a hundred thousand rows: now and then whoever else waits for this thread comes first.
pub(super) async fn each_row<R>(
    run: &Run<'_>,
    readings: Vec<Reading<R>>,
    mut take: impl FnMut(R, &mut FileReport) -> Result<(), AppError>,
) -> Result<Vec<FileReport>, AppError> {
    let of = readings.iter().map(|reading| reading.candidates.len()).sum();
    let (mut done, mut reports) = (0, Vec::with_capacity(readings.len()));
    for reading in readings {
        let (mut report, candidates) = FileReport::begin(reading);
        for Candidate { line, row } in candidates {
            match take(row, &mut report) {
                Ok(()) => {}
                Err(AppError::Invalid(issues)) => report.refuse(line, issues),
                Err(error) => return Err(error),
            }
            done += 1;
            if run.watch.compared(done, of) {
                tokio::task::yield_now().await;
            }
        }
        report.say_places();
        reports.push(report);
    }
    Ok(reports)
}

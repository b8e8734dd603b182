//! `kiez-peer-tantivy INSTANCE RUNS`: the best 32 offers for each need by tantivy, in memory, on one thread.
//!
//! The same hard limits as ours: a square of cells around the need first, then the exact way, hours, languages and what
//! is left to give. Kinds are terms weighted by nearness, texts are compared by BM25 after German stems. Only offers of a
//! near kind are asked for, which is less work than ours, where a word in common is enough. Prints needs a second of
//! processor time for each run.

mod best;
mod record;

use record::Record;
use std::error::Error;
use std::hint::black_box;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// Where everything stands in an offer's document.
#[derive(Clone, Copy)]
struct Fields {
    text: Field,
    kind: Field,
    cell: Field,
    lat: Field,
    lon: Field,
    /// Way, three words of hours, languages, capacity.
    facts: [Field; 6],
}

const FACTS: [&str; 6] = ["radius", "hours_0", "hours_1", "hours_2", "languages", "capacity"];
const TOKENIZER: &str = "german";
/// Words of the made-up texts that tell nothing.
const SMALL_WORDS: &str = "wir uns unser unsere unserem für den die das der dem im in am zum zur mit auch etwas wer hat \
    einmal gern nach aus und oder vor kann ein eine bei von";

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(path), Some(runs)) = (words.next(), words.next()) else {
        return Err("kiez-peer-tantivy INSTANCE RUNS".into());
    };
    let runs: usize = runs.parse()?;
    let (needs, offers) = record::read(&path)?;
    let (mut german, fields, index) = index(&offers)?;
    let searcher = index.reader()?.searcher();
    let bytes = searcher.space_usage()?.total().get_bytes() as f64 / offers.len() as f64;
    let mut found = 0;
    for _ in 0..runs {
        let begin = cpu_seconds();
        found = 0;
        for need in &needs {
            found += black_box(search(&searcher, fields, &mut german, need)?).len();
        }
        println!("{}", needs.len() as f64 / (cpu_seconds() - begin));
    }
    println!("tantivy: {} needs have {found} offers; {bytes:.0} bytes an offer", needs.len());
    Ok(())
}

fn index(offers: &[Record]) -> Result<(TextAnalyzer, Fields, Index), Box<dyn Error>> {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqs);
    let fields = Fields {
        text: schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing)),
        kind: schema.add_u64_field("kind", INDEXED),
        cell: schema.add_u64_field("cell", INDEXED),
        lat: schema.add_f64_field("lat", FAST),
        lon: schema.add_f64_field("lon", FAST),
        facts: FACTS.map(|name| schema.add_u64_field(name, FAST)),
    };
    let index = Index::create_in_ram(schema.build());
    let german = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(StopWordFilter::remove(SMALL_WORDS.split(' ').map(str::to_owned)))
        .filter(Stemmer::new(Language::German))
        .build();
    index.tokenizers().register(TOKENIZER, german.clone());
    let mut writer = index.writer_with_num_threads(1, 500_000_000)?;
    for offer in offers {
        let mut document = TantivyDocument::default();
        document.add_text(fields.text, &offer.text);
        offer.kinds.iter().for_each(|(kind, _)| document.add_u64(fields.kind, *kind));
        document.add_u64(fields.cell, record::cell(offer.lat, offer.lon));
        document.add_f64(fields.lat, offer.lat);
        document.add_f64(fields.lon, offer.lon);
        let [first, second, third] = offer.hours;
        let facts = [offer.radius, first, second, third, offer.languages, offer.capacity];
        fields.facts.iter().zip(facts).for_each(|(field, fact)| document.add_u64(*field, fact));
        writer.add_document(document)?;
    }
    writer.commit()?;
    // One segment: the fastest that it can be.
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok((german, fields, index))
}

fn search(
    searcher: &Searcher,
    fields: Fields,
    german: &mut TextAnalyzer,
    need: &Record,
) -> tantivy::Result<Vec<(f64, u32)>> {
    let term = |term: Term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    let kinds = need.kinds.iter().map(|(kind, worth)| -> (Occur, Box<dyn Query>) {
        let kind = term(Term::from_field_u64(fields.kind, *kind));
        (Occur::Should, Box::new(ConstScoreQuery::new(kind, *worth)))
    });
    let cells = record::cells(need).into_iter().map(|cell| term(Term::from_field_u64(fields.cell, cell)));
    let mut parts: Vec<(Occur, Box<dyn Query>)> = vec![
        (Occur::Must, Box::new(BooleanQuery::new(kinds.collect()))),
        (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(cells.collect())), 0.0))),
    ];
    let mut words = german.token_stream(&need.text);
    while words.advance() {
        let word = Term::from_field_text(fields.text, &words.token().text);
        let word = Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs));
        parts.push((Occur::Should, Box::new(BoostQuery::new(word, 0.05))));
    }
    searcher.search(&BooleanQuery::new(parts), &best::Best { need: need.clone() })
}

fn cpu_seconds() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}

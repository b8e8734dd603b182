//! Keeps the best of those that no limit forbids.

use crate::FACTS;
use crate::record::{self, Record};
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

const TOP: usize = 32;

pub(crate) struct Best {
    pub(crate) need: Record,
}

pub(crate) struct BestOfSegment {
    need: Record,
    lat: Arc<dyn ColumnValues<f64>>,
    lon: Arc<dyn ColumnValues<f64>>,
    facts: [Arc<dyn ColumnValues<u64>>; 6],
    /// The best first.
    found: Vec<(f64, DocId)>,
}

impl Collector for Best {
    type Fruit = Vec<(f64, DocId)>;
    type Child = BestOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        let fast = segment.fast_fields();
        let fact = |name| fast.u64(name).map(|column| column.first_or_default_col(0));
        let [radius, first, second, third, languages, capacity] = FACTS.map(fact);
        Ok(BestOfSegment {
            need: self.need.clone(),
            lat: fast.f64("lat")?.first_or_default_col(0.0),
            lon: fast.f64("lon")?.first_or_default_col(0.0),
            facts: [radius?, first?, second?, third?, languages?, capacity?],
            found: Vec::with_capacity(TOP + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(f64, DocId)>>) -> tantivy::Result<Vec<(f64, DocId)>> {
        let mut all = fruits.concat();
        all.sort_by(|one, other| other.0.total_cmp(&one.0));
        all.truncate(TOP);
        Ok(all)
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Vec<(f64, DocId)>;

    fn collect(&mut self, document: DocId, score: Score) {
        let need = &self.need;
        let fact = |place: usize| self.facts[place].get_val(document);
        let shared: u32 =
            need.hours.iter().zip(1..).map(|(hours, place)| (hours & fact(place)).count_ones()).sum();
        if shared == 0 || need.languages & fact(4) == 0 || fact(5) == 0 {
            return;
        }
        let place = (self.lat.get_val(document), self.lon.get_val(document));
        let walk = record::walk((need.lat, need.lon), place);
        if walk > need.radius.min(fact(0)) as f64 {
            return;
        }
        let score = f64::from(score) + 0.5 * (-walk / 1_000.0).exp() + 0.2 * f64::from(shared.min(4)) / 4.0;
        if self.found.len() == TOP && self.found[TOP - 1].0 >= score {
            return;
        }
        let place = self.found.partition_point(|known| known.0 >= score);
        self.found.insert(place, (score, document));
        self.found.truncate(TOP);
    }

    fn harvest(self) -> Vec<(f64, DocId)> {
        self.found
    }
}

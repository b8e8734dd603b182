//! Small maps in the format of OpenStreetMap, written for tests, true ones and lying ones.
//!
//! Source: <https://wiki.openstreetmap.org/wiki/PBF_Format>. It shares no code with the reader.

/// Tags as they stand in a test.
pub type Tags<'a> = &'a [(&'a str, &'a str)];

#[derive(Debug, Clone)]
struct Node {
    id: i64,
    /// In ten-millionths of a degree.
    lat: i64,
    lon: i64,
    /// Keys and values by their place among the texts.
    tags: Vec<(u64, u64)>,
}

/// A map that grows element by element.
#[derive(Debug, Default, Clone)]
pub struct Map {
    texts: Vec<String>,
    nodes: Vec<Node>,
    ways: Vec<Vec<u8>>,
    relations: Vec<Vec<u8>>,
    /// What the file says it covers, as a field of its head.
    covered: Vec<u8>,
}

impl Map {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        // The first text is empty: nought ends the tags of a node.
        Self { texts: vec![String::new()], ..Self::default() }
    }

    /// Adds a node.
    #[must_use]
    pub fn node(mut self, id: i64, (lat, lon): (f64, f64), tags: Tags<'_>) -> Self {
        let tags = tags.iter().map(|(key, value)| (self.text(key), self.text(value))).collect();
        let ten_millionths = |degrees: f64| (degrees * 1e7).round() as i64;
        self.nodes.push(Node { id, lat: ten_millionths(lat), lon: ten_millionths(lon), tags });
        self
    }

    /// Adds a way along nodes.
    #[must_use]
    pub fn way(mut self, id: i64, nodes: &[i64], tags: Tags<'_>) -> Self {
        let mut way = number(1, id as u64);
        way.extend(self.tags(tags));
        way.extend(bytes(8, &differences(nodes)));
        self.ways.push(way);
        self
    }

    /// Adds a relation of ways, each with its role.
    #[must_use]
    pub fn relation(mut self, id: i64, members: &[(i64, &str)], tags: Tags<'_>) -> Self {
        let mut relation = number(1, id as u64);
        relation.extend(self.tags(tags));
        let roles: Vec<u64> = members.iter().map(|(_, role)| self.text(role)).collect();
        relation.extend(bytes(8, &packed(&roles)));
        let ids: Vec<i64> = members.iter().map(|(id, _)| *id).collect();
        relation.extend(bytes(9, &differences(&ids)));
        relation.extend(bytes(10, &packed(&vec![1; members.len()])));
        self.relations.push(relation);
        self
    }

    /// A closed square building or area of four nodes `first`, `first + 1` …, `size` degrees wide.
    #[must_use]
    pub fn square(self, first: i64, (south, west): (f64, f64), size: f64, tags: Tags<'_>) -> Self {
        let corners = [(0.0, 0.0), (0.0, size), (size, size), (size, 0.0)];
        let with_corners = (first..)
            .zip(corners)
            .fold(self, |map, (id, (north, east))| map.node(id, (south + north, west + east), &[]));
        with_corners.way(first, &[first, first + 1, first + 2, first + 3, first], tags)
    }

    /// Lets the file say that it covers a box, from its south west to its north east.
    #[must_use]
    pub fn covering(mut self, (south, west): (f64, f64), (north, east): (f64, f64)) -> Self {
        let edges = [(1, west), (2, east), (3, north), (4, south)];
        let edges = edges.iter().flat_map(|(field, degrees)| number(*field, zigzag((degrees * 1e9) as i64)));
        self.covered = bytes(1, &edges.collect::<Vec<u8>>());
        self
    }

    /// The whole file.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        let demands = demands(&["OsmSchema-V0.6", "DenseNodes"]);
        let head = part("OSMHeader", &blob(&[&self.covered[..], &demands].concat()));
        [head, part("OSMData", &blob(&self.block()))].concat()
    }

    /// The content of its data part.
    #[must_use]
    pub fn block(&self) -> Vec<u8> {
        let mut block = bytes(1, &texts(&self.texts));
        block.extend(bytes(2, &bytes(2, &self.dense())));
        let ways: Vec<u8> = self.ways.iter().flat_map(|way| bytes(3, way)).collect();
        block.extend(bytes(2, &ways));
        let relations: Vec<u8> = self.relations.iter().flat_map(|relation| bytes(4, relation)).collect();
        block.extend(bytes(2, &relations));
        block
    }

    fn dense(&self) -> Vec<u8> {
        let column = |value: fn(&Node) -> i64| differences(&self.nodes.iter().map(value).collect::<Vec<_>>());
        let tags = self.nodes.iter().flat_map(|node| {
            let pairs = node.tags.iter().flat_map(|(key, value)| [*key, *value]);
            pairs.chain([0]).collect::<Vec<_>>()
        });
        let tags: Vec<u64> = tags.collect();
        let columns = [
            (1, column(|node| node.id)),
            (8, column(|node| node.lat)),
            (9, column(|node| node.lon)),
            (10, packed(&tags)),
        ];
        columns.iter().flat_map(|(field, column)| bytes(*field, column)).collect()
    }

    fn tags(&mut self, tags: Tags<'_>) -> Vec<u8> {
        let keys: Vec<u64> = tags.iter().map(|(key, _)| self.text(key)).collect();
        let values: Vec<u64> = tags.iter().map(|(_, value)| self.text(value)).collect();
        [bytes(2, &packed(&keys)), bytes(3, &packed(&values))].concat()
    }

    fn text(&mut self, text: &str) -> u64 {
        let known = self.texts.iter().position(|known| known == text && !text.is_empty());
        let at = known.unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        at as u64
    }
}

/// The head part of a file that demands some features.
#[must_use]
pub fn head(features: &[&str]) -> Vec<u8> {
    part("OSMHeader", &blob(&demands(features)))
}

fn demands(features: &[&str]) -> Vec<u8> {
    features.iter().flat_map(|feature| bytes(4, feature.as_bytes())).collect()
}

/// A part of a file: its length, its kind, and a blob.
#[must_use]
pub fn part(kind: &str, blob: &[u8]) -> Vec<u8> {
    let head = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [&(head.len() as u32).to_be_bytes()[..], &head, blob].concat()
}

/// A blob that holds its content unpacked.
#[must_use]
pub fn blob(content: &[u8]) -> Vec<u8> {
    [bytes(1, content), number(2, content.len() as u64)].concat()
}

/// A table of texts.
#[must_use]
pub fn texts(texts: &[String]) -> Vec<u8> {
    texts.iter().flat_map(|text| bytes(1, text.as_bytes())).collect()
}

/// A field with a number.
#[must_use]
pub fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// A field with bytes.
#[must_use]
pub fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [&varint(field << 3 | 2)[..], &varint(value.len() as u64), value].concat()
}

/// Numbers one behind the other.
#[must_use]
pub fn packed(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| varint(*number)).collect()
}

/// The differences between neighbours, signed, packed.
#[must_use]
pub fn differences(numbers: &[i64]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(numbers);
    let signed = numbers.iter().zip(before).map(|(now, before)| now.wrapping_sub(*before));
    packed(&signed.map(zigzag).collect::<Vec<_>>())
}

/// A signed number as a small unsigned one: 0, -1, 1, -2 …
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

//! The content of a data part: a table of texts, and nodes, ways and relations that point into it.

use super::wire::{Damage, Fields, Packed, Value, zigzag};

/// Most texts of a block; map programs write at most some ten thousand.
const TEXT_LIMIT: usize = 1_000_000;

/// What is in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Node,
    Way,
    Relation,
}

/// A place in ten-millionths of a degree, the precision of OpenStreetMap: eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) lat: i32,
    pub(super) lon: i32,
}

/// The tags of an element, in the order of the file.
pub(super) type Tags<'a> = Vec<(&'a str, &'a str)>;

/// One element.
#[derive(Debug)]
pub(super) enum Element<'a> {
    Node { id: i64, place: Place, tags: Tags<'a> },
    Way { id: i64, nodes: Vec<i64>, tags: Tags<'a> },
    Relation { id: i64, members: Vec<Member<'a>>, tags: Tags<'a> },
}

/// What a relation is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member<'a> {
    pub(super) kind: Kind,
    pub(super) id: i64,
    pub(super) role: &'a str,
}

/// Calls `visit` with every element of the wanted kinds.
pub(super) fn each<E: From<Damage>>(
    content: &[u8],
    wanted: &[Kind],
    mut visit: impl FnMut(Element<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let block = Block::read(content)?;
    for field in Fields::of(content) {
        let (2, Value::Bytes(group)) = field? else { continue };
        for field in Fields::of(group) {
            match field? {
                (1, Value::Bytes(node)) if wanted.contains(&Kind::Node) => visit(block.node(node)?)?,
                (2, Value::Bytes(nodes)) if wanted.contains(&Kind::Node) => {
                    block.dense(nodes, &mut visit)?;
                }
                (3, Value::Bytes(way)) if wanted.contains(&Kind::Way) => visit(block.way(way)?)?,
                (4, Value::Bytes(relation)) if wanted.contains(&Kind::Relation) => {
                    visit(block.relation(relation)?)?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

struct Block<'a> {
    texts: Vec<&'a [u8]>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl<'a> Block<'a> {
    fn read(content: &'a [u8]) -> Result<Self, Damage> {
        let mut block = Self { texts: Vec::new(), granularity: 100, lat_offset: 0, lon_offset: 0 };
        for field in Fields::of(content) {
            match field? {
                (1, Value::Bytes(table)) => block.read_texts(table)?,
                (17, Value::Number(granularity)) => block.granularity = granularity as i64,
                (19, Value::Number(offset)) => block.lat_offset = offset as i64,
                (20, Value::Number(offset)) => block.lon_offset = offset as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    fn read_texts(&mut self, table: &'a [u8]) -> Result<(), Damage> {
        for field in Fields::of(table) {
            if let (1, Value::Bytes(text)) = field? {
                if self.texts.len() >= TEXT_LIMIT {
                    return Err(Damage::TooManyTexts(TEXT_LIMIT));
                }
                self.texts.push(text);
            }
        }
        Ok(())
    }

    fn text(&self, index: u64) -> Result<&'a str, Damage> {
        let text = usize::try_from(index).ok().and_then(|index| self.texts.get(index));
        let text = text.ok_or(Damage::TextIndex { wanted: index, known: self.texts.len() })?;
        std::str::from_utf8(text).map_err(|_| Damage::NotText)
    }

    fn tags(&self, keys: Packed<'_>, values: Packed<'_>) -> Result<Tags<'a>, Damage> {
        let pairs = pairs(keys, values);
        pairs.map(|pair| pair.and_then(|(key, value)| Ok((self.text(key)?, self.text(value)?)))).collect()
    }

    fn place(&self, id: i64, lat: i64, lon: i64) -> Result<Place, Damage> {
        let degrees = |value: i64, offset: i64, most: i64| {
            let nano = value.checked_mul(self.granularity).and_then(|nano| nano.checked_add(offset));
            let ten_millionths = nano.ok_or(Damage::Overflow)? / 100;
            let within = (-most * 10_000_000..=most * 10_000_000).contains(&ten_millionths);
            i32::try_from(ten_millionths).ok().filter(|_| within).ok_or(Damage::OutsideEarth(id))
        };
        Ok(Place { lat: degrees(lat, self.lat_offset, 90)?, lon: degrees(lon, self.lon_offset, 180)? })
    }

    fn node(&self, message: &[u8]) -> Result<Element<'a>, Damage> {
        let (mut id, mut lat, mut lon) = (0, 0, 0);
        let (mut keys, mut values) = (Packed::default(), Packed::default());
        for field in Fields::of(message) {
            match field? {
                (1, Value::Number(number)) => id = zigzag(number),
                (2, Value::Bytes(bytes)) => keys = Packed::of(bytes),
                (3, Value::Bytes(bytes)) => values = Packed::of(bytes),
                (8, Value::Number(number)) => lat = zigzag(number),
                (9, Value::Number(number)) => lon = zigzag(number),
                _ => {}
            }
        }
        Ok(Element::Node { id, place: self.place(id, lat, lon)?, tags: self.tags(keys, values)? })
    }

    /// Nodes as columns: ids, latitudes, longitudes, and tags with a nought behind those of each node.
    fn dense<E: From<Damage>>(
        &self,
        message: &[u8],
        visit: &mut impl FnMut(Element<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let [mut ids, mut tags, mut lats, mut lons] = [Packed::default(); 4];
        for field in Fields::of(message) {
            match field? {
                (1, Value::Bytes(bytes)) => ids = Packed::of(bytes),
                (8, Value::Bytes(bytes)) => lats = Packed::of(bytes),
                (9, Value::Bytes(bytes)) => lons = Packed::of(bytes),
                (10, Value::Bytes(bytes)) => tags = Packed::of(bytes),
                _ => {}
            }
        }
        let (mut lats, mut lons) = (lats.sums(), lons.sums());
        for id in ids.sums() {
            let (Some(lat), Some(lon)) = (lats.next(), lons.next()) else {
                return Err(Damage::UnevenLists.into());
            };
            let id = id?;
            let place = self.place(id, lat?, lon?)?;
            visit(Element::Node { id, place, tags: self.dense_tags(&mut tags)? })?;
        }
        if lats.next().or(lons.next()).is_some() {
            return Err(Damage::UnevenLists.into());
        }
        Ok(())
    }

    fn dense_tags(&self, tags: &mut Packed<'_>) -> Result<Tags<'a>, Damage> {
        let mut found = Tags::new();
        while let Some(key) = tags.next().transpose()?.filter(|key| *key != 0) {
            let value = tags.next().ok_or(Damage::UnevenLists)??;
            found.push((self.text(key)?, self.text(value)?));
        }
        Ok(found)
    }

    fn way(&self, message: &[u8]) -> Result<Element<'a>, Damage> {
        let (mut id, mut nodes) = (0, Packed::default());
        let (mut keys, mut values) = (Packed::default(), Packed::default());
        for field in Fields::of(message) {
            match field? {
                (1, Value::Number(number)) => id = number as i64,
                (2, Value::Bytes(bytes)) => keys = Packed::of(bytes),
                (3, Value::Bytes(bytes)) => values = Packed::of(bytes),
                (8, Value::Bytes(bytes)) => nodes = Packed::of(bytes),
                _ => {}
            }
        }
        let nodes = nodes.sums().collect::<Result<_, _>>()?;
        Ok(Element::Way { id, nodes, tags: self.tags(keys, values)? })
    }

    fn relation(&self, message: &[u8]) -> Result<Element<'a>, Damage> {
        let mut id = 0;
        let [mut keys, mut values, mut roles, mut ids, mut kinds] = [Packed::default(); 5];
        for field in Fields::of(message) {
            match field? {
                (1, Value::Number(number)) => id = number as i64,
                (2, Value::Bytes(bytes)) => keys = Packed::of(bytes),
                (3, Value::Bytes(bytes)) => values = Packed::of(bytes),
                (8, Value::Bytes(bytes)) => roles = Packed::of(bytes),
                (9, Value::Bytes(bytes)) => ids = Packed::of(bytes),
                (10, Value::Bytes(bytes)) => kinds = Packed::of(bytes),
                _ => {}
            }
        }
        let mut members = Vec::new();
        let mut ids = ids.sums();
        for pair in pairs(roles, kinds) {
            let (role, kind) = pair?;
            let id = ids.next().ok_or(Damage::UnevenLists)??;
            members.push(Member { kind: member_kind(kind)?, id, role: self.text(role)? });
        }
        if ids.next().is_some() {
            return Err(Damage::UnevenLists);
        }
        Ok(Element::Relation { id, members, tags: self.tags(keys, values)? })
    }
}

fn member_kind(kind: u64) -> Result<Kind, Damage> {
    match kind {
        0 => Ok(Kind::Node),
        1 => Ok(Kind::Way),
        2 => Ok(Kind::Relation),
        other => Err(Damage::MemberKind(other)),
    }
}

/// Two lists side by side, which must be of one length.
fn pairs<'a>(
    mut one: Packed<'a>,
    mut other: Packed<'a>,
) -> impl Iterator<Item = Result<(u64, u64), Damage>> + 'a {
    std::iter::from_fn(move || match (one.next(), other.next()) {
        (None, None) => None,
        (Some(one), Some(other)) => Some(one.and_then(|one| Ok((one, other?)))),
        _ => Some(Err(Damage::UnevenLists)),
    })
}

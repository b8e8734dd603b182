//! One vector tile as bytes (Mapbox Vector Tiles 2.1): writing ours, reading them again.

mod commands;
mod wire;

use super::{EXTENT, TilesError};
use prost::Message as _;
use std::collections::HashMap;

/// A place on the grid of a tile: units to the right, units down.
pub type Dot = [i32; 2];
/// One part of an area: the outer ring, then its holes; rings are open.
pub type Patch = Vec<Vec<Dot>>;

/// What is drawn in one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its name, such as `street`.
    pub name: String,
    /// Its features in drawing order.
    pub features: Vec<Feature>,
}

/// One feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Attributes, such as `class` and `name:tr`, in order.
    pub tags: Vec<(String, String)>,
    /// Its shapes.
    pub geometry: Geometry,
}

/// The shapes of a feature, all of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Geometry {
    /// Places.
    Points(Vec<Dot>),
    /// Lines of at least two places.
    Lines(Vec<Vec<Dot>>),
    /// Areas.
    Areas(Vec<Patch>),
}

/// Writes a tile; layers without features are left out.
#[must_use]
pub fn encode(layers: &[Layer]) -> Vec<u8> {
    let filled = layers.iter().filter(|layer| !layer.features.is_empty());
    wire::Tile { layers: filled.map(layer).collect() }.encode_to_vec()
}

/// Reads a tile; attributes that are no text are passed over.
///
/// # Errors
/// [`TilesError::Broken`] when the bytes are no tile, or a feature leads nowhere.
pub fn decode(bytes: &[u8]) -> Result<Vec<Layer>, TilesError> {
    let tile = wire::Tile::decode(bytes).map_err(|_| TilesError::Broken("no vector tile"))?;
    tile.layers.iter().map(read_layer).collect()
}

fn layer(layer: &Layer) -> wire::Layer {
    let (mut keys, mut values) = (Dictionary::default(), Dictionary::default());
    let mut feature = |feature: &Feature| {
        let tags = feature.tags.iter().flat_map(|(key, value)| [keys.number(key), values.number(value)]);
        let tags = tags.collect();
        let (kind, geometry) = commands::write(&feature.geometry);
        wire::Feature { id: None, tags, kind: Some(kind), geometry }
    };
    let features = layer.features.iter().map(&mut feature).collect();
    wire::Layer {
        version: 2,
        name: layer.name.clone(),
        features,
        keys: keys.words,
        values: values.words.into_iter().map(wire::Value::text).collect(),
        extent: Some(EXTENT.unsigned_abs()),
    }
}

/// Words and their numbers in the order of their first use.
#[derive(Default)]
struct Dictionary {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Dictionary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        number
    }
}

fn read_layer(layer: &wire::Layer) -> Result<Layer, TilesError> {
    let read = |feature: &wire::Feature| {
        let geometry = commands::read(feature.kind.unwrap_or_default(), &feature.geometry)?;
        Ok(Feature { tags: tags(layer, feature)?, geometry })
    };
    let features = layer.features.iter().map(read).collect::<Result<_, TilesError>>()?;
    Ok(Layer { name: layer.name.clone(), features })
}

fn tags(layer: &wire::Layer, feature: &wire::Feature) -> Result<Vec<(String, String)>, TilesError> {
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let mut tags = Vec::with_capacity(feature.tags.len() / 2);
    for pair in feature.tags.chunks(2) {
        let [key, value] = pair else { return Err(TilesError::Broken("an attribute without a value")) };
        let key = layer.keys.get(at(*key)).ok_or(TilesError::Broken("an attribute without a name"))?;
        let value = layer.values.get(at(*value)).ok_or(TilesError::Broken("an attribute without a value"))?;
        if let Some(text) = &value.string_value {
            tags.push((key.clone(), text.clone()));
        }
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiles::cut::doubled_area;
    use proptest::prelude::*;

    fn dot() -> impl Strategy<Value = Dot> {
        (-64..4160i32, -64..4160i32).prop_map(|(x, y)| [x, y])
    }

    /// A triangle that turns the way asked for.
    fn triangle(positive: bool) -> impl Strategy<Value = Vec<Dot>> {
        let three = prop::collection::vec(dot(), 3).prop_filter("flat", |ring| doubled_area(ring) != 0);
        three.prop_map(move |mut ring| {
            if (doubled_area(&ring) > 0) != positive {
                ring.reverse();
            }
            ring
        })
    }

    fn geometry() -> impl Strategy<Value = Geometry> {
        let line = prop::collection::vec(dot(), 2..6);
        let patch = (triangle(true), prop::collection::vec(triangle(false), 0..3))
            .prop_map(|(outer, holes)| std::iter::once(outer).chain(holes).collect());
        prop_oneof![
            prop::collection::vec(dot(), 1..4).prop_map(Geometry::Points),
            prop::collection::vec(line, 1..4).prop_map(Geometry::Lines),
            prop::collection::vec(patch, 1..4).prop_map(Geometry::Areas),
        ]
    }

    fn layers() -> impl Strategy<Value = Vec<Layer>> {
        let tags = prop::collection::vec(("[a-z:]{1,8}", "\\PC{0,12}"), 0..4);
        let feature = (tags, geometry()).prop_map(|(tags, geometry)| Feature { tags, geometry });
        let layer = ("[a-z]{1,8}", prop::collection::vec(feature, 1..6));
        prop::collection::vec(layer.prop_map(|(name, features)| Layer { name, features }), 0..4)
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(layers in layers()) {
            prop_assert_eq!(decode(&encode(&layers)).expect("our own bytes"), layers);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(decode(&bytes));
        }

        #[test]
        fn a_damaged_tile_is_read_or_refused(layers in layers(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = encode(&layers);
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
                drop(decode(&bytes));
            }
        }
    }

    #[test]
    fn the_example_of_the_standard() {
        // Mapbox Vector Tiles 2.1, section 4.3.5.1 and the following: a point, a line, a polygon.
        let at = |x, y| [x, y];
        let cases = [
            (Geometry::Points(vec![at(25, 17)]), vec![9, 50, 34]),
            (Geometry::Points(vec![at(5, 7), at(3, 2)]), vec![17, 10, 14, 3, 9]),
            (Geometry::Lines(vec![vec![at(2, 2), at(2, 10), at(10, 10)]]), vec![9, 4, 4, 18, 0, 16, 16, 0]),
            (
                Geometry::Areas(vec![vec![vec![at(3, 6), at(8, 12), at(20, 34)]]]),
                vec![9, 6, 12, 18, 10, 12, 24, 44, 15],
            ),
        ];
        for (geometry, expected) in cases {
            assert_eq!(commands::write(&geometry).1, expected, "{geometry:?}");
        }
    }

    #[test]
    fn the_second_command_of_a_line_may_not_lie_about_its_length() {
        // A MoveTo, then a LineTo that announces half a billion places.
        assert!(commands::read(2, &[9, 4, 4, 0xFFFF_FFFA, 0, 16]).is_err());
        assert!(commands::read(3, &[15]).is_err(), "a ring that closes before it began");
        assert!(commands::read(7, &[]).is_err(), "a kind that does not exist");
    }
}

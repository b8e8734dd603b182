//! The messages of `vector_tile.proto` (Mapbox Vector Tiles 2.1), as far as ours need them.

/// A tile.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Tile {
    #[prost(message, repeated, tag = "3")]
    pub(crate) layers: Vec<Layer>,
}

/// A layer with its dictionary.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Layer {
    #[prost(uint32, required, tag = "15", default = "1")]
    pub(crate) version: u32,
    #[prost(string, required, tag = "1")]
    pub(crate) name: String,
    #[prost(message, repeated, tag = "2")]
    pub(crate) features: Vec<Feature>,
    #[prost(string, repeated, tag = "3")]
    pub(crate) keys: Vec<String>,
    #[prost(message, repeated, tag = "4")]
    pub(crate) values: Vec<Value>,
    #[prost(uint32, optional, tag = "5")]
    pub(crate) extent: Option<u32>,
}

/// A feature: attributes as pairs of numbers, geometry as commands.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Feature {
    #[prost(uint64, optional, tag = "1")]
    pub(crate) id: Option<u64>,
    #[prost(uint32, repeated, tag = "2")]
    pub(crate) tags: Vec<u32>,
    #[prost(uint32, optional, tag = "3")]
    pub(crate) kind: Option<u32>,
    #[prost(uint32, repeated, tag = "4")]
    pub(crate) geometry: Vec<u32>,
}

/// A value: ours are texts, numbers of others are passed over.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Value {
    #[prost(string, optional, tag = "1")]
    pub(crate) string_value: Option<String>,
}

impl Value {
    pub(crate) fn text(text: String) -> Self {
        Self { string_value: Some(text) }
    }
}

//! What other programs read, checked with eyes that did not write it.

mod tiles;

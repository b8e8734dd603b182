//! The binary `kiez`.
fn main() {}

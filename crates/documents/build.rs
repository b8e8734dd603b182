//! Looks again when the built type faces change.

fn main() {
    println!("cargo::rerun-if-changed=../../ui/print");
}

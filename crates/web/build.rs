//! Looks again when the built style sheets, scripts and fonts change.

fn main() {
    println!("cargo::rerun-if-changed=../../ui/dist");
    println!("cargo::rerun-if-changed=../../ui/src");
}

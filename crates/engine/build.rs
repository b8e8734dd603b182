//! Lists the taxonomy's files, so that a new file in `data/taxonomy` is part of the next build by itself.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo names the crate's folder")?)
        .join("../../data/taxonomy");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                files.push(path.canonicalize()?);
            }
        }
    }
    files.sort();
    let mut list = String::from("[\n");
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string())?;
    }
    list.push(']');
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo names the folder for built files")?);
    std::fs::write(out.join("taxonomy_files.rs"), list)?;
    Ok(())
}

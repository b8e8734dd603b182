//! Pages load nothing from a foreign host: no script, picture, font or style.

use std::path::Path;

use crate::fault::Fault;
use crate::source::{files_below, place_of, read};

/// Folders whose files reach a browser, with the endings that matter.
const PLACES: [(&str, &str); 5] =
    [("crates/web", "html"), ("crates/web", "css"), ("ui/src", "css"), ("ui/src", "js"), ("ui/src", "mjs")];

/// Examines every template, style sheet and script of ours.
pub(crate) fn examine(root: &Path) -> Result<Vec<Fault>, Fault> {
    let mut faults = Vec::new();
    for (folder, ending) in PLACES {
        for path in files_below(&root.join(folder), ending)? {
            faults.extend(foreign_loads(&place_of(root, &path), &read(&path)?));
        }
    }
    Ok(faults)
}

fn foreign_loads(place: &str, text: &str) -> Vec<Fault> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| loads_from_afar(line))
        .map(|(number, _)| {
            Fault::in_file(
                place,
                "loads something from a foreign host",
                "no request leaves for a third party: it would tell them who reads this page",
                "install it as a locked npm package and serve it from ui/dist",
            )
            .at_line(number)
        })
        .collect()
}

/// A plain link (`<a href>`) is the reader's own act; everything else is fetched by the page itself.
fn loads_from_afar(line: &str) -> bool {
    let line = line.to_lowercase();
    let fetched = ["src=", "srcset=", "action=", "poster=", "@import", "url(", "fetch(", "import ", "from "];
    let is_foreign = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '"', '\'', '(', '=']);
        rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("//")
    };
    let after = |word: &str| line.match_indices(word).any(|(at, _)| is_foreign(&line[at + word.len()..]));
    fetched.iter().any(|word| after(word)) || (line.contains("<link") && after("href="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_fonts_and_styles_from_afar_are_faults() {
        for line in [
            "<script src=\"https://cdn.example/x.js\"></script>",
            "<img src='//cdn.example/x.png'>",
            "<link rel=\"stylesheet\" href=\"https://fonts.example/x.css\">",
            "src: url(https://fonts.example/x.woff2);",
            "import x from 'https://cdn.example/x.mjs';",
        ] {
            assert_eq!(foreign_loads("a.html", line).len(), 1, "{line}");
        }
    }

    #[test]
    fn links_and_our_own_files_are_fine() {
        for line in [
            "<a href=\"https://www.openstreetmap.org/copyright\">OpenStreetMap</a>",
            "<script src=\"/assets/htmx.js\" type=\"module\"></script>",
            "// from the browser's point of view",
            "background: url(\"/assets/paper.svg\");",
        ] {
            assert!(foreign_loads("a.html", line).is_empty(), "{line}");
        }
    }
}

//! The arrow table: which crate may name which other, ours and foreign ones.

use std::path::Path;

use crate::fault::Fault;
use crate::settings::Settings;
use crate::source::{place_of, read};

const WHY_OWN: &str = "arrows point strictly downward, so a page cannot reach a row without a permission";
const WHY_FOREIGN: &str = "a new line under [dependencies] is a change of architecture and reviewed as one";
/// The crate that tests, and only tests, may name.
const FOR_TESTS: &str = "testkit";

/// Compares every manifest with the table.
pub(crate) fn examine(root: &Path, settings: &Settings) -> Result<Vec<Fault>, Fault> {
    let mut faults = Vec::new();
    for name in settings.arrows.keys() {
        let folder = if name == "xtask" { root.join(name) } else { root.join("crates").join(name) };
        let path = folder.join("Cargo.toml");
        faults.extend(examine_manifest(name, &place_of(root, &path), &read(&path)?, settings)?);
    }
    faults.extend(crates_without_a_line(root, settings)?);
    Ok(faults)
}

fn crates_without_a_line(root: &Path, settings: &Settings) -> Result<Vec<Fault>, Fault> {
    let folder = root.join("crates");
    let entries = std::fs::read_dir(&folder).map_err(|error| Fault::unreadable(&folder, &error))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names
        .filter(|name| !settings.arrows.contains_key(name))
        .filter(|name| folder.join(name).join("Cargo.toml").exists())
        .map(|name| {
            let place = format!("crates/{name}/Cargo.toml");
            let remedy = "add the crate to [arrows] in tidy.toml and to ARCHITECTURE.md";
            Fault::in_file(&place, "has no line in the arrow table", WHY_OWN, remedy)
        })
        .collect())
}

fn examine_manifest(name: &str, place: &str, text: &str, settings: &Settings) -> Result<Vec<Fault>, Fault> {
    let manifest: toml::Table =
        toml::from_str(text).map_err(|error| Fault::unreadable(Path::new(place), &error))?;
    let mut sections = vec![&manifest];
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    sections.extend(targets.into_iter().flat_map(|table| table.values()).filter_map(toml::Value::as_table));
    let mut faults = Vec::new();
    for section in sections {
        for (kind, for_tests) in
            [("dependencies", false), ("dev-dependencies", true), ("build-dependencies", true)]
        {
            let Some(lines) = section.get(kind).and_then(toml::Value::as_table) else { continue };
            for (dependency, value) in lines {
                let line = Line { name, dependency, for_tests, value };
                faults.extend(line.judge(settings).map(|(what, why, remedy)| {
                    Fault::in_file(place, what, why, remedy).at_line(line_of(text, dependency))
                }));
            }
        }
    }
    Ok(faults)
}

/// One line of a manifest.
struct Line<'manifest> {
    name: &'manifest str,
    dependency: &'manifest str,
    for_tests: bool,
    value: &'manifest toml::Value,
}

type Verdict = (String, &'static str, String);

impl Line<'_> {
    fn judge(&self, settings: &Settings) -> Option<Verdict> {
        let own =
            if self.dependency == "kiez" { Some("kiez") } else { self.dependency.strip_prefix("kiez-") };
        match own {
            Some(own) => self.judge_own(own, settings),
            None => self.judge_foreign(settings),
        }
        .or_else(|| self.judge_form())
    }

    fn judge_own(&self, own: &str, settings: &Settings) -> Option<Verdict> {
        let drawn = settings.arrows.get(self.name).is_some_and(|allowed| allowed.iter().any(|to| to == own));
        if drawn || (self.for_tests && own == FOR_TESTS) {
            return None;
        }
        let what = format!("{} → {own} is not in the arrow table", self.name);
        let remedy = "move the code to the crate that may know both, or hand the value in from above";
        Some((what, WHY_OWN, remedy.into()))
    }

    fn judge_foreign(&self, settings: &Settings) -> Option<Verdict> {
        let Some(foreign) = settings.foreign.get(self.dependency) else {
            let what = format!("the foreign crate {} has no line in tidy.toml", self.dependency);
            let remedy =
                "do without it, or add it to [foreign] and say why in docs/decisions/0002-libraries.md";
            return Some((what, WHY_FOREIGN, remedy.into()));
        };
        let is_named = |list: &[String]| list.iter().any(|name| name == self.name);
        if is_named(&foreign.inside) || (self.for_tests && is_named(&foreign.tests)) {
            return None;
        }
        let what = format!("{} is not for {}", self.dependency, self.name);
        let remedy = format!("its places are {}", foreign.inside.join(", "));
        Some((what, WHY_FOREIGN, remedy))
    }

    fn judge_form(&self) -> Option<Verdict> {
        let from_workspace = self.value.get("workspace").and_then(toml::Value::as_bool) == Some(true);
        if from_workspace {
            return None;
        }
        let what = format!("{} names its own version", self.dependency);
        let remedy = format!("write `{}.workspace = true`", self.dependency);
        Some((what, "one version of everything, declared in the root Cargo.toml", remedy))
    }
}

fn line_of(text: &str, dependency: &str) -> usize {
    let starts =
        |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    text.lines().position(starts).map_or(0, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, manifest: &str) -> Vec<String> {
        let settings = toml::from_str(
            "[arrows]\nweb = [\"app\", \"domain\"]\napp = [\"store\", \"domain\"]\ndomain = []\n\
             [foreign]\nsqlx = { in = [\"store\"] }\ninsta = { tests = [\"web\"] }\n\
             [budgets]\nfile_lines = 1\nfile_lines_p90 = 1\nfunction_lines = 1\nfunction_lines_p90 = 1\nparameters = 1\n\
             [exceptions]\nat_most = 0\n",
        )
        .unwrap();
        let place = format!("crates/{name}/Cargo.toml");
        let found = examine_manifest(name, &place, manifest, &settings).unwrap();
        found.iter().map(|fault| fault.what().to_owned()).collect()
    }

    #[test]
    fn drawn_arrows_pass() {
        let manifest = "[dependencies]\nkiez-app.workspace = true\n[dev-dependencies]\n\
            kiez-testkit.workspace = true\ninsta.workspace = true\n";
        assert!(faults("web", manifest).is_empty());
    }

    #[test]
    fn a_page_cannot_name_the_store() {
        let manifest = "[dependencies]\nkiez-store.workspace = true\n";
        assert_eq!(faults("web", manifest), ["web → store is not in the arrow table"]);
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        let manifest = "[dependencies]\nkiez-testkit.workspace = true\n";
        assert_eq!(faults("web", manifest), ["web → testkit is not in the arrow table"]);
    }

    #[test]
    fn foreign_crates_have_their_places() {
        assert_eq!(faults("web", "[dependencies]\nsqlx.workspace = true\n"), ["sqlx is not for web"]);
        assert_eq!(faults("web", "[dependencies]\ninsta.workspace = true\n"), ["insta is not for web"]);
        assert_eq!(
            faults("web", "[dependencies]\nleft-pad.workspace = true\n"),
            ["the foreign crate left-pad has no line in tidy.toml"]
        );
    }

    #[test]
    fn versions_come_from_the_workspace_also_under_a_target() {
        let manifest = "[target.'cfg(unix)'.dependencies]\nsqlx = \"0.9\"\n";
        assert_eq!(faults("store", manifest), ["sqlx names its own version"]);
    }

    #[test]
    fn a_fault_points_to_its_line() {
        assert_eq!(line_of("[dependencies]\naxum-core = 1\naxum.workspace = true\n", "axum"), 3);
    }
}

//! What options and environment say: the arguments are made from the list of settings.

use super::setting::{SETTINGS, Setting, find};
use super::{Origin, Told};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use std::collections::BTreeMap;

/// The settings that were given with the command or in its environment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given(BTreeMap<&'static str, Told>);

impl Given {
    /// Settings given by hand, for commands that choose some themselves and for tests.
    #[cfg(test)]
    pub(crate) fn of<'a>(values: impl Iterator<Item = (&'static str, &'a str, Origin)>) -> Self {
        Self(values.map(|(key, text, origin)| (key, Told { text: text.to_owned(), origin })).collect())
    }

    /// The data folder, when one was named.
    pub(crate) fn data(&self) -> Option<Told> {
        self.0.get("data").cloned()
    }

    /// Every setting that was given.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static Setting, &Told)> {
        self.0.iter().filter_map(|(key, told)| Some((find(key)?, told)))
    }
}

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        command.args(SETTINGS.iter().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn argument(setting: &'static Setting) -> Arg {
    let help = setting
        .default
        .map_or_else(|| setting.help.to_owned(), |default| format!("{} [default: {default}]", setting.help));
    Arg::new(setting.key)
        .long(setting.option)
        .value_name(setting.value)
        .env(setting.variable)
        .hide_env_values(true)
        .help(help)
        .help_heading("Settings")
        .global(true)
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Self::default();
        given.update_from_arg_matches(matches)?;
        Ok(given)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for setting in SETTINGS {
            let origin = match matches.value_source(setting.key) {
                Some(ValueSource::CommandLine) => Origin::Option,
                Some(ValueSource::EnvVariable) => Origin::Environment,
                _ => continue,
            };
            if let Some(text) = matches.get_one::<String>(setting.key) {
                self.0.insert(setting.key, Told { text: text.clone(), origin });
            }
        }
        Ok(())
    }
}

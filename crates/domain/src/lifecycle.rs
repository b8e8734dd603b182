//! How states follow one another: one declaration per noun gives the states, the events, the one
//! `transition` function and the printed table (`tests/lifecycle.txt`) that is reviewed as a diff.

use crate::issue::{Expected, Problem};
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// A step that the lifecycle does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{noun}: \"{event}\" is not possible while it is \"{state}\"; possible now: {possible}")]
pub struct NotPossible {
    /// The noun, such as `need`.
    pub noun: &'static str,
    /// The state it is in.
    pub state: &'static str,
    /// The event that was asked for.
    pub event: &'static str,
    /// The events that are possible instead, comma separated; `nothing` at an end.
    pub possible: String,
}

/// A state of a lifecycle, for code that serves several nouns; the same functions stand on each state itself.
pub trait Lifecycle: Copy + Eq + Debug + Display + FromStr<Err = Problem> + Send + Sync + 'static {
    /// What can happen.
    type Event: Copy + Debug + FromStr<Err = Problem> + Send + Sync;

    /// Every state, in the order of the declaration.
    fn all() -> impl Iterator<Item = Self>;
    /// The whole table, line by line.
    fn steps() -> impl Iterator<Item = Step>;
    /// The stored name.
    fn name(self) -> &'static str;
    /// The state after the event.
    ///
    /// # Errors
    /// When the lifecycle knows no such step; the error names the steps that are possible.
    fn transition(self, event: Self::Event) -> Result<Self, NotPossible>;
}

/// One line of a printed lifecycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// State before.
    pub from: &'static str,
    /// What happens.
    pub event: &'static str,
    /// State after.
    pub to: &'static str,
    /// Who may do it and what it needs, in one phrase.
    pub rule: &'static str,
}

/// Finds a state or event by its stored name.
pub(crate) fn find<T: Copy>(all: &[(T, &'static str)], text: &str, expected: Expected) -> Result<T, Problem> {
    let found = all.iter().find(|(_, name)| *name == text);
    found.map(|(value, _)| *value).ok_or_else(|| Problem::unreadable(text, expected))
}

/// Declares states, events and the table of one lifecycle.
macro_rules! lifecycle {
    (
        $(#[$state_doc:meta])* states $state:ident of $noun:literal { $($(#[$sd:meta])* $s:ident = $sn:literal,)+ }
        $(#[$event_doc:meta])* events $event:ident { $($(#[$ed:meta])* $e:ident = $en:literal,)+ }
        table { $($($from:ident)|+ , $on:ident => $to:ident : $rule:literal;)+ }
    ) => {
        $(#[$state_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $state { $($(#[$sd])* $s,)+ }

        $(#[$event_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $event { $($(#[$ed])* $e,)+ }

        impl $state {
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$s, $sn)),+];

            /// Every state, in the order of the declaration.
            pub fn all() -> impl Iterator<Item = Self> {
                Self::NAMES.iter().map(|(state, _)| *state)
            }

            /// The stored name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$s => $sn,)+ }
            }

            /// The state after the event.
            ///
            /// # Errors
            /// When the lifecycle knows no such step; the error names the steps that are possible.
            pub fn transition(self, event: $event) -> Result<Self, $crate::lifecycle::NotPossible> {
                match (self, event) {
                    $($((Self::$from, $event::$on))|+ => Ok(Self::$to),)+
                    _ => Err($crate::lifecycle::NotPossible {
                        noun: $noun,
                        state: self.name(),
                        event: event.name(),
                        possible: self.possible(),
                    }),
                }
            }

            fn possible(self) -> String {
                let names: Vec<_> = Self::steps().filter(|step| step.from == self.name()).map(|step| step.event).collect();
                if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
            }

            /// The whole table, line by line.
            pub fn steps() -> impl Iterator<Item = $crate::lifecycle::Step> {
                let steps = [$($($crate::lifecycle::Step {
                    from: Self::$from.name(), event: $event::$on.name(), to: Self::$to.name(), rule: $rule,
                }),+),+];
                steps.into_iter()
            }
        }

        impl $crate::lifecycle::Lifecycle for $state {
            type Event = $event;

            fn all() -> impl Iterator<Item = Self> {
                Self::all()
            }
            fn steps() -> impl Iterator<Item = $crate::lifecycle::Step> {
                Self::steps()
            }
            fn name(self) -> &'static str {
                self.name()
            }
            fn transition(self, event: $event) -> Result<Self, $crate::lifecycle::NotPossible> {
                self.transition(event)
            }
        }

        impl $event {
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$e, $en)),+];

            /// The stored name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$e => $en,)+ }
            }
        }

        impl std::str::FromStr for $state {
            type Err = $crate::issue::Problem;
            fn from_str(text: &str) -> Result<Self, $crate::issue::Problem> {
                $crate::lifecycle::find(Self::NAMES, text, $crate::issue::Expected::State { noun: $noun })
            }
        }

        impl std::str::FromStr for $event {
            type Err = $crate::issue::Problem;
            fn from_str(text: &str) -> Result<Self, $crate::issue::Problem> {
                $crate::lifecycle::find(Self::NAMES, text, $crate::issue::Expected::Step { noun: $noun })
            }
        }

        impl std::fmt::Display for $state {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use lifecycle;

/// A closed list of words that are stored by name.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $expected:literal { $($(#[$vd:meta])* $v:ident = $n:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vd])* $v,)+ }

        impl $name {
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$v, $n)),+];

            /// Every word of the list, in the order of the declaration.
            pub fn all() -> impl Iterator<Item = Self> {
                Self::NAMES.iter().map(|(word, _)| *word)
            }

            /// The stored name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$v => $n,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::issue::Problem;
            fn from_str(text: &str) -> Result<Self, $crate::issue::Problem> {
                $crate::lifecycle::find(Self::NAMES, text, $crate::issue::Expected::OneOf { words: $expected })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use words;

//! Exceptions from the budgets: each with a reason, each only as large as today, never more of them.

use crate::fault::Fault;
use crate::settings::{Budgets, Exception, Measure, Settings};

const FILE: &str = "tidy.toml";
const WHY_BUDGET: &str = "what fits a screen can be read at once; the tail is where code becomes ugly";
const WHY_SHRINK: &str = "the list of exceptions may only shrink, or it becomes the rule";

/// One measured place.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) what: Measure,
    pub(crate) place: String,
    pub(crate) line: usize,
    pub(crate) number: usize,
}

/// Compares what was measured with the budgets and with the exceptions from them.
pub(crate) fn examine(measured: &[Measured], settings: &Settings) -> Vec<Fault> {
    let list = &settings.exceptions.list;
    let mut faults: Vec<Fault> = measured
        .iter()
        .filter(|one| one.number > budget(one.what, &settings.budgets))
        .filter_map(|one| too_large(one, list, &settings.budgets))
        .collect();
    faults.extend(list.iter().filter_map(|exception| stale(exception, measured, &settings.budgets)));
    let (length, at_most) = (list.len(), settings.exceptions.at_most);
    if length != at_most {
        let remedy = if length > at_most {
            "bring the new place within its budget instead of listing it".to_owned()
        } else {
            format!("write `at_most = {length}`")
        };
        let what = format!("{length} exceptions are listed, `at_most` says {at_most}");
        faults.push(Fault::in_file(FILE, what, WHY_SHRINK, remedy));
    }
    faults
}

fn too_large(one: &Measured, list: &[Exception], budgets: &Budgets) -> Option<Fault> {
    let (unit, budget) = (unit(one.what), budget(one.what, budgets));
    let exception = list.iter().find(|exception| is_about(exception, one));
    let (what, remedy) = match exception {
        None => (format!("{} {unit}; {budget} fit", one.number), "split it along what it does"),
        Some(exception) if one.number > exception.number => (
            format!("{} {unit}; its exception ends at {}", one.number, exception.number),
            "an exception does not grow: split off what is new",
        ),
        Some(_) => return None,
    };
    Some(Fault::in_file(&one.place, what, WHY_BUDGET, remedy).at_line(one.line))
}

fn stale(exception: &Exception, measured: &[Measured], budgets: &Budgets) -> Option<Fault> {
    let found = measured.iter().filter(|one| is_about(exception, one)).map(|one| one.number).max();
    let budget = budget(exception.what, budgets);
    let (what, remedy) = match found {
        None => ("names a place that is gone".to_owned(), "delete the exception".to_owned()),
        Some(number) if number <= budget => {
            (format!("is no longer needed ({number} of {budget})"), "delete the exception".to_owned())
        }
        Some(number) if number < exception.number => (
            format!("says {} where {number} are left", exception.number),
            format!("write `number = {number}`"),
        ),
        Some(_) if exception.reason.trim().len() < 15 => {
            ("gives no reason".to_owned(), "say why it cannot be split".to_owned())
        }
        Some(_) => return None,
    };
    let what = format!("the exception for {} {what}", exception.place);
    Some(Fault::in_file(FILE, what, WHY_SHRINK, remedy))
}

fn is_about(exception: &Exception, one: &Measured) -> bool {
    exception.what == one.what && exception.place == one.place
}

fn budget(what: Measure, budgets: &Budgets) -> usize {
    match what {
        Measure::FileLines => budgets.file_lines,
        Measure::FunctionLines => budgets.function_lines,
        Measure::Parameters => budgets.parameters,
    }
}

fn unit(what: Measure) -> &'static str {
    match what {
        Measure::FileLines => "lines in the file",
        Measure::FunctionLines => "lines in the function",
        Measure::Parameters => "parameters",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(at_most: usize, exception: Option<usize>) -> Settings {
        let list = exception.map(|number| {
            format!("\n[[exceptions.list]]\nwhat = \"file-lines\"\nplace = \"a.rs\"\nnumber = {number}\nreason = \"a table that is data\"\n")
        });
        let text = format!(
            "[arrows]\n[foreign]\n[budgets]\nfile_lines = 450\nfile_lines_p90 = 300\nfunction_lines = 60\n\
             function_lines_p90 = 45\nparameters = 5\n[exceptions]\nat_most = {at_most}\n{}",
            list.unwrap_or_default()
        );
        toml::from_str(&text).unwrap()
    }

    fn faults(number: usize, at_most: usize, exception: Option<usize>) -> Vec<String> {
        let measured = [Measured { what: Measure::FileLines, place: "a.rs".into(), line: 1, number }];
        let found = examine(&measured, &settings(at_most, exception));
        found.iter().map(|fault| fault.what().to_owned()).collect()
    }

    #[test]
    fn within_the_budget_all_is_well() {
        assert!(faults(450, 0, None).is_empty());
    }

    #[test]
    fn beyond_the_budget_an_exception_must_cover_exactly_today() {
        assert_eq!(faults(451, 0, None), ["451 lines in the file; 450 fit"]);
        assert!(faults(500, 1, Some(500)).is_empty());
        assert_eq!(faults(501, 1, Some(500)), ["501 lines in the file; its exception ends at 500"]);
        assert_eq!(faults(499, 1, Some(500)), ["the exception for a.rs says 500 where 499 are left"]);
    }

    #[test]
    fn an_exception_that_is_not_needed_must_go() {
        assert_eq!(faults(300, 1, Some(500)), ["the exception for a.rs is no longer needed (300 of 450)"]);
    }

    #[test]
    fn the_list_may_not_grow_and_its_length_is_written_down() {
        assert_eq!(faults(500, 0, Some(500)), ["1 exceptions are listed, `at_most` says 0"]);
        assert_eq!(faults(10, 2, None), ["0 exceptions are listed, `at_most` says 2"]);
    }
}

//! Work shared out to all processors; the result does not tell how many there were.

use std::num::NonZeroUsize;
use std::thread;

/// Fewer are not worth the start of a thread.
const FEWEST: usize = 16;

/// Does the same to each of many, in order; every thread begins with a `tool` of its own.
pub(super) fn each<T: Send, Tool, R: Send>(
    all: Vec<T>,
    tool: impl Fn() -> Tool + Sync,
    work: impl Fn(&mut Tool, T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(all.len() / FEWEST).max(1);
    on(threads, all, &tool, &work)
}

fn on<T: Send, Tool, R: Send>(
    threads: usize,
    mut all: Vec<T>,
    tool: &(impl Fn() -> Tool + Sync),
    work: &(impl Fn(&mut Tool, T) -> R + Sync),
) -> Vec<R> {
    let own = all.len().div_ceil(threads.max(1)).min(all.len());
    let rest = all.split_off(own);
    let begin = move || {
        let mut tool = tool();
        all.into_iter().map(|one| work(&mut tool, one)).collect::<Vec<R>>()
    };
    if rest.is_empty() {
        return begin();
    }
    thread::scope(|scope| {
        let begun = scope.spawn(begin);
        let behind = on(threads - 1, rest, tool, work);
        let mut done = begun.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        done.extend(behind);
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_number_of_threads_changes_nothing(all in proptest::collection::vec(any::<u32>(), 0..60), threads in 1..9_usize) {
            let expected: Vec<u64> = all.iter().map(|number| u64::from(*number) * 2).collect();
            let double = |(): &mut (), number: u32| u64::from(number) * 2;
            prop_assert_eq!(&on(threads, all.clone(), &|| (), &double), &expected);
            prop_assert_eq!(&each(all, || (), double), &expected);
        }
    }
}

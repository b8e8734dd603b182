//! A text as one number, the same on every machine.

/// FNV-1a, 64 bits, finished with a multiplication (Fowler, Noll, Vo).
#[must_use]
pub fn of(bytes: impl Iterator<Item = u8>) -> u64 {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn pieces_make_the_number_of_the_whole_and_neighbours_differ() {
        assert_eq!(of("Stuhl".bytes().chain("kreis".bytes())), of("Stuhlkreis".bytes()));
        let all: HashSet<u64> = (0..100_000).map(|number| of(format!("wort{number}").bytes())).collect();
        assert_eq!(all.len(), 100_000);
    }
}

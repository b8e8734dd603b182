//! Things with small numbers; that of one which is gone is given to the next.

/// Values by number, without the holes that those leave who are gone.
#[derive(Debug)]
pub(super) struct Numbered<T> {
    all: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Numbered<T> {
    /// Takes a value in and tells its number.
    pub(super) fn insert(&mut self, value: T) -> u32 {
        let number = self.free.pop().unwrap_or_else(|| {
            self.all.push(None);
            self.all.len() as u32 - 1
        });
        self.all[number as usize] = Some(value);
        number
    }

    /// The number of the next value.
    pub(super) fn next(&self) -> u32 {
        self.free.last().copied().unwrap_or(self.all.len() as u32)
    }

    /// Lets a value go; its number is free again.
    pub(super) fn remove(&mut self, number: u32) -> Option<T> {
        let gone = self.all[number as usize].take()?;
        self.free.push(number);
        Some(gone)
    }

    /// The value of a number in use.
    pub(super) fn get(&self, number: u32) -> &T {
        self.all[number as usize].as_ref().expect("a number in use has its value")
    }

    /// The value of a number in use, to be changed.
    pub(super) fn get_mut(&mut self, number: u32) -> &mut T {
        self.all[number as usize].as_mut().expect("a number in use has its value")
    }

    /// The numbers in use, in their order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.all).filter_map(|(number, value)| value.as_ref().map(|_| number))
    }

    /// One more than the highest number.
    pub(super) fn places(&self) -> usize {
        self.all.len()
    }
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { all: Vec::new(), free: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_number_goes_to_the_next() {
        let mut all = Numbered::default();
        assert_eq!([all.insert("bread"), all.insert("cake"), all.insert("tea")], [0, 1, 2]);
        assert_eq!(all.next(), 3);
        assert_eq!(all.remove(1), Some("cake"));
        assert_eq!(all.next(), 1);
        assert_eq!(all.remove(1), None);
        assert_eq!(all.numbers().collect::<Vec<_>>(), [0, 2]);
        assert_eq!((all.insert("jam"), all.insert("salt")), (1, 3));
        *all.get_mut(1) = "honey";
        assert_eq!((*all.get(1), all.places()), ("honey", 4));
    }
}

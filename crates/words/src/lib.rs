//! Speaking: every sentence a person reads, in their language; numbers, dates, sorting.

//! Acting: one function per use-case.

//! Writing: view data becomes tables other programs read.

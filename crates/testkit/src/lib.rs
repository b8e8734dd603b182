//! A small named world, databases on both engines, a clock that stands still. Development only.

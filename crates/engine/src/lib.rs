//! Thinking: given values, compute suggestions with reasons. Pure and deterministic.

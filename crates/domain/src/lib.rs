//! The words of the field: types that cannot be wrong, lifecycles, policy.

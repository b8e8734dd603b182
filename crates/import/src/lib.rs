//! Reading: bytes of foreign files become candidates and issues.

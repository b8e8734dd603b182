//! Showing: pages, forms, the public site. The only crate with HTTP and HTML.

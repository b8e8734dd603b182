//! Remembering: all SQL, both databases, migrations.

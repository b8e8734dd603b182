//! Every SQL text of the crate, registered where it stands, so that a test prepares all of them on both databases.

/// One SQL text with its name and the table whose rows it gives.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// The constant's name.
    pub name: &'static str,
    /// The table whose columns it reads or writes.
    pub table: &'static str,
    /// The text, the same for both databases.
    pub sql: &'static str,
}

/// Declares a module's statements and its list of them.
macro_rules! statements {
    (table $table:literal; $($name:ident = $sql:expr;)+) => {
        $(const $name: $crate::statement::Statement = $crate::statement::Statement {
            name: stringify!($name), table: $table, sql: $sql,
        };)+
        pub(crate) const STATEMENTS: &[$crate::statement::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

macro_rules! collect {
    ($($module:ident),+) => {
        /// Every registered statement with the module it stands in.
        pub fn all() -> impl Iterator<Item = (&'static str, &'static Statement)> {
            let lists: &[(&'static str, &'static [Statement])] = &[$((stringify!($module), crate::$module::STATEMENTS)),+];
            lists.iter().flat_map(|(module, list)| list.iter().map(|statement| (*module, statement)))
        }
    };
}

collect!(
    acquaintance,
    action_link,
    actor,
    actor_list,
    address_point,
    answer,
    audit,
    audit_key,
    ceremony,
    change_log,
    competence,
    consent,
    contact_channel,
    credential,
    difference,
    doctor,
    engine,
    erasure,
    erasure_request,
    erasure_rows,
    figures,
    ground,
    idea,
    idempotency,
    import,
    import_changed,
    import_refusal,
    import_revert,
    import_upload,
    job,
    link,
    mail,
    map,
    message,
    need,
    notice,
    objection,
    offer,
    overview,
    passkey,
    person,
    premises,
    premises_observation,
    print_removal,
    project,
    provenance,
    public,
    quarter,
    recovery_code,
    restriction,
    retention,
    retention_run,
    session,
    subject,
    throttle,
    user,
    verdict,
    walk
);

//! Everything that is stored about somebody, row by row with every column, and where it came from: for the report that
//! the person has a right to (Art. 15 GDPR).

use crate::conn::Conn;
use crate::dump;
use crate::error::StoreError;
use crate::registry;
use crate::row::Row;
use crate::schema;
use crate::statement::{Statement, statements};
use crate::value::text;
use kiez_domain::id::{ActorId, PersonId, ProjectId};
use kiez_domain::instant::Instant;
use serde_json::Value as Json;

macro_rules! of_cards {
    ($table:literal, $column:literal, $card:literal) => {
        concat!(
            "select x.* from ",
            $table,
            " x where x.project_id = $1 and x.",
            $column,
            " in (select c.id from ",
            $card,
            " c where c.project_id = $1 and c.actor_id = $2)"
        )
    };
}

macro_rules! about_rows {
    ($table:literal) => {
        concat!(
            "select x.* from ",
            $table,
            " x where x.project_id = $1 and (x.row_id = $2
or x.row_id in (select id from need where project_id = $1 and actor_id = $2)
or x.row_id in (select id from offer where project_id = $1 and actor_id = $2)
or x.row_id in (select id from idea where project_id = $1 and actor_id = $2))"
        )
    };
}

statements! {
    table "subject";
    ACTOR = "select * from actor where project_id = $1 and id = $2";
    AREAS = "select * from area_served where project_id = $1 and actor_id = $2 order by quarter_id";
    PERSONS = "select * from person where project_id = $1 and actor_id = $2 order by id";
    CHANNELS = "select * from contact_channel where project_id = $1 and actor_id = $2 order by id";
    NEEDS = "select * from need where project_id = $1 and actor_id = $2 order by id";
    NEED_KINDS = of_cards!("need_kind", "need_id", "need");
    OFFERS = "select * from offer where project_id = $1 and actor_id = $2 order by id";
    OFFER_KINDS = of_cards!("offer_kind", "offer_id", "offer");
    IDEAS = "select * from idea where project_id = $1 and actor_id = $2 order by id";
    COMPETENCES = "select * from competence where project_id = $1 and actor_id = $2 order by id";
    ANSWERS = "select * from answer where project_id = $1 and actor_id = $2 order by told_on, id";
    VERDICTS = "select v.* from verdict v where v.project_id = $1 and (v.actor_id = $2
or v.need_id in (select n.id from need n where n.project_id = $1 and n.actor_id = $2)
or v.offer_id in (select o.id from offer o where o.project_id = $1 and o.actor_id = $2)) order by v.id";
    PREMISES = "select * from premises where project_id = $1 and actor_id = $2 order by id";
    MEMBERSHIPS = "select * from membership where project_id = $1 and actor_id = $2 order by user_id";
    RESTRICTIONS = "select * from restriction where project_id = $1 and actor_id = $2 order by id";
    MAILS = "select x.* from outbox x where x.project_id = $1 and x.contact_channel_id in
(select c.id from contact_channel c where c.project_id = $1 and c.actor_id = $2) order by x.created_at, x.id";
    MAILS_OF_PERSON = "select x.* from outbox x where x.project_id = $1 and x.contact_channel_id in
(select c.id from contact_channel c where c.project_id = $1 and c.person_id = $2) order by x.created_at, x.id";
    CONSENTS = "select * from consent where project_id = $1 and actor_id = $2 order by recorded_at, id";
    CONSENTS_OF_PERSON = "select * from consent where project_id = $1 and person_id = $2 order by recorded_at, id";
    LINKS = "select * from action_link where project_id = $1 and actor_id = $2 order by created_at, id";
    LINKS_OF_PERSON = "select * from action_link where project_id = $1 and person_id = $2 order by created_at, id";
    LINK_USES = "select u.* from action_link_use u where u.project_id = $1 and u.link_id in
(select l.id from action_link l where l.project_id = $1 and l.actor_id = $2) order by u.at, u.id";
    LINK_USES_OF_PERSON = "select u.* from action_link_use u where u.project_id = $1 and u.link_id in
(select l.id from action_link l where l.project_id = $1 and l.person_id = $2) order by u.at, u.id";
    ORIGINS = about_rows!("provenance");
    CHANGES = about_rows!("import_change");
    DIFFERENCES = about_rows!("difference");
    PERSON = "select * from person where project_id = $1 and id = $2";
    CHANNELS_OF_PERSON = "select * from contact_channel where project_id = $1 and person_id = $2 order by id";
    RESTRICTIONS_OF_PERSON = "select * from restriction where project_id = $1 and person_id = $2 order by id";
    IDS_OF_ACTOR = "select id from actor where project_id = $1 and id = $2
union all select id from person where project_id = $1 and actor_id = $2
union all select id from contact_channel where project_id = $1 and actor_id = $2
union all select id from need where project_id = $1 and actor_id = $2
union all select id from offer where project_id = $1 and actor_id = $2
union all select id from idea where project_id = $1 and actor_id = $2
union all select id from competence where project_id = $1 and actor_id = $2
union all select id from answer where project_id = $1 and actor_id = $2";
    IDS_OF_PERSON = "select id from person where project_id = $1 and id = $2
union all select id from contact_channel where project_id = $1 and person_id = $2";
    SOURCES = "select c.row_id, c.change, r.kind, r.files, r.at from import_change c
join import_run r on r.project_id = c.project_id and r.id = c.import_id
where c.project_id = $1 and c.noun = $2 and c.row_id = $3 order by r.at desc, r.id desc limit 1";
    IMPORTED = "select imported from provenance where project_id = $1 and noun = $2 and row_id = $3 order by source_key";
}

/// Tables of an actor with their statements, in the order of the report.
const OF_ACTOR: [(&str, &Statement); 22] = [
    ("actor", &ACTOR),
    ("area_served", &AREAS),
    ("person", &PERSONS),
    ("contact_channel", &CHANNELS),
    ("need", &NEEDS),
    ("need_kind", &NEED_KINDS),
    ("offer", &OFFERS),
    ("offer_kind", &OFFER_KINDS),
    ("idea", &IDEAS),
    ("competence", &COMPETENCES),
    ("answer", &ANSWERS),
    ("verdict", &VERDICTS),
    ("premises", &PREMISES),
    ("membership", &MEMBERSHIPS),
    ("restriction", &RESTRICTIONS),
    ("outbox", &MAILS),
    ("consent", &CONSENTS),
    ("action_link", &LINKS),
    ("action_link_use", &LINK_USES),
    ("provenance", &ORIGINS),
    ("import_change", &CHANGES),
    ("difference", &DIFFERENCES),
];

const OF_PERSON: [(&str, &Statement); 7] = [
    ("person", &PERSON),
    ("contact_channel", &CHANNELS_OF_PERSON),
    ("restriction", &RESTRICTIONS_OF_PERSON),
    ("outbox", &MAILS_OF_PERSON),
    ("consent", &CONSENTS_OF_PERSON),
    ("action_link", &LINKS_OF_PERSON),
    ("action_link_use", &LINK_USES_OF_PERSON),
];

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// Its table.
    pub table: &'static str,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its columns in the order of the table, with what stands in them.
    pub values: Vec<(String, Json)>,
    /// Where it came from.
    pub source: Source,
}

/// Where a row came from, as far as it is remembered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// The last import that touched it: what it read (`actors`), names of the files, when.
    pub import: Option<(String, Vec<String>, Instant)>,
    /// What files said about it, by the names of their fields.
    pub imported: serde_json::Map<String, Json>,
}

/// Everything about an actor.
///
/// # Errors
/// When the database fails.
pub async fn of_actor(
    conn: &mut Conn,
    project: ProjectId,
    id: ActorId,
) -> Result<Vec<StoredRow>, StoreError> {
    rows(conn, &OF_ACTOR, (project, &id.to_string())).await
}

/// Everything about a contact person.
///
/// # Errors
/// When the database fails.
pub async fn of_person(
    conn: &mut Conn,
    project: ProjectId,
    id: PersonId,
) -> Result<Vec<StoredRow>, StoreError> {
    rows(conn, &OF_PERSON, (project, &id.to_string())).await
}

/// The ids of everything about an actor, for looking into the audit trail.
///
/// # Errors
/// When the database fails.
pub async fn ids_of_actor(
    conn: &mut Conn,
    project: ProjectId,
    id: ActorId,
) -> Result<Vec<String>, StoreError> {
    ids(conn, &IDS_OF_ACTOR, (project, &id.to_string())).await
}

/// The ids of everything about a contact person.
///
/// # Errors
/// When the database fails.
pub async fn ids_of_person(
    conn: &mut Conn,
    project: ProjectId,
    id: PersonId,
) -> Result<Vec<String>, StoreError> {
    ids(conn, &IDS_OF_PERSON, (project, &id.to_string())).await
}

async fn ids(
    conn: &mut Conn,
    statement: &Statement,
    (project, id): (ProjectId, &str),
) -> Result<Vec<String>, StoreError> {
    conn.all(statement, vec![text(&project), text(id)]).await?.iter().map(|row| row.text("id")).collect()
}

async fn rows(
    conn: &mut Conn,
    sets: &[(&'static str, &Statement)],
    (project, id): (ProjectId, &str),
) -> Result<Vec<StoredRow>, StoreError> {
    let schema = schema::describe(conn).await?;
    let mut all = Vec::new();
    for (name, statement) in sets {
        let Some(table) = schema.iter().find(|table| table.name == *name) else { continue };
        let told: Vec<_> =
            table.columns.iter().filter(|column| !registry::is_secret(name, &column.name)).collect();
        for row in conn.all(statement, vec![text(&project), text(id)]).await? {
            let value = |column: &&schema::Column| Ok((column.name.clone(), dump::value(&row, column)?));
            let values = told.iter().map(value).collect::<Result<Vec<_>, StoreError>>()?;
            let id = values.iter().find(|(column, _)| column == "id");
            let id = id.and_then(|(_, value)| value.as_str()).map(str::to_owned);
            let source = match &id {
                Some(id) => source(conn, project, (name, id)).await?,
                None => Source::default(),
            };
            all.push(StoredRow { table: name, id, values, source });
        }
    }
    Ok(all)
}

async fn source(conn: &mut Conn, project: ProjectId, (noun, id): (&str, &str)) -> Result<Source, StoreError> {
    let values = || vec![text(&project), text(noun), text(id)];
    let mut source = Source::default();
    if let Some(row) = conn.first(&SOURCES, values()).await? {
        let files = serde_json::from_str(&row.text("files")?).map_err(|_| row.corrupt("files"))?;
        source.import = Some((row.text("kind")?, files, row.instant("at")?));
    }
    for row in conn.all(&IMPORTED, values()).await? {
        let said: serde_json::Map<String, Json> = said(&row)?;
        source.imported.extend(said);
    }
    Ok(source)
}

fn said(row: &Row) -> Result<serde_json::Map<String, Json>, StoreError> {
    serde_json::from_str(&row.text("imported")?).map_err(|_| row.corrupt("imported"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever names an actor, one of its people or one of their addresses by an id.
    #[test]
    fn whatever_names_somebody_is_in_the_report() {
        let told: Vec<&str> = OF_ACTOR.iter().map(|(table, _)| *table).collect();
        let names =
            |column: &String| ["actor_id", "person_id", "contact_channel_id"].contains(&column.as_str());
        let missing = registry::groups()
            .iter()
            .filter(|group| group.columns.iter().any(names) && !told.contains(&group.table.as_str()));
        let missing: Vec<&str> = missing.map(|group| group.table.as_str()).collect();
        assert_eq!(missing, Vec::<&str>::new());
        assert!(OF_PERSON.iter().all(|(table, _)| told.contains(table)));
    }
}

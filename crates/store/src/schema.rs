//! The live schema asked about itself, in one form for both databases.

use crate::conn::Conn;
use crate::db::Pair;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::Statement;
use std::collections::BTreeMap;

/// A table as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// The columns of its key in order.
    pub key: Vec<String>,
    /// The names of its constraints but references, sorted.
    pub constraints: Vec<String>,
    /// Its references, sorted.
    pub references: Vec<Reference>,
    /// The names of its further indexes, sorted.
    pub indexes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type: `text`, `bigint`, `boolean`, `double precision`, `bytes`.
    pub kind: String,
    /// Whether it may be empty.
    pub nullable: bool,
}

/// A reference from some columns to another table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The columns, comma separated.
    pub columns: String,
    /// The table they refer to.
    pub target: String,
    /// What happens when the target goes: `cascade` or `restrict`.
    pub on_delete: String,
}

macro_rules! pair {
    ($name:ident, $sqlite:expr, $pg:expr) => {
        const $name: Pair = Pair {
            sqlite: Statement { name: stringify!($name), table: "schema", sql: $sqlite },
            pg: Statement { name: stringify!($name), table: "schema", sql: $pg },
        };
    };
}

pair!(
    COLUMNS,
    "select m.name as table_name, c.name as column_name, replace(lower(c.type), 'blob', 'bytes') as kind, c.\"notnull\" = 0 as nullable
from sqlite_schema m join pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid",
    "select cast(c.table_name as text) as table_name, cast(c.column_name as text) as column_name,
replace(cast(c.data_type as text), 'bytea', 'bytes') as kind, c.is_nullable = 'YES' as nullable
from information_schema.columns c join information_schema.tables t
on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
where c.table_schema = current_schema() order by 1, c.ordinal_position"
);
pair!(
    KEYS,
    "select m.name as table_name, string_agg(c.name, ',' order by c.pk) as columns
from sqlite_schema m join pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite%' and c.pk > 0 group by m.name",
    "select cast(r.relname as text) as table_name, string_agg(cast(a.attname as text), ',' order by k.position) as columns
from pg_constraint p join pg_class r on r.oid = p.conrelid
cross join unnest(p.conkey) with ordinality as k (attnum, position)
join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.attnum
where p.contype = 'p' and p.connamespace = cast(current_schema() as regnamespace) group by r.relname"
);
pair!(
    REFERENCES,
    "select m.name as table_name, string_agg(f.\"from\", ',' order by f.seq) as columns, f.\"table\" as target, lower(f.on_delete) as on_delete
from sqlite_schema m join pragma_foreign_key_list(m.name) f
where m.type = 'table' group by m.name, f.id, f.\"table\", f.on_delete",
    "select cast(r.relname as text) as table_name, string_agg(cast(a.attname as text), ',' order by k.position) as columns,
cast(t.relname as text) as target, case p.confdeltype when 'c' then 'cascade' when 'r' then 'restrict' else 'undecided' end as on_delete
from pg_constraint p join pg_class r on r.oid = p.conrelid join pg_class t on t.oid = p.confrelid
cross join unnest(p.conkey) with ordinality as k (attnum, position)
join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.attnum
where p.contype = 'f' and p.connamespace = cast(current_schema() as regnamespace)
group by p.oid, r.relname, t.relname, p.confdeltype"
);
// SQLite keeps the names of constraints in the text of the table alone; it is cut out of there.
pair!(
    CONSTRAINTS,
    "select name as table_name, sql as words from sqlite_schema where type = 'table' and name not like 'sqlite%'",
    "select cast(r.relname as text) as table_name, 'constraint ' || cast(p.conname as text) || ' ' as words
from pg_constraint p join pg_class r on r.oid = p.conrelid
where p.contype <> 'f' and p.connamespace = cast(current_schema() as regnamespace)"
);
pair!(
    INDEXES,
    "select tbl_name as table_name, name from sqlite_schema where type = 'index' and sql is not null",
    "select cast(i.tablename as text) as table_name, cast(i.indexname as text) as name from pg_indexes i
where i.schemaname = current_schema()
and not exists (select 1 from pg_constraint p where p.connamespace = cast(current_schema() as regnamespace) and p.conname = i.indexname)"
);

/// Every table of the live schema, by name.
///
/// # Errors
/// When the database fails.
pub async fn describe(conn: &mut Conn) -> Result<Vec<Table>, StoreError> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in conn.all_of(&COLUMNS, vec![]).await? {
        let column = Column {
            name: row.text("column_name")?,
            kind: row.text("kind")?,
            nullable: row.bool("nullable")?,
        };
        table(&mut tables, &row)?.columns.push(column);
    }
    for row in conn.all_of(&KEYS, vec![]).await? {
        table(&mut tables, &row)?.key = row.joined("columns")?;
    }
    for row in conn.all_of(&REFERENCES, vec![]).await? {
        let reference = Reference {
            columns: row.text("columns")?,
            target: row.text("target")?,
            on_delete: row.text("on_delete")?,
        };
        table(&mut tables, &row)?.references.push(reference);
    }
    for row in conn.all_of(&CONSTRAINTS, vec![]).await? {
        let names = constraint_names(&row.text("words")?);
        table(&mut tables, &row)?.constraints.extend(names);
    }
    for row in conn.all_of(&INDEXES, vec![]).await? {
        let name = row.text("name")?;
        table(&mut tables, &row)?.indexes.push(name);
    }
    for table in tables.values_mut() {
        table.references.sort();
        table.constraints.sort();
        table.indexes.sort();
    }
    Ok(tables.into_values().collect())
}

fn table<'a>(tables: &'a mut BTreeMap<String, Table>, row: &Row) -> Result<&'a mut Table, StoreError> {
    let name = row.text("table_name")?;
    Ok(tables.entry(name.clone()).or_insert_with(|| Table { name, ..Table::default() }))
}

/// The names behind the word `constraint`, but for references.
fn constraint_names(words: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in words.split("constraint ").skip(1) {
        let (name, rest) = part.split_once(' ').unwrap_or((part, ""));
        if !rest.starts_with("foreign key") {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::constraint_names;

    #[test]
    fn names_are_cut_out_of_the_table() {
        let words = "create table a (id text constraint a_id_key primary key,\n constraint a_fkey foreign key (x) references b (id))";
        assert_eq!(constraint_names(words), ["a_id_key"]);
    }
}

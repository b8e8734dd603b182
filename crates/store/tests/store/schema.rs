use kiez_store::{registry, schema};
use kiez_testkit::databases;

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let mut schemas = Vec::new();
    for database in databases().await {
        schemas
            .push(schema::describe(&mut database.db.read().await.expect("read")).await.expect("described"));
    }
    assert!(schemas[0].len() > 25, "{}", schemas[0].len());
    for other in &schemas[1..] {
        for (first, second) in schemas[0].iter().zip(other) {
            assert_eq!(first, second);
        }
        assert_eq!(schemas[0].len(), other.len());
    }
}

#[tokio::test]
async fn every_reference_has_a_decided_on_delete_and_carries_the_project_along() {
    for database in databases().await {
        let tables = schema::describe(&mut database.db.read().await.expect("read")).await.expect("described");
        let within_project = |name: &str| {
            tables
                .iter()
                .any(|table| table.name == name && table.key.first().is_some_and(|key| key == "project_id"))
        };
        let mut references = 0;
        for table in &tables {
            assert!(!table.key.is_empty(), "{} has no key", table.name);
            for reference in &table.references {
                references += 1;
                assert!(
                    ["cascade", "restrict"].contains(&reference.on_delete.as_str()),
                    "{}: {reference:?}",
                    table.name
                );
                let carries = reference.columns.starts_with("project_id");
                assert!(carries || !within_project(&reference.target), "{}: {reference:?}", table.name);
            }
        }
        assert!(references > 25, "{references}");
    }
}

#[tokio::test]
async fn constraints_are_named_after_their_columns_so_that_both_databases_name_them_alike() {
    for database in databases().await {
        for table in schema::describe(&mut database.db.read().await.expect("read")).await.expect("described")
        {
            let key = format!("{}_{}_key", table.name, table.key.join("_"));
            assert!(table.constraints.contains(&key), "{}: {:?} lacks {key}", table.name, table.constraints);
            assert!(table.constraints.iter().all(|name| name.len() <= 63 && name.starts_with(&table.name)));
        }
    }
}

#[tokio::test]
async fn every_live_column_has_an_entry_in_the_registry_and_the_other_way_round() {
    for database in databases().await {
        let tables = schema::describe(&mut database.db.read().await.expect("read")).await.expect("described");
        assert_eq!(registry::gaps(&tables), [""; 0]);
        assert_eq!(registry::entries().len(), tables.iter().map(|table| table.columns.len()).sum::<usize>());
    }
}

#[tokio::test]
async fn references_are_covered_by_an_index() {
    // A removal looks at every table that refers to the row; without an index it reads them whole.
    for database in databases().await {
        let tables = schema::describe(&mut database.db.read().await.expect("read")).await.expect("described");
        for table in &tables {
            for reference in table.references.iter().filter(|reference| reference.columns.contains(',')) {
                let column = reference.columns.rsplit(',').next().expect("there is a last column");
                let noun = column.trim_end_matches("_id");
                let by_key = table.key.get(1).is_some_and(|key| key == column);
                let by_index = table.indexes.contains(&format!("{}_{noun}", table.name));
                let by_constraint = table
                    .constraints
                    .iter()
                    .any(|name| name.starts_with(&format!("{}_project_id_{column}", table.name)));
                assert!(by_key || by_index || by_constraint, "{}: {reference:?}", table.name);
            }
        }
    }
}

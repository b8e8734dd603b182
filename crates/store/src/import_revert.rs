//! Taking an import back as a whole, keeping what people did since.

use crate::conn::{Change, Tx, demand};
use crate::error::StoreError;
use crate::import::ImportChange;
use crate::provenance::{self, Provenance};
use crate::statement::{Statement, statements};
use crate::value::{at, text};
use kiez_domain::id::ImportId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

/// Rows that the import made and nobody has saved since.
macro_rules! untouched {
    ($noun:literal) => {
        concat!(
            "delete from ",
            $noun,
            " where project_id = $1 and exists (select 1 from import_change c where c.project_id = $1 and c.import_id = $2
    and c.noun = '",
            $noun,
            "' and c.change = 'created' and c.row_id = ",
            $noun,
            ".id and c.version = ",
            $noun,
            ".version)"
        )
    };
}

statements! {
    table "import_run";
    REMOVE_NEEDS = concat!(untouched!("need"), " returning id");
    REMOVE_OFFERS = concat!(untouched!("offer"), " returning id");
    REMOVE_IDEAS = concat!(untouched!("idea"), " returning id");
    REMOVE_PREMISES = concat!(untouched!("premises"), " returning id");
    // An actor to which people have tied anything since stays: a need, an offer, a visit's result, a person, a
    // membership, a consent.
    REMOVE_ACTORS = concat!(untouched!("actor"), "
and not exists (select 1 from need x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from offer x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from idea x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from premises x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from membership x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from person x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from consent x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from action_link x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from competence x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from area_served x where x.project_id = $1 and x.actor_id = actor.id)
and not exists (select 1 from contact_channel x join import_run r on r.project_id = $1 and r.id = $2
    where x.project_id = $1 and x.actor_id = actor.id and x.created_at > r.at)
returning id");
    FORGET = "delete from provenance where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_KEY = "delete from provenance where project_id = $1 and noun = $2 and source_key = $3";
    // A question that nobody has answered is taken back with the file that asked it.
    WITHDRAW = "delete from difference where project_id = $1 and import_id = $2 and resolved_at is null";
    MARK = "update import_run set state = 'reverted', reverted_at = $3
where project_id = $1 and id = $2 and state = 'done'";
}

/// Removes every row that an import made and that no person has touched since; gives how many.
///
/// What else refers to the rows stays, and so do the rows then. Values that the import changed are restored by the
/// caller, field by field, from `import::changes`.
///
/// # Errors
/// When the database fails.
pub async fn remove_created(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    now: Instant,
) -> Result<usize, StoreError> {
    let project = demand(permit, "import", "revert")?;
    // Parts before wholes: needs and offers may be all that holds an actor.
    let nouns: [(&'static str, &Statement); 5] = [
        ("need", &REMOVE_NEEDS),
        ("offer", &REMOVE_OFFERS),
        ("idea", &REMOVE_IDEAS),
        ("premises", &REMOVE_PREMISES),
        ("actor", &REMOVE_ACTORS),
    ];
    let mut removed = 0;
    for (noun, statement) in nouns {
        for row in tx.all(statement, vec![text(&project), text(&import)]).await? {
            let id = row.text("id")?;
            tx.run(&FORGET, vec![text(&project), text(noun), text(&id)]).await?;
            tx.note_change(project, noun, &id, (Change::Removed, now));
            removed += 1;
        }
    }
    Ok(removed)
}

/// Lets files have said about rows what they had said before the import.
///
/// # Errors
/// When the database fails.
pub async fn restore_memory(
    tx: &mut Tx,
    permit: &Permit,
    noun: &'static str,
    changes: &[&ImportChange],
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "revert")?;
    let mut earlier = Vec::new();
    for change in changes {
        let Some(source_key) = change.source_key.clone() else { continue };
        match change.said_before.clone() {
            Some(imported) => {
                earlier.push(Provenance { source_key, row_id: change.row_id.clone(), imported })
            }
            None => {
                tx.run(&FORGET_KEY, vec![text(&project), text(noun), text(&source_key)]).await?;
            }
        }
    }
    provenance::put(tx, permit, noun, &earlier).await
}

/// Withdraws the differences that an import listed and nobody has settled.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_differences(tx: &mut Tx, permit: &Permit, import: ImportId) -> Result<(), StoreError> {
    let project = demand(permit, "import", "revert")?;
    tx.run(&WITHDRAW, vec![text(&project), text(&import)]).await.map(drop)
}

/// Notes that an import has been taken back.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such import or it has been taken back already.
pub async fn mark(tx: &mut Tx, permit: &Permit, import: ImportId, now: Instant) -> Result<(), StoreError> {
    let project = demand(permit, "import", "revert")?;
    if tx.run(&MARK, vec![text(&project), text(&import), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "import_run", &import, (Change::Updated, now));
    Ok(())
}

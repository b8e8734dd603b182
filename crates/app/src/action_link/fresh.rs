//! A fresh link for whoever holds an old one. It goes to the address that is known and never to one that somebody types,
//! and the answer is the same whether there is such a link or not.

use crate::action_link::holder;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::delivery::house;
use crate::message::{self, Letter};
use crate::throttle::Gate;
use crate::{job, objection, secret};
use kiez_domain::action_link::{Action, ActionLink, Did, LinkStanding, LinkUse};
use kiez_domain::contact_channel::{ContactChannel, Medium};
use kiez_domain::id::{LinkUseId, ProjectId};
use kiez_domain::language::LanguageTag;
use kiez_domain::policy::Facts;
use kiez_store::conn::Tx;

/// Asks for a fresh link by an old one; gives the seconds to wait where that was asked too often. What there is behind the
/// token is found out later and told to nobody, so every token gets the same answer after the same work.
///
/// # Errors
/// When the database fails.
pub async fn ask_again(
    ctx: &Ctx,
    token: &str,
    (network, language): (&str, LanguageTag),
) -> Result<Result<(), i64>, AppError> {
    let hash = secret::hash(token);
    let _stays_counted = match Gate::of_fresh_link(&hash, network).admit(ctx).await? {
        Ok(passed) => passed,
        Err(seconds) => return Ok(Err(seconds)),
    };
    let mut tx = ctx.db.write().await?;
    job::ask_for_fresh_link(ctx, &mut tx, (hash, language)).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Notes that somebody wishes a new link, where this was one that is too old, and sends it where an address is known that
/// nobody has objected under.
pub(crate) async fn send_fresh(
    ctx: &Ctx,
    tx: &mut Tx,
    (hash, language): (&str, LanguageTag),
) -> Result<(), AppError> {
    let held = match holder::find_by_hash(ctx, tx, hash).await {
        Ok(held) => held,
        Err(AppError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let (project, link) = (held.project, &held.link);
    if link.standing(ctx.now()) != LinkStanding::Expired {
        return Ok(());
    }
    let permit = held.caller.may("action_link", "use", Facts::of_object(project, Some(link.actor), false))?;
    let id = ctx.id(LinkUseId::new)?;
    let once = secret::hash(&format!("{id} {}", Did::AskedAgain));
    let used = LinkUse { id, link: link.id, did: Did::AskedAgain, words: None, at: ctx.now() };
    kiez_store::action_link::spend(tx, &permit, &used, &once).await?;
    let Some(channel) = known_channel(tx, project, link).await? else { return Ok(()) };
    if objection::forbids_mail(tx, project, &channel).await? {
        return Ok(());
    }
    let permit = house().may("message", "send", Facts::INSTALLATION)?;
    let letter = Letter::fresh_page(ctx, (project, channel.id), link.id);
    let letter = Letter { language: Some(language), ..letter };
    message::queue(ctx, tx, &permit, letter).await.map(drop)
}

/// The address that a link was sent to; for one that was handed over, the first address of the same person, or of the
/// actor itself. An address that still had to be confirmed gets nothing: perhaps it is somebody else's.
async fn known_channel(
    tx: &mut Tx,
    project: ProjectId,
    link: &ActionLink,
) -> Result<Option<ContactChannel>, AppError> {
    if link.action == Action::ConfirmMail {
        return Ok(None);
    }
    let channels = kiez_store::contact_channel::list_by_actor(tx, project, link.actor).await?;
    let fits = |channel: &ContactChannel| match link.channel {
        Some(sent_to) => channel.id == sent_to,
        None => channel.person == link.person,
    };
    Ok(channels.into_iter().find(|channel| channel.medium == Medium::Mail && fits(channel)))
}

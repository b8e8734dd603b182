//! What happened lately: corrections by hand, the list that says otherwise, decisions about suggestions.

use super::{Teller, about};
use crate::demo::calendar::Calendar;
use crate::demo::lately::{Correction, LIST_NAME, ToldVerdict};
use crate::demo::story::{Story, ToldCards};
use crate::demo::survey::{self, Unit};
use crate::failure::Failure;
use kiez_app::import::ImportRequest;
use kiez_domain::actor::ActorForm;
use kiez_domain::verdict::{Giver, VerdictForm};
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;

impl Teller<'_> {
    pub(super) async fn correct(&self, told: &Correction) -> Result<(), Failure> {
        let (ctx, caller, project, id) = (self.ctx, &self.caller, self.project, self.known(&told.actor)?);
        let actor = kiez_app::actor::get(ctx, caller, project, id).await?.actor;
        let mut form = ActorForm::from(&actor.data);
        let corrected = [
            (&told.opening_hours, &mut form.opening_hours),
            (&told.languages, &mut form.languages),
            (&told.carrier, &mut form.carrier),
        ];
        for (value, field) in corrected.into_iter().filter(|(value, _)| !value.is_empty()) {
            field.clone_from(value);
        }
        let saved = kiez_app::actor::update(ctx, caller, project, id, (actor.version, form)).await;
        saved.map_err(|error| about(&told.actor, &error))
    }

    /// The list of the district comes in; what cannot be read of it stays with the import.
    pub(super) async fn list(&self, (story, units): (&Story, &[Unit])) -> Result<(), Failure> {
        let source = Source::new(LIST_NAME, survey::list(units, story)?);
        let request = ImportRequest::new(ImportKind::Actors, vec![source]);
        let report = kiez_app::import::run(self.ctx, &self.caller, self.project, request).await?;
        match report.refused.len() {
            refused if refused == story.lately.unreadable.len() => Ok(()),
            refused => Err(Failure::failed(format!("{refused} lines of {LIST_NAME} are refused"))),
        }
    }

    pub(super) async fn decide(
        &self,
        told: &ToldVerdict,
        (cards, calendar): (&ToldCards, Calendar),
    ) -> Result<(), Failure> {
        let (need, offer) = told.places(cards)?;
        let (Some((need, _)), Some((offer, _))) = (self.needs.get(&need), self.offers.get(&offer)) else {
            return Ok(());
        };
        let until = if told.until > 0 { calendar.days_ago(-told.until).to_string() } else { String::new() };
        let form = VerdictForm {
            giver: Giver::Offer(*offer).to_string(),
            decision: told.decision.clone(),
            until,
            reason: told.reason.clone(),
        };
        let decided = kiez_app::verdict::decide(self.ctx, &self.caller, self.project, *need, form).await;
        decided.map_err(|error| about(&told.reason, &error))
    }
}

//! Who agreed to what, on which day, and how one knows; and who took something back.

use super::{Teller, about};
use crate::demo::lately::TakenBack;
use crate::demo::story::ToldActor;
use crate::failure::Failure;
use kiez_domain::consent::{ConsentAct, ConsentForm, Purpose};
use kiez_domain::id::ActorId;
use std::collections::BTreeMap;

impl Teller<'_> {
    /// Whoever takes part signs a sheet, or says so at the counter; not everybody agrees to everything.
    pub(super) async fn agree(&self, told: &ToldActor) -> Result<(), Failure> {
        let id = self.known(&told.name)?;
        let asked = asked(told);
        let answered = |wanted: bool| -> Vec<Purpose> {
            asked.iter().filter(|(_, yes)| **yes == wanted).map(|(purpose, _)| *purpose).collect()
        };
        self.note(id, told, (ConsentAct::Given, &answered(true))).await?;
        self.note(id, told, (ConsentAct::Refused, &answered(false))).await
    }

    /// Somebody changed their mind.
    pub(super) async fn take_back(&self, told: &TakenBack, actor: &ToldActor) -> Result<(), Failure> {
        let purpose = told.purpose.parse::<Purpose>();
        let purpose =
            purpose.map_err(|problem| Failure::failed(format!("data/demo/lately.toml: {problem}")))?;
        self.note(self.known(&told.actor)?, actor, (ConsentAct::Withdrawn, &[purpose])).await
    }

    async fn note(
        &self,
        id: ActorId,
        told: &ToldActor,
        (act, purposes): (ConsentAct, &[Purpose]),
    ) -> Result<(), Failure> {
        if purposes.is_empty() {
            return Ok(());
        }
        let signs = act == ConsentAct::Given && told.name.len().is_multiple_of(2);
        let (heard, note) = if signs { ("paper", "Ordner Einwilligungen im Büro") } else { ("oral", "") };
        let who_said = if told.person.is_empty() { &told.name } else { &told.person };
        let form = ConsentForm {
            act: act.to_string(),
            heard: heard.to_owned(),
            who_said: who_said.clone(),
            consent_note: note.to_owned(),
            ticked: purposes.iter().map(|purpose| (purpose.to_string(), "on".to_owned())).collect(),
            ..ConsentForm::default()
        };
        let noted = kiez_app::consent::record(self.ctx, &self.caller, self.project, id, form).await;
        noted.map_err(|error| about(&told.name, &error))
    }
}

/// What somebody was asked, with the answer.
fn asked(told: &ToldActor) -> BTreeMap<Purpose, bool> {
    let taste = told.name.chars().count();
    let reached = |medium: &str| told.channel.starts_with(medium);
    let answers = [
        (Purpose::Web, true),
        (Purpose::NamedToFunder, true),
        (Purpose::Print, !taste.is_multiple_of(7)),
        (Purpose::Photo, taste.is_multiple_of(2)),
        (Purpose::Press, !taste.is_multiple_of(3)),
    ];
    let mut answers = BTreeMap::from(answers);
    if reached("mail") {
        answers.extend([(Purpose::FirstContact, true), (Purpose::News, taste.is_multiple_of(2))]);
    }
    if reached("phone") {
        answers.insert(Purpose::Phone, true);
    }
    answers
}

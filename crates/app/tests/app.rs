//! Use-cases on both databases, in a small named world.

#[path = "app/access.rs"]
mod access;
#[path = "app/acquaintance.rs"]
mod acquaintance;
#[path = "app/action_links.rs"]
mod action_links;
#[path = "app/answers.rs"]
mod answers;
#[path = "app/backups.rs"]
mod backups;
#[path = "app/cards.rs"]
mod cards;
#[path = "app/consents.rs"]
mod consents;
#[path = "app/differences.rs"]
mod differences;
#[path = "app/ground.rs"]
mod ground;
#[path = "app/ideas.rs"]
mod ideas;
#[path = "app/import_cards.rs"]
mod import_cards;
#[path = "app/import_premises.rs"]
mod import_premises;
#[path = "app/import_revert.rs"]
mod import_revert;
#[path = "app/import_uploads.rs"]
mod import_uploads;
#[path = "app/imports.rs"]
mod imports;
#[path = "app/mail_to_people.rs"]
mod mail_to_people;
#[path = "app/map.rs"]
mod map;
#[path = "app/maps.rs"]
mod maps;
#[path = "app/messages.rs"]
mod messages;
#[path = "app/moves.rs"]
mod moves;
#[path = "app/overview.rs"]
mod overview;
#[path = "app/people.rs"]
mod people;
#[path = "app/postings.rs"]
mod postings;
#[path = "app/published.rs"]
mod published;
#[path = "app/rings.rs"]
mod rings;
#[path = "app/subjects.rs"]
mod subjects;
#[path = "app/suggestions.rs"]
mod suggestions;
#[path = "app/verdicts.rs"]
mod verdicts;
#[path = "app/walk_plan.rs"]
mod walk_plan;
#[path = "app/walks.rs"]
mod walks;

use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_domain::consent::ConsentForm;
use kiez_domain::id::ActorId;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_testkit::{NOW, TestDatabase, World, databases};

/// The world with everything a use-case needs, on one database.
struct App {
    ctx: Ctx,
    world: World,
    _database: TestDatabase,
}

impl App {
    fn coordinator(&self) -> Caller {
        Caller::with(vec![self.world.coordinator()], "Mira".to_owned())
    }

    fn institution(&self) -> Caller {
        Caller::with(vec![self.world.institution()], "Jonas".to_owned())
    }

    /// Somebody at the actor agrees to the public pages, and Mira notes it.
    async fn agree(&self, actor: ActorId) {
        let form = said("given", &["web"]);
        let (project, mira) = (self.world.project, self.coordinator());
        kiez_app::consent::record(&self.ctx, &mira, project, actor, form).await.expect("noted");
    }

    fn operator(&self) -> Caller {
        Caller::with(vec![self.world.operator()], "Olga".to_owned())
    }
}

/// What somebody said at the counter about some purposes.
fn said(act: &str, purposes: &[&str]) -> ConsentForm {
    ConsentForm {
        act: act.to_owned(),
        heard: "oral".to_owned(),
        who_said: "Ayşe".to_owned(),
        ticked: purposes.iter().map(|purpose| ((*purpose).to_owned(), "on".to_owned())).collect(),
        ..ConsentForm::default()
    }
}

/// The same world on each engine that is there.
async fn apps() -> Vec<App> {
    let mut apps = Vec::new();
    for database in databases().await {
        let world = World::build(&database.db).await.expect("the world can be built");
        let ctx = Ctx::new(database.db.clone(), Clock::standing(NOW), Random::seeded(7));
        apps.push(App { ctx, world, _database: database });
    }
    apps
}

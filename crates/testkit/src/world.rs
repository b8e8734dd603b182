//! A small world with telling names, built through the store with real permits: the same ids in every run.

use crate::ids::{NOW, numbered};
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::card::CardForm;
use kiez_domain::consent::{Consent, ConsentAct, ConsentChannel, Evidence, Purpose, current};
use kiez_domain::id::{
    ActorId, ConsentId, DifferenceId, ImportId, NeedId, OfferId, ProjectId, QuarterId, UserId,
};
use kiez_domain::instant::Instant;
use kiez_domain::need::{NeedForm, NeedState, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm, OfferState};
use kiez_domain::policy::{Facts, Permit, Role, Subject, decide};
use kiez_domain::position::Position;
use kiez_domain::project::{NewProject, ProjectForm};
use kiez_domain::quarter::{Outline, Ring};
use kiez_store::audit_key::AuditKey;
use kiez_store::conn::Tx;
use kiez_store::db::Db;
use kiez_store::difference::Difference;
use kiez_store::error::StoreError;
use kiez_store::quarter::NewQuarter;
use kiez_store::user::Membership;
use kiez_store::{actor, consent, difference, posting, project, quarter, user};

/// The Graefekiez with a Kita, a youth club, a joiner and a bakery; a second project beside it.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// The project `graefekiez`.
    pub project: ProjectId,
    /// The project `wrangelkiez`, in which nothing has happened yet.
    pub other_project: ProjectId,
    /// The quarter Graefekiez.
    pub graefekiez: QuarterId,
    /// The quarter Werner-Düttmann-Siedlung, beside it.
    pub siedlung: QuarterId,
    /// Kita Sonnenblume, in the Siedlung.
    pub kita: ActorId,
    /// Jugendclub Drehpunkt, in the Siedlung.
    pub youth_club: ActorId,
    /// Tischlerei Holzwurm, in the Graefekiez.
    pub joiner: ActorId,
    /// Bäckerei Ayşe, in the Graefekiez.
    pub bakery: ActorId,
    /// The Kita's need: wood for a workbench.
    pub wood_wanted: NeedId,
    /// The youth club's need: a baker who tells of her work.
    pub talk_wanted: NeedId,
    /// The joiner's offer: offcuts, twice a quarter.
    pub offcuts: OfferId,
    /// Mira, who coordinates the project.
    pub mira: UserId,
    /// Jonas of the Kita.
    pub jonas: UserId,
    /// Olga, who runs the installation.
    pub olga: UserId,
}

impl World {
    /// Builds the world in an empty, migrated database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn build(db: &Db) -> Result<Self, StoreError> {
        let world = Self::names();
        let mut tx = db.write().await?;
        world.projects(&mut tx).await?;
        world.quarters(&mut tx).await?;
        world.actors(&mut tx).await?;
        world.needs_and_offers(&mut tx).await?;
        world.users(&mut tx).await?;
        tx.commit().await?;
        Ok(world)
    }

    /// Mira, coordinator of the project.
    #[must_use]
    pub fn coordinator(&self) -> Subject {
        Subject::coordinator(self.project, Some(self.mira))
    }

    /// Jonas, who speaks for the Kita.
    #[must_use]
    pub fn institution(&self) -> Subject {
        Subject::institution(self.project, self.kita, self.jonas)
    }

    /// Olga, who runs the installation.
    #[must_use]
    pub fn operator(&self) -> Subject {
        Subject::operator(Some(self.olga))
    }

    /// What the coordinator may do with something of the project.
    ///
    /// # Panics
    /// When the policy does not allow it: the test is wrong.
    #[must_use]
    pub fn may(&self, resource: &str, action: &str) -> Permit {
        permit(&self.coordinator(), resource, action, Facts::of_project(self.project))
    }

    /// Somebody at an actor says something about a purpose, by word of mouth, at the moment at which tests stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn say(
        &self,
        tx: &mut Tx,
        (actor, purpose, act): (ActorId, Purpose, ConsentAct),
    ) -> Result<(), StoreError> {
        consent::add(tx, &self.may("consent", "record"), &word((actor, purpose, act), NOW)).await
    }

    /// A map has an actor no longer, and somebody is asked whether that is true.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_after(&self, db: &Db, actor: ActorId, import: ImportId) -> Result<(), StoreError> {
        let question = Difference {
            id: numbered(DifferenceId::new, 61),
            noun: "actor".to_owned(),
            row_id: actor.to_string(),
            field: "gone".to_owned(),
            ours: "node/2".to_owned(),
            theirs: String::new(),
            import,
        };
        let mut tx = db.write().await?;
        difference::add(&mut tx, &self.may("import", "create"), &[question], NOW).await?;
        tx.commit().await
    }

    fn names() -> Self {
        Self {
            project: numbered(ProjectId::new, 1),
            other_project: numbered(ProjectId::new, 2),
            graefekiez: numbered(QuarterId::new, 11),
            siedlung: numbered(QuarterId::new, 12),
            kita: numbered(ActorId::new, 21),
            youth_club: numbered(ActorId::new, 22),
            joiner: numbered(ActorId::new, 23),
            bakery: numbered(ActorId::new, 24),
            wood_wanted: numbered(NeedId::new, 31),
            talk_wanted: numbered(NeedId::new, 32),
            offcuts: numbered(OfferId::new, 41),
            mira: numbered(UserId::new, 51),
            jonas: numbered(UserId::new, 52),
            olga: numbered(UserId::new, 53),
        }
    }

    async fn projects(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let permit = permit(&self.operator(), "project", "create", Facts::INSTALLATION);
        let names =
            [(self.project, "graefekiez", "Graefekiez"), (self.other_project, "wrangelkiez", "Wrangelkiez")];
        for (id, slug, name) in names {
            let form = ProjectForm {
                slug: slug.into(),
                name: name.into(),
                label: "Kiezgrößen".into(),
                from: "01.03.2017".into(),
                to: "31.12.2019".into(),
                ..ProjectForm::default()
            };
            project::create(tx, &permit, id, &NewProject::try_from(form).expect("the form is filled"), NOW)
                .await?;
        }
        Ok(())
    }

    async fn quarters(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let squares = [
            (self.graefekiez, "Graefekiez", "02020204", (52.4910, 13.4120)),
            (self.siedlung, "Werner-Düttmann-Siedlung", "02020206", (52.4860, 13.4120)),
        ];
        for (id, name, code, (south, west)) in squares {
            let new = NewQuarter {
                name: name.parse().expect("a name"),
                code: Some(code.parse().expect("a code")),
                outline: square(south, west),
            };
            quarter::put(tx, &self.may("quarter", "create"), id, &new, NOW).await?;
        }
        project::set_home_quarter(tx, &self.may("project", "update"), self.siedlung, NOW).await
    }

    async fn actors(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let rows = [
            (self.kita, "Kita Sonnenblume", "institution", "Urbanstraße", "48", ("52.4880", "13.4150")),
            (
                self.youth_club,
                "Jugendclub Drehpunkt",
                "institution",
                "Urbanstraße",
                "43",
                ("52.4885", "13.4160"),
            ),
            (self.joiner, "Tischlerei Holzwurm", "business", "Graefestraße", "12a", ("52.4920", "13.4150")),
            (self.bakery, "Bäckerei Ayşe", "business", "Dieffenbachstraße", "9", ("52.4930", "13.4170")),
        ];
        for (id, name, side, street, house_number, (lat, lon)) in rows {
            let form = ActorForm {
                name: name.into(),
                side: side.into(),
                street: street.into(),
                house_number: house_number.into(),
                postcode: "10967".into(),
                city: "Berlin".into(),
                lat: lat.into(),
                lon: lon.into(),
                languages: if id == self.bakery { "de, tr".into() } else { "de".into() },
                ..ActorForm::default()
            };
            let new = NewActor::try_from(form).expect("the form is filled");
            actor::create(tx, &self.may("actor", "create"), id, &new, NOW).await?;
        }
        Ok(())
    }

    async fn needs_and_offers(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let needs = [
            (self.wood_wanted, self.kita, "Holzreste für die Werkbank der Vorschulgruppe"),
            (self.talk_wanted, self.youth_club, "Eine Bäckerin, die von ihrem Beruf erzählt"),
        ];
        for (id, who, text) in needs {
            let card = CardForm { actor: who.to_string(), text: text.into(), ..CardForm::default() };
            let new = NewNeed::try_from(NeedForm::from(card)).expect("the form is filled");
            posting::create(tx, &self.may("need", "create"), id, (&new, NeedState::Open), NOW).await?;
        }
        let form = OfferForm {
            card: CardForm {
                actor: self.joiner.to_string(),
                text: "Verschnitt und Holzreste, zweimal im Quartal".into(),
                ..CardForm::default()
            },
            capacity: "2".into(),
            per: "quarter".into(),
            ..OfferForm::default()
        };
        let new = NewOffer::try_from(form).expect("the form is filled");
        posting::create(tx, &self.may("offer", "create"), self.offcuts, (&new, OfferState::Open), NOW).await
    }

    async fn users(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let add = permit(&self.operator(), "member", "create", Facts::INSTALLATION);
        for (id, name, operator) in
            [(self.mira, "Mira", false), (self.jonas, "Jonas", false), (self.olga, "Olga", true)]
        {
            let key = AuditKey::new([name.as_bytes()[0]; 32]);
            user::create(tx, &add, id, (&name.parse().expect("a name"), None, operator, &key), NOW).await?;
        }
        let members =
            [(self.mira, Role::Coordinator, None), (self.jonas, Role::Institution, Some(self.kita))];
        for (user, role, actor) in members {
            user::add_membership(
                tx,
                &add,
                Membership { project: self.project, user, role, actor, waiting: None },
                NOW,
            )
            .await?;
        }
        Ok(())
    }
}

/// What somebody may do.
///
/// # Panics
/// When the policy does not allow it: the test is wrong.
#[must_use]
pub fn permit(subject: &Subject, resource: &str, action: &str, facts: Facts) -> Permit {
    decide(subject, resource, action, facts)
        .unwrap_or_else(|_| panic!("{subject:?} may not {action} {resource}"))
}

/// A word about a purpose, said and noted at a moment.
///
/// # Panics
/// Never: its texts are lines.
#[must_use]
pub fn word((actor, purpose, act): (ActorId, Purpose, ConsentAct), at: Instant) -> Consent {
    let text = current(purpose, "de");
    Consent {
        id: crate::ids::id(ConsentId::new),
        actor,
        person: None,
        purpose,
        act,
        evidence: Evidence {
            channel: ConsentChannel::Oral,
            said_by: "Ayşe".parse().expect("a line"),
            said_on: at.day(),
            language: text.language.clone(),
            text: (act == ConsentAct::Given).then(|| text.version.clone()),
            note: None,
        },
        recorded_by: None,
        recorded_at: at,
    }
}

/// A square of 0.005 degrees.
///
/// # Panics
/// When it leaves the earth.
#[must_use]
pub fn square(south: f64, west: f64) -> Outline {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let (north, east) = (round(south + 0.005), round(west + 0.005));
    let corners = [(south, west), (south, east), (north, east), (north, west), (south, west)];
    let place = |(lat, lon)| Position::new(lat, lon).expect("on the earth");
    let ring = Ring::new(corners.into_iter().map(place).collect()).expect("closed");
    Outline::new(vec![vec![ring]]).expect("one part")
}

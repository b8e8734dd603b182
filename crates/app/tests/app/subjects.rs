//! Access, erasing, restricting, retention: who may, what waits, and that nothing comes back.

use crate::{App, apps};
use kiez_app::access_report::{self, Origin, Whose};
use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_app::erasure::{self, Outcome};
use kiez_app::error::AppError;
use kiez_app::retention::{self, RunState};
use kiez_app::{actor, backup, contact, house, ledger, posting, reads, restriction, suggestion};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::PersonId;
use kiez_domain::instant::Instant;
use kiez_domain::need::NewNeed;
use kiez_domain::policy::Subject;
use kiez_domain::restriction::{Restricted, RestrictionForm};
use kiez_gateways::clock::Clock;
use kiez_gateways::ledger_file::LedgerFile;
use kiez_gateways::random::Random;
use kiez_testkit::NOW;
use kiez_testkit::database::{postgres, sqlite};

/// A second coordinator, known by another account.
fn second(app: &App) -> Caller {
    Caller::with(vec![Subject::coordinator(app.world.project, Some(app.world.olga))], "Olga".to_owned())
}

async fn ayse(app: &App) -> PersonId {
    let (ctx, mira, world) = (&app.ctx, app.coordinator(), app.world);
    let who = ("Ayşe Yılmaz", "Inhaberin");
    let person = contact::add_person(ctx, &mira, world.project, world.bakery, who).await.expect("noted");
    let channel = (Medium::Phone, "030 1234567", ChannelVisibility::Internal);
    contact::add_channel(ctx, &mira, world.project, (world.bakery, Some(person)), channel)
        .await
        .expect("noted");
    person
}

async fn dumped(ctx: &Ctx) -> String {
    let mut bytes = Vec::new();
    house::dump(ctx, &Caller::of_the_house(), &mut bytes).await.expect("dumped");
    String::from_utf8(bytes).expect("UTF-8")
}

#[tokio::test]
async fn whoever_opens_contacts_is_in_the_trail_and_those_concerned_may_look() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, app.world);
        ayse(&app).await;
        let whose = Whose { actor: world.bakery, person: None };
        let span = (Instant(0), NOW.plus_days(1));
        let seen = async |caller: &Caller, whose: Whose| {
            access_report::accesses(ctx, caller, world.project, (whose, span)).await.map(|(_, found)| {
                let read = found.into_iter().filter(|access| access.action == "read");
                read.map(|access| access.name.map(|(_, name)| name)).collect::<Vec<_>>()
            })
        };
        assert_eq!(seen(&app.coordinator(), whose).await.expect("may"), []);
        actor::get(ctx, &app.coordinator(), world.project, world.bakery).await.expect("seen");
        reads::flush(ctx).await.expect("written");
        assert_eq!(seen(&app.coordinator(), whose).await.expect("may"), [Some("Mira".to_owned())]);
        actor::get(ctx, &app.coordinator(), world.project, world.joiner).await.expect("seen");
        let joiner = Whose { actor: world.joiner, person: None };
        assert_eq!(seen(&app.coordinator(), joiner).await.expect("may"), [], "nothing internal is there");
        assert!(matches!(seen(&app.institution(), whose).await, Err(AppError::NotFound)), "not its own");
        let own = Whose { actor: world.kita, person: None };
        assert_eq!(seen(&app.institution(), own).await.expect("its own"), []);
        assert!(matches!(seen(&Caller::visitor(), own).await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn a_report_names_everything_with_its_origin_and_is_told_itself() {
    for app in apps().await {
        let (ctx, world, mira) = (&app.ctx, app.world, app.coordinator());
        let person = ayse(&app).await;
        let whose = Whose { actor: world.bakery, person: None };
        let report = access_report::report(ctx, &mira, world.project, whose).await.expect("made");
        assert_eq!(report.name, "Bäckerei Ayşe");
        let tables: Vec<_> = report.sections.iter().map(|section| section.table).collect();
        assert_eq!(tables, ["actor", "person", "contact_channel"]);
        let field = |section: usize, column: &str| {
            let fields = &report.sections[section].records[0].fields;
            fields.iter().find(|field| field.column == column).expect("there").clone()
        };
        assert_eq!(field(1, "name").value, "Ayşe Yılmaz");
        assert_eq!((field(1, "name").origin, field(1, "id").origin), (Origin::Form, Origin::Program));
        assert!(report.sections.iter().all(|section| !section.activities.is_empty()));
        let again = access_report::report(ctx, &mira, world.project, whose).await.expect("made");
        assert!(again.accesses.iter().any(|access| access.resource == "access_report"));
        let one = Whose { actor: world.bakery, person: Some(person) };
        let of_person = access_report::report(ctx, &mira, world.project, one).await.expect("made");
        assert_eq!((of_person.name.as_str(), of_person.sections.len()), ("Ayşe Yılmaz", 2));
        let mixed = Whose { actor: world.kita, person: Some(person) };
        for (caller, whose) in [
            (&mira, mixed),
            (&app.institution(), whose),
            (&Caller::visitor(), whose),
            (&app.operator(), whose),
        ] {
            let refused = access_report::report(ctx, caller, world.project, whose).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{caller:?}");
        }
        let own = Whose { actor: world.kita, person: None };
        let report =
            access_report::report(ctx, &app.institution(), world.project, own).await.expect("its own");
        assert!(report.sections.iter().any(|section| section.table == "membership"), "who signs in for it");
    }
}

#[tokio::test]
async fn one_is_erased_at_once_and_nobody_else_may() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, app.world);
        let person = DataSubject::Person(ayse(&app).await);
        let project = Some(world.project);
        for caller in [app.institution(), Caller::visitor()] {
            assert!(matches!(erasure::preview(ctx, &caller, project, person).await, Err(AppError::NotFound)));
            assert!(matches!(
                erasure::erase(ctx, &caller, project, &[person]).await,
                Err(AppError::NotFound)
            ));
        }
        let elsewhere = Some(world.other_project);
        let refused = erasure::erase(ctx, &app.operator(), elsewhere, &[person]).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "it is of another project");
        let mira = app.coordinator();
        let account = erasure::erase(ctx, &mira, None, &[DataSubject::User(world.jonas)]).await;
        assert!(matches!(account, Err(AppError::NotFound)), "accounts are the operator's");
        let preview = erasure::preview(ctx, &mira, project, person).await.expect("shown");
        assert_eq!((preview.name.as_str(), preview.waits), ("Ayşe Yılmaz", false));
        let before = dumped(ctx).await;
        assert!(before.contains("Yılmaz") && before.contains("1234567"));
        assert_eq!(erasure::erase(ctx, &mira, project, &[person]).await.expect("erased"), Outcome::Erased);
        let after = dumped(ctx).await;
        assert!(!after.contains("Yılmaz") && !after.contains("1234567"));
        assert_eq!(ctx.ledger.lines().expect("read").len(), 1);
        assert!(matches!(erasure::erase(ctx, &mira, project, &[person]).await, Err(AppError::NotFound)));
        erasure::erase(ctx, &app.operator(), None, &[DataSubject::User(world.jonas)]).await.expect("erased");
        assert!(!dumped(ctx).await.contains("Jonas"));
        assert_eq!(house::check(ctx, &app.operator()).await.expect("asked"), []);
    }
}

#[tokio::test]
async fn suggestions_forget_whoever_is_erased_or_restricted() {
    for app in apps().await {
        let (ctx, world, mira) = (&app.ctx, app.world, app.coordinator());
        let givers = async || {
            let found =
                suggestion::for_need(ctx, &mira, world.project, world.wood_wanted, 10).await.expect("asked");
            format!("{found:?}").contains("Holzwurm")
        };
        assert!(givers().await);
        let of = Restricted { actor: world.joiner, person: None };
        let form = RestrictionForm { reason: "wird geprüft".into(), until: "2026-04-01".into() };
        for caller in [app.institution(), Caller::visitor()] {
            let refused = restriction::restrict(ctx, &caller, world.project, of, &form).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
        }
        let empty = RestrictionForm::default();
        let refused = restriction::restrict(ctx, &mira, world.project, of, &empty).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))));
        restriction::restrict(ctx, &mira, world.project, of, &form).await.expect("restricted");
        restriction::restrict(ctx, &mira, world.project, of, &form)
            .await
            .expect("a second time changes nothing");
        let held = restriction::list(ctx, &mira, world.project, world.joiner).await.expect("read");
        assert_eq!(held.len(), 1);
        assert!(!givers().await, "nobody works with it");
        restriction::lift(ctx, &mira, (world.project, world.kita), held[0].id)
            .await
            .expect("nothing to lift");
        assert!(!givers().await, "it is another actor's");
        restriction::lift(ctx, &mira, (world.project, world.joiner), held[0].id).await.expect("lifted");
        assert!(givers().await);
        restriction::restrict(ctx, &mira, world.project, of, &form).await.expect("once more");
        ctx.clock.move_to(NOW.plus_days(29));
        assert_eq!(restriction::lapse(ctx, &app.operator(), world.project).await.expect("done"), 0);
        ctx.clock.move_to(NOW.plus_days(30));
        assert_eq!(restriction::lapse(ctx, &app.operator(), world.project).await.expect("done"), 1);
        assert!(givers().await);
        let subject = DataSubject::Actor(world.joiner);
        erasure::erase(ctx, &mira, Some(world.project), &[subject]).await.expect("erased");
        assert!(!givers().await);
        let found = actor::get(ctx, &mira, world.project, world.joiner).await;
        assert!(matches!(found, Err(AppError::NotFound)));
        let need = posting::get::<NewNeed>(ctx, &mira, world.project, world.wood_wanted).await;
        need.expect("the need stays");
    }
}

#[tokio::test]
async fn many_and_whole_projects_wait_for_somebody_else_or_a_day() {
    for app in apps().await {
        let (ctx, world, mira) = (&app.ctx, app.world, app.coordinator());
        for number in 0..50 {
            let name = format!("Person {number}");
            let who = (name.as_str(), "");
            contact::add_person(ctx, &mira, world.project, world.bakery, who).await.expect("noted");
        }
        let (project, bakery) = (Some(world.project), DataSubject::Actor(world.bakery));
        assert!(erasure::preview(ctx, &mira, project, bakery).await.expect("shown").waits, "51 people");
        let asked =
            async |subject| match erasure::erase(ctx, &mira, project, &[subject]).await.expect("asked") {
                Outcome::Waits(id) => (world.project, id),
                Outcome::Erased => panic!("it did not wait"),
            };
        let there = async || actor::get(ctx, &mira, world.project, world.bakery).await.is_ok();
        let first = asked(bakery).await;
        assert!(there().await);
        assert_eq!(erasure::waiting(ctx, &mira, world.project).await.expect("read").len(), 1);
        let own = erasure::confirm(ctx, &mira, first).await;
        assert!(matches!(own, Err(AppError::NotFound)), "nobody looks twice at the own wish");
        let stranger = erasure::confirm(ctx, &app.institution(), first).await;
        assert!(matches!(stranger, Err(AppError::NotFound)));
        erasure::withdraw(ctx, &mira, first).await.expect("called off");
        assert!(there().await);
        let called_off = erasure::confirm(ctx, &second(&app), first).await;
        assert!(matches!(called_off, Err(AppError::NotPossible(_))), "{called_off:?}");
        let confirmed = asked(bakery).await;
        erasure::confirm(ctx, &second(&app), confirmed).await.expect("erased");
        assert!(!there().await);
        let whole = asked(DataSubject::Project(world.project)).await;
        ctx.clock.move_to(NOW.plus_days(1).plus_minutes(-1));
        assert_eq!(erasure::lapse(ctx, &app.operator()).await.expect("looked"), 0);
        ctx.clock.move_to(NOW.plus_days(1));
        assert_eq!(erasure::lapse(ctx, &app.operator()).await.expect("done"), 1);
        assert_eq!(erasure::lapse(ctx, &app.operator()).await.expect("once"), 0);
        assert_eq!(kiez_app::project::list(ctx, &app.operator()).await.expect("read").len(), 1);
        assert!(!dumped(ctx).await.contains("Holzwurm"));
        assert!(matches!(erasure::confirm(ctx, &app.operator(), whole).await, Err(AppError::NotFound)));
        assert_eq!(house::check(ctx, &app.operator()).await.expect("asked"), []);
    }
}

#[tokio::test]
async fn a_copy_of_yesterday_does_not_bring_back_who_was_erased() {
    for app in apps().await {
        let (ctx, operator) = (&app.ctx, app.operator());
        let person = ayse(&app).await;
        let (copy, yesterday) = backup::write(ctx, &operator, Vec::new(), None).await.expect("written");
        assert!(copy.contents.rows() > 30);
        let project = Some(app.world.project);
        for subject in [DataSubject::Person(person), DataSubject::Actor(app.world.joiner)] {
            erasure::erase(ctx, &app.coordinator(), project, &[subject]).await.expect("erased");
        }
        erasure::erase(ctx, &operator, None, &[DataSubject::User(app.world.jonas)]).await.expect("erased");
        let lines = ctx.ledger.lines().expect("read");
        let mark =
            kiez_store::erasure::fingerprint(&mut ctx.db.read().await.expect("read")).await.expect("read");
        for (found, again) in [
            (vec![], 0),
            (vec![(Some("another".to_owned()), lines.clone())], 0),
            (vec![(Some(mark.clone()), lines.clone())], 3),
        ] {
            for fresh in [Some(sqlite().await), postgres().await].into_iter().flatten() {
                let copy = Ctx::new(fresh.db.clone(), Clock::standing(NOW), Random::seeded(9));
                let restored = backup::restore_with(&copy, &operator, &yesterday[..], (None, &found)).await;
                assert_eq!(restored.expect("restored").1, again);
                let dump = dumped(&copy).await;
                for name in ["Yılmaz", "Holzwurm", "Jonas"] {
                    assert_eq!(dump.contains(name), again == 0, "{name}");
                }
                if again > 0 {
                    assert_eq!(copy.ledger.lines().expect("read").len(), 3, "its own backups know");
                    assert_eq!(house::check(&copy, &operator).await.expect("asked"), []);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_database_put_back_by_hand_is_erased_again_before_anybody_is_served() {
    for app in apps().await {
        let (ctx, operator) = (&app.ctx, app.operator());
        let (_, yesterday) = backup::write(ctx, &operator, Vec::new(), None).await.expect("written");
        let subject = [DataSubject::Actor(app.world.joiner)];
        erasure::erase(ctx, &app.coordinator(), Some(app.world.project), &subject).await.expect("erased");
        let fresh = sqlite().await;
        let put_back = Ctx::new(fresh.db.clone(), Clock::standing(NOW), Random::seeded(9));
        backup::restore(&put_back, &operator, &yesterday[..], None).await.expect("as if by hand");
        assert!(dumped(&put_back).await.contains("Holzwurm"));
        let with_file = Ctx { ledger: ctx.ledger.clone(), ..put_back };
        let told: Vec<String> = house::check(&with_file, &operator)
            .await
            .expect("asked")
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("copy from before") && told[1].contains("in the database again"),
            "{told:?}"
        );
        assert!(matches!(ledger::catch_up(&with_file, &app.coordinator()).await, Err(AppError::NotFound)));
        assert_eq!(ledger::catch_up(&with_file, &operator).await.expect("done"), 1);
        assert!(!dumped(&with_file).await.contains("Holzwurm"));
        assert!(ledger::clear(&with_file).await.expect("cleared"));
        assert_eq!(house::check(&with_file, &operator).await.expect("asked"), []);
        // A ledger whose last line is half, as after a power cut, is made whole from the database.
        let half = Ctx { ledger: LedgerFile::default(), ..with_file };
        half.ledger.append(&["{\"mark\":\"ab".to_owned()], "x").expect("added");
        assert_eq!(house::check(&half, &operator).await.expect("asked").len(), 1);
        assert_eq!(ledger::catch_up(&half, &operator).await.expect("done"), 0);
        assert_eq!(house::check(&half, &operator).await.expect("asked"), []);
    }
}

#[tokio::test]
async fn what_touches_many_stops_and_asks() {
    for app in apps().await {
        let (ctx, world, mira) = (&app.ctx, app.world, app.coordinator());
        let person = ayse(&app).await;
        let project = Some(world.project);
        for caller in [app.institution(), Caller::visitor()] {
            assert!(matches!(retention::outlook(ctx, &caller, project).await, Err(AppError::NotFound)));
            assert!(matches!(retention::run(ctx, &caller, project, true).await, Err(AppError::NotFound)));
        }
        let whole = retention::run(ctx, &mira, None, false).await;
        assert!(matches!(whole, Err(AppError::NotFound)), "what belongs to none is the operator's");
        let of = (world.bakery, Some(person));
        let strange = (world.kita, Some(person));
        contact::leave(ctx, &mira, world.project, strange, true).await.expect("nobody there is called so");
        assert!(contact::left(ctx, &mira, world.project, world.bakery).await.expect("read").is_empty());
        contact::leave(ctx, &mira, world.project, of, true).await.expect("noted");
        assert_eq!(contact::left(ctx, &mira, world.project, world.bakery).await.expect("read").len(), 1);
        assert!(!retention::outlook(ctx, &mira, project).await.expect("shown").is_anything_due());
        ctx.clock.move_to(NOW.plus_days(93));
        let outlook = retention::outlook(ctx, &mira, project).await.expect("shown");
        assert_eq!((outlook.persons, outlook.of_persons, outlook.brakes()), (1, 3, true), "one in three");
        retention::daily(ctx, &app.operator()).await.expect("looked");
        retention::daily(ctx, &app.operator()).await.expect("once a day");
        let outlook = retention::outlook(ctx, &mira, project).await.expect("shown");
        assert_eq!(outlook.past.iter().map(|run| run.state).collect::<Vec<_>>(), [RunState::Stopped]);
        assert!(dumped(ctx).await.contains("Yılmaz"), "nothing has gone");
        let run = retention::run(ctx, &mira, project, true).await.expect("agreed");
        assert_eq!((run.state, run.counts["left"]), (RunState::Agreed, 1));
        assert!(!dumped(ctx).await.contains("Yılmaz"));
        let quiet = retention::run(ctx, &mira, project, false).await.expect("nothing is due");
        assert_eq!((quiet.state, quiet.counts.len()), (RunState::Done, 0));
    }
}

//! Noting consents, taking them back, and what follows from it everywhere at once.

use crate::{App, apps, said};
use kiez_app::action_link::{self, NewLink};
use kiez_app::caller::Caller;
use kiez_app::consent::{self, Standing};
use kiez_app::contact::{add_channel, add_person};
use kiez_app::error::AppError;
use kiez_app::import::ImportRequest;
use kiez_app::published::{self, OpenDataFormat};
use kiez_app::{actor, objection, print_removal};
use kiez_domain::action_link::Action;
use kiez_domain::actor::{ActorForm, StageEvent};
use kiez_domain::consent::{ConsentAct, ConsentChannel, ConsentForm, Purpose};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::id::ActorId;
use kiez_domain::issue::Problem;
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;

async fn note(app: &App, who: ActorId, form: ConsentForm) {
    consent::record(&app.ctx, &app.coordinator(), app.world.project, who, form).await.expect("noted");
}

async fn standing(app: &App, who: ActorId, purpose: Purpose) -> Standing {
    let view = consent::view(&app.ctx, &app.coordinator(), app.world.project, who).await.expect("seen");
    view.standings.into_iter().find(|standing| standing.purpose == purpose).expect("every purpose")
}

async fn is_public(app: &App, who: ActorId) -> bool {
    let (visitor, project) = (Caller::visitor(), app.world.project);
    let page = published::actor(&app.ctx, &visitor, project, who).await;
    let table =
        published::open_data(&app.ctx, &visitor, project, OpenDataFormat::Csv).await.expect("written");
    let listed = String::from_utf8(table).expect("UTF-8").contains(&who.to_string());
    assert_eq!(page.is_ok(), listed, "page and open data say the same");
    listed
}

#[tokio::test]
async fn what_is_noted_stands_with_its_evidence_and_publishes_at_once() {
    for app in apps().await {
        let bakery = app.world.bakery;
        assert!(!is_public(&app, bakery).await);
        let form = ConsentForm {
            heard: "paper".into(),
            consent_note: "Ordner B".into(),
            asked_in: "tr".into(),
            ..said("given", &["web", "print"])
        };
        note(&app, bakery, form.clone()).await;
        assert!(is_public(&app, bakery).await);
        let web = standing(&app, bakery, Purpose::Web).await;
        let last = web.last.expect("somebody said it");
        let evidence = &last.event.evidence;
        assert_eq!(
            (web.stands, evidence.channel, evidence.said_by.as_str()),
            (true, ConsentChannel::Paper, "Ayşe")
        );
        assert_eq!(last.recorded_by.as_deref(), Some("Mira"));
        assert!(
            last.words.is_some_and(|words| words.contains("haritada")),
            "the Turkish words: {:?}",
            last.words
        );
        note(&app, bakery, form).await;
        let view =
            consent::view(&app.ctx, &app.coordinator(), app.world.project, bakery).await.expect("seen");
        assert_eq!(view.history.len(), 2, "the same a second time changes nothing");
        note(&app, bakery, said("withdrawn", &["web"])).await;
        assert!(!is_public(&app, bakery).await);
        let view =
            consent::view(&app.ctx, &app.coordinator(), app.world.project, bakery).await.expect("seen");
        let acts: Vec<ConsentAct> = view.history.iter().map(|entry| entry.event.act).collect();
        assert_eq!(
            acts,
            [ConsentAct::Withdrawn, ConsentAct::Given, ConsentAct::Given],
            "and nothing was changed"
        );
        assert!(standing(&app, bakery, Purpose::Print).await.stands, "each purpose stands by itself");
    }
}

#[tokio::test]
async fn coordinators_note_and_an_institution_takes_its_own_back() {
    for app in apps().await {
        let (kita, project) = (app.world.kita, app.world.project);
        app.agree(kita).await;
        for caller in [Caller::visitor(), app.institution(), app.operator()] {
            let refused = consent::record(&app.ctx, &caller, project, kita, said("given", &["web"])).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
        for (caller, who) in
            [(app.institution(), app.world.bakery), (app.operator(), kita), (app.coordinator(), kita)]
        {
            let refused = consent::withdraw(&app.ctx, &caller, project, (who, Purpose::Web)).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
        let other = consent::view(&app.ctx, &app.institution(), project, app.world.bakery).await;
        assert!(matches!(other, Err(AppError::NotFound)));
        let own = consent::view(&app.ctx, &app.institution(), project, kita).await.expect("its own");
        assert_eq!((own.may_record, own.may_withdraw), (false, true));
        assert!(is_public(&app, kita).await);
        for _ in 0..2 {
            let done = consent::withdraw(&app.ctx, &app.institution(), project, (kita, Purpose::Web)).await;
            done.expect("taken back, and a second time changes nothing");
        }
        assert!(!is_public(&app, kita).await);
        let last = standing(&app, kita, Purpose::Web).await.last.expect("said");
        assert_eq!((last.event.act, last.event.evidence.said_by.as_str()), (ConsentAct::Withdrawn, "Jonas"));
        let own = consent::view(&app.ctx, &app.institution(), project, kita).await.expect("its own");
        assert_eq!(own.history.len(), 2);
    }
}

#[tokio::test]
async fn nobody_is_asked_for_who_is_not_there() {
    for app in apps().await {
        let (mira, project) = (app.coordinator(), app.world.project);
        let nobody = kiez_testkit::id(ActorId::new);
        let missing = consent::record(&app.ctx, &mira, project, nobody, said("given", &["web"])).await;
        assert!(matches!(missing, Err(AppError::NotFound)), "{missing:?}");
        let elsewhere =
            add_person(&app.ctx, &mira, project, app.world.joiner, ("Emre", "")).await.expect("added");
        let form = ConsentForm { person: elsewhere.to_string(), ..said("given", &["photo"]) };
        let wrong = consent::record(&app.ctx, &mira, project, app.world.bakery, form).await;
        let Err(AppError::Invalid(issues)) = wrong else { panic!("{wrong:?}") };
        assert_eq!(issues[0].field, "person");
        let own = add_person(&app.ctx, &mira, project, app.world.bakery, ("Ayşe", "Inhaberin"))
            .await
            .expect("added");
        let form = ConsentForm { person: own.to_string(), ..said("given", &["photo"]) };
        note(&app, app.world.bakery, form).await;
        let photo = standing(&app, app.world.bakery, Purpose::Photo).await;
        assert_eq!((photo.stands, photo.persons), (false, vec![(own, "Ayşe".to_owned(), true)]));
    }
}

#[tokio::test]
async fn a_new_owner_has_agreed_to_nothing() {
    for app in apps().await {
        let (mira, project, bakery) = (app.coordinator(), app.world.project, app.world.bakery);
        note(&app, bakery, said("given", &["web", "print"])).await;
        let person =
            add_person(&app.ctx, &mira, project, bakery, ("Ayşe", "Inhaberin")).await.expect("added");
        note(&app, bakery, ConsentForm { person: person.to_string(), ..said("given", &["photo"]) }).await;
        let new = NewLink { action: Action::MyPage, purposes: Vec::new(), person: None, channel: None };
        let made = action_link::create(&app.ctx, &mira, project, (bakery, new)).await.expect("made");
        for event in [StageEvent::Visit, StageEvent::ChangeOwner] {
            let version = actor::get(&app.ctx, &mira, project, bakery).await.expect("seen").actor.version;
            actor::transition(&app.ctx, &mira, project, bakery, (version, event)).await.expect("a step");
            assert_eq!(is_public(&app, bakery).await, event == StageEvent::Visit);
            let opened = action_link::open(&app.ctx, &made.token).await;
            assert_eq!(
                opened.is_ok(),
                event == StageEvent::Visit,
                "the letter of the one before is good no more"
            );
        }
        let list = print_removal::list(&app.ctx, &mira, project).await.expect("listed");
        let mut purposes: Vec<Purpose> = list.waiting.iter().map(|row| row.event.purpose).collect();
        purposes.sort();
        assert_eq!(
            purposes,
            [Purpose::Print, Purpose::Photo],
            "what is printed is listed for the next edition"
        );
    }
}

#[tokio::test]
async fn what_is_taken_back_on_paper_waits_until_it_is_out_or_agreed_to_again() {
    for app in apps().await {
        let (mira, project) = (app.coordinator(), app.world.project);
        for who in [app.world.bakery, app.world.joiner] {
            note(&app, who, said("given", &["print"])).await;
            note(&app, who, said("withdrawn", &["print"])).await;
        }
        let waiting = async || print_removal::list(&app.ctx, &mira, project).await.expect("listed").waiting;
        assert_eq!(waiting().await.len(), 2);
        let desk = kiez_app::overview::desk(&app.ctx, &mira, project).await.expect("seen");
        assert_eq!(desk.waiting.print, 2, "the desk says so");
        app.ctx.clock.move_to(kiez_testkit::NOW.plus_days(1));
        note(&app, app.world.joiner, said("given", &["print"])).await;
        let left = waiting().await;
        assert_eq!(left.iter().map(|row| row.event.actor).collect::<Vec<_>>(), [app.world.bakery]);
        let event = left[0].event.id;
        let empty = print_removal::settle(&app.ctx, &mira, project, (event, " ")).await;
        assert!(matches!(empty, Err(AppError::Invalid(_))), "{empty:?}");
        let refused = print_removal::settle(&app.ctx, &app.institution(), project, (event, "Frühjahr")).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        print_removal::settle(&app.ctx, &mira, project, (event, "Frühjahr 2027")).await.expect("out");
        let list = print_removal::list(&app.ctx, &mira, project).await.expect("listed");
        assert_eq!((list.waiting.len(), list.removed.len()), (0, 1));
        let desk = kiez_app::overview::desk(&app.ctx, &mira, project).await.expect("seen");
        assert_eq!(desk.waiting.print, 0);
        let refused = print_removal::list(&app.ctx, &app.institution(), project).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn whoever_objected_is_off_the_pages_and_not_taken_in_again() {
    for app in apps().await {
        let (mira, project, joiner) = (app.coordinator(), app.world.project, app.world.joiner);
        let phone = (Medium::Phone, "030 5550111", ChannelVisibility::Public);
        add_channel(&app.ctx, &mira, project, (joiner, None), phone).await.expect("added");
        note(&app, joiner, said("given", &["web", "news"])).await;
        let refused = objection::record(&app.ctx, &app.institution(), project, joiner).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        for _ in 0..2 {
            objection::record(&app.ctx, &mira, project, joiner).await.expect("noted, and twice is once");
        }
        assert!(!is_public(&app, joiner).await && !standing(&app, joiner, Purpose::News).await.stands);
        let view = actor::get(&app.ctx, &mira, project, joiner).await.expect("seen");
        let asked = (&view.actor.data, view.channels.as_slice());
        assert!(objection::is_noted(&app.ctx, &mira, project, asked).await.expect("asked"));

        let same = ("+49 (0)30 555 01 11", ChannelVisibility::Internal);
        let again =
            add_channel(&app.ctx, &mira, project, (app.world.bakery, None), (Medium::Phone, same.0, same.1))
                .await;
        let Err(AppError::Invalid(issues)) = again else { panic!("{again:?}") };
        assert_eq!((issues[0].field.as_str(), &issues[0].problem), ("value", &Problem::Objected));

        let form = || ActorForm { despite_objection: String::new(), ..ActorForm::from(&view.actor.data) };
        let again = actor::create(&app.ctx, &mira, project, (form(), "first")).await;
        let Err(AppError::Invalid(issues)) = again else { panic!("{again:?}") };
        assert_eq!((issues[0].field.as_str(), &issues[0].problem), ("name", &Problem::Objected));
        let asked_for = ActorForm { despite_objection: "on".into(), ..form() };
        actor::create(&app.ctx, &mira, project, (asked_for, "second")).await.expect("at their own wish");
        let known = async |project| {
            let mut conn = app.ctx.db.read().await.expect("read");
            objection::Objections::of(&mut conn, project).await.expect("read")
        };
        let here = known(project).await;
        assert!(here.forbid(Medium::Phone, "0049 30 5550111") && !here.forbid(Medium::Phone, "030 5550112"));
        let there = known(app.world.other_project).await;
        assert!(!there.forbid(Medium::Phone, "030 5550111"), "of another project");
    }
}

#[tokio::test]
async fn an_import_leaves_out_whoever_objected_and_says_so() {
    for app in apps().await {
        let (mira, project) = (app.coordinator(), app.world.project);
        let list = || {
            let rows = "name,street,house_number,city,phone\nTeesalon Nar,Graefestr.,3,Berlin,\n\
                        Anders,Weg,1,Berlin,030/5550111\nNiemand sonst,Weg,2,Berlin,030 1\n";
            ImportRequest::new(ImportKind::Actors, vec![Source::new("liste.csv", rows.as_bytes().to_vec())])
        };
        let shop = ActorForm {
            name: "Teesalon Nar".into(),
            street: "Graefestraße".into(),
            house_number: "3".into(),
            ..ActorForm::default()
        };
        let shop = actor::create(&app.ctx, &mira, project, (shop, "one")).await.expect("entered");
        let phone = (Medium::Phone, "030 5550111", ChannelVisibility::Internal);
        add_channel(&app.ctx, &mira, project, (shop, None), phone).await.expect("added");
        objection::record(&app.ctx, &mira, project, shop).await.expect("noted");
        let report = kiez_app::import::run(&app.ctx, &mira, project, list()).await.expect("read");
        let left_out: Vec<u64> = report.refused.iter().map(|refusal| refusal.line).collect();
        assert_eq!(left_out, [2, 3], "by name and address, and by the number: {:?}", report.refused);
        assert!(report.refused[0].to_string().contains("objected"), "{}", report.refused[0]);
        assert_eq!(report.figures.new, 1, "the others come in");
    }
}

//! A suggestion says from where both know each other, and only where it is true.

use crate::{App, apps};
use kiez_app::{actor, suggestion, verdict};
use kiez_domain::actor::ActorForm;
use kiez_domain::id::ActorId;
use kiez_domain::suggestion::{Bond, Reason};
use kiez_domain::verdict::{Giver, VerdictForm};

/// The bond that the suggestion of the joiner for the Kita's need names.
async fn bond(app: &App) -> Option<Bond> {
    let (caller, world) = (app.coordinator(), &app.world);
    let found =
        suggestion::for_need(&app.ctx, &caller, world.project, world.wood_wanted, 5).await.expect("found");
    let joiner = found.iter().find(|one| one.giver() == Some(Giver::Offer(world.offcuts))).expect("it fits");
    joiner.reasons.iter().find_map(|why| match why {
        Reason::Acquainted { bond } => Some(bond.clone()),
        _ => None,
    })
}

/// Saves an actor with some fields changed.
async fn change(app: &App, id: ActorId, change: impl FnOnce(&mut ActorForm)) {
    let (caller, project) = (app.coordinator(), app.world.project);
    let view = actor::get(&app.ctx, &caller, project, id).await.expect("there");
    let mut form = ActorForm::from(&view.actor.data);
    change(&mut form);
    actor::update(&app.ctx, &caller, project, id, (view.actor.version, form)).await.expect("saved");
}

#[tokio::test]
async fn neighbours_of_one_house_are_named_while_they_are() {
    for app in apps().await {
        assert_eq!(bond(&app).await, None, "strangers");
        change(&app, app.world.joiner, |form| {
            (form.street, form.house_number) = ("Urbanstraße".into(), "48".into());
        })
        .await;
        assert_eq!(bond(&app).await, Some(Bond::SameHouse));
        change(&app, app.world.joiner, |form| form.house_number = "48b".into()).await;
        assert_eq!(bond(&app).await, None, "moved next door");
    }
}

#[tokio::test]
async fn one_organisation_is_named() {
    for app in apps().await {
        for id in [app.world.kita, app.world.joiner] {
            change(&app, id, |form| form.carrier = "Kinderwelten".into()).await;
        }
        assert_eq!(bond(&app).await, Some(Bond::SameCarrier { carrier: "Kinderwelten".into() }));
    }
}

#[tokio::test]
async fn a_third_who_stands_first_with_both_is_named() {
    for app in apps().await {
        let (caller, world) = (app.coordinator(), &app.world);
        let put_first = async |need, giver: Giver| {
            let form =
                VerdictForm { giver: giver.to_string(), decision: "pin".into(), ..VerdictForm::default() };
            verdict::decide(&app.ctx, &caller, world.project, need, form).await.expect("decided");
        };
        // The bakery for the Kita alone says nothing about the joiner.
        put_first(world.wood_wanted, Giver::Actor(world.bakery)).await;
        assert_eq!(bond(&app).await, None);
        // The youth club stands first with the joiner, and with the Kita.
        put_first(world.talk_wanted, Giver::Offer(world.offcuts)).await;
        assert_eq!(bond(&app).await, None);
        put_first(world.talk_wanted, Giver::Actor(world.kita)).await;
        assert_eq!(bond(&app).await, Some(Bond::CommonPartner { partner: "Jugendclub Drehpunkt".into() }));
        let kita = Giver::Actor(world.kita).to_string();
        verdict::take_back(&app.ctx, &caller, world.project, world.talk_wanted, &kita)
            .await
            .expect("taken back");
        assert_eq!(bond(&app).await, None);
    }
}

//! What businesses said, as it is kept and as the engine hears it.

use crate::in_every_world;
use jiff::civil::{Date, date};
use kiez_domain::answer::{NewAnswer, Said};
use kiez_domain::competence::Competence;
use kiez_domain::id::{ActorId, AnswerId, CompetenceId};
use kiez_domain::kind::KindId;
use kiez_store::answer::{self, Answer, Heard};
use kiez_store::competence;
use kiez_store::engine::{self, Seat};
use kiez_store::error::StoreError;
use kiez_testkit::{NOW, World, id};

const MARCH: Date = date(2026, 3, 2);

fn kind(id: &str) -> KindId {
    id.parse().expect("a kind")
}

fn said(about: &str, said: Said, on: Date) -> NewAnswer {
    NewAnswer { kind: (!about.is_empty()).then(|| kind(about)), said, on, again: None }
}

#[tokio::test]
async fn one_word_a_day_on_one_thing_is_kept() {
    in_every_world(async |db, world| {
        let (may, mut tx) = (world.may("answer", "create"), db.write().await.expect("write"));
        let mut put = async |who: ActorId, new: &NewAnswer| {
            answer::put(&mut tx, &may, (id(AnswerId::new), who), new, NOW).await.expect("stored")
        };
        let later = NewAnswer { again: Some(date(2026, 4, 7)), ..said("cake", Said::No, MARCH) };
        assert!(put(world.bakery, &said("cake", Said::Yes, MARCH)).await);
        assert!(put(world.bakery, &later).await, "the later word of a day holds");
        assert!(!put(world.bakery, &later).await, "a second time changes nothing");
        assert!(put(world.bakery, &said("", Said::Open, MARCH)).await, "taking part is another thing");
        assert!(put(world.bakery, &said("cake", Said::Yes, date(2026, 5, 4))).await);
        assert!(put(world.joiner, &said("", Said::No, MARCH)).await);
        let mine = answer::list_by_actor(&mut tx, world.project, world.bakery).await.expect("read");
        assert_eq!(mine[0].data, said("cake", Said::Yes, date(2026, 5, 4)), "the newest first");
        assert!(mine.len() == 3 && mine.iter().any(|answer| answer.data == later));
        let all = answer::list(&mut tx, world.project).await.expect("read");
        let days: Vec<Date> =
            all.iter().filter(|answer| answer.actor == world.bakery).map(|answer| answer.data.on).collect();
        assert!(all.len() == 4 && days.is_sorted(), "{all:?}");
        assert_eq!(answer::list(&mut tx, world.other_project).await.expect("read"), Vec::<Answer>::new());
    })
    .await;
}

#[tokio::test]
async fn the_engine_hears_confirmed_competences_and_answers_the_last_word_last() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let can =
            Competence { id: id(CompetenceId::new), actor: world.bakery, kind: kind("talk"), words: None };
        competence::create(&mut tx, &world.may("competence", "create"), &can, NOW).await.expect("stored");
        for new in [
            said("talk", Said::No, date(2026, 5, 4)),
            said("cake", Said::Interested, MARCH),
            said("", Said::Yes, MARCH),
            said("talk", Said::Yes, MARCH),
        ] {
            let fresh = (id(AnswerId::new), world.bakery);
            answer::put(&mut tx, &world.may("answer", "create"), fresh, &new, NOW).await.expect("stored");
        }
        let heard = answer::heard(&mut tx, world.project).await.expect("read");
        let told: Vec<(&str, bool)> = heard.iter().map(|heard| (heard.kind.as_str(), heard.yes)).collect();
        assert_eq!(
            told,
            [("talk", true), ("talk", true), ("talk", false)],
            "nothing but yes and no about kinds"
        );
        let street = Some("Dieffenbachstraße".to_owned());
        let whose = |heard: &Heard| heard.actor == world.bakery && heard.street == street;
        assert!(heard.iter().all(whose), "{heard:?}");
        let seats = engine::seats(&mut tx, world.project).await.expect("read");
        let bakery = |seat: &&Seat| seat.id == world.bakery && Some(&seat.street) == street.as_ref();
        assert_eq!((seats.len(), seats.iter().filter(bakery).count()), (4, 1));
    })
    .await;
}

#[tokio::test]
async fn nobody_answers_who_is_not_there_or_without_leave() {
    in_every_world(async |db, world: World| {
        let mut tx = db.write().await.expect("write");
        let (new, fresh) = (said("cake", Said::No, MARCH), || id(AnswerId::new));
        let other =
            answer::put(&mut tx, &world.may("need", "create"), (fresh(), world.bakery), &new, NOW).await;
        assert!(matches!(other, Err(StoreError::WrongPermit { .. })), "{other:?}");
        let nobody = (fresh(), id(ActorId::new));
        let missing = answer::put(&mut tx, &world.may("answer", "create"), nobody, &new, NOW).await;
        assert!(matches!(missing, Err(StoreError::MissingReference)), "{missing:?}");
    })
    .await;
}

//! Ideas as they are kept.

use crate::in_every_world;
use kiez_domain::id::{ActorId, IdeaId};
use kiez_domain::idea::{IdeaForm, IdeaState, NewIdea};
use kiez_store::error::StoreError;
use kiez_store::idea;
use kiez_store::page::Page;
use kiez_testkit::{NOW, World, id};

fn bread(world: &World) -> NewIdea {
    let form = IdeaForm {
        actor: world.bakery.to_string(),
        said_by: "Ayşes Schwester".into(),
        text: "Brot vom Vortag für das Frühstück".into(),
    };
    NewIdea::try_from(form).expect("filled")
}

#[tokio::test]
async fn an_idea_comes_back_as_it_was_noted_and_is_carried() {
    in_every_world(async |db, world| {
        let (fresh, mut tx) = (id(IdeaId::new), db.write().await.expect("write"));
        idea::create(&mut tx, &world.may("idea", "create"), fresh, &bread(&world), NOW)
            .await
            .expect("stored");
        let found = idea::find(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((found.data, found.state, found.version), (bread(&world), IdeaState::Noted, 1));
        let may = world.may("idea", "update");
        let carried = idea::transition(&mut tx, &may, fresh, 1, (IdeaState::Carried, NOW)).await;
        assert_eq!(carried.expect("saved"), 2);
        let found = idea::find(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((found.data, found.state), (bread(&world), IdeaState::Carried));
    })
    .await;
}

#[tokio::test]
async fn ideas_are_listed_newest_first_and_by_whose_they_are() {
    in_every_world(async |db, world| {
        let (older, newer) = (id(IdeaId::new), id(IdeaId::new));
        let nobodys = NewIdea { actor: None, said_by: None, ..bread(&world) };
        let (may, mut tx) = (world.may("idea", "create"), db.write().await.expect("write"));
        idea::create(&mut tx, &may, older, &bread(&world), NOW).await.expect("stored");
        idea::create(&mut tx, &may, newer, &nobodys, NOW).await.expect("stored");
        for (whose, expected) in
            [(None, vec![newer, older]), (Some(world.bakery), vec![older]), (Some(world.kita), vec![])]
        {
            let found = idea::list(&mut tx, world.project, whose, &Page::default()).await.expect("read");
            assert_eq!(found.rows.iter().map(|idea| idea.id).collect::<Vec<_>>(), expected, "{whose:?}");
            assert_eq!(found.total, expected.len() as u64);
        }
        let second = Page { size: 1, offset: 1 };
        let found = idea::list(&mut tx, world.project, None, &second).await.expect("read");
        assert_eq!((found.rows[0].id, found.total, found.next), (older, 2, None));
        let elsewhere = idea::list(&mut tx, world.other_project, None, &Page::default()).await;
        assert_eq!(elsewhere.expect("read").total, 0);
        assert_eq!(idea::find(&mut tx, world.other_project, older).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn an_idea_is_not_moved_from_an_old_version_nor_when_it_is_not_there() {
    in_every_world(async |db, world| {
        let (fresh, mut tx) = (id(IdeaId::new), db.write().await.expect("write"));
        idea::create(&mut tx, &world.may("idea", "create"), fresh, &bread(&world), NOW)
            .await
            .expect("stored");
        let may = world.may("idea", "update");
        let late = idea::transition(&mut tx, &may, fresh, 7, (IdeaState::Grown, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        let nowhere = idea::transition(&mut tx, &may, id(IdeaId::new), 1, (IdeaState::Grown, NOW)).await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
    })
    .await;
}

#[tokio::test]
async fn an_idea_of_an_unknown_actor_is_refused_and_a_wrong_permit_too() {
    in_every_world(async |db, world| {
        let stranger = NewIdea { actor: Some(id(ActorId::new)), ..bread(&world) };
        let mut tx = db.write().await.expect("write");
        let wrong =
            idea::create(&mut tx, &world.may("need", "create"), id(IdeaId::new), &stranger, NOW).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })), "{wrong:?}");
        let refused =
            idea::create(&mut tx, &world.may("idea", "create"), id(IdeaId::new), &stranger, NOW).await;
        assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
    })
    .await;
}

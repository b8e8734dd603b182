//! Doors around a place.

use crate::in_every_world;
use kiez_domain::actor::Stage;
use kiez_domain::position::Position;
use kiez_store::{actor, walk};
use kiez_testkit::NOW;

#[tokio::test]
async fn businesses_come_by_nearness_as_far_as_one_reaches() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        // The joiner is 111 m to the south of the bakery and 136 m to the west of it.
        let start = Position::new(52.4932, 13.4172).expect("a place");
        let mut doors = async |reach, most| {
            let found = walk::doors(&mut tx, world.project, (start, reach), most).await.expect("read");
            found.into_iter().map(|door| door.id).collect::<Vec<_>>()
        };
        assert_eq!(
            doors(1_000.0, 10).await,
            [world.bakery, world.joiner],
            "institutions are no doors of a walk"
        );
        assert_eq!(doors(1_000.0, 1).await, [world.bakery]);
        assert_eq!(doors(60.0, 10).await, [world.bakery]);
        assert_eq!(doors(10.0, 10).await, []);
        assert!(
            walk::decided(&mut tx, world.project).await.expect("read").is_empty(),
            "nobody was asked yet"
        );
        let no = (Stage::Declined, NOW);
        actor::transition(&mut tx, &world.may("actor", "update"), world.joiner, 1, no).await.expect("saved");
        let decided = walk::decided(&mut tx, world.project).await.expect("read");
        let joiner = (decided[0].name.as_str(), decided[0].street.as_deref(), decided[0].joined);
        assert_eq!((decided.len(), joiner), (1, ("Tischlerei Holzwurm", Some("Graefestraße"), false)));
        let gone = (Stage::Gone, NOW);
        actor::transition(&mut tx, &world.may("actor", "update"), world.bakery, 1, gone)
            .await
            .expect("saved");
        let left = walk::doors(&mut tx, world.project, (start, 1_000.0), 10).await.expect("read");
        assert_eq!(left.iter().map(|door| door.name.as_str()).collect::<Vec<_>>(), ["Tischlerei Holzwurm"]);
        assert_eq!((left[0].stage, left[0].confirmed.len()), (Stage::Declined, 0));
        assert!(walk::doors(&mut tx, world.other_project, (start, 1e6), 10).await.expect("read").is_empty());
    })
    .await;
}

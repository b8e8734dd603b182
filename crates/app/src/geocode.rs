//! Where an address is, from the doors of the imported map; nobody outside is asked.
//!
//! What is certain is taken. What is only near, or could be two places, is said and left to a person.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::address::Address;
use kiez_domain::address_point::{AddressPoint, fold_house_number, fold_street, leading_number};
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Facts;
use kiez_domain::position::Position;
use kiez_store::conn::Conn;
use std::collections::HashMap;

/// Metres within which doors of one number are one house with several entrances.
const ONE_HOUSE_M: f64 = 150.0;

/// What the map knows of an address.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The door.
    Exact(Position),
    /// The street is known, the number is not: the nearest number that is.
    Nearest(Box<AddressPoint>),
    /// The address could be two or more places: one of each.
    Several(Vec<AddressPoint>),
    /// No such street in the map, or no map.
    Unknown,
}

/// What the map knows of an address that somebody entered.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn find(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    address: &Address,
) -> Result<Found, AppError> {
    caller.may("actor", "list", Facts::of_project(project))?;
    look_up(&mut ctx.db.read().await?, project, address).await
}

/// As [`find`], for use-cases that have asked for their permission already.
pub(crate) async fn look_up(
    conn: &mut Conn,
    project: ProjectId,
    address: &Address,
) -> Result<Found, AppError> {
    let Some(street) = &address.street else { return Ok(Found::Unknown) };
    let doors = kiez_store::address_point::of_street(conn, project, street.as_str()).await?;
    Ok(choose(&doors.iter().collect::<Vec<_>>(), address))
}

/// All doors of a project, for many addresses at once.
pub(crate) struct Gazetteer(HashMap<String, Vec<AddressPoint>>);

impl Gazetteer {
    /// Loads the doors.
    pub(crate) async fn load(conn: &mut Conn, project: ProjectId) -> Result<Self, AppError> {
        let mut streets: HashMap<String, Vec<AddressPoint>> = HashMap::new();
        for door in kiez_store::address_point::all(conn, project).await? {
            streets.entry(fold_street(door.street().as_str())).or_default().push(door);
        }
        Ok(Self(streets))
    }

    /// What the map knows of an address.
    pub(crate) fn find(&self, address: &Address) -> Found {
        let street = address.street.as_ref().map(|street| fold_street(street.as_str()));
        let doors = street.and_then(|street| self.0.get(&street));
        choose(&doors.into_iter().flatten().collect::<Vec<_>>(), address)
    }
}

/// Chooses among the doors of one street name.
fn choose(doors: &[&AddressPoint], address: &Address) -> Found {
    let doors = in_town(doors, address);
    let wanted = address.house_number.as_ref().map(|number| number.as_str()).unwrap_or_default();
    let number = fold_house_number(wanted);
    let same: Vec<&AddressPoint> = doors
        .iter()
        .copied()
        .filter(|door| fold_house_number(door.house_number().as_str()) == number)
        .collect();
    match places(&same)[..] {
        [] => nearest(&doors, wanted),
        [only] => Found::Exact(only.position()),
        ref several => Found::Several(several.iter().map(|door| (*door).clone()).collect()),
    }
}

/// The doors with the postal code and town asked for; a door that does not know its own fits every one.
fn in_town<'a>(doors: &[&'a AddressPoint], address: &Address) -> Vec<&'a AddressPoint> {
    let fits = |asked: Option<&kiez_domain::text::Line>, known: Option<&kiez_domain::text::Line>| {
        asked
            .zip(known)
            .is_none_or(|(asked, known)| asked.as_str().to_lowercase() == known.as_str().to_lowercase())
    };
    let here = |door: &&&AddressPoint| {
        fits(address.postcode.as_ref(), door.postcode()) && fits(address.city.as_ref(), door.city())
    };
    doors.iter().filter(here).copied().collect()
}

/// One door for each place: doors of one house stand together.
fn places<'a>(doors: &[&'a AddressPoint]) -> Vec<&'a AddressPoint> {
    let mut places: Vec<&AddressPoint> = Vec::new();
    for door in doors {
        if places.iter().all(|known| known.position().distance_m(door.position()) > ONE_HOUSE_M) {
            places.push(door);
        }
    }
    places
}

fn nearest(doors: &[&AddressPoint], wanted: &str) -> Found {
    let Some(wanted) = leading_number(wanted) else { return Found::Unknown };
    let distance =
        |door: &AddressPoint| leading_number(door.house_number().as_str()).map(|n| n.abs_diff(wanted));
    let Some(least) = doors.iter().filter_map(|door| distance(door)).min() else { return Found::Unknown };
    let closest: Vec<&AddressPoint> =
        doors.iter().copied().filter(|door| distance(door) == Some(least)).collect();
    // The neighbours on both sides, 10 and 14 for 12, are one place; the same street in two towns is not.
    match places(&closest)[..] {
        [] => Found::Unknown,
        [first, ref others @ ..] => match others.iter().any(|other| first.city() != other.city()) {
            true => Found::Several(places(&closest).into_iter().cloned().collect()),
            false => Found::Nearest(Box::new(first.clone())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::issue::Issues;

    fn door(street: &str, number: &str, town: (&str, &str), lat: f64) -> AddressPoint {
        let at = Position::new(lat, 13.41).expect("valid");
        AddressPoint::from_texts((street, number), town, at).expect("a door")
    }

    fn address(street: &str, number: &str, postcode: &str, city: &str) -> Address {
        Address::collect(&mut Issues::default(), street, number, postcode, city)
    }

    fn doors() -> Vec<AddressPoint> {
        vec![
            door("Hauptstraße", "12", ("10827", "Berlin"), 52.48),
            door("Hauptstraße", "12", ("14979", "Großbeeren"), 52.35),
            door("Hauptstraße", "20", ("10827", "Berlin"), 52.482),
            door("Hauptstraße", "24a", ("10827", "Berlin"), 52.4825),
        ]
    }

    fn found(wanted: &Address) -> Found {
        let doors = doors();
        choose(&doors.iter().collect::<Vec<_>>(), wanted)
    }

    #[test]
    fn a_door_is_found_in_its_town() {
        let berlin = Found::Exact(Position::new(52.48, 13.41).expect("valid"));
        assert_eq!(found(&address("Hauptstr.", "12", "10827", "")), berlin);
        assert_eq!(found(&address("Hauptstr.", "12", "", "berlin")), berlin);
        assert_eq!(
            found(&address("Hauptstr.", " 24 A", "", "")),
            Found::Exact(Position::new(52.4825, 13.41).expect("valid"))
        );
    }

    #[test]
    fn two_towns_are_never_guessed() {
        let Found::Several(places) = found(&address("Hauptstraße", "12", "", "")) else {
            panic!("two towns")
        };
        assert_eq!(places.len(), 2);
        assert_eq!(found(&address("Hauptstraße", "12", "99999", "")), Found::Unknown);
    }

    #[test]
    fn the_nearest_number_is_offered_and_not_taken() {
        let Found::Nearest(door) = found(&address("Hauptstraße", "22", "10827", "")) else {
            panic!("20 or 24a")
        };
        assert_eq!(door.house_number().as_str(), "20");
        assert_eq!(found(&address("Hauptstraße", "", "", "")), Found::Unknown);
        assert_eq!(found(&address("Hauptstraße", "a", "", "")), Found::Unknown);
    }

    #[test]
    fn several_entrances_of_a_house_are_one_place() {
        let doors = [door("Weg", "1", ("10827", ""), 52.4800), door("Weg", "1", ("", ""), 52.4803)];
        let all: Vec<&AddressPoint> = doors.iter().collect();
        assert_eq!(choose(&all, &address("Weg", "1", "", "")), Found::Exact(doors[0].position()));
    }
}

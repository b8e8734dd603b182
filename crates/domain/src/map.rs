//! What a map of the Kiez can show above the ground.

use crate::lifecycle::words;

words! {
    /// One layer of the map: one at a time, so that what is drawn is what stands in the list beside it.
    MapLayer, "actors, needs, offers or doors" {
        /// Businesses, institutions, initiatives, public bodies.
        Actors = "actors",
        /// What is lacking.
        Needs = "needs",
        /// What somebody gives.
        Offers = "offers",
        /// Ground-floor units with the use at the last look: how far the survey has come.
        Doors = "doors",
    }
}

impl MapLayer {
    /// The resource of the policy whose list is shown.
    #[must_use]
    pub fn resource(self) -> &'static str {
        match self {
            Self::Actors => "actor",
            Self::Needs => "need",
            Self::Offers => "offer",
            Self::Doors => "premises",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    #[test]
    fn every_layer_asks_a_rule_that_there_is() {
        for layer in MapLayer::all() {
            let asked = |rule: &policy::Rule| rule.resource == layer.resource() && rule.action == "list";
            assert!(policy::rules().iter().any(asked), "{layer}");
        }
    }

    #[test]
    fn a_layer_is_read_from_its_name() {
        for layer in MapLayer::all() {
            assert_eq!(layer.to_string().parse(), Ok(layer));
        }
        assert!("everything".parse::<MapLayer>().is_err());
    }
}

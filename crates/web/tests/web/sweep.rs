//! Every route of `policy.toml`, asked by everybody, about what is one's own, another's, elsewhere, published and not there:
//! the answer is what the policy says, and what is hidden answers exactly like what does not exist.

use crate::test_app::{Answer, Browser, TestApp};
use kiez_app::caller::Caller;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::policy::{Facts, Role, Route, Subject, routes};

/// A well-formed id that nothing has.
const NOTHING: &str = "0198c0de-0000-7000-8000-00000000ffff";

/// How something is called whose id is none.
const MALFORMED: &str = "no id at all";

/// Somebody who asks: the browser, and what the policy knows of them.
struct Asking<'app> {
    called: &'static str,
    browser: Browser<'app>,
    caller: Caller,
    /// The project they have a role in.
    home: Option<ProjectId>,
    own: Option<ActorId>,
    /// Somebody of their project who could give something, as forms name them.
    giver: String,
}

/// Something that stands in an address.
struct Thing {
    called: &'static str,
    id: String,
    /// Where it is; nothing where there is no such thing.
    project: Option<ProjectId>,
    owner: Option<ActorId>,
    published: bool,
}

/// What may stand for `{id}` behind this part of the path.
fn things(app: &TestApp, noun: &str, elsewhere: &[(&'static str, String)], made: &Made) -> Vec<Thing> {
    let world = &app.world;
    let here = |called, id: String, owner, published| Thing {
        called,
        id,
        project: Some(world.project),
        owner,
        published,
    };
    let mut things = match noun {
        "needs" => vec![
            here("own, published", world.wood_wanted.to_string(), Some(world.kita), true),
            here("another's", world.talk_wanted.to_string(), Some(world.youth_club), false),
        ],
        "offers" => vec![here("a business's", world.offcuts.to_string(), Some(world.joiner), false)],
        "actors" => vec![
            here("own, published", world.kita.to_string(), Some(world.kita), true),
            here("another's", world.youth_club.to_string(), Some(world.youth_club), false),
        ],
        "imports" => vec![here("an import", made.import.clone(), None, false)],
        "notices" => vec![here("a person", made.person.clone(), None, false)],
        "uploads" => vec![here("a waiting file", made.upload.clone(), None, false)],
        "mail" => vec![
            here("a mail", made.mail.clone(), None, false),
            Thing {
                project: Some(world.other_project),
                ..here("elsewhere", made.mail_elsewhere.clone(), None, false)
            },
        ],
        "links" => vec![here("a link", made.link.clone(), Some(world.bakery), false)],
        "print" => vec![here("a word taken back", made.taken_back.clone(), Some(world.bakery), false)],
        _ => Vec::new(),
    };
    things.extend(elsewhere.iter().filter(|(of, _)| *of == noun).map(|(_, id)| Thing {
        called: "elsewhere",
        id: id.clone(),
        project: Some(world.other_project),
        owner: None,
        published: false,
    }));
    let missing =
        |called, id: &str| Thing { called, id: id.to_owned(), project: None, owner: None, published: false };
    things.extend([missing("not there", NOTHING), missing(MALFORMED, "no-id")]);
    things
}

/// What was made for the sweep.
struct Made {
    import: String,
    upload: String,
    person: String,
    mail: String,
    mail_elsewhere: String,
    link: String,
    taken_back: String,
}

/// The part of the path before `{id}`, which says what it is an id of.
fn noun_of(path: &str) -> Option<&str> {
    path.split("/{id}").next().filter(|before| before.len() < path.len())?.rsplit('/').next()
}

impl Asking<'_> {
    /// Whether the policy lets them do what the route does, in this project and to this thing.
    fn may(&self, route: &Route, project: Option<ProjectId>, thing: Option<&Thing>) -> bool {
        let (Some(project), Some((resource, action))) = (project, route.policy.split_once('.')) else {
            return false;
        };
        if self.home != Some(project) {
            return false;
        }
        let facts = match thing {
            Some(thing) if thing.project != Some(project) => return false,
            Some(thing) => Facts::of_object(project, thing.owner, thing.published),
            // A list or a form is about what one may see of it: for an institution its own.
            None => Facts::of_object(project, self.own, false),
        };
        // Whoever may see no more than public fields sees them on the public pages; the entrance leads there.
        let is_entrance = route.path == "/w/{project}";
        self.caller.may(resource, action, facts).is_ok_and(|permit| permit.fields() == "all" || is_entrance)
    }

    async fn ask(&self, route: &Route, path: &str) -> Answer {
        match route.method.as_str() {
            "GET" => self.browser.get(path).await,
            _ => self.browser.post(path, &filled(path, &self.giver)).await,
        }
    }
}

/// A form with everything any of our forms asks, so that what comes back is about the right and not about the form.
fn filled<'a>(path: &str, giver: &'a str) -> Vec<(&'static str, &'a str)> {
    let event = if path.contains("/ideas/") { "carry" } else { "withdraw" };
    let choice = if path.contains("/uploads/") { "discard" } else { "ours" };
    vec![
        ("version", "1"),
        ("event", event),
        ("choice", choice),
        ("published", "yes"),
        ("said", "no"),
        ("decision", "later"),
        ("giver", giver),
        ("until", "2027-01-01"),
        ("name", "Neu"),
        ("side", "business"),
        ("text", "Ein Tisch"),
        ("on", "2026-03-01"),
        ("way", "letter"),
        ("act", "given"),
        ("heard", "oral"),
        ("who_said", "Ayşe"),
        ("web", "on"),
        ("purpose", "web"),
        ("action", "my_page"),
        ("edition", "Frühjahr"),
        ("key", "sweep"),
    ]
}

/// Asks one route about every project and everything, and lists where the answer is not what the policy says.
async fn sweep(
    app: &TestApp,
    asking: &Asking<'_>,
    (elsewhere, made): (&[(&'static str, String)], &Made),
) -> Vec<String> {
    let world = &app.world;
    let projects =
        [("graefekiez", Some(world.project)), ("wrangelkiez", Some(world.other_project)), ("nowhere", None)];
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.path.starts_with("/w/{project}")) {
        for (slug, project) in projects {
            let base = route.path.replace("{project}", slug);
            let Some(noun) = noun_of(&route.path) else {
                faults.extend(asking.check(route, &base, (project, None)).await);
                continue;
            };
            for thing in things(app, noun, elsewhere, made) {
                let path = base.replace("{id}", &thing.id);
                faults.extend(asking.check(route, &path, (project, Some(&thing))).await);
            }
        }
    }
    faults
}

impl Asking<'_> {
    /// What is wrong with an answer, if anything is.
    async fn check(
        &self,
        route: &Route,
        path: &str,
        (project, thing): (Option<ProjectId>, Option<&Thing>),
    ) -> Option<String> {
        let may = self.may(route, project, thing);
        let answer = self.ask(route, path).await;
        let called = thing.map_or("", |thing| thing.called);
        let told = |what: &str| {
            Some(format!(
                "{}: {} {path} ({called}) {what}, answered {}",
                self.called, route.method, answer.status
            ))
        };
        if self.caller.is_visitor() {
            let is_right = answer.status == 303 && answer.header("location") == "/sign-in";
            return if is_right { None } else { told("leads to the sign-in page") };
        }
        if may {
            return if [200, 303, 400, 409, 413, 422].contains(&answer.status) {
                None
            } else {
                told("is allowed")
            };
        }
        // In the same project what is hidden is what does not exist, to the letter. Some forms lead on although nothing is
        // there, because a second press finds it done.
        let Some(Thing { id, .. }) = thing.filter(|thing| thing.called != MALFORMED) else {
            return if answer.status == 404 { None } else { told("is not allowed") };
        };
        let missing = self.ask(route, &path.replace(id, NOTHING)).await;
        let leads_to = |answer: &Answer, id: &str| answer.header("location").replace(id, "");
        let same = (missing.status, &missing.body, leads_to(&missing, NOTHING))
            == (answer.status, &answer.body, leads_to(&answer, id));
        match (same, answer.status) {
            (true, 303 | 404) => None,
            (true, _) => told("is not allowed"),
            (false, _) => told("tells more than what does not exist"),
        }
    }
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_policy_says() {
    for who in ["nobody", "removed", "elsewhere", "operator", "funder", "institution", "coordinator"] {
        let app = TestApp::new().await;
        app.publish(app.world.kita).await;
        app.publish_card::<NewNeed>(app.world.wood_wanted).await;
        let (import, upload) = app.imported().await;
        let person = app.person(app.world.joiner, "Karl Kunze").await.to_string();
        let (link, taken_back) = app.linked_and_taken_back(app.world.bakery).await;
        let mail = app.invited_by_mail(app.world.project, "elif@example.org").await;
        let mail_elsewhere = app.invited_by_mail(app.world.other_project, "emre@example.org").await;
        let made = Made { import, upload, person, link, taken_back, mail, mail_elsewhere };
        let elsewhere = app.cards_elsewhere().await;
        let asking = asking(&app, who, &elsewhere).await;
        let faults = sweep(&app, &asking, (&elsewhere, &made)).await;
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}

async fn asking<'app>(
    app: &'app TestApp,
    called: &'static str,
    elsewhere: &[(&'static str, String); 3],
) -> Asking<'app> {
    let world = &app.world;
    let (browser, subject) = match called {
        "removed" => (app.removed().await, None),
        "elsewhere" => {
            (app.coordinator_elsewhere().await, Some(Subject::coordinator(world.other_project, None)))
        }
        "operator" => (app.operator().await, Some(world.operator())),
        "funder" => {
            let (browser, user) = app.funder().await;
            (
                browser,
                Some(Subject {
                    role: Role::Funder,
                    user: Some(user),
                    project: Some(world.project),
                    actor: None,
                }),
            )
        }
        "institution" => (app.institution().await, Some(world.institution())),
        "coordinator" => (app.coordinator().await, Some(world.coordinator())),
        _ => (app.visitor(), None),
    };
    let caller = subject
        .clone()
        .map_or_else(Caller::visitor, |subject| Caller::with(vec![subject], called.to_owned()));
    let (home, own) = subject.map_or((None, None), |subject| (subject.project, subject.actor));
    let giver =
        if home == Some(world.other_project) { elsewhere[2].1.clone() } else { world.joiner.to_string() };
    Asking { called, browser, caller, home, own, giver: format!("actor:{giver}") }
}

#[tokio::test]
async fn on_the_public_pages_what_is_not_published_is_not_there() {
    let app = TestApp::new().await;
    app.publish(app.world.kita).await;
    let elsewhere = app.cards_elsewhere().await;
    for who in ["nobody", "removed", "elsewhere", "operator", "funder", "institution", "coordinator"] {
        let asking = asking(&app, who, &elsewhere).await;
        let get = async |path: String| asking.browser.get(&path).await;
        let missing = get(format!("/p/graefekiez/actors/{NOTHING}")).await;
        assert_eq!(missing.status, 404, "{who}");
        assert_eq!(get(format!("/p/graefekiez/actors/{}", app.world.kita)).await.status, 200, "{who}");
        for hidden in [
            format!("/p/graefekiez/actors/{}", app.world.joiner),
            format!("/p/wrangelkiez/actors/{}", app.world.kita),
            "/p/graefekiez/actors/no-id".to_owned(),
        ] {
            let answer = get(hidden.clone()).await;
            assert_eq!(answer.status, 404, "{who} {hidden}");
            let same_project = hidden.starts_with("/p/graefekiez");
            assert!(!same_project || answer.body == missing.body, "{who}: {hidden} tells more");
        }
        for rest in
            ["", "/actors", "/needs", "/offers", "/map", "/actors.csv", "/map.geojson", "/ground.pmtiles"]
        {
            assert_eq!(get(format!("/p/nowhere{rest}")).await.status, 404, "{who} {rest}");
        }
    }
}

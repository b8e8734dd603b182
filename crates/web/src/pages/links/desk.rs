//! Links at the desk: made and printed, listed with what was done by them, taken back; and objections, which are noted here.

use super::voice::Voice;
use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::pages::actors;
use crate::qr::{self, Drawing};
use crate::request::{Member, house_address};
use crate::state::WebState;
use crate::{assets, forms::Wrong};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::action_link::{self, ListedLink, MadeLink, NewLink, Sending};
use kiez_app::actor::ActorView;
use kiez_app::error::AppError;
use kiez_app::objection;
use kiez_domain::action_link::{LinkStanding, LinkUse};
use kiez_domain::consent::Purpose;
use kiez_domain::contact_channel::Medium;
use kiez_domain::id::{ActionLinkId, ActorId, ContactChannelId, PersonId};
use kiez_domain::language::LanguageTag;
use kiez_domain::text::optional;
use kiez_words::link::LinkLanguage;
use kiez_words::{Args, Locale, Words, times};
use std::collections::BTreeMap;

/// What the template `pages/links/section.html` shows.
pub(crate) struct Links {
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) objected: bool,
    pub(crate) rows: Vec<Row>,
    pub(crate) people: Vec<(PersonId, String)>,
    /// Mail addresses that can be confirmed.
    pub(crate) mails: Vec<(ContactChannelId, String)>,
    pub(crate) purposes: Vec<&'static str>,
    /// In which languages a mail can be written.
    pub(crate) languages: [(&'static str, &'static str); 2],
    /// The key of a sentence about a mail that was just asked for.
    pub(crate) mailed: Option<&'static str>,
    pub(crate) f: Wrong,
}

pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) state: String,
    pub(crate) mark: &'static str,
    pub(crate) uses: Vec<String>,
    /// What somebody wrote.
    pub(crate) letters: Vec<String>,
    pub(crate) revoke: Option<String>,
}

impl Links {
    /// Reads them; nothing for somebody who may not.
    pub(crate) async fn of(
        state: &WebState,
        member: &Member,
        view: &ActorView,
    ) -> Result<Option<Self>, AppError> {
        let (ctx, caller, project, id) = (&state.ctx, &member.visit.caller, member.project.id, view.actor.id);
        let links = match action_link::list(ctx, caller, project, id).await {
            Ok(links) => links,
            Err(AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (action, links_at) = (member.path(&format!("/actors/{id}/links")), member.path("/links"));
        let c = Chrome::workspace(member);
        let asked = (&view.actor.data, view.channels.as_slice());
        let mails = view.channels.iter().filter(|channel| channel.medium == Medium::Mail);
        Ok(Some(Self {
            rows: links.iter().map(|link| row(&c, &links_at, link)).collect(),
            object: member.path(&format!("/actors/{id}/objection")),
            objected: objection::is_noted(ctx, caller, project, asked).await?,
            people: view.persons.iter().map(|person| (person.id, person.name.to_string())).collect(),
            mails: mails.map(|channel| (channel.id, channel.value.to_string())).collect(),
            purposes: Purpose::all().map(Purpose::name).collect(),
            languages: mail_languages(),
            mailed: None,
            f: Wrong::nothing(),
            action,
        }))
    }

    /// The same with a sentence about the mail that was just asked for.
    pub(crate) fn with_mailed(self, mailed: Option<&'static str>) -> Self {
        Self { mailed, ..self }
    }

    /// The same with what is wrong with a form.
    pub(crate) fn with_wrong(self, f: Wrong) -> Self {
        Self { f, ..self }
    }
}

fn row(c: &Chrome, base: &str, listed: &ListedLink) -> Row {
    let link = &listed.link;
    let day = |at: kiez_domain::instant::Instant| times::day(c.locale, at.day());
    let args = Args::new().with("made", day(link.created_at)).with("until", day(link.expires_at));
    let (mark, key) = match listed.standing {
        LinkStanding::Good => ("agreed", "link-good"),
        LinkStanding::Expired => ("expired", "link-expired"),
        LinkStanding::Revoked => ("withdrawn", "link-revoked"),
    };
    let used = |used: &LinkUse| {
        let args =
            Args::new().with("at", times::moment(c.locale, used.at)).with("did", c.tt("did", &used.did));
        Words::of(c.locale).with("link-used", &args)
    };
    let letters = listed.uses.iter().filter_map(|used| used.words.as_ref());
    Row {
        what: c.tt("link-action", &link.action),
        state: Words::of(c.locale).with(key, &args),
        mark,
        uses: listed.uses.iter().map(used).collect(),
        letters: letters.map(ToString::to_string).collect(),
        revoke: (listed.standing == LinkStanding::Good).then(|| format!("{base}/{}/revoke", link.id)),
    }
}

/// The form for a link as it was sent; purposes are fields that are called like them.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    action: String,
    person: String,
    mail: String,
    #[serde(flatten)]
    ticked: BTreeMap<String, String>,
}

impl Sent {
    fn read(&self) -> Result<NewLink, AppError> {
        let wrong = |field: &'static str| move |problem| AppError::field(field, problem);
        Ok(NewLink {
            action: self.action.parse().map_err(wrong("action"))?,
            purposes: Purpose::all().filter(|purpose| self.ticked.contains_key(purpose.name())).collect(),
            person: optional(&self.person).map_err(wrong("person"))?,
            channel: optional(&self.mail).map_err(wrong("mail"))?,
        })
    }
}

/// A letter with a link that is shown this once: to be printed, or copied.
#[derive(Template)]
#[template(path = "pages/links/letter.html")]
struct LetterPage {
    c: Chrome,
    back: String,
    script: Option<String>,
    link: String,
    qr: Option<Drawing>,
    action: &'static str,
    name: String,
    address: String,
    today: String,
    until: String,
    carrier: String,
    /// How to use it, in each language, with the title of the page.
    languages: Vec<Told>,
}

struct Told {
    tag: &'static str,
    direction: &'static str,
    title: String,
    how: String,
}

/// `POST /w/{project}/actors/{id}/links`: a link, shown once as a letter.
pub(crate) async fn create(
    State(state): State<WebState>,
    member: Member,
    headers: HeaderMap,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let id = actors::parse(&member, &id)?;
    let (ctx, caller, project) = (&state.ctx, &member.visit.caller, member.project.id);
    let made = match sent.read() {
        Ok(new) => action_link::create(ctx, caller, project, (id, new)).await,
        Err(error) => kiez_app::actor::may_enter(caller, project).and(Err(error)),
    };
    match made {
        Ok(made) => letter(&state, &member, &headers, made).await,
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = actors::page(&state, &member, id).await?.with_links(wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// The form for a mail with the link to the own page as it was sent.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct MailForm {
    mail: String,
    asked: String,
    language: String,
}

impl MailForm {
    fn read(&self) -> Result<Sending, AppError> {
        Ok(Sending {
            channel: optional(&self.mail).map_err(|problem| AppError::field("mail", problem))?,
            asked: !self.asked.is_empty(),
            language: mail_language(&self.language)?,
        })
    }
}

/// In which languages a mail can be written: tag and own name of each.
pub(crate) fn mail_languages() -> [(&'static str, &'static str); 2] {
    Locale::SPOKEN.map(|locale| (locale.tag(), locale.own_name()))
}

/// The language that was chosen for a mail; German where none was.
pub(crate) fn mail_language(chosen: &str) -> Result<LanguageTag, AppError> {
    let locale: Locale = chosen.parse().unwrap_or(Locale::German);
    locale.tag().parse().map_err(|problem| AppError::field("language", problem))
}

/// `POST /w/{project}/actors/{id}/links/mail`: the link to the own page goes to an address that is known.
pub(crate) async fn send(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<MailForm>,
) -> Result<Response, PageError> {
    let id = actors::parse(&member, &id)?;
    let (ctx, caller, project) = (&state.ctx, &member.visit.caller, member.project.id);
    let queued = match sent.read() {
        Ok(sending) => action_link::send(ctx, caller, project, (id, sending)).await,
        Err(error) => kiez_app::actor::may_enter(caller, project).and(Err(error)),
    };
    match queued {
        Ok(queued) => {
            let mailed = if queued { "yes" } else { "again" };
            let next = format!("/actors/{id}?mailed={mailed}#links");
            Ok(Redirect::to(&member.path(&next)).into_response())
        }
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = actors::page(&state, &member, id).await?.with_links(wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

async fn letter(
    state: &WebState,
    member: &Member,
    headers: &HeaderMap,
    made: MadeLink,
) -> Result<Response, PageError> {
    let (caller, project, id) = (&member.visit.caller, member.project.id, made.link.actor);
    let view = kiez_app::actor::get(&state.ctx, caller, project, id).await.map_err(|e| member.fail(e))?;
    let c = Chrome::workspace(member);
    let link = format!("{}/l/{}", house_address(state, headers), made.token);
    let person = view.persons.iter().find(|person| Some(person.id) == made.link.person);
    let name = view.actor.data.name.to_string();
    let told = |language: LinkLanguage| {
        let voice = Voice::new(language, &member.project);
        Told {
            tag: language.tag(),
            direction: language.direction(),
            title: voice.tt("mine-title", &made.link.action),
            how: voice.t("mine-letter-how"),
        }
    };
    Ok(render(&LetterPage {
        back: member.path(&format!("/actors/{id}#links")),
        script: assets::address("account.js"),
        qr: qr::draw(&link),
        link,
        action: made.link.action.name(),
        name: person.map_or_else(|| name.clone(), |person| format!("{}, {name}", person.name)),
        address: view.actor.data.address.to_string(),
        today: times::day(c.locale, made.link.created_at.day()),
        until: times::day(c.locale, made.link.expires_at.day()),
        carrier: member.project.data.carrier.as_ref().map(ToString::to_string).unwrap_or_default(),
        languages: LinkLanguage::ALL.into_iter().map(told).collect(),
        c,
    }))
}

/// `POST /w/{project}/links/{id}/revoke`
pub(crate) async fn revoke(
    State(state): State<WebState>,
    member: Member,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let link: ActionLinkId = link.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let done = action_link::revoke(&state.ctx, caller, project, link).await;
    Ok(back(&member, done.map_err(|error| member.fail(error))?))
}

/// `POST /w/{project}/actors/{id}/objection`
pub(crate) async fn object(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = actors::parse(&member, &id)?;
    let done = objection::record(&state.ctx, &member.visit.caller, member.project.id, id).await;
    done.map_err(|error| member.fail(error))?;
    Ok(back(&member, id))
}

fn back(member: &Member, id: ActorId) -> Response {
    Redirect::to(&member.path(&format!("/actors/{id}#links"))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::action_link::Action;

    #[test]
    fn a_form_names_its_action_and_what_is_ticked() {
        let ticked = [("web".to_owned(), "on".to_owned()), ("key".to_owned(), String::new())].into();
        let sent = Sent { action: "consent".into(), ticked, ..Sent::default() };
        let new = sent.read().expect("complete");
        assert_eq!((new.action, new.purposes), (Action::Consent, vec![Purpose::Web]));
        assert!(Sent::default().read().is_err() && Sent { mail: "x".into(), ..sent }.read().is_err());
    }
}

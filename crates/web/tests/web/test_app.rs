//! The router on a small world, and browsers that talk to it.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use http_body_util::BodyExt as _;
use kiez_app::action_link::{MadeLink, NewLink};
use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_app::import::upload::{self, UploadForm};
use kiez_app::market::OnMarket;
use kiez_app::message::delivery::Post;
use kiez_app::page::Page;
use kiez_app::user::NewUser;
use kiez_domain::action_link::Action;
use kiez_domain::actor::ActorForm;
use kiez_domain::basemap::BaseMap;
use kiez_domain::card::CardForm;
use kiez_domain::consent::{ConsentForm, Purpose};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::id::{ActorId, PersonId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_domain::policy::{Role, Subject};
use kiez_testkit::{Clock, Memory, NOW, Outgoing, Random, Sender, TestDatabase, Transport, World, database};
use kiez_web::{Letters, Metrics, MetricsAccess, Reach, WebState, routes};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

/// Where people reach it.
const HOUSE: &str = "http://localhost:8080";

/// The program without a network.
pub(crate) struct TestApp {
    pub(crate) world: World,
    router: Router,
    ctx: Ctx,
    /// What a mail server would have got.
    post: Arc<Mutex<Memory>>,
    database: TestDatabase,
}

/// Somebody's browser: remembers the session and the language it wishes.
pub(crate) struct Browser<'app> {
    app: &'app TestApp,
    session: Option<String>,
    language: &'static str,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl TestApp {
    /// A demo reached by http.
    pub(crate) async fn new() -> Self {
        Self::reached(false).await
    }

    /// A demo whose figures these may read.
    pub(crate) async fn measured_by(access: MetricsAccess) -> Self {
        Self::on(database::sqlite().await, (false, access)).await
    }

    /// The same world with the rights of somebody who may read these tables and views and nothing else; none where
    /// there is no PostgreSQL.
    pub(crate) async fn as_reader_of(names: &[&str]) -> Option<Self> {
        let owner = Self::on(database::postgres().await?, (false, MetricsAccess::Nobody)).await;
        for actor in [owner.world.kita, owner.world.joiner] {
            owner.publish(actor).await;
        }
        let ctx = Ctx::new(owner.database.as_reader_of(names).await?, Clock::standing(NOW), Random::Real);
        let metrics = Metrics::new(MetricsAccess::Nobody);
        let router =
            routes::router(WebState { ctx, demo: true, secure: false, metrics, reach: Reach::at(HOUSE) });
        Some(Self { router, ..owner })
    }

    /// No demo: a link is one factor.
    pub(crate) async fn in_earnest() -> Self {
        let app = Self::new().await;
        let metrics = Metrics::new(MetricsAccess::Nobody);
        let state =
            WebState { ctx: app.ctx.clone(), demo: false, secure: false, metrics, reach: Reach::at(HOUSE) };
        Self { router: routes::router(state), ..app }
    }

    /// Queued work is done, and mail goes out: what has arrived.
    pub(crate) async fn mailed(&self) -> Vec<Outgoing> {
        kiez_app::job::run_due(&self.ctx).await.expect("done");
        kiez_app::message::delivery::deliver_due(&self.ctx, &Letters).await.expect("sent");
        std::mem::take(&mut self.post.lock().expect("not poisoned").sent)
    }

    /// An invitation by mail that has not left, of the project or of the other one.
    pub(crate) async fn invited_by_mail(&self, project: ProjectId, email: &str) -> String {
        let ada = Caller::with(vec![Subject::coordinator(project, None)], "Ada".to_owned());
        let operator = Caller::with(vec![self.world.operator()], "Olga".to_owned());
        let new = NewUser {
            name: "Elif".to_owned(),
            email: email.to_owned(),
            role: Role::Funder,
            project: Some(project),
            actor: None,
            language: None,
        };
        let user = kiez_app::user::add(&self.ctx, &operator, new).await.expect("added");
        assert!(kiez_app::member::mail_link(&self.ctx, &ada, (project, user)).await.expect("queued"));
        let of = kiez_app::message::Of::Project(project);
        let listed = kiez_app::message::list(&self.ctx, &ada, of, Page::first(1)).await.expect("listed");
        listed.rows[0].id.to_string()
    }

    /// A human at an actor with name, function and a telephone number that coordinators alone may see.
    pub(crate) async fn confide(&self, actor: ActorId, (name, function, number): (&str, &str, &str)) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let (ctx, project) = (&self.ctx, self.world.project);
        let person = kiez_app::contact::add_person(ctx, &mira, project, actor, (name, function)).await;
        let channel = (Medium::Phone, number, ChannelVisibility::Internal);
        let of = (actor, Some(person.expect("noted")));
        kiez_app::contact::add_channel(ctx, &mira, project, of, channel).await.expect("noted");
    }

    /// The time goes on.
    pub(crate) fn move_to(&self, moment: Instant) {
        self.ctx.clock.move_to(moment);
    }

    /// Somebody who came in by a link and is where that leads.
    pub(crate) async fn by_link(&self, user: UserId) -> Browser<'_> {
        let mut browser = self.visitor();
        browser.post_and_keep(&self.link(user).await, &[]).await;
        browser
    }

    /// Mira with a password and an app that makes codes.
    pub(crate) async fn coordinator_in_earnest(&self) -> Browser<'_> {
        let mut mira = self.by_link(self.world.mira).await;
        let set = [("email", "mira@example.org"), ("password", "vier kleine Holzreste")];
        mira.post_and_enter("/account/password", &set).await;
        let page = mira.post_and_follow("/account/codes", &[]).await;
        let rest = page.body.split("class=\"secret\"").nth(1).expect("a secret is shown");
        let secret = rest.split(['>', '<']).nth(1).expect("its text").replace(' ', "");
        let code = kiez_app::secret::totp_code(&secret, self.ctx.now()).expect("a code");
        mira.post_and_enter("/account/codes/confirm", &[("code", &code)]).await;
        mira
    }

    /// A demo on an empty database.
    async fn on(database: TestDatabase, (secure, access): (bool, MetricsAccess)) -> Self {
        database.db.migrate().await.expect("the migrations run");
        let world = World::build(&database.db).await.expect("the world is built");
        let ctx = Ctx::new(database.db.clone(), Clock::standing(NOW), Random::Real);
        let (transport, post) = Transport::memory();
        let sender = Sender::parse("kiez@example.org").expect("a sender");
        let base_url = HOUSE.to_owned();
        let ctx = ctx.reached_at(&base_url).sending_by(Post { transport, sender, base_url });
        let metrics = Metrics::new(access);
        let router = routes::router(WebState {
            ctx: ctx.clone(),
            demo: true,
            secure,
            metrics,
            reach: Reach::at(HOUSE),
        });
        Self { world, router, ctx, post, database }
    }

    /// A demo, reached by https or not.
    pub(crate) async fn reached(secure: bool) -> Self {
        Self::on(database::sqlite().await, (secure, MetricsAccess::ThisMachine)).await
    }

    /// Takes the database away, as a failing server would.
    pub(crate) async fn lose_the_database(&self) {
        self.database.db.close().await;
    }

    /// Asks from an address of the network, with a header when one is given.
    pub(crate) async fn ask_from(&self, peer: &str, path: &str, header: Option<(&str, &str)>) -> Answer {
        let mut request = Request::builder().method("GET").uri(path).header(header::HOST, "localhost:8080");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let peer: SocketAddr = peer.parse().expect("an address");
        let request = request.extension(ConnectInfo(peer)).body(Body::empty()).expect("a request");
        self.visitor().send(request).await
    }

    /// Takes a small list in, and leaves a file waiting: the ids of the import and of the waiting file.
    pub(crate) async fn imported(&self) -> (String, String) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let receive = async || {
            let content = b"name,street,city\nTeesalon,Graefestra\xC3\x9Fe 3,Berlin\nNiemand,,\n".to_vec();
            let form = UploadForm { kind: "actors".into(), file: "cafes.csv".into(), content };
            upload::receive(&self.ctx, &mira, self.world.project, form).await.expect("received")
        };
        let id = receive().await;
        let import = upload::take_in(&self.ctx, &mira, self.world.project, id).await.expect("taken in");
        (import.expect("something was done").to_string(), receive().await.to_string())
    }

    /// Somebody is noted as the one to talk to.
    pub(crate) async fn person(&self, actor: ActorId, name: &str) -> PersonId {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let named = (name, "");
        let noted = kiez_app::contact::add_person(&self.ctx, &mira, self.world.project, actor, named).await;
        noted.expect("noted")
    }

    /// A map that was read later has an actor no longer.
    pub(crate) async fn vanish(&self, actor: ActorId) {
        let import = self.imported().await.0.parse().expect("an id");
        self.world.ask_after(&self.database.db, actor, import).await.expect("asked");
    }

    /// Puts an actor on the public pages.
    pub(crate) async fn publish(&self, actor: ActorId) {
        self.said(actor, "given", "web").await;
    }

    /// Somebody at an actor says something about a purpose, and Mira notes it.
    pub(crate) async fn said(&self, actor: ActorId, act: &str, purpose: &str) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let form = ConsentForm {
            act: act.to_owned(),
            heard: "oral".to_owned(),
            who_said: "Ayşe".to_owned(),
            ticked: [(purpose.to_owned(), "on".to_owned())].into(),
            ..ConsentForm::default()
        };
        kiez_app::consent::record(&self.ctx, &mira, self.world.project, actor, form).await.expect("noted");
    }

    /// Adds a way to reach an actor.
    pub(crate) async fn with_channel(&self, actor: ActorId, channel: (Medium, &str, ChannelVisibility)) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let whose = (actor, None);
        kiez_app::contact::add_channel(&self.ctx, &mira, self.world.project, whose, channel)
            .await
            .expect("added");
    }

    /// A link to an actor's own page: its address.
    pub(crate) async fn own_page(&self, actor: ActorId) -> String {
        format!("/l/{}", self.made_link(actor, Action::MyPage, Vec::new()).await.token)
    }

    /// A link of any kind.
    pub(crate) async fn made_link(&self, actor: ActorId, action: Action, purposes: Vec<Purpose>) -> MadeLink {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let new = NewLink { action, purposes, person: None, channel: None };
        kiez_app::action_link::create(&self.ctx, &mira, self.world.project, (actor, new)).await.expect("made")
    }

    /// A link to an actor, and a word about paper that it took back: their ids.
    pub(crate) async fn linked_and_taken_back(&self, actor: ActorId) -> (String, String) {
        for act in ["given", "withdrawn"] {
            self.said(actor, act, "print").await;
        }
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let list = kiez_app::print_removal::list(&self.ctx, &mira, self.world.project).await.expect("listed");
        let link = self.made_link(actor, Action::MyPage, Vec::new()).await.link.id;
        (link.to_string(), list.waiting[0].event.id.to_string())
    }

    /// Puts a card on the public pages, as far as its actor is there.
    pub(crate) async fn publish_card<T: OnMarket>(&self, id: T::Id) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let (project, change) = (self.world.project, (1, true));
        let saved = kiez_app::posting::set_published::<T>(&self.ctx, &mira, project, id, change).await;
        saved.expect("published");
    }

    /// Draws the ground of the map.
    pub(crate) async fn draw(&self, map: &BaseMap) {
        let mira = Caller::with(vec![self.world.coordinator()], "Mira".to_owned());
        let source = "© OpenStreetMap contributors".parse().expect("a line");
        let drawn = kiez_app::ground::replace(&self.ctx, &mira, self.world.project, map, Some(&source)).await;
        drawn.expect("drawn");
    }

    /// Somebody without a session.
    pub(crate) fn visitor(&self) -> Browser<'_> {
        Browser { app: self, session: None, language: "de" }
    }

    /// Mira, signed in by a real link.
    pub(crate) async fn coordinator(&self) -> Browser<'_> {
        self.signed_in(self.world.mira).await
    }

    /// What the use-cases get, for what has no page.
    pub(crate) fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Berta, who coordinates the project together with Mira.
    pub(crate) async fn second_coordinator(&self) -> Browser<'_> {
        self.signed_in(self.joined("Berta", Role::Coordinator, self.world.project).await).await
    }

    /// Ada, who coordinates the project in which nothing has happened yet.
    pub(crate) async fn coordinator_elsewhere(&self) -> Browser<'_> {
        self.signed_in(self.joined("Ada", Role::Coordinator, self.world.other_project).await).await
    }

    /// Franka, who funds the project.
    pub(crate) async fn funder(&self) -> (Browser<'_>, UserId) {
        let franka = self.joined("Franka", Role::Funder, self.world.project).await;
        (self.signed_in(franka).await, franka)
    }

    /// Olga, signed in by a real link.
    pub(crate) async fn operator(&self) -> Browser<'_> {
        self.signed_in(self.world.olga).await
    }

    /// Ruth, who coordinated the project until her rights were taken away: her browser does not know it.
    pub(crate) async fn removed(&self) -> Browser<'_> {
        let ruth = self.joined("Ruth", Role::Coordinator, self.world.project).await;
        let browser = self.signed_in(ruth).await;
        let operator = Caller::with(vec![self.world.operator()], "Olga".to_owned());
        kiez_app::user::revoke(&self.ctx, &operator, ruth).await.expect("revoked");
        browser
    }

    async fn joined(&self, name: &str, role: Role, project: ProjectId) -> UserId {
        let operator = Caller::with(vec![self.world.operator()], "Olga".to_owned());
        let (name, email) = (name.to_owned(), String::new());
        let new = NewUser { name, email, role, project: Some(project), actor: None, language: None };
        kiez_app::user::add(&self.ctx, &operator, new).await.expect("added")
    }

    /// A need, an offer and an actor of the other project: the noun of the path and the id.
    pub(crate) async fn cards_elsewhere(&self) -> [(&'static str, String); 3] {
        let project = self.world.other_project;
        let ada = Caller::with(vec![Subject::coordinator(project, None)], "Ada".to_owned());
        let card = |text: &str| CardForm { text: text.into(), ..CardForm::default() };
        let need = NeedForm::from(card("Stühle für das Elterncafé"));
        let need =
            kiez_app::posting::post::<NewNeed>(&self.ctx, &ada, project, (need, "need-elsewhere")).await;
        let offer =
            OfferForm { card: card("Stühle aus dem Lager"), capacity: "1".into(), ..OfferForm::default() };
        let offer =
            kiez_app::posting::post::<NewOffer>(&self.ctx, &ada, project, (offer, "offer-elsewhere")).await;
        let actor =
            ActorForm { name: "Laden am Görli".into(), side: "business".into(), ..ActorForm::default() };
        let actor = kiez_app::actor::create(&self.ctx, &ada, project, (actor, "actor-elsewhere")).await;
        [
            ("needs", need.expect("posted").to_string()),
            ("offers", offer.expect("posted").to_string()),
            ("actors", actor.expect("entered").to_string()),
        ]
    }

    /// Jonas of the Kita, signed in by a real link.
    pub(crate) async fn institution(&self) -> Browser<'_> {
        self.signed_in(self.world.jonas).await
    }

    /// The address of a fresh sign-in link.
    pub(crate) async fn link(&self, user: UserId) -> String {
        let operator = Caller::with(vec![self.world.operator()], "Olga".to_owned());
        let token = kiez_app::user::link(&self.ctx, &operator, user).await.expect("a link is made");
        format!("/link/{token}")
    }

    async fn signed_in(&self, user: UserId) -> Browser<'_> {
        let answer = self.visitor().post(&self.link(user).await, &[]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/w"), "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Browser { session: Some(cookie), ..self.visitor() }
    }
}

impl Browser<'_> {
    /// The same browser, wishing another language by its cookie.
    pub(crate) fn in_language(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).expect("a request")).await
    }

    /// Asks with further headers, as a browser does that has something already.
    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request =
            headers.iter().fold(self.request("GET", path), |request, (n, v)| request.header(*n, *v));
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends words that are called a form of this kind.
    pub(crate) async fn send_as_kind(&self, path: &str, kind: &str, words: &str) -> Answer {
        let mut request = self.request("POST", path).header("sec-fetch-site", "same-origin");
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.send(request.body(Body::from(words.to_owned())).expect("a request")).await
    }

    pub(crate) async fn send_as(&self, method: &str, path: &str) -> Answer {
        let request = self.request(method, path).header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends a form as a page of ours does.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from("same-origin", path, &self.sealed(fields)).await
    }

    /// Sends a file as the form of a page of ours does.
    pub(crate) async fn upload(&self, path: &str, kind: &str, (name, bytes): (&str, &[u8])) -> Answer {
        let head = format!(
            "--part\r\ncontent-disposition: form-data; name=\"form_token\"\r\n\r\n{}\r\n\
             --part\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n\
             --part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n",
            self.token(),
        );
        let body = [head.as_bytes(), bytes, b"\r\n--part--\r\n"].concat();
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// The token in this person's pages; none without a session.
    pub(crate) fn token(&self) -> String {
        let secret = self.session.as_deref().and_then(|cookie| cookie.split_once('='));
        secret.map(|(_, secret)| kiez_app::secret::form_token(secret)).unwrap_or_default()
    }

    /// The fields of a form as this person's pages send them.
    pub(crate) fn sealed(&self, fields: &[(&str, &str)]) -> String {
        let token = self.token();
        encoded(&[fields, &[("form_token", token.as_str())]].concat())
    }

    /// Sends a form from a page of this relation to ours.
    pub(crate) async fn post_from(&self, site: &str, path: &str, form: &str) -> Answer {
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site);
        self.send(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    /// Sends a form and opens the page it leads to.
    pub(crate) async fn post_and_follow(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        self.get(answer.header("location")).await
    }

    /// Sends a form and keeps the session that comes back.
    pub(crate) async fn post_and_keep(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        self.session = Some(cookie);
        answer
    }

    /// The same, and opens the page it leads to.
    pub(crate) async fn post_and_enter(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post_and_keep(path, fields).await;
        self.get(answer.header("location")).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let language = format!("kiez_language={}", self.language);
        let cookies =
            self.session.as_ref().map_or(language.clone(), |session| format!("{session}; {language}"));
        Request::builder().method(method).uri(path).header(header::COOKIE, cookies)
    }

    async fn send(&self, mut request: Request<Body>) -> Answer {
        // Who names no other host asks ours.
        let ours = HeaderValue::from_static("localhost:8080");
        request.headers_mut().entry(header::HOST).or_insert(ours);
        let response = self.app.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body, bytes: bytes.to_vec() }
    }
}

impl Answer {
    /// A header, empty when it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a hidden or visible field of the page's form.
    pub(crate) fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\"");
        let rest = self.body.split(&start).nth(1).unwrap_or_else(|| panic!("no field {name}"));
        let value = rest.split("value=\"").nth(1).unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    /// The address to which the page's first form below this path is sent.
    pub(crate) fn action(&self, below: &str) -> String {
        self.attribute(&format!("action=\"{below}"), below)
    }

    /// The first link below this path whose id stands in the address.
    pub(crate) fn link(&self, below: &str) -> String {
        self.attribute(&format!("href=\"{below}/0"), &format!("{below}/0"))
    }

    fn attribute(&self, start: &str, kept: &str) -> String {
        let rest = self.body.split(start).nth(1).unwrap_or_else(|| panic!("no {start}: {}", self.body));
        format!("{kept}{}", rest.split('"').next().unwrap_or_default())
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

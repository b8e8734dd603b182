//! Every form of somebody signed in carries a token that no page of another site can know. It is written into the finished
//! page and taken out of what is sent, so that no form can be without it and no page has to think of it.
//!
//! The check of the origin stands before it; see docs/decisions/0018-web-hardening.md.

use crate::error::Fault;
use crate::extract::TAKES_A_FILE;
use crate::request::{FORM, is_kind, session_secret};
use crate::routes::FORM_LIMIT;
use crate::state::WebState;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use kiez_app::secret::{form_token, form_token_fits};

/// The field's name.
pub(crate) const FIELD: &str = "form_token";

/// The session whose token a form with a file must carry; it is compared where the file is read.
#[derive(Clone)]
pub(crate) struct Wanted(String);

impl Wanted {
    /// Whether this is the token.
    pub(crate) fn is(&self, token: &str) -> bool {
        form_token_fits(&self.0, token)
    }
}

/// Writes the token into every form of a page for somebody signed in.
pub(crate) async fn write_in(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let secret = session_secret(request.headers(), &state);
    let response = next.run(request).await;
    let Some(secret) = secret.filter(|_| is_kind(response.headers(), "text/html")) else { return response };
    let (mut parts, body) = response.into_parts();
    let page = match to_bytes(body, usize::MAX).await {
        Ok(page) => String::from_utf8_lossy(&page).into_owned(),
        Err(error) => {
            tracing::error!(%error, "a page broke off");
            String::new()
        }
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    // The page is this person's alone.
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(parts, Body::from(with_field(&page, &form_token(&secret))))
}

/// What was sent, without the token; a fault where a session came along and the token did not.
pub(crate) async fn checked(state: &WebState, mut request: Request) -> Result<Request, Fault> {
    let Some(secret) = session_secret(request.headers(), state) else { return Ok(request) };
    if is_kind(request.headers(), "multipart/form-data") {
        let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        if path != Some(TAKES_A_FILE) {
            return Err(Fault::Aged);
        }
        request.extensions_mut().insert(Wanted(secret));
        return Ok(request);
    }
    if !is_kind(request.headers(), FORM) {
        return Err(Fault::Aged);
    }
    let (mut parts, body) = request.into_parts();
    let sent = to_bytes(body, FORM_LIMIT).await.map_err(|_| Fault::TooLarge)?;
    let (token, rest) = taken_out(&sent);
    if !form_token_fits(&secret, &token) {
        return Err(Fault::Aged);
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Ok(Request::from_parts(parts, Body::from(rest)))
}

/// The page with the field behind the beginning of each form that is posted.
fn with_field(page: &str, token: &str) -> String {
    let field = format!("<input type=\"hidden\" name=\"{FIELD}\" value=\"{token}\">");
    let mut written = String::with_capacity(page.len() + 8 * field.len());
    let mut rest = page;
    while let Some(start) = rest.find("<form ") {
        let end = rest[start..].find('>').map_or(rest.len(), |length| start + length + 1);
        let (before, after) = rest.split_at(end);
        written.push_str(before);
        if before[start..].contains("method=\"post\"") {
            written.push_str(&field);
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

/// The last token among the pairs, and the other pairs as they came.
fn taken_out(sent: &[u8]) -> (String, Vec<u8>) {
    let (mut token, mut rest) = (String::new(), Vec::new());
    for pair in sent.split(|byte| *byte == b'&') {
        match form_urlencoded::parse(pair).next() {
            Some((name, value)) if name == FIELD => token = value.into_owned(),
            _ => rest.push(pair),
        }
    }
    (token, rest.join(&b'&'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_is_posted_gets_the_field_and_nothing_else_changes() {
        let page = "<p>a &lt;form method=\"post\"></p><form method=\"post\" action=\"/x\"><b></b></form>\
                    <form action=\"/find\"><input></form><form class=\"y\" method=\"post\"></form>";
        let field = "<input type=\"hidden\" name=\"form_token\" value=\"00ff\">";
        let written = with_field(page, "00ff");
        assert_eq!(written.matches(field).count(), 2);
        assert!(written.contains(&format!("action=\"/x\">{field}<b>")), "{written}");
        assert!(written.contains(&format!("class=\"y\" method=\"post\">{field}</form>")), "{written}");
        assert_eq!(written.replace(field, ""), page);
        assert_eq!(with_field("<form ", "00ff"), "<form ");
    }

    #[test]
    fn what_was_sent_arrives_without_the_token() {
        let (token, rest) = taken_out(b"form_token=11&name=B%C3%BCro&form%5Ftoken=%30%30ff&form_token_x=%FF");
        assert_eq!((token.as_str(), rest.as_slice()), ("00ff", &b"name=B%C3%BCro&form_token_x=%FF"[..]));
        assert_eq!(taken_out(b"name=x"), (String::new(), b"name=x".to_vec()));
        assert_eq!(taken_out(b""), (String::new(), Vec::new()));
    }
}

//! Just enough HTTP to press one button and time pages of our own server.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A browser in the smallest sense: one host, its cookies.
pub(crate) struct Client {
    authority: String,
    cookies: Vec<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn new(authority: &str) -> Self {
        Self { authority: authority.to_owned(), cookies: Vec::new() }
    }

    /// Asks for a page.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    /// Presses the first button on a page: sends its form with the hidden fields it holds.
    pub(crate) fn press_first_button(&mut self, page_path: &str, page: &str) -> Result<Answer, String> {
        let form = first_form(page).ok_or_else(|| format!("{page_path} shows no form to send"))?;
        let target = attribute(form, "action").filter(|action| !action.is_empty());
        let path = target.unwrap_or_else(|| page_path.to_owned());
        let fields: Vec<String> = form
            .split("<input")
            .skip(1)
            .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
            .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
            .collect();
        let start = format!(
            "POST {path} HTTP/1.1\r\nOrigin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.authority
        );
        self.send(&start, &fields.join("&"))
    }

    fn send(&mut self, start: &str, body: &str) -> Result<Answer, String> {
        let unreachable = |error: std::io::Error| format!("{} does not answer: {error}", self.authority);
        let mut stream = TcpStream::connect(&self.authority).map_err(unreachable)?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).map_err(unreachable)?;
        let cookie = format!("Cookie: {}\r\n", self.cookies.join("; "));
        let request = format!(
            "{start}Host: {}\r\nConnection: close\r\n{cookie}Content-Length: {}\r\n\r\n{body}",
            self.authority,
            body.len()
        );
        stream.write_all(request.as_bytes()).map_err(unreachable)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(unreachable)?;
        let answer = Answer::parse(&String::from_utf8_lossy(&bytes))?;
        for cookie in answer.headers("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            self.cookies.retain(|kept| kept.split('=').next() != pair.split('=').next());
            self.cookies.push(pair.to_owned());
        }
        Ok(answer)
    }
}

impl Answer {
    fn parse(text: &str) -> Result<Self, String> {
        let (head, body) = text.split_once("\r\n\r\n").ok_or("an answer without an end of its head")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("an answer without a status: {head}"))?;
        Ok(Self { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self) -> Option<&str> {
        self.headers("location").next()
    }

    fn headers<'answer>(&'answer self, wanted: &'answer str) -> impl Iterator<Item = &'answer str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        fields.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    }
}

fn first_form(page: &str) -> Option<&str> {
    let main = &page[page.find("<main").unwrap_or_default()..];
    let form = &main[main.find("<form")?..];
    Some(&form[..form.find("</form>")?])
}

/// The value of an attribute of the tag that `text` begins in.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = &text[..text.find('>')?];
    let after = tag.split_once(&format!(" {name}=\""))?.1;
    Some(after.split_once('"')?.0.replace("&amp;", "&").replace("&#38;", "&"))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_form_of_the_main_part_is_read_with_its_hidden_fields() {
        let page = "<header><form></form></header><main><form method=\"post\" action=\"/x?a=1&amp;b=2\">\
            <input type=\"hidden\" name=\"token\" value=\"a b\"></form></main>";
        let form = first_form(page).unwrap();
        assert_eq!(attribute(form, "action").as_deref(), Some("/x?a=1&b=2"));
        let input = form.split("<input").nth(1).unwrap();
        assert_eq!(attribute(input, "value").as_deref(), Some("a b"));
        assert!(first_form("<main></main>").is_none());
    }

    #[test]
    fn answers_have_a_status_and_headers() {
        let answer = Answer::parse("HTTP/1.1 303 See Other\r\nLocation: /w\r\n\r\nbody").unwrap();
        assert_eq!((answer.status, answer.location()), (303, Some("/w")));
        assert!(Answer::parse("nonsense").is_err());
    }

    #[test]
    fn field_values_are_encoded() {
        assert_eq!(encoded("ä b&c"), "%C3%A4%20b%26c");
    }
}

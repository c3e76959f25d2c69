//! Just enough reading of HTML to see a page as a person or a browser does: its text, and its tags.

/// A start tag: name and attributes, both in lower case, values as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug)]
enum Token<'a> {
    Text(&'a str),
    Start(Tag),
    End(String),
}

/// Elements whose content is text up to their own end tag, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Splits a document as the tokenizer of the HTML standard does, comments left out.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            out.push(Token::Text(rest));
            break;
        };
        if at > 0 {
            out.push(Token::Text(&rest[..at]));
        }
        rest = &rest[at..];
        let second = rest[1..].chars().next().unwrap_or(' ');
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` ends at once.
            rest = match comment.strip_prefix('>') {
                Some(after) => after,
                None => &comment[comment.find("-->").map_or(comment.len(), |i| i + 3)..],
            };
        } else if matches!(second, '!' | '?') {
            rest = rest.find('>').map_or("", |i| &rest[i + 1..]);
        } else if second == '/' {
            let end = rest.find('>').unwrap_or(rest.len() - 1);
            let name = rest[2..end].trim().to_lowercase();
            out.push(Token::End(name));
            rest = &rest[end + 1..];
        } else if second.is_ascii_alphabetic() {
            let (tag, after) = start_tag(&rest[1..]);
            rest = after;
            let name = tag.name.clone();
            out.push(Token::Start(tag));
            if RAW.contains(&name.as_str()) {
                let close = format!("</{name}");
                let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                if end > 0 {
                    out.push(Token::Text(&rest[..end]));
                }
                rest = &rest[end..];
            }
        } else {
            out.push(Token::Text(&rest[..1]));
            rest = &rest[1..];
        }
    }
    out
}

/// A start tag whose `<` was read, and what follows it.
fn start_tag(text: &str) -> (Tag, &str) {
    let space = |c: char| c.is_ascii_whitespace() || c == '/';
    let end = text
        .find(|c: char| space(c) || c == '>')
        .unwrap_or(text.len());
    let mut tag = Tag {
        name: text[..end].to_lowercase(),
        attributes: Vec::new(),
    };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(space);
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        let end = rest
            .find(|c: char| space(c) || matches!(c, '>' | '='))
            .unwrap_or(rest.len())
            .max(1);
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            match quote {
                Some(quote) => {
                    let end = rest[1..].find(quote).map_or(rest.len(), |i| i + 1);
                    value = &rest[1..end];
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                None => {
                    let end = rest
                        .find(|c: char| c.is_ascii_whitespace() || c == '>')
                        .unwrap_or(rest.len());
                    value = &rest[..end];
                    rest = &rest[end..];
                }
            }
        }
        tag.attributes.push((name, value.to_owned()));
    }
}

/// Every start tag of a document, in order.
pub fn tags(html: &str) -> Vec<Tag> {
    tokens(html)
        .into_iter()
        .filter_map(|token| match token {
            Token::Start(tag) => Some(tag),
            _ => None,
        })
        .collect()
}

/// The text that a reader sees, with single plain spaces and the named characters that a server writes.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for token in tokens(html) {
        match token {
            Token::Start(tag) => {
                hidden = matches!(tag.name.as_str(), "script" | "style");
                out.push_str(space_around(&tag.name));
            }
            Token::End(name) => {
                hidden = false;
                out.push_str(space_around(&name));
            }
            Token::Text(text) if !hidden => out.push_str(text),
            Token::Text(_) => {}
        }
    }
    unescape(&out)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Elements in the line of the text are not words of their own.
fn space_around(name: &str) -> &'static str {
    match name {
        "a" | "b" | "i" | "em" | "strong" | "span" | "sub" | "sup" | "code" | "math" | "mi"
        | "mn" | "mo" | "mrow" | "msub" | "msup" | "mtext" => "",
        _ => " ",
    }
}

/// Turns the named characters back.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// The pieces of a document between each `open` and the next `close` after it.
pub fn between<'a>(html: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    html.split(open)
        .skip(1)
        .map(|piece| piece.split(close).next().unwrap_or_default())
        .collect()
}

#[test]
fn a_page_is_read_as_a_browser_reads_it() {
    let html = "<!DOCTYPE html><p class=a id='b\"c' hidden>1 &lt; 2<!--x--> <b>and</b>\n<!> 3<br/>\
                <textarea></b><i></textarea><script nonce=\"n\">if (a<b) {}</script>";
    let read: Vec<String> = tags(html).into_iter().map(|tag| tag.name).collect();
    assert_eq!(read, ["p", "b", "br", "textarea", "script"]);
    let first = &tags(html)[0];
    assert_eq!(
        (first.get("class"), first.get("id"), first.get("hidden")),
        (Some("a"), Some("b\"c"), Some(""))
    );
    assert_eq!(text(html), "1 < 2 and 3 </b><i>");
    let tricked = tags("</title><script>alert(1)</script><img src=x onerror=alert(1)>");
    assert_eq!(tricked[0].name, "script");
    assert_eq!(tricked[1].get("onerror"), Some("alert(1)"));
}

//! Every address of the site, in one place.

use crate::domain::ids::{AuthorId, ConversationId, InstitutionId, InvitationId, TopicId, WorkId};

/// Start page.
pub const HOME: &str = "/";
/// Search by name; takes `q`.
pub const SEARCH: &str = "/search";
/// The research graph explorer; takes `author`.
pub const EXPLORE: &str = "/explore";
/// The list of topics; takes `q`, `scheme` and `page`.
pub const TOPICS: &str = "/topics";
/// The list of institutions; takes `q` and `page`.
pub const INSTITUTIONS: &str = "/institutions";
/// Log in; takes `next`.
pub const LOGIN: &str = "/login";
/// Open an account.
pub const SIGNUP: &str = "/signup";
/// The account's own settings.
pub const SETTINGS: &str = "/settings";
/// Invitations, conversations, notices.
pub const INBOX: &str = "/inbox";
/// The moderators' queue.
pub const MODERATION: &str = "/moderation";
/// Ask for a password reset.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// Set a new password; takes `token`.
pub const RESET_PASSWORD: &str = "/reset-password";
/// Prove an e-mail address; takes `token`.
pub const VERIFY_EMAIL: &str = "/verify-email";
/// Prove an institution's address for a claim; takes `token`.
pub const VERIFY_CLAIM: &str = "/verify-claim";
/// The demo's mail, where no mail server is configured.
pub const MAIL: &str = "/mail";
/// Words and formulas explained.
pub const ABOUT: &str = "/about";

/// An author's page.
pub fn author(id: AuthorId, slug: &str) -> String {
    format!("/authors/{id}/{slug}")
}
/// The form to claim an author.
pub fn claim(id: AuthorId, slug: &str) -> String {
    format!("/authors/{id}/{slug}/claim")
}
/// The form to invite the person behind an author.
pub fn invite(id: AuthorId, slug: &str) -> String {
    format!("/authors/{id}/{slug}/invite")
}
/// The form to report a mistake on, or object to, an author's page.
pub fn report(id: AuthorId, slug: &str) -> String {
    format!("/authors/{id}/{slug}/report")
}
/// The public history of an author's record, with the forms that correct it.
pub fn corrections(id: AuthorId, slug: &str) -> String {
    format!("/authors/{id}/{slug}/corrections")
}
/// An author's corrections for the sources that the mistakes came from, as JSON.
pub fn corrections_json(id: AuthorId) -> String {
    format!("/authors/{id}/corrections.json")
}
/// The same as a table.
pub fn corrections_csv(id: AuthorId) -> String {
    format!("/authors/{id}/corrections.csv")
}
/// Atom feed of an author's works.
pub fn author_feed(id: AuthorId) -> String {
    format!("/authors/{id}/feed.atom")
}
/// An author's works as BibTeX.
pub fn author_bibtex(id: AuthorId) -> String {
    format!("/authors/{id}/works.bib")
}
/// A work's page.
pub fn work(id: WorkId, slug: &str) -> String {
    format!("/works/{id}/{slug}")
}
/// A work as BibTeX.
pub fn work_bibtex(id: WorkId) -> String {
    format!("/works/{id}/work.bib")
}
/// A topic's page.
pub fn topic(id: TopicId, slug: &str) -> String {
    format!("/topics/{id}/{slug}")
}
/// An institution's page.
pub fn institution(id: InstitutionId, slug: &str) -> String {
    format!("/institutions/{id}/{slug}")
}
/// The explorer around an author.
pub fn explore_author(id: AuthorId) -> String {
    format!("{EXPLORE}?author={id}")
}
/// One invitation.
pub fn invitation(id: InvitationId) -> String {
    format!("/invitations/{id}")
}
/// One conversation.
pub fn conversation(id: ConversationId) -> String {
    format!("/conversations/{id}")
}
/// Log in and come back to `next`, a path of this site.
pub fn login_then(next: &str) -> String {
    format!("{LOGIN}?next={}", encode(next))
}
/// A path that was handed to us as "go there next" is only followed when it stays on this site.
pub fn safe_next(next: &str) -> Option<&str> {
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t']);
    local.then_some(next)
}

/// Percent-encodes everything but unreserved characters and `/`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}

/// The reverse of [`encode`]; nothing when the text is not percent-encoded UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let hex = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_path_is_read_as_text() {
        assert_eq!(decode("/a/%E5%92%8C").as_deref(), Some("/a/和"));
        assert_eq!(decode("/a/%E5"), None);
        assert_eq!(decode("/a/%"), None);
    }

    #[test]
    fn only_paths_of_this_site_are_followed_after_log_in() {
        assert_eq!(safe_next("/authors/1/a?b=c"), Some("/authors/1/a?b=c"));
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(safe_next(bad), None, "{bad:?}");
        }
    }
}

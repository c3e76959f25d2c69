//! One address per page: a missing or wrong slug leads to the right one.

use leptos_router::hooks::use_location;

/// Sends the reader to `canonical` when the page stands at another path. On the server for good;
/// in the browser by replacing the address, without a new entry in the history.
pub fn redirect_to(canonical: &str) {
    use leptos::prelude::*;
    let here = use_location().pathname.get_untracked();
    // The browser's address is percent-encoded, ours is not.
    let same = here == canonical || here == crate::paths::encode(canonical);
    if same || percent_decoded(&here).as_deref() == Some(canonical) {
        return;
    }
    #[cfg(feature = "ssr")]
    {
        let search = use_location().search.get_untracked();
        let search = if search.is_empty() {
            String::new()
        } else {
            format!("?{}", search.trim_start_matches('?'))
        };
        crate::infra::context::moved_permanently(&format!(
            "{}{search}",
            crate::paths::encode(canonical)
        ));
    }
    #[cfg(not(feature = "ssr"))]
    {
        let to = canonical.to_owned();
        let navigate = leptos_router::hooks::use_navigate();
        Effect::new(move |_| {
            navigate(
                &to,
                leptos_router::NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..Default::default()
                },
            );
        });
    }
}

/// `None` when the text is not percent-encoded UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (rest.next()?, rest.next()?);
            let digits = [high, low];
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
    use super::percent_decoded;

    #[test]
    fn an_encoded_path_is_read_as_text() {
        assert_eq!(percent_decoded("/a/%E5%92%8C").as_deref(), Some("/a/和"));
        assert_eq!(percent_decoded("/a/%E5"), None);
        assert_eq!(percent_decoded("/a/%"), None);
    }
}

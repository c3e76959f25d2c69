//! One address per page: a missing or wrong slug leads to the right one.

use leptos_router::hooks::use_location;

/// Sends the reader to `canonical` when the page stands at another path. On the server for good;
/// in the browser by replacing the address, without a new entry in the history.
pub fn redirect_to(canonical: &str) {
    use leptos::prelude::*;
    let here = use_location().pathname.get_untracked();
    // The browser's address is percent-encoded, ours is not.
    let same = here == canonical || here == crate::paths::encode(canonical);
    if same || crate::paths::decode(&here).as_deref() == Some(canonical) {
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

//! The head of every page: the wordmark, search, navigation, and a slot for the account.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The site's mark: an author's node with two arcs of work around it.
#[component]
fn SiteMark() -> impl IntoView {
    view! {
        <svg
            class="site-mark"
            viewBox="0 0 32 32"
            width="28"
            height="28"
            aria-hidden="true"
            focusable="false"
        >
            <path
                class="site-mark-line"
                d="M8 3v26M8 9h9.5a5 5 0 0 1 0 10H8M8 19h11.5a5 5 0 0 1 0 10H8"
            ></path>
            <circle class="site-mark-dot" cx="26" cy="6" r="3"></circle>
        </svg>
    }
}

/// One link of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    pub label: String,
    pub href: String,
}

impl NavItem {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The head of the site. The children are the account area: a log-in link, or the person's own links.
#[component]
pub fn SiteHeader(
    nav: Vec<NavItem>,
    /// The path of the page shown; its link is marked as current.
    #[prop(into)]
    current: Signal<String>,
    /// What was searched for, to stand in the box.
    #[prop(optional, into)]
    query: String,
    /// Where the search form goes.
    #[prop(default = "/search")]
    search_action: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <a class="site-wordmark" href="/">
                    <SiteMark />
                    <span>"BZPEER"</span>
                </a>
                <form class="site-search" role="search" method="get" action=search_action>
                    <label class="ui-hidden" for="site-search">
                        "Search authors"
                    </label>
                    <input
                        class="ui-input site-search-input"
                        type="search"
                        id="site-search"
                        name="q"
                        value=query
                        placeholder="Search authors"
                        autocomplete="off"
                        maxlength="200"
                    />
                    <button class="site-search-button" type="submit">
                        <Icon name=IconName::Search />
                        <span class="ui-hidden">"Search"</span>
                    </button>
                </form>
                <nav class="site-nav" aria-label="Main">
                    <ul>
                        {nav
                            .into_iter()
                            .map(|item| {
                                let href = item.href.clone();
                                let marked = move || {
                                    current.with(|c| *c == href).then_some("page")
                                };
                                view! {
                                    <li>
                                        <a href=item.href aria-current=marked>
                                            {item.label}
                                        </a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </nav>
                <div class="site-account">{children()}</div>
            </div>
        </header>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_header_searches_with_a_plain_form_and_marks_the_page() {
        let html = Owner::new().with(|| {
            view! {
                <SiteHeader
                    nav=vec![NavItem::new("Explore", "/explore"), NavItem::new("Inbox", "/inbox")]
                    current="/explore"
                    query="\"><b>"
                >
                    <a href="/login">"Log in"</a>
                </SiteHeader>
            }
            .to_html()
        });
        assert!(html.contains(r#"action="/search""#), "{html}");
        assert!(html.contains(r#"name="q""#), "{html}");
        assert_eq!(html.matches(r#"aria-current="page""#).count(), 1, "{html}");
        assert!(!html.contains("\"><b>"), "{html}");
    }
}

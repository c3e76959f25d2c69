//! The foot of every page: what this place is, links, and a slot for the choice of theme.

use leptos::prelude::*;

/// One link of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterLink {
    pub label: String,
    pub href: String,
}

impl FooterLink {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The foot of the site. The children are the choice of light, dark or system, and stand at its end.
#[component]
pub fn SiteFooter(links: Vec<FooterLink>, children: Children) -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="site-footer-inner">
                <p class="site-footer-line">
                    "BZPEER is an open research network. Scores say how well a record is evidenced, never how good the work is."
                </p>
                <nav class="site-footer-nav" aria-label="Footer">
                    <ul>
                        {links
                            .into_iter()
                            .map(|l| {
                                view! {
                                    <li>
                                        <a href=l.href>{l.label}</a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </nav>
                <div class="site-theme">{children()}</div>
            </div>
        </footer>
    }
}

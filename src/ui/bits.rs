//! The small blocks: badges, counts, page links, meters, crumbs, times.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::text::{group_digits, plural};

/// How a badge or a meter is meant. Never the only sign: the words carry the meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Accent,
    Good,
    Caution,
    Bad,
}

impl Tone {
    fn badge(self) -> &'static str {
        match self {
            Self::Neutral => "ui-badge",
            Self::Accent => "ui-badge ui-badge-accent",
            Self::Good => "ui-badge ui-badge-good",
            Self::Caution => "ui-badge ui-badge-caution",
            Self::Bad => "ui-badge ui-badge-bad",
        }
    }
}

/// A short label beside something: a state, a kind, a level.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! { <span class=tone.badge()>{children()}</span> }
}

/// A number with its noun in the right form: *1 work*, *1,200 works*.
#[component]
pub fn Count(
    #[prop(into)] n: Signal<i64>,
    /// The noun for exactly one.
    #[prop(into)]
    one: String,
    /// The noun for every other number.
    #[prop(into)]
    many: String,
) -> impl IntoView {
    view! {
        <span class="ui-count">
            <span class="ui-count-n">{move || group_digits(n.get())}</span>
            " "
            <span class="ui-count-label">
                {move || plural(n.get(), &one, &many).to_owned()}
            </span>
        </span>
    }
}

/// The pages shown as links around `page` of `pages`: the first, the last, and one on each side; `None` is a gap.
fn window(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut out = Vec::new();
    let mut last = 0;
    for p in 1..=pages {
        let near = p.abs_diff(page) <= 1;
        // A gap that hides a single page costs as much room as the page itself.
        let bridges = (p == 2 && page == 4) || (p + 1 == pages && page + 3 == pages);
        if p == 1 || p == pages || near || bridges {
            if p > last + 1 {
                out.push(None);
            }
            out.push(Some(p));
            last = p;
        }
    }
    out
}

/// Links to the other pages of a list. Renders nothing for a single page.
#[component]
pub fn Pagination<F>(
    /// The page shown, counted from 1.
    page: u32,
    /// How many there are.
    pages: u32,
    /// The address of page `n`.
    href: F,
    /// What is paged, for screen readers ("Published work").
    #[prop(into)]
    label: String,
) -> impl IntoView
where
    F: Fn(u32) -> String + Send + 'static,
{
    if pages <= 1 {
        return ().into_any();
    }
    let page = page.clamp(1, pages);
    let previous = (page > 1).then(|| {
        view! {
            <a class="ui-pagination-step" rel="prev" href=href(page - 1)>
                "Previous"
            </a>
        }
    });
    let next = (page < pages).then(|| {
        view! {
            <a class="ui-pagination-step" rel="next" href=href(page + 1)>
                "Next"
            </a>
        }
    });
    let links = window(page, pages)
        .into_iter()
        .map(|slot| match slot {
            None => view! { <li class="ui-pagination-gap" aria-hidden="true">"…"</li> }.into_any(),
            Some(n) => {
                let current = (n == page).then_some("page");
                view! {
                    <li>
                        <a href=href(n) aria-current=current>
                            <span class="ui-hidden">"Page "</span>
                            {group_digits(i64::from(n))}
                        </a>
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <nav class="ui-pagination" aria-label=format!("Pages of {label}")>
            {previous}
            <ol class="ui-pagination-pages">{links}</ol>
            {next}
        </nav>
    }
    .into_any()
}

/// A bar that shows `value` of `max`. `label` says it in words ("8.05 of 10 points") and is all that a screen
/// reader gets, so it must be whole.
#[component]
pub fn Meter(
    value: f64,
    /// More than 0.
    max: f64,
    #[prop(into)] label: String,
) -> impl IntoView {
    let share = if max > 0.0 {
        (value / max).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // Whole tenths of a percent: server and browser must print the same digits.
    let width = format!("{:.1}", share * 100.0);
    view! {
        <svg
            class="ui-meter"
            role="img"
            aria-label=label
            viewBox="0 0 100 6"
            width="100"
            height="6"
            preserveAspectRatio="none"
        >
            <rect class="ui-meter-track" width="100" height="6"></rect>
            <rect class="ui-meter-value" width=width height="6"></rect>
        </svg>
    }
}

/// One step of a breadcrumb above the current page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// Where the page stands: links to what is above it, then the page itself.
#[component]
pub fn Breadcrumb(
    above: Vec<Crumb>,
    /// The page itself, not a link.
    #[prop(into)]
    current: String,
) -> impl IntoView {
    view! {
        <nav class="ui-breadcrumb" aria-label="Breadcrumb">
            <ol>
                {above
                    .into_iter()
                    .map(|c| {
                        view! {
                            <li>
                                <a href=c.href>{c.label}</a>
                                <Icon name=IconName::Chevron />
                            </li>
                        }
                    })
                    .collect_view()}
                <li aria-current="page">{current}</li>
            </ol>
        </nav>
    }
}

/// A moment, for machines and for people. Both strings come from the caller: a block reads no clock.
#[component]
pub fn Time(
    /// HTML's machine form: `2026-05-01`, `2026-05-01T10:00Z` or a bare year.
    #[prop(into)]
    datetime: String,
    /// What is read: "1 May 2026".
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <time class="ui-time" datetime=datetime>
            {words}
        </time>
    }
}

/// Words for screen readers only.
#[component]
pub fn VisuallyHidden(children: Children) -> impl IntoView {
    view! { <span class="ui-hidden">{children()}</span> }
}

/// The first link of every page; shows itself when it has the focus. Its target is `<main id="main" tabindex="-1">`.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! {
        <a class="ui-skip" href="#main">
            "Skip to content"
        </a>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn pages(page: u32, of: u32) -> String {
        window(page, of)
            .into_iter()
            .map(|p| p.map_or("…".to_owned(), |p| p.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn page_links_keep_the_ends_and_the_neighbours() {
        assert_eq!(pages(1, 2), "1 2");
        assert_eq!(pages(1, 9), "1 2 … 9");
        assert_eq!(pages(4, 9), "1 2 3 4 5 … 9");
        assert_eq!(pages(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(pages(6, 9), "1 … 5 6 7 8 9");
        assert_eq!(pages(9, 9), "1 … 8 9");
    }

    #[test]
    fn the_current_page_is_marked_and_neighbours_carry_rel() {
        let html = Owner::new().with(|| {
            view! { <Pagination page=2 pages=3 href=|n| format!("?page={n}") label="Published work" /> }
                .to_html()
        });
        assert!(html.contains(r#"rel="prev""#), "{html}");
        assert!(html.contains(r#"rel="next""#), "{html}");
        assert!(html.contains(r#"aria-current="page""#), "{html}");
    }

    #[test]
    fn a_single_page_needs_no_links() {
        let html = Owner::new().with(|| {
            view! { <Pagination page=1 pages=1 href=|n| format!("?page={n}") label="x" /> }
                .to_html()
        });
        assert!(!html.contains("<nav"), "{html}");
    }

    #[test]
    fn a_meter_never_overflows_and_writes_no_style() {
        let html = Owner::new()
            .with(|| view! { <Meter value=50.0 max=40.0 label="50 of 40 points" /> }.to_html());
        assert!(html.contains(r#"width="100.0""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}

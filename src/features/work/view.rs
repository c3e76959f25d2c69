//! Works in lists, and the parts of a work's own page.

mod record;

use leptos::prelude::*;

use super::types::{Byline, WorkFilter, WorkItem, WorkList};
use crate::domain::clock;
use crate::ui::{Empty, Pagination};

pub use record::{Affiliations, Sources, Versions};

/// The authors of a work, as links.
#[component]
pub fn Bylines(
    authors: Vec<Byline>,
    /// How many more there are.
    more: i64,
    /// There are others still whom no source names.
    unnamed: bool,
    /// Where the list goes on.
    href: String,
) -> impl IntoView {
    let last = authors.len().saturating_sub(1);
    view! {
        <p class="work-authors">
            {authors
                .into_iter()
                .enumerate()
                .map(|(i, author)| {
                    view! {
                        {match author.href {
                            Some(href) => view! { <a href=href dir="auto">{author.name}</a> }.into_any(),
                            None => view! { <span dir="auto">{author.name}</span> }.into_any(),
                        }}
                        {(i < last).then_some(", ")}
                    }
                })
                .collect_view()}
            {(more > 0)
                .then(|| {
                    view! {
                        <a class="work-authors-more" href=href>
                            {format!(" and {}", clock::count(more, "other", "others"))}
                        </a>
                    }
                })}
            {(unnamed && more <= 0).then_some(" and others")}
        </p>
    }
}

/// Kind, year and place of a work.
#[component]
pub fn WorkMeta(kind: String, year: Option<i64>, venue: Option<String>) -> impl IntoView {
    view! {
        <p class="work-meta">
            <span class="work-kind">{kind}</span>
            {year.map(|y| view! { " " <span class="work-year">{y}</span> })}
            {venue.map(|v| view! { " " <span class="work-source">{v}</span> })}
        </p>
    }
}

/// What stands under a work in a list, made from its number.
pub type Under = Box<dyn Fn(i64) -> AnyView + Send>;

/// An abstract in a list. A long one shows its first lines, and all of it behind "more", without scripts.
#[component]
fn Abstract(html: String, long: bool) -> impl IntoView {
    let text = view! { <div class="work-abstract" dir="auto" inner_html=html></div> };
    if !long {
        return text.into_any();
    }
    view! {
        <div class="work-folded">
            // Empty: the style of the text behind it follows from whether it is open.
            <details class="work-more">
                <summary>
                    <span class="work-more-closed">"more"</span>
                    <span class="work-more-open">"less"</span>
                    <span class="ui-hidden">" of the abstract"</span>
                </summary>
            </details>
            {text}
        </div>
    }
    .into_any()
}

#[component]
fn Item(work: WorkItem, under: Option<AnyView>) -> impl IntoView {
    let (href, more_href) = (work.href.clone(), work.href.clone());
    // What stands under it names the work by its heading.
    let named = under.as_ref().map(|_| format!("work-{}", work.id));
    view! {
        <li class="work-item">
            <article>
                <WorkMeta kind=work.kind year=work.year venue=work.venue />
                <h3 class="work-title" id=named>
                    <a href=href dir="auto" inner_html=work.title_html></a>
                </h3>
                {work.retracted.then(|| view! { <p class="work-retracted">"Retracted"</p> })}
                <Bylines
                    authors=work.authors
                    more=work.more_authors
                    unnamed=work.unnamed_authors
                    href=more_href
                />
                {work.abstract_html.map(|html| view! { <Abstract html=html long=work.long_abstract /> })}
                {under}
            </article>
        </li>
    }
}

/// A list of works with its filters and pages. `path` is the page's own address without query.
#[component]
pub fn WorkListView(
    list: WorkList,
    #[prop(into)] path: String,
    /// What stands under each work.
    #[prop(optional)]
    under: Option<Under>,
) -> impl IntoView {
    let filter = list.filter.clone();
    // A short list needs no tools.
    let tools = (list.all > 12 || filter.is_narrowed()).then(|| {
        view! { <Filters list=list.clone() path=path.clone() /> }
    });
    let summary = filter.is_narrowed().then(|| {
        view! {
            <p class="work-summary" role="status">
                {format!(
                    "{} of {}",
                    clock::thousands(list.total),
                    clock::count(list.all, "item", "items"),
                )} " · " <a href=path.clone()>"Show all"</a>
            </p>
        }
    });
    let body = if list.items.is_empty() {
        let sentence = if filter.is_narrowed() {
            "No work matches these filters."
        } else {
            "No works yet."
        };
        view! { <Empty sentence=sentence /> }.into_any()
    } else {
        view! {
            <ol class="work-list">
                {list
                    .items
                    .into_iter()
                    .map(|work| {
                        let under = under.as_ref().map(|under| under(work.id));
                        view! { <Item work=work under=under /> }
                    })
                    .collect_view()}
            </ol>
        }
        .into_any()
    };
    let page_path = path;
    view! {
        {tools}
        {summary}
        {body}
        <Pagination
            page=list.page
            pages=list.pages
            href=move |n| format!("{page_path}{}", filter.query(n))
            label="Published work"
        />
    }
}

#[component]
fn Filters(list: WorkList, path: String) -> impl IntoView {
    let WorkFilter {
        kind,
        year,
        words,
        sort,
        ..
    } = list.filter;
    let option = |value: String, label: String, chosen: &str| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected>
                {label}
            </option>
        }
    };
    let kinds = list
        .kinds
        .into_iter()
        .map(|(value, label)| option(value, label, &kind))
        .collect_view();
    let years = list
        .years
        .into_iter()
        .map(|y| option(y.to_string(), y.to_string(), &year))
        .collect_view();
    let sorts = [
        ("", "Newest first"),
        ("oldest", "Oldest first"),
        ("title", "By title"),
    ]
    .map(|(value, label)| option(value.to_owned(), label.to_owned(), &sort))
    .into_iter()
    .collect_view();
    view! {
        <form class="work-filters" method="get" action=path role="search" aria-label="Filter published work">
            <div class="ui-field">
                <label class="ui-field-label" for="works-words">
                    "Words in the title"
                </label>
                <input
                    class="ui-input"
                    id="works-words"
                    type="search"
                    name="words"
                    value=words
                    maxlength="200"
                />
            </div>
            <div class="ui-field">
                <label class="ui-field-label" for="works-kind">
                    "Kind"
                </label>
                <select class="ui-select" id="works-kind" name="kind">
                    <option value="">"All kinds"</option>
                    {kinds}
                </select>
            </div>
            <div class="ui-field">
                <label class="ui-field-label" for="works-year">
                    "Year"
                </label>
                <select class="ui-select" id="works-year" name="year">
                    <option value="">"All years"</option>
                    {years}
                </select>
            </div>
            <div class="ui-field">
                <label class="ui-field-label" for="works-sort">
                    "Order"
                </label>
                <select class="ui-select" id="works-sort" name="sort">
                    {sorts}
                </select>
            </div>
            <button class="ui-button ui-button-secondary" type="submit">
                "Apply"
            </button>
        </form>
    }
}

//! What a work's own page says about where it comes from.

use leptos::prelude::*;

use crate::features::work::types::{Affiliation, FieldSource, NamedLink, RecordSource, Version};

/// Words, as a link where there is an address.
fn link(link: NamedLink) -> AnyView {
    match link.href {
        Some(href) => view! { <a href=href rel="noopener">{link.label}</a> }.into_any(),
        None => view! { <span>{link.label}</span> }.into_any(),
    }
}

/// Where the authors were: as printed, and as organisations.
#[component]
pub fn Affiliations(affiliations: Vec<Affiliation>) -> impl IntoView {
    let rows = affiliations
        .into_iter()
        .map(|known| {
            let named = !known.institutions.is_empty();
            let places = known
                .institutions
                .into_iter()
                .map(|(institution, matched)| {
                    view! {
                        <li>
                            {link(institution)}
                            {matched
                                .map(|how| view! { " " <span class="work-matched">{format!("({how})")}</span> })}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div>
                    <dt dir="auto">{known.author}</dt>
                    <dd>
                        {known.printed.map(|text| view! { <p dir="auto">{text}</p> })}
                        {named.then(|| view! { <ul class="work-places">{places}</ul> })}
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="ui-facts">{rows}</dl> }
}

/// The versions of a work.
#[component]
pub fn Versions(versions: Vec<Version>) -> impl IntoView {
    let rows = versions
        .into_iter()
        .map(|version| {
            let links = version
                .links
                .into_iter()
                .map(|named| view! { <li>{link(named)}</li> })
                .collect_view();
            view! {
                <li class="work-version">
                    <p class="work-meta">
                        <span class="work-kind">{version.kind}</span>
                        {version.year.map(|year| view! { " " <span class="work-year">{year}</span> })}
                        {version
                            .venue
                            .map(|venue| view! { " " <span class="work-source" dir="auto">{venue}</span> })}
                    </p>
                    <ul class="work-links">{links}</ul>
                    <p class="work-told">{format!("Told by {}", version.sources.join(", "))}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="work-versions">{rows}</ol> }
}

/// Which source gave which field.
#[component]
fn FieldSources(fields: Vec<FieldSource>) -> impl IntoView {
    let rows = fields
        .into_iter()
        .map(|field| {
            let disputed = !field.others.is_empty();
            let others = field
                .others
                .into_iter()
                .map(|(source, says)| {
                    view! {
                        <li>
                            {source} ": " <span dir="auto">{says}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{field.field}</th>
                    <td>{field.sources.join(", ")}</td>
                    <td>{disputed.then(|| view! { <ul class="work-others">{others}</ul> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ui-scroll" tabindex="0" role="group" aria-label="Sources of each part">
            <table class="ui-table">
                <thead>
                    <tr>
                        <th scope="col">"What is shown"</th>
                        <th scope="col">"Given by"</th>
                        <th scope="col">"Others say"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Where a work comes from: one line where one record gave all of it, otherwise by field and by record.
#[component]
pub fn Sources(fields: Vec<FieldSource>, mut records: Vec<RecordSource>) -> impl IntoView {
    let of_one = |record: &RecordSource| {
        let same = |field: &FieldSource| {
            field.others.is_empty() && field.sources.iter().all(|source| *source == record.source)
        };
        record.withdrawn_on.is_none() && fields.iter().all(same)
    };
    if records.len() == 1
        && let Some(only) = records.pop_if(|record| of_one(record))
    {
        return view! {
            <p class="work-only-record">
                {format!("All of it was given by {}: record ", only.source)}
                {link(only.key)}
                {format!(", read on {}.", only.read_on)}
            </p>
        }
        .into_any();
    }
    view! {
        <FieldSources fields=fields />
        <h3 class="work-subtitle">"Records"</h3>
        <Records records=records />
    }
    .into_any()
}

/// The records that a work was read from.
#[component]
fn Records(records: Vec<RecordSource>) -> impl IntoView {
    let rows = records
        .into_iter()
        .map(|record| {
            view! {
                <tr>
                    <th scope="row">{record.source}</th>
                    <td class="work-key">{link(record.key)}</td>
                    <td>{record.read_on}</td>
                    <td>
                        {record.joined}
                        {record
                            .withdrawn_on
                            .map(|day| {
                                view! {
                                    " "
                                    <span class="work-withdrawn">
                                        {format!("Withdrawn by the source on {day}.")}
                                    </span>
                                }
                            })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ui-scroll" tabindex="0" role="group" aria-label="Records of this work">
            <table class="ui-table">
                <thead>
                    <tr>
                        <th scope="col">"Source"</th>
                        <th scope="col">"Its name for the record"</th>
                        <th scope="col">"Read on"</th>
                        <th scope="col">"Why it belongs here"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

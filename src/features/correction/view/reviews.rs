//! For moderators: authors who may be one person, and the last corrections.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::history::named;
use super::{Correcting, Reason, error_notice};
use crate::domain::clock::{count, date_in_words, iso_date};
use crate::error::AppError;
use crate::features::correction::api::{ReopenPair, TellApart, load_reviews};
use crate::features::correction::types::{Candidate, LogLine, Pair, ReviewList, ToldApart};
use crate::ui::{Badge, ButtonKind, Empty, Section, SubmitButton, Time, Tone};

/// What the list loads and sends; made at the top of its page.
#[derive(Clone, Copy)]
pub struct Reviews {
    correcting: Correcting,
    apart: ServerAction<TellApart>,
    reopen: ServerAction<ReopenPair>,
    list: Resource<Result<ReviewList, AppError>>,
}

impl Reviews {
    /// Begins to load, for one page.
    pub fn load() -> Self {
        let correcting = Correcting::new();
        let apart = ServerAction::<TellApart>::new();
        let reopen = ServerAction::<ReopenPair>::new();
        let list = Resource::new(
            move || correcting.version() + apart.version().get() + reopen.version().get(),
            |_| load_reviews(),
        );
        Self {
            correcting,
            apart,
            reopen,
            list,
        }
    }
}

/// The list, and the logs.
#[component]
pub fn ReviewsView(reviews: Reviews) -> impl IntoView {
    let Reviews {
        correcting,
        apart,
        reopen,
        list,
    } = reviews;
    let refusal = move || {
        [apart.value().get(), reopen.value().get()]
            .into_iter()
            .flatten()
            .find_map(Result::err)
            .map(error_notice)
    };
    view! {
        {correcting.refusal()}
        {refusal}
        <Transition>
            {move || Suspend::new(async move {
                match list.await {
                    Ok(list) => list_view(list, reviews).into_any(),
                    Err(error) => error_notice(error).into_any(),
                }
            })}
        </Transition>
    }
}

fn list_view(list: ReviewList, reviews: Reviews) -> impl IntoView {
    let shown = i64::try_from(list.open.len()).unwrap_or(i64::MAX);
    let more = (shown < list.total).then(|| {
        view! {
            <p class="moderation-meta">
                {format!("The {shown} most probable of {}.", list.total)}
            </p>
        }
    });
    let open = if list.open.is_empty() {
        view! { <Empty sentence="No two pages look like one person." /> }.into_any()
    } else {
        view! {
            <ol class="moderation-queue">
                {list.open.into_iter().map(|pair| pair_view(pair, reviews)).collect_view()}
            </ol>
        }
        .into_any()
    };
    view! {
        <Section id="one-person" kicker="Identity" title="May be one person">
            {more}
            {open}
            {apart_view(list.apart, reviews)}
        </Section>
        <Section id="correction-log" kicker="Log" title="Last corrections">
            {log_view(list.log)}
        </Section>
    }
}

fn pair_view(pair: Pair, reviews: Reviews) -> impl IntoView {
    let (kept, joined) = (pair.kept.author, pair.joined.author);
    let facts = |title: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{title}</dt>
                    <dd dir="auto">
                        {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    </dd>
                </div>
            }
        })
    };
    let shared = if pair.shared.is_empty() {
        vec!["Nothing but the name.".to_owned()]
    } else {
        pair.shared
    };
    let decision = if pair.own {
        view! {
            <p class="moderation-meta">
                "You take part in this, so another moderator has to decide."
            </p>
        }
        .into_any()
    } else {
        let merge = reviews.correcting.merge;
        view! {
            <div class="moderation-decision">
                <ActionForm action=merge>
                    <input type="hidden" name="author" value=kept.to_string() />
                    <input type="hidden" name="other" value=joined.to_string() />
                    <input type="hidden" name="seen" value=pair.seen.to_string() />
                    <input type="hidden" name="back" value="moderation" />
                    <Reason
                        id=format!("pair-reason-{kept}-{joined}")
                        label="How do you know that they are one?"
                    />
                    <p class="ui-actions">
                        <SubmitButton label="Join the pages" pending=merge.pending() />
                    </p>
                </ActionForm>
                <ActionForm action=reviews.apart>
                    <input type="hidden" name="one" value=kept.to_string() />
                    <input type="hidden" name="other" value=joined.to_string() />
                    <p class="ui-actions">
                        <SubmitButton
                            label="They are different people"
                            pending=reviews.apart.pending()
                            kind=ButtonKind::Secondary
                        />
                    </p>
                </ActionForm>
            </div>
        }
        .into_any()
    };
    view! {
        <li class="moderation-item">
            <p class="moderation-meta">
                <Badge tone=Tone::Caution>{format!("{} % probable", pair.percent)}</Badge>
            </p>
            <div class="correction-pair">
                {candidate_view(pair.kept, "Stays")} {candidate_view(pair.joined, "Joins it")}
            </div>
            <dl class="ui-facts moderation-evidence">
                {facts("Shared", shared)} {facts("Against", pair.against)}
            </dl>
            {decision}
        </li>
    }
}

fn candidate_view(side: Candidate, role: &'static str) -> impl IntoView {
    let claimed = side
        .claimed
        .then(|| view! { " " <Badge tone=Tone::Good>"Claimed"</Badge> });
    let mut line = count(side.works, "work", "works");
    if !side.years.is_empty() {
        line.push_str(&format!(", {}", side.years));
    }
    let identifiers = side.identifiers.join(" ");
    view! {
        <div>
            <p class="ui-kicker">{role}</p>
            <h3 class="moderation-title" dir="auto">
                <a href=side.href>{side.name}</a>
                {claimed}
            </h3>
            <p class="moderation-meta">{line}</p>
            <p class="moderation-meta">{identifiers}</p>
        </div>
    }
}

fn apart_view(apart: Vec<ToldApart>, reviews: Reviews) -> impl IntoView {
    (!apart.is_empty()).then(|| {
        let rows = apart
            .into_iter()
            .map(|pair| {
                let ((low, low_page), (high, high_page)) = (pair.low, pair.high);
                view! {
                    <li>
                        {named(low_page)} " and " {named(high_page)}
                        {format!(" are different people ({}, ", pair.by)}
                        <Time datetime=iso_date(pair.at) words=date_in_words(pair.at) />
                        ") "
                        <ActionForm action=reviews.reopen attr:class="correction-undo">
                            <input type="hidden" name="one" value=low.to_string() />
                            <input type="hidden" name="other" value=high.to_string() />
                            <SubmitButton
                                label="Look again"
                                pending=reviews.reopen.pending()
                                kind=ButtonKind::Quiet
                            />
                        </ActionForm>
                    </li>
                }
            })
            .collect_view();
        view! {
            <details class="correction-menu">
                <summary>"Found to be different people"</summary>
                <ul class="correction-apart">{rows}</ul>
            </details>
        }
    })
}

fn log_view(log: Vec<LogLine>) -> impl IntoView {
    if log.is_empty() {
        return view! { <Empty sentence="Nothing has been corrected yet." /> }.into_any();
    }
    let rows = log
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <td>
                        <Time datetime=iso_date(line.at) words=date_in_words(line.at) />
                    </td>
                    <td>
                        {line.kind.title()} {line.undone.then_some(" (undone)")}
                    </td>
                    <td dir="auto">{named(line.author)}</td>
                    <td dir="auto">{line.by}</td>
                    <td class="moderation-text" dir="auto">
                        {line.reason}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ui-scroll" tabindex="0" role="region" aria-label="Last corrections">
            <table class="ui-table moderation-log">
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Correction"</th>
                        <th scope="col">"Author"</th>
                        <th scope="col">"By"</th>
                        <th scope="col">"Reason"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

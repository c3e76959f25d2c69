//! One claim with its evidence, and the log.

use leptos::prelude::*;

use crate::domain::clock::{count, date_in_words, iso_date};
use crate::features::claim::types::{LogLine, ReviewClaim};
use crate::paths;
use crate::ui::{Badge, Empty, Time, Tone};

/// A claim with its evidence and what can be decided.
pub fn claim_item(claim: ReviewClaim, decision: AnyView) -> impl IntoView {
    let account_domain = if claim.account_at_institution {
        format!("{} (an institution of this author)", claim.account_domain)
    } else {
        claim.account_domain.clone()
    };
    let proof = match (claim.proof, &claim.proof_domain) {
        (Some(proof), Some(domain)) => format!("{} ({domain})", proof.in_words()),
        (Some(proof), None) => proof.in_words().to_owned(),
        (None, _) => "none on file".to_owned(),
    };
    let tone = if claim.state.is_standing() {
        Tone::Good
    } else {
        Tone::Caution
    };
    let unnamed = claim.works_selected - i64::try_from(claim.works.len()).unwrap_or(0);
    view! {
        <li class="moderation-item">
            <h3 class="moderation-title" dir="auto">
                <a href=paths::author(claim.author, &claim.author_slug)>
                    {claim.author_name}
                </a>
            </h3>
            <p class="moderation-meta">
                <Badge tone=tone>{claim.state.in_words()}</Badge>
                " since "
                <Time datetime=iso_date(claim.updated_at) words=date_in_words(claim.updated_at) />
            </p>
            <dl class="ui-facts moderation-evidence">
                <div>
                    <dt>"Account"</dt>
                    <dd dir="auto">{claim.account_name}</dd>
                </div>
                <div>
                    <dt>"Its e-mail domain"</dt>
                    <dd>{account_domain}</dd>
                </div>
                <div>
                    <dt>"Proof"</dt>
                    <dd>{proof}</dd>
                </div>
                <div>
                    <dt>"Works selected"</dt>
                    <dd>
                        {format!(
                            "{} of {}",
                            claim.works_selected,
                            count(claim.works_total, "work", "works"),
                        )}
                        <ul>
                            {claim
                                .works
                                .into_iter()
                                .map(|work| {
                                    view! {
                                        <li dir="auto">
                                            <a href=paths::work(work.work, &work.slug)>{work.title}</a>
                                        </li>
                                    }
                                })
                                .collect_view()}
                            {(unnamed > 0).then(|| view! { <li>{format!("and {unnamed} more")}</li> })}
                        </ul>
                    </dd>
                </div>
                {claim
                    .note
                    .map(|note| {
                        view! {
                            <div>
                                <dt>"Note"</dt>
                                <dd class="moderation-text" dir="auto">
                                    {note}
                                </dd>
                            </div>
                        }
                    })}
            </dl>
            <details>
                <summary>"History of this claim"</summary>
                {log_view(claim.log, "History of this claim", false)}
            </details>
            {decision}
        </li>
    }
}

/// What a step is called in the log.
fn step_in_words(event: &str) -> &'static str {
    match event {
        "start" => "Opened",
        "select_works" => "Works selected",
        "prove" => "Proof given",
        "ask_moderator" => "Moderator asked",
        "approve" => "Approved",
        "reject" => "Rejected",
        "withdraw" => "Withdrawn",
        "contest" => "Contested",
        "uphold" => "Upheld",
        "transfer" => "Transferred",
        "revoke" => "Revoked",
        "recheck" => "Checked again",
        _ => "Changed",
    }
}

/// A table of steps; with the author and the claimant where the lines are of several claims.
pub fn log_view(lines: Vec<LogLine>, label: &'static str, with_claim: bool) -> impl IntoView {
    if lines.is_empty() {
        return view! { <Empty sentence="Nothing has been decided yet." /> }.into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| {
            let claim = with_claim.then(|| {
                view! {
                    <td dir="auto">
                        <a href=paths::author(line.author, &line.author_slug)>
                            {line.author_name.clone()}
                        </a>
                    </td>
                    <td dir="auto">{line.claimant.clone()}</td>
                }
            });
            view! {
                <tr>
                    <td>
                        <Time datetime=iso_date(line.at) words=date_in_words(line.at) />
                    </td>
                    <td>{step_in_words(&line.event)}</td>
                    {claim}
                    <td dir="auto">{line.actor.unwrap_or_default()}</td>
                    <td class="moderation-text" dir="auto">
                        {line.reason.unwrap_or_default()}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let claim_heads = with_claim.then(|| {
        view! {
            <th scope="col">"Author"</th>
            <th scope="col">"Claimed by"</th>
        }
    });
    view! {
        <div class="ui-scroll" tabindex="0" role="region" aria-label=label>
            <table class="ui-table moderation-log">
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Step"</th>
                        {claim_heads}
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

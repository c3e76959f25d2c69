//! The moderators' side of claims: the lists and the decisions.

mod item;

use item::{claim_item, log_view};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::features::claim::api::{
    ApproveClaim, RejectClaim, RevokeClaim, TransferClaim, UpholdClaim, load_review_queue,
};
use crate::features::claim::types::{Contest, ReviewClaim, ReviewQueue};
use crate::paths;
use crate::ui::{ButtonKind, Empty, Field, Notice, NoticeKind, Section, SubmitButton, TextArea};

/// The decisions a moderator can send.
#[derive(Clone, Copy)]
struct Decisions {
    approve: ServerAction<ApproveClaim>,
    reject: ServerAction<RejectClaim>,
    uphold: ServerAction<UpholdClaim>,
    transfer: ServerAction<TransferClaim>,
    revoke: ServerAction<RevokeClaim>,
}

impl Decisions {
    fn new() -> Self {
        Self {
            approve: ServerAction::new(),
            reject: ServerAction::new(),
            uphold: ServerAction::new(),
            transfer: ServerAction::new(),
            revoke: ServerAction::new(),
        }
    }

    /// Grows with every decision sent, so that the lists are read anew.
    fn version(self) -> usize {
        self.approve.version().get()
            + self.reject.version().get()
            + self.uphold.version().get()
            + self.transfer.version().get()
            + self.revoke.version().get()
    }

    fn pending(self) -> Signal<bool> {
        Signal::derive(move || {
            self.approve.pending().get()
                || self.reject.pending().get()
                || self.uphold.pending().get()
                || self.transfer.pending().get()
                || self.revoke.pending().get()
        })
    }

    /// What was refused, if the last decision of some kind was.
    fn refusal(self) -> impl IntoView {
        move || {
            [
                self.approve.value().get(),
                self.reject.value().get(),
                self.uphold.value().get(),
                self.transfer.value().get(),
                self.revoke.value().get(),
            ]
            .into_iter()
            .flatten()
            .find_map(Result::err)
            .map(|error| {
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p>{error.sentence()}</p>
                    </Notice>
                }
            })
        }
    }
}

/// What the moderators' side of claims loads and sends. Made at the top of its page: what is loaded from
/// within another loaded part can miss the response.
#[derive(Clone, Copy)]
pub struct Review {
    search: Memo<String>,
    decisions: Decisions,
    queue: Resource<Result<ReviewQueue, AppError>>,
}

impl Review {
    /// `search`: the name searched for among standing claims.
    pub fn new(search: Memo<String>) -> Self {
        let decisions = Decisions::new();
        let queue = Resource::new(
            move || (search.get(), decisions.version()),
            |(search, _)| load_review_queue(search),
        );
        Self {
            search,
            decisions,
            queue,
        }
    }
}

/// Claims under review, contests, standing claims found by name, and the log.
#[component]
pub fn ReviewView(review: Review) -> impl IntoView {
    let Review {
        search,
        decisions,
        queue,
    } = review;
    view! {
        {decisions.refusal()}
        <Transition>
            {move || Suspend::new(async move {
                match queue.await {
                    Ok(queue) => queue_view(queue, search.get_untracked(), decisions).into_any(),
                    Err(error) => {
                        view! {
                            <Notice kind=NoticeKind::Error>
                                <p>{error.sentence()}</p>
                            </Notice>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn queue_view(queue: ReviewQueue, search: String, decisions: Decisions) -> impl IntoView {
    let more = |shown: usize, total: i64| {
        (i64::try_from(shown).unwrap_or(i64::MAX) < total).then(|| {
            view! {
                <p class="moderation-meta">
                    {format!("The {shown} that wait longest, of {total}.")}
                </p>
            }
        })
    };
    let pending_more = more(queue.pending.len(), queue.pending_total);
    let contests_more = more(queue.contests.len(), queue.contests_total);
    let pending = if queue.pending.is_empty() {
        view! { <Empty sentence="No claim waits for a decision." /> }.into_any()
    } else {
        view! {
            <ol class="moderation-queue">
                {queue
                    .pending
                    .into_iter()
                    .map(|claim| {
                        let decision = pending_decision(&claim, decisions);
                        claim_item(claim, decision)
                    })
                    .collect_view()}
            </ol>
        }
        .into_any()
    };
    let contests = if queue.contests.is_empty() {
        view! { <Empty sentence="No claim is contested." /> }.into_any()
    } else {
        queue
            .contests
            .into_iter()
            .map(|contest| contest_view(contest, decisions))
            .collect_view()
            .into_any()
    };
    let found = match (search.is_empty(), queue.found.is_empty()) {
        (true, _) => ().into_any(),
        (false, true) => {
            view! { <Empty sentence="No standing claim is on an author of that name." /> }
                .into_any()
        }
        (false, false) => view! {
            <ol class="moderation-queue">
                {queue
                    .found
                    .into_iter()
                    .map(|claim| {
                        let decision = revoke_decision(&claim, decisions);
                        claim_item(claim, decision)
                    })
                    .collect_view()}
            </ol>
        }
        .into_any(),
    };
    view! {
        <Section id="claims" kicker="Claims" title="Waiting for a decision">
            {pending_more}
            {pending}
        </Section>
        <Section id="contests" kicker="Claims" title="Contests">
            {contests_more}
            {contests}
        </Section>
        <Section id="standing" kicker="Claims" title="Revoke a standing claim">
            <form method="get" action=paths::MODERATION class="moderation-search">
                <Field
                    label="Name of the author"
                    name="author"
                    id="standing-author"
                    kind="search"
                    value=search
                    required=true
                />
                <SubmitButton label="Find claims" kind=ButtonKind::Secondary />
            </form>
            {found}
        </Section>
        <Section id="claim-log" kicker="Log" title="Last decisions on claims">
            {log_view(queue.log, "Last decisions on claims", true)}
        </Section>
    }
}

/// Which claim a decision is about, and as of when.
fn named(claim: &ReviewClaim) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="claim" value=claim.claim.to_string() />
        <input type="hidden" name="seen" value=claim.updated_at.to_string() />
    }
}

/// The reason's field; several stand on the page, so each has its own id.
fn reason_field(claim: &ReviewClaim, verb: &str, label: &'static str) -> impl IntoView + use<> {
    view! {
        <TextArea
            label=label
            name="reason"
            id=format!("{verb}-{}", claim.claim)
            hint="The person is told it."
            required=true
            maxlength=1000
            rows=3
        />
    }
}

const OWN: &str = "You take part in this, so another moderator has to decide.";

fn pending_decision(claim: &ReviewClaim, decisions: Decisions) -> AnyView {
    if claim.own {
        return view! { <p class="moderation-meta">{OWN}</p> }.into_any();
    }
    let (approved, rejected) = (named(claim), named(claim));
    let reason = reason_field(claim, "reject", "Reason for rejecting");
    view! {
        <div class="moderation-decision">
            <ActionForm action=decisions.approve>
                {approved} <SubmitButton label="Approve at L2" pending=decisions.pending() />
            </ActionForm>
            <ActionForm action=decisions.reject>
                {rejected} {reason}
                <SubmitButton label="Reject" pending=decisions.pending() kind=ButtonKind::Danger />
            </ActionForm>
        </div>
    }
    .into_any()
}

fn revoke_decision(claim: &ReviewClaim, decisions: Decisions) -> AnyView {
    if claim.own {
        return view! { <p class="moderation-meta">{OWN}</p> }.into_any();
    }
    let named = named(claim);
    let reason = reason_field(claim, "revoke", "Reason for revoking");
    view! {
        <div class="moderation-decision">
            <ActionForm action=decisions.revoke>
                {named} {reason}
                <SubmitButton label="Revoke" pending=decisions.pending() kind=ButtonKind::Danger />
            </ActionForm>
        </div>
    }
    .into_any()
}

fn contest_view(contest: Contest, decisions: Decisions) -> impl IntoView {
    let standing = contest.standing;
    let uphold = if standing.own {
        view! { <p class="moderation-meta">{OWN}</p> }.into_any()
    } else {
        let named = named(&standing);
        let reason = reason_field(&standing, "uphold", "Reason for upholding");
        view! {
            <div class="moderation-decision">
                <ActionForm action=decisions.uphold>
                    {named} {reason}
                    <SubmitButton label="Uphold the standing claim" pending=decisions.pending() />
                </ActionForm>
            </div>
        }
        .into_any()
    };
    let contenders = contest
        .contenders
        .into_iter()
        .map(|contender| {
            let decision = if contender.own {
                view! { <p class="moderation-meta">{OWN}</p> }.into_any()
            } else {
                let named = named(&standing);
                let number = contender.claim.to_string();
                let reason = reason_field(&contender, "transfer", "Reason for transferring");
                view! {
                    <div class="moderation-decision">
                        <ActionForm action=decisions.transfer>
                            {named} <input type="hidden" name="contender" value=number /> {reason}
                            <SubmitButton
                                label="Transfer to this claim"
                                pending=decisions.pending()
                                kind=ButtonKind::Danger
                            />
                        </ActionForm>
                    </div>
                }
                .into_any()
            };
            claim_item(contender, decision)
        })
        .collect_view();
    let standing = claim_item(standing, uphold);
    view! { <ol class="moderation-queue">{standing} {contenders}</ol> }
}

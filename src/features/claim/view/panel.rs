//! The claim panel of the author page: who stands behind the record, and what the viewer can do about it.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::refusal;
use crate::domain::claim::State;
use crate::domain::clock::{count, date_in_words, iso_date};
use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::features::claim::api::{WithdrawClaim, load_claim_status};
use crate::features::claim::types::{ClaimStatus, ClaimViewer, Holder, OwnClaim};
use crate::paths;
use crate::ui::{Badge, ButtonKind, Notice, NoticeKind, SubmitButton, Time, Tone};

/// What the panel shows and does. Made where the page begins, never inside something that waits:
/// there the server may build it twice.
#[derive(Clone, Copy)]
pub struct Claiming {
    status: Resource<Result<ClaimStatus, AppError>>,
    withdraw: ServerAction<WithdrawClaim>,
}

impl Claiming {
    /// For the author that the page is about; `None` for an address that names none.
    pub fn new(author: impl Fn() -> Option<AuthorId> + Send + Sync + 'static) -> Self {
        let withdraw = ServerAction::<WithdrawClaim>::new();
        let status = Resource::new(
            move || (author(), withdraw.version().get()),
            |(author, _)| async move { load_claim_status(author.ok_or(AppError::NotFound)?).await },
        );
        Self { status, withdraw }
    }
}

/// The content of "How to connect with this researcher".
#[component]
pub fn ClaimPanel(slug: String, claiming: Claiming) -> impl IntoView {
    let Claiming { status, withdraw } = claiming;
    let slug = StoredValue::new(slug);
    view! {
        <div class="claim-panel">
            {refusal(move || withdraw.value().get())}
            <Transition>
                {move || Suspend::new(async move {
                    match status.await {
                        Ok(status) => body(status, slug.get_value(), withdraw).into_any(),
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
        </div>
    }
}

fn body(status: ClaimStatus, slug: String, withdraw: ServerAction<WithdrawClaim>) -> impl IntoView {
    let mine = status.is_mine();
    let claimed = status.holder.is_some();
    let holder = status
        .holder
        .clone()
        .map(|holder| holder_view(holder, mine));
    let own = status
        .mine
        .clone()
        .map(|own| own_view(status.author, &slug, own, withdraw));
    let under_way = status
        .mine
        .as_ref()
        .is_some_and(|own| own.state.is_open() || own.state.is_standing());
    let offer = (!under_way).then(|| offer(&status, &slug, claimed));
    view! {
        {(!claimed)
            .then(|| {
                view! {
                    <p class="claim-status">
                        "Claiming links this public author record to a researcher profile and unlocks direct collaboration workflows."
                    </p>
                }
            })}
        {holder}
        {own}
        {offer}
    }
}

/// By whom the author is claimed, and on what evidence.
fn holder_view(holder: Holder, mine: bool) -> impl IntoView {
    let proof = holder.proof.map_or_else(
        || "not recorded".to_owned(),
        |proof| match &holder.domain {
            Some(domain) => format!("{} ({domain})", proof.in_words()),
            None => proof.in_words().to_owned(),
        },
    );
    let said = if mine {
        "You have claimed this author.".to_owned()
    } else {
        format!("Claimed by {}.", holder.name)
    };
    let contested = holder.contested.then(|| {
        let sentence = if mine {
            "A second claim on this author waits for a moderator. Your claim stands until the decision; new invitations are paused."
        } else {
            "A second claim on this author waits for a moderator. Until the decision new invitations are paused."
        };
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{sentence}</p>
            </Notice>
        }
    });
    view! {
        <p class="claim-status" dir="auto">
            {said}
        </p>
        <dl class="ui-facts claim-evidence">
            <div>
                <dt>"Level"</dt>
                <dd>
                    <Badge tone=Tone::Good>{holder.level.label()}</Badge>
                    " "
                    {holder.level.in_words()}
                </dd>
            </div>
            <div>
                <dt>"Proved by"</dt>
                <dd>{proof}</dd>
            </div>
            <div>
                <dt>"Since"</dt>
                <dd>
                    <Time datetime=iso_date(holder.since) words=date_in_words(holder.since) />
                </dd>
            </div>
            <div>
                <dt>"Confirmed"</dt>
                <dd>{count(holder.works, "work", "works")}</dd>
            </div>
        </dl>
        {contested}
    }
}

/// The viewer's own claim: where it stands, what is next, and the way out of it.
fn own_view(
    author: AuthorId,
    slug: &str,
    own: OwnClaim,
    withdraw: ServerAction<WithdrawClaim>,
) -> impl IntoView + use<> {
    let works = count(own.works, "work", "works");
    let claim_path = paths::claim(author, slug);
    let because = own.reason.clone();
    let (heading, next) = match &own.state {
        State::Started | State::Proving => (
            own.state.in_words(),
            match &own.mailed_to {
                Some(email) => format!(
                    "You selected {works}. We sent a link to {email}: open it and press the button there. It works for 24 hours."
                ),
                None => format!("You selected {works}. One proof is missing."),
            },
        ),
        State::PendingReview if own.second => (
            own.state.in_words(),
            "Another account holds this author. A moderator looks at both claims and decides; you will be told by e-mail.".to_owned(),
        ),
        State::PendingReview => (
            own.state.in_words(),
            format!("You selected {works}. A moderator looks at your claim; you will be told by e-mail."),
        ),
        State::Approved { .. } | State::Upheld { .. } | State::Contested { .. } => (
            "This is your record",
            format!(
                "The {works} you selected count as confirmed by you. If a work is not yours, press “Correct” under it; if one is missing, or the page should be joined with another, renamed or hidden, go to “History” under your name."
            ),
        ),
        State::Rejected { .. } => (
            "Your claim was not approved",
            "You can claim again with another proof.".to_owned(),
        ),
        State::Revoked { .. } => (
            "Your claim was revoked",
            "You can claim again with a proof.".to_owned(),
        ),
        State::Transferred => (
            "The author went to another account",
            "A moderator decided the contest for the other claim.".to_owned(),
        ),
        State::Withdrawn => return ().into_any(),
    };
    let goes_on = matches!(own.state, State::Started | State::Proving).then(|| {
        view! {
            <a class=ButtonKind::Primary.class() href=claim_path>
                "Go on with the claim"
            </a>
        }
    });
    let release = (own.state.is_open() || own.state.is_standing()).then(|| {
        let standing = own.state.is_standing();
        view! {
            <details class="claim-withdraw">
                <summary>
                    {if standing { "Release this author" } else { "Withdraw this claim" }}
                </summary>
                <p>
                    {if standing {
                        "The author becomes unclaimed, your confirmations are taken back, and nobody can invite you here. You can claim it again later."
                    } else {
                        "Nothing else changes, and you can claim the author again later."
                    }}
                </p>
                <ActionForm action=withdraw>
                    <input type="hidden" name="claim" value=own.claim.to_string() />
                    <SubmitButton
                        label=if standing { "Release this author" } else { "Withdraw this claim" }
                        pending=withdraw.pending()
                        kind=ButtonKind::Danger
                    />
                </ActionForm>
            </details>
        }
    });
    view! {
        <div class="claim-own">
            <h3>{heading}</h3>
            <p>{next}</p>
            {because
                .map(|reason| {
                    view! {
                        <p>"The moderator’s reason:"</p>
                        <blockquote class="claim-reason" dir="auto">
                            {reason}
                        </blockquote>
                    }
                })}
            {goes_on.map(|link| view! { <p class="ui-actions">{link}</p> })}
            {release}
        </div>
    }
    .into_any()
}

/// The way into a claim for those who have none under way.
fn offer(status: &ClaimStatus, slug: &str, claimed: bool) -> impl IntoView + use<> {
    let page = paths::author(status.author, slug);
    let claim = paths::claim(status.author, slug);
    match (status.viewer, claimed) {
        (ClaimViewer::Visitor, false) => view! {
            <p class="ui-actions">
                <a class=ButtonKind::Primary.class() href=paths::login_then(&page)>
                    "Log in to claim"
                </a>
            </p>
        }
        .into_any(),
        (ClaimViewer::Visitor, true) => view! {
            <p>
                "Is this you? " <a href=paths::login_then(&page)>"Log in to say so"</a>
                ": a moderator then looks at both claims."
            </p>
        }
        .into_any(),
        (ClaimViewer::Unverified, _) => view! {
            <p>
                "To claim an author, verify your e-mail address first: the link is in the message we sent you. "
                <a href=paths::SETTINGS>"Send it again from the settings"</a> "."
            </p>
        }
        .into_any(),
        (ClaimViewer::Verified, false) => view! {
            <p class="ui-actions">
                <a class=ButtonKind::Primary.class() href=claim>
                    "Claim this author"
                </a>
            </p>
        }
        .into_any(),
        (ClaimViewer::Verified, true) => view! {
            <p>
                <a href=claim>"This is me, too"</a>
                ": a second claim opens a contest, which a moderator decides. Both sides are told, and new invitations on this author pause until then."
            </p>
        }
        .into_any(),
    }
}

//! Shared components of invitations: the panel on an author's page, one invitation.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::{
    AcceptInvitation, DeclineInvitation, WithdrawInvitation, invite_status, open_invitation,
};
use super::conversation::api::{BlockPerson, UnblockPerson};
use super::types::{InvitationPage, InviteState, LinkedWork, Person};
use crate::domain::clock::{date_in_words, iso8601};
use crate::domain::ids::AuthorId;
use crate::domain::invitation::{SendRefusal, State};
use crate::error::AppError;
use crate::paths;
use crate::ui::{
    Badge, ButtonKind, Icon, IconName, Loading, Notice, NoticeKind, SubmitButton, Time, Tone,
};

/// The two actions that block and unblock; the page that holds them loads its data anew after each.
#[derive(Clone, Copy)]
pub struct BlockActions {
    block: ServerAction<BlockPerson>,
    unblock: ServerAction<UnblockPerson>,
}

impl Default for BlockActions {
    fn default() -> Self {
        Self {
            block: ServerAction::new(),
            unblock: ServerAction::new(),
        }
    }
}

impl BlockActions {
    /// Changes with each block or unblock that came back.
    pub fn version(self) -> usize {
        self.block.version().get() + self.unblock.version().get()
    }
}

/// The refusal of an action, once there is one.
pub fn refusal<T>(value: impl Fn() -> Option<Result<T, AppError>> + Send + 'static) -> impl IntoView
where
    T: 'static,
{
    move || {
        value().and_then(Result::err).map(|error| {
            view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }
        })
    }
}

/// The button that blocks or unblocks the person known through an `author`, `invitation` or
/// `conversation`. Only the blocker ever sees that there is a block.
#[component]
pub fn BlockForm(
    actions: BlockActions,
    kind: &'static str,
    id: i64,
    blocked: bool,
) -> impl IntoView {
    let BlockActions { block, unblock } = actions;
    let fields = move || {
        view! {
            <input type="hidden" name="kind" value=kind />
            <input type="hidden" name="id" value=id />
        }
    };
    let form = if blocked {
        view! {
            <ActionForm action=unblock>
                {fields()}
                <SubmitButton
                    label="Unblock this person"
                    kind=ButtonKind::Secondary
                    pending=unblock.pending()
                />
            </ActionForm>
        }
        .into_any()
    } else {
        view! {
            <ActionForm action=block>
                {fields()}
                <SubmitButton
                    label="Block this person"
                    kind=ButtonKind::Quiet
                    pending=block.pending()
                />
            </ActionForm>
        }
        .into_any()
    };
    view! {
        {refusal(move || block.value().get())}
        {refusal(move || unblock.value().get())}
        {form}
    }
}

/// Why an invitation cannot be sent, what would unlock it, and the link that leads there.
#[component]
pub fn InviteReason(
    refusal: SendRefusal,
    state: InviteState,
    author: AuthorId,
    #[prop(into)] slug: String,
) -> impl IntoView {
    let link = match &refusal {
        SendRefusal::Unclaimed => Some((paths::claim(author, &slug), "Claim this author")),
        SendRefusal::NotLoggedIn => Some((
            paths::login_then(&paths::author(author, &slug)),
            "Log in to invite",
        )),
        SendRefusal::EmailNotVerified => Some((paths::SETTINGS.to_owned(), "Go to your settings")),
        SendRefusal::SenderLevelTooLow => {
            Some((paths::SEARCH.to_owned(), "Search for your own record"))
        }
        SendRefusal::AlreadyConversing => state
            .conversation
            .map(|id| (paths::conversation(id), "Go to your conversation")),
        SendRefusal::AlreadyOpen => state
            .open
            .map(|id| (paths::invitation(id), "Look at the invitation")),
        SendRefusal::Contested
        | SendRefusal::Own
        | SendRefusal::NotAccepting
        | SendRefusal::CoolingOff { .. }
        | SendRefusal::DailyLimit { .. } => None,
    };
    view! {
        <p class="invite-reason">{refusal.sentence()}</p>
        {refusal.unlock().map(|unlock| view! { <p class="invite-unlock">{unlock}</p> })}
        {link
            .map(|(href, label)| {
                view! {
                    <p>
                        <a class=ButtonKind::Secondary.class() href=href>
                            {label}
                        </a>
                    </p>
                }
            })}
    }
}

/// What the panel shows and does. Made where the page begins, never inside something that waits:
/// there the server may build it twice.
#[derive(Clone, Copy)]
pub struct Inviting {
    state: Resource<Result<InviteState, AppError>>,
    actions: BlockActions,
}

impl Inviting {
    /// For the author that the page is about; `None` for an address that names none.
    pub fn new(author: impl Fn() -> Option<AuthorId> + Send + Sync + 'static) -> Self {
        let actions = BlockActions::default();
        let state = Resource::new(
            move || (author(), actions.version()),
            |(author, _)| async move { invite_status(author.ok_or(AppError::NotFound)?.0).await },
        );
        Self { state, actions }
    }
}

/// The body of the section "Direct collaboration" of an author's page: the way to the form, or the
/// reason why not yet.
#[component]
pub fn InvitePanel(
    author: AuthorId,
    #[prop(into)] slug: String,
    inviting: Inviting,
) -> impl IntoView {
    let Inviting { state, actions } = inviting;
    let slug = StoredValue::new(slug);
    view! {
        <div class="invite-panel">
            <Transition fallback=|| {
                view! { <Loading label="Looking up whether you can invite this researcher" /> }
            }>
                {move || Suspend::new(async move {
                    let slug = slug.get_value();
                    match state.await {
                        Err(error) => view! { <p class="invite-reason">{error.sentence()}</p> }.into_any(),
                        Ok(state) if state.blocked_by_viewer => {
                            view! {
                                <p class="invite-reason">
                                    "You blocked this researcher, so neither of you can invite the other."
                                </p>
                                <BlockForm actions=actions kind="author" id=author.0 blocked=true />
                            }
                                .into_any()
                        }
                        Ok(state) => {
                            match state.refusal.clone() {
                                Some(refusal) => {
                                    view! {
                                        <InviteReason refusal=refusal state=state author=author slug=slug />
                                    }
                                        .into_any()
                                }
                                None => {
                                    view! {
                                        <p class="invite-unlock">
                                            "Say what you have in mind and which works it is about. The invitation stays open for 30 days; accepting it opens a conversation of you two."
                                        </p>
                                        <p>
                                            <a
                                                class=ButtonKind::Primary.class()
                                                href=paths::invite(author, &slug)
                                            >
                                                <Icon name=IconName::Mail />
                                                <span>"Invite to collaborate"</span>
                                            </a>
                                        </p>
                                    }
                                        .into_any()
                                }
                            }
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

/// The other one's name, as a link to the author record they hold.
pub fn person_link(person: Person) -> AnyView {
    match person.author {
        Some((id, slug)) => view! { <a href=paths::author(id, &slug)>{person.name}</a> }.into_any(),
        None => view! { <span>{person.name}</span> }.into_any(),
    }
}

pub(super) fn tone(state: State) -> Tone {
    match state {
        State::Sent | State::Seen => Tone::Accent,
        State::Accepted => Tone::Good,
        State::Declined | State::Withdrawn | State::Expired => Tone::Neutral,
    }
}

/// What the state means for the one who looks.
pub(super) fn state_words(state: State, own: bool) -> &'static str {
    match (state, own) {
        (State::Sent, true) => "Sent, not opened yet",
        (State::Seen, true) => "Opened, not answered yet",
        (State::Sent | State::Seen, false) => "Waits for your answer",
        (state, _) => state.label(),
    }
}

fn work_links(works: Vec<LinkedWork>) -> AnyView {
    if works.is_empty() {
        return ().into_any();
    }
    let links = works
        .into_iter()
        .map(|w| {
            view! {
                <li>
                    <a href=paths::work(w.id, &w.slug)>{w.title}</a>
                    {w.year.map(|year| format!(" ({year})"))}
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="ui-section-title">"Works it is about"</h2>
        <ul>{links}</ul>
    }
    .into_any()
}

/// What can be done to an invitation; the page that holds the actions loads its data anew after each.
#[derive(Clone, Copy)]
pub struct InvitationActions {
    accept: ServerAction<AcceptInvitation>,
    decline: ServerAction<DeclineInvitation>,
    withdraw: ServerAction<WithdrawInvitation>,
    /// Blocking the other one.
    pub block: BlockActions,
}

impl Default for InvitationActions {
    fn default() -> Self {
        Self {
            accept: ServerAction::new(),
            decline: ServerAction::new(),
            withdraw: ServerAction::new(),
            block: BlockActions::default(),
        }
    }
}

impl InvitationActions {
    /// Changes with each step that came back.
    pub fn version(self) -> usize {
        self.decline.version().get() + self.withdraw.version().get() + self.block.version()
    }
}

/// One invitation, with what the viewer can do about it.
#[component]
pub fn InvitationView(invitation: InvitationPage, actions: InvitationActions) -> impl IntoView {
    let id = invitation.id;
    let (own, state) = (invitation.own, invitation.state);
    if !own && state == State::Sent {
        // A read receipt is a change, so it is a post of its own and not a side effect of reading.
        Effect::new(move |_| {
            leptos::task::spawn_local(async move {
                let _ = open_invitation(id.0).await;
            });
        });
    }
    let InvitationActions {
        accept,
        decline,
        withdraw,
        block,
    } = actions;
    let hidden = move || view! { <input type="hidden" name="invitation" value=id.0 /> };
    let forms = if !state.is_open() {
        ().into_any()
    } else if own {
        view! {
            <div class="ui-actions">
                <ActionForm action=withdraw>
                    {hidden()}
                    <SubmitButton
                        label="Withdraw the invitation"
                        kind=ButtonKind::Secondary
                        pending=withdraw.pending()
                    />
                </ActionForm>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="ui-actions">
                <ActionForm action=accept>
                    {hidden()}
                    <SubmitButton label="Accept and open a conversation" pending=accept.pending() />
                </ActionForm>
                <ActionForm action=decline>
                    {hidden()}
                    <SubmitButton
                        label="Decline"
                        kind=ButtonKind::Secondary
                        pending=decline.pending()
                    />
                </ActionForm>
            </div>
            <p class="ui-field-hint">
                "When you decline, the sender is told that and no reason, and can invite you again after 90 days."
            </p>
        }
        .into_any()
    };
    let conversation = invitation.conversation.map(|conversation| {
        view! {
            <p>
                <a class=ButtonKind::Primary.class() href=paths::conversation(conversation)>
                    "Go to the conversation"
                </a>
            </p>
        }
    });
    let sent_at = invitation.sent_at;
    let date = match invitation.decided_at.filter(|_| !state.is_open()) {
        Some(at) => ("Since", at),
        None => ("Open until", invitation.expires_at),
    };
    view! {
        <article class="invitation">
            <dl class="ui-facts invitation-facts">
                <div>
                    <dt>{if own { "To" } else { "From" }}</dt>
                    <dd>{person_link(invitation.other)}</dd>
                </div>
                <div>
                    <dt>"Purpose"</dt>
                    <dd>{invitation.purpose}</dd>
                </div>
                <div>
                    <dt>"State"</dt>
                    <dd>
                        <Badge tone=tone(state)>{state_words(state, own)}</Badge>
                    </dd>
                </div>
                <div>
                    <dt>"Sent"</dt>
                    <dd>
                        <Time datetime=iso8601(sent_at) words=date_in_words(sent_at) />
                    </dd>
                </div>
                <div>
                    <dt>{date.0}</dt>
                    <dd>
                        <Time datetime=iso8601(date.1) words=date_in_words(date.1) />
                    </dd>
                </div>
            </dl>
            <p class="invitation-message">{invitation.message}</p>
            {work_links(invitation.works)}
            {refusal(move || accept.value().get())}
            {refusal(move || decline.value().get())}
            {refusal(move || withdraw.value().get())}
            {forms}
            {conversation}
            {(!own || invitation.blocked_by_viewer)
                .then(|| {
                    view! {
                        <BlockForm
                            actions=block
                            kind="invitation"
                            id=id.0
                            blocked=invitation.blocked_by_viewer
                        />
                    }
                })}
        </article>
    }
}

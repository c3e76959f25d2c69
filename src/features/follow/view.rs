//! The follow button with its count.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::{Follow, Unfollow, follow_status};
use super::types::FollowState;
use crate::domain::ids::FollowTarget;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Icon, IconName, Notice, NoticeKind};

/// What the button says: the thing that is followed.
fn noun(target: FollowTarget) -> &'static str {
    match target {
        FollowTarget::Author(_) => "researcher",
        FollowTarget::Topic(_) => "topic",
        FollowTarget::Institution(_) => "institution",
    }
}

/// How things stand with what a page is about. Made where the page begins, never inside something
/// that waits: there the server may build it twice.
pub fn following(
    target: impl Fn() -> Option<FollowTarget> + Send + Sync + 'static,
) -> Resource<Result<FollowState, AppError>> {
    Resource::new(target, |target| async move {
        match target {
            Some(target) => follow_status(target.kind().to_owned(), target.id()).await,
            None => Err(AppError::NotFound),
        }
    })
}

/// Follow or unfollow, with the number of followers; a link to log in for visitors. `here` is the
/// path to come back to after logging in.
#[component]
pub fn FollowButton(
    target: FollowTarget,
    #[prop(into)] here: String,
    state: Resource<Result<FollowState, AppError>>,
) -> impl IntoView {
    let follow = ServerAction::<Follow>::new();
    let unfollow = ServerAction::<Unfollow>::new();
    // The answer of the later action stands until the page is loaded anew.
    let latest = RwSignal::new(None::<Result<FollowState, AppError>>);
    Effect::new(move |_| {
        if let Some(answer) = follow.value().get() {
            latest.set(Some(answer));
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = unfollow.value().get() {
            latest.set(Some(answer));
        }
    });
    let failed = move || {
        [follow.value().get(), unfollow.value().get()]
            .into_iter()
            .flatten()
            .find_map(Result::err)
            .map(|error| {
                view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }
            })
    };
    let here = StoredValue::new(here);
    view! {
        <div class="follow-button">
            <Transition>
                {move || Suspend::new(async move {
                    let loaded = match state.await {
                        Ok(loaded) => loaded,
                        Err(error) => {
                            return view! { <p class="follow-error">{error.sentence()}</p> }.into_any();
                        }
                    };
                    let now = move || match latest.get() {
                        Some(Ok(now)) => now,
                        _ => loaded,
                    };
                    let count = move || {
                        view! {
                            <span class="follow-count">
                                {move || crate::domain::clock::thousands(now().followers)}
                            </span>
                        }
                    };
                    if !loaded.logged_in {
                        let href = paths::login_then(&here.get_value());
                        return view! {
                            <a class="ui-button ui-button-secondary" href=href>
                                <Icon name=IconName::Follow />
                                <span>{format!("Follow {}", noun(target))}</span>
                                {count()}
                            </a>
                        }
                            .into_any();
                    }
                    let fields = move || {
                        view! {
                            <input type="hidden" name="kind" value=target.kind() />
                            <input type="hidden" name="id" value=target.id() />
                        }
                    };
                    view! {
                        <Show
                            when=move || now().following
                            fallback=move || {
                                view! {
                                    <ActionForm action=follow>
                                        {fields()}
                                        <button
                                            class="ui-button ui-button-primary"
                                            type="submit"
                                            aria-pressed="false"
                                            disabled=move || follow.pending().get()
                                        >
                                            <Icon name=IconName::Follow />
                                            <span>{format!("Follow {}", noun(target))}</span>
                                            {count()}
                                        </button>
                                    </ActionForm>
                                }
                            }
                        >
                            <ActionForm action=unfollow>
                                {fields()}
                                <button
                                    class="ui-button ui-button-secondary"
                                    type="submit"
                                    aria-pressed="true"
                                    disabled=move || unfollow.pending().get()
                                >
                                    <Icon name=IconName::Check />
                                    <span>{format!("Following {}", noun(target))}</span>
                                    {count()}
                                </button>
                            </ActionForm>
                        </Show>
                    }
                        .into_any()
                })}
            </Transition>
            {failed}
        </div>
    }
}

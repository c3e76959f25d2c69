//! What a person sees of corrections: the menu of a work, the history with its forms, the offer on a work's page, the
//! moderators' list of similar authors.

mod forms;
mod history;
mod offers;
mod reviews;
mod works;

pub use forms::CorrectionsView;
pub use offers::OffersView;
pub use reviews::{Reviews, ReviewsView};
pub use works::{CorrectWork, DoneNotice};

use leptos::prelude::*;

use super::api::{
    CorrectWork as CorrectWorkAction, HideAuthor, MergeAuthors, RenameAuthor, SplitAuthor,
    TakeWork, UndoCorrection,
};
use crate::domain::correction::rules::REASON_MAX_CHARS;
use crate::error::AppError;
use crate::ui::{Notice, NoticeKind, TextArea};

/// The actions that correct. Made at the top of a page, never inside something that waits.
#[derive(Clone, Copy)]
pub struct Correcting {
    merge: ServerAction<MergeAuthors>,
    split: ServerAction<SplitAuthor>,
    work: ServerAction<CorrectWorkAction>,
    mine: ServerAction<TakeWork>,
    rename: ServerAction<RenameAuthor>,
    hide: ServerAction<HideAuthor>,
    undo: ServerAction<UndoCorrection>,
}

impl Default for Correcting {
    fn default() -> Self {
        Self::new()
    }
}

impl Correcting {
    /// For one page.
    pub fn new() -> Self {
        Self {
            merge: ServerAction::new(),
            split: ServerAction::new(),
            work: ServerAction::new(),
            mine: ServerAction::new(),
            rename: ServerAction::new(),
            hide: ServerAction::new(),
            undo: ServerAction::new(),
        }
    }

    /// Grows with every answer, so that what is shown is loaded anew.
    pub fn version(self) -> usize {
        self.merge.version().get()
            + self.split.version().get()
            + self.work.version().get()
            + self.mine.version().get()
            + self.rename.version().get()
            + self.hide.version().get()
            + self.undo.version().get()
    }

    /// The refusal that one of the actions met last.
    fn refusal(self) -> impl IntoView {
        move || {
            [
                self.merge.value().get(),
                self.split.value().get(),
                self.work.value().get(),
                self.mine.value().get(),
                self.rename.value().get(),
                self.hide.value().get(),
                self.undo.value().get(),
            ]
            .into_iter()
            .flatten()
            .find_map(Result::err)
            .map(error_notice)
        }
    }
}

fn error_notice(error: AppError) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Error>
            <p>{error.sentence()}</p>
        </Notice>
    }
}

/// Why. `id` is unique in the page.
#[component]
fn Reason(
    #[prop(into)] id: String,
    #[prop(optional, into)] value: String,
    #[prop(default = "Reason".to_owned(), into)] label: String,
) -> impl IntoView {
    view! {
        <TextArea
            label=label
            name="reason"
            id=id
            value=value
            hint="It stands in the public history, with your name."
            required=true
            maxlength=REASON_MAX_CHARS as u32
            rows=2
        />
    }
}

//! Form fields. Each has a visible label; hint and error are tied to the field by `aria-describedby`.
//!
//! Values are *initial* values: the browser keeps what is typed, also across hydration, and a plain form post
//! sends it. The server gives the value back when it answers with an error.

use leptos::html;
use leptos::prelude::*;

/// Ids of the hint and of the error of field `id`, joined for `aria-describedby`; `None` when there is neither.
pub(super) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

/// The hint under a label, when there is one.
pub(super) fn hint_view(id: &str, hint: Option<String>) -> impl IntoView + use<> {
    let id = format!("{id}-hint");
    hint.map(|h| {
        view! {
            <p class="ui-field-hint" id=id>
                {h}
            </p>
        }
    })
}

/// The error above a field, whenever there is one.
pub(super) fn error_view(id: &str, error: Signal<Option<String>>) -> impl IntoView + use<> {
    let id = format!("{id}-error");
    move || {
        error.get().map(|e| {
            view! {
                <p class="ui-field-error" id=id.clone()>
                    {e}
                </p>
            }
        })
    }
}

/// A one-line input with label, hint and error.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// Unique in the page; the name when absent.
    #[prop(optional, into)]
    id: Option<String>,
    /// HTML's input type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// HTML's autofill words: `email`, `current-password`, `new-password`, `name`, `off`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    /// For clearing or focusing from an effect.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let (hinted, for_described) = (hint.is_some(), id.clone());
    view! {
        <div class="ui-field" class:ui-field-invalid=move || error.with(Option::is_some)>
            <label class="ui-field-label" for=id.clone()>
                {label}
                {(!required).then_some(view! { <span class="ui-field-optional">" (optional)"</span> })}
            </label>
            {hint_view(&id, hint)}
            {error_view(&id, error)}
            <input
                class="ui-input"
                type=kind
                id=id
                name=name
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                required=required
                readonly=readonly
                minlength=minlength
                maxlength=maxlength
                aria-describedby=move || {
                    described_by(&for_described, hinted, error.with(Option::is_some))
                }
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                node_ref=node_ref
            />
        </div>
    }
}

/// How much weight a button has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    Danger,
    /// Looks like a link.
    Quiet,
}

impl ButtonKind {
    /// The classes, for links that are to look like buttons too.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "ui-button ui-button-primary",
            Self::Secondary => "ui-button ui-button-secondary",
            Self::Danger => "ui-button ui-button-danger",
            Self::Quiet => "ui-button ui-button-quiet",
        }
    }
}

/// Sends the form around it. While `pending` it is disabled and busy, so that nothing is sent twice.
#[component]
pub fn SubmitButton(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional)] kind: ButtonKind,
    /// With `value`, tells the server which of several buttons was pressed.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Shown before the label (an [`Icon`](super::Icon)).
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            type="submit"
            name=name
            value=value
            disabled=pending
            aria-busy=move || pending.get().then_some("true")
        >
            {children.map(|c| c())}
            <span>{label}</span>
        </button>
    }
}

/// One mistake in a form: the id of its field and what is wrong, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    pub field: String,
    pub sentence: String,
}

/// All the mistakes of a form in one place, each linking to its field. Nothing while there are none.
#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Vec<FormError>>) -> impl IntoView {
    move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            view! {
                <div class="ui-error-summary" role="alert" tabindex="-1">
                    <p class="ui-error-summary-title">"Please look at this again"</p>
                    <ul>
                        {errors
                            .into_iter()
                            .map(|e| {
                                view! {
                                    <li>
                                        <a href=format!("#{}", e.field)>{e.sentence}</a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_tied_to_its_label_hint_and_error() {
        let html = Owner::new().with(|| {
            view! {
                <Field
                    label="E-mail"
                    name="email"
                    kind="email"
                    hint="We never show it."
                    error=Signal::stored(Some("This is not an address.".to_owned()))
                    required=true
                />
            }
            .to_html()
        });
        assert!(html.contains(r#"for="email""#), "{html}");
        assert!(
            html.contains(r#"aria-describedby="email-hint email-error""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains("This is not an address."), "{html}");
    }

    #[test]
    fn a_value_cannot_leave_its_attribute() {
        let html = Owner::new().with(|| {
            view! { <Field label="Name" name="name" value="\"><script>alert(1)</script>" /> }
                .to_html()
        });
        assert!(!html.contains("\"><script"), "{html}");
    }

    #[test]
    fn a_pending_button_is_disabled_and_busy() {
        let html =
            Owner::new().with(|| view! { <SubmitButton label="Follow" pending=true /> }.to_html());
        assert!(html.contains("disabled"), "{html}");
        assert!(html.contains(r#"aria-busy="true""#), "{html}");
    }
}

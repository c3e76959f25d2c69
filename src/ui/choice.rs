//! Fields that choose: a drop-down, a box to tick, a group of radios.

use leptos::prelude::*;

use super::form::{described_by, error_view, hint_view};

/// One choice of a [`Select`] or a [`RadioGroup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A sentence under a radio's label; a select shows none.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A drop-down of choices.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Option<String>,
    choices: Vec<Choice>,
    /// The value chosen at first; the first choice when none matches.
    #[prop(optional, into)]
    selected: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let (hinted, for_described) = (hint.is_some(), id.clone());
    view! {
        <div class="ui-field" class:ui-field-invalid=move || error.with(Option::is_some)>
            <label class="ui-field-label" for=id.clone()>
                {label}
            </label>
            {hint_view(&id, hint)}
            {error_view(&id, error)}
            <select
                class="ui-select"
                id=id
                name=name
                required=required
                aria-describedby=move || {
                    described_by(&for_described, hinted, error.with(Option::is_some))
                }
                aria-invalid=move || error.with(Option::is_some).then_some("true")
            >
                {choices
                    .into_iter()
                    .map(|c| {
                        let chosen = c.value == selected;
                        view! {
                            <option value=c.value selected=chosen>
                                {c.label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}

/// A single yes-or-no box.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// Needed where several boxes share a name.
    #[prop(optional, into)]
    id: Option<String>,
    /// What the form sends when ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), false);
    view! {
        <div class="ui-check">
            <input
                class="ui-check-box"
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=checked
                required=required
                aria-describedby=described
            />
            <label class="ui-check-label" for=id.clone()>
                {label}
            </label>
            {hint_view(&id, hint)}
        </div>
    }
}

/// A few choices, all in sight, one of which holds.
#[component]
pub fn RadioGroup(
    /// Names the group.
    #[prop(into)]
    legend: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Option<String>,
    choices: Vec<Choice>,
    /// The value chosen at first; none when nothing matches.
    #[prop(optional, into)]
    selected: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let (hinted, for_described) = (hint.is_some(), id.clone());
    let radios = choices
        .into_iter()
        .enumerate()
        .map(|(i, c)| {
            let radio = format!("{id}-{i}");
            let described = described_by(&radio, c.hint.is_some(), false);
            let chosen = c.value == selected;
            view! {
                <div class="ui-check">
                    <input
                        class="ui-check-box"
                        type="radio"
                        id=radio.clone()
                        name=name.clone()
                        value=c.value
                        checked=chosen
                        required=required
                        aria-describedby=described
                    />
                    <label class="ui-check-label" for=radio.clone()>
                        {c.label}
                    </label>
                    {hint_view(&radio, c.hint)}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="ui-fieldset"
            class:ui-field-invalid=move || error.with(Option::is_some)
            aria-describedby=move || {
                described_by(&for_described, hinted, error.with(Option::is_some))
            }
        >
            <legend class="ui-field-label">{legend}</legend>
            {hint_view(&id, hint)}
            {error_view(&id, error)}
            {radios}
        </fieldset>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_option_is_selected() {
        let html = Owner::new().with(|| {
            view! {
                <Select
                    label="Purpose"
                    name="purpose"
                    choices=vec![Choice::new("a", "A"), Choice::new("b", "B")]
                    selected="b"
                />
            }
            .to_html()
        });
        assert_eq!(html.matches("selected").count(), 1, "{html}");
    }
}

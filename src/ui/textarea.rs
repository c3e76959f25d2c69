//! The text area. On its own because the framework renders the children of `<textarea>` unescaped: text must
//! reach the page as inner HTML that has been escaped here, and nowhere else.

use leptos::html;
use leptos::prelude::*;

use super::form::{described_by, error_view, hint_view};
use super::text::{escape_html, group_digits};

/// The inner HTML of a text area that is to hold `text`.
///
/// The HTML parser drops one line break right after the opening tag, so text that starts with one gets a second
/// on the server. In the browser inner HTML is set on a finished element and nothing is dropped.
fn textarea_html(text: &str) -> String {
    let escaped = escape_html(text);
    if cfg!(feature = "ssr") && text.starts_with(['\n', '\r']) {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

/// What the counter says of `n` characters when `min` to `max` are asked for.
fn counter_words(n: usize, min: u32, max: Option<u32>) -> String {
    let n = group_digits(n as i64);
    match max {
        Some(max) if min > 0 => format!(
            "{n} characters; {} to {} are asked for",
            group_digits(min.into()),
            group_digits(max.into())
        ),
        Some(max) => format!("{n} of at most {} characters", group_digits(max.into())),
        None => format!("{n} characters; at least {}", group_digits(min.into())),
    }
}

/// What is said aloud about the length. It changes only at a limit: a count at every key would drown the typing.
fn counter_status(n: usize, min: u32, max: Option<u32>) -> &'static str {
    if n == 0 {
        ""
    } else if n < min as usize {
        "Too short so far"
    } else if max.is_some_and(|max| n > max as usize) {
        "Too long"
    } else {
        "Long enough"
    }
}

/// A text of several lines, with label, hint and error. `value` is what stands in it at first and may be anything
/// a person has typed. With `counter`, the number of characters shows under it and grows as one types.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// Unique in the page; the name when absent.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] counter: bool,
    /// For clearing or focusing from an effect.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let (hinted, for_described) = (hint.is_some(), id.clone());
    let length = RwSignal::new(value.chars().count());
    let min = minlength.unwrap_or(0);
    let count_id = format!("{id}-count");
    let counted = (counter && (min > 0 || maxlength.is_some())).then(|| {
        let status = Memo::new(move |_| counter_status(length.get(), min, maxlength));
        view! {
            <div class="ui-field-counter">
                <span aria-hidden="true">
                    {move || counter_words(length.get(), min, maxlength)}
                </span>
                <span class="ui-hidden" role="status" id=count_id>
                    {status}
                </span>
            </div>
        }
    });
    view! {
        <div class="ui-field" class:ui-field-invalid=move || error.with(Option::is_some)>
            <label class="ui-field-label" for=id.clone()>
                {label}
                {(!required).then_some(view! { <span class="ui-field-optional">" (optional)"</span> })}
            </label>
            {hint_view(&id, hint)}
            {error_view(&id, error)}
            <textarea
                class="ui-textarea"
                id=id
                name=name
                rows=rows
                required=required
                minlength=minlength
                maxlength=maxlength
                aria-describedby=move || {
                    described_by(&for_described, hinted, error.with(Option::is_some))
                }
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:input:target=move |e| length.set(e.target().value().chars().count())
                node_ref=node_ref
                inner_html=textarea_html(&value)
            ></textarea>
            {counted}
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn rendered(value: &str) -> String {
        let value = value.to_owned();
        Owner::new().with(|| {
            view! {
                <TextArea
                    label="Message"
                    name="message"
                    value=value
                    minlength=80
                    maxlength=2000
                    counter=true
                />
            }
            .to_html()
        })
    }

    #[test]
    fn text_cannot_close_the_text_area() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
            "{html}"
        );
    }

    #[test]
    fn an_empty_text_area_is_really_empty() {
        assert!(rendered("").contains("></textarea>"));
    }

    #[test]
    fn a_leading_line_break_survives_the_parser() {
        assert!(rendered("\nfirst").contains(">\n\nfirst</textarea>"));
    }

    #[test]
    fn the_counter_speaks_only_at_a_limit() {
        assert_eq!(counter_status(0, 80, Some(2_000)), "");
        assert_eq!(counter_status(79, 80, Some(2_000)), "Too short so far");
        assert_eq!(counter_status(80, 80, Some(2_000)), "Long enough");
        assert_eq!(counter_status(2_001, 80, Some(2_000)), "Too long");
        assert_eq!(
            counter_words(12, 80, Some(2_000)),
            "12 characters; 80 to 2,000 are asked for"
        );
    }
}

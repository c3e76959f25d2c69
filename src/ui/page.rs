//! Parts every page is made of: its head, its sections, and what stands where content is missing or on its way.

use leptos::prelude::*;

/// The frame of a page's content. `<main>` has the gutters and the greatest width already; this adds nothing to
/// them unless the page is to be one narrow column.
#[component]
pub fn PageShell(
    /// One narrow column, for forms and errors.
    #[prop(optional)]
    narrow: bool,
    children: Children,
) -> impl IntoView {
    let class = if narrow {
        "ui-page ui-page-narrow"
    } else {
        "ui-page"
    };
    view! { <div class=class>{children()}</div> }
}

/// The head of a page: one `h1`, an optional small line above it and an optional sentence below.
#[component]
pub fn PageHeader(
    /// The page's `h1`.
    #[prop(into)]
    title: String,
    /// A few words above the title ("Settings", "Topic").
    #[prop(optional, into)]
    kicker: Option<String>,
    /// One sentence under the title.
    #[prop(optional, into)]
    lead: Option<String>,
) -> impl IntoView {
    view! {
        <header class="ui-page-header">
            {kicker.map(|k| view! { <p class="ui-kicker">{k}</p> })}
            <h1 class="ui-page-title">{title}</h1>
            {lead.map(|l| view! { <p class="ui-page-lead">{l}</p> })}
        </header>
    }
}

/// A headed section: a small line ("Trust snapshot") over its `h2` ("Quick read"), then the content.
///
/// The section is named by its heading, whose id is `<id>-title`, so that links and tests can point at it.
#[component]
pub fn Section(
    /// Unique in the page; also the fragment of its link.
    #[prop(into)]
    id: String,
    /// The `h2`.
    #[prop(into)]
    title: String,
    /// The small line above it; none when absent.
    #[prop(optional, into)]
    kicker: Option<String>,
    /// One sentence under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// A link at the right of the head: words and address.
    #[prop(optional)]
    aside: Option<(String, String)>,
    /// Further classes of the section, from the feature that uses it.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <section
            class=format!("ui-section {class}").trim_end().to_owned()
            id=id
            aria-labelledby=labelled_by
        >
            <div class="ui-section-head">
                <hgroup>
                    {kicker.map(|k| view! { <p class="ui-kicker">{k}</p> })}
                    <h2 class="ui-section-title" id=title_id>
                        {title}
                    </h2>
                </hgroup>
                {aside
                    .map(|(label, href)| {
                        view! {
                            <a class="ui-section-aside" href=href>
                                {label}
                            </a>
                        }
                    })}
            </div>
            {lead.map(|l| view! { <p class="ui-section-lead">{l}</p> })}
            {children()}
        </section>
    }
}

/// Running text at a readable measure.
#[component]
pub fn Prose(children: Children) -> impl IntoView {
    view! { <div class="ui-prose">{children()}</div> }
}

/// What stands where a list has nothing in it: a sentence, and where useful the next thing to do.
#[component]
pub fn Empty(
    /// A whole sentence that says what is not there yet.
    #[prop(into)]
    sentence: String,
    /// Words and address of the next thing to do.
    #[prop(optional)]
    action: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="ui-empty">
            <p>{sentence}</p>
            {action
                .map(|(label, href)| {
                    view! {
                        <p>
                            <a href=href>{label}</a>
                        </p>
                    }
                })}
        </div>
    }
}

/// What a notice is about. It decides colour, icon word, and whether it interrupts a screen reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Success,
    Warning,
    Error,
}

impl NoticeKind {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "ui-notice ui-notice-info",
            Self::Success => "ui-notice ui-notice-success",
            Self::Warning => "ui-notice ui-notice-warning",
            Self::Error => "ui-notice ui-notice-error",
        }
    }

    /// Warnings and errors interrupt; the others wait their turn.
    fn role(self) -> &'static str {
        match self {
            Self::Info | Self::Success => "status",
            Self::Warning | Self::Error => "alert",
        }
    }

    /// Said before the message, so that colour is never the only sign.
    fn word(self) -> &'static str {
        match self {
            Self::Info => "Note",
            Self::Success => "Done",
            Self::Warning => "Take care",
            Self::Error => "Not done",
        }
    }
}

/// A message about what happened or what to know.
#[component]
pub fn Notice(kind: NoticeKind, children: Children) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <strong class="ui-notice-word">{kind.word()}</strong>
            <div class="ui-notice-body">{children()}</div>
        </div>
    }
}

/// Said while something is on its way. Still for those who asked for less motion.
#[component]
pub fn Loading(#[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="ui-loading" role="status">
            <span class="ui-loading-mark" aria-hidden="true"></span>
            <span>{label}</span>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_named_by_its_heading() {
        let html = Owner::new().with(|| {
            view! {
                <Section id="trust" kicker="Trust snapshot" title="Quick read">
                    <p>"x"</p>
                </Section>
            }
            .to_html()
        });
        assert!(html.contains(r#"aria-labelledby="trust-title""#), "{html}");
        assert!(html.contains(r#"id="trust-title""#), "{html}");
        assert!(html.contains("Trust snapshot"), "{html}");
    }

    #[test]
    fn an_error_interrupts_and_a_success_does_not() {
        let html = |kind| {
            Owner::new().with(|| {
                view! {
                    <Notice kind=kind>
                        <p>"x"</p>
                    </Notice>
                }
                .to_html()
            })
        };
        assert!(html(NoticeKind::Error).contains(r#"role="alert""#));
        assert!(html(NoticeKind::Success).contains(r#"role="status""#));
    }
}

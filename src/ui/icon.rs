//! The icon set: one stroked path each on a 24 by 24 grid, drawn for this project.

use leptos::prelude::*;

/// Every icon there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Search,
    User,
    Follow,
    Following,
    Feed,
    Cite,
    Share,
    Flag,
    Link,
    Check,
    Shield,
    Mail,
    Inbox,
    Sun,
    Moon,
    System,
    External,
    /// A registry identifier of a person (ORCID and the like); not a registry's own logo.
    Id,
    Institution,
    Topic,
    Work,
    Graph,
    Cross,
    Arrow,
    Chevron,
}

impl IconName {
    /// Every icon, for tests and for a page that shows them all.
    pub const ALL: [Self; 25] = [
        Self::Search,
        Self::User,
        Self::Follow,
        Self::Following,
        Self::Feed,
        Self::Cite,
        Self::Share,
        Self::Flag,
        Self::Link,
        Self::Check,
        Self::Shield,
        Self::Mail,
        Self::Inbox,
        Self::Sun,
        Self::Moon,
        Self::System,
        Self::External,
        Self::Id,
        Self::Institution,
        Self::Topic,
        Self::Work,
        Self::Graph,
        Self::Cross,
        Self::Arrow,
        Self::Chevron,
    ];

    /// The path data, in the syntax of SVG's `d` attribute.
    pub fn path(self) -> &'static str {
        match self {
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20.5 20.5",
            Self::User => {
                "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"
            }
            Self::Follow => {
                "M10 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM3 20.5c.6-4 3.2-6 7-6c1.4 0 2.6.3 3.6.8M18 14.5v6M15 17.5h6"
            }
            Self::Following => {
                "M10 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM3 20.5c.6-4 3.2-6 7-6c1 0 2 .2 2.8.5M14.5 18.2l2.3 2.3l4.7-5"
            }
            Self::Feed => {
                "M5 19.5a.8.8 0 1 0 0-1.6a.8.8 0 0 0 0 1.6zM4.5 12a7.5 7.5 0 0 1 7.5 7.5M4.5 5.5a14 14 0 0 1 14 14"
            }
            Self::Cite => {
                "M4 16.5c2.5-.5 4-2.2 4-5H4.5V6H10v5.5c0 4.2-2 7-6 7.5M14 16.5c2.5-.5 4-2.2 4-5h-3.5V6H20v5.5c0 4.2-2 7-6 7.5"
            }
            Self::Share => "M12 15.5V3.5M7.5 7.5L12 3.5l4.5 4M6.5 11.5h-2v9h15v-9h-2",
            Self::Flag => "M5.5 21V4M5.5 4.5c4-2 7 2 13 0v9c-6 2-9-2-13 0",
            Self::Link => {
                "M10 14a4.2 4.2 0 0 0 6 0l3.5-3.5a4.2 4.2 0 0 0-6-6L12.3 5.7M14 10a4.2 4.2 0 0 0-6 0l-3.5 3.5a4.2 4.2 0 0 0 6 6l1.2-1.2"
            }
            Self::Check => "M4.5 12.5l5 5.5L19.5 6.5",
            Self::Shield => {
                "M12 3.5l7.5 2.7v5.3c0 4.5-3 7.6-7.5 9.5c-4.5-1.9-7.5-5-7.5-9.5V6.2zM8.5 12l2.5 2.7l4.5-5.2"
            }
            Self::Mail => "M3.5 5.5h17v13h-17zM3.5 6.5l8.5 7l8.5-7",
            Self::Inbox => {
                "M3.5 13.5l3-8.5h11l3 8.5v6h-17zM3.5 13.5h5c0 2 1.5 3 3.5 3s3.5-1 3.5-3h5"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
            Self::System => "M3.5 4.5h17v12h-17zM8.5 20.5h7M12 16.5v4",
            Self::External => "M9 5H4.5v14.5H19V15M13 4h7v7M20 4l-9 9",
            Self::Id => {
                "M3.5 5h17v14h-17zM8.5 9a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4zM5.8 16c.4-1.5 1.3-2.2 2.7-2.2s2.3.7 2.7 2.2M14 10h4M14 14h4"
            }
            Self::Institution => {
                "M3.5 9.5L12 4l8.5 5.5zM4.5 20h15M6.5 9.5V17M12 9.5V17M17.5 9.5V17M5 17h14"
            }
            Self::Topic => {
                "M4 4h7.5L20.5 13L13 20.5L4 11.5zM8 7.2a.8.8 0 1 0 0 1.6a.8.8 0 0 0 0-1.6z"
            }
            Self::Work => "M5.5 3.5h9l4 4v13h-13zM14.5 3.5v4h4M8.5 12h7M8.5 16h7",
            Self::Graph => {
                "M6 15.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5zM18 13.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5zM11 3.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5zM10 8.3l-3.2 7.3M12.3 8.1l4.3 5.8M8.5 17.6l7-1"
            }
            Self::Cross => "M5.5 5.5l13 13M18.5 5.5l-13 13",
            Self::Arrow => "M4 12h16M14 6l6 6l-6 6",
            Self::Chevron => "M9 5l7 7l-7 7",
        }
    }
}

/// An icon at the size of the text beside it. Always decorative: the words beside it, or a
/// [`VisuallyHidden`](super::VisuallyHidden) text, say what it means.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg
            class="ui-icon"
            viewBox="0 0 24 24"
            width="20"
            height="20"
            aria-hidden="true"
            focusable="false"
        >
            <path d=name.path()></path>
        </svg>
    }
}

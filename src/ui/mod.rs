//! Building blocks of the interface.
//!
//! Nothing here knows a feature, a URL of one, or the database: a block takes words, numbers, links and
//! signals, and gives marked-up HTML whose looks are in `style/`. Every block reads and works without scripts.
//!
//! No block writes a `style` attribute (the content security policy forbids it) and none reads a clock or a
//! random number while rendering (server and browser must produce the same nodes).

pub mod bits;
pub mod choice;
pub mod footer;
pub mod form;
pub mod header;
pub mod icon;
pub mod lean;
pub mod page;
pub mod text;
pub mod textarea;

pub use bits::{
    Badge, Breadcrumb, Count, Crumb, Meter, Pagination, SkipLink, Time, Tone, VisuallyHidden,
};
pub use choice::{Checkbox, Choice, RadioGroup, Select};
pub use footer::{FooterLink, SiteFooter};
pub use form::{ButtonKind, ErrorSummary, Field, FormError, SubmitButton};
pub use header::{NavItem, SiteHeader};
pub use icon::{Icon, IconName};
pub use page::{Empty, Loading, Notice, NoticeKind, PageHeader, PageShell, Prose, Section};
pub use textarea::TextArea;

//! The document around every page, and the table of pages.

use leptos::prelude::*;
use leptos_meta::{Link, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

use crate::features::account::view::{AccountArea, AccountNotice};
use crate::pages;
use crate::paths;
use crate::ui::text::escape_html;
use crate::ui::{FooterLink, NavItem, SiteFooter, SiteHeader, SkipLink};

/// The HTML document. Only the server renders it.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    use leptos_meta::{HashedStylesheet, MetaTags};

    use crate::infra::context;
    let cx = context::Cx::current().ok();
    let theme = cx.as_ref().and_then(|cx| cx.theme);
    match (cx, leptos::nonce::use_nonce()) {
        (Some(cx), Some(nonce)) => {
            // The middleware puts it on the response.
            let _ = cx.content_policy.set(format!(
                "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
                 style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; \
                 base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
            ));
        }
        // The list of pages is made outside of a request; a page without a policy gets the strictest.
        (cx, nonce) => {
            tracing::warn!(
                request = cx.is_some(),
                nonce = nonce.is_some(),
                "no content policy"
            );
        }
    }
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <HashedStylesheet id="leptos" options=options.clone() />
                <HydrationScripts options=options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The text of `<title>`. On the server the framework writes it into the page as it is, so names and
/// subjects that people wrote are escaped here; in the browser it is set as text.
fn title_text(title: String) -> String {
    let whole = if title.is_empty() {
        "BZPEER".to_owned()
    } else {
        format!("{title} · BZPEER")
    };
    if cfg!(feature = "ssr") {
        escape_html(&whole)
    } else {
        whole
    }
}

/// The application: header, the page for the address, footer.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Tells browser tests (and nobody else) that the page answers clicks by itself now.
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
    view! {
        <Title formatter=title_text />
        <Link rel="icon" href="/favicon.svg" type_="image/svg+xml" />
        <Router>
            <SkipLink />
            <Head />
            <AccountNotice />
            <main id="main" tabindex="-1">
                <Routes fallback=pages::NotFoundPage>
                    <Route path=path!("/") view=pages::HomePage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=pages::SearchPage ssr=SsrMode::Async />
                    <Route path=path!("/explore") view=pages::ExplorePage ssr=SsrMode::Async />
                    <Route path=path!("/about") view=pages::AboutPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("/authors/:id") view=leptos_router::components::Outlet ssr=SsrMode::Async>
                        <Route path=path!("") view=pages::AuthorPage ssr=SsrMode::Async />
                        <Route path=path!(":slug") view=pages::AuthorPage ssr=SsrMode::Async />
                        <Route path=path!(":slug/claim") view=pages::ClaimPage ssr=SsrMode::Async />
                        <Route path=path!(":slug/invite") view=pages::InvitePage ssr=SsrMode::Async />
                        <Route path=path!(":slug/report") view=pages::ReportPage ssr=SsrMode::Async />
                        <Route path=path!(":slug/corrections") view=pages::CorrectionsPage ssr=SsrMode::Async />
                    </ParentRoute>
                    <Route path=path!("/works/:id") view=pages::WorkPage ssr=SsrMode::Async />
                    <Route path=path!("/works/:id/:slug") view=pages::WorkPage ssr=SsrMode::Async />
                    <Route path=path!("/topics") view=pages::TopicsPage ssr=SsrMode::Async />
                    <Route path=path!("/topics/:id") view=pages::TopicPage ssr=SsrMode::Async />
                    <Route path=path!("/topics/:id/:slug") view=pages::TopicPage ssr=SsrMode::Async />
                    <Route path=path!("/institutions") view=pages::InstitutionsPage ssr=SsrMode::Async />
                    <Route path=path!("/institutions/:id") view=pages::InstitutionPage ssr=SsrMode::Async />
                    <Route path=path!("/institutions/:id/:slug") view=pages::InstitutionPage ssr=SsrMode::Async />
                    <Route path=path!("/login") view=pages::LoginPage ssr=SsrMode::Async />
                    <Route path=path!("/signup") view=pages::SignupPage ssr=SsrMode::Async />
                    <Route path=path!("/forgot-password") view=pages::ForgotPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/reset-password") view=pages::ResetPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/verify-email") view=pages::VerifyEmailPage ssr=SsrMode::Async />
                    <Route path=path!("/verify-claim") view=pages::VerifyClaimPage ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=pages::SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/inbox") view=pages::InboxPage ssr=SsrMode::Async />
                    <Route path=path!("/invitations/:id") view=pages::InvitationPage ssr=SsrMode::Async />
                    <Route path=path!("/conversations/:id") view=pages::ConversationPage ssr=SsrMode::Async />
                    <Route path=path!("/moderation") view=pages::ModerationPage ssr=SsrMode::Async />
                    <Route path=path!("/mail") view=pages::MailPage ssr=SsrMode::Async />
                </Routes>
            </main>
            <Foot />
        </Router>
    }
}

#[component]
fn Head() -> impl IntoView {
    let location = use_location();
    let query = location
        .query
        .with_untracked(|q| q.get("q").unwrap_or_default());
    view! {
        <SiteHeader
            nav=vec![NavItem::new("Explore", paths::EXPLORE), NavItem::new("About", paths::ABOUT)]
            current=Signal::derive(move || location.pathname.get())
            query=query
        >
            <AccountArea />
        </SiteHeader>
    }
}

#[component]
fn Foot() -> impl IntoView {
    view! {
        <SiteFooter links=vec![
            FooterLink::new("About and trust score", paths::ABOUT),
            FooterLink::new("Search", paths::SEARCH),
            FooterLink::new("Topics", paths::TOPICS),
            FooterLink::new("Institutions", paths::INSTITUTIONS),
        ]>
            <form method="post" action="/theme" class="site-theme-form">
                <span class="site-theme-label">"Colours"</span>
                <button type="submit" name="theme" value="light" class="ui-button ui-button-quiet">
                    "Light"
                </button>
                <button type="submit" name="theme" value="dark" class="ui-button ui-button-quiet">
                    "Dark"
                </button>
                <button type="submit" name="theme" value="system" class="ui-button ui-button-quiet">
                    "System"
                </button>
            </form>
        </SiteFooter>
    }
}

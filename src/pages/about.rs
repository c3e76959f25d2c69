//! What the words and the score mean.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::domain::trust::cap;
use crate::domain::verification::Level;
use crate::ui::{PageHeader, Prose};

/// `/about`
#[component]
pub fn AboutPage() -> impl IntoView {
    let levels = Level::ALL
        .map(|level| {
            view! {
                <tr>
                    <th scope="row">{level.label()}</th>
                    <td>{level.in_words()}</td>
                    <td>{cap(level)}</td>
                </tr>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <Title text="About and trust score" />
        <PageHeader title="About BZPEER" />
        <Prose>
            <p>
                "BZPEER builds a public page for every author from publication records: preprints, papers, data, software. It tells how far the record can be trusted and why, whom the person works with, and what they published. Researchers claim their own record, follow others, and invite each other to focused collaborations."
            </p>
            <h2>"Who stands behind a record"</h2>
            <p>
                "Every page has a verification level. Picking publications never raises it by itself."
            </p>
            <div class="ui-scroll" tabindex="0" role="group" aria-label="Verification levels">
                <table class="ui-table">
                    <thead>
                        <tr>
                            <th scope="col">"Level"</th>
                            <th scope="col">"Meaning"</th>
                            <th scope="col">"Highest score"</th>
                        </tr>
                    </thead>
                    <tbody>{levels}</tbody>
                </table>
            </div>
            <h2>"The trust score"</h2>
            <p>
                "From 0 to 100: how well the record is evidenced. It says nothing about quality, popularity or importance. Five parts are added, rounded down, then capped by level; every point is shown on the author's page with its evidence."
            </p>
            <dl class="ui-facts">
                <div>
                    <dt>"Identity"</dt>
                    <dd>"L0 0, L1 6, L2 16, L3 30, L4 40"</dd>
                </div>
                <div>
                    <dt>"Record depth"</dt>
                    <dd>"10 · ln(1 + works) / ln(101), at most 10"</dd>
                </div>
                <div>
                    <dt>"Record evidence"</dt>
                    <dd>
                        "10 · share of works with a DOI or two independent sources, and 10 · share of works that the author confirmed"
                    </dd>
                </div>
                <div>
                    <dt>"Collaborators"</dt>
                    <dd>
                        "1 for each close collaborator (at least 5 joint works), at most 8; and 2 for each of them verified at L3 or above, at most 12"
                    </dd>
                </div>
                <div>
                    <dt>"Continuity"</dt>
                    <dd>"0.5 for each calendar year with a work, at most 10"</dd>
                </div>
            </dl>
            <p>
                "An upheld report takes 10 points off for two years, at most 30 in all. Followers, citations, messages and every other count of activity or fame never enter: they can be bought."
            </p>
        </Prose>
    }
}

//! The explanation of every point of a trust score.

use leptos::prelude::*;

use crate::domain::trust::{FORMULA_VERSION, TrustScore};
use crate::domain::verification::Level;
use crate::paths;
use crate::ui::Meter;

/// Opens in place: each part with points, evidence, and what would raise it. `evidence_from` names
/// the sources and when each was last read; `computed_on` is the day of the score, in words.
#[component]
pub fn TrustExplanation(
    score: TrustScore,
    level: Level,
    evidence_from: Vec<(String, String)>,
    computed_on: String,
) -> impl IntoView {
    let sources = if evidence_from.is_empty() {
        "no source yet".to_owned()
    } else {
        evidence_from
            .into_iter()
            .map(|(source, day)| format!("{source}, last read on {day}"))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let sum: f64 = score.parts.iter().map(|p| p.points).sum();
    let rows = score
        .parts
        .into_iter()
        .map(|part| {
            let points = format!("{:.2}", part.points);
            let bar = (part.max > 0.0).then(|| {
                let label = format!("{points} of {} points", part.max);
                view! { <Meter value=part.points max=part.max label=label /> }
            });
            let of = (part.max > 0.0).then(|| format!(" of {}", part.max));
            view! {
                <tr>
                    <th scope="row">{part.kind.label()}</th>
                    <td class="trust-points">{points} {of} {bar}</td>
                    <td>
                        <p>{part.evidence}</p>
                        {part.raise.map(|raise| view! { <p class="trust-raise">{raise}</p> })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="trust-explain">
            <summary>{format!("Why {}", score.score)}</summary>
            <p>
                "The score says how well this record is evidenced. It says nothing about quality, popularity or importance. "
                {level.in_words()}
            </p>
            <div class="ui-scroll" tabindex="0" role="group" aria-label="Parts of the trust score">
                <table class="trust-table">
                    <thead>
                        <tr>
                            <th scope="col">"Part"</th>
                            <th scope="col">"Points"</th>
                            <th scope="col">"Evidence, and what would raise it"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">"Sum"</th>
                            <td class="trust-points">{format!("{sum:.2}")}</td>
                            <td>
                                {format!(
                                    "Rounded down and capped at {} for {}: {} points, {}.",
                                    score.cap,
                                    level.label(),
                                    score.score,
                                    score.band.label(),
                                )}
                            </td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            <p class="trust-source">
                {format!(
                    "Sources: {sources}. Computed on {computed_on} by formula version {FORMULA_VERSION}. ",
                )} <a href=paths::ABOUT>"How the score is made"</a>
            </p>
        </details>
    }
}

//! The research graph as a picture and as a table.

use leptos::either::Either;
use leptos::prelude::*;

use super::api::load_slice;
use super::types::GraphSlice;
use crate::domain::graph::{
    NARROW, Node, NodeKey, NodeKind, Placed, Sheet, Slice, WIDE, fewer, layout, lines,
};
use crate::error::AppError;
use crate::ui::{Loading, Notice, NoticeKind};

/// The slice on an author's page. It is fetched after the page stands, so that it never holds the
/// page up; the explorer shows the same without scripts.
#[component]
pub fn GraphPanel(#[prop(into)] author: String) -> impl IntoView {
    let slice = RwSignal::new(None::<Result<GraphSlice, AppError>>);
    let wanted = author.clone();
    Effect::new(move |_| {
        let author = wanted.clone();
        leptos::task::spawn_local(async move {
            let answer = load_slice(author, false).await;
            slice.set(Some(answer));
        });
    });
    view! {
        <figure class="graph-panel">
            {move || match slice.get() {
                None => {
                    view! {
                        <div class="graph-frame">
                            <div class="graph-waiting">
                                <Loading label="Building this graph slice" />
                                <p>
                                    "BZPEER is loading the nearby papers, people, topics and institutions for this page."
                                </p>
                                <p class="graph-plain">
                                    "The full explorer, linked above, shows the same without scripts."
                                </p>
                            </div>
                        </div>
                    }
                        .into_any()
                }
                Some(Err(error)) => {
                    view! {
                        <div class="graph-frame">
                            <Notice kind=NoticeKind::Error>{error.sentence()}</Notice>
                        </div>
                    }
                        .into_any()
                }
                Some(Ok(answer)) => view! { <GraphPicture answer=answer /> }.into_any(),
            }}
        </figure>
    }
}

/// Picture, key and table of a slice. The picture is there twice, for wide and for narrow screens; the style shows one.
#[component]
pub fn GraphPicture(answer: GraphSlice) -> impl IntoView {
    let GraphSlice { slice, name, .. } = answer;
    let few = fewer(&slice);
    view! {
        <div class="graph-frame" role="group" aria-label=format!("Research graph around {name}")>
            {picture(&slice, WIDE, "graph-svg", &name)}
            {picture(&few, NARROW, "graph-svg-narrow", &name)}
        </div>
        <figcaption class="graph-legend">
            <span class="graph-key graph-node-author">"● people"</span>
            " "
            <span class="graph-key graph-node-work">"■ papers"</span>
            " "
            <span class="graph-key graph-node-topic">"◆ topics"</span>
            " "
            <span class="graph-key graph-node-institution">"▲ institutions"</span>
        </figcaption>
        <details class="graph-as-table">
            <summary>"The same as a table"</summary>
            <GraphTable slice=slice />
        </details>
    }
}

fn picture(slice: &Slice, sheet: Sheet, class: &'static str, name: &str) -> impl IntoView + use<> {
    let placed = layout(slice, &sheet);
    let lines = lines(slice, &placed);
    let centre = slice.centre;
    let edges = lines
        .into_iter()
        .map(|l| {
            let class = if l.weight >= 5 {
                "graph-edge graph-edge-strong"
            } else {
                "graph-edge"
            };
            view! { <line class=class x1=l.x1 y1=l.y1 x2=l.x2 y2=l.y2 /> }
        })
        .collect_view();
    let nodes = placed
        .into_iter()
        .map(|p| view! { <Dot placed=p centre=centre /> })
        .collect_view();
    view! {
        <svg
            class=class
            viewBox=format!("0 0 {} {}", sheet.width, sheet.height)
            role="group"
            aria-label=format!("Picture of the papers, people, topics and institutions near {name}")
        >
            <g aria-hidden="true">{edges}</g>
            {nodes}
        </svg>
    }
}

#[component]
fn Dot(placed: Placed, centre: NodeKey) -> impl IntoView {
    let Placed {
        node,
        x,
        y,
        r,
        label,
    } = placed;
    let is_centre = node.key() == centre;
    let class = format!(
        "graph-node graph-node-{}{}",
        node.kind.as_str(),
        if is_centre { " graph-node-self" } else { "" }
    );
    let shape = match node.kind {
        NodeKind::Author => view! { <circle cx=x cy=y r=r /> }.into_any(),
        NodeKind::Work => {
            view! { <rect x=x - r y=y - r width=2.0 * r height=2.0 * r /> }.into_any()
        }
        NodeKind::Topic => {
            let points = format!("{x},{} {},{y} {x},{} {},{y}", y - r, x + r, y + r, x - r);
            view! { <polygon points=points /> }.into_any()
        }
        NodeKind::Institution => {
            let points = format!("{x},{} {},{} {},{}", y - r, x + r, y + r, x - r, y + r);
            view! { <polygon points=points /> }.into_any()
        }
    };
    let text = label.map(|l| {
        view! {
            <text class="graph-label" x=l.x y=l.y text-anchor=l.anchor.as_str()>
                {l.text}
            </text>
        }
    });
    let spoken = format!("{}: {}", node.kind.label(), node.label);
    view! {
        // The outer group tells the macro that this is SVG's link, not HTML's: the browser draws no other.
        <g>
            <a href=node.href aria-label=spoken>
                <g class=class>
                    <title>{node.label}</title>
                    {shape}
                    {text}
                </g>
            </a>
        </g>
    }
}

/// Every node with its link to the author, for reading aloud and for copying.
#[component]
pub fn GraphTable(slice: Slice) -> impl IntoView {
    let Slice {
        centre,
        mut nodes,
        edges,
    } = slice;
    let weight = move |key: NodeKey| {
        edges
            .iter()
            .filter(|e| (e.from == centre && e.to == key) || (e.to == centre && e.from == key))
            .map(|e| e.weight)
            .max()
            .unwrap_or(0)
    };
    nodes.retain(|node| node.key() != centre);
    nodes.sort_by_key(|node| (node.kind, -weight(node.key()), node.label.clone()));
    let tie = |node: &Node| match node.kind {
        NodeKind::Author => {
            crate::domain::clock::count(weight(node.key()), "joint work", "joint works")
        }
        NodeKind::Topic => crate::domain::clock::count(weight(node.key()), "work", "works"),
        NodeKind::Work => "author".to_owned(),
        NodeKind::Institution => "affiliation".to_owned(),
    };
    let rows = nodes
        .iter()
        .map(|node| {
            view! {
                <tr>
                    <td>{node.kind.label()}</td>
                    <th scope="row" dir="auto">
                        <a href=node.href.clone()>{node.label.clone()}</a>
                    </th>
                    <td>{tie(node)}</td>
                </tr>
            }
        })
        .collect_view();
    if nodes.is_empty() {
        return Either::Left(view! { <p>"Nothing is linked to this author yet."</p> });
    }
    Either::Right(view! {
        <div class="ui-scroll" tabindex="0" role="group" aria-label="Research graph as a table">
            <table class="graph-table ui-table">
                <thead>
                    <tr>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Link"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

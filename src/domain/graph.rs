//! The research graph: one author with the works, people, topics and institutions around them, and where each is drawn.
//!
//! The drawing is computed, not simulated: the same slice gives the same picture, on the server and in the browser, in
//! whatever order its nodes come.

mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};

pub use labels::{Anchor, Label};

/// What a slice is drawn on. Lengths are those of the drawing, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Width of the box that everything is drawn in.
    pub width: f64,
    /// Height of the box.
    pub height: f64,
    /// Half axes of the outermost ring; the margin leaves room for labels.
    outer: (f64, f64),
    /// The most nodes on one ring before another is opened, innermost ring first.
    ring_capacity: usize,
    /// Size of the letters, which the style sheet has to know too.
    font_size: f64,
    /// The most characters of a label; longer ones end in an ellipsis. Where that many find no room, the second number is tried.
    label_chars: [usize; 2],
}

/// For screens as wide as the drawing or wider.
pub const WIDE: Sheet = Sheet {
    width: 720.0,
    height: 480.0,
    outer: (288.0, 212.0),
    ring_capacity: 18,
    font_size: 11.0,
    label_chars: [22, 14],
};
/// For telephones, together with [`fewer`].
pub const NARROW: Sheet = Sheet {
    width: 360.0,
    height: 440.0,
    outer: (142.0, 190.0),
    ring_capacity: 8,
    font_size: 13.0,
    label_chars: [18, 11],
};
/// How many nodes of a kind [`fewer`] keeps.
const KEPT: [(NodeKind, usize); 4] = [
    (NodeKind::Work, 4),
    (NodeKind::Author, 5),
    (NodeKind::Topic, 3),
    (NodeKind::Institution, 2),
];
/// Radius of the centre's circle.
const CENTRE_RADIUS: f64 = 16.0;
/// Radii of the other circles, by how heavily a node is linked.
const NODE_RADII: std::ops::RangeInclusive<f64> = 5.0..=10.0;
/// The innermost ring, as a share of the outermost.
const INNER_SHARE: f64 = 0.36;
/// What a node stands for. In the order of the rings, from the centre outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A work.
    Work,
    /// An author.
    Author,
    /// A topic.
    Topic,
    /// An institution.
    Institution,
}

impl NodeKind {
    /// All kinds, from the centre outwards.
    pub const ALL: [Self; 4] = [Self::Work, Self::Author, Self::Topic, Self::Institution];

    /// The word for the kind, as in addresses and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Author => "author",
            Self::Topic => "topic",
            Self::Institution => "institution",
        }
    }

    /// The kind in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Work => "Paper",
            Self::Author => "Person",
            Self::Topic => "Topic",
            Self::Institution => "Institution",
        }
    }
}

/// A node's name within a slice: its kind and the number of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeKey {
    /// What it stands for.
    pub kind: NodeKind,
    /// The number of the record.
    pub id: i64,
}

/// One author, work, topic or institution.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// The number of the record.
    pub id: i64,
    /// Name or title.
    pub label: String,
    /// The address of its page.
    pub href: String,
}

impl Node {
    /// The node's name within the slice.
    pub fn key(&self) -> NodeKey {
        NodeKey {
            kind: self.kind,
            id: self.id,
        }
    }
}

/// A link between two nodes; direction means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// One end.
    pub from: NodeKey,
    /// The other end.
    pub to: NodeKey,
    /// How strong the link is (joint works, works on a topic); 1 or more.
    pub weight: i64,
}

/// The part of the research graph around one author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// The author in the middle.
    pub centre: NodeKey,
    /// The nodes, the centre among them, in any order. Of nodes with one key, one is drawn.
    pub nodes: Vec<Node>,
    /// The links, in any order. Links to nodes that are not in the slice are not drawn.
    pub edges: Vec<Edge>,
}

/// A node in its place. Coordinates are those of the [`Sheet`], rounded to a tenth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The node.
    pub node: Node,
    /// Its centre.
    pub x: f64,
    /// Its centre.
    pub y: f64,
    /// Radius of its circle.
    pub r: f64,
    /// Where its text stands; `None` where it could only lie over something else (a title and the table still name the node).
    pub label: Option<Label>,
}

/// A link between two placed nodes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Start.
    pub x1: f64,
    /// Start.
    pub y1: f64,
    /// End.
    pub x2: f64,
    /// End.
    pub y2: f64,
    /// Sum of the weights of the edges that it stands for.
    pub weight: i64,
}

/// Places every node of a slice: the centre in the middle, the others on elliptic rings around it by kind (works,
/// people, topics, institutions), each near the nodes that it is linked to.
///
/// The result is ordered by ring and place on the ring, the centre first. Without nodes it is empty.
pub fn layout(slice: &Slice, sheet: &Sheet) -> Vec<Placed> {
    let mut nodes: BTreeMap<NodeKey, Node> = BTreeMap::new();
    for node in &slice.nodes {
        // Of nodes with one key the smallest wins, whatever the order of the input.
        let kept = nodes.entry(node.key()).or_insert_with(|| node.clone());
        if node < kept {
            *kept = node.clone();
        }
    }
    let links = links(slice, &nodes);
    let strength = strengths(&links);
    let heaviest = strength.values().copied().max().unwrap_or(1).max(1);

    let mut placed: Vec<Placed> = Vec::with_capacity(nodes.len());
    let mut angles: BTreeMap<NodeKey, f64> = BTreeMap::new();
    let (middle_x, middle_y) = (sheet.width / 2.0, sheet.height / 2.0);
    if let Some(centre) = nodes.remove(&slice.centre) {
        placed.push(Placed {
            node: centre,
            x: middle_x,
            y: middle_y,
            r: CENTRE_RADIUS,
            label: None,
        });
    }

    let rings = rings(&nodes, &strength, sheet.ring_capacity);
    let count = rings.len();
    for (number, ring) in rings.into_iter().enumerate() {
        let share = if count == 1 {
            // A lone ring half-way out looks lost neither in the middle nor at the border.
            (1.0 + INNER_SHARE) / 2.0
        } else {
            INNER_SHARE + (1.0 - INNER_SHARE) * number as f64 / (count - 1) as f64
        };
        let ring = in_order_of_neighbours(ring, &links, &angles);
        let step = TAU / ring.len() as f64;
        // Each ring is turned a little against the one inside it, so that nodes do not stand in lines behind each other.
        let turn = -TAU / 4.0 + step / 2.0 * (number % 2) as f64 + 0.13 * number as f64;
        for (place, key) in ring.into_iter().enumerate() {
            let angle = turn + step * place as f64;
            angles.insert(key, angle);
            let weight = strength.get(&key).copied().unwrap_or(0);
            if let Some(node) = nodes.remove(&key) {
                placed.push(Placed {
                    node,
                    x: tenth(middle_x + sheet.outer.0 * share * angle.cos()),
                    y: tenth(middle_y + sheet.outer.1 * share * angle.sin()),
                    r: radius(weight, heaviest),
                    label: None,
                });
            }
        }
    }
    labels::place(&mut placed, &strength, sheet);
    placed
}

/// The centre and the few nodes of each kind that are linked most strongly: what a narrow screen has room for.
pub fn fewer(slice: &Slice) -> Slice {
    let keys: BTreeSet<NodeKey> = slice.nodes.iter().map(Node::key).collect();
    let strength = strengths(&links_between(slice, |key| keys.contains(key)));
    let mut kept: BTreeSet<NodeKey> = BTreeSet::from([slice.centre]);
    for (kind, most) in KEPT {
        let mut of_kind: Vec<NodeKey> = keys
            .iter()
            .filter(|key| key.kind == kind && **key != slice.centre)
            .copied()
            .collect();
        of_kind.sort_by_key(|key| (-strength.get(key).copied().unwrap_or(0), *key));
        kept.extend(of_kind.into_iter().take(most));
    }
    let mut few = slice.clone();
    few.nodes.retain(|node| kept.contains(&node.key()));
    few
}

/// The links of a slice as lines between placed nodes, one for each pair, the lightest first so that the heavier are drawn
/// over them.
pub fn lines(slice: &Slice, placed: &[Placed]) -> Vec<Line> {
    let at: BTreeMap<NodeKey, &Placed> = placed.iter().map(|p| (p.node.key(), p)).collect();
    let mut pairs: Vec<(i64, NodeKey, NodeKey)> = Vec::new();
    for ((from, to), weight) in links_between(slice, |key| at.contains_key(key)) {
        pairs.push((weight, from, to));
    }
    pairs.sort_unstable();
    pairs
        .into_iter()
        .filter_map(|(weight, from, to)| {
            let (from, to) = (at.get(&from)?, at.get(&to)?);
            Some(Line {
                x1: from.x,
                y1: from.y,
                x2: to.x,
                y2: to.y,
                weight,
            })
        })
        .collect()
}

type Links = BTreeMap<(NodeKey, NodeKey), i64>;

/// Weight by pair, the smaller key first; loops and links to nodes outside are left out.
fn links_between(slice: &Slice, is_inside: impl Fn(&NodeKey) -> bool) -> Links {
    let mut links = Links::new();
    for edge in &slice.edges {
        if edge.from == edge.to || !is_inside(&edge.from) || !is_inside(&edge.to) {
            continue;
        }
        let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
        let weight = links.entry(pair).or_insert(0);
        *weight = weight.saturating_add(edge.weight.max(1));
    }
    links
}

fn links(slice: &Slice, nodes: &BTreeMap<NodeKey, Node>) -> Links {
    links_between(slice, |key| nodes.contains_key(key))
}

/// The sum of weights at each node.
fn strengths(links: &Links) -> BTreeMap<NodeKey, i64> {
    let mut strength = BTreeMap::new();
    for ((from, to), weight) in links {
        for end in [from, to] {
            let sum = strength.entry(*end).or_insert(0i64);
            *sum = sum.saturating_add(*weight);
        }
    }
    strength
}

/// The nodes of each ring: kinds from the inside out, the strongest nodes of a kind innermost, never more than
/// `capacity` on one ring, and a kind's rings filled evenly.
fn rings(
    nodes: &BTreeMap<NodeKey, Node>,
    strength: &BTreeMap<NodeKey, i64>,
    capacity: usize,
) -> Vec<Vec<NodeKey>> {
    let mut rings = Vec::new();
    for kind in NodeKind::ALL {
        let mut keys: Vec<NodeKey> = nodes
            .keys()
            .filter(|key| key.kind == kind)
            .copied()
            .collect();
        keys.sort_by_key(|key| (-strength.get(key).copied().unwrap_or(0), *key));
        let needed = keys.len().div_ceil(capacity).max(1);
        let on_each = keys.len().div_ceil(needed).max(1);
        rings.extend(keys.chunks(on_each).map(<[NodeKey]>::to_vec));
    }
    rings
}

/// The nodes of one ring, ordered by the mean direction of the neighbours that are placed already; nodes without any keep
/// their order behind them.
fn in_order_of_neighbours(
    ring: Vec<NodeKey>,
    links: &Links,
    angles: &BTreeMap<NodeKey, f64>,
) -> Vec<NodeKey> {
    let mut pull: BTreeMap<NodeKey, (f64, f64)> = BTreeMap::new();
    for ((from, to), weight) in links {
        for (key, neighbour) in [(from, to), (to, from)] {
            if let Some(angle) = angles.get(neighbour) {
                let (x, y) = pull.entry(*key).or_insert((0.0, 0.0));
                *x += *weight as f64 * angle.cos();
                *y += *weight as f64 * angle.sin();
            }
        }
    }
    // Whole thousandths, so that a last bit that differs between two processors cannot change the order.
    let direction = |key: &NodeKey| {
        pull.get(key).map_or(i64::MAX, |(x, y)| {
            let from_top = (y.atan2(*x) + TAU / 4.0).rem_euclid(TAU);
            (from_top * 1_000.0).round() as i64
        })
    };
    let mut ordered = ring;
    ordered.sort_by_key(direction);
    ordered
}

fn radius(weight: i64, heaviest: i64) -> f64 {
    let share = (weight.max(0) as f64).ln_1p() / (heaviest as f64).ln_1p();
    let (least, most) = (*NODE_RADII.start(), *NODE_RADII.end());
    tenth(least + (most - least) * share.clamp(0.0, 1.0))
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests;

//! Where the text beside each node stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{NodeKey, Placed, Sheet, tenth};

/// Height of a line of text, as a share of the font's size.
const LINE_HEIGHT: f64 = 13.0 / 11.0;
/// Mean width of a letter, generously, as a share of the font's size.
const LETTER_WIDTH: f64 = 6.2 / 11.0;
/// Width of a full-width letter (Chinese, Japanese, Korean).
const WIDE_LETTER_WIDTH: f64 = 11.5 / 11.0;
/// Space between a circle and its text.
const GAP: f64 = 3.0;

/// The side of [`Label::x`] that the text runs to, as SVG's `text-anchor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// The text starts at x.
    Start,
    /// The text is centred at x.
    Middle,
    /// The text ends at x.
    End,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A text in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// The text, cut where it is long.
    pub text: String,
    /// Where the anchor is.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Which part of the text is at x.
    pub anchor: Anchor,
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_inside(&self, sheet: &Sheet) -> bool {
        self.left >= 0.0
            && self.top >= 0.0
            && self.right <= sheet.width
            && self.bottom <= sheet.height
    }

    fn of_circle(placed: &Placed) -> Self {
        Self {
            left: placed.x - placed.r,
            top: placed.y - placed.r,
            right: placed.x + placed.r,
            bottom: placed.y + placed.r,
        }
    }
}

impl Label {
    /// The room that the text takes, estimated.
    pub(super) fn area(&self, sheet: &Sheet) -> Area {
        let width = width(&self.text) * sheet.font_size;
        let line = LINE_HEIGHT * sheet.font_size;
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area {
            left,
            top: self.y - line * 0.8,
            right: left + width,
            bottom: self.y + line * 0.2,
        }
    }

    #[cfg(test)]
    pub(super) fn overlaps(&self, other: &Self, sheet: &Sheet) -> bool {
        self.area(sheet).overlaps(&other.area(sheet))
    }

    #[cfg(test)]
    pub(super) fn is_inside(&self, sheet: &Sheet) -> bool {
        self.area(sheet).is_inside(sheet)
    }
}

/// Gives each node a label that lies inside the box and over no circle and no other label, where there is room for one. The
/// centre chooses first, then the nodes with the strongest links.
pub(super) fn place(placed: &mut [Placed], strength: &BTreeMap<NodeKey, i64>, sheet: &Sheet) {
    let circles: Vec<Area> = placed.iter().map(Area::of_circle).collect();
    let mut order: Vec<usize> = (0..placed.len()).collect();
    order.sort_by_key(|index| {
        let key = placed[*index].node.key();
        let links = strength.get(&key).copied().unwrap_or(0);
        (*index != 0, -links, key)
    });
    let mut taken: Vec<Area> = Vec::new();
    for index in order {
        let fits = |label: &Label| {
            let area = label.area(sheet);
            area.is_inside(sheet)
                && !taken.iter().any(|other| area.overlaps(other))
                && !circles.iter().any(|circle| area.overlaps(circle))
        };
        let fitting = sheet
            .label_chars
            .into_iter()
            .map(|max_chars| shortened(&placed[index].node.label, max_chars))
            .filter(|text| !text.is_empty())
            .flat_map(|text| candidates(&placed[index], &text, sheet))
            .find(fits);
        if let Some(label) = fitting {
            taken.push(label.area(sheet));
            placed[index].label = Some(label);
        }
    }
}

/// The places around a circle, those that point away from the middle first.
fn candidates(placed: &Placed, text: &str, sheet: &Sheet) -> [Label; 8] {
    let line = LINE_HEIGHT * sheet.font_size;
    let (middle_x, middle_y) = (sheet.width / 2.0, sheet.height / 2.0);
    let beside = placed.r + GAP;
    let slanting = beside * 0.7;
    let (x, y) = (placed.x, placed.y);
    let centred = x == middle_x && y == middle_y;
    // Outwards is right in the right half and down in the lower half.
    let (side, down) = (x >= middle_x, y >= middle_y);
    let baseline = |dy: f64| match dy {
        dy if dy > 0.0 => y + dy + line * 0.8,
        dy if dy < 0.0 => y + dy - line * 0.2,
        _ => y + line * 0.3,
    };
    let label = |dx: f64, dy: f64| Label {
        text: text.to_owned(),
        x: tenth(x + dx),
        y: tenth(baseline(dy)),
        anchor: match dx {
            dx if dx > 0.0 => Anchor::Start,
            dx if dx < 0.0 => Anchor::End,
            _ => Anchor::Middle,
        },
    };
    let out_x = if side { 1.0 } else { -1.0 };
    let out_y = if down { 1.0 } else { -1.0 };
    let mut places = [
        label(beside * out_x, 0.0),
        label(slanting * out_x, slanting * out_y),
        label(0.0, beside * out_y),
        label(slanting * out_x, -slanting * out_y),
        label(0.0, -beside * out_y),
        label(-slanting * out_x, slanting * out_y),
        label(-beside * out_x, 0.0),
        label(-slanting * out_x, -slanting * out_y),
    ];
    if centred {
        places.swap(0, 2);
    }
    places
}

/// The text on one line, cut at `max_chars`.
fn shortened(text: &str, max_chars: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max_chars {
        return line;
    }
    let mut cut: String = line.chars().take(max_chars - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// As a share of the font's size.
fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| {
            // From Hangul Jamo on, most letters are as wide as they are high.
            if ('\u{1100}'..='\u{11ff}').contains(&c) || c >= '\u{2e80}' {
                WIDE_LETTER_WIDTH
            } else {
                LETTER_WIDTH
            }
        })
        .sum()
}

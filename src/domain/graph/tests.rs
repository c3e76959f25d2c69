use proptest::prelude::*;

use super::*;

const ME: NodeKey = NodeKey {
    kind: NodeKind::Author,
    id: 1,
};

fn node(kind: NodeKind, id: i64) -> Node {
    Node {
        kind,
        id,
        label: format!("{} number {id} of a long name", kind.label()),
        href: format!("/{}s/{id}/x", kind.as_str()),
    }
}

/// An author with this many works, co-authors, topics and institutions, linked as in a real record.
fn slice(works: i64, people: i64, topics: i64, institutions: i64) -> Slice {
    let mut nodes = vec![node(NodeKind::Author, ME.id)];
    let mut edges = Vec::new();
    let mut link = |from: NodeKey, kind, id, weight| {
        edges.push(Edge {
            from,
            to: NodeKey { kind, id },
            weight,
        });
    };
    for id in 1..=works {
        nodes.push(node(NodeKind::Work, id));
        link(ME, NodeKind::Work, id, 1);
    }
    for id in 2..people + 2 {
        nodes.push(node(NodeKind::Author, id));
        link(ME, NodeKind::Author, id, id % 7);
        let work = NodeKey {
            kind: NodeKind::Work,
            id: id % works.max(1) + 1,
        };
        link(work, NodeKind::Author, id, 1);
    }
    for id in 1..=topics {
        nodes.push(node(NodeKind::Topic, id));
        link(ME, NodeKind::Topic, id, 2);
    }
    for id in 1..=institutions {
        nodes.push(node(NodeKind::Institution, id));
    }
    Slice {
        centre: ME,
        nodes,
        edges,
    }
}

fn assert_well_placed(placed: &[Placed], sheet: &Sheet) {
    for (index, one) in placed.iter().enumerate() {
        assert!(
            one.x - one.r >= 0.0 && one.x + one.r <= sheet.width,
            "{one:?}"
        );
        assert!(
            one.y - one.r >= 0.0 && one.y + one.r <= sheet.height,
            "{one:?}"
        );
        for other in &placed[index + 1..] {
            assert_ne!((one.x, one.y), (other.x, other.y), "{one:?} {other:?}");
        }
    }
    let labels: Vec<&Label> = placed.iter().filter_map(|p| p.label.as_ref()).collect();
    for (index, one) in labels.iter().enumerate() {
        assert!(one.is_inside(sheet), "{one:?}");
        assert!(one.text.chars().count() <= sheet.label_chars[0]);
        for other in &labels[index + 1..] {
            assert!(!one.overlaps(other, sheet), "{one:?} {other:?}");
        }
    }
}

#[test]
fn up_to_sixty_nodes_stay_in_the_box_and_never_coincide() {
    for count in 0..60 {
        for (works, people, topics, institutions) in [
            (count, 0, 0, 0),
            (0, count, 0, 0),
            (0, 0, count, 0),
            (0, 0, 0, count),
            (count / 2, count - count / 2, 0, 0),
            (count / 4, count / 4, count / 4, count - 3 * (count / 4)),
        ] {
            let placed = layout(&slice(works, people, topics, institutions), &WIDE);
            assert_eq!(placed.len() as i64, count + 1);
            assert_well_placed(&placed, &WIDE);
        }
    }
}

#[test]
fn circles_of_a_usual_slice_do_not_touch() {
    let placed = layout(&slice(12, 12, 8, 4), &WIDE);
    for (index, one) in placed.iter().enumerate() {
        for other in &placed[index + 1..] {
            let distance = (one.x - other.x).hypot(one.y - other.y);
            assert!(distance > one.r + other.r, "{one:?} {other:?}");
        }
    }
}

#[test]
fn most_nodes_of_a_usual_slice_have_a_label() {
    let placed = layout(&slice(12, 12, 8, 4), &WIDE);
    let labelled = placed.iter().filter(|p| p.label.is_some()).count();
    assert!(placed[0].label.is_some());
    assert!(
        labelled * 10 >= placed.len() * 9,
        "{labelled} of {}",
        placed.len()
    );
}

#[test]
fn the_centre_is_in_the_middle_and_kinds_lie_further_out_in_their_order() {
    let placed = layout(&slice(5, 5, 5, 5), &WIDE);
    assert_eq!(placed[0].node.key(), ME);
    assert_eq!(
        (placed[0].x, placed[0].y),
        (WIDE.width / 2.0, WIDE.height / 2.0)
    );
    let distance = |placed: &Placed| {
        let (x, y) = (placed.x - WIDE.width / 2.0, placed.y - WIDE.height / 2.0);
        (x / WIDE.outer.0).hypot(y / WIDE.outer.1)
    };
    let kinds: Vec<NodeKind> = placed[1..].iter().map(|p| p.node.kind).collect();
    assert!(kinds.is_sorted());
    for pair in placed.windows(2) {
        assert!(distance(&pair[0]) <= distance(&pair[1]) + 0.01);
    }
}

#[test]
fn a_slice_without_nodes_or_without_its_centre_is_no_error() {
    let mut empty = slice(0, 0, 0, 0);
    empty.nodes.clear();
    assert!(layout(&empty, &WIDE).is_empty());
    assert!(lines(&empty, &[]).is_empty());
    let mut headless = slice(3, 3, 3, 3);
    headless.nodes.remove(0);
    assert_eq!(layout(&headless, &WIDE).len(), 12);
}

#[test]
fn nodes_given_twice_are_drawn_once_and_loose_links_not_at_all() {
    let mut doubled = slice(4, 4, 0, 0);
    doubled.nodes.extend(doubled.nodes.clone());
    doubled.edges.extend(doubled.edges.clone());
    doubled.edges.push(Edge {
        from: ME,
        to: NodeKey {
            kind: NodeKind::Topic,
            id: 404,
        },
        weight: 1,
    });
    doubled.edges.push(Edge {
        from: ME,
        to: ME,
        weight: 1,
    });
    let placed = layout(&doubled, &WIDE);
    assert_eq!(placed.len(), 9);
    let drawn = lines(&doubled, &placed);
    assert_eq!(drawn.len(), 12);
    assert!(
        drawn
            .iter()
            .all(|line| (line.x1, line.y1) != (line.x2, line.y2))
    );
    assert!(drawn.is_sorted_by_key(|line| line.weight));
}

#[test]
fn a_long_title_is_cut_and_a_wide_script_takes_its_room() {
    let mut one = slice(1, 0, 0, 0);
    one.nodes[1].label =
        "深層学習による自然言語処理の頑健性に関する包括的な研究とその応用".to_owned();
    let placed = layout(&one, &WIDE);
    let label = placed[1].label.as_ref().unwrap();
    assert_eq!(label.text.chars().count(), WIDE.label_chars[0]);
    assert!(label.text.ends_with('…'));
    assert_well_placed(&placed, &WIDE);
}

#[test]
fn a_thousand_nodes_still_lie_in_the_box() {
    let placed = layout(&slice(400, 400, 150, 50), &WIDE);
    assert_eq!(placed.len(), 1_001);
    assert!(placed.iter().all(|p| (0.0..=WIDE.width).contains(&p.x)));
    assert!(placed.iter().all(|p| (0.0..=WIDE.height).contains(&p.y)));
}

#[test]
fn absurd_weights_do_not_overflow() {
    let mut heavy = slice(3, 3, 0, 0);
    for edge in &mut heavy.edges {
        edge.weight = i64::MAX;
    }
    let placed = layout(&heavy, &WIDE);
    assert!(placed.iter().all(|p| p.r.is_finite() && p.r > 0.0));
    assert_well_placed(&placed, &WIDE);
}

proptest! {
    #[test]
    fn the_order_of_the_input_changes_nothing(
        counts in (0..12i64, 0..12i64, 0..8i64, 0..6i64),
        seed in any::<u64>(),
    ) {
        let given = slice(counts.0, counts.1, counts.2, counts.3);
        let mut shuffled = given.clone();
        let key = |index: usize| seed.wrapping_mul(index as u64 * 2 + 1).rotate_left(17);
        let mut nodes: Vec<_> = shuffled.nodes.into_iter().enumerate().collect();
        nodes.sort_by_key(|(index, _)| key(*index));
        shuffled.nodes = nodes.into_iter().map(|(_, node)| node).collect();
        let mut edges: Vec<_> = shuffled.edges.into_iter().enumerate().collect();
        edges.sort_by_key(|(index, _)| key(*index));
        shuffled.edges = edges
            .into_iter()
            .map(|(_, edge)| Edge { from: edge.to, to: edge.from, ..edge })
            .collect();
        let placed = layout(&given, &WIDE);
        prop_assert_eq!(&layout(&shuffled, &WIDE), &placed);
        prop_assert_eq!(lines(&shuffled, &placed), lines(&given, &placed));
    }
}

#[test]
fn a_narrow_screen_shows_the_strongest_few_large_and_whole() {
    let few = fewer(&slice(12, 12, 8, 4));
    assert_eq!(few.nodes.len(), 1 + 4 + 5 + 3 + 2);
    assert!(few.nodes.iter().any(|node| node.key() == ME));
    // Those with the heaviest links: 6 joint works.
    let six = NodeKey {
        kind: NodeKind::Author,
        id: 6,
    };
    assert!(few.nodes.iter().any(|node| node.key() == six));
    let placed = layout(&few, &NARROW);
    assert_well_placed(&placed, &NARROW);
    let labelled = placed.iter().filter(|p| p.label.is_some()).count();
    assert!(
        labelled * 3 >= placed.len() * 2,
        "{labelled} of {}",
        placed.len()
    );
    for count in 0..30 {
        let placed = layout(&fewer(&slice(count, count, count, count)), &NARROW);
        assert_well_placed(&placed, &NARROW);
    }
}

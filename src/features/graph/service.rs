//! Slices of the research graph. Public: no rule about who may read.

use std::str::FromStr;

use super::queries::{self, NodeRow};
use super::types::GraphSlice;
use crate::db::addresses::{self, Address};
use crate::domain::graph::{Edge, Node, NodeKey, NodeKind, Slice};
use crate::domain::ids::{AuthorId, InstitutionId, TopicId, WorkId};
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// How many nodes of each kind: works, people, topics, institutions.
const NARROW: [i64; 4] = [8, 10, 5, 3];
const WIDE: [i64; 4] = [16, 20, 9, 5];

/// The slice around an author.
pub async fn slice(cx: Cx, author: String, wide: bool) -> Result<GraphSlice, AppError> {
    let id = AuthorId::from_str(&author).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let (id, name, slug) = match addresses::author(&mut db, id, None).await? {
        None => return Err(AppError::NotFound),
        Some(Address::Here(row) | Address::Moved(row)) => (AuthorId(row.id), row.name, row.slug),
        Some(Address::Gone { .. }) => return Err(AppError::Gone { own: false }),
    };
    let [works, people, topics, institutions] = if wide { WIDE } else { NARROW };
    let works = queries::works(&mut db, id, works).await?;
    let people = queries::collaborators(&mut db, id, people).await?;
    let topics = queries::topics(&mut db, id, topics).await?;
    let institutions = queries::institutions(&mut db, id, institutions).await?;
    let ids = |rows: &[NodeRow]| rows.iter().map(|row| row.0).collect::<Vec<_>>();
    let authorships = queries::authorships(&mut db, &ids(&works), &ids(&people)).await?;
    let work_topics = queries::work_topics(&mut db, &ids(&works), &ids(&topics)).await?;

    let key = |kind, id| NodeKey { kind, id };
    let centre = key(NodeKind::Author, id.0);
    let href = paths::author(id, &slug);
    let mut nodes = vec![Node {
        kind: NodeKind::Author,
        id: id.0,
        label: name.clone(),
        href: href.clone(),
    }];
    let mut edges = Vec::new();
    let mut add =
        |kind: NodeKind, rows: Vec<NodeRow>, href: &dyn Fn(i64, &str) -> String, weighed: bool| {
            for (id, slug, label, weight) in rows {
                edges.push(Edge {
                    from: centre,
                    to: key(kind, id),
                    weight: if weighed { weight.max(1) } else { 1 },
                });
                nodes.push(Node {
                    kind,
                    id,
                    href: href(id, &slug),
                    label,
                });
            }
        };
    add(
        NodeKind::Work,
        works,
        &|id, slug| paths::work(WorkId(id), slug),
        false,
    );
    add(
        NodeKind::Author,
        people,
        &|id, slug| paths::author(AuthorId(id), slug),
        true,
    );
    add(
        NodeKind::Topic,
        topics,
        &|id, slug| paths::topic(TopicId(id), slug),
        true,
    );
    add(
        NodeKind::Institution,
        institutions,
        &|id, slug| paths::institution(InstitutionId(id), slug),
        false,
    );
    edges.extend(authorships.into_iter().map(|(work, person)| Edge {
        from: key(NodeKind::Work, work),
        to: key(NodeKind::Author, person),
        weight: 1,
    }));
    edges.extend(work_topics.into_iter().map(|(work, topic)| Edge {
        from: key(NodeKind::Work, work),
        to: key(NodeKind::Topic, topic),
        weight: 1,
    }));
    Ok(GraphSlice {
        slice: Slice {
            centre,
            nodes,
            edges,
        },
        name,
        href,
    })
}

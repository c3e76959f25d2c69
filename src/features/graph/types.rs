//! What travels between server and browser about the research graph.

use serde::{Deserialize, Serialize};

use crate::domain::graph::Slice;

/// The slice of the graph around an author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphSlice {
    /// Nodes and edges.
    pub slice: Slice,
    /// The author's name.
    pub name: String,
    /// Address of the author's page.
    pub href: String,
}

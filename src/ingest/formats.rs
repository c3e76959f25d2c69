//! One reader per source format: each takes an [`Input`](super::record::Input) and yields
//! [`Records`](super::record::Records). The loader takes works alone so far, and the command line CSL-JSON alone; see
//! the README's list of what is not there yet.

pub mod acl;
pub mod arxiv_atom;
pub mod arxiv_lines;
mod arxiv_work;
mod author_list;
pub mod crossref;
pub mod datacite;
pub mod dblp;
mod fields;
pub mod json;
mod keys;
#[allow(
    dead_code,
    reason = "the readers of BibTeX, RIS and abs files will stand on it"
)]
mod lines;
pub mod oai_pmh;
pub mod openalex;
pub mod orcid_json;
mod people;
pub mod pubmed;
pub mod ror;
pub mod semantic_scholar;
pub mod xml;

//! One reader per source format: each takes an [`Input`](super::record::Input) and yields
//! [`Records`](super::record::Records). Which of them takes a file is said by [`Format`](super::format::Format).

pub mod acl;
pub mod arxiv_abs;
pub mod arxiv_atom;
pub mod arxiv_lines;
mod arxiv_work;
mod author_list;
pub mod bibtex;
mod citation;
pub mod crossref;
pub mod datacite;
pub mod dblp;
mod fields;
pub mod json;
mod keys;
mod lines;
pub mod oai_pmh;
pub mod openalex;
mod orcid;
pub mod orcid_json;
pub mod orcid_xml;
mod people;
pub mod pubmed;
pub mod ris;
pub mod ror;
pub mod semantic_scholar;
pub mod xml;

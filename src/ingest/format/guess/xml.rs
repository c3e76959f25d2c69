//! XML by its outermost element.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::Format;

pub(super) fn guess(bytes: &[u8]) -> Option<Format> {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return by_root(&tag, bytes),
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn by_root(tag: &BytesStart, bytes: &[u8]) -> Option<Format> {
    let attribute = |wanted: &[u8]| {
        tag.attributes()
            .with_checks(false)
            .flatten()
            .any(|attribute| attribute.key.as_ref() == wanted)
    };
    if declares(tag, "orcid.org/ns/") {
        return Some(Format::OrcidXml);
    }
    match tag.local_name().as_ref() {
        b"OAI-PMH" | b"ListRecords" | b"GetRecord" | b"record" | b"metadata" | b"arXiv"
        | b"arXivRaw" | b"arXivOld" | b"dc"
            if !declares(tag, "loc.gov/MARC21") =>
        {
            Some(Format::ArxivOai)
        }
        // Feeds of other sites are no records of works.
        b"feed" | b"entry" if mentions(bytes, b"arxiv.org/") => Some(Format::ArxivAtom),
        b"dblp" | b"dblpperson" => Some(Format::Dblp),
        b"article" | b"inproceedings" | b"proceedings" | b"book" | b"incollection"
        | b"phdthesis" | b"mastersthesis" | b"data" | b"www" | b"person"
            if attribute(b"key") =>
        {
            Some(Format::Dblp)
        }
        b"collection" if attribute(b"id") => Some(Format::Acl),
        b"PubmedArticleSet"
        | b"PubmedBookArticleSet"
        | b"PubmedArticle"
        | b"PubmedBookArticle"
        | b"MedlineCitationSet"
        | b"MedlineCitation" => Some(Format::Pubmed),
        b"orcid-message" => Some(Format::OrcidXml),
        _ => None,
    }
}

/// Whether the element declares a namespace whose address holds this.
fn declares(tag: &BytesStart, namespace: &str) -> bool {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.key.as_ref().starts_with(b"xmlns"))
        .any(|attribute| mentions(&attribute.value, namespace.as_bytes()))
}

fn mentions(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

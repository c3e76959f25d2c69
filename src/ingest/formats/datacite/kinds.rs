//! What a work is, from the general and the free type that DataCite gives.

use serde::Deserialize;

use super::super::json::Text;
use crate::domain::names::name_key;
use crate::domain::work::WorkKind;

/// The types of a work; an empty value if what stands there is no object.
#[derive(Debug, Default)]
pub(super) struct Types<'a>(Option<Given<'a>>);

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Given<'a> {
    resource_type_general: Text<'a>,
    resource_type: Text<'a>,
    ris: Text<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Types<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::super::json::One::deserialize(deserializer).map(|types| Self(types.0))
    }
}

impl Types<'_> {
    /// `in_journal`: the record names the journal in which the work appeared.
    pub fn kind(&self, in_journal: bool) -> WorkKind {
        let Some(given) = &self.0 else {
            return WorkKind::Other;
        };
        let free = || in_words(given.resource_type.as_str());
        match given.resource_type_general.as_str() {
            "Preprint" => WorkKind::Preprint,
            "JournalArticle" | "DataPaper" => WorkKind::Article,
            "ConferencePaper" => WorkKind::ConferencePaper,
            "BookChapter" => WorkKind::Chapter,
            "Book" | "ConferenceProceeding" => WorkKind::Book,
            "Dissertation" => WorkKind::Thesis,
            "Dataset" => WorkKind::Dataset,
            "Software" | "ComputationalNotebook" => WorkKind::Software,
            "Report" | "Standard" | "OutputManagementPlan" | "StudyRegistration" => {
                WorkKind::Report
            }
            // `RPRT` is what DataCite writes for any text.
            "Text" | "Other" | "Collection" | "" => match (free(), given.ris.as_str()) {
                (Some(kind), _) => kind,
                (None, _) if in_journal => WorkKind::Article,
                (None, "THES") => WorkKind::Thesis,
                (None, "CHAP") => WorkKind::Chapter,
                (None, "BOOK") => WorkKind::Book,
                (None, _) => WorkKind::Other,
            },
            _ => WorkKind::Other,
        }
    }
}

/// The kind that a free description names: `Journal Article`, `doctoralThesis`, `Conference paper`.
fn in_words(text: &str) -> Option<WorkKind> {
    let key = name_key(text).replace(' ', "");
    let holds = |words: &[&str]| words.iter().any(|word| key.contains(word));
    Some(if holds(&["preprint", "eprint"]) {
        WorkKind::Preprint
    } else if holds(&["poster", "presentation", "slides", "review", "rezension"]) {
        return None;
    } else if holds(&[
        "conferencepaper",
        "proceedingspaper",
        "conferencearticle",
        "proceedingsarticle",
    ]) {
        WorkKind::ConferencePaper
    } else if holds(&["thesis", "theses", "dissertation"]) {
        WorkKind::Thesis
    } else if holds(&["chapter"]) {
        WorkKind::Chapter
    } else if holds(&["article", "artikel", "datapaper"]) {
        WorkKind::Article
    } else if holds(&["report", "workingpaper"]) {
        WorkKind::Report
    } else if holds(&["monograph"]) || matches!(key.as_str(), "book" | "ebook") {
        WorkKind::Book
    } else {
        return None;
    })
}

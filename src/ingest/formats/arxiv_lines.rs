//! arXiv's metadata as lines of JSON, the form in which its dump is published.
//!
//! Format: <https://www.kaggle.com/datasets/Cornell-University/arxiv>.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::super::record::{Input, RecordAuthor, RecordTopic, Records, Relation, WorkRecord};
use super::super::subjects;
use super::json::{
    self, Date, Format, Layout, List, Listed, Rows, Text, add_identifier, add_related, author_list,
    identifier, line, name_in_parts, one_name, plain,
};
use crate::domain::identifiers::{ArxivId, Scheme};
use crate::domain::work::WorkKind;

const SOURCE: &str = "arXiv";

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[],
        objects: &[],
        max: json::MAX_RECORD_BYTES,
    },
    id: &["id"],
    parse,
};

/// Reads preprints.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut json::Outcome) -> serde_json::Result<()> {
    let preprint: Preprint = serde_json::from_str(text)?;
    match ArxivId::parse(preprint.id.as_str()) {
        Ok(id) => out.work(preprint.into_record(&id)),
        Err(_) if preprint.id.is_empty() => out.refuse("", "it has no arXiv number"),
        Err(_) => out.refuse(
            preprint.id.as_str(),
            "what it gives as its arXiv number is none",
        ),
    }
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Preprint<'a> {
    id: Text<'a>,
    authors: Text<'a>,
    /// Family name, given names, suffix, then affiliations.
    authors_parsed: Rows<Text<'a>>,
    title: Text<'a>,
    #[serde(rename = "abstract")]
    summary: Text<'a>,
    categories: List<Text<'a>>,
    doi: Text<'a>,
    versions: List<Version<'a>>,
    update_date: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Version<'a> {
    created: Text<'a>,
}

impl Preprint<'_> {
    /// The neutral record; its title may be empty, which the caller checks.
    fn into_record(self, id: &ArxivId) -> WorkRecord {
        let date = self.date(id);
        let listed = self.listed();
        let mut identifiers = Vec::new();
        add_identifier(&mut identifiers, identifier(Scheme::Arxiv, id.id()));
        let mut related = Vec::new();
        for doi in self.doi.as_str().split([' ', ',', ';']) {
            let published = identifier(Scheme::Doi, doi);
            // arXiv's own DOI is the preprint's.
            if published
                .as_ref()
                .is_some_and(|doi| ArxivId::parse(&doi.value).is_err())
            {
                add_related(&mut related, &identifiers, Relation::PublishedAs, published);
            }
        }
        WorkRecord {
            source: SOURCE.to_owned(),
            record_key: id.id().to_owned(),
            kind: WorkKind::Preprint,
            title_source: line(self.title.as_str()).unwrap_or_default(),
            abstract_source: json::block(self.summary.as_str()),
            year: date.map(|date| date.year),
            published_on: date.and_then(Date::iso),
            venue: Some(SOURCE.to_owned()),
            identifiers,
            related,
            authors: listed.authors,
            more_authors: listed.more,
            topics: self.topics(),
            url: Some(id.url()),
            retracted: false,
        }
    }

    /// When the first version came. Where a dump leaves the versions out, the day of the last change stands
    /// for it, if it falls into the month that the number tells.
    fn date(&self, id: &ArxivId) -> Option<Date> {
        let numbered = month_of(id.id());
        let first = self.versions.0.iter().find_map(|version| {
            let created = version.created.as_str();
            Date::parse_mail(created).or_else(|| Date::parse(created))
        });
        let changed = || Date::parse(self.update_date.as_str());
        let same_month = |date: &Date| {
            numbered.is_none_or(|month| (month.year, month.month()) == (date.year, date.month()))
        };
        first.or_else(|| changed().filter(same_month)).or(numbered)
    }

    fn listed(&self) -> Listed {
        let mut listed = Listed::default();
        for parts in &self.authors_parsed.0 {
            let part = |at: usize| parts.0.get(at).and_then(|part| plain(part.as_str()));
            let [family, given, suffix] = [0, 1, 2].map(|at| part(at).unwrap_or_default());
            listed.add(RecordAuthor {
                name: name_in_parts(&given, &family, &suffix),
                affiliations: (3..parts.0.len()).filter_map(part).collect(),
                ..RecordAuthor::default()
            });
        }
        if self.authors_parsed.0.is_empty() {
            let names = plain(self.authors.as_str()).unwrap_or_default();
            for name in author_list(&names) {
                listed.add(RecordAuthor {
                    name: one_name(&name),
                    ..RecordAuthor::default()
                });
            }
        }
        listed
    }

    /// Categories stand between spaces; codes of other schemes, entered by hand, between commas, semicolons
    /// and brackets too.
    fn topics(&self) -> Vec<RecordTopic> {
        let mut list = String::new();
        for text in &self.categories.0 {
            let separated = |c: char| c.is_whitespace() || "()[],;:".contains(c);
            for code in text.as_str().split(separated) {
                let code = code.trim_end_matches('.');
                if !code.is_empty() && !is_label(code) {
                    list.push_str(code);
                    list.push(',');
                }
            }
        }
        let mut topics = subjects::from_keywords(&list);
        // What has no form of a code is half of a phrase.
        topics.retain(|topic| topic.scheme != "keyword");
        topics
    }
}

fn is_label(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    ["primary", "secondary", "msc", "acm"]
        .iter()
        .any(|label| code.starts_with(label))
}

/// The month that an arXiv number starts with.
fn month_of(id: &str) -> Option<Date> {
    let digits = id.rsplit('/').next()?;
    let year: i64 = digits.get(..2)?.parse().ok()?;
    let century = if year >= 91 { 1900 } else { 2000 };
    Date::new(century + year, digits.get(2..4)?.parse().ok(), None)
}

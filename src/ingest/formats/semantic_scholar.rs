//! Semantic Scholar: papers and authors as answers of the Academic Graph API give them, and as lines of
//! its data sets.
//!
//! Format: <https://api.semanticscholar.org/api-docs/graph>.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::super::record::{
    Input, PersonRecord, Record, RecordAuthor, RecordTopic, Records, Relation, WorkRecord,
};
use super::json::{
    self, Date, Format, Layout, List, Listed, MAX_RECORD_BYTES, Map, One, Outcome, Text, TextOr,
    add_identifier, add_name, add_related, identifier, keywords, line, one_name, orcid, plain,
    web_address,
};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;

const SOURCE: &str = "Semantic Scholar";

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[&["data"]],
        objects: &[],
        max: MAX_RECORD_BYTES,
    },
    id: &["paperId", "authorId", "corpusid"],
    parse,
};

/// Reads papers, and authors with their papers. A paper without a title is refused.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let found: Found = serde_json::from_str(text)?;
    if let Some(paper) = found.citing_paper.0.or(found.cited_paper.0) {
        paper.take(out);
        return Ok(());
    }
    if found.paper_id.is_empty() && !found.author_id.is_empty() && found.title.is_empty() {
        serde_json::from_str::<Author>(text)?.take(out);
        return Ok(());
    }
    serde_json::from_str::<Paper>(text)?.take(out);
    Ok(())
}

/// What tells an author, a paper and a citation apart.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Found<'a> {
    paper_id: Text<'a>,
    #[serde(alias = "authorid")]
    author_id: Text<'a>,
    title: Text<'a>,
    citing_paper: One<Paper<'a>>,
    cited_paper: One<Paper<'a>>,
}

/// The data sets write the keys of the API in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Paper<'a> {
    paper_id: Text<'a>,
    #[serde(alias = "corpusid")]
    corpus_id: Text<'a>,
    #[serde(alias = "externalids")]
    external_ids: Map<'a, Text<'a>>,
    url: Text<'a>,
    title: Text<'a>,
    #[serde(rename = "abstract")]
    summary: Text<'a>,
    venue: Text<'a>,
    publication_venue: One<TextOr<'a, Named<'a>>>,
    journal: One<TextOr<'a, Named<'a>>>,
    year: Text<'a>,
    #[serde(alias = "publicationdate")]
    publication_date: Text<'a>,
    #[serde(alias = "publicationtypes")]
    publication_types: List<Text<'a>>,
    authors: List<PaperAuthor<'a>>,
    fields_of_study: List<Text<'a>>,
    #[serde(alias = "s2fieldsofstudy")]
    s2_fields_of_study: List<TextOr<'a, Field<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Named<'a> {
    name: Text<'a>,
}

impl<'a> From<Text<'a>> for Named<'a> {
    fn from(name: Text<'a>) -> Self {
        Self { name }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct PaperAuthor<'a> {
    author_id: Text<'a>,
    name: Text<'a>,
    affiliations: List<TextOr<'a, Named<'a>>>,
    external_ids: Map<'a, Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Field<'a> {
    category: Text<'a>,
}

impl<'a> From<Text<'a>> for Field<'a> {
    fn from(category: Text<'a>) -> Self {
        Self { category }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Author<'a> {
    #[serde(alias = "authorid")]
    author_id: Text<'a>,
    #[serde(alias = "externalids")]
    external_ids: Map<'a, List<Text<'a>>>,
    name: Text<'a>,
    aliases: List<Text<'a>>,
    homepage: Text<'a>,
    papers: List<Paper<'a>>,
}

impl Author<'_> {
    /// The person, then their papers.
    fn take(self, out: &mut Outcome) {
        let id = line(self.author_id.as_str()).unwrap_or_default();
        let name = one_name(&plain(self.name.as_str()).unwrap_or_default());
        if name.is_name() {
            let mut other_names = Vec::new();
            let mut identifiers = vec![("semanticscholar".to_owned(), id.clone())];
            for alias in &self.aliases.0 {
                add_name(
                    &mut other_names,
                    &name,
                    one_name(&plain(alias.as_str()).unwrap_or_default()),
                );
            }
            for (scheme, values) in &self.external_ids.0 {
                let values = values.0.iter();
                match scheme.to_ascii_lowercase().as_str() {
                    // dblp names a person by the name, with a number where several share it.
                    "dblp" => {
                        let names = values.filter_map(|value| line(value.as_str()));
                        identifiers.extend(names.map(|name| ("dblp".to_owned(), name)));
                    }
                    "orcid" => identifiers.extend(values.filter_map(|value| orcid(value.as_str()))),
                    _ => {}
                }
            }
            out.keep(Record::Person(Box::new(PersonRecord {
                source: SOURCE.to_owned(),
                record_key: id,
                name,
                other_names,
                identifiers,
                works: self.papers.0.iter().filter_map(Paper::own_id).collect(),
                urls: web_address(self.homepage.as_str()).into_iter().collect(),
                ..PersonRecord::default()
            })));
        } else {
            out.refuse(&id, "it has no name");
        }
        for paper in self.papers.0 {
            paper.take(out);
        }
    }
}

impl Paper<'_> {
    fn take(self, out: &mut Outcome) {
        match self.key() {
            Some(key) => out.work(self.into_record(key)),
            None => out.refuse("", "it has no Semantic Scholar id"),
        }
    }

    fn own_id(&self) -> Option<WorkIdentifier> {
        identifier(Scheme::SemanticScholar, self.paper_id.as_str())
            .or_else(|| identifier(Scheme::SemanticScholar, self.corpus()))
    }

    fn corpus(&self) -> &str {
        if !self.corpus_id.is_empty() {
            return self.corpus_id.as_str();
        }
        self.external_ids.0.get("CorpusId").map_or("", Text::as_str)
    }

    /// What the source calls the paper.
    fn key(&self) -> Option<String> {
        let own = identifier(Scheme::SemanticScholar, self.paper_id.as_str());
        let corpus = || identifier(Scheme::SemanticScholar, self.corpus());
        match own {
            Some(own) => Some(own.value),
            None => corpus().map(|corpus| format!("CorpusId:{}", corpus.value)),
        }
    }

    /// The neutral record; its title may be empty, which the caller checks.
    fn into_record(self, record_key: String) -> WorkRecord {
        let (identifiers, related, kind) = self.identifiers();
        let year = self.year.number();
        let date = Date::parse(self.publication_date.as_str());
        let date = date.filter(|date| year.is_none_or(|year| year == date.year));
        let mut listed = Listed::default();
        for author in &self.authors.0 {
            listed.add(author.record());
        }
        let named = |venue: &One<TextOr<Named>>| plain(venue.0.as_ref()?.0.name.as_str());
        WorkRecord {
            source: SOURCE.to_owned(),
            kind,
            title_source: line(self.title.as_str()).unwrap_or_default(),
            abstract_source: json::block(self.summary.as_str()),
            year: date
                .or_else(|| Date::new(year?, None, None))
                .map(|date| date.year),
            published_on: date.and_then(Date::iso),
            venue: plain(self.venue.as_str())
                .or_else(|| named(&self.publication_venue))
                .or_else(|| named(&self.journal)),
            topics: self.topics(),
            url: web_address(self.url.as_str()).or_else(|| {
                let own = identifiers
                    .iter()
                    .find(|own| own.scheme == Scheme::SemanticScholar);
                own.filter(|own| own.value.len() == 40)?.url()
            }),
            record_key,
            identifiers,
            related,
            authors: listed.authors,
            more_authors: listed.more,
            retracted: false,
        }
    }

    /// Those of the work, those of its preprint if it has been published since, and what it is: Semantic
    /// Scholar makes one paper of both.
    fn identifiers(
        &self,
    ) -> (
        Vec<WorkIdentifier>,
        Vec<(Relation, WorkIdentifier)>,
        WorkKind,
    ) {
        let given = |key: &str, scheme: Scheme| {
            let known = self
                .external_ids
                .0
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(key));
            identifier(scheme, known.map_or("", |(_, value)| value.as_str()))
        };
        let mut own = Vec::new();
        add_identifier(&mut own, given("DOI", Scheme::Doi));
        let of_preprint = own.iter().any(|own| own.scheme == Scheme::Arxiv);
        add_identifier(&mut own, given("ACL", Scheme::Acl));
        let published = !own.is_empty() && !of_preprint;
        for (key, scheme) in [("PubMed", Scheme::Pmid), ("PubMedCentral", Scheme::Pmcid)] {
            add_identifier(&mut own, given(key, scheme));
        }
        let mut related = Vec::new();
        let preprint = given("ArXiv", Scheme::Arxiv);
        let dblp = given("DBLP", Scheme::Dblp);
        // dblp files preprints under `journals/corr`.
        let of_preprint = |id: &WorkIdentifier| id.value.starts_with("journals/corr/abs-");
        let (dblp_preprint, dblp) = match dblp {
            Some(dblp) if published && of_preprint(&dblp) => (Some(dblp), None),
            other => (None, other),
        };
        add_identifier(&mut own, dblp);
        let only_preprint = !published && preprint.is_some();
        let kind = self.kind(only_preprint || of_preprint_doi(&own));
        if published {
            let relation = match kind {
                WorkKind::Preprint => Relation::VersionOf,
                _ => Relation::PreprintOf,
            };
            add_related(&mut related, &own, relation, preprint);
            add_related(&mut related, &own, relation, dblp_preprint);
        } else {
            add_identifier(&mut own, preprint);
        }
        for id in [self.paper_id.as_str(), self.corpus()] {
            add_identifier(&mut own, identifier(Scheme::SemanticScholar, id));
        }
        own.sort();
        (own, related, kind)
    }

    fn kind(&self, preprint: bool) -> WorkKind {
        let is = |kind: &str| {
            self.publication_types
                .0
                .iter()
                .any(|given| given.as_str() == kind)
        };
        let venue = self.venue.as_str().to_ascii_lowercase();
        if preprint
            || matches!(
                venue.as_str(),
                "arxiv.org" | "arxiv" | "biorxiv" | "medrxiv"
            )
        {
            WorkKind::Preprint
        } else if is("Conference") {
            WorkKind::ConferencePaper
        } else if is("BookSection") {
            WorkKind::Chapter
        } else if is("Book") {
            WorkKind::Book
        } else if is("Dataset") {
            WorkKind::Dataset
        } else if [
            "JournalArticle",
            "Review",
            "Editorial",
            "LettersAndComments",
            "CaseReport",
            "ClinicalTrial",
            "MetaAnalysis",
            "Study",
        ]
        .into_iter()
        .any(is)
        {
            WorkKind::Article
        } else {
            WorkKind::Other
        }
    }

    fn topics(&self) -> Vec<RecordTopic> {
        let given = self
            .s2_fields_of_study
            .0
            .iter()
            .map(|field| &field.0.category);
        keywords(
            self.fields_of_study
                .0
                .iter()
                .chain(given)
                .filter_map(|name| json::topic("semanticscholar", name.as_str(), name.as_str())),
        )
    }
}

/// Whether the work goes by a DOI of arXiv.
fn of_preprint_doi(own: &[WorkIdentifier]) -> bool {
    own.iter().any(|own| own.scheme == Scheme::Arxiv)
}

impl PaperAuthor<'_> {
    fn record(&self) -> RecordAuthor {
        let own = line(self.author_id.as_str()).map(|id| ("semanticscholar".to_owned(), id));
        let person = self
            .external_ids
            .0
            .get("ORCID")
            .and_then(|text| orcid(text.as_str()));
        let affiliations = self.affiliations.0.iter();
        RecordAuthor {
            name: one_name(&plain(self.name.as_str()).unwrap_or_default()),
            affiliations: affiliations
                .filter_map(|found| plain(found.0.name.as_str()))
                .collect(),
            identifiers: own.into_iter().chain(person).collect(),
            ..RecordAuthor::default()
        }
    }
}

//! Answers of arXiv's API: Atom feeds of preprints (<https://info.arxiv.org/help/api/user-manual.html>).

use super::arxiv_work::{ArxivWork, arxiv_id};
use super::fields::{Date, plain};
use super::people::spoken_authors;
use super::xml::{self, Element, Found, Shape, Step};
use crate::ingest::record::{Input, RecordAuthor, Records};

/// The preprints of a feed; none for an empty one.
pub fn read(input: Input) -> Records {
    xml::read(input, Feed)
}

struct Feed;

impl Shape for Feed {
    const NAME: &'static str = "an answer of arXiv's API";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        match (depth, tag.name()) {
            (0, "feed") => Some(Step::Enter),
            // One entry by itself.
            (0 | 1, "entry") => Some(Step::Record),
            (0, _) => None,
            _ => Some(Step::Skip),
        }
    }

    fn key(&self, entry: Element<'_>) -> Option<String> {
        entry.line_of("id")
    }

    fn record(&mut self, entry: Element<'_>, found: &mut Found) {
        let id = entry.line_of("id").unwrap_or_default();
        let summary = text_of(entry, "summary");
        if id.contains("/api/errors") {
            let reason = plain(&summary).unwrap_or_else(|| "an error without a reason".to_owned());
            return found.refuse(Some(id), format!("arXiv answered: {reason}"));
        }
        let Some(arxiv) = arxiv_id(&id) else {
            return found.refuse(Some(id), "its id is not an arXiv number");
        };
        let categories: Vec<&str> = entry
            .all("category")
            .chain(entry.all("primary_category"))
            .filter_map(|category| category.attribute("term"))
            .collect();
        let date = |name| {
            let text = entry.line_of(name).unwrap_or_default();
            Date::iso(&text)
        };
        let work = ArxivWork {
            title: &text_of(entry, "title"),
            summary: &summary,
            date: date("published").or(|| date("updated")),
            authors: entry.all("author").flat_map(authors).collect(),
            dois: &text_of(entry, "doi"),
            // A term is a category, or all MSC codes at once.
            codes: &categories,
            ..ArxivWork::default()
        };
        found.work(work.into_record(&arxiv));
    }
}

/// One author, or one and the group they write for.
fn authors(element: Element<'_>) -> Vec<RecordAuthor> {
    let mut authors = spoken_authors(&text_of(element, "name"));
    let affiliations: Vec<String> = element
        .all("affiliation")
        .filter_map(|affiliation| plain(&affiliation.text()))
        .collect();
    if let Some(first) = authors.first_mut()
        && !first.group
    {
        first.affiliations = affiliations;
    }
    authors
}

fn text_of(element: Element<'_>, name: &str) -> String {
    element
        .child(name)
        .map_or_else(String::new, |child| child.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::work::WorkKind;
    use crate::ingest::formats::xml::testing::{
        identifiers, names, refusals, survives, topics, work, works,
    };
    use crate::ingest::record::Relation;

    const ENTRY: &str = r#"<entry>
        <id>http://arxiv.org/abs/2101.00001v3</id>
        <title>A $\ell_1$ title
          in two lines &lt; three</title>
        <summary>  First.
  Second. </summary>
        <published>2021-01-02T10:00:00Z</published><updated>2022-01-02T10:00:00Z</updated>
        <arxiv:doi>10.5555/ABC</arxiv:doi>
        <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
        <category term="62H30 (Primary), 05C80" scheme="http://arxiv.org/schemas/atom"/>
        <arxiv:primary_category term="cs.LG"/>
        <author><name>Ada Berg</name><arxiv:affiliation>Oslo</arxiv:affiliation></author>
        <author><name>:</name></author>
        <author><name>Bo Dahl for the Example Collaboration</name></author>
        </entry>"#;

    fn feed(entries: &str) -> String {
        format!(
            r#"<?xml version='1.0' encoding='UTF-8'?>
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
            <id>https://arxiv.org/api/x</id><title>arXiv Query</title>{entries}</feed>"#
        )
    }

    #[test]
    fn an_entry_is_read_whole() {
        let work = work(read, &feed(ENTRY));
        assert_eq!(
            (work.source.as_str(), work.record_key.as_str()),
            ("arXiv", "2101.00001")
        );
        assert_eq!(work.kind, WorkKind::Preprint);
        assert_eq!(work.title_source, r"A $\ell_1$ title in two lines < three");
        assert_eq!(work.abstract_source.as_deref(), Some("First.\n  Second."));
        assert_eq!(
            (work.year, work.published_on.as_deref()),
            (Some(2021), Some("2021-01-02"))
        );
        assert_eq!(identifiers(&work), ["arxiv:2101.00001"]);
        assert_eq!(work.related.len(), 1);
        assert_eq!(work.related[0].0, Relation::PublishedAs);
        assert_eq!(work.related[0].1.value, "10.5555/abc");
        assert_eq!(
            names(&work),
            ["Ada Berg", "Bo Dahl", "[Example Collaboration]"]
        );
        assert_eq!(work.authors[0].affiliations, ["Oslo"]);
        assert_eq!(topics(&work), ["arxiv:cs.LG", "msc:05C80", "msc:62H30"]);
        assert_eq!(
            work.url.as_deref(),
            Some("https://arxiv.org/abs/2101.00001")
        );
    }

    #[test]
    fn an_empty_feed_holds_nothing_and_is_no_error() {
        assert!(works(read, &feed("")).is_empty());
        assert_eq!(works(read, ENTRY).len(), 1);
    }

    #[test]
    fn an_error_of_the_api_is_told_with_its_reason() {
        let error = r#"<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
            <title>Error</title><summary>incorrect id format for x</summary></entry>"#;
        assert_eq!(
            refusals(read, &feed(error)),
            [
                "records: record 1 (http://arxiv.org/api/errors#incorrect_id_format_for_x): arXiv answered: \
              incorrect id format for x"
            ]
        );
    }

    #[test]
    fn a_broken_entry_spares_the_next_one() {
        let bad = ENTRY.replace("2101.00001v3", "x1").to_owned()
            + &ENTRY
                .replace("<title>A", "<titel>A")
                .replace("three</title>", "three</titel>")
            + ENTRY;
        assert_eq!(
            refusals(read, &feed(&bad)),
            [
                "records: record 1 (http://arxiv.org/abs/x1): its id is not an arXiv number",
                "records: record 2 (2101.00001): it has no title",
            ]
        );
    }

    #[test]
    fn any_broken_feed_ends_without_harm() {
        survives(
            read,
            &feed(
                r#"<entry><id>http://arxiv.org/abs/2101.00001</id><title>A&amp;B</title></entry>"#,
            ),
        );
    }
}

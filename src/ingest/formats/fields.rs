//! What the readers of XML and text formats do to a value: folding its lines, reading its date,
//! collecting identifiers and topics.

use crate::domain::identifiers::{ArxivId, Doi, Scheme, WorkIdentifier};
use crate::domain::names::name_key;
use crate::ingest::markup::{self, MAX_ABSTRACT_BYTES, MAX_TITLE_BYTES, Shape};
use crate::ingest::record::{RecordTopic, WorkRecord};
use crate::ingest::subjects;
use crate::ingest::tidy::{keywords, mojibake};

/// White space and control characters folded to single spaces; `None` for an empty text.
pub(super) fn line(text: &str) -> Option<String> {
    // Halves of letters may be control characters.
    let text = mojibake::repaired(text);
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    (!folded.is_empty()).then_some(folded)
}

/// A text of several lines without white space around it and without U+0000; `None` if nothing is left.
pub(super) fn block(text: &str) -> Option<String> {
    let text = text.trim();
    let text = if text.contains(['\0', '\r']) {
        text.replace('\0', "").replace("\r\n", "\n")
    } else {
        text.to_owned()
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A name on one line, LaTeX and character references read.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = line(text)?;
    if text.contains(['\\', '{', '$', '&', '<', '~']) {
        line(&markup::render(&text, Shape::Line).text)
    } else {
        Some(text)
    }
}

/// A record's name for messages: one line that is not endless.
pub(super) fn short(key: &str) -> String {
    line(key).unwrap_or_default().chars().take(200).collect()
}

/// A sentence for messages, whatever of the file it repeats: one line that is not endless.
pub(super) fn told(text: &str) -> String {
    line(text).unwrap_or_default().chars().take(1000).collect()
}

/// What keeps a work from being loaded: no title, a title or an abstract that is too long.
pub(super) fn flaw(record: &WorkRecord) -> Option<String> {
    if record.title_source.is_empty() {
        return Some("it has no title".to_owned());
    }
    let summary = record.abstract_source.as_ref().map_or(0, String::len);
    for (field, bytes, max) in [
        ("title", record.title_source.len(), MAX_TITLE_BYTES),
        ("abstract", summary, MAX_ABSTRACT_BYTES),
    ] {
        if bytes > max {
            return Some(format!(
                "its {field} is too long: {bytes} bytes, at most {max} are accepted"
            ));
        }
    }
    None
}

/// A year and what more of the date is known, as a work's record holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    /// From 1000 to 2999.
    pub year: Option<i64>,
    /// `YYYY-MM` or `YYYY-MM-DD`; `None` where only the year is known.
    pub day: Option<String>,
}

impl Date {
    /// A date from its parts; the month as a number or a name. Nothing is known without the year.
    pub fn of(year: &str, month: Option<&str>, day: Option<&str>) -> Self {
        let Some(year) = self::year(year) else {
            return Self::default();
        };
        let day_of_month = day
            .and_then(|day| day.trim().parse::<u32>().ok())
            .filter(|day| (1..=31).contains(day));
        let day = month.and_then(self::month).map(|month| match day_of_month {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        });
        Self {
            year: Some(year),
            day,
        }
    }

    /// `2003`, `2003-06`, `2003-06-18T…`, `2003/06/18/`.
    pub fn iso(text: &str) -> Self {
        let text = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let mut parts = text.split(['-', '/']);
        let year = parts.next().unwrap_or_default();
        if year.len() != 4 {
            return Self::default();
        }
        Self::of(year, parts.next(), parts.next())
    }

    /// `Tue, 3 Apr 2007 21:24:49 GMT`, as in mails; years of two digits are those of arXiv's first years.
    pub fn mail(text: &str) -> Self {
        let words: Vec<&str> = text
            .split([' ', ',', '\t'])
            .filter(|word| !word.is_empty())
            .take(6)
            .collect();
        let found = words
            .windows(3)
            .find(|three| three[0].parse::<u32>().is_ok() && month(three[1]).is_some());
        let Some([day, month, year]) = found else {
            return Self::default();
        };
        let year = match year.parse::<u32>() {
            Ok(two @ 0..=99) if year.len() == 2 => {
                (if two < 70 { two + 2000 } else { two + 1900 }).to_string()
            }
            _ => (*year).to_owned(),
        };
        Self::of(&year, Some(month), Some(day))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.year.is_none()
    }

    /// This date, or the other where this one says nothing.
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_empty() { other() } else { self }
    }

    /// Puts the date into a record.
    pub fn set(self, record: &mut WorkRecord) {
        record.year = self.year;
        record.published_on = self.day;
    }
}

/// The first number of exactly four digits, if it is a year: `1998/99`, `c. 1998`, `{1998}`.
pub(super) fn year(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 4)?
        .parse()
        .ok()
        .filter(|year| (1000..=2999).contains(year))
}

/// A month by its number or its English name, also cut short, also the first of two: `03`, `Mar`,
/// `March`, `July-August`.
pub(super) fn month(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let text = text.trim();
    if let Ok(number) = text.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| *name == start)?;
    // `Mayer` and `Marble` are no months.
    const WHOLE: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    WHOLE
        .get(at)?
        .starts_with(&word.to_ascii_lowercase())
        .then_some(at as u32 + 1)
        .or_else(|| word.eq_ignore_ascii_case("sept").then_some(9))
}

/// No work has so many identifiers; each new one is compared with all before it.
const MAX_IDENTIFIERS: usize = 200;

/// The identifiers of a work, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Identifiers(Vec<WorkIdentifier>);

impl Identifiers {
    /// Takes `text` if it can be an identifier of that scheme; tells whether it was.
    pub fn add(&mut self, scheme: Scheme, text: &str) -> bool {
        match WorkIdentifier::parse(scheme, text) {
            Ok(identifier) => {
                if self.0.len() < MAX_IDENTIFIERS && !self.0.contains(&identifier) {
                    self.0.push(identifier);
                }
                true
            }
            Err(_) => false,
        }
    }

    /// Takes every DOI of a field that may hold several.
    pub fn add_dois(&mut self, text: &str) {
        for part in text.split([' ', ';', '\n', '\t']) {
            let part = part.trim_matches([',', '.']);
            if ArxivId::parse(part).is_ok() {
                self.add(Scheme::Arxiv, part);
            } else if Doi::parse(part).is_ok() {
                self.add(Scheme::Doi, part);
            }
        }
    }

    /// The first of a scheme.
    pub fn first(&self, scheme: Scheme) -> Option<&WorkIdentifier> {
        self.0.iter().find(|identifier| identifier.scheme == scheme)
    }

    /// In one order, so that a record's digest does not depend on the source's.
    pub fn sorted(mut self) -> Vec<WorkIdentifier> {
        self.0.sort();
        self.0
    }
}

/// An address of the web that can be linked to.
pub(super) fn web_address(text: &str) -> Option<String> {
    WorkIdentifier::parse(Scheme::Url, text)
        .ok()
        .map(|url| url.value)
}

/// The DOI of an address at a publisher that has one in its path (`http://doi.acm.org/10.1145/…`), or
/// of any form that [`Doi::parse`] reads.
pub(super) fn doi_in_address(text: &str) -> Option<Doi> {
    if let Ok(doi) = Doi::parse(text) {
        return Some(doi);
    }
    let (_, rest) = text.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    if !host.starts_with("doi.") {
        return None;
    }
    Doi::parse(path).ok()
}

/// arXiv's categories, MSC and ACM codes from fields such as `cs.LG math.ST`, `03E75 (Primary), 28A05`.
pub(super) fn arxiv_topics(categories: &str, others: &[&str]) -> Vec<RecordTopic> {
    let mut list = categories.split_whitespace().collect::<Vec<_>>().join(",");
    for other in others {
        list.push(';');
        // `03E75 (Primary)`, `Primary: 03E75. Secondary: 28A05`.
        for part in other.split(['(', ')', ';', ',', '\n']) {
            let part = part.trim().trim_end_matches('.');
            let word = part.to_ascii_lowercase();
            if matches!(word.as_str(), "primary" | "secondary" | "and" | "") {
                continue;
            }
            for piece in codes(part) {
                list.push(';');
                list.push_str(piece);
            }
        }
    }
    subjects::from_keywords(&list)
}

/// Codes that only spaces separate (`14J60 14F05`); everything else stays whole.
fn codes(part: &str) -> Vec<&str> {
    let words: Vec<&str> = part
        .split_whitespace()
        .filter(|word| {
            let word = word.trim_end_matches(':').to_ascii_lowercase();
            word != "primary" && word != "secondary"
        })
        .collect();
    let code = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && (5..=6).contains(&word.len())
    };
    if words.len() > 1 && words.iter().all(code) {
        return words;
    }
    vec![part]
}

/// A keyword that the source gives by itself: a comma in it separates nothing. Lists are taken apart later.
pub(super) fn keyword(text: &str) -> Vec<RecordTopic> {
    if !text.contains([',', ';', '\n']) {
        return subjects::from_keywords(text);
    }
    let readable = |name: &String| name.chars().count() <= 120 || keywords::is_list(name);
    let Some(name) = plain(text).filter(readable) else {
        return Vec::new();
    };
    let code = name_key(&name);
    if code.is_empty() {
        return Vec::new();
    }
    vec![RecordTopic {
        scheme: "keyword".to_owned(),
        code,
        name,
        ..RecordTopic::default()
    }]
}

/// In one order, none twice.
pub(super) fn sort_topics(topics: &mut Vec<RecordTopic>) {
    topics.sort_by(|one, other| {
        (&one.scheme, &one.code, &one.name).cmp(&(&other.scheme, &other.code, &other.name))
    });
    topics.dedup_by(|one, other| one.scheme == other.scheme && one.code == other.code);
}

/// A title without the full stop that bibliographies put behind it; `...` stays.
pub(super) fn without_full_stop(title: &str) -> &str {
    match title.strip_suffix('.') {
        Some(rest) if !rest.is_empty() && !rest.ends_with('.') => rest.trim_end(),
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_zero_characters_removed() {
        assert_eq!(line(" A\n  B\u{0}\tC ").as_deref(), Some("A B C"));
        assert_eq!(line(" \n"), None);
        assert_eq!(block("\n A\r\nB\0 \n").as_deref(), Some("A\nB"));
        assert_eq!(block(" \0 "), None);
        assert_eq!(told("a\0b\n"), "a b");
        assert_eq!(short(&"a\n".repeat(200)), "a ".repeat(100));
        assert_eq!(told(&"é".repeat(2000)).chars().count(), 1000);
        assert_eq!(plain(r"J. Mu\~noz").as_deref(), Some("J. Muñoz"));
    }

    #[test]
    fn years_are_found_where_sources_put_them() {
        for (text, expected) in [
            ("1998", Some(1998)),
            ("1998/99", Some(1998)),
            ("c. 1998", Some(1998)),
            ("98", None),
            ("20260", None),
            ("0999", None),
            ("3000", None),
            ("in press", None),
        ] {
            assert_eq!(year(text), expected, "{text}");
        }
    }

    #[test]
    fn months_are_read_by_number_and_name() {
        for (text, expected) in [
            ("3", Some(3)),
            ("03", Some(3)),
            ("13", None),
            ("mar", Some(3)),
            ("March", Some(3)),
            ("Sept.", Some(9)),
            ("July-August", Some(7)),
            ("Mayer", None),
            ("Spring", None),
            ("ma", None),
            ("Märchen", None),
        ] {
            assert_eq!(month(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_keep_what_is_known_of_them() {
        let date = |year: i64, day: &str| Date {
            year: Some(year),
            day: (!day.is_empty()).then(|| day.to_owned()),
        };
        assert_eq!(Date::iso("2003-06-18T10:00:00Z"), date(2003, "2003-06-18"));
        assert_eq!(Date::iso("2010/03/15/"), date(2010, "2010-03-15"));
        assert_eq!(Date::iso("2010///"), date(2010, ""));
        assert_eq!(Date::iso("2010-13-01"), date(2010, ""));
        assert_eq!(Date::iso("soon"), Date::default());
        assert_eq!(
            Date::mail("Tue, 3 Apr 2007 21:24:49 GMT   (12kb)"),
            date(2007, "2007-04-03")
        );
        assert_eq!(
            Date::mail("Mon, 6 Jan 92 20:25 EST"),
            date(1992, "1992-01-06")
        );
        assert_eq!(Date::mail("yesterday"), Date::default());
    }

    #[test]
    fn dois_are_found_in_addresses_of_publishers() {
        for text in [
            "10.5555/1",
            "https://doi.org/10.5555/1",
            "http://doi.acm.org/10.5555/1",
        ] {
            assert_eq!(doi_in_address(text).unwrap().as_str(), "10.5555/1");
        }
        assert!(doi_in_address("http://example.org/10.5555/1").is_none());
        let mut found = Identifiers::default();
        found.add_dois("10.5555/1, 10.5555/2; 10.48550/arXiv.2101.00001");
        assert_eq!(found.sorted().len(), 3);
        let many: String = (0..200_000).map(|n| format!("10.5555/{n} ")).collect();
        let mut found = Identifiers::default();
        found.add_dois(&many);
        assert_eq!(found.sorted().len(), MAX_IDENTIFIERS);
    }

    #[test]
    fn codes_lose_the_words_around_them() {
        let codes = |categories, others: &[&str]| -> Vec<String> {
            arxiv_topics(categories, others)
                .into_iter()
                .map(|topic| topic.code)
                .collect()
        };
        assert_eq!(
            codes(
                "cs.LG stat.ML",
                &["03E75 (Primary), 03E35 (Secondary), 28A05", "I.2.6; H.3"]
            ),
            [
                "H.3", "I.2.6", "cs.LG", "stat.ML", "03E35", "03E75", "28A05"
            ]
        );
        assert_eq!(
            codes("", &["14J60 (Primary) 14F05 14J26 (Secondary)"]),
            ["14F05", "14J26", "14J60"]
        );
        assert_eq!(codes("", &["Primary: 35A01"]), ["35A01"]);
    }

    #[test]
    fn a_comma_in_a_single_keyword_separates_nothing() {
        assert_eq!(
            keyword("Proteins, Recombinant")[0].name,
            "Proteins, Recombinant"
        );
        assert_eq!(keyword("graphs")[0].code, "graphs");
        assert!(keyword(" , ").is_empty());
    }

    #[test]
    fn only_a_single_full_stop_is_removed_from_a_title() {
        for (title, expected) in [
            ("A Title.", "A Title"),
            ("What now?", "What now?"),
            ("And so on...", "And so on..."),
            (".", "."),
        ] {
            assert_eq!(without_full_stop(title), expected);
        }
    }
}

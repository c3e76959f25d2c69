//! arXiv numbers, old and new.

use serde::{Deserialize, Serialize};

use super::{InvalidIdentifier, parsed_text, path_at, strip_prefix_ignoring_case};

/// The archives that numbered their own papers until March 2007 (arXiv's list of archives, subsumed ones included).
const OLD_ARCHIVES: [&str; 34] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
];

/// A number of a preprint at arXiv, its version split off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArxivId {
    /// Canonical and with version, `2101.00001v2`: what the type travels as.
    whole: String,
    id_len: usize,
}

parsed_text!(ArxivId);

impl ArxivId {
    /// Accepts `2101.00001`, `arXiv:2101.00001v2 [cs.LG]`, `astro-ph/0601001`, `math.GT/0309136`, addresses of abstracts and PDFs
    /// at arxiv.org, and arXiv's own DOIs (`10.48550/arXiv.2101.00001`).
    ///
    /// # Errors
    /// [`InvalidIdentifier::Arxiv`] for anything else, among it months that do not exist.
    pub fn parse(text: &str) -> Result<Self, InvalidIdentifier> {
        Self::read(text.trim()).ok_or(InvalidIdentifier::Arxiv)
    }

    fn read(text: &str) -> Option<Self> {
        const HOSTS: [&str; 3] = ["arxiv.org", "www.arxiv.org", "export.arxiv.org"];
        let text = match path_at(text, &HOSTS) {
            Some(path) => {
                let path = path.split(['?', '#']).next().unwrap_or(path);
                let (_page, number) = path.split_once('/')?;
                number.strip_suffix(".pdf").unwrap_or(number)
            }
            None => {
                let text = path_at(text, &["doi.org", "dx.doi.org"]).unwrap_or(text);
                strip_prefix_ignoring_case(text, "10.48550/arxiv.").unwrap_or(text)
            }
        };
        let text = strip_prefix_ignoring_case(text, "arxiv:").unwrap_or(text);
        // The subject that arXiv prints behind a number.
        let text = match text.split_once(" [") {
            Some((number, subject)) if subject.ends_with(']') => number,
            _ => text,
        };
        let text = text.trim();
        let (number, version) = match text.rfind(['v', 'V']) {
            Some(at) if text[at + 1..].bytes().all(|b| b.is_ascii_digit()) => {
                (&text[..at], Some(text[at + 1..].parse::<u32>().ok()?))
            }
            _ => (text, None),
        };
        if version == Some(0) {
            return None;
        }
        let id = match number.split_once('/') {
            Some((archive, serial)) => old_style(archive, serial)?,
            None => new_style(number)?,
        };
        let whole = match version {
            Some(version) => format!("{id}v{version}"),
            None => id.clone(),
        };
        Some(Self {
            whole,
            id_len: id.len(),
        })
    }

    /// The number with its version if one was given: `2101.00001v2`.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// The number without version, the same for all versions: `2101.00001`, `astro-ph/0601001`.
    pub fn id(&self) -> &str {
        &self.whole[..self.id_len]
    }

    /// The version, 1 or more, if one was given.
    pub fn version(&self) -> Option<u32> {
        self.whole[self.id_len..]
            .strip_prefix('v')
            .and_then(|digits| digits.parse().ok())
    }

    /// The page of the abstract, of the newest version.
    pub fn url(&self) -> String {
        format!("https://arxiv.org/abs/{}", self.id())
    }
}

/// `YYMM` as two numbers; `None` for months that do not exist.
fn year_and_month(text: &str) -> Option<(u32, u32)> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month) = (text[..2].parse().ok()?, text[2..].parse().ok()?);
    (1..=12).contains(&month).then_some((year, month))
}

/// `archive/YYMMNNN`, the subject class dropped as arXiv does (`math.GT/0309136` is `math/0309136`).
fn old_style(archive: &str, serial: &str) -> Option<String> {
    let archive = archive.to_ascii_lowercase();
    let archive = match archive.split_once('.') {
        Some((archive, class)) if class.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') => {
            archive.to_owned()
        }
        Some(_) => return None,
        None => archive,
    };
    if !OLD_ARCHIVES.contains(&archive.as_str()) || serial.len() != 7 || !serial.is_ascii() {
        return None;
    }
    let (year, month) = year_and_month(&serial[..4])?;
    let old = year >= 91 || (year, month) <= (7, 3);
    let counted = serial[4..].bytes().all(|byte| byte.is_ascii_digit());
    (old && counted).then(|| format!("{archive}/{serial}"))
}

/// `YYMM.NNNN` from April 2007, `YYMM.NNNNN` from January 2015.
fn new_style(number: &str) -> Option<String> {
    let (date, serial) = number.split_once('.')?;
    let when = year_and_month(date)?;
    let digits = if when >= (15, 1) { 5 } else { 4 };
    let counted = serial.len() == digits && serial.bytes().all(|byte| byte.is_ascii_digit());
    (when >= (7, 4) && counted).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, Option<u32>) {
        let id = ArxivId::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (id.id().to_owned(), id.version())
    }

    #[test]
    fn a_new_number_is_read_from_every_place_it_is_printed() {
        for (text, version) in [
            ("2101.00001", None),
            ("arXiv:2101.00001v2", Some(2)),
            ("arxiv:2101.00001", None),
            ("arXiv:2101.00001v12 [cs.LG]", Some(12)),
            ("https://arxiv.org/abs/2101.00001v2", Some(2)),
            ("http://www.arxiv.org/pdf/2101.00001.pdf", None),
            ("https://arxiv.org/pdf/2101.00001v3.pdf?download=1", Some(3)),
            ("10.48550/arXiv.2101.00001", None),
            ("https://doi.org/10.48550/arxiv.2101.00001", None),
        ] {
            assert_eq!(parts(text), ("2101.00001".to_owned(), version), "{text}");
        }
        assert_eq!(parts("0704.0001v1"), ("0704.0001".to_owned(), Some(1)));
        assert_eq!(parts("1412.9999"), ("1412.9999".to_owned(), None));
    }

    #[test]
    fn an_old_number_keeps_its_archive_and_loses_its_subject_class() {
        assert_eq!(
            parts("astro-ph/0601001v3"),
            ("astro-ph/0601001".to_owned(), Some(3))
        );
        assert_eq!(parts("math.GT/0309136"), ("math/0309136".to_owned(), None));
        assert_eq!(
            parts("https://arxiv.org/abs/hep-th/9901001"),
            ("hep-th/9901001".to_owned(), None)
        );
        assert_eq!(
            parts("cond-mat/0703999"),
            ("cond-mat/0703999".to_owned(), None)
        );
        assert_eq!(
            parts("solv-int/9901001v1"),
            ("solv-int/9901001".to_owned(), Some(1))
        );
        assert_eq!(
            parts("arXiv:cs.CV/0001001"),
            ("cs/0001001".to_owned(), None)
        );
    }

    #[test]
    fn the_link_leads_to_the_newest_version() {
        let id = ArxivId::parse("hep-th/9901001v2").unwrap();
        assert_eq!(id.url(), "https://arxiv.org/abs/hep-th/9901001");
        assert_eq!(id.to_string(), "hep-th/9901001v2");
        assert_eq!(ArxivId::parse(&id.to_string()).unwrap(), id);
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "2101",
            "2101.1",
            "2101.0001",
            "0704.00001",
            "0703.0001",
            "2113.00001",
            "2100.00001",
            "foo/0601001",
            "astro-ph/0713001",
            "astro-ph/0704001",
            "astro-ph/060100",
            "2101.00001v",
            "2101.00001v0",
            "2101.00001x",
            "https://example.org/abs/2101.00001",
            "10.1000/2101.00001",
            "２101.00001",
            "math.G1/0309136",
            "v1",
            "2101.00001v99999999999",
        ] {
            assert!(ArxivId::parse(text).is_err(), "{text:?}");
        }
    }
}

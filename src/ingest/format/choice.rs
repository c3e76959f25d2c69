//! What the operator says of the format of the files: one format, or a source whose formats are told apart by looking.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Format;

/// A word for the format on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    name: &'static str,
    aliases: &'static [&'static str],
    help: &'static str,
    /// One format is taken at its word; of several the file decides.
    formats: &'static [Format],
}

impl Choice {
    /// Every word, as the command line offers them.
    pub const ALL: [Self; 20] = [
        Self::of(&[Format::OpenAlex]),
        Self::group(
            "arxiv",
            &[],
            "arXiv in any of the four forms below",
            &[
                Format::ArxivAtom,
                Format::ArxivOai,
                Format::ArxivLines,
                Format::ArxivAbs,
            ],
        ),
        Self::of(&[Format::ArxivAtom]),
        Self::also(&["oai-pmh"], &[Format::ArxivOai]),
        Self::of(&[Format::ArxivLines]),
        Self::of(&[Format::ArxivAbs]),
        Self::of(&[Format::Crossref]),
        Self::of(&[Format::DataCite]),
        Self::of(&[Format::Dblp]),
        Self::group(
            "acl",
            &[],
            "ACL Anthology: volumes (XML), people and name variants (YAML)",
            &[Format::Acl, Format::AclPeople],
        ),
        Self::of(&[Format::AclPeople]),
        Self::group(
            "orcid",
            &[],
            "ORCID records, JSON or XML",
            &[Format::OrcidJson, Format::OrcidXml],
        ),
        Self::of(&[Format::OrcidJson]),
        Self::of(&[Format::OrcidXml]),
        Self::of(&[Format::SemanticScholar]),
        Self::of(&[Format::Pubmed]),
        Self::also(&["biblatex"], &[Format::Bibtex]),
        Self::of(&[Format::Ris]),
        Self::of(&[Format::CslJson]),
        Self::of(&[Format::Ror]),
    ];

    const fn of(formats: &'static [Format; 1]) -> Self {
        Self::also(&[], formats)
    }

    const fn also(aliases: &'static [&'static str], formats: &'static [Format; 1]) -> Self {
        Self::group(formats[0].name(), aliases, formats[0].help(), formats)
    }

    const fn group(
        name: &'static str,
        aliases: &'static [&'static str],
        help: &'static str,
        formats: &'static [Format],
    ) -> Self {
        Self {
            name,
            aliases,
            help,
            formats,
        }
    }

    /// The word.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The formats that it stands for.
    pub fn formats(self) -> &'static [Format] {
        self.formats
    }

    /// The choice of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.name == name || choice.aliases.contains(&name))
    }

    /// Reads the arguments `[FORMAT] PATH…`: the first one is a format if it is the word for one and more follow. A file
    /// that is called like a format is meant where it is the only argument, and with a path before it (`./ror`).
    pub fn before_paths(arguments: Vec<OsString>) -> (Option<Self>, Vec<PathBuf>) {
        let choice = match &arguments[..] {
            [first, _, ..] => first.to_str().and_then(Self::parse),
            _ => None,
        };
        let paths = arguments
            .into_iter()
            .skip(usize::from(choice.is_some()))
            .map(PathBuf::from);
        (choice, paths.collect())
    }
}

impl From<Format> for Choice {
    /// The format at its word.
    fn from(format: Format) -> Self {
        let at = Format::ALL.iter().position(|known| *known == format);
        let formats = at.map_or(&Format::ALL[..], |at| &Format::ALL[at..=at]);
        Self::group(format.name(), &[], format.help(), formats)
    }
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(
            PossibleValue::new(self.name)
                .aliases(self.aliases)
                .help(self.help),
        )
    }
}

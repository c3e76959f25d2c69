//! Kinds of works, after the COAR resource types.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $label:literal, $coar:literal;)+) => {
        /// What sort of thing a work is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum WorkKind {
            $($(#[$doc])* #[serde(rename = $word)] $name),+
        }

        impl WorkKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word stored and put into addresses.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The reverse of [`WorkKind::as_str`].
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }

            /// The kind as readers see it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// The COAR resource type, <https://vocabularies.coar-repositories.org/resource_types/>.
            pub fn coar_uri(self) -> &'static str {
                match self { $(Self::$name => concat!("http://purl.org/coar/resource_type/", $coar)),+ }
            }
        }
    };
}

kinds! {
    /// A paper before or without review by a journal.
    Preprint = "preprint", "preprint", "c_816b";
    /// A journal article.
    Article = "article", "article", "c_6501";
    /// A paper in the proceedings of a conference.
    ConferencePaper = "conference_paper", "conference paper", "c_5794";
    /// A part of a book.
    Chapter = "chapter", "chapter", "c_3248";
    /// A book.
    Book = "book", "book", "c_2f33";
    /// A thesis.
    Thesis = "thesis", "thesis", "c_46ec";
    /// A dataset.
    Dataset = "dataset", "dataset", "c_ddb1";
    /// Software.
    Software = "software", "software", "c_5ce6";
    /// A report.
    Report = "report", "report", "c_93fc";
    /// Anything else.
    Other = "other", "other work", "c_1843";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_its_word() {
        for kind in WorkKind::ALL {
            assert_eq!(WorkKind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(WorkKind::parse("poem"), None);
    }
}

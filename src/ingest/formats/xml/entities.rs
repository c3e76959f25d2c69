//! The names of HTML for the letters of Latin-1, which the DTD of dblp declares.

/// No entities at all besides those of XML.
pub(in crate::ingest::formats) fn none(_name: &str) -> Option<char> {
    None
}

/// The character that `&name;` stands for.
pub(in crate::ingest::formats) fn html_latin(name: &str) -> Option<char> {
    let at = NAMES.iter().position(|known| *known == name)?;
    char::from_u32(FIRST + at as u32)
}

/// The number of the first of [`NAMES`].
const FIRST: u32 = 0xa0;

/// In the order of their numbers.
#[rustfmt::skip]
const NAMES: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
    "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil",
    "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml",
    "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig",
    "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
    "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide",
    "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_by_their_names() {
        for (name, c) in [
            ("nbsp", '\u{a0}'),
            ("reg", '®'),
            ("times", '×'),
            ("Agrave", 'À'),
            ("ouml", 'ö'),
            ("szlig", 'ß'),
            ("yuml", 'ÿ'),
        ] {
            assert_eq!(html_latin(name), Some(c), "{name}");
        }
        assert_eq!(html_latin("lol"), None);
    }
}

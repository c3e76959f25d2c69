//! Which format a file is in, by how it begins, and only then by its name.

mod json;
mod text;
mod xml;

use std::borrow::Cow;

use super::Format;

/// How much of a file is looked at, unpacked, in bytes: whole records of every format, and the notes that stand above the
/// first entry of a bibliography.
pub const SNIFF_BYTES: usize = 256 * 1024;

/// The format of a file by its first bytes (unpacked; up to [`SNIFF_BYTES`] are useful) and its name; `None` if it is
/// none of ours as far as they tell.
pub fn guess(first_bytes: &[u8], file_name: &str) -> Option<Format> {
    let bytes = in_utf8(first_bytes);
    let bytes = bytes.trim_ascii_start();
    let by_content = match bytes.first() {
        Some(b'<') => xml::guess(bytes),
        Some(b'{' | b'[') => json::guess(bytes),
        _ => text::guess(bytes, file_name),
    };
    by_content.or_else(|| by_name(bytes.first().copied(), file_name))
}

/// Without byte order mark. UTF-16 is turned into UTF-8, so that the reader is found, which then says what is wrong.
fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Cow::Owned(text.into_bytes())
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [b'<' | b'{' | b'[', 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, b'<' | b'{' | b'[', ..] => wide(bytes, u16::from_be_bytes),
        _ => Cow::Borrowed(bytes),
    }
}

/// The formats whose files have an ending of their own; `first` is the first visible byte.
fn by_name(first: Option<u8>, file_name: &str) -> Option<Format> {
    let name = file_name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match first {
        None => None,
        Some(b'{' | b'[') => ends(&[".csl.json", ".csl"]).then_some(Format::CslJson),
        // Markup in a file that is called so is an error page of some server.
        Some(b'<') => None,
        Some(_) if ends(&[".bib", ".bibtex"]) => Some(Format::Bibtex),
        Some(_) if ends(&[".ris"]) => Some(Format::Ris),
        Some(_) if ends(&[".abs"]) => Some(Format::ArxivAbs),
        Some(_) => None,
    }
}

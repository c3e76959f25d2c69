//! Searching for names by the beginnings of their words.

use super::Arg;

/// One condition per word that is searched for: some word of a name begins with it, or with another spelling of it (see
/// [`crate::domain::names::search_words`]). `key` is the row's own number (`a.id`), `tokens` the table of its words with the
/// column that holds that number. The values are added to `values`. Folded words are in byte order, so a prefix is a range of
/// the index.
pub fn begin_with(
    key: &str,
    (tokens, column): (&str, &str),
    words: &[Vec<String>],
    values: &mut Vec<Arg>,
) -> String {
    let mut parts = Vec::new();
    for spellings in words {
        let mut ranges = Vec::new();
        for word in spellings {
            values.push(Arg::from(word));
            values.push(Arg::from(format!("{word}\u{10FFFF}")));
            let n = values.len();
            ranges.push(format!("(token >= ${} AND token < ${n})", n - 1));
        }
        let ranges = ranges.join(" OR ");
        parts.push(format!(
            "{key} IN (SELECT {column} FROM {tokens} WHERE {ranges})"
        ));
    }
    parts.join(" AND ")
}

/// How many of the words a name has as they were typed, not only as beginnings: an expression, to be ordered by.
pub fn whole_words(
    key: &str,
    (tokens, column): (&str, &str),
    words: &[Vec<String>],
    values: &mut Vec<Arg>,
) -> String {
    let mut parts = vec!["0".to_owned()];
    for word in words.iter().filter_map(|spellings| spellings.first()) {
        values.push(Arg::from(word));
        let n = values.len();
        parts.push(format!(
            "CASE WHEN EXISTS (SELECT 1 FROM {tokens} x WHERE x.token = ${n} AND x.{column} = {key}) THEN 1 ELSE 0 END"
        ));
    }
    parts.join(" + ")
}

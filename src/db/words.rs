//! Searching for names by the beginnings of their words.

use super::Arg;

/// One condition per folded word: some word of a name begins with it. `key` is the row's own number (`a.id`), `tokens` the
/// table of its words with the column that holds that number. The values are added to `values`. Folded words are in byte
/// order, so a prefix is a range of the index.
pub fn begin_with(
    key: &str,
    (tokens, column): (&str, &str),
    words: &[String],
    values: &mut Vec<Arg>,
) -> String {
    let mut parts = Vec::new();
    for word in words {
        values.push(Arg::from(word));
        values.push(Arg::from(format!("{word}\u{10FFFF}")));
        let n = values.len();
        parts.push(format!(
            "{key} IN (SELECT {column} FROM {tokens} WHERE token >= ${} AND token < ${n})",
            n - 1
        ));
    }
    parts.join(" AND ")
}

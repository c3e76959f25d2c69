//! Small words-and-numbers helpers that blocks and features share.

/// A whole number with its digits grouped by commas: `1234567` becomes `1,234,567`.
pub fn group_digits(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('\u{2212}');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The word that goes with `n`: `one` for exactly 1, otherwise `many`.
pub fn plural<'a>(n: i64, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

/// A counted noun: `counted(1, "work", "works")` is `1 work`, `counted(1200, ..)` is `1,200 works`.
pub fn counted(n: i64, one: &str, many: &str) -> String {
    format!("{} {}", group_digits(n), plural(n, one, many))
}

/// Text made safe as HTML text and as a double-quoted attribute: `& < > " '` become references.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_by_three_from_the_right() {
        assert_eq!(group_digits(0), "0");
        assert_eq!(group_digits(999), "999");
        assert_eq!(group_digits(1_000), "1,000");
        assert_eq!(group_digits(-1_234_567), "\u{2212}1,234,567");
        assert_eq!(group_digits(i64::MIN), "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn only_one_takes_the_singular() {
        assert_eq!(counted(1, "work", "works"), "1 work");
        assert_eq!(counted(0, "work", "works"), "0 works");
        assert_eq!(counted(3_000, "author", "authors"), "3,000 authors");
    }

    #[test]
    fn escaped_text_cannot_open_or_close_a_tag_or_an_attribute() {
        assert_eq!(
            escape_html("</textarea><b a='\"'>&amp;"),
            "&lt;/textarea&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;amp;"
        );
    }
}

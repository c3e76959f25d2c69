//! E-mail addresses in affiliations: printed for readers of one article, not for a page that every program reads.

/// Words before an address that mean nothing without it.
const LABELS: [&str; 9] = [
    "electronic address",
    "email address",
    "e-mail address",
    "email",
    "e-mail",
    "emails",
    "e-mails",
    "mail",
    "correspondence",
];

/// The text without e-mail addresses and what announces them.
pub fn without_addresses(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if is_address(word) {
            drop_label(&mut kept);
        } else {
            kept.push(word);
        }
    }
    let kept = kept.join(" ");
    let end = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:(<[-".contains(c));
    // The full stop after an address that stood alone.
    let end = end.strip_suffix(" .").unwrap_or(end);
    end.trim_start_matches([',', ';', '.', ' ']).to_owned()
}

fn is_address(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(who, domain)| who.contains(char::is_alphanumeric) && domain.contains('.'))
}

/// Takes "Electronic address:" off the end.
fn drop_label(words: &mut Vec<&str>) {
    for count in (1..=2).rev() {
        let Some(start) = words.len().checked_sub(count) else {
            continue;
        };
        let last = words[start..].join(" ").to_lowercase();
        let last = last.trim_matches(|c: char| !c.is_alphanumeric());
        if LABELS.contains(&last) {
            words.truncate(start);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_addresses;

    #[test]
    fn addresses_and_what_announces_them_go() {
        for (printed, shown) in [
            ("Institute of Inks, Altwald.", "Institute of Inks, Altwald."),
            (
                "Institute of Inks, Altwald, Germany. ada@inks.example",
                "Institute of Inks, Altwald, Germany.",
            ),
            (
                "Institute of Inks, Altwald. Electronic address: ada@inks.example.",
                "Institute of Inks, Altwald.",
            ),
            (
                "E-mail: ada@inks.example; Institute of Inks",
                "Institute of Inks",
            ),
            (
                "Institute of Inks (email: ada@inks.example, bo@inks.example)",
                "Institute of Inks",
            ),
            ("ada@inks.example", ""),
            ("Lab @ Home", "Lab @ Home"),
        ] {
            assert_eq!(without_addresses(printed), shown, "{printed}");
        }
    }
}

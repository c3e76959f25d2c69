//! Spellings that stand for the same sound or letter.

/// Cyrillic and Greek letters of a folded text in Latin ones, after the usual transcriptions of names; other letters
/// as they are.
pub(super) fn to_latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let letters = match c {
            'υ' if before == 'ο' => "u",
            'а' | 'α' => "a",
            'б' => "b",
            'в' | 'β' => "v",
            'г' | 'ґ' | 'γ' => "g",
            'д' | 'δ' => "d",
            'е' | 'э' | 'ё' | 'є' | 'ε' => "e",
            'ж' => "zh",
            'з' | 'ζ' => "z",
            'и' | 'й' | 'і' | 'ї' | 'ι' | 'η' => "i",
            'ы' | 'υ' => "y",
            'к' | 'κ' => "k",
            'л' | 'λ' => "l",
            'м' | 'μ' => "m",
            'н' | 'ν' => "n",
            'о' | 'ο' | 'ω' => "o",
            'п' | 'π' => "p",
            'р' | 'ρ' => "r",
            'с' | 'σ' => "s",
            'т' | 'τ' => "t",
            'у' => "u",
            'ф' | 'φ' => "f",
            'х' | 'χ' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ю' => "yu",
            'я' => "ya",
            'ј' => "j",
            'љ' => "lj",
            'њ' => "nj",
            'ћ' => "c",
            'ђ' => "dj",
            'џ' => "dz",
            'θ' => "th",
            'ξ' => "x",
            'ψ' => "ps",
            other => {
                out.push(other);
                ""
            }
        };
        out.push_str(letters);
        before = c;
    }
    out
}

/// A coarse spelling in which transcriptions of one name agree: `Müller`, `Mueller` and `Muller`; `Sørensen` and `Soerensen`;
/// `Tateishi` and `Tateisi`; `Kovač` and `Kovach`. Not for comparing names, only for bringing them together.
pub(super) fn coarse(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (letters, length) = match rest.as_bytes() {
            [b'a' | b'o' | b'u', b'e', ..] => (&rest[..1], 2),
            [b's', b'c', b'h', ..] => ("s", 3),
            [b's' | b'c' | b'z' | b't', b'h', ..] | [b'c', b'z', ..] => (&rest[..1], 2),
            [b'c' | b'k', b's', ..] => ("x", 2),
            [b'p', b'h', ..] => ("f", 2),
            [b'c', b'k', ..] => ("k", 2),
            [b'k', b'h', ..] => ("k", 2),
            [b'g', b'h', ..] => ("g", 2),
            [b'i', b'y', ..] | [b'i', b'j', ..] => ("i", 2),
            [b'y' | b'j', ..] => ("i", 1),
            [b'w', ..] => ("v", 1),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        if !out.ends_with(letters) {
            out.push_str(letters);
        }
        rest = &rest[length..];
    }
    out
}

/// Whether two words differ by one letter that was put in, left out or replaced, or by two neighbours that changed places.
pub(super) fn one_slip_apart(one: &str, other: &str) -> bool {
    let a: Vec<char> = one.chars().collect();
    let b: Vec<char> = other.chars().collect();
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if b.len() - a.len() > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..]
        .iter()
        .rev()
        .zip(b[start..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (left_a, left_b) = (a.len() - start - end, b.len() - start - end);
    match (left_a, left_b) {
        (0 | 1, 1) => true,
        (2, 2) => a[start] == b[start + 1] && a[start + 1] == b[start],
        _ => false,
    }
}

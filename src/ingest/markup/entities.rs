//! Character references that turn up in metadata (`&amp;`, `&#8217;`, `&eacute;`).

/// The longest reference looked for, in bytes, with `&` and `;`.
const MAX_BYTES: usize = 12;

/// How often a sign may be escaped: sources that pass texts on escape them again.
const MAX_TIMES: usize = 4;

/// Reads the reference at the start of `text` (which starts with `&`): the character and how many
/// bytes it takes. `None` if there is none that we know, as in `AT&T`. What is escaped twice
/// (`&amp;lt;`) is read to its end.
pub(super) fn read(text: &str) -> Option<(char, usize)> {
    let (mut c, mut length) = once(text)?;
    for _ in 1..MAX_TIMES {
        if c != '&' {
            break;
        }
        let behind: String = text[length..].chars().take(MAX_BYTES).collect();
        let Some((inner, taken)) = once(&format!("&{behind}")) else {
            break;
        };
        c = inner;
        length += taken - 1;
    }
    Some((c, length))
}

fn once(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(MAX_BYTES).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    Some((c, end + 1))
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "times" => '×',
        "plusmn" => '±',
        "middot" => '·',
        "deg" => '°',
        "micro" => 'µ',
        "minus" => '−',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "alpha" => 'α',
        "beta" => 'β',
        "gamma" => 'γ',
        "delta" => 'δ',
        "epsilon" => 'ε',
        "lambda" => 'λ',
        "mu" => 'μ',
        "pi" => 'π',
        "sigma" => 'σ',
        "omega" => 'ω',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "aring" => 'å',
        "Aring" => 'Å',
        "ccedil" => 'ç',
        "Ccedil" => 'Ç',
        "ntilde" => 'ñ',
        "Ntilde" => 'Ñ',
        other => return accented(other),
    })
}

/// `eacute`, `Uuml`: one letter and the name of its accent.
fn accented(name: &str) -> Option<char> {
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match &name[1..] {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "uml" => '\u{308}',
        "tilde" => '\u{303}',
        "caron" => '\u{30c}',
        "cedil" => '\u{327}',
        _ => return None,
    };
    unicode_normalization::char::compose(base, mark)
}

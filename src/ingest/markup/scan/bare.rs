//! Formulas that stand in the text without dollars, as in arXiv's titles: `E_6`, `O(q^4)`, `D^0\bar{D}^{*0}`.

use super::super::{math, symbols};
use super::Scanner;

/// The longest such formula, in bytes.
const MAX_FORMULA: usize = 80;
/// The longest script in braces, in bytes.
const MAX_SCRIPT: usize = 40;

/// Accents of formulas: with their argument they stand for a letter.
const ACCENTS: [&str; 9] = [
    "bar",
    "hat",
    "tilde",
    "vec",
    "dot",
    "ddot",
    "overline",
    "widehat",
    "widetilde",
];
/// Alphabets of formulas.
const ALPHABETS: [&str; 6] = [
    "mathcal", "mathbb", "mathrm", "mathbf", "mathfrak", "mathscr",
];

impl Scanner<'_> {
    /// Writes the formula that stands here, if one does.
    pub(super) fn bare_formula(&mut self) -> bool {
        // In words, addresses and names of files these signs are themselves.
        let inside = match self.before {
            // `1.5x10^5`
            Some('x') if self.rest.starts_with("10^") => false,
            Some(c) => c.is_alphanumeric() || "_^@/.#&=?".contains(c),
            None => false,
        };
        if inside && !self.rest.starts_with('\\') {
            return false;
        }
        let Some((latex, length)) = read(self.rest) else {
            return false;
        };
        let Some(html) = math::converted(&latex) else {
            return false;
        };
        self.out.formula(&html, &math::to_text(&latex));
        self.skip(length);
        true
    }

    /// `(1+z)^3`, `cm^-2`, `HC_{3}N`: a number raised or lowered behind a word or a bracket. A low line without braces is
    /// one of a name.
    pub(super) fn script_of_word(&mut self, sign: char) -> bool {
        let behind_word = self
            .before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']'));
        if !behind_word || (sign == '_' && !self.rest.starts_with("_{")) {
            return false;
        }
        let Some(script) = script(self.rest) else {
            return false;
        };
        let content = script.latex[1..].trim_matches(['{', '}']);
        let number = content.trim_start_matches(['-', '+']);
        let numeric = number.bytes().all(|byte| byte.is_ascii_digit());
        let sign_alone = number.is_empty() && content.len() == 1;
        let ends = !self.rest[script.length..].starts_with(['_', '^', '@']);
        if !numeric || !ends || (number.is_empty() && !sign_alone) {
            return false;
        }
        let tag = if sign == '^' { "sup" } else { "sub" };
        let html = format!("<{tag}>{}</{tag}>", content.replace('-', "−"));
        self.out.formula(&html, &math::to_text(&script.latex));
        self.skip(script.length);
        true
    }
}

/// The formula at the start of a text, as LaTeX, and how many bytes of the text it takes.
fn read(text: &str) -> Option<(String, usize)> {
    let mut latex = String::new();
    let mut at = 0;
    let mut lowered = false;
    while at < MAX_FORMULA {
        let Some(atom) = atom(&text[at..]) else { break };
        let mut end = at + atom.length;
        let mut written = text[at..end].to_owned();
        while let Some(script) = script(&text[end..]) {
            let sign = &text[end..=end];
            // `user_1_b`
            if written[atom.length..].contains(sign) {
                return None;
            }
            lowered = sign == "_";
            written.push_str(&script.latex);
            end += script.length;
        }
        if !atom.alone && written.len() == atom.length {
            break;
        }
        latex.push_str(&written);
        at = end;
    }
    let mut behind = text[at..].chars();
    let ends = match behind.next() {
        Some('@' | '_' | '^') => false,
        // `a_1.txt`
        Some('.') => !(lowered && behind.next().is_some_and(|c| c.is_ascii_lowercase())),
        _ => true,
    };
    (at > 0 && ends).then_some((latex, at))
}

/// What scripts are set at.
struct Atom {
    length: usize,
    /// It is mathematics without a script, too.
    alone: bool,
}

fn atom(text: &str) -> Option<Atom> {
    let first = text.chars().next()?;
    if first == '\\' {
        return command(text);
    }
    let length = match first {
        c if c.is_ascii_digit() => {
            let digits = text.bytes().take(12).take_while(u8::is_ascii_digit).count();
            // A lowered sign behind a number is no mathematics.
            return text[digits..].starts_with('^').then_some(Atom {
                length: digits,
                alone: false,
            });
        }
        'A'..='Z' | 'a'..='z' | 'Α'..='Ω' | 'α'..='ω' => first.len_utf8(),
        _ => return None,
    };
    text[length..].starts_with(['_', '^']).then_some(Atom {
        length,
        alone: false,
    })
}

/// `\bar{D}`, `\alpha`
fn command(text: &str) -> Option<Atom> {
    let length = text[1..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let name = &text[1..=length];
    let behind = &text[1 + length..];
    let alone = ACCENTS.contains(&name);
    if alone || ALPHABETS.contains(&name) {
        let argument = behind.strip_prefix('{')?;
        let end = argument
            .bytes()
            .take(MAX_SCRIPT)
            .position(|byte| byte == b'}')?;
        let content = &argument[..end];
        let plain = !content.trim().is_empty() && !content.contains(['{', '$', '\n', '<', '&']);
        return plain.then_some(Atom {
            length: 1 + length + end + 2,
            alone,
        });
    }
    (behind.starts_with(['_', '^']) && symbols::math(name).is_some()).then_some(Atom {
        length: 1 + length,
        alone: false,
    })
}

/// A raised or lowered sign.
struct Script {
    latex: String,
    length: usize,
}

fn script(text: &str) -> Option<Script> {
    let sign = text.chars().next().filter(|c| matches!(c, '_' | '^'))?;
    let rest = &text[1..];
    let whole = |length: usize| {
        Some(Script {
            latex: text[..=length].to_owned(),
            length: 1 + length,
        })
    };
    let first = rest.chars().next()?;
    let number = rest
        .strip_prefix(['-', '+'])
        .filter(|_| sign == '^')
        .unwrap_or(rest);
    let digits = number
        .bytes()
        .take(8)
        .take_while(u8::is_ascii_digit)
        .count();
    if digits > 0 {
        let length = rest.len() - number.len() + digits;
        // `file_1a`
        let goes_on = rest[length..].starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        return (sign == '^' || !goes_on).then(|| Script {
            latex: format!("{sign}{{{}}}", &rest[..length]),
            length: 1 + length,
        });
    }
    match first {
        '{' => whole(braces(rest)?),
        '*' | '+' | '-' => whole(1),
        '\\' => {
            let length = rest[1..]
                .bytes()
                .take_while(u8::is_ascii_alphabetic)
                .count();
            symbols::text(&rest[1..=length])?;
            whole(1 + length)
        }
        c if c.is_ascii_alphabetic() => {
            let word = rest[1..].starts_with(char::is_alphanumeric);
            if word { None } else { whole(1) }
        }
        _ => None,
    }
}

/// The length of a group in braces that a script may be.
fn braces(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().take(MAX_SCRIPT).enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return (at > 1).then_some(at + 1);
                }
            }
            b'$' | b'\n' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> &str {
        read(text).map_or("", |(_, length)| &text[..length])
    }

    #[test]
    fn letters_numbers_and_commands_with_scripts_are_formulas() {
        for (text, formula) in [
            ("E_6 models", "E_6"),
            ("R^2-gravity", "R^2"),
            ("B_c mesons", "B_c"),
            ("q^4) and", "q^4"),
            (r"D^0\bar{D}^{*0} pairs", r"D^0\bar{D}^{*0}"),
            ("e^+e^- to", "e^+e^-"),
            ("B_s^0.", "B_s^0"),
            (r"\alpha_s at", r"\alpha_s"),
            ("10^-3 of", "10^-3"),
            ("T_{eff}", "T_{eff}"),
            ("σ_8", "σ_8"),
        ] {
            assert_eq!(taken(text), formula, "{text}");
        }
        assert_eq!(read("10^15").unwrap().0, "10^{15}");
    }

    #[test]
    fn names_with_low_lines_are_no_formulas() {
        for text in [
            "a_list",
            "a_1.txt",
            "x_train",
            "a_b@example.org",
            "a_1_b",
            "a_",
            "a^",
            "a_1b",
            "x",
            "12_3",
            r"\emph{a}",
            r"\alpha",
            "a_{",
            "^",
            "_x",
        ] {
            assert_eq!(taken(text), "", "{text}");
        }
    }
}

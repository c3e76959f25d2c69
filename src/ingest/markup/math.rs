//! One formula: LaTeX to MathML, and to text that reads.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::symbols;
use super::writer::push_escaped;

/// The longest formula that is converted, in bytes; a longer one stays as its source.
pub(super) const MAX_BYTES: usize = 4000;
/// The deepest nesting of braces that is converted.
const MAX_DEPTH: usize = 40;
/// From this many commands and braces on, the conversion (which recurses, and need not be nested
/// by braces to do so) runs on a stack of its own.
const MANY_TOKENS: usize = 60;
/// That stack, in bytes: enough for the deepest recursion that [`MAX_BYTES`] can ask for.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// More commands than this that nobody knows make no formula.
const MAX_UNKNOWN: usize = 12;

/// Commands that arXiv's authors use in formulas and the converter does not know.
const MACROS: &[(&str, &str)] = &[
    ("ensuremath", "#1"),
    ("xspace", ""),
    ("mathds", r"\mathbb{#1}"),
    ("eps", r"\epsilon"),
    ("R", r"\mathbb{R}"),
    ("N", r"\mathbb{N}"),
    ("Z", r"\mathbb{Z}"),
    ("Q", r"\mathbb{Q}"),
    ("C", r"\mathbb{C}"),
    ("argmax", r"\operatorname*{arg\,max}"),
    ("argmin", r"\operatorname*{arg\,min}"),
    ("Tr", r"\operatorname{Tr}"),
    ("tr", r"\operatorname{tr}"),
    ("nobreakdash", ""),
    ("widetilde", r"\tilde{#1}"),
    ("smash", "#1"),
    ("small", ""),
    ("sun", r"\odot"),
    ("msun", r"M_{\odot}"),
    ("Msun", r"M_{\odot}"),
    ("lsun", r"L_{\odot}"),
    ("Lsun", r"L_{\odot}"),
    ("arcdeg", r"^{\circ}"),
    ("arcmin", r"^{\prime}"),
    ("arcsec", r"^{\prime\prime}"),
    ("farcs", r".^{\prime\prime}"),
    ("farcm", r".^{\prime}"),
    ("fdg", r".^{\circ}"),
    ("apgt", r"\gtrsim"),
    ("aplt", r"\lesssim"),
];

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    let config = |macros| MathCoreConfig {
        macros,
        ..MathCoreConfig::default()
    };
    let macros = MACROS
        .iter()
        .map(|(name, definition)| ((*name).to_owned(), (*definition).to_owned()))
        .collect();
    LatexToMathML::new(config(macros))
        .expect("the macros above are constant and a test converts with each of them")
});

/// MathML of a formula, or its source in `<code>`. Not yet sanitised.
pub(super) fn to_html(latex: &str, display: bool) -> String {
    convert(latex, display).unwrap_or_else(|| {
        let mut html = String::from("<code class=\"math-source\">");
        for c in latex.trim().chars().filter(|c| !c.is_control()) {
            push_escaped(&mut html, c);
        }
        html.push_str("</code>");
        html
    })
}

/// MathML of a formula inside a line, if it converts.
pub(super) fn converted(latex: &str) -> Option<String> {
    convert(latex, false)
}

/// MathML of a formula; `None` if it is too large or holds what the converter does not know.
fn convert(latex: &str, display: bool) -> Option<String> {
    if latex.len() > MAX_BYTES || latex.trim().is_empty() {
        return None;
    }
    let (depth, tokens) = measure(latex)?;
    if depth > MAX_DEPTH {
        return None;
    }
    let latex = prepare(latex);
    if tokens <= MANY_TOKENS {
        return run(&latex, display);
    }
    std::thread::Builder::new()
        .name("formula".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || run(&latex, display))
        .ok()?
        .join()
        .ok()?
}

fn run(latex: &str, display: bool) -> Option<String> {
    let display = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let mut latex = latex.to_owned();
    for _ in 0..=MAX_UNKNOWN {
        // A defect of the converter costs this one formula, never the import.
        let result =
            std::panic::catch_unwind(|| CONVERTER.convert_with_local_state(&latex, display));
        match result.ok()? {
            Ok(converted) => return Some(converted.mathml),
            Err(error) if error.label() == "unknown command" => {
                latex = named(&latex, error.0.clone())?;
            }
            Err(_) => return None,
        }
    }
    None
}

/// The formula with the unknown command there shown by its name: authors define their own.
fn named(latex: &str, at: std::ops::Range<usize>) -> Option<String> {
    let name = latex.get(at.clone())?.trim_start_matches('\\').trim();
    let letters = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (before, after) = (latex.get(..at.start)?, latex.get(at.end..)?);
    letters.then(|| {
        let before = before.strip_suffix('\\').unwrap_or(before);
        format!(r"{before}\mathrm{{{name}}}{after}")
    })
}

/// The depth of braces and the number of commands and braces; `None` if braces do not match.
fn measure(latex: &str) -> Option<(usize, usize)> {
    let (mut depth, mut deepest, mut tokens) = (0usize, 0usize, 0usize);
    let mut escaped = false;
    for byte in latex.bytes() {
        let plain = !escaped;
        escaped = plain && byte == b'\\';
        match byte {
            b'\\' if plain => tokens += 1,
            b'{' if plain => {
                tokens += 1;
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' if plain => depth = depth.checked_sub(1)?,
            b'^' | b'_' | b'\'' => tokens += 1,
            _ => {}
        }
    }
    (depth == 0).then_some((deepest, tokens))
}

/// Undoes what sources add to formulas: character references, labels, comments' line ends.
fn prepare(latex: &str) -> String {
    let mut out = latex
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace(r"\textup{", r"\text{")
        .replace(r"\textmd{", r"\text{");
    while let Some(start) = out.find(r"\label{") {
        let Some(end) = out[start..].find('}') else {
            break;
        };
        out.replace_range(start..=start + end, "");
    }
    out.replace(['\n', '\r', '\t'], " ")
}

/// A formula as a line of plain text: signs for commands, raised and lowered digits, no braces.
pub(super) fn to_text(latex: &str) -> String {
    let latex = prepare(latex);
    let mut reader = Reader {
        rest: &latex,
        out: String::with_capacity(latex.len()),
        groups: Vec::new(),
    };
    reader.read();
    reader.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a closing brace writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    Nothing,
    /// The numerator of a fraction ends.
    Slash,
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
    groups: Vec<Close>,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\\' => self.command(),
                '{' => self.groups.push(Close::Nothing),
                '}' => {
                    if self.groups.pop() == Some(Close::Slash) {
                        self.out.push('/');
                    }
                }
                '^' => self.script('^', symbols::superscript),
                '_' => self.script('_', symbols::subscript),
                '~' => self.out.push(' '),
                '&' | '$' => {}
                c => self.out.push(c),
            }
        }
    }

    fn command(&mut self) {
        let length = self
            .rest
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        if length == 0 {
            let Some(c) = self.rest.chars().next() else {
                return;
            };
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                ',' | ';' | ':' | ' ' | '\\' => self.out.push(' '),
                '!' | '(' | ')' | '[' | ']' | '/' => {}
                '|' => self.out.push('‖'),
                c => self.out.push(c),
            }
            return;
        }
        let name = &self.rest[..length];
        self.rest = &self.rest[length..];
        match name {
            "frac" | "dfrac" | "tfrac" | "nicefrac" | "sfrac" => {
                let after = self.rest.trim_start();
                if let Some(inside) = after.strip_prefix('{') {
                    self.rest = inside;
                    self.groups.push(Close::Slash);
                }
            }
            "left" | "right" => {
                // `\left.` prints nothing.
                if let Some(after) = self.rest.strip_prefix('.') {
                    self.rest = after;
                }
            }
            "quad" | "qquad" => self.out.push(' '),
            "begin" | "end" => {
                if let Some(end) = self.rest.find('}') {
                    self.rest = &self.rest[end + 1..];
                }
                self.out.push(' ');
            }
            _ => match symbols::math(name) {
                Some(sign) => {
                    self.out.push_str(sign);
                    // The space that ended the command's name is not printed.
                    if self.rest.starts_with(' ') && sign.chars().all(char::is_alphabetic) {
                        self.rest = self.rest.trim_start();
                    }
                }
                None if is_layout(name) => {}
                None => self.out.push_str(name),
            },
        }
    }

    /// A superscript or subscript: raised or lowered characters if all of it has them.
    fn script(&mut self, sign: char, map: fn(char) -> Option<char>) {
        let rest = self.rest.trim_start();
        let (content, after) = match rest.strip_prefix('{') {
            Some(inside) => match inside.find(['{', '}', '\\']) {
                Some(end) if inside[end..].starts_with('}') => (&inside[..end], &inside[end + 1..]),
                _ => ("", rest),
            },
            None => {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                (&rest[..length], &rest[length..])
            }
        };
        if rest.starts_with(r"\circ") && sign == '^' {
            self.out.push('°');
            self.rest = &rest[r"\circ".len()..];
            return;
        }
        if rest.starts_with(r"{\circ}") && sign == '^' {
            self.out.push('°');
            self.rest = &rest[r"{\circ}".len()..];
            return;
        }
        let mapped: Option<String> = content.chars().map(map).collect();
        match mapped {
            Some(mapped) if !mapped.is_empty() => {
                self.out.push_str(&mapped);
                self.rest = after;
            }
            _ => self.out.push(sign),
        }
    }
}

/// Commands about the look of a formula, which plain text leaves out.
fn is_layout(name: &str) -> bool {
    matches!(
        name,
        "bar"
            | "big"
            | "Big"
            | "bigg"
            | "Bigg"
            | "bigl"
            | "bigr"
            | "Bigl"
            | "Bigr"
            | "bf"
            | "bm"
            | "boldsymbol"
            | "cal"
            | "displaystyle"
            | "emph"
            | "ensuremath"
            | "hat"
            | "it"
            | "limits"
            | "mathbb"
            | "mathbf"
            | "mathcal"
            | "mathds"
            | "mathfrak"
            | "mathit"
            | "mathop"
            | "mathrm"
            | "mathscr"
            | "mathsf"
            | "mathtt"
            | "mbox"
            | "nolimits"
            | "operatorname"
            | "overline"
            | "rm"
            | "scriptstyle"
            | "text"
            | "textbf"
            | "textit"
            | "textnormal"
            | "textrm"
            | "textsc"
            | "textsf"
            | "textstyle"
            | "texttt"
            | "tilde"
            | "underline"
            | "vec"
            | "widehat"
            | "widetilde"
            | "xspace"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_macro_of_ours_converts() {
        for (name, definition) in MACROS {
            let argument = if definition.contains('#') { "{x}" } else { "" };
            let formula = format!(r"a\{name}{argument} b");
            assert!(convert(&formula, false).is_some(), "{formula}");
        }
    }

    #[test]
    fn formulas_read_as_text() {
        for (latex, text) in [
            (r"\ell_1", "ℓ₁"),
            (r"68.25\%", "68.25%"),
            ("N", "N"),
            (r"O(n^{2})", "O(n²)"),
            (r"\frac{a}{b}", "a/b"),
            (r"\mathcal{L}_{adv}", "L_adv"),
            (r"90^\circ", "90°"),
            (r"\alpha x + \beta", "αx + β"),
            (r"L_\infty", "L_∞"),
            (r"10^{-3}", "10⁻³"),
            (r"\log n", "log n"),
            (r"\left( x \right.", "( x"),
            (r"a &lt; b", "a < b"),
        ] {
            assert_eq!(to_text(latex), text, "{latex}");
        }
    }

    #[test]
    fn commands_that_nobody_knows_show_their_names() {
        let html = to_html(r"\zz \in \R^{k_2} + \foo{x}", false);
        for part in ["<mi>zz</mi>", "<mo>∈</mo>", "ℝ", "<mi>foo</mi>"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(to_html(&r"\zz".repeat(20), false).starts_with("<code"));
    }

    #[test]
    fn what_does_not_convert_stays_as_its_source() {
        assert_eq!(
            to_html(r"\left<b>", false),
            r#"<code class="math-source">\left&lt;b&gt;</code>"#
        );
        assert!(to_html("{x", false).starts_with("<code"));
        assert!(to_html(&"x+".repeat(4000), false).starts_with("<code"));
    }

    #[test]
    fn deep_formulas_do_not_exhaust_the_stack() {
        for piece in [
            r"\sqrt",
            r"\hat",
            r"\frac",
            r"\bf ",
            r"\left(",
            "x^",
            "x_{",
            r"\text{",
            r"\binom",
            r"\not",
            r"\mathbf ",
            r"\begin{matrix}",
            "'",
            r"\overset",
            r"\big",
            r"\color{red}",
            "{",
            r"\xrightarrow[",
            r"\operatorname{",
            r"\substack{",
            r"\middle|",
            r"\rm ",
            r"\sqrt[",
            r"\displaystyle ",
            r"x^\bf ",
            "[",
            r"\cancel",
            r"\prescript",
        ] {
            let formula = piece.repeat(MAX_BYTES / piece.len());
            for (open, close) in [("{", "}"), ("", ""), (r"\left(", r"\right)")] {
                let closing = close.repeat(formula.matches(open).count().min(400));
                let whole = format!("{formula}x{closing}");
                let _ = to_html(&whole[..whole.len().min(MAX_BYTES)], false);
            }
            let closed = format!("{formula}x{}", "}".repeat(formula.matches('{').count()));
            let _ = to_html(&closed, true);
            let _ = to_text(&closed);
        }
    }
}

//! Commands that change how text looks, and those that print nothing.

use super::super::writer::Tag;

/// `\emph{...}`: the element for the argument.
pub(super) fn of_argument(name: &str) -> Option<Tag> {
    Some(match name {
        "emph" => Tag::Em,
        "textit" | "textsl" | "mathit" => Tag::I,
        "textbf" | "mathbf" => Tag::B,
        "texttt" | "mathtt" => Tag::Code,
        "textsuperscript" => Tag::Sup,
        "textsubscript" => Tag::Sub,
        _ => return None,
    })
}

/// `{\it ...}`: the element for the rest of the group.
pub(super) fn of_group(name: &str) -> Option<Tag> {
    Some(match name {
        "em" => Tag::Em,
        "it" | "itshape" | "sl" | "slshape" => Tag::I,
        "bf" | "bfseries" => Tag::B,
        "tt" | "ttfamily" => Tag::Code,
        _ => return None,
    })
}

/// Commands that print nothing.
pub(super) fn is_silent(name: &str) -> bool {
    is_sized_font(name) || is_known_silent(name)
}

/// Plain TeX's fonts of one size and shape: `ninesmc`, `tenrm`.
fn is_sized_font(name: &str) -> bool {
    const SIZES: [&str; 9] = [
        "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen",
    ];
    const SHAPES: [&str; 10] = [
        "rm", "bf", "it", "sl", "tt", "sc", "smc", "sf", "ssf", "point",
    ];
    let shape = SIZES.iter().find_map(|size| name.strip_prefix(size));
    shape.is_some_and(|shape| SHAPES.contains(&shape))
}

fn is_known_silent(name: &str) -> bool {
    matches!(
        name,
        "centering"
            | "clearpage"
            | "displaystyle"
            | "footnotesize"
            | "huge"
            | "Huge"
            | "indent"
            | "large"
            | "Large"
            | "LARGE"
            | "left"
            | "limits"
            | "maketitle"
            | "nobreak"
            | "noindent"
            | "nolinebreak"
            | "nonumber"
            | "normalfont"
            | "normalsize"
            | "protect"
            | "relax"
            | "right"
            | "rm"
            | "rmfamily"
            | "sc"
            | "scriptsize"
            | "scshape"
            | "sf"
            | "sffamily"
            | "small"
            | "tiny"
            | "upshape"
            | "mdseries"
            | "selectfont"
            | "smc"
            | "SMC"
            | "slc"
            | "manual"
            | "ssf"
            | "strut"
            | "null"
            | "leavevmode"
            | "unskip"
            | "ignorespaces"
            | "nobreakdash"
            | "allowbreak"
            | "newblock"
    )
}

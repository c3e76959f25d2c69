//! PubMed's titles and abstracts.

use crate::ingest::formats::fields::{line, without_full_stop};
use crate::ingest::formats::xml::{Element, Mark, rich};

/// The title without its full stop. A title that was translated stands in brackets; where there is no translation, the
/// one in the language of the article is taken.
pub(super) fn title(around: Element<'_>, title: Option<Element<'_>>) -> String {
    let given = |title: Option<Element<'_>>| {
        let title = line(&rich(title?, mark))?;
        let title = without_full_stop(&title);
        let title = without_full_stop(without_brackets(title));
        let title = title.strip_suffix("(author's transl)").unwrap_or(title);
        let missing = ["Not Available", "In Process Citation", ""];
        (!missing.contains(&title.trim())).then(|| title.trim().to_owned())
    };
    given(title)
        .or_else(|| given(around.child("VernacularTitle")))
        .unwrap_or_default()
}

/// What stands between brackets that enclose all of a title.
fn without_brackets(title: &str) -> &str {
    let inside = title
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let mut open = 0;
    let enclosed = inside.is_some_and(|inside| {
        inside.chars().all(|c| {
            open += i64::from(c == '[') - i64::from(c == ']');
            open >= 0
        }) && open == 0
    });
    match inside {
        Some(inside) if enclosed => inside.trim(),
        _ => title,
    }
}

/// The markup of titles and abstracts.
pub(super) fn mark(name: &str) -> Mark {
    match name {
        "b" => Mark::Html("b"),
        "i" => Mark::Html("i"),
        "sub" => Mark::Html("sub"),
        "sup" => Mark::Html("sup"),
        // The source of a formula beside its signs.
        "annotation" | "annotation-xml" => Mark::Drop,
        _ => Mark::Through,
    }
}

/// The abstract, with the headings of a structured one.
pub(super) fn summary(around: Element<'_>) -> Option<String> {
    parts(around.child("Abstract")?)
}

/// An abstract that another institution than the publisher wrote, rather in English.
pub(super) fn other_summary(citation: Element<'_>) -> Option<String> {
    let english = |summary: &Element<'_>| summary.attribute("Language").is_none_or(|l| l == "eng");
    let all = || {
        let simple = Some("plain-language-summary");
        citation
            .all("OtherAbstract")
            .filter(move |summary| summary.attribute("Type") != simple)
    };
    all().find(english).or_else(|| all().next()).and_then(parts)
}

fn parts(summary: Element<'_>) -> Option<String> {
    let mut whole = String::new();
    for part in summary.all("AbstractText") {
        let Some(text) = line(&rich(part, mark)) else {
            continue;
        };
        if !whole.is_empty() {
            whole.push('\n');
        }
        let label = part.attribute("Label").and_then(line);
        if let Some(label) = label.filter(|label| label != "UNLABELLED") {
            // A label is text, not markup.
            let label = label.replace('&', "&amp;").replace('<', "&lt;");
            whole.push_str(&format!("<title>{label}</title>"));
        }
        whole.push_str(&format!("<p>{text}</p>"));
    }
    (!whole.is_empty()).then_some(whole)
}

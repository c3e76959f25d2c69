//! Commands of TeX itself and of its journals.

use super::{line_html, title};

fn reads_as(pairs: &[(&str, &str)]) {
    for (source, text) in pairs {
        assert_eq!(title(source).text, *text, "{source}");
    }
}

#[test]
fn a_command_that_nobody_knows_keeps_its_name() {
    reads_as(&[
        (r"{{\FOO{} web pages}}", "FOO web pages"),
        (r"How \Foo{} changed", "How Foo changed"),
        (r"{\plain} {\TeX}", "plain TeX"),
        (r"\unknown{kept} text", "kept text"),
        (r"\FOO{\TeX} report", "FOOTeX report"),
    ]);
}

#[test]
fn names_of_the_trade_are_text() {
    reads_as(&[
        (r"{\TUB{} web pages}", "TUGboat web pages"),
        (r"How \AllTeX{} changed", "How (La)TeX changed"),
        (
            r"a {\MF}-like system with {\PS} output",
            "a METAFONT-like system with PostScript output",
        ),
        (r"\MP, \CTAN{} and \AMS", "MetaPost, CTAN and AMS"),
        (r"\LaTeXe{} and {\ConTeXt}", "LaTeX2ε and ConTeXt"),
        (
            r"\pdfTeX, \PDFTeX, \XeTeX, \LuaTeX, \BibTeX",
            "pdfTeX, pdfTeX, XeTeX, LuaTeX, BibTeX",
        ),
        (
            r"\HTML, {\XML} and \SGML{}: \PDF, \WEB",
            "HTML, XML and SGML: PDF, WEB",
        ),
        (r"({\tubissue 14(3)}, p.\ 2)", "(TUGboat 14(3), p. 2)"),
        (
            r"The \nth{21} and \nth{4}, \nth{2}, \nth{3} and \nth{11}",
            "The 21st and 4th, 2nd, 3rd and 11th",
        ),
        (r"Robert \Mc Duff", "Robert McDuff"),
    ]);
}

#[test]
fn a_dash_stands_alone() {
    reads_as(&[
        (r"output \PS{}\Dash yet", "output PostScript—yet"),
        (r"Systems Inc.\Dash \TeX\ for", "Systems Inc.—TeX for"),
        (r"{One \Dash{} two\dash three}", "One—two—three"),
        (r"A\thinspace\&\thinspace M", "A & M"),
        (r"either\slash or\tubdots", "either/or…"),
    ]);
}

#[test]
fn lengths_and_boxes_are_no_text() {
    reads_as(&[
        (r"Euler-\kern-1pt VM", "Euler-VM"),
        (r"(\kern-.1emAMS\kern.05em-)\LaTeX", "(AMS-)LaTeX"),
        (r"Meta\kern-.1em Post", "MetaPost"),
        (
            r"{\slBibTeX\raise .25ex \hbox{\slc ++}: Toward",
            "BibTeX++: Toward",
        ),
        (r"a\raise0.5ex\hbox{b}\lower 1pt\hbox{c}", "abc"),
        (r"a\hskip 1pt plus 2pt minus 1fil b", "ab"),
        (r"a\vskip 2 cm b", "ab"),
        (r"information:\hfil {A guide}", "information: A guide"),
        (r"left\hfill right", "left right"),
        (r"{\smash{\'E}thique}", "Éthique"),
        (r"\llap{a}\rlap{b}\mbox{c d}\hbox to 3pt{e}", "abc de"),
        (r"a\penalty100 b", "ab"),
        (r"a\hspace*{1em}b\vspace{1cm}c", "abc"),
        (r"\raisebox{1ex}{a}\makebox[3em][l]{b}", "ab"),
        (
            r"kern 3pt, to raise and lower 2pt",
            "kern 3pt, to raise and lower 2pt",
        ),
    ]);
}

#[test]
fn an_accent_is_set_over_the_letter_before_it() {
    reads_as(&[
        (
            r"H{\`a}n Th{\^e}\llap{\raise 0.5ex\hbox{\'{\relax}}} Th{\`a}nh",
            "Hàn Thế Thành",
        ),
        (r"Th\^e\llap{\raise0.5ex\hbox{\'{}}}", "Thế"),
        (r"a \'{} b", "a ' b"),
    ]);
    assert_eq!(line_html(r"\'{\^e}"), "ế");
}

#[test]
fn fonts_of_the_journal_are_switched_silently() {
    reads_as(&[
        (r"with {\ssf BM2FONT}", "with BM2FONT"),
        (
            r"{\smc mf medley} {\SMC SGML}, {\SMC C}",
            "mf medley SGML, C",
        ),
        (r"The XE{\slc M}{\TeX} project", "The XEMTeX project"),
        (r"{\ninesmc Keynote:} on", "Keynote: on"),
        (r"\acro{TUG} meeting", "TUG meeting"),
        (r"{\cs{starttext}: Practical}", r"\starttext: Practical"),
    ]);
    assert_eq!(
        line_html(r"the {\tt\bs if}, {\tt\bs fx}"),
        r"the <code>\if</code>, <code>\fx</code>"
    );
    assert_eq!(
        line_html(r"the {\tt\char`\\let} and \char64"),
        r"the <code>\let</code> and @"
    );
}

#[test]
fn a_switch_takes_the_space_behind_it() {
    assert_eq!(line_html(r"({\tt x}) {\it y}"), "(<code>x</code>) <i>y</i>");
    assert_eq!(title(r"({\sf x})").text, "(x)");
    assert_eq!(title(r"a {\small b} c").text, "a b c");
}

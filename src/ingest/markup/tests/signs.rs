//! Ties, arrows, references to characters, and formulas without dollars.

use super::{blocks, line_html, title};

#[test]
fn drawn_arrows_become_arrows() {
    for (source, text) in [
        ("A --> B", "A → B"),
        ("A -> B->C", "A → B→C"),
        ("A <-- B <-> C <--> D", "A ← B ↔ C ↔ D"),
        ("x<-5 a--b a---b -- <!-- c -->d", "x<-5 a–b a—b – d"),
    ] {
        assert_eq!(title(source).text, text, "{source}");
    }
}

#[test]
fn a_tilde_before_a_value_means_about() {
    for source in [
        "z~2.56",
        "at z~2 and z~0.1-0.5",
        "~10 Gyr",
        "r~19",
        "G~17.5",
        "R~1000",
        "M_BH~10^9 of",
        "sigma_NT/cs~1.2",
        "IoU~0.101",
        "E(B-V)~0.01",
        "1.6~9.8x",
        "90~100%",
        "about ~5",
    ] {
        let text = title(source).text;
        assert_eq!(
            text.matches('~').count(),
            source.matches('~').count(),
            "{source}: {text}"
        );
    }
}

#[test]
fn a_tie_between_words_is_a_space() {
    for source in [
        "Fig.~3",
        "Eq.~(2)",
        "D.~Knuth",
        "Section~4",
        "Type~Ia",
        "NGC~1275",
        "M~31",
        "type~2",
        "GPT~3.5",
        "Claude~3.5",
        "10~kpc",
        "10~000",
        "of~10",
        "Planck~2018",
        r"$\sim$~1.5 m",
    ] {
        let text = title(source).text;
        assert!(!text.contains('~'), "{source}: {text}");
        assert!(text.contains(' '), "{source}: {text}");
    }
}

#[test]
fn formulas_without_dollars_are_formulas() {
    assert_eq!(
        line_html("the E_6 model"),
        "the <math><msub><mi>E</mi><mn>6</mn></msub></math> model"
    );
    for (source, text) in [
        ("E_6 and R^2-gravity", "E₆ and R²-gravity"),
        ("to O(q^4)", "to O(q⁴)"),
        ("10^15 GeV", "10¹⁵ GeV"),
    ] {
        assert_eq!(title(source).text, text, "{source}");
    }
    for source in [
        r"D^0\bar{D}^{*0}",
        "B_c",
        r"\alpha_s",
        "e^+e^-",
        "T_{eff}",
        r"\bar{B} decays",
    ] {
        let html = line_html(source);
        assert!(html.contains("<math>"), "{source}: {html}");
        assert!(!html.contains(['^', '_', '\\']), "{source}: {html}");
    }
    for source in [
        "max_len and x_train",
        "a_1.txt",
        "a_b@example.org",
        "see dir/a_b",
        "I_am",
        "user_1",
        "a^",
        "x_",
    ] {
        assert_eq!(line_html(source), source);
    }
}

#[test]
fn a_formula_with_a_command_of_the_authors_shows_its_name() {
    let html = line_html(r"$\zz \in \R$");
    assert!(
        html.starts_with("<math>") && html.contains("<mi>zz</mi>"),
        "{html}"
    );
    assert!(!line_html(r"$\zz + \foo{x} - \Bar_2$").contains("math-source"));
    assert!(line_html(r"$\text{\zz}$").contains("zz"));
}

#[test]
fn what_is_escaped_twice_is_read_to_its_end() {
    for (source, text) in [
        ("&amp;lt;1 M", "<1 M"),
        ("Q&amp;amp;A", "Q&A"),
        ("a &amp;amp;lt; b", "a < b"),
        ("caf&amp;eacute;", "café"),
        ("AT&amp;T; R&D", "AT&T; R&D"),
    ] {
        assert_eq!(title(source).text, text, "{source}");
    }
    assert_eq!(line_html("&amp;lt;script&amp;gt;"), "&lt;script&gt;");
}

#[test]
fn a_bullet_belongs_to_the_text_of_its_entry() {
    assert_eq!(
        blocks(
            "<list><list-item><p>One.</p></list-item><list-item><p>Two.</p><p>More.</p></list-item></list><p>End.</p>"
        ),
        "<p>• One.</p><p>• Two.</p><p>More.</p><p>End.</p>"
    );
    assert_eq!(
        blocks("<ul><li><b>a</b></li><li>c</li></ul>"),
        "<p>• <b>a</b></p><p>• c</p>"
    );
    assert_eq!(
        blocks(r"\begin{itemize}\item one\end{itemize}"),
        "<p>• one</p>"
    );
    assert_eq!(title("<li>a</li>").text, "• a");
}

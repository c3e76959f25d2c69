use proptest::prelude::*;

use super::clean::always_clean;
use super::{Markup, Shape, render};

mod signs;
mod tugboat;

fn title(source: &str) -> Markup {
    render(source, Shape::Line)
}

fn line_html(source: &str) -> String {
    title(source).html
}

fn blocks(source: &str) -> String {
    render(source, Shape::Blocks).html
}

#[test]
fn formulas_become_mathml() {
    assert_eq!(
        line_html(r"a $\ell_1$-norm"),
        "a <math><msub><mi>ℓ</mi><mn>1</mn></msub></math>-norm"
    );
    assert_eq!(title(r"a $\ell_1$-norm").text, "a ℓ₁-norm");
    assert_eq!(
        line_html("the Top-$N$ rubrics"),
        "the Top-<math><mi>N</mi></math> rubrics"
    );
    assert_eq!(title("the Top-$N$ rubrics").text, "the Top-N rubrics");
    let percent = title(r"from $68.25\%$ to");
    assert_eq!(percent.text, "from 68.25% to");
    assert!(percent.html.starts_with("from <math>"), "{}", percent.html);
    assert!(!percent.html.contains(['\\', '$']));
}

#[test]
fn every_delimiter_of_formulas_is_known() {
    for source in [
        "a $x$ b",
        "a $ x $ b",
        r"a \(x\) b",
        r"a \ensuremath{x} b",
        r"a \begin{math}x\end{math} b",
    ] {
        assert_eq!(line_html(source), "a <math><mi>x</mi></math> b", "{source}");
    }
    for source in [
        "a $$x$$ b",
        r"a \[x\] b",
        r"a \begin{equation}x\end{equation} b",
    ] {
        assert_eq!(
            blocks(source),
            r#"<p>a <math display="block"><mi>x</mi></math> b</p>"#,
            "{source}"
        );
        assert_eq!(line_html(source), "a <math><mi>x</mi></math> b", "{source}");
    }
    assert!(blocks(r"\begin{align}a &= b \\ c &= d\end{align}").contains("<mtable"));
}

#[test]
fn prices_stay_prices() {
    for source in [
        "between $5 and $6",
        "US$5 million to US$6 million",
        "costs $100",
        "$100, $200 and $300",
    ] {
        assert_eq!(line_html(source), source);
        assert_eq!(title(source).text, source);
    }
    assert_eq!(line_html(r"costs \$100"), "costs $100");
}

#[test]
fn a_formula_that_does_not_convert_stays_as_its_source() {
    assert_eq!(
        line_html(r"a $\left<b$ c"),
        r#"a <code class="math-source">\left&lt;b</code> c"#
    );
}

#[test]
fn text_commands_become_text() {
    for (source, text) in [
        (r"75.3\% top-1", "75.3% top-1"),
        (r"R\&D \# \_ \{x\}", "R&D # _ {x}"),
        ("{A} {Title} in {BIB}tex", "A Title in BIBtex"),
        ("pages 1--3 --- and so on", "pages 1–3 — and so on"),
        ("``quoted'' and `single'", "“quoted” and ‘single’"),
        ("don't and Newton's", "don't and Newton's"),
        (r"\LaTeX\ is \textregistered", "LaTeX is ®"),
        (r"\unknown{kept} text", "kept text"),
        (r"our \method wins", "our method wins"),
        (r"as in \cite{a,b}, \citep[p. 3]{c}", "as in ,"),
        (r"a\,b\ c\@d", "a b cd"),
        (r"{\small text} \noindent more", "text more"),
        (r"\textcolor{red}{warm}", "warm"),
        (r"word\footnote{A note.} on", "word (A note.) on"),
        (r"10\textsuperscript{th}", "10th"),
        ("one\n  two", "one two"),
        ("AT&T &amp; B&#233;la &lt;i&gt;", "AT&T & Béla <i>"),
        (r"ends with \", "ends with"),
        (r"\verb|a_b\c| end", r"a_b\c end"),
        (r"line \\ break \\[2pt] more", "line break more"),
        ("about ~10 and (~5) /~me", "about ~10 and (~5) /~me"),
        (r"\alpha-stable at \sim 5", "α-stable at ∼ 5"),
    ] {
        assert_eq!(title(source).text, text, "{source}");
    }
}

#[test]
fn a_tie_is_a_space_at_which_no_line_breaks() {
    let tied = title("federated learning~(FL)");
    assert_eq!(tied.text, "federated learning (FL)");
    assert_eq!(tied.html, "federated learning&nbsp;(FL)");
}

#[test]
fn accents_become_letters() {
    for (source, text) in [
        (r"Poincar\'e", "Poincaré"),
        (r#"Schr\"{o}dinger"#, "Schrödinger"),
        (r#"{\"O}zg{\"u}r"#, "Özgür"),
        (r"Fran\c{c}ois", "François"),
        (r"Fran\c cois", "François"),
        (r"\v{S}koda and \v Cech", "Škoda and Čech"),
        (r"Erd\H{o}s", "Erdős"),
        (r"S\o ren \O{}", "Søren Ø"),
        (r"Stra\ss e", "Straße"),
        (r"\ae on, \aa r, \L{}\'od\'z", "æon, år, Łódź"),
        (r#"na\"{\i}ve, na\"\i ve, \'{\i}"#, "naïve, naïve, í"),
        (r"Herv\'{e} \'Etienne", "Hervé Étienne"),
        (r"tilde \~{n}, hat \^{}", "tilde ñ, hat ^"),
        (r"\'q", "q\u{301}"),
    ] {
        assert_eq!(title(source).text, text, "{source}");
    }
}

#[test]
fn styles_become_elements() {
    assert_eq!(
        line_html(r"\emph{a} \textit{b} \textbf{c} \texttt{d} {\em e} {\bf f}"),
        "<em>a</em> <i>b</i> <b>c</b> <code>d</code> <em>e</em> <b>f</b>"
    );
    assert_eq!(line_html(r"\emph{a \textbf{b} c"), "<em>a <b>b</b> c</em>");
    assert_eq!(line_html(r"x} y"), "x y");
}

#[test]
fn addresses_become_links_in_abstracts_only() {
    let link = r#"<a href="https://github.com/a/b_c" rel="nofollow noopener">https://github.com/a/b_c</a>"#;
    for source in [
        r"see \url{https://github.com/a/b_c}.",
        r"see \url{https://github.com/a/b\_c}.",
        "see https://github.com/a/b_c.",
    ] {
        assert_eq!(blocks(source), format!("<p>see {link}.</p>"), "{source}");
        assert_eq!(
            line_html(source),
            "see https://github.com/a/b_c.",
            "{source}"
        );
    }
    assert_eq!(
        blocks(r"\href{https://example.org/?a=1&b=2}{our \emph{code}}"),
        r#"<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">our code</a></p>"#
    );
    assert_eq!(
        blocks("(http://a.example/x~y--z)"),
        r#"<p>(<a href="http://a.example/x~y--z" rel="nofollow noopener">http://a.example/x~y--z</a>)</p>"#
    );
    assert_eq!(
        blocks(r"$\href{https://example.org/}{\text{available here}}$ for $x$"),
        r#"<p><a href="https://example.org/" rel="nofollow noopener">available here</a> for <math><mi>x</mi></math></p>"#
    );
    for source in [
        r"\url{javascript:alert(1)}",
        r"\href{javascript:alert(1)}{x}",
        r"\href{data:text/html,x}{x}",
        r"\href{ JaVaScRiPt:alert(1)}{x}",
        r"\href{//evil.example}{x}",
        r"$\href{javascript:alert(1)}{x}$",
    ] {
        assert!(
            !blocks(source).contains("<a"),
            "{source}: {}",
            blocks(source)
        );
    }
}

#[test]
fn an_abstract_is_a_sequence_of_paragraphs() {
    assert_eq!(
        blocks("One.\n\n Two\nlines."),
        "<p>One.</p><p>Two lines.</p>"
    );
    assert_eq!(render("One.\n\nTwo.", Shape::Blocks).text, "One.\nTwo.");
    assert_eq!(blocks(r"a\\b"), "<p>a<br>b</p>");
    assert_eq!(
        blocks(r"\begin{itemize}\item one \item two\end{itemize} end"),
        "<p>• one</p><p>• two</p><p>end</p>"
    );
    assert_eq!(blocks("  \n\n "), "");
}

#[test]
fn html_and_jats_are_reduced() {
    assert_eq!(
        line_html("<i>E. coli</i> H<sub>2</sub>O <span style='x'>y</span> <scp>AI</scp> <xyz>x"),
        "<i>E. coli</i> H<sub>2</sub>O y AI &lt;xyz&gt;x"
    );
    assert_eq!(
        blocks(
            "<jats:title>Abstract</jats:title><jats:p>One <jats:italic>two</jats:italic>.</jats:p><jats:p>Three.</jats:p>"
        ),
        "<p>One <i>two</i>.</p><p>Three.</p>"
    );
    assert_eq!(
        blocks("<jats:sec><jats:title>Methods</jats:title><jats:p>M.</jats:p></jats:sec>"),
        "<p><strong>Methods</strong></p><p>M.</p>"
    );
    assert_eq!(
        line_html("a < b, x > y, <x, y>"),
        "a &lt; b, x &gt; y, &lt;x, y&gt;"
    );
    assert_eq!(line_html("a <!-- hidden --> b"), "a b");
    assert_eq!(
        line_html("Why <script> tags hurt"),
        "Why &lt;script&gt; tags hurt"
    );
}

const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<math><maction actiontype=\"statusline#\" xlink:href=\"javascript:alert(1)\">x</maction></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<p onclick=alert(1)>x</p>",
    "<b style=\"background:url(javascript:alert(1))\">x</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "<scr<script>ipt>alert(1)</script>",
    "<\u{0}script>alert(1)</script>",
    "\u{202e}<script>alert(1)</script>",
];

/// Whether the HTML holds nothing that could run, load or lead to script.
fn harmless(html: &str) -> bool {
    // The sanitiser writes `<`, `>` and `"` in text and values as references, so that the source of
    // a tag can be read up to its first `>`, and its values up to their next `"`.
    html.split('<').skip(1).all(|tag| {
        let inside = tag.split('>').next().unwrap_or_default();
        let inside = inside.trim_start_matches('/');
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        super::clean::allowed(name) && harmless_attributes(name, attributes)
    })
}

fn harmless_attributes(element: &str, attributes: &str) -> bool {
    let mut parts = attributes.split('"');
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let allowed = match name.trim().trim_end_matches('=') {
            "href" => {
                element == "a" && (value.starts_with("http://") || value.starts_with("https://"))
            }
            "rel" => value == "nofollow noopener",
            "class" => value == "math-source",
            name => {
                !name.starts_with("on") && !matches!(name, "style" | "src" | "id" | "xlink:href")
            }
        };
        if !allowed {
            return false;
        }
    }
    true
}

#[test]
fn attacks_come_out_harmless_in_every_position() {
    for attack in ATTACKS {
        let places = [
            attack.to_string(),
            format!("Title {attack} end"),
            format!("${attack}$"),
            format!(r"$\text{{{attack}}}$"),
            format!(r"$\href{{{attack}}}{{x}}$"),
            format!(r"$\nosuch {attack}$"),
            format!("$${attack}$$"),
            format!(r"\[{attack}\]"),
            format!(r"\emph{{{attack}}}"),
            format!(r"\url{{{attack}}}"),
            format!(r"\url{{https://a.example/{attack}}}"),
            format!(r"\href{{https://a.example/{attack}}}{{{attack}}}"),
            format!(r"\href{{{attack}}}{{{attack}}}"),
            format!("https://a.example/{attack}"),
            format!(r"\verb|{attack}|"),
            format!(r"\unknown{{{attack}}}"),
            format!(r"\begin{{equation}}{attack}\end{{equation}}"),
            format!(r"\footnote{{{attack}}}"),
            format!("<i>{attack}</i>"),
            format!("<jats:p>{attack}</jats:p>"),
            format!("<b title=\"{attack}\">x</b>"),
            format!("{attack}{attack}"),
        ];
        for source in places {
            for shape in [Shape::Line, Shape::Blocks] {
                let html = render(&source, shape).html;
                assert!(harmless(&html), "{source}\n gave {html}");
                assert_eq!(html, always_clean(&html), "{source}: not stable");
            }
        }
    }
}

#[test]
fn the_allowlist_keeps_mathml_and_drops_what_could_run() {
    let kept = "<math display=\"block\"><mfrac linethickness=\"0\"><mi mathvariant=\"normal\">x</mi><mtext><b>y</b></mtext></mfrac></math>";
    assert_eq!(always_clean(kept), kept);
    for (given, left) in [
        (
            "<math><annotation-xml><mi>x</mi></annotation-xml><mi>y</mi></math>",
            "<math><mi>y</mi></math>",
        ),
        (
            "<math><annotation-xml encoding=\"text/html\"><b>x</b></annotation-xml></math>",
            "<math></math>",
        ),
        (
            "<math><annotation encoding=\"x\">z</annotation></math>",
            "<math>z</math>",
        ),
        (
            "<math><maction actiontype=\"toggle\"><mi>x</mi></maction></math>",
            "<math><mi>x</mi></math>",
        ),
        (
            "<math><mi onclick=\"x()\" href=\"https://a.example\" style=\"color:red\">x</mi></math>",
            "<math><mi>x</mi></math>",
        ),
        (
            "<code class=\"math-source evil\">x</code>",
            "<code class=\"math-source\">x</code>",
        ),
        (
            "<a href=\"javascript:x()\">y</a>",
            "<a rel=\"nofollow noopener\">y</a>",
        ),
        ("<form action=\"x\">y</form>", "y"),
    ] {
        assert_eq!(always_clean(given), left, "{given}");
    }
}

#[test]
fn deep_nesting_stays_cheap() {
    for piece in [
        "{",
        "}",
        r"\emph{",
        "<i>",
        "<sub><sup>",
        r"\footnote{",
        r"\textbf{\emph{",
        "$",
        "$$",
        r"\(",
        r"\[",
        "<",
        "<!--",
        "<script>",
        "<jats:p>",
        r"\'",
        r"\'{",
        r"\url{",
        r"\href{",
        r"\begin{align}",
        "&",
        "`",
        "~",
        "--",
        "https://",
        r"\verb|",
        r"\item",
        "$x",
        "$x$",
        r"\c",
        "{\\it ",
        "\n\n",
        r"\\[",
    ] {
        let source = piece.repeat(60_000 / piece.len());
        #[allow(
            clippy::disallowed_methods,
            reason = "measures how long the work takes"
        )]
        let start = std::time::Instant::now();
        for shape in [Shape::Line, Shape::Blocks] {
            let html = render(&source, shape).html;
            assert!(harmless(&html));
        }
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "{piece} took {took:?}");
    }
}

/// The real records, where they lie beside the project.
fn seed_texts() -> Option<Vec<(String, Shape)>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/seed-author/works.csl.json");
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    let works: Vec<serde_json::Value> = serde_json::from_str(&file).expect("the seed file is JSON");
    let mut texts = Vec::new();
    for work in works {
        for (key, shape) in [("title", Shape::Line), ("abstract", Shape::Blocks)] {
            if let Some(text) = work[key].as_str() {
                texts.push((text.to_owned(), shape));
            }
        }
    }
    Some(texts)
}

#[test]
fn the_seed_authors_texts_come_out_without_latex() {
    let Some(texts) = seed_texts() else { return };
    assert!(texts.len() >= 79, "{}", texts.len());
    for (source, shape) in texts {
        let markup = render(&source, shape);
        assert!(
            !markup.html.contains(['\\', '$']),
            "{source}\n gave {}",
            markup.html
        );
        assert!(
            !markup.html.contains("math-source"),
            "{source}\n gave {}",
            markup.html
        );
        assert!(!markup.text.contains(['\\', '$']), "{}", markup.text);
        assert!(harmless(&markup.html));
    }
}

proptest! {
    #[test]
    fn text_without_markup_is_a_fixed_point_of_the_allowlist(text in "[^<$\\\\]{0,80}") {
        let html = super::scan::scan(&text, Shape::Line).html;
        prop_assert_eq!(&always_clean(&html), &html);
    }

    #[test]
    fn anything_comes_out_harmless_and_stable(text in r#"([a-z <>&$\\{}"'`~/=;:!\[\]()^_-]|\\[a-z]{1,6}|<[a-z]{1,7}|\PC){0,60}"#) {
        for shape in [Shape::Line, Shape::Blocks] {
            let html = render(&text, shape).html;
            prop_assert!(harmless(&html), "{}", html);
            prop_assert_eq!(&always_clean(&html), &html);
        }
    }
}

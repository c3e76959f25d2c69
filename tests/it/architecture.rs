//! Who may import whom: `main -> server, ingest -> app -> pages -> features -> ui -> domain`;
//! `db` and `infra` know `domain`, never a feature; only `queries` and `db` name sqlx; a feature
//! uses another's `types` and nothing else.

use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// One `crate::…` (or `bzpeer::…`) path that a file names, with its line.
#[derive(Debug)]
struct Import {
    line: usize,
    path: Vec<String>,
}

#[derive(Default)]
struct Paths(Vec<Import>);

impl Paths {
    fn tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>, line: usize) {
        match tree {
            syn::UseTree::Path(p) => {
                before.push(p.ident.to_string());
                self.tree(&p.tree, before, line);
                before.pop();
            }
            syn::UseTree::Name(n) => self.add(before, n.ident.to_string(), line),
            syn::UseTree::Rename(n) => self.add(before, n.ident.to_string(), line),
            syn::UseTree::Glob(_) => self.add(before, "*".into(), line),
            syn::UseTree::Group(g) => {
                for tree in &g.items {
                    self.tree(tree, before, line);
                }
            }
        }
    }

    fn add(&mut self, before: &[String], last: String, line: usize) {
        let mut path = before.to_vec();
        path.push(last);
        self.0.push(Import { line, path });
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(
            &item.tree,
            &mut Vec::new(),
            item.use_token.span.start().line,
        );
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let line = path.segments[0].ident.span().start().line;
        self.0.push(Import { line, path: words });
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        // The inside of view! and the like is no syntax tree: read its words.
        let mut words: Vec<(String, usize)> = Vec::new();
        fn read(stream: proc_macro2::TokenStream, words: &mut Vec<(String, usize)>) {
            for token in stream {
                match token {
                    proc_macro2::TokenTree::Group(g) => {
                        words.push((String::new(), 0));
                        read(g.stream(), words);
                        words.push((String::new(), 0));
                    }
                    proc_macro2::TokenTree::Ident(i) => {
                        words.push((i.to_string(), i.span().start().line));
                    }
                    proc_macro2::TokenTree::Punct(p) if p.as_char() == ':' => {}
                    _ => words.push((String::new(), 0)),
                }
            }
        }
        read(mac.tokens.clone(), &mut words);
        for (i, (word, line)) in words.iter().enumerate() {
            if word == "crate" || word == "sqlx" {
                let path = words[i..]
                    .iter()
                    .map(|(w, _)| w.clone())
                    .take_while(|w| !w.is_empty())
                    .collect();
                self.0.push(Import { line: *line, path });
            }
        }
        syn::visit::visit_macro(self, mac);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // Tests inside a file may use what they like.
        if item
            .attrs
            .iter()
            .any(|a| a.path().is_ident("cfg") && quote_has(a, "test"))
        {
            return;
        }
        syn::visit::visit_item_mod(self, item);
    }
}

fn quote_has(attribute: &syn::Attribute, word: &str) -> bool {
    match &attribute.meta {
        syn::Meta::List(list) => list
            .tokens
            .to_string()
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == word),
        _ => false,
    }
}

/// Modules of the crate that a module may name, besides itself.
fn allowed(module: &str) -> &'static [&'static str] {
    match module {
        "domain" => &[],
        "ui" => &["domain"],
        // Addresses are words for everybody; errors carry the rules' refusals.
        "paths" => &["domain"],
        "error" => &["domain", "db"],
        "db" => &["domain"],
        "infra" => &["domain", "db", "error"],
        "features" => &["domain", "ui", "paths", "error", "db", "infra"],
        "pages" => &["domain", "ui", "paths", "error", "infra", "features"],
        "app" => &[
            "domain", "ui", "paths", "error", "infra", "features", "pages",
        ],
        "ingest" => &["domain", "db", "infra", "error"],
        "server" => &[
            "domain", "db", "infra", "error", "paths", "features", "ingest", "app",
        ],
        "lib" => &["app"],
        _ => &[
            "domain", "db", "infra", "error", "paths", "features", "ingest", "server",
        ],
    }
}

const MODULES: &[&str] = &[
    "domain", "ui", "paths", "error", "db", "infra", "features", "pages", "app", "ingest", "server",
];

/// What is wrong with the imports of one file.
fn violations(file: &Path, source: &str) -> Vec<String> {
    let parts: Vec<String> = file
        .with_extension("")
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    let module = parts[0].clone();
    let syntax = syn::parse_file(source).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut paths = Paths::default();
    paths.visit_file(&syntax);
    let mut wrong = Vec::new();
    let mut forbid =
        |line: usize, text: String| wrong.push(format!("{}:{line}: {text}", file.display()));
    let may_name_sqlx = module == "db" || parts.iter().any(|p| p == "queries");
    for Import { line, path } in paths.0 {
        let first = path[0].as_str();
        if first == "sqlx" && !may_name_sqlx {
            forbid(line, "only `queries` and `db` name sqlx".into());
        }
        if first != "crate" && !(module == "main" && first == "bzpeer") {
            continue;
        }
        let Some(target) = path.get(1).map(String::as_str) else {
            continue;
        };
        if !MODULES.contains(&target) || target == module {
            if module == "features" && target == "features" {
                let own = &parts[1];
                if let (Some(other), what) = (path.get(2), path.get(3).map(String::as_str))
                    && other != own
                    && what != Some("types")
                {
                    forbid(
                        line,
                        format!(
                            "feature `{own}` uses `{other}::{}`; only its types are open",
                            what.unwrap_or("?")
                        ),
                    );
                }
            }
            continue;
        }
        if !allowed(&module).contains(&target) {
            forbid(line, format!("`{module}` may not import `{target}`"));
        }
    }
    wrong
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder)
        .expect("a source folder")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs")
            && path.file_stem().is_some_and(|s| s != "tests")
        {
            found.push(path);
        }
    }
}

#[test]
fn no_module_imports_what_it_may_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the sources were not found");
    let wrong: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let source = std::fs::read_to_string(file).expect("a source file");
            violations(file.strip_prefix(&root).expect("inside src"), &source)
        })
        .collect();
    assert!(wrong.is_empty(), "forbidden imports:\n{}", wrong.join("\n"));
}

#[test]
fn forbidden_lines_are_found() {
    let cases = [
        ("domain/trust.rs", "use crate::db::Db;"),
        (
            "domain/trust.rs",
            "fn f() { let _ = crate::infra::clock::Clock::System; }",
        ),
        (
            "ui/page.rs",
            "use crate::features::author::types::AuthorPage;",
        ),
        ("db/mod.rs", "use crate::features::follow::queries;"),
        (
            "infra/mail.rs",
            "use crate::{domain::ids::AccountId, features::account::types};",
        ),
        ("features/follow/service.rs", "use sqlx::Row;"),
        (
            "features/follow/service.rs",
            "use crate::features::claim::queries;",
        ),
        (
            "features/follow/view.rs",
            "fn v() { view! { <p>{crate::server::router::x()}</p> } }",
        ),
        ("ingest/loader.rs", "use crate::features::work::queries;"),
    ];
    for (file, line) in cases {
        assert!(
            !violations(Path::new(file), line).is_empty(),
            "{file}: {line}"
        );
    }
    let fine = [
        (
            "features/follow/queries.rs",
            "#[derive(sqlx::FromRow)] struct R; use crate::db::Sql;",
        ),
        (
            "features/follow/service.rs",
            "use crate::features::claim::types::ClaimStatus;",
        ),
        (
            "pages/author.rs",
            "use crate::features::follow::view::FollowButton;",
        ),
    ];
    for (file, line) in fine {
        assert_eq!(
            violations(Path::new(file), line),
            Vec::<String>::new(),
            "{file}: {line}"
        );
    }
}

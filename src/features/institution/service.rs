//! Institutions. Public: no rule about who may read.

use std::str::FromStr;

use super::languages;
use super::queries::{self, LinkRow, PersonRow};
use super::types::{
    InstitutionHit, InstitutionLink, InstitutionList, InstitutionPage, OtherName, PER_PAGE,
};
use crate::domain::identifiers::{Ror, Scheme, WorkIdentifier};
use crate::domain::ids::{AuthorId, InstitutionId};
use crate::domain::{countries, names};
use crate::error::AppError;
use crate::features::search::types::{MOST_WORDS, PEOPLE_PER_PAGE, People, Person, pages_of};
use crate::infra::context::Cx;
use crate::paths;

/// Parts of an organisation that are listed.
const MOST_CHILDREN: i64 = 300;

/// An institution's page, with one page of its authors.
pub async fn page(cx: Cx, id: String, people: u32) -> Result<InstitutionPage, AppError> {
    let id = InstitutionId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let row = queries::lookup(&mut db, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let (other_names, acronyms) = other_names(&row.name, queries::names(&mut db, id).await?);
    let successors = queries::links(&mut db, id, "successor").await?;
    let parents = queries::links(&mut db, id, "parent").await?;
    let (predecessors, children) = match &row.ror {
        Some(ror) => (
            queries::linking(&mut db, ror, "successor", MOST_CHILDREN).await?,
            queries::linking(&mut db, ror, "parent", MOST_CHILDREN).await?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    let mut shown = people.max(1);
    let mut authors = queries::authors(&mut db, id, PEOPLE_PER_PAGE, People::skip(shown)).await?;
    if authors.is_empty() && shown > 1 {
        shown = 1;
        authors = queries::authors(&mut db, id, PEOPLE_PER_PAGE, 0).await?;
    }
    let total = authors.first().map_or(0, |author| author.total);
    let home_page = row
        .url
        .and_then(|url| WorkIdentifier::parse(Scheme::Url, &url).ok()?.url());
    Ok(InstitutionPage {
        id: id.0,
        canonical: paths::institution(id, &row.slug),
        place: place(row.city.as_deref(), row.country.as_deref()),
        status: status(&row.status, !successors.is_empty()),
        name: row.name,
        other_names,
        acronyms,
        successors: links(successors),
        predecessors: links(predecessors),
        parents: links(parents),
        children: links(children),
        ror: row
            .ror
            .and_then(|ror| Ror::parse(&ror).ok())
            .map(|ror| ror.url()),
        home_page,
        people: People::new(authors.into_iter().map(person).collect(), total, shown),
    })
}

/// "Vienna, Austria"
fn place(city: Option<&str>, country: Option<&str>) -> String {
    let country = country.map(|code| countries::name(code).unwrap_or(code));
    let known: Vec<&str> = city.into_iter().chain(country).collect();
    known.join(", ")
}

fn status(status: &str, replaced: bool) -> Option<String> {
    let sentence = match (status, replaced) {
        ("inactive", true) => "This organisation no longer exists; another took its place.",
        ("inactive", false) => "This organisation no longer exists.",
        ("withdrawn", true) => {
            "The Research Organization Registry withdrew its record of this organisation in favour of another."
        }
        ("withdrawn", false) => {
            "The Research Organization Registry withdrew its record of this organisation."
        }
        _ => return None,
    };
    Some(sentence.to_owned())
}

/// Names beside the main one, and those that are acronyms.
fn other_names(main: &str, names: Vec<(String, Option<String>)>) -> (Vec<OtherName>, Vec<String>) {
    let (mut others, mut acronyms) = (Vec::new(), Vec::new());
    for (name, lang) in names {
        if name == main {
            continue;
        }
        if is_acronym(&name) {
            acronyms.push(name);
            continue;
        }
        let language = lang
            .as_deref()
            .map(|code| languages::name(code).unwrap_or(code).to_owned());
        others.push(OtherName {
            name,
            lang,
            language,
        });
    }
    (others, acronyms)
}

/// One word of capitals, "UCLA"; sources do not always say which names are acronyms.
fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    !name.contains(char::is_whitespace) && capitals > 1 && capitals == letters.count()
}

fn links(rows: Vec<LinkRow>) -> Vec<InstitutionLink> {
    let link = |(ror, id, slug, name): LinkRow| match (id, slug, name) {
        (Some(id), Some(slug), Some(name)) => Some(InstitutionLink {
            name,
            href: paths::institution(InstitutionId(id), &slug),
        }),
        _ => Ror::parse(&ror).ok().map(|ror| InstitutionLink {
            name: format!("ROR {ror}"),
            href: ror.url(),
        }),
    };
    rows.into_iter().filter_map(link).collect()
}

fn person(row: PersonRow) -> Person {
    Person {
        href: paths::author(AuthorId(row.id), &row.slug),
        name: row.name,
        works: row.works,
        years: years(row.from_year, row.to_year),
        claimed: row.claims > 0,
    }
}

/// "2019 to 2024", "2019", "since 2019", "until 2024".
fn years(from: Option<i64>, to: Option<i64>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(to)) => Some(format!("until {to}")),
        (None, None) => None,
    }
}

/// One page of institutions by name.
pub async fn list(cx: Cx, q: String, page: u32) -> Result<InstitutionList, AppError> {
    let mut db = cx.db();
    let q: String = q.chars().take(200).collect();
    let mut words = names::search_words(&q);
    words.truncate(MOST_WORDS);
    let total = queries::count(&mut db, &words).await?;
    let pages = pages_of(total, PER_PAGE);
    let page = page.clamp(1, pages);
    let hits = queries::list(&mut db, &words, page)
        .await?
        .into_iter()
        .map(|row| InstitutionHit {
            href: paths::institution(InstitutionId(row.id), &row.slug),
            place: place(row.city.as_deref(), row.country.as_deref()),
            name: row.name,
            works: row.works,
        })
        .collect();
    Ok(InstitutionList {
        hits,
        total,
        page,
        pages,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_said_in_words() {
        assert_eq!(
            years(Some(2019), Some(2024)).as_deref(),
            Some("2019 to 2024")
        );
        assert_eq!(years(Some(2019), Some(2019)).as_deref(), Some("2019"));
        assert_eq!(years(Some(2019), None).as_deref(), Some("since 2019"));
        assert_eq!(years(None, None), None);
    }

    #[test]
    fn acronyms_are_told_from_short_names() {
        for acronym in ["UCLA", "CNRS", "ETH", "ИТМО"] {
            assert!(is_acronym(acronym), "{acronym}");
        }
        for name in ["Yale", "UT Austin", "北京大学", "X", "KU Leuven"] {
            assert!(!is_acronym(name), "{name}");
        }
    }

    #[test]
    fn a_country_is_named_and_an_unknown_code_stays() {
        assert_eq!(place(Some("Vienna"), Some("AT")), "Vienna, Austria");
        assert_eq!(place(None, Some("QQ")), "QQ");
        assert_eq!(place(None, None), "");
    }
}

//! What works have to say about who is who, kept small.

mod gather;
mod load;
mod shelf;

use std::collections::HashMap;
use std::num::NonZeroI64;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};

use super::counts::number;
use crate::domain::identity;
use crate::ingest::mentions;

pub use gather::Gatherer;
use shelf::{Entry, Place, Shelf};
pub use shelf::{Features, Seat};

/// Texts whose keys are remembered, of each kind.
const REMEMBERED: usize = 50_000;

/// A form of a name as it is printed, shared by all who print it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// The name.
    pub printed: Box<str>,
    /// The family name in it, where the source tells.
    pub family: Option<Box<str>>,
    /// Other forms, as a JSON list.
    pub others: Option<Box<str>>,
}

impl Form {
    /// A name of which no more is known.
    pub fn of(printed: &str) -> Self {
        Self {
            printed: printed.into(),
            family: None,
            others: None,
        }
    }
}

/// What follows from a form.
#[derive(Clone, Copy, Debug)]
struct Keys {
    /// [`identity::Name::person_key`].
    person: u64,
    /// See [`crate::db::authors::block`].
    block: i64,
}

/// What an author said of an authorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Nothing.
    None,
    /// It is theirs.
    Confirmed,
    /// It is theirs and not shown.
    Hidden,
}

impl Stance {
    /// From the stored word.
    pub fn parse(word: Option<&str>) -> Self {
        match word {
            Some("confirmed") => Self::Confirmed,
            Some("hidden") => Self::Hidden,
            _ => Self::None,
        }
    }

    /// The stored word.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Confirmed => Some("confirmed"),
            Self::Hidden => Some("hidden"),
        }
    }
}

/// What is stored of a work, as far as it says who is who.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Row number.
    pub work: i64,
    /// Year of publication.
    pub year: Option<i64>,
    /// The venue as printed.
    pub venue: Option<String>,
    /// Folded title.
    pub title_key: String,
    /// Its authors in the order of the list, collectives left out.
    pub authors: Vec<ToldAuthor>,
    /// Row numbers of its topics.
    pub topics: Vec<i64>,
    /// (position, row number of the institution)
    pub institutions: Vec<(i64, i64)>,
}

/// One authorship, as it is stored.
#[derive(Clone, Debug)]
pub struct ToldAuthor {
    /// From 1.
    pub position: i64,
    /// The name, printed and in its parts.
    pub form: Form,
    /// The affiliation as printed.
    pub affiliation: Option<String>,
    /// Of the person: scheme:value, separated by spaces.
    pub identifiers: Option<Box<str>>,
    /// Which source it is from.
    pub source: Box<str>,
    /// Whose it is.
    pub author: Option<i64>,
    /// What its author said.
    pub stance: Stance,
    /// How sure it is that the author is meant.
    pub confidence: f64,
}

/// Works by number.
#[derive(Default)]
pub struct Corpus {
    /// Where each work stands: shelf, and place on it.
    at: HashMap<i64, (u32, u32), RandomState>,
    shelves: Vec<Shelf>,
    /// Works that are there to be compared with, until [`Corpus::let_pass`].
    passing: HashMap<i64, u32, RandomState>,
    passage: Shelf,
    forms: IndexMap<Form, Keys, RandomState>,
    /// What each name that occurs is counted under, besides itself.
    names: HashMap<u64, Box<[(u8, u64)]>, RandomState>,
    identifiers: IndexSet<Box<str>, RandomState>,
    sources: IndexSet<Box<str>, RandomState>,
    venues: HashMap<String, Option<u64>, RandomState>,
    affiliations: HashMap<String, Box<[u64]>, RandomState>,
}

impl Corpus {
    /// What a work says; nothing for one that was not loaded.
    pub fn get(&self, work: i64) -> Option<Features<'_>> {
        if let Some((shelf, at)) = self.at.get(&work) {
            return self.shelves.get(*shelf as usize)?.get(*at as usize);
        }
        self.passage.get(*self.passing.get(&work)? as usize)
    }

    /// A form of a name.
    pub fn form(&self, form: u32) -> &Form {
        self.forms
            .get_index(form as usize)
            .expect("seats name forms that are there")
            .0
    }

    fn keys(&self, form: u32) -> Keys {
        self.forms[form as usize]
    }

    /// [`identity::Name::person_key`] of a form.
    pub fn person(&self, form: u32) -> u64 {
        self.keys(form).person
    }

    /// See [`crate::db::authors::block`].
    pub fn block(&self, form: u32) -> i64 {
        self.keys(form).block
    }

    /// The name of the source of an authorship.
    pub fn source(&self, seat: &Seat) -> &str {
        let source = self.sources.get_index(usize::from(seat.source));
        source.map_or("", |name| name)
    }

    /// Identifiers of the person: (scheme, value).
    pub fn identifiers(&self, seat: &Seat) -> impl Iterator<Item = (&str, &str)> {
        let text = (seat.identifiers as usize)
            .checked_sub(1)
            .and_then(|at| self.identifiers.get_index(at));
        text.into_iter()
            .flat_map(|text| text.split(' '))
            .filter_map(|identifier| identifier.split_once(':'))
    }

    /// What a name is counted under, besides itself.
    pub(super) fn counted_with(&self, person: u64) -> impl Iterator<Item = &(u8, u64)> {
        self.names.get(&person).into_iter().flatten()
    }

    /// Takes in a work, in place of what was known of it.
    pub fn take(&mut self, told: Told) {
        self.forget(told.work);
        if self.shelves.last().is_none_or(Shelf::is_full) {
            if let Some(full) = self.shelves.last_mut() {
                full.shrink();
            }
            self.shelves.push(Shelf::default());
        }
        let last = self.shelves.len() - 1;
        let work = told.work;
        let mut shelf = std::mem::take(&mut self.shelves[last]);
        let at = self.put(told, &mut shelf);
        self.shelves[last] = shelf;
        self.at.insert(work, (small(last), small(at)));
    }

    /// Takes in a work that is only compared with.
    fn take_passing(&mut self, told: Told) {
        let work = told.work;
        let mut shelf = std::mem::take(&mut self.passage);
        let at = self.put(told, &mut shelf);
        self.passage = shelf;
        self.passing.insert(work, small(at));
    }

    /// Forgets a work.
    pub fn forget(&mut self, work: i64) {
        self.at.remove(&work);
    }

    /// Forgets the works that were only compared with.
    pub fn let_pass(&mut self) {
        self.passing.clear();
        self.passage = Shelf::default();
    }

    fn put(&mut self, told: Told, shelf: &mut Shelf) -> usize {
        let mut places: Vec<Place> = told
            .institutions
            .iter()
            .filter_map(|(position, id)| {
                Some(Place {
                    position: u16::try_from(*position).ok()?,
                    known: true,
                    value: id.cast_unsigned(),
                })
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        let known = places.len();
        let mut seats = Vec::with_capacity(told.authors.len());
        for author in told.authors {
            let Ok(position) = u16::try_from(author.position) else {
                continue;
            };
            // Where an organisation is known, what is printed of it says nothing more.
            if let Some(affiliation) = author.affiliation
                && places[..known]
                    .iter()
                    .all(|place| place.position != position)
            {
                for value in self.affiliation(affiliation) {
                    places.push(Place {
                        position,
                        known: false,
                        value: *value,
                    });
                }
            }
            seats.push(Seat {
                author: author.author.and_then(NonZeroI64::new),
                form: self.form_of(author.form),
                identifiers: match author.identifiers {
                    Some(text) => small(self.identifiers.insert_full(text).0 + 1),
                    None => 0,
                },
                confidence: author.confidence as f32,
                position,
                source: u8::try_from(self.sources.insert_full(author.source).0).unwrap_or(u8::MAX),
                stance: author.stance,
            });
        }
        let leading = (seats.len() > mentions::COAUTHORS_MAX).then(|| {
            let people = seats.iter().map(|seat| self.person(seat.form));
            mentions::smallest(people.collect()).into()
        });
        let mut topics = told.topics;
        topics.sort_unstable();
        topics.dedup();
        let topics: Vec<u64> = topics.into_iter().map(spread).collect();
        shelf.put(Entry {
            leading,
            seats: &seats,
            topics: &topics,
            words: &identity::words(&told.title_key),
            places: &places,
            venue: told.venue.and_then(|venue| self.venue(venue)),
            year: told.year.and_then(|year| i16::try_from(year).ok()),
        })
    }

    fn form_of(&mut self, form: Form) -> u32 {
        if let Some(at) = self.forms.get_index_of(&form) {
            return small(at);
        }
        let name = super::name(&form);
        let person = name.person_key();
        self.names.entry(person).or_insert_with(|| {
            identity::count_name(&name, true)
                .into_iter()
                .filter(|(kind, _)| *kind != identity::Kind::Person)
                .map(|(kind, key)| (number(kind) as u8, key))
                .collect()
        });
        let keys = Keys {
            person,
            block: crate::db::authors::block(&name),
        };
        small(self.forms.insert_full(form, keys).0)
    }

    fn venue(&mut self, venue: String) -> Option<u64> {
        if let Some(key) = self.venues.get(&venue) {
            return *key;
        }
        let key = mentions::venue_key(&venue);
        if self.venues.len() >= REMEMBERED {
            self.venues.clear();
        }
        self.venues.insert(venue, key);
        key
    }

    fn affiliation(&mut self, affiliation: String) -> &[u64] {
        if self.affiliations.len() >= REMEMBERED {
            self.affiliations.clear();
        }
        self.affiliations
            .entry(affiliation)
            .or_insert_with_key(|text| {
                mentions::affiliation_keys(std::iter::once(text.as_str())).into()
            })
    }
}

/// Numbers of works, forms and identifiers of one import.
fn small(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than four thousand million of anything")
}

/// A row number as a key.
fn spread(id: i64) -> u64 {
    id.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

//! A few long lists instead of a few short ones for every work: a work costs some three hundred bytes.

use std::collections::HashMap;
use std::num::NonZeroI64;

use super::Stance;

/// Works on one shelf; a full one is followed by another, so that growing never copies more than this.
pub(super) const WORKS_MAX: usize = 1 << 16;

/// One authorship of a work.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// Whose it is.
    pub author: Option<NonZeroI64>,
    /// Which of [`super::Corpus::form`].
    pub form: u32,
    /// Which of [`super::Corpus::identifiers`], from 1; 0 for none.
    pub(super) identifiers: u32,
    /// How sure it is that the author is meant.
    pub confidence: f32,
    /// From 1.
    pub position: u16,
    /// Which of [`super::Corpus::source`].
    pub(super) source: u8,
    /// What its author said.
    pub stance: Stance,
}

impl Seat {
    /// Whose it is.
    pub fn author(&self) -> Option<i64> {
        self.author.map(NonZeroI64::get)
    }
}

/// Where an author of a work is: an organisation, or the key of a part of the printed affiliation where none is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) position: u16,
    pub(super) known: bool,
    /// Row number, or key.
    pub(super) value: u64,
}

impl Place {
    fn key(&self) -> u64 {
        if self.known {
            super::spread(self.value.cast_signed())
        } else {
            self.value
        }
    }
}

/// What one work says.
#[derive(Clone, Copy, Debug)]
pub struct Features<'s> {
    /// Its authors, collectives left out.
    pub seats: &'s [Seat],
    /// Of a long list of authors the people who are kept as co-authors, see
    /// [`COAUTHORS_MAX`](crate::ingest::mentions::COAUTHORS_MAX).
    pub leading: Option<&'s [u64]>,
    /// Keys of its topics.
    pub topics: &'s [u64],
    /// Keys of the words of its title.
    pub words: &'s [u64],
    places: &'s [Place],
    /// Key of the venue.
    pub venue: Option<u64>,
    /// Year of publication.
    pub year: Option<i16>,
}

impl Features<'_> {
    /// Keys of the institutions of an author, or of what is printed of them.
    pub fn institutions_at(&self, position: u16) -> impl Iterator<Item = u64> {
        let here = self.places.iter().filter(move |p| p.position == position);
        here.map(Place::key)
    }

    /// Row numbers of the institutions of an author.
    pub fn known_at(&self, position: u16) -> impl Iterator<Item = i64> {
        let known = self
            .places
            .iter()
            .filter(move |p| p.known && p.position == position);
        known.map(|p| p.value.cast_signed())
    }

    /// Keys of all institutions, and of what is printed of others.
    pub fn institutions(&self) -> impl Iterator<Item = u64> {
        self.places.iter().map(Place::key)
    }
}

/// Where the lists of a work begin; they end where those of the next one begin.
#[derive(Clone, Copy)]
struct Head {
    seats: u32,
    topics: u32,
    words: u32,
    places: u32,
    venue: Option<std::num::NonZeroU64>,
    year: Option<i16>,
}

/// Works, in the order in which they came.
#[derive(Default)]
pub(super) struct Shelf {
    heads: Vec<Head>,
    seats: Vec<Seat>,
    /// Topics and words of each work.
    keys: Vec<u64>,
    places: Vec<Place>,
    leading: HashMap<usize, Box<[u64]>>,
}

/// What is put on a shelf at once.
pub(super) struct Entry<'e> {
    pub(super) seats: &'e [Seat],
    pub(super) leading: Option<Box<[u64]>>,
    pub(super) topics: &'e [u64],
    pub(super) words: &'e [u64],
    pub(super) places: &'e [Place],
    pub(super) venue: Option<u64>,
    pub(super) year: Option<i16>,
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Shelf {
    pub(super) fn is_full(&self) -> bool {
        // A work may have thousands of authors.
        self.heads.len() >= WORKS_MAX || self.seats.len() >= (1 << 24)
    }

    /// Adds a work; answers where it stands.
    pub(super) fn put(&mut self, entry: Entry<'_>) -> usize {
        let at = self.heads.len();
        let topics = offset(self.keys.len());
        self.keys.extend_from_slice(entry.topics);
        let words = offset(self.keys.len());
        self.keys.extend_from_slice(entry.words);
        self.heads.push(Head {
            seats: offset(self.seats.len()),
            topics,
            words,
            places: offset(self.places.len()),
            venue: entry.venue.and_then(std::num::NonZeroU64::new),
            year: entry.year,
        });
        self.seats.extend_from_slice(entry.seats);
        self.places.extend_from_slice(entry.places);
        if let Some(leading) = entry.leading {
            self.leading.insert(at, leading);
        }
        at
    }

    pub(super) fn get(&self, at: usize) -> Option<Features<'_>> {
        let head = self.heads.get(at)?;
        let next = self.heads.get(at + 1);
        let end = |next: Option<u32>, all: usize| next.map_or(all, |next| next as usize);
        let (topics, words) = (head.topics as usize, head.words as usize);
        Some(Features {
            seats: &self.seats[head.seats as usize..end(next.map(|n| n.seats), self.seats.len())],
            leading: self.leading.get(&at).map(|people| &**people),
            topics: &self.keys[topics..words],
            words: &self.keys[words..end(next.map(|n| n.topics), self.keys.len())],
            places: &self.places
                [head.places as usize..end(next.map(|n| n.places), self.places.len())],
            venue: head.venue.map(std::num::NonZeroU64::get),
            year: head.year,
        })
    }

    /// Gives back what was reserved for more.
    pub(super) fn shrink(&mut self) {
        self.heads.shrink_to_fit();
        self.seats.shrink_to_fit();
        self.keys.shrink_to_fit();
        self.places.shrink_to_fit();
    }
}

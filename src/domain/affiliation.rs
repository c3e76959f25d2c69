//! Which organisations an affiliation as printed names.
//!
//! Names of organisations are looked for as phrases in the text, after abbreviations were written out, the words for kinds of
//! organisations unified between languages, and joints such as "of" left out. The longest phrase wins. How sure a match is
//! comes from what the name is made of (a rare phrase, a common one, an acronym), from the town and the country that the text
//! names beside it, and from the words around it, which may make another organisation of it ("Central | Missouri State
//! University", "Jiangsu University | of Science"). A name of several organisations counts only where town or country tell
//! which. Where it is open there is no match. `docs/institutions.md` has the method and its measured quality.

mod addresses;
mod text;
mod words;

use std::collections::{HashMap, HashSet};

use super::countries::COUNTRIES;
pub use addresses::without_addresses;
use text::{Joint, Sort, Token, extend, hash, tokens};

/// Matches below this are not told: more of them are wrong than right.
pub const MIN_CONFIDENCE: f64 = 0.75;
/// An affiliation longer than this, in bytes, is cut: it is a biography.
const MAX_BYTES: usize = 2_000;
/// More words than a name has.
const MAX_WORDS: usize = 24;

/// An organisation to look for.
#[derive(Clone, Debug, Default)]
pub struct Organisation<'a> {
    /// What a match answers.
    pub id: i64,
    /// Its name.
    pub name: &'a str,
    /// Labels in other languages, aliases, acronyms.
    pub other_names: Vec<&'a str>,
    /// Two-letter code, upper case.
    pub country: Option<&'a str>,
    /// Town.
    pub city: Option<&'a str>,
    /// It no longer exists: it is meant only where no other of its name does.
    pub gone: bool,
}

/// An organisation that a text names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// [`Organisation::id`].
    pub institution_id: i64,
    /// 0 to 1, at least [`MIN_CONFIDENCE`].
    pub confidence: f64,
}

/// What is kept of an organisation.
#[derive(Clone, Copy, Debug)]
struct Known {
    id: i64,
    country: Option<[u8; 2]>,
    /// Hash of the phrase, and its words.
    city: (u64, u8),
    gone: bool,
}

/// A name of an organisation.
#[derive(Clone, Copy, Debug)]
struct Naming {
    organisation: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Main,
    Other,
    /// One word in capitals.
    Acronym,
    /// "Pfizer" of "Pfizer (Canada)": means that branch only where the text names the country.
    Branch,
}

/// Names of organisations by the hash of their phrase. Build it with [`Index::add`], then [`Index::finish`].
#[derive(Debug, Default)]
pub struct Index {
    organisations: Vec<Known>,
    /// Phrase to where its namings begin in `namings`, and how many.
    phrases: HashMap<u64, (u32, u32)>,
    namings: Vec<Naming>,
    /// Until it is finished: (phrase, naming).
    unsorted: Vec<(u64, Naming)>,
    /// First word to the most words of a name that begins with it.
    first: HashMap<u64, u8>,
    /// In how many organisations' names a word is.
    frequency: HashMap<u64, u32>,
    /// Names of countries and lands to their codes.
    lands: HashMap<u64, Vec<[u8; 2]>>,
    /// The word "university".
    university: u64,
}

impl Index {
    /// Adds an organisation.
    pub fn add(&mut self, organisation: &Organisation) {
        let Ok(place) = u32::try_from(self.organisations.len()) else {
            return;
        };
        let country = organisation.country.and_then(code);
        let city = tokens(organisation.city.unwrap_or_default(), |_| true);
        self.organisations.push(Known {
            id: organisation.id,
            country,
            city: phrase(&city),
            gone: organisation.gone,
        });
        let mut words = HashSet::new();
        let names = [organisation.name].into_iter();
        let names = names.chain(organisation.other_names.iter().copied());
        for (nth, name) in names.enumerate() {
            let kind = if nth == 0 { Kind::Main } else { Kind::Other };
            self.name(place, name, kind, &mut words);
            // "Pfizer (Canada)": registers add the country in brackets to the name that branches share.
            if let Some((bare, country)) = name.strip_suffix(')').and_then(|n| n.rsplit_once(" ("))
                && COUNTRIES.iter().any(|(_, known)| *known == country)
            {
                self.name(place, bare, Kind::Branch, &mut words);
            }
        }
        for word in words {
            *self.frequency.entry(word).or_default() += 1;
        }
    }

    fn name(&mut self, organisation: u32, name: &str, kind: Kind, words: &mut HashSet<u64>) {
        let all = tokens(name, |_| true);
        let kept = without_legal_form(&all);
        let (Some(first), Ok(length)) = (kept.first(), u8::try_from(kept.len())) else {
            return;
        };
        if kept.len() > MAX_WORDS || (kept.len() == 1 && !first.names_alone) {
            return;
        }
        let kind = match kind {
            Kind::Other | Kind::Main if kept.len() == 1 && first.capitals => Kind::Acronym,
            other => other,
        };
        words.extend(kept.iter().map(|token| token.hash));
        let longest = self.first.entry(first.hash).or_default();
        *longest = (*longest).max(length);
        let naming = Naming { organisation, kind };
        self.unsorted.push((phrase(kept).0, naming));
    }

    /// Makes the index ready, after the last [`Index::add`].
    pub fn finish(&mut self) {
        self.university = hash("university");
        let named = COUNTRIES.iter().map(|(code, name)| (*name, *code));
        for (name, country) in named.chain(words::LANDS.iter().copied()) {
            let (phrase, _) = phrase(&tokens(name, |_| true));
            let codes = self.lands.entry(phrase).or_default();
            if let Some(country) = code(country)
                && !codes.contains(&country)
            {
                codes.push(country);
            }
        }
        // "USA" is not the United States Army.
        self.unsorted
            .retain(|(phrase, _)| !self.lands.contains_key(phrase));
        self.unsorted
            .sort_by_key(|(phrase, naming)| (*phrase, naming.organisation));
        self.unsorted
            .dedup_by_key(|(phrase, naming)| (*phrase, naming.organisation));
        self.phrases = HashMap::with_capacity(self.unsorted.len());
        self.namings = Vec::with_capacity(self.unsorted.len());
        for (place, (phrase, naming)) in (0u32..).zip(std::mem::take(&mut self.unsorted)) {
            self.phrases.entry(phrase).or_insert((place, 0)).1 += 1;
            self.namings.push(naming);
        }
    }

    /// The organisations that an affiliation names, the surest first.
    pub fn find(&self, affiliation: &str) -> Vec<Match> {
        let end = affiliation.floor_char_boundary(MAX_BYTES);
        let tokens = tokens(&affiliation[..end], |word| {
            self.frequency.contains_key(&word)
        });
        let spans = self.spans(&tokens);
        let text = Text {
            lands: self.lands_in(&tokens),
            tokens: &tokens,
            spans: &spans,
        };
        let mut found: Vec<Match> = Vec::new();
        for span in &spans {
            let Some(new) = self.judge(&text, *span) else {
                continue;
            };
            match found
                .iter_mut()
                .find(|known| known.institution_id == new.institution_id)
            {
                Some(known) => known.confidence = known.confidence.max(new.confidence),
                None => found.push(new),
            }
        }
        found.retain(|found| found.confidence >= MIN_CONFIDENCE);
        found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
        found
    }

    /// Where names stand, none over another: of two that share a word the longer counts.
    fn spans(&self, tokens: &[Token]) -> Vec<Span> {
        let mut longest: Vec<Span> = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let Some(most) = self.first.get(&token.hash) else {
                continue;
            };
            let mut phrase = 0;
            let mut found = None;
            let reach = tokens[start..].iter().take(usize::from(*most));
            for (length, next) in (1..).zip(reach) {
                if next.sentence != token.sentence {
                    break;
                }
                phrase = extend(phrase, next.hash);
                if self.phrases.contains_key(&phrase) {
                    found = Some(Span {
                        start,
                        end: start + length,
                        phrase,
                        turned: false,
                    });
                }
            }
            longest.extend(found);
        }
        longest.sort_by_key(|span| (std::cmp::Reverse(span.end - span.start), span.start));
        let mut kept: Vec<Span> = Vec::new();
        for span in &longest {
            // "Yale | University New Haven": the name of Yale began before.
            let torn = tears(tokens, span.start)
                && longest
                    .iter()
                    .any(|other| other.start < span.start && span.overlaps(other.start, other.end));
            if !torn
                && !kept
                    .iter()
                    .any(|other| span.overlaps(other.start, other.end))
            {
                kept.push(*span);
            }
        }
        self.turned(tokens, &mut kept);
        kept.sort_by_key(|span| span.start);
        kept
    }

    /// "Hamburg University" for "University of Hamburg", and the other way round: where such a part of the text names nobody,
    /// its first word is tried as its last, and its last as its first.
    fn turned(&self, tokens: &[Token], kept: &mut Vec<Span>) {
        let mut start = 0;
        while start < tokens.len() {
            let alike = |token: &&Token| token.part == tokens[start].part;
            let whole = tokens[start..].iter().take_while(alike).count();
            let part = &tokens[start..start + whole];
            let end = start + part.iter().take_while(|t| t.sort != Sort::Number).count();
            let hashes: Vec<u64> = tokens[start..end].iter().map(|token| token.hash).collect();
            if (2..=4).contains(&hashes.len())
                && hashes.contains(&self.university)
                && !kept.iter().any(|name| name.overlaps(start, end))
            {
                for turn in [1, hashes.len() - 1] {
                    let (first, last) = hashes.split_at(turn);
                    let words = last.iter().chain(first);
                    let phrase = words.fold(0, |phrase, word| extend(phrase, *word));
                    if self.phrases.contains_key(&phrase) {
                        let turned = true;
                        kept.push(Span {
                            start,
                            end,
                            phrase,
                            turned,
                        });
                        break;
                    }
                }
            }
            start += whole;
        }
    }

    /// Countries, and lands that tell one: (first word, after the last, codes).
    fn lands_in(&self, tokens: &[Token]) -> Vec<(usize, usize, Vec<[u8; 2]>)> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < tokens.len() {
            let mut phrase = 0;
            let mut longest = None;
            for (length, token) in (1..=5).zip(&tokens[start..]) {
                phrase = extend(phrase, token.hash);
                if let Some(codes) = self.lands.get(&phrase) {
                    longest = Some((start, start + length, codes.clone()));
                }
            }
            if longest.is_none() && is_state(tokens, start) {
                longest = Some((start, start + 1, vec![*b"US"]));
            }
            start = longest.as_ref().map_or(start + 1, |(_, end, _)| *end);
            found.extend(longest);
        }
        found
    }

    /// Which organisation the name at a place means, and how sure that is.
    fn judge(&self, text: &Text, span: Span) -> Option<Match> {
        let (from, n) = self.phrases.get(&span.phrase)?;
        let namings = &self.namings[*from as usize..(*from + *n) as usize];
        let mut candidates: Vec<(Support, Naming, &Known)> = namings
            .iter()
            .map(|naming| {
                let known = &self.organisations[naming.organisation as usize];
                (text.support(span, known), *naming, known)
            })
            .filter(|(support, naming, _)| {
                *support != Support::Against
                    && (naming.kind != Kind::Branch || *support >= Support::Country)
            })
            .collect();
        candidates.sort_by_key(|(support, naming, known)| {
            (
                std::cmp::Reverse(*support),
                known.gone,
                naming.kind != Kind::Main,
            )
        });
        let (support, naming, known) = *candidates.first()?;
        let mut open = 1.0;
        if let Some((other_support, other, other_known)) = candidates.get(1)
            && *other_support == support
            && other_known.gone == known.gone
        {
            // Two of the name, and nothing in the text tells which. The one that is mainly called so may be meant.
            if naming.kind != Kind::Main || other.kind == Kind::Main {
                return None;
            }
            open = 0.85;
        }
        let base = self.base(text, span, naming.kind)?;
        let doubt = match support {
            Support::CityAndCountry => 0.12,
            Support::City => 0.2,
            Support::Country => 0.4,
            Support::Open => 1.0,
            Support::Against => return None,
        };
        let confidence = (1.0 - (1.0 - base) * doubt) * open * text.context(span, known);
        Some(Match {
            institution_id: known.id,
            confidence,
        })
    }

    /// How sure the bare phrase is, without anything around it.
    fn base(&self, text: &Text, span: Span, kind: Kind) -> Option<f64> {
        let words = &text.tokens[span.start..span.end];
        if let [word] = words {
            if word.unspaced {
                return Some(0.85);
            }
            if kind == Kind::Acronym {
                let acronym = if word.short { 0.2 } else { 0.4 };
                return word.capitals.then_some(acronym);
            }
            // A word that is a name by itself fills its part of the text.
            return text.is_whole_part(span).then_some(0.5);
        }
        let names_only_a_part = |word: &Token| matches!(word.sort, Sort::Part | Sort::Subject);
        if words.iter().all(names_only_a_part) {
            // "Department of Biology" is one of thousands, whoever registered under that name.
            return None;
        }
        let organisations = self.organisations.len() as f64;
        let weight: f64 = words
            .iter()
            .map(|word| {
                let n = self.frequency.get(&word.hash).copied().unwrap_or(1);
                (organisations / f64::from(n)).ln()
            })
            .sum();
        if span.turned {
            return Some(0.5);
        }
        // In units of a word that one organisation in e has.
        Some(match weight {
            w if w >= 11.0 => 0.9,
            w if w >= 8.0 => 0.75,
            w if w >= 6.0 => 0.6,
            _ => 0.4,
        })
    }
}

/// A name in the words of a text: from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    phrase: u64,
    /// Its words are in another order than in the name.
    turned: bool,
}

impl Span {
    fn overlaps(&self, start: usize, end: usize) -> bool {
        self.start < end && start < self.end
    }
}

/// What a text says about the place of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Support {
    /// It names another country.
    Against,
    /// Nothing.
    Open,
    Country,
    City,
    CityAndCountry,
}

/// A text with the names and countries in it.
struct Text<'a> {
    tokens: &'a [Token],
    spans: &'a [Span],
    lands: Vec<(usize, usize, Vec<[u8; 2]>)>,
}

impl Text<'_> {
    fn support(&self, span: Span, known: &Known) -> Support {
        let mut country = false;
        let mut other = false;
        for (start, end, codes) in &self.lands {
            // A country inside a name ("University of Georgia") says nothing about another one.
            if self.spans.iter().any(|name| name.overlaps(*start, *end)) {
                continue;
            }
            if known.country.is_some_and(|own| codes.contains(&own)) {
                country = true;
            } else {
                other = true;
            }
        }
        match (self.names_city(span, known.city), country) {
            (true, true) => Support::CityAndCountry,
            (true, false) if !other => Support::City,
            (false, true) => Support::Country,
            (_, false) if other && known.country.is_some() => Support::Against,
            _ => Support::Open,
        }
    }

    fn names_city(&self, span: Span, (city, length): (u64, u8)) -> bool {
        let length = usize::from(length);
        length > 0
            && self
                .tokens
                .windows(length)
                .enumerate()
                .any(|(start, words)| {
                    !span.overlaps(start, start + length) && phrase(words).0 == city
                })
    }

    /// Whether nothing else stands in its part of the text, but the form of a company and numbers.
    fn is_whole_part(&self, span: Span) -> bool {
        let part = self.tokens[span.start].part;
        let others = self.tokens.iter().enumerate();
        let mut others = others
            .filter(|(place, token)| token.part == part && !(span.start..span.end).contains(place));
        others.all(|(_, token)| matches!(token.sort, Sort::Legal | Sort::Number))
    }

    /// How far the words around leave the name whole: 1 where they do.
    fn context(&self, span: Span, known: &Known) -> f64 {
        self.before(span) * self.after(span, known)
    }

    /// "Central | Missouri State University" is another university than that of the state.
    fn before(&self, span: Span) -> f64 {
        let first = &self.tokens[span.start];
        let Some(last) = span.start.checked_sub(1).map(|place| &self.tokens[place]) else {
            return 1.0;
        };
        if first.before == Joint::And && matches!(first.sort, Sort::Subject | Sort::Alone) {
            // "Lifestyle and | Health Research Center"
            return 0.6;
        }
        if !tears(self.tokens, span.start) || last.sort == Sort::Number {
            return 1.0;
        }
        let whole = |name: &Span| name.end == span.start && name.end - name.start > 1;
        if self.spans.iter().any(whole) {
            return 1.0;
        }
        if self.lands.iter().any(|(_, end, _)| *end == span.start) {
            return 0.8;
        }
        // "Department of Ecology, Evolution and Botany | University of Altwald": the list of a department ends.
        let department = self.tokens[..span.start]
            .iter()
            .any(|token| token.sentence == first.sentence && token.sort == Sort::Part);
        let ends_a_list = matches!(last.sort, Sort::Subject | Sort::Part | Sort::Alone);
        if department && ends_a_list {
            return 0.95;
        }
        0.5
    }

    /// "Jiangsu University | of Science and Technology" and "Leiden University | Medical Center" are others too.
    fn after(&self, span: Span, known: &Known) -> f64 {
        let last = &self.tokens[span.end - 1];
        let Some(next) = self.tokens.get(span.end) else {
            return 1.0;
        };
        if next.part != last.part || self.spans.iter().any(|name| name.start == span.end) {
            return 1.0;
        }
        if self.lands.iter().any(|(start, _, _)| *start == span.end) {
            return 1.0;
        }
        let (city, length) = known.city;
        let following = self.tokens.get(span.end..span.end + usize::from(length));
        if length > 0 && following.is_some_and(|words| phrase(words).0 == city) {
            return 1.0;
        }
        if next.hyphened {
            return 0.5;
        }
        match next.before {
            Joint::Extends => return 0.5,
            Joint::And if last.sort == Sort::Subject && next.sort == Sort::Subject => return 0.6,
            Joint::And | Joint::Other => return 1.0,
            Joint::Nothing => {}
        }
        let following = self.tokens[span.end..].iter();
        let mut following = following
            .take_while(|token| token.part == last.part)
            .take(3);
        if following.any(|token| token.sort == Sort::Alone) {
            return 0.7;
        }
        match next.sort {
            Sort::Number | Sort::Part | Sort::Legal | Sort::Subject => 1.0,
            Sort::Plain | Sort::Alone => 0.85,
        }
    }
}

/// Whether a name that begins at a word would leave the words before it in the same part hanging.
fn tears(tokens: &[Token], start: usize) -> bool {
    let first = &tokens[start];
    first.before == Joint::Nothing
        && start
            .checked_sub(1)
            .is_some_and(|last| tokens[last].part == first.part)
}

/// The hash of a phrase, and its words.
fn phrase(words: &[Token]) -> (u64, u8) {
    let hash = words
        .iter()
        .fold(0, |phrase, word| extend(phrase, word.hash));
    (hash, u8::try_from(words.len()).unwrap_or(0))
}

/// Without "Ltd" and the like at the end, unless nothing else is there.
fn without_legal_form(words: &[Token]) -> &[Token] {
    match words {
        [rest @ .., last] if last.sort == Sort::Legal && !rest.is_empty() => {
            without_legal_form(rest)
        }
        all => all,
    }
}

fn code(country: &str) -> Option<[u8; 2]> {
    country.as_bytes().try_into().ok()
}

/// "TX 78712", ", TX": the code of a state at the end of its part or before a number.
fn is_state(tokens: &[Token], place: usize) -> bool {
    let Some(token) = tokens.get(place).filter(|token| token.state) else {
        return false;
    };
    place > 0
        && tokens
            .get(place + 1)
            .is_none_or(|next| next.part != token.part || next.sort == Sort::Number)
}

#[cfg(test)]
mod tests;

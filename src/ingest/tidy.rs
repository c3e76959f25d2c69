//! What every record goes through, whatever its format: texts that say nothing are dropped, damage that sources did to
//! letters is undone, names are written as readers expect them.
//!
//! A record is changed before its digest is taken, so the same file gives the same content.

pub mod keywords;
pub mod mojibake;
mod names;
mod texts;

use super::record::{PersonRecord, WorkRecord};

/// Years of the Buddhist calendar that mean the last centuries: Thai repositories count by it.
const BUDDHIST_YEARS: std::ops::RangeInclusive<i64> = 2400..=2700;
/// How far that calendar is ahead.
const BUDDHIST_YEARS_AHEAD: i64 = 543;

/// Tidies the record of a work.
pub fn work(record: &mut WorkRecord) {
    mojibake::repair(&mut record.title_source);
    record.abstract_source = record.abstract_source.take().and_then(texts::summary);
    record.venue = record.venue.take().and_then(texts::venue);
    keywords::split(&mut record.topics);
    year(record);
    for author in &mut record.authors {
        let name = if author.group {
            names::group
        } else {
            names::person
        };
        name(&mut author.name);
        author.other_names.iter_mut().for_each(name);
        let shown = author.name.display();
        author.other_names.retain(|other| other.display() != shown);
        author.affiliations.iter_mut().for_each(mojibake::repair);
    }
}

/// Tidies the record of a person.
pub fn person(record: &mut PersonRecord) {
    names::person(&mut record.name);
    record.other_names.iter_mut().for_each(names::person);
    let shown = record.name.display();
    record.other_names.retain(|other| other.display() != shown);
}

fn year(record: &mut WorkRecord) {
    let Some(year) = record.year.filter(|year| BUDDHIST_YEARS.contains(year)) else {
        return;
    };
    let common = year - BUDDHIST_YEARS_AHEAD;
    record.year = Some(common);
    if let Some(date) = &mut record.published_on
        && let Some(rest) = date.strip_prefix(&year.to_string())
    {
        *date = format!("{common}{rest}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_the_buddhist_calendar_are_counted_as_others_are() {
        for (year, date, expected, expected_date) in [
            (2547, "2547-05-01", 2004, "2004-05-01"),
            (2004, "2004-05", 2004, "2004-05"),
            (2399, "2399", 2399, "2399"),
        ] {
            let mut record = WorkRecord {
                year: Some(year),
                published_on: Some(date.to_owned()),
                ..WorkRecord::default()
            };
            work(&mut record);
            assert_eq!(record.year, Some(expected));
            assert_eq!(record.published_on.as_deref(), Some(expected_date));
        }
    }
}

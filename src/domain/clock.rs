//! Instants as epoch milliseconds (UTC), and the words for them. The clock itself is read elsewhere and handed in.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::macros::datetime;

/// Milliseconds since 1970-01-01T00:00:00Z, or a length in milliseconds.
pub type Millis = i64;

/// One second in milliseconds.
pub const SECOND: Millis = 1_000;
/// One minute in milliseconds.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: Millis = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: Millis = 24 * HOUR;
/// One Julian year (365.25 days) in milliseconds.
pub const YEAR: Millis = 365 * DAY + DAY / 4;

/// An instant, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub Millis);

impl fmt::Display for Timestamp {
    /// ISO 8601, whole seconds, UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&iso8601(self.0))
    }
}

/// The UTC calendar moment; instants outside the years 0 to 9999 are moved to the nearest one inside.
fn utc(ms: Millis) -> OffsetDateTime {
    const FIRST: i64 = datetime!(0000-01-01 00:00:00 UTC).unix_timestamp();
    const LAST: i64 = datetime!(9999-12-31 23:59:59 UTC).unix_timestamp();
    let seconds = ms.div_euclid(SECOND).clamp(FIRST, LAST);
    OffsetDateTime::from_unix_timestamp(seconds)
        .expect("seconds between the years 0 and 9999 are in range")
}

/// The UTC calendar year of an instant.
pub fn year_of(ms: Millis) -> i32 {
    utc(ms).year()
}

/// The UTC date in words: `23 November 2026`.
pub fn date_in_words(ms: Millis) -> String {
    let moment = utc(ms);
    format!("{} {} {}", moment.day(), moment.month(), moment.year())
}

/// ISO 8601 in UTC with whole seconds: `2026-11-23T00:00:00Z`.
pub fn iso8601(ms: Millis) -> String {
    let moment = utc(ms);
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        iso_date(ms),
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}

/// The UTC date as ISO 8601: `2026-11-23`.
pub fn iso_date(ms: Millis) -> String {
    let moment = utc(ms);
    format!(
        "{:04}-{:02}-{:02}",
        moment.year(),
        u8::from(moment.month()),
        moment.day()
    )
}

/// How far `ms` lies from `now`, in the largest whole unit: `just now`, `3 days ago`, `in 2 days`.
///
/// Anything under a minute away is `just now`; months are twelfths of a [`YEAR`].
pub fn relative_in_words(ms: Millis, now: Millis) -> String {
    const MONTH: Millis = YEAR / 12;
    let distance = i64::try_from(ms.abs_diff(now)).unwrap_or(i64::MAX);
    let words = match distance {
        d if d < MINUTE => return "just now".to_owned(),
        d if d < HOUR => count(d / MINUTE, "minute", "minutes"),
        d if d < DAY => count(d / HOUR, "hour", "hours"),
        d if d < MONTH => count(d / DAY, "day", "days"),
        d if d < YEAR => count(d / MONTH, "month", "months"),
        d => count(d / YEAR, "year", "years"),
    };
    if ms > now {
        format!("in {words}")
    } else {
        format!("{words} ago")
    }
}

/// A whole number with a comma between thousands: `1,024`.
pub fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with the fitting form of its noun: `1 work`, `0 works`, `1,024 works`.
pub fn count(n: i64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOVEMBER_23: Millis = 1_795_392_000_000;

    #[test]
    fn a_date_reads_in_words_and_in_iso_8601() {
        assert_eq!(date_in_words(NOVEMBER_23), "23 November 2026");
        assert_eq!(iso8601(NOVEMBER_23), "2026-11-23T00:00:00Z");
        assert_eq!(iso_date(NOVEMBER_23), "2026-11-23");
        assert_eq!(year_of(NOVEMBER_23), 2026);
        assert_eq!(
            Timestamp(NOVEMBER_23 + 61_001).to_string(),
            "2026-11-23T00:01:01Z"
        );
    }

    #[test]
    fn the_last_millisecond_before_the_epoch_is_in_1969() {
        assert_eq!(iso8601(-1), "1969-12-31T23:59:59Z");
        assert_eq!(year_of(-1), 1969);
    }

    #[test]
    fn instants_beyond_the_calendar_do_not_panic() {
        assert_eq!(year_of(i64::MAX), 9999);
        assert_eq!(year_of(i64::MIN), 0);
        assert!(relative_in_words(i64::MIN, i64::MAX).ends_with("years ago"));
    }

    #[test]
    fn distance_in_time_uses_the_largest_whole_unit() {
        let now = NOVEMBER_23;
        for (offset, words) in [
            (0, "just now"),
            (-MINUTE + 1, "just now"),
            (MINUTE - 1, "just now"),
            (-MINUTE, "1 minute ago"),
            (-HOUR + 1, "59 minutes ago"),
            (-3 * DAY, "3 days ago"),
            (2 * DAY, "in 2 days"),
            (-DAY, "1 day ago"),
            (-31 * DAY, "1 month ago"),
            (-YEAR, "1 year ago"),
            (YEAR * 3, "in 3 years"),
        ] {
            assert_eq!(relative_in_words(now + offset, now), words, "{offset}");
        }
    }

    #[test]
    fn counts_take_the_right_noun_and_commas() {
        assert_eq!(count(1, "work", "works"), "1 work");
        assert_eq!(count(0, "work", "works"), "0 works");
        assert_eq!(count(1024, "work", "works"), "1,024 works");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(-1_024), "-1,024");
        assert_eq!(thousands(i64::MIN), "-9,223,372,036,854,775,808");
    }
}

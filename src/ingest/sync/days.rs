//! Days as sources take and give them: `2026-11-23`.

use time::{Date, Month};

use crate::domain::clock::{DAY, Millis, SECOND, iso_date};

/// The day some days before an instant.
pub fn before(instant: Millis, days: i64) -> String {
    iso_date(instant.saturating_sub(days.saturating_mul(DAY)))
}

/// The start (UTC) of the day that a date or an instant in ISO 8601 begins with.
pub fn start_of(text: &str) -> Option<Millis> {
    let mut parts = text.get(..10)?.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp() * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_back_over_months_and_years() {
        let day = start_of("2026-03-01T18:45:11Z").unwrap();
        assert_eq!(before(day, 0), "2026-03-01");
        assert_eq!(before(day, 1), "2026-02-28");
        assert_eq!(before(day, 60), "2025-12-31");
        assert_eq!(before(i64::MIN, 1), "0000-01-01");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-30",
            "x026-01-01",
            "2026-1-1",
            "äöüäöüäö",
        ] {
            assert_eq!(start_of(text), None, "{text}");
        }
    }
}

//! Dates of publication.

/// A date, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Date {
    /// 1000 to 2999.
    pub year: i64,
    month: Option<u32>,
    day: Option<u32>,
}

impl Date {
    /// From numbers; a month or day that does not exist counts as unknown. `None` without a year.
    pub fn new(year: i64, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        if !(1000..=2999).contains(&year) {
            return None;
        }
        let month = month.filter(|month| (1..=12).contains(month));
        let day =
            day.filter(|day| month.is_some_and(|month| (1..=days_in(year, month)).contains(day)));
        Some(Self { year, month, day })
    }

    /// From `2021`, `2021-03`, `2021-03-09`, the same with slashes or with a time behind it, or the first
    /// date of a range of them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next().unwrap_or(text);
        let separator = if text.contains('-') { '-' } else { '/' };
        let text = match separator {
            '-' => text.split('/').next().unwrap_or(text),
            _ => text,
        };
        let mut parts = text.split(separator);
        let year = parts.next()?;
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut part = || {
            parts
                .next()
                .filter(|part| part.len() <= 2)
                .and_then(|part| part.parse().ok())
        };
        Self::new(year.parse().ok()?, part(), part())
    }

    /// From `Thu, 22 Dec 2022 14:32:14 GMT`.
    pub fn parse_mail(text: &str) -> Option<Self> {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let text = text.rsplit(',').next()?;
        let mut words = text.split_whitespace();
        let day = words.next()?.parse().ok()?;
        let name = words.next()?.to_ascii_lowercase();
        let month = MONTHS
            .iter()
            .zip(1..)
            .find(|(month, _)| name.starts_with(**month))?
            .1;
        Self::new(words.next()?.parse().ok()?, Some(month), Some(day))
    }

    /// `2021-03` or `2021-03-09`; `None` if only the year is known.
    pub fn iso(self) -> Option<String> {
        let Self { year, month, day } = self;
        let month = month?;
        Some(match day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        })
    }

    /// The month, if it is known.
    pub fn month(self) -> Option<u32> {
        self.month
    }
}

fn days_in(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<(i64, Option<String>)> {
        Date::parse(text).map(|date| (date.year, date.iso()))
    }

    #[test]
    fn dates_are_read_as_far_as_they_are_known() {
        for (text, year, date) in [
            ("2021", 2021, None),
            ("2021-03", 2021, Some("2021-03")),
            ("2021-3-9", 2021, Some("2021-03-09")),
            ("2021-03-09T10:00:00.000Z", 2021, Some("2021-03-09")),
            ("2021-03-09 10:00", 2021, Some("2021-03-09")),
            ("2021/03/09", 2021, Some("2021-03-09")),
            ("2010-01-01/2012-12-31", 2010, Some("2010-01-01")),
            ("2010/2012", 2010, None),
            ("2021-02-29", 2021, Some("2021-02")),
            ("2020-02-29", 2020, Some("2020-02-29")),
            ("2021-13-01", 2021, None),
        ] {
            assert_eq!(iso(text), Some((year, date.map(str::to_owned))), "{text}");
        }
        for text in [
            "",
            "0",
            "0999",
            "3000",
            "20210309",
            "circa 1900",
            "1.2.2021",
            "-2021",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn dates_of_mail_are_read() {
        let date = Date::parse_mail("Thu, 2 Dec 2022 14:32:14 GMT").unwrap();
        assert_eq!(date.iso().as_deref(), Some("2022-12-02"));
        assert_eq!(
            Date::parse_mail("2 December 2022").unwrap().month(),
            Some(12)
        );
        assert_eq!(Date::parse_mail("yesterday"), None);
        assert_eq!(Date::parse_mail("Thu, 2 Foo 2022"), None);
    }
}

//! What an answer's headers say of when to ask again.

use std::time::UNIX_EPOCH;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

use crate::domain::clock::{DAY, MINUTE, Millis, SECOND};

/// What the headers of an answer say about time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// When the server answered, by its own clock.
    pub date: Option<Millis>,
    /// How long to wait before the next request, where the server asks for that.
    pub wait: Option<Millis>,
    /// The time between two requests that keeps within the server's limit.
    pub interval: Option<Millis>,
}

impl Timing {
    /// Reads them. `now` stands in where the server does not tell its time; `refused` tells whether the answer says that the
    /// request came too early.
    pub fn of(headers: &HeaderMap, now: Millis, refused: bool) -> Self {
        let text = |name: &HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
        let named = |name: &'static str| text(&HeaderName::from_static(name));
        let date = text(&DATE).and_then(http_date);
        // Against the server's own clock, where it shows it: ours may be wrong.
        let until = |instant: Millis| (instant - date.unwrap_or(now)).max(0);
        let asked = text(&RETRY_AFTER)
            .and_then(|text| seconds(text).or_else(|| http_date(text).map(until)));
        // OpenAlex: what is left of the day's allowance, and in how many seconds it is whole again.
        let used_up = named("x-ratelimit-remaining")
            .and_then(|left| left.parse::<f64>().ok())
            .is_some_and(|left| left <= 0.0);
        let reset = named("x-ratelimit-reset")
            .and_then(seconds)
            .filter(|reset| (refused || used_up) && *reset <= 2 * DAY);
        Self {
            date,
            wait: asked.or(reset),
            interval: interval(named("x-rate-limit-limit"), named("x-rate-limit-interval")),
        }
    }
}

/// Crossref: so many requests in so many seconds (`50` in `1s`).
fn interval(limit: Option<&str>, span: Option<&str>) -> Option<Millis> {
    let limit: Millis = limit?.parse().ok().filter(|limit| *limit > 0)?;
    let span = seconds(span?.trim_end_matches('s'))?;
    Some((span / limit).min(MINUTE))
}

/// Whole seconds as milliseconds; a number beyond reason is the longest time there is.
fn seconds(text: &str) -> Option<Millis> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| {
        text.parse::<Millis>()
            .unwrap_or(Millis::MAX)
            .saturating_mul(SECOND)
    })
}

fn http_date(text: &str) -> Option<Millis> {
    let moment = httpdate::parse_http_date(text).ok()?;
    let since = moment.duration_since(UNIX_EPOCH).ok()?;
    Millis::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_795_392_000_000;

    fn timing(headers: &[(&'static str, &str)], refused: bool) -> Timing {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        Timing::of(&headers, NOW, refused)
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        for (text, wait) in [
            ("0", Some(0)),
            ("120", Some(120 * SECOND)),
            (" 7 ", Some(7 * SECOND)),
            ("Mon, 23 Nov 2026 00:00:30 GMT", Some(30 * SECOND)),
            ("Sun, 22 Nov 2026 00:00:00 GMT", Some(0)),
            ("99999999999999999999", Some(Millis::MAX)),
            ("soon", None),
            ("-5", None),
            ("1.5", None),
            ("", None),
        ] {
            assert_eq!(timing(&[("retry-after", text)], true).wait, wait, "{text}");
        }
    }

    #[test]
    fn a_date_to_wait_for_is_held_against_the_servers_own_clock() {
        let found = timing(
            &[
                ("date", "Mon, 23 Nov 2020 10:00:00 GMT"),
                ("retry-after", "Mon, 23 Nov 2020 10:01:00 GMT"),
            ],
            true,
        );
        assert_eq!(found.wait, Some(MINUTE));
        assert_eq!(found.date, Some(1_606_125_600_000));
    }

    #[test]
    fn an_allowance_that_is_used_up_is_waited_for() {
        let used_up = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60")];
        assert_eq!(timing(&used_up, false).wait, Some(MINUTE));
        let left = [
            ("x-ratelimit-remaining", "0.5"),
            ("x-ratelimit-reset", "60"),
        ];
        assert_eq!(timing(&left, false).wait, None);
        assert_eq!(timing(&left, true).wait, Some(MINUTE));
        // A moment since 1970 is no number of seconds to wait.
        let moment = [("x-ratelimit-reset", "1795392000")];
        assert_eq!(timing(&moment, true).wait, None);
    }

    #[test]
    fn a_limit_gives_the_time_between_two_requests() {
        let between = |limit, span| {
            timing(
                &[
                    ("x-rate-limit-limit", limit),
                    ("x-rate-limit-interval", span),
                ],
                false,
            )
            .interval
        };
        assert_eq!(between("50", "1s"), Some(20));
        assert_eq!(between("3000", "60s"), Some(20));
        assert_eq!(between("1", "5s"), Some(5 * SECOND));
        assert_eq!(between("1", "86400s"), Some(MINUTE));
        for (limit, span) in [("0", "1s"), ("x", "1s"), ("1", "a day"), ("-1", "1s")] {
            assert_eq!(between(limit, span), None);
        }
    }
}

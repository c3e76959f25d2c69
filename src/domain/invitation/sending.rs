//! Who may send an invitation to whom, and what would unlock it where not.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::COOLING_OFF;
use crate::domain::clock::{Millis, count, date_in_words};
use crate::domain::verification::Level;

/// How many invitations a sender at this level may send within 24 hours; 0 below L2.
pub fn daily_limit(level: Level) -> i64 {
    match level {
        Level::L0 | Level::L1 => 0,
        Level::L2 => 3,
        Level::L3 => 10,
        Level::L4 => 25,
    }
}

/// When a sender who was declined at `declined_at` may write to the same person again.
pub fn cooling_off_until(declined_at: Millis) -> Millis {
    declined_at.saturating_add(COOLING_OFF)
}

/// What is known about a would-be sender and the author they look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFacts {
    /// Whether a standing claim is on the author.
    pub claimed: bool,
    /// Whether that claim is contested.
    pub contested: bool,
    /// Whether the sender is logged in.
    pub logged_in: bool,
    /// Whether the author is the sender's own.
    pub own: bool,
    /// Whether the sender's e-mail address is verified.
    pub email_verified: bool,
    /// The level of the sender's own standing claim; L0 without one.
    pub sender_level: Level,
    /// Whether the recipient accepts invitations.
    pub accepting: bool,
    /// Whether either of the two blocked the other.
    pub blocked: bool,
    /// Whether the two already have a conversation.
    pub conversing: bool,
    /// Whether an invitation between the two is open, in either direction.
    pub open_between: bool,
    /// When the recipient last declined an invitation of the sender.
    pub declined_at: Option<Millis>,
    /// Invitations that the sender sent within the last 24 hours, withdrawn ones included.
    pub sent_last_day: i64,
}

/// Why an invitation can't be sent now.
///
/// There is no refusal for a block: it gives [`SendRefusal::NotAccepting`], so that nothing the sender is sent, in words or in
/// code, can tell the two apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum SendRefusal {
    /// Nobody has claimed the author.
    Unclaimed,
    /// Two claims on the author await a decision.
    Contested,
    /// The visitor is not logged in.
    NotLoggedIn,
    /// The author is the sender's own.
    Own,
    /// The sender's e-mail address is not verified.
    EmailNotVerified,
    /// The sender is below L2.
    SenderLevelTooLow,
    /// The recipient accepts no invitations, or one of the two blocked the other.
    NotAccepting,
    /// The two already have a conversation.
    AlreadyConversing,
    /// An invitation between the two is open.
    AlreadyOpen,
    /// The recipient declined less than 90 days ago.
    CoolingOff {
        /// The first instant at which the sender may write again.
        until: Millis,
    },
    /// The sender's invitations of the last 24 hours reached their level's number.
    DailyLimit {
        /// That number.
        limit: i64,
    },
}

impl SendRefusal {
    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unclaimed => "unclaimed",
            Self::Contested => "contested",
            Self::NotLoggedIn => "not_logged_in",
            Self::Own => "own",
            Self::EmailNotVerified => "email_not_verified",
            Self::SenderLevelTooLow => "sender_level_too_low",
            Self::NotAccepting => "not_accepting",
            Self::AlreadyConversing => "already_conversing",
            Self::AlreadyOpen => "already_open",
            Self::CoolingOff { .. } => "cooling_off",
            Self::DailyLimit { .. } => "daily_limit",
        }
    }

    /// The reason, as a sentence for people.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unclaimed => {
                "Nobody has claimed this author yet, so there is nobody to invite.".to_owned()
            }
            Self::Contested => {
                "Two people claim this author, so new invitations wait for a moderator's decision."
                    .to_owned()
            }
            Self::NotLoggedIn => "Log in to invite this researcher.".to_owned(),
            Self::Own => "This is your own record.".to_owned(),
            Self::EmailNotVerified => "Your e-mail address is not verified yet.".to_owned(),
            Self::SenderLevelTooLow => {
                "Sending invitations takes verification level L2 or above.".to_owned()
            }
            Self::NotAccepting => {
                "This researcher does not accept invitations at the moment.".to_owned()
            }
            Self::AlreadyConversing => {
                "You already have a conversation with this researcher.".to_owned()
            }
            Self::AlreadyOpen => "An invitation between you two is already open.".to_owned(),
            Self::CoolingOff { until } => format!(
                "This researcher declined an invitation of yours; you can send another from {} on.",
                date_in_words(*until)
            ),
            Self::DailyLimit { limit } => format!(
                "You have sent {} within the last 24 hours, which is the most at your level.",
                count(*limit, "invitation", "invitations")
            ),
        }
    }

    /// What would unlock sending, as a sentence; `None` where nothing that the sender can do would.
    pub fn unlock(&self) -> Option<String> {
        let unlock = match self {
            Self::Unclaimed => "Claim this author entity first to unlock direct invitations.",
            Self::Contested => "The decision unlocks it.",
            Self::NotLoggedIn => "Log in, or sign up.",
            Self::EmailNotVerified => "Open the link in the mail that was sent to you.",
            Self::SenderLevelTooLow => {
                "Claim your own author record and give one proof to reach L2."
            }
            Self::AlreadyConversing => "Write in that conversation.",
            Self::AlreadyOpen => "Answer it, wait for the answer, or withdraw it.",
            Self::CoolingOff { until } => {
                return Some(format!("Wait until {}.", date_in_words(*until)));
            }
            Self::DailyLimit { limit } if *limit < daily_limit(Level::L4) => {
                "Wait a day, or reach a higher verification level."
            }
            Self::DailyLimit { .. } => "Wait a day.",
            Self::Own | Self::NotAccepting => return None,
        };
        Some(unlock.to_owned())
    }
}

impl fmt::Display for SendRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for SendRefusal {}

/// Whether an invitation may be sent now.
///
/// # Errors
/// The first refusal in this order: the author's state, who the sender is, the recipient's wish, what is between the two,
/// the sender's limit. A block is answered where the recipient's wish is, before anything that only an unblocked sender
/// should learn.
pub fn may_send(facts: &SendFacts, now: Millis) -> Result<(), SendRefusal> {
    let limit = daily_limit(facts.sender_level);
    let cooling = facts
        .declined_at
        .map(cooling_off_until)
        .filter(|until| now < *until);
    let refusal = match facts {
        SendFacts { claimed: false, .. } => SendRefusal::Unclaimed,
        SendFacts {
            logged_in: true,
            own: true,
            ..
        } => SendRefusal::Own,
        SendFacts {
            contested: true, ..
        } => SendRefusal::Contested,
        SendFacts {
            logged_in: false, ..
        } => SendRefusal::NotLoggedIn,
        SendFacts {
            email_verified: false,
            ..
        } => SendRefusal::EmailNotVerified,
        _ if facts.sender_level < Level::L2 => SendRefusal::SenderLevelTooLow,
        _ if facts.blocked || !facts.accepting => SendRefusal::NotAccepting,
        SendFacts {
            conversing: true, ..
        } => SendRefusal::AlreadyConversing,
        SendFacts {
            open_between: true, ..
        } => SendRefusal::AlreadyOpen,
        _ => match cooling {
            Some(until) => SendRefusal::CoolingOff { until },
            None if facts.sent_last_day >= limit => SendRefusal::DailyLimit { limit },
            None => return Ok(()),
        },
    };
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::DAY;

    const NOW: Millis = 1_795_392_000_000;

    /// Somebody who may send.
    fn fine() -> SendFacts {
        SendFacts {
            claimed: true,
            contested: false,
            logged_in: true,
            own: false,
            email_verified: true,
            sender_level: Level::L2,
            accepting: true,
            blocked: false,
            conversing: false,
            open_between: false,
            declined_at: None,
            sent_last_day: 0,
        }
    }

    /// The outcome after one change to somebody who may send.
    fn after(change: impl FnOnce(&mut SendFacts)) -> Result<(), SendRefusal> {
        let mut facts = fine();
        change(&mut facts);
        may_send(&facts, NOW)
    }

    #[test]
    fn each_obstacle_gives_its_own_refusal() {
        assert_eq!(after(|_| {}), Ok(()));
        assert_eq!(after(|f| f.claimed = false), Err(SendRefusal::Unclaimed));
        assert_eq!(after(|f| f.contested = true), Err(SendRefusal::Contested));
        assert_eq!(
            after(|f| f.logged_in = false),
            Err(SendRefusal::NotLoggedIn)
        );
        assert_eq!(after(|f| f.own = true), Err(SendRefusal::Own));
        assert_eq!(
            after(|f| f.email_verified = false),
            Err(SendRefusal::EmailNotVerified)
        );
        assert_eq!(
            after(|f| f.sender_level = Level::L1),
            Err(SendRefusal::SenderLevelTooLow)
        );
        assert_eq!(
            after(|f| f.accepting = false),
            Err(SendRefusal::NotAccepting)
        );
        assert_eq!(
            after(|f| f.conversing = true),
            Err(SendRefusal::AlreadyConversing)
        );
        assert_eq!(
            after(|f| f.open_between = true),
            Err(SendRefusal::AlreadyOpen)
        );
    }

    #[test]
    fn an_unclaimed_author_says_so_to_every_visitor_first() {
        let refused = after(|f| {
            f.claimed = false;
            f.logged_in = false;
            f.email_verified = false;
            f.sender_level = Level::L0;
        });
        assert_eq!(refused, Err(SendRefusal::Unclaimed));
    }

    #[test]
    fn a_block_looks_exactly_like_not_accepting_whatever_lies_between_the_two() {
        let lies_between: [fn(&mut SendFacts); 5] = [
            |_| {},
            |f| f.conversing = true,
            |f| f.open_between = true,
            |f| f.declined_at = Some(NOW - DAY),
            |f| f.sent_last_day = 99,
        ];
        for between in lies_between {
            let seen = |blocked: bool| {
                let refusal = after(|f| {
                    between(f);
                    f.blocked = blocked;
                    f.accepting = blocked;
                })
                .unwrap_err();
                let json = serde_json::to_string(&refusal).unwrap();
                (json, refusal.code(), refusal.sentence(), refusal.unlock())
            };
            assert_eq!(seen(true), seen(false));
            assert_eq!(seen(true).1, "not_accepting");
        }
    }

    #[test]
    fn a_declined_sender_waits_ninety_days() {
        let declined = |ago: Millis| after(|f| f.declined_at = Some(NOW - ago));
        assert_eq!(
            declined(90 * DAY - 1),
            Err(SendRefusal::CoolingOff { until: NOW + 1 })
        );
        assert_eq!(declined(90 * DAY), Ok(()));
    }

    #[test]
    fn the_daily_number_grows_with_the_level() {
        for (level, limit) in [(Level::L2, 3), (Level::L3, 10), (Level::L4, 25)] {
            let sent = |sent_last_day| {
                after(|f| {
                    f.sender_level = level;
                    f.sent_last_day = sent_last_day;
                })
            };
            assert_eq!(sent(limit - 1), Ok(()));
            assert_eq!(sent(limit), Err(SendRefusal::DailyLimit { limit }));
        }
        assert_eq!(daily_limit(Level::L0), 0);
        assert_eq!(daily_limit(Level::L1), 0);
    }

    #[test]
    fn the_words_name_the_date_and_the_number() {
        let cooling = SendRefusal::CoolingOff { until: NOW };
        assert!(cooling.sentence().contains("23 November 2026"));
        assert_eq!(cooling.unlock().unwrap(), "Wait until 23 November 2026.");
        let limit = SendRefusal::DailyLimit { limit: 25 };
        assert!(limit.sentence().contains("25 invitations"));
        assert_eq!(limit.unlock().unwrap(), "Wait a day.");
    }

    #[test]
    fn the_code_of_a_refusal_is_the_word_in_its_json() {
        for refusal in [
            SendRefusal::Unclaimed,
            SendRefusal::SenderLevelTooLow,
            SendRefusal::CoolingOff { until: 1 },
            SendRefusal::DailyLimit { limit: 3 },
        ] {
            let json = serde_json::to_string(&refusal).unwrap();
            assert!(
                json.contains(&format!("\"refusal\":\"{}\"", refusal.code())),
                "{json}"
            );
        }
    }
}

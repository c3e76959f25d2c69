//! An invitation from one researcher to another: one pure function from a state and an event to the next state
//! (see docs/rules.md), beside the rules for sending one ([`may_send`]) and for what it says ([`Content`]).
//!
//! ```text
//! sent -> seen -> accepted | declined
//! sent | seen -> withdrawn (by the sender) | expired (30 days after sending)
//! ```

mod content;
mod sending;

use serde::{Deserialize, Serialize};

pub use content::{
    Content, ContentRefusal, LINKED_WORKS_MAX, MESSAGE_MAX_CHARS, MESSAGE_MIN_CHARS, Purpose,
    SUBJECT_MAX_CHARS, SUBJECT_MIN_CHARS,
};
pub use sending::{SendFacts, SendRefusal, cooling_off_until, daily_limit, may_send};

use super::clock::{DAY, Millis};

/// An invitation that nobody answered expires this long after it was sent: 30 days.
pub const OPEN_FOR: Millis = 30 * DAY;
/// After a decline the same sender waits this long: 90 days.
pub const COOLING_OFF: Millis = 90 * DAY;

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// On its way: the recipient has not opened it.
    Sent,
    /// The recipient opened it.
    Seen,
    /// The recipient accepted; a conversation is open.
    Accepted,
    /// The recipient declined.
    Declined,
    /// The sender took it back.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
}

impl State {
    /// All states.
    pub const ALL: [Self; 6] = [
        Self::Sent,
        Self::Seen,
        Self::Accepted,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
    ];

    /// The word stored for the state.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Seen => "seen",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// The reverse of [`State::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sent => "Sent",
            Self::Seen => "Seen",
            Self::Accepted => "Accepted",
            Self::Declined => "Declined",
            Self::Withdrawn => "Withdrawn",
            Self::Expired => "Expired",
        }
    }

    /// Whether an answer is still awaited. A pair of people has at most one open invitation.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sent | Self::Seen)
    }

    /// The state that holds at `now`, whether or not the job that records expiry has run.
    pub fn at(self, sent_at: Millis, now: Millis) -> Self {
        if self.is_open() && now >= expires_at(sent_at) {
            Self::Expired
        } else {
            self
        }
    }
}

/// What happens to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The recipient opens it; again is no error.
    Open,
    /// The recipient accepts.
    Accept,
    /// The recipient declines.
    Decline,
    /// The sender takes it back.
    Withdraw,
    /// Its time is over.
    Expire,
}

impl Event {
    /// All events.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Accept,
        Self::Decline,
        Self::Withdraw,
        Self::Expire,
    ];

    /// The word for the event.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
            Self::Expire => "expire",
        }
    }
}

/// Who acts on the invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The account that sent it.
    Sender,
    /// The account it was sent to.
    Recipient,
    /// The job that records expiry.
    Clock,
    /// Any other account, moderators included.
    Other,
}

impl Actor {
    /// All kinds of actors.
    pub const ALL: [Self; 4] = [Self::Sender, Self::Recipient, Self::Clock, Self::Other];
}

/// What a step is decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who acts.
    pub actor: Actor,
    /// When the invitation was sent.
    pub sent_at: Millis,
}

/// Why a step was not taken. Each reads as a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the recipient may do this.
    #[error("Only the person who was invited can do that.")]
    NotRecipient,
    /// Only the sender may do this.
    #[error("Only the person who sent this invitation can do that.")]
    NotSender,
    /// Only the passing of time does this.
    #[error("An invitation expires by itself.")]
    NotClock,
    /// Thirty days have passed.
    #[error("This invitation has expired.")]
    Expired,
    /// Thirty days have not passed.
    #[error("This invitation has not expired yet.")]
    NotYetExpired {
        /// When it will.
        until: Millis,
    },
    /// It was answered or taken back already, or has not been opened yet.
    #[error("That is not possible in the state that this invitation is in now.")]
    WrongState {
        /// The state.
        state: State,
        /// The event.
        event: Event,
    },
}

impl Refusal {
    /// The reason, as a sentence for people.
    pub fn sentence(&self) -> String {
        self.to_string()
    }
}

/// The first instant at which an invitation sent at `sent_at` is expired.
pub fn expires_at(sent_at: Millis) -> Millis {
    sent_at.saturating_add(OPEN_FOR)
}

/// Takes one step.
///
/// Who acts is checked before the state. An open invitation whose time is over counts as expired even before
/// [`Event::Expire`] was recorded: nobody can accept it in between.
///
/// # Errors
/// The first [`Refusal`] that applies, in the order actor, state, time.
pub fn step(state: State, event: Event, facts: &Facts, now: Millis) -> Result<State, Refusal> {
    match (event, facts.actor) {
        (Event::Open | Event::Accept | Event::Decline, Actor::Recipient)
        | (Event::Withdraw, Actor::Sender)
        | (Event::Expire, Actor::Clock) => {}
        (Event::Open | Event::Accept | Event::Decline, _) => return Err(Refusal::NotRecipient),
        (Event::Withdraw, _) => return Err(Refusal::NotSender),
        (Event::Expire, _) => return Err(Refusal::NotClock),
    }
    let next = match (state, event) {
        (State::Sent | State::Seen, Event::Open) => State::Seen,
        (State::Seen, Event::Accept) => State::Accepted,
        (State::Seen, Event::Decline) => State::Declined,
        (State::Sent | State::Seen, Event::Withdraw) => State::Withdrawn,
        (State::Sent | State::Seen, Event::Expire) => State::Expired,
        _ => return Err(Refusal::WrongState { state, event }),
    };
    let until = expires_at(facts.sent_at);
    match (event, now >= until) {
        (Event::Expire, false) => Err(Refusal::NotYetExpired { until }),
        (Event::Expire, true) => Ok(next),
        (_, true) => Err(Refusal::Expired),
        (_, false) => Ok(next),
    }
}

/// An answer ([`Event::Accept`] or [`Event::Decline`]) by a recipient who may answer without having opened the invitation
/// first, as from a list: opens it, then takes the step.
///
/// # Errors
/// As [`step`].
pub fn answer(state: State, event: Event, facts: &Facts, now: Millis) -> Result<State, Refusal> {
    let seen = match state {
        State::Sent => step(state, Event::Open, facts, now)?,
        other => other,
    };
    step(seen, event, facts, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT_AT: Millis = 1_795_392_000_000;
    const SOON: Millis = SENT_AT + DAY;

    fn facts(actor: Actor) -> Facts {
        Facts {
            actor,
            sent_at: SENT_AT,
        }
    }

    fn fitting_actor(event: Event) -> Actor {
        match event {
            Event::Open | Event::Accept | Event::Decline => Actor::Recipient,
            Event::Withdraw => Actor::Sender,
            Event::Expire => Actor::Clock,
        }
    }

    /// When the event is meant to come.
    fn fitting_time(event: Event) -> Millis {
        match event {
            Event::Expire => SENT_AT + OPEN_FOR,
            Event::Open | Event::Accept | Event::Decline | Event::Withdraw => SOON,
        }
    }

    /// A row per state, a column per event in the order of `Event::ALL`, `-` where the step is refused.
    #[rustfmt::skip]
    const TABLE: [(&str, [&str; Event::ALL.len()]); State::ALL.len()] = [
        ("sent",      ["seen", "-",        "-",        "withdrawn", "expired"]),
        ("seen",      ["seen", "accepted", "declined", "withdrawn", "expired"]),
        ("accepted",  ["-",    "-",        "-",        "-",         "-"]),
        ("declined",  ["-",    "-",        "-",        "-",         "-"]),
        ("withdrawn", ["-",    "-",        "-",        "-",         "-"]),
        ("expired",   ["-",    "-",        "-",        "-",         "-"]),
    ];

    #[test]
    fn the_lists_of_states_and_events_leave_none_out() {
        // Each variant names its place; a new one does not compile until it has one.
        for (place, state) in State::ALL.into_iter().enumerate() {
            let expected = match state {
                State::Sent => 0,
                State::Seen => 1,
                State::Accepted => 2,
                State::Declined => 3,
                State::Withdrawn => 4,
                State::Expired => 5,
            };
            assert_eq!(place, expected);
        }
        for (place, event) in Event::ALL.into_iter().enumerate() {
            let expected = match event {
                Event::Open => 0,
                Event::Accept => 1,
                Event::Decline => 2,
                Event::Withdraw => 3,
                Event::Expire => 4,
            };
            assert_eq!(place, expected);
        }
    }

    #[test]
    fn every_pair_of_state_and_event_does_what_the_table_says() {
        for (state, (name, row)) in State::ALL.into_iter().zip(TABLE) {
            assert_eq!(state.as_str(), name);
            for (event, expected) in Event::ALL.into_iter().zip(row) {
                let facts = facts(fitting_actor(event));
                match step(state, event, &facts, fitting_time(event)) {
                    Ok(next) => assert_eq!(next.as_str(), expected, "{state:?} {event:?}"),
                    Err(refusal) => {
                        assert_eq!("-", expected, "{state:?} {event:?}");
                        assert_eq!(refusal, Refusal::WrongState { state, event });
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_but_the_fitting_actor_moves_any_invitation() {
        for state in State::ALL {
            for event in Event::ALL {
                for actor in Actor::ALL {
                    let outcome = step(state, event, &facts(actor), fitting_time(event));
                    let refused_for_actor = matches!(
                        outcome,
                        Err(Refusal::NotRecipient | Refusal::NotSender | Refusal::NotClock)
                    );
                    let fits = actor == fitting_actor(event);
                    assert_eq!(refused_for_actor, !fits, "{state:?} {event:?} {actor:?}");
                }
            }
        }
    }

    #[test]
    fn an_open_invitation_ends_to_the_millisecond_after_thirty_days() {
        let end = SENT_AT + OPEN_FOR;
        for (event, state) in [
            (Event::Open, State::Sent),
            (Event::Accept, State::Seen),
            (Event::Decline, State::Seen),
            (Event::Withdraw, State::Sent),
        ] {
            let facts = facts(fitting_actor(event));
            assert!(step(state, event, &facts, end - 1).is_ok());
            assert_eq!(step(state, event, &facts, end), Err(Refusal::Expired));
        }
        let clock = facts(Actor::Clock);
        assert_eq!(
            step(State::Seen, Event::Expire, &clock, end - 1),
            Err(Refusal::NotYetExpired { until: end })
        );
        assert_eq!(State::Seen.at(SENT_AT, end - 1), State::Seen);
        assert_eq!(State::Seen.at(SENT_AT, end), State::Expired);
        assert_eq!(State::Accepted.at(SENT_AT, end), State::Accepted);
    }

    #[test]
    fn an_answer_from_the_list_opens_the_invitation_on_the_way() {
        let recipient = facts(Actor::Recipient);
        for state in [State::Sent, State::Seen] {
            let accepted = answer(state, Event::Accept, &recipient, SOON);
            assert_eq!(accepted, Ok(State::Accepted));
            let declined = answer(state, Event::Decline, &recipient, SOON);
            assert_eq!(declined, Ok(State::Declined));
        }
        assert_eq!(
            answer(State::Sent, Event::Accept, &facts(Actor::Sender), SOON),
            Err(Refusal::NotRecipient)
        );
        assert!(answer(State::Withdrawn, Event::Accept, &recipient, SOON).is_err());
    }

    #[test]
    fn a_state_survives_its_word() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!(State::parse("lost"), None);
    }
}

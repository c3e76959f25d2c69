use super::*;
use crate::domain::verification::ProofKind::*;

const NOW: Millis = 1_795_392_000_000;
const REASON: &str = "The proof does not name this author.";

fn approved() -> State {
    State::Approved { level: Level::L2 }
}

/// One state of each kind, each naming the next: a new variant does not compile until it has its place here.
fn state_after(state: &State) -> Option<State> {
    let reason = REASON.to_owned();
    Some(match state {
        State::Started => State::Proving,
        State::Proving => State::PendingReview,
        State::PendingReview => approved(),
        State::Approved { .. } => State::Rejected { reason },
        State::Rejected { .. } => State::Withdrawn,
        State::Withdrawn => State::Contested { level: Level::L2 },
        State::Contested { .. } => State::Upheld { level: Level::L2 },
        State::Upheld { .. } => State::Transferred,
        State::Transferred => State::Revoked { reason },
        State::Revoked { .. } => return None,
    })
}

fn event_after(event: &Event) -> Option<Event> {
    let reason = REASON.to_owned();
    Some(match event {
        Event::SelectWorks => Event::Prove,
        Event::Prove => Event::AskModerator,
        Event::AskModerator => Event::Approve,
        Event::Approve => Event::Reject { reason },
        Event::Reject { .. } => Event::Withdraw,
        Event::Withdraw => Event::Contest,
        Event::Contest => Event::Uphold,
        Event::Uphold => Event::Settle,
        Event::Settle => Event::Transfer,
        Event::Transfer => Event::Revoke { reason },
        Event::Revoke { .. } => Event::Recheck,
        Event::Recheck => return None,
    })
}

fn all_states() -> Vec<State> {
    std::iter::successors(Some(State::Started), state_after).collect()
}

fn all_events() -> Vec<Event> {
    std::iter::successors(Some(Event::SelectWorks), event_after).collect()
}

/// The actor for whom the event is meant.
fn fitting_actor(event: &Event) -> Actor {
    match event {
        Event::SelectWorks
        | Event::Prove
        | Event::AskModerator
        | Event::Withdraw
        | Event::Recheck => Actor::Owner,
        Event::Contest | Event::Settle => Actor::Contender,
        Event::Approve
        | Event::Reject { .. }
        | Event::Uphold
        | Event::Transfer
        | Event::Revoke { .. } => Actor::Moderator,
    }
}

fn facts(actor: Actor) -> Facts {
    Facts {
        actor,
        email_verified: true,
        works_selected: 3,
        proofs: vec![Proof {
            kind: InstitutionEmail,
            at: NOW,
        }],
        orcid_shared_works: 0,
        claimed_by_other: false,
    }
}

fn by_owner(
    state: &State,
    event: &Event,
    change: impl FnOnce(&mut Facts),
) -> Result<State, Refusal> {
    let mut facts = facts(Actor::Owner);
    change(&mut facts);
    step(state, event, &facts, NOW)
}

fn by_moderator(
    state: &State,
    event: &Event,
    change: impl FnOnce(&mut Facts),
) -> Result<State, Refusal> {
    let mut facts = facts(Actor::Moderator);
    change(&mut facts);
    step(state, event, &facts, NOW)
}

/// The whole machine: a row per state, a column per event, `-` where the step is refused.
#[rustfmt::skip]
const TABLE: &[(&str, [&str; 12])] = &[
    ("",               ["select_works", "prove", "ask_moderator", "approve", "reject", "withdraw", "contest", "uphold", "settle", "transfer", "revoke", "recheck"]),
    ("started",        ["proving", "-", "-", "-", "-", "withdrawn", "-", "-", "-", "-", "-", "-"]),
    ("proving",        ["proving", "approved", "pending_review", "-", "-", "withdrawn", "-", "-", "-", "-", "-", "-"]),
    ("pending_review", ["-", "-", "-", "approved", "rejected", "withdrawn", "-", "-", "-", "-", "-", "-"]),
    ("approved",       ["-", "-", "-", "-", "-", "withdrawn", "contested", "-", "-", "-", "revoked", "approved"]),
    ("rejected",       ["-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
    ("withdrawn",      ["-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
    ("contested",      ["-", "-", "-", "-", "-", "withdrawn", "-", "upheld", "upheld", "transferred", "revoked", "contested"]),
    ("upheld",         ["-", "-", "-", "-", "-", "withdrawn", "contested", "-", "-", "-", "revoked", "upheld"]),
    ("transferred",    ["-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
    ("revoked",        ["-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"]),
];

#[test]
fn every_pair_of_state_and_event_does_what_the_table_says() {
    let (states, events) = (all_states(), all_events());
    let (head, rows) = TABLE.split_first().unwrap();
    assert_eq!(
        head.1.to_vec(),
        events.iter().map(Event::as_str).collect::<Vec<_>>()
    );
    assert_eq!(
        rows.iter().map(|row| row.0).collect::<Vec<_>>(),
        states.iter().map(State::as_str).collect::<Vec<_>>()
    );
    for (state, (_, expected)) in states.iter().zip(rows) {
        for (event, expected) in events.iter().zip(expected) {
            let outcome = step(state, event, &facts(fitting_actor(event)), NOW);
            match outcome {
                Ok(next) => assert_eq!(next.as_str(), *expected, "{state:?} {event:?}"),
                Err(Refusal::WrongState { state: s, event: e }) => {
                    assert_eq!("-", *expected, "{state:?} {event:?}");
                    assert_eq!((s.as_str(), e.as_str()), (state.as_str(), event.as_str()));
                }
                Err(other) => panic!("{state:?} {event:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn nobody_but_the_fitting_actor_moves_any_claim() {
    for state in all_states() {
        for event in all_events() {
            for actor in Actor::ALL {
                let fits = match &event {
                    Event::Contest => actor != Actor::Owner,
                    Event::Recheck => matches!(actor, Actor::Owner | Actor::Moderator),
                    Event::Settle => matches!(actor, Actor::Contender | Actor::Moderator),
                    _ => actor == fitting_actor(&event),
                };
                let outcome = step(&state, &event, &facts(actor), NOW);
                let refused_for_actor = matches!(
                    outcome,
                    Err(Refusal::NotOwner
                        | Refusal::NotModerator
                        | Refusal::OwnClaim
                        | Refusal::ContestsOwnClaim)
                );
                assert_eq!(refused_for_actor, !fits, "{state:?} {event:?} {actor:?}");
            }
        }
    }
}

#[test]
fn a_moderator_does_not_decide_on_a_claim_that_they_take_part_in() {
    for actor in [Actor::of(true, false, true), Actor::of(false, true, true)] {
        for (state, event) in [
            (State::PendingReview, Event::Approve),
            (
                State::PendingReview,
                Event::Reject {
                    reason: REASON.into(),
                },
            ),
            (State::Contested { level: Level::L2 }, Event::Uphold),
            (State::Contested { level: Level::L2 }, Event::Transfer),
            (
                approved(),
                Event::Revoke {
                    reason: REASON.into(),
                },
            ),
        ] {
            assert_eq!(
                step(&state, &event, &facts(actor), NOW),
                Err(Refusal::OwnClaim)
            );
        }
    }
    assert_eq!(Actor::of(false, false, true), Actor::Moderator);
    assert_eq!(Actor::of(false, false, false), Actor::Other);
}

#[test]
fn a_claim_goes_nowhere_without_a_verified_email_and_a_selected_work() {
    for (state, event) in [
        (State::Started, Event::SelectWorks),
        (State::Proving, Event::Prove),
        (State::Proving, Event::AskModerator),
        (approved(), Event::Recheck),
    ] {
        assert_eq!(
            by_owner(&state, &event, |facts| facts.email_verified = false),
            Err(Refusal::EmailNotVerified)
        );
        assert_eq!(
            by_owner(&state, &event, |facts| facts.works_selected = 0),
            Err(Refusal::NoWorksSelected)
        );
    }
    assert_eq!(
        by_moderator(&State::PendingReview, &Event::Approve, |facts| facts
            .email_verified =
            false),
        Err(Refusal::EmailNotVerified)
    );
}

#[test]
fn a_proof_has_to_be_there_be_enough_and_be_fresh() {
    let prove = |proofs: Vec<Proof>| {
        by_owner(&State::Proving, &Event::Prove, |facts| {
            facts.proofs = proofs
        })
    };
    let proof = |kind, at| Proof { kind, at };
    assert_eq!(prove(vec![]), Err(Refusal::ProofMissing));
    assert_eq!(
        prove(vec![proof(Orcid, NOW), proof(Voucher, NOW)]),
        Err(Refusal::ProofNotEnough)
    );
    assert_eq!(
        prove(vec![proof(RelMe, NOW - YEAR)]),
        Err(Refusal::ProofStale)
    );
    assert_eq!(prove(vec![proof(RelMe, NOW - YEAR + 1)]), Ok(approved()));
}

#[test]
fn the_level_of_an_approval_follows_from_the_proofs() {
    let more = |facts: &mut Facts| {
        facts.proofs.push(Proof {
            kind: Orcid,
            at: NOW,
        });
        facts.orcid_shared_works = 2;
    };
    assert_eq!(
        by_owner(&State::Proving, &Event::Prove, more),
        Ok(State::Approved { level: Level::L3 })
    );
    // The moderator who approves is the second proof of another kind.
    assert_eq!(
        by_moderator(&State::PendingReview, &Event::Approve, more),
        Ok(State::Approved { level: Level::L4 })
    );
    assert_eq!(
        by_moderator(&State::PendingReview, &Event::Approve, |facts| facts
            .proofs
            .clear()),
        Ok(State::Approved { level: Level::L2 })
    );
}

#[test]
fn a_recheck_raises_lowers_or_refuses_and_keeps_the_kind_of_state() {
    let orcid = |facts: &mut Facts| {
        facts.proofs.push(Proof {
            kind: Orcid,
            at: NOW,
        });
        facts.orcid_shared_works = 5;
    };
    assert_eq!(
        by_owner(&approved(), &Event::Recheck, orcid),
        Ok(State::Approved { level: Level::L3 })
    );
    assert_eq!(
        by_owner(
            &State::Contested { level: Level::L4 },
            &Event::Recheck,
            orcid
        ),
        Ok(State::Contested { level: Level::L3 })
    );
    assert_eq!(
        by_owner(&approved(), &Event::Recheck, |facts| facts.proofs[0].at =
            NOW - YEAR),
        Err(Refusal::ProofStale)
    );
}

#[test]
fn a_second_claim_waits_for_a_moderator_who_first_decides_the_contest() {
    let second = |facts: &mut Facts| facts.claimed_by_other = true;
    assert_eq!(
        by_owner(&State::Proving, &Event::Prove, second),
        Ok(State::PendingReview)
    );
    assert_eq!(
        by_moderator(&State::PendingReview, &Event::Approve, second),
        Err(Refusal::ClaimedByOther)
    );
}

#[test]
fn a_contest_keeps_the_level() {
    let contested = State::Contested { level: Level::L4 };
    let standing = State::Approved { level: Level::L4 };
    let outcome = step(&standing, &Event::Contest, &facts(Actor::Contender), NOW);
    assert_eq!(outcome.as_ref(), Ok(&contested));
    assert_eq!(
        by_moderator(&contested, &Event::Uphold, |_| {}),
        Ok(State::Upheld { level: Level::L4 })
    );
}

#[test]
fn a_rejection_and_a_revocation_need_a_reason_of_fitting_length() {
    let reject =
        |reason: String| by_moderator(&State::PendingReview, &Event::Reject { reason }, |_| {});
    let revoke = |reason: String| by_moderator(&approved(), &Event::Revoke { reason }, |_| {});
    assert_eq!(reject("  \n".into()), Err(Refusal::ReasonMissing));
    assert_eq!(revoke(String::new()), Err(Refusal::ReasonMissing));
    assert_eq!(
        reject(" not you ".into()),
        Ok(State::Rejected {
            reason: "not you".into()
        })
    );
    assert!(revoke("é".repeat(REASON_MAX_CHARS)).is_ok());
    assert_eq!(
        revoke("é".repeat(REASON_MAX_CHARS + 1)),
        Err(Refusal::ReasonTooLong {
            chars: REASON_MAX_CHARS + 1
        })
    );
}

#[test]
fn a_state_survives_its_three_columns() {
    for state in all_states() {
        let level = state.level().map(Level::as_i64);
        assert_eq!(
            State::parse(state.as_str(), level, state.reason()),
            Some(state)
        );
    }
    assert_eq!(State::parse("approved", None, None), None);
    assert_eq!(State::parse("approved", Some(1), None), None);
    assert_eq!(State::parse("approved", Some(7), None), None);
    assert_eq!(State::parse("rejected", None, None), None);
    assert_eq!(State::parse("nonsense", Some(2), Some("x")), None);
}

#[test]
fn no_claim_is_both_open_and_standing() {
    for state in all_states() {
        assert!(!(state.is_open() && state.is_standing()), "{state:?}");
    }
}

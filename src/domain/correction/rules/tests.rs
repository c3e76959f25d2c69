use super::*;

const ADA: AccountId = AccountId(1);
const BEN: AccountId = AccountId(2);
const MIA: AccountId = AccountId(3);

fn viewer(account: AccountId, moderator: bool) -> Viewer {
    Viewer {
        account: Some(account),
        email_verified: true,
        moderator,
    }
}

fn held(by: AccountId) -> Stakes {
    Stakes {
        holder: Some(by),
        ..Stakes::default()
    }
}

#[test]
fn the_claimant_corrects_their_own_page_and_nobody_elses() {
    let free = Stakes::default();
    assert_eq!(
        role(&viewer(ADA, false), &held(ADA), &[]),
        Ok(Role::Claimant)
    );
    for (author, who) in [
        (held(ADA), viewer(BEN, false)),
        (free.clone(), viewer(ADA, false)),
        (free, Viewer::VISITOR),
    ] {
        assert_eq!(role(&who, &author, &[]), Err(Refusal::NotClaimant));
    }
}

#[test]
fn a_contested_claim_corrects_nothing_even_a_moderators_own() {
    let contested = Stakes {
        contested: true,
        claimants: vec![BEN],
        ..held(ADA)
    };
    for moderator in [false, true] {
        assert_eq!(
            role(&viewer(ADA, moderator), &contested, &[]),
            Err(Refusal::Contested)
        );
    }
    assert_eq!(
        role(&viewer(MIA, true), &contested, &[]),
        Ok(Role::Moderator)
    );
    assert_eq!(
        role(&viewer(BEN, true), &contested, &[]),
        Err(Refusal::OwnCase)
    );
}

#[test]
fn a_moderator_corrects_any_page_but_one_they_take_part_in() {
    let mia = viewer(MIA, true);
    assert_eq!(role(&mia, &held(ADA), &[&held(BEN)]), Ok(Role::Moderator));
    assert_eq!(role(&mia, &held(ADA), &[&held(MIA)]), Err(Refusal::OwnCase));
    assert_eq!(role(&mia, &held(MIA), &[&held(ADA)]), Ok(Role::Claimant));
}

#[test]
fn a_claimant_takes_back_only_what_they_did_themselves() {
    assert_eq!(may_undo(Role::Claimant, ADA, ADA), Ok(()));
    assert_eq!(may_undo(Role::Claimant, ADA, MIA), Err(Refusal::NotYours));
    assert_eq!(may_undo(Role::Moderator, MIA, ADA), Ok(()));
}

fn merger<'a>(role: Role, kept: &'a Stakes, joined: &'a Stakes) -> Merger<'a> {
    Merger {
        role,
        kept,
        joined,
        joined_pending: false,
        akin: true,
        identifiers_differ: false,
        joint_works: 0,
    }
}

#[test]
fn a_claimed_page_never_ends_in_a_merger() {
    let free = Stakes::default();
    for role in [Role::Claimant, Role::Moderator] {
        for (kept, joined, outcome) in [
            (held(ADA), held(BEN), Err(Refusal::BothClaimed)),
            (held(ADA), held(ADA), Err(Refusal::BothYours)),
            (free.clone(), held(BEN), Err(Refusal::JoinedClaimed)),
            (held(ADA), free.clone(), Ok(())),
            (free.clone(), free.clone(), Ok(())),
        ] {
            assert_eq!(merge(merger(role, &kept, &joined)), outcome);
        }
        let pending = Merger {
            joined_pending: true,
            ..merger(role, &free, &free)
        };
        assert_eq!(merge(pending), Err(Refusal::ClaimPending));
    }
}

#[test]
fn what_makes_a_merger_unlikely_is_for_moderators() {
    let free = Stakes::default();
    let base = |role| merger(role, &free, &free);
    for (change, refusal) in [
        (
            (|m: &mut Merger| m.akin = false) as fn(&mut Merger),
            Refusal::NameDiffers,
        ),
        (|m| m.identifiers_differ = true, Refusal::IdentifiersDiffer),
        (|m| m.joint_works = 1, Refusal::JointWorks),
    ] {
        let mut claimants = base(Role::Claimant);
        change(&mut claimants);
        assert_eq!(merge(claimants), Err(refusal));
        let mut moderators = base(Role::Moderator);
        change(&mut moderators);
        assert_eq!(merge(moderators), Ok(()));
    }
}

#[test]
fn a_work_comes_to_an_author_only_from_an_unclaimed_one_under_a_fitting_name() {
    let (free, bens) = (Stakes::default(), held(BEN));
    let base = Asked {
        role: Role::Claimant,
        from: Some(&free),
        akin: true,
        collective: false,
        already: false,
    };
    assert_eq!(mine(base), Ok(()));
    assert_eq!(mine(Asked { from: None, ..base }), Ok(()));
    for (asked, refusal) in [
        (
            Asked {
                collective: true,
                ..base
            },
            Refusal::NotAPerson,
        ),
        (
            Asked {
                from: Some(&bens),
                ..base
            },
            Refusal::HeldByOther,
        ),
        (
            Asked {
                already: true,
                ..base
            },
            Refusal::AlreadyYours,
        ),
    ] {
        assert_eq!(mine(asked), Err(refusal));
        let by_moderator = Asked {
            role: Role::Moderator,
            ..asked
        };
        assert_eq!(mine(by_moderator), Err(refusal));
    }
    let other_name = Asked {
        akin: false,
        ..base
    };
    assert_eq!(mine(other_name), Err(Refusal::NameDiffers));
    let by_moderator = Asked {
        role: Role::Moderator,
        ..other_name
    };
    assert_eq!(mine(by_moderator), Ok(()));
}

#[test]
fn a_reason_is_there_and_not_endless() {
    assert_eq!(
        checked_reason("  wrong person \n"),
        Ok("wrong person".into())
    );
    assert_eq!(checked_reason(" \n "), Err(Refusal::ReasonMissing));
    assert_eq!(
        checked_reason(&"x".repeat(1_001)),
        Err(Refusal::ReasonTooLong)
    );
    assert!(checked_reason(&"x".repeat(1_000)).is_ok());
}

#[test]
fn a_refused_undo_names_the_later_correction() {
    let refusal = Refusal::BuiltOn {
        later: Kind::Split,
        correction: 12,
    };
    assert_eq!(
        refusal.to_string(),
        "A later correction, a split (number 12), builds on this one: undo that first."
    );
}

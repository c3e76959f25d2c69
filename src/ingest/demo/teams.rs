//! Who works with whom: departments of twenty labs, each with a leader, a senior and people who come and go.
//!
//! Departments appear as the corpus grows, one for every 400 works; half of the works come from the newest one, half from any
//! that is there. Older departments so collect more works, as in real communities, and a longer corpus begins with the shorter
//! one.

use super::chance::{Dice, mix, mix_below, permute};
use super::salt;
use super::topics::TOPICS;

/// Works after which a new department appears.
const WORKS_PER_DEPARTMENT: u64 = 400;
/// People of a department, the sum of [`LAB_SIZES`].
pub const PEOPLE_PER_DEPARTMENT: u64 = 200;
/// Labs of a department.
pub const LABS: usize = 20;
/// People of each lab, the busiest lab first.
const LAB_SIZES: [u64; LABS] = [
    18, 16, 14, 13, 12, 12, 11, 11, 10, 10, 9, 9, 8, 8, 7, 7, 7, 6, 6, 6,
];
/// How many works labs have in comparison: falls off as 1 / (rank + 3).
const LAB_WEIGHTS: [u32; LABS] = [
    333, 250, 200, 167, 143, 125, 111, 100, 91, 83, 77, 71, 67, 63, 59, 56, 53, 50, 48, 45,
];
/// How often works have 1, 2, ... 8 authors; 3.5 on average.
const TEAM_WEIGHTS: [u32; 8] = [9, 20, 27, 20, 12, 6, 4, 2];
/// The first and the last year of the demo.
pub const YEARS: (u64, u64) = (2008, 2026);
/// Every so many works, one comes from a consortium of 30 to 59 people.
const CONSORTIUM_EVERY: u64 = 200;
/// Every so many works, one comes from a collaboration of some 300 people.
const COLLABORATION_EVERY: u64 = 100_000;
/// The place of such a work in its hundred thousand: the corpus has to be large enough to hold 300 people.
const COLLABORATION_PLACE: u64 = 5_000;

/// Where a person sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Number of the department, from 0.
    pub department: u64,
    /// Rank of the lab in it, 0 the busiest.
    pub lab: usize,
    /// Place in the lab: 0 leads it, 1 is its senior.
    pub member: u64,
}

/// The seat of person `person`.
pub fn seat(person: u64) -> Seat {
    let mut member = person % PEOPLE_PER_DEPARTMENT;
    let mut lab = 0;
    while member >= LAB_SIZES[lab] {
        member -= LAB_SIZES[lab];
        lab += 1;
    }
    Seat {
        department: person / PEOPLE_PER_DEPARTMENT,
        lab,
        member,
    }
}

/// The person on a seat.
fn person(department: u64, lab: usize, member: u64) -> u64 {
    department * PEOPLE_PER_DEPARTMENT + LAB_SIZES[..lab].iter().sum::<u64>() + member
}

/// The subject that a lab mostly writes about, as a place in [`TOPICS`]; the first twenty labs of a department differ in it.
pub fn main_topic(seed: u64, department: u64, lab: usize) -> usize {
    let key = mix(seed, salt::TOPIC, department);
    permute(key, lab as u64, TOPICS.len() as u64) as usize
}

/// The year in which a lab began; the busiest ones are old.
fn founded(seed: u64, department: u64, lab: usize) -> u64 {
    let latest = if lab < 3 { 3 } else { 9 };
    let number = department * LABS as u64 + lab as u64;
    YEARS.0 + mix_below(seed, salt::FOUNDED, number, latest)
}

/// The first and last year in which a person publishes.
fn career(seed: u64, founded: u64, seat: Seat, person: u64) -> (u64, u64) {
    let span = YEARS.1 - founded;
    match seat.member {
        0 => (founded, YEARS.1),
        1 => (
            founded + mix_below(seed, salt::START, person, 1 + span.min(4)),
            YEARS.1,
        ),
        member => {
            // Juniors arrive one after the other over the lab's life and stay four to seven years, one in four for good.
            let juniors = LAB_SIZES[seat.lab] - 2;
            let start = founded + (member - 2) * span / juniors;
            let stay = mix_below(seed, salt::STAY, person, 16);
            let end = if stay < 4 {
                YEARS.1
            } else {
                start + stay / 3 + 2
            };
            (start, end.min(YEARS.1))
        }
    }
}

/// Where a work comes from and who wrote it.
pub struct Team {
    /// Number of the department.
    pub department: u64,
    /// Rank of the lab.
    pub lab: usize,
    /// Year of the work.
    pub year: u64,
    /// Numbers of its people in the order of the author list, nobody twice.
    pub people: Vec<u64>,
}

/// The team of work `index`; a `solo` work has one author.
pub fn team(seed: u64, index: u64, solo: bool, dice: &mut Dice) -> Team {
    let newest = index / WORKS_PER_DEPARTMENT;
    let department = if dice.percent(50) {
        newest
    } else {
        dice.below(newest as usize + 1) as u64
    };
    let lab = dice.weighted(&LAB_WEIGHTS);
    let founded = founded(seed, department, lab);
    let year = year(founded, dice);
    let mut team = Team {
        department,
        lab,
        year,
        people: Vec::new(),
    };
    if index % COLLABORATION_EVERY == COLLABORATION_PLACE {
        let everybody = (newest + 1) * PEOPLE_PER_DEPARTMENT;
        let start = dice.below(everybody as usize) as u64;
        let count = dice.between(285, 315) as u64;
        team.people = (0..count).map(|n| (start + 7 * n) % everybody).collect();
    } else if index % CONSORTIUM_EVERY == CONSORTIUM_EVERY - 83 && !solo {
        let start = dice.below(PEOPLE_PER_DEPARTMENT as usize) as u64;
        let count = dice.between(30, 59) as u64;
        let first = department * PEOPLE_PER_DEPARTMENT;
        // Three has no factor in common with the two hundred of a department, so nobody comes twice.
        team.people = (0..count)
            .map(|n| first + (start + 3 * n) % PEOPLE_PER_DEPARTMENT)
            .collect();
    } else {
        let size = if solo {
            1
        } else {
            1 + dice.weighted(&TEAM_WEIGHTS)
        };
        fill(seed, newest, founded, size, &mut team, dice);
    }
    team
}

/// A year from the lab's founding on, later ones more often.
fn year(founded: u64, dice: &mut Dice) -> u64 {
    let one = dice.between(founded as usize, YEARS.1 as usize);
    let other = dice.between(founded as usize, YEARS.1 as usize);
    // The larger of two draws in two of three cases: output grows, but not from nothing.
    if dice.below(3) < 2 {
        one.max(other) as u64
    } else {
        one as u64
    }
}

/// Chooses `size` people: a junior first where there is one, the leader mostly last, guests in between.
fn fill(seed: u64, newest: u64, founded: u64, size: usize, team: &mut Team, dice: &mut Dice) {
    let (department, lab, year) = (team.department, team.lab, team.year);
    let first_seat = person(department, lab, 0);
    let present: Vec<u64> = (0..LAB_SIZES[lab])
        .filter(|&member| {
            let seat = Seat {
                department,
                lab,
                member,
            };
            let (start, end) = career(seed, founded, seat, first_seat + member);
            (start..=end).contains(&year)
        })
        .map(|member| first_seat + member)
        .collect();
    // Some are always eager to write, and the leader is looked for otherwise.
    let eagerness: Vec<u32> = present
        .iter()
        .map(|&person| match person - first_seat {
            0 => 0,
            _ => 1 + mix_below(seed, salt::EAGERNESS, person, 4) as u32,
        })
        .collect();
    let leader = first_seat;
    let alone = present.len() == 1;
    let first = if alone || (size == 1 && dice.percent(40)) {
        leader
    } else {
        present[dice.weighted(&eagerness)]
    };
    team.people.push(first);
    let leader_last = size > 1 && first != leader && dice.percent(72);
    let middle = size - 1 - usize::from(leader_last);
    for _ in 0..middle {
        for attempt in 0..12 {
            let next = if alone || attempt > 5 || dice.percent(20) {
                guest(team, newest, dice)
            } else {
                present[dice.weighted(&eagerness)]
            };
            if next != leader && !team.people.contains(&next) {
                team.people.push(next);
                break;
            }
        }
    }
    if leader_last {
        team.people.push(leader);
    }
}

/// Somebody from one of the two labs that this lab is friends with or, now and then, from anywhere; in half of the cases who
/// leads there.
fn guest(team: &Team, newest: u64, dice: &mut Dice) -> u64 {
    let (department, lab) = if dice.percent(85) {
        let step = if dice.percent(60) { 1 } else { 6 };
        (team.department, (team.lab + step) % LABS)
    } else {
        (
            dice.below(newest as usize + 1) as u64,
            dice.weighted(&LAB_WEIGHTS),
        )
    };
    let member = if dice.percent(50) {
        0
    } else {
        dice.below(LAB_SIZES[lab] as usize) as u64
    };
    person(department, lab, member)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labs_of_a_department_hold_its_people() {
        assert_eq!(LAB_SIZES.iter().sum::<u64>(), PEOPLE_PER_DEPARTMENT);
        for number in 0..2 * PEOPLE_PER_DEPARTMENT {
            let seat = seat(number);
            assert_eq!(person(seat.department, seat.lab, seat.member), number);
        }
    }

    #[test]
    fn careers_begin_after_the_lab_and_end_with_the_demo() {
        for number in 0..PEOPLE_PER_DEPARTMENT {
            let seat = seat(number);
            let founded = founded(9, 0, seat.lab);
            let (start, end) = career(9, founded, seat, number);
            assert!(
                founded <= start && start <= end && end <= YEARS.1,
                "{number}: {start} to {end}"
            );
        }
    }
}

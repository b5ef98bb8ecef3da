//! How conversations went: how long until an answer, by the clock and in the team's hours; who wrote it;
//! whether it was read; what was written outside the team's hours.

use super::conversation::{ANSWERED_WITHIN, Conversation, READ_WITHIN, first_of_each, later};
use super::groups::{Groups, Places, Waits, places};
use super::settled::{Board, Settling};
use crate::error::ServiceError;
use crate::studies::calendar::Quarter;
use crate::view::boards::{Conversations, LadderBoard, TEAM, WARNED_TEAM, WARNING};
use domain::actor::Role;
use domain::calendar::Calendar;
use domain::id::{PoolId, TopicId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::conversation::begun_with_warning;
use store::db::Tx;
use study::disclosure::rounded;
use study::survival::Followed;

/// After these hours by the clock it is asked who still waits.
pub const CLOCK_HOURS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 24.0, 36.0, 72.0, 120.0, 168.0];
/// After these hours of the team's working time.
pub const WORKING_HOURS: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 40.0];
/// After these hours by the clock it is asked which messages nobody has opened.
pub const OPENED_HOURS: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 36.0];
/// After these days an answer may still be unread.
pub const UNREAD_DAYS: [i64; 3] = [3, 7, 21];
/// Whose hand wrote an answer, in the order of the levels.
const HANDS: [&str; 3] = ["physician", "nurse", "staff"];
/// Whoever has no warning words.
const OTHER: &str = "other";

impl Board for Conversations {
    const NAME: &'static str = "conversations_quarterly";
    const FOLLOWED: SignedDuration = SignedDuration::from_hours(35 * 24);

    fn begins(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, ServiceError> {
        Ok(store::message::first_sent_at(tx)?)
    }

    fn count(settling: &mut Settling<'_, '_>, quarter: Quarter) -> Result<Conversations, ServiceError> {
        debug_assert!(ANSWERED_WITHIN + READ_WITHIN <= Self::FOLLOWED);
        let teams = Teams::read(settling.tx)?;
        let mut people = Vec::new();
        let span = settling.span(quarter);
        let warned = begun_with_warning(settling.tx, settling.vault, span)?;
        for conversation in first_of_each(settling.tx, span, settling.now)? {
            let Some(covariates) = settling.adult(conversation.patient, quarter)? else { continue };
            let mut places = places(covariates, quarter.months()[0]);
            places.splice(0..0, teams.places(&conversation, warned.contains(&conversation.first)));
            people.push((places, conversation));
        }
        Counted { teams: &teams, groups: teams.groups(), people }.board()
    }
}

/// Teams with their hours, and topics, each with its place in the list of levels.
pub struct Teams {
    pools: BTreeMap<PoolId, (usize, Calendar)>,
    topics: BTreeMap<TopicId, usize>,
}

impl Teams {
    pub fn read(tx: &mut Tx<'_>) -> Result<Teams, ServiceError> {
        let pools = store::pool::all(tx)?.into_iter().enumerate();
        let topics = store::topic::all(tx)?.into_iter().enumerate();
        Ok(Teams {
            pools: pools.map(|(at, pool)| (pool.id, (at, pool.calendar))).collect(),
            topics: topics.map(|(at, topic)| (topic.id, at)).collect(),
        })
    }

    /// In the variables before the groups of people.
    fn places(&self, one: &Conversation, is_warned: bool) -> [usize; 4] {
        let pool = self.pool(one.pool);
        let (warning, warned) = if is_warned { (0, pool) } else { (1, self.pools.len()) };
        [pool, self.topic(one.topic), warning, warned]
    }

    fn pool(&self, pool: PoolId) -> usize {
        self.pools.get(&pool).map(|(at, _)| *at).unwrap_or_default()
    }

    fn topic(&self, topic: TopicId) -> usize {
        self.topics.get(&topic).copied().unwrap_or_default()
    }

    /// Team, topic, warning words, and these by team; then the groups of people.
    fn groups(&self) -> Groups {
        let mut pools = vec![String::new(); self.pools.len()];
        self.pools.iter().for_each(|(id, (at, _))| pools[*at] = id.0.to_string());
        let mut topics = vec![String::new(); self.topics.len()];
        self.topics.iter().for_each(|(id, at)| topics[*at] = id.0.to_string());
        let warning = ["warned", OTHER].map(str::to_owned).to_vec();
        let warned = pools.iter().cloned().chain([OTHER.to_owned()]).collect();
        let people = Groups::of_people().with(WARNED_TEAM, warned).with(WARNING, warning);
        people.with("topic", topics).with(TEAM, pools)
    }

    fn is_open(&self, pool: PoolId, at: Timestamp) -> bool {
        self.calendar(pool).is_none_or(|calendar| calendar.is_open(at))
    }

    /// The hours of a team; those of no team are none.
    pub fn calendar(&self, pool: PoolId) -> Option<&Calendar> {
        self.pools.get(&pool).map(|(_, calendar)| calendar)
    }

    pub fn working_hours(&self, pool: PoolId, (from, until): (Timestamp, Timestamp)) -> f64 {
        let minutes = self.calendar(pool).map(|calendar| calendar.working_minutes_between(from, until));
        minutes.map_or(0.0, |minutes| f64::from(minutes) / 60.0)
    }
}

/// The adults of a quarter, each with the first conversation.
struct Counted<'a> {
    teams: &'a Teams,
    groups: Groups,
    people: Vec<(Places, Conversation)>,
}

impl Counted<'_> {
    fn board(&self) -> Result<Conversations, ServiceError> {
        let hours =
            |_, (from, until): (Timestamp, Timestamp)| until.duration_since(from).as_secs_f64() / 3600.0;
        let clock = self.waits(|one| one.answered_at, hours);
        let working = self.waits(|one| one.answered_at, |pool, span| self.teams.working_hours(pool, span));
        let opened = self.waits(|one| one.opened_at, hours);
        let (clock, outer) = self.groups.waiting(&Waits { hours: &CLOCK_HOURS, people: &clock }, None)?;
        let working = Waits { hours: &WORKING_HOURS, people: &working };
        let (working, _) = self.groups.waiting(&working, Some(&outer))?;
        // Nobody is answered before the message was opened.
        let opened = Waits { hours: &OPENED_HOURS, people: &opened };
        let (opened, _) = self.groups.waiting(&opened, Some(&outer))?;
        Ok(Conversations {
            opened,
            clock,
            working,
            unread: self.unread()?,
            answered_by: self.answered_by()?,
            after_hours: self.after_hours()?,
            asked_after_hours: self.asked_after_hours()?,
            messages: self.messages(),
        })
    }

    /// Everybody's time until something happened, as one measures it.
    fn waits(
        &self,
        happened: impl Fn(&Conversation) -> Option<Timestamp>,
        hours: impl Fn(PoolId, (Timestamp, Timestamp)) -> f64,
    ) -> Vec<(Places, Followed)> {
        let wait = |(places, one): &(Places, Conversation)| {
            let until = happened(one).unwrap_or(one.followed_until);
            let time = hours(one.pool, (one.began_at, until));
            (places.clone(), Followed { time, happened: happened(one).is_some() })
        };
        self.people.iter().map(wait).collect()
    }

    /// A ladder over all, of how many steps each has reached.
    fn ladder(
        &self,
        (groups, steps): (&Groups, usize),
        reached: impl Fn(&Conversation) -> usize,
    ) -> Result<LadderBoard, ServiceError> {
        let people = self.people.iter().map(|(places, one)| (places, reached(one)));
        Ok(groups.board(&groups.ladder(steps, people)?))
    }

    fn unread(&self) -> Result<LadderBoard, ServiceError> {
        let unread = |one: &Conversation| {
            let Some(written) = one.written else { return 1 };
            let is_unread = |days: &&i64| {
                let limit = later(written.at, SignedDuration::from_hours(24 * **days));
                written.read_at.is_none_or(|read| read > limit)
            };
            2 + UNREAD_DAYS.iter().filter(is_unread).count()
        };
        self.ladder((&self.groups, 2 + UNREAD_DAYS.len()), unread)
    }

    fn after_hours(&self) -> Result<LadderBoard, ServiceError> {
        let late = |one: &Conversation| match one.written {
            None => 1,
            Some(written) => 2 + usize::from(!self.teams.is_open(one.pool, written.at)),
        };
        self.ladder((&self.groups.first(1), 3), late)
    }

    fn asked_after_hours(&self) -> Result<LadderBoard, ServiceError> {
        let late = |one: &Conversation| 1 + usize::from(!self.teams.is_open(one.pool, one.began_at));
        self.ladder((&self.groups.first(1), 2), late)
    }

    fn answered_by(&self) -> Result<LadderBoard, ServiceError> {
        let levels = HANDS.iter().map(|hand| (*hand).to_owned()).collect();
        let groups = Groups::of_people().first(0).with("hand", levels);
        let hand = |role: Option<Role>| match role {
            Some(Role::Physician) => 0,
            Some(Role::Nurse) => 1,
            _ => 2,
        };
        let written: Vec<(Places, usize)> =
            self.people.iter().filter_map(|(_, one)| Some((vec![hand(one.written?.role)], 1))).collect();
        let people = written.iter().map(|(places, reached)| (places, *reached));
        // The other tables tell how many there are: whom nobody answered in writing must be none or many here too.
        let all = self.people.iter().map(|(places, one)| (places, 1 + usize::from(one.written.is_some())));
        let answered = self.groups.first(0).ladder(2, all)?;
        Ok(groups.board_inside(&groups.ladder(1, people)?, (&answered, &[1])))
    }

    fn messages(&self) -> Option<[f64; 2]> {
        let people = self.people.len() as u64;
        let is_small = study::disclosure::Limit::default().is_small(people);
        let mean = |side: usize| {
            let sum: u64 = self.people.iter().map(|(_, one)| one.messages[side]).sum();
            rounded(sum as f64 / people as f64)
        };
        (people > 0 && !is_small).then(|| [mean(0), mean(1)])
    }
}

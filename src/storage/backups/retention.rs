//! Which backups stay: many of the last hours, few of the last months.

use std::collections::{BTreeMap, BTreeSet};

use super::Backup;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// Of the last 24 hours at most so many stay.
const RECENT: usize = 8;
/// One stays of each of so many days, today included.
const DAYS: i64 = 7;
/// One stays of each of so many weeks, this one included.
const WEEKS: i64 = 8;
/// Of those that were handed out so many stay, whatever their age.
const HANDED_OUT: usize = 8;
/// One that somebody wanted stays so long.
const WANTED: i64 = 7 * DAY;
/// The backups of a workspace that is no longer in this browser stay so many days.
pub const GONE_AFTER: i64 = 30;
/// UTF-16 units that all backups together may take: about 100 MB.
pub const ROOM: usize = 50_000_000;

/// A moment, and how far the calendar here is ahead of UTC at it; both in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Since 1970 in UTC.
    pub at: i64,
    /// East is positive.
    pub offset: i64,
}

impl Now {
    /// The number of the calendar day of a moment.
    pub(super) fn day(self, moment: i64) -> i64 {
        (moment + self.offset).div_euclid(DAY)
    }

    /// The number of the week of a moment; weeks begin on Monday, and 1 January 1970 was a Thursday.
    fn week(self, moment: i64) -> i64 {
        (self.day(moment) + 3).div_euclid(7)
    }

    /// Whether an hour has passed since a moment, or the clock was set back behind it.
    pub(super) fn is_an_hour_after(self, moment: i64) -> bool {
        !(moment..moment + HOUR).contains(&self.at)
    }

    /// Whether the backups of a workspace are to go that is missing since a moment.
    pub(super) fn is_past(self, missing_since: i64) -> bool {
        self.at - missing_since >= GONE_AFTER * DAY
    }
}

/// Those of the backups, by their place, that need not stay as of `now`. `missing` says since when a workspace is no longer in this
/// browser: nothing of it grows old from then on, and everything goes after [`GONE_AFTER`] days. `room` is for all together; it is
/// exceeded only by what must stay.
pub(super) fn superseded(all: &[Backup], missing: &BTreeMap<String, i64>, now: Now, room: usize) -> BTreeSet<usize> {
    let mut workspaces: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, backup) in all.iter().enumerate() {
        workspaces.entry(&backup.id.workspace).or_default().push(place);
    }
    let (mut kept, mut held) = (BTreeSet::new(), BTreeSet::new());
    for (workspace, mut places) in workspaces {
        let since = missing.get(workspace).copied();
        if since.is_some_and(|since| now.is_past(since)) {
            continue;
        }
        let then = Now { at: since.unwrap_or(now.at), ..now };
        places.sort_by_key(|place| all.get(*place).map(|backup| std::cmp::Reverse(&backup.id)));
        let ordered: Vec<(usize, &Backup)> =
            places.iter().filter_map(|place| Some((*place, all.get(*place)?))).collect();
        held.extend(must_stay(&ordered, then));
        kept.extend(of_age(&ordered, then));
    }
    kept.extend(&held);
    let size = |place: &usize| all.get(*place).map_or(0, |backup| backup.units);
    let mut used: usize = kept.iter().map(size).sum();
    let mut oldest_first: Vec<usize> = kept.difference(&held).copied().collect();
    oldest_first.sort_by_key(|place| all.get(*place).map(|backup| (backup.id.moment, &backup.id)));
    for place in oldest_first {
        if used <= room {
            break;
        }
        kept.remove(&place);
        used -= size(&place);
    }
    (0..all.len()).filter(|place| !kept.contains(place)).collect()
}

/// The newest one, the newest that is whole, the newest that was handed out, and those that somebody wanted lately. `ordered` are those of a
/// workspace, newest first.
fn must_stay(ordered: &[(usize, &Backup)], now: Now) -> BTreeSet<usize> {
    let newest = ordered.first();
    let newest_whole = ordered.iter().find(|(_, backup)| backup.contents.is_whole);
    let wanted = ordered.iter().filter(|(_, backup)| backup.reason.is_wanted() && now.at - backup.id.moment < WANTED);
    let handed_out = ordered.iter().find(|(_, backup)| !backup.exports.is_empty());
    newest.into_iter().chain(newest_whole).chain(handed_out).chain(wanted).map(|(place, _)| *place).collect()
}

/// The ladder: the last hours, days and weeks, and the last states that were handed out.
fn of_age(ordered: &[(usize, &Backup)], now: Now) -> BTreeSet<usize> {
    let recent = ordered.iter().filter(|(_, backup)| now.at - backup.id.moment < DAY).take(RECENT);
    let mut kept: BTreeSet<usize> = recent.map(|(place, _)| *place).collect();
    let handed_out = ordered.iter().filter(|(_, backup)| !backup.exports.is_empty()).take(HANDED_OUT);
    kept.extend(handed_out.map(|(place, _)| *place));
    let (mut days, mut weeks) = (BTreeMap::new(), BTreeMap::new());
    // One that lacks something stands for its day only where there is no whole one.
    let (whole, part): (Vec<_>, Vec<_>) = ordered.iter().copied().partition(|(_, backup)| backup.contents.is_whole);
    for (place, backup) in whole.into_iter().chain(part) {
        let (day, week) = (now.day(backup.id.moment), now.week(backup.id.moment));
        if day > now.day(now.at) - DAYS {
            days.entry(day).or_insert(place);
        }
        if week > now.week(now.at) - WEEKS {
            weeks.entry(week).or_insert(place);
        }
    }
    kept.extend(days.into_values());
    kept.extend(weeks.into_values());
    kept
}

#[cfg(test)]
mod tests {
    use super::super::{BackupId, Contents, Reason};
    use super::*;

    /// Noon of Thursday, 26 November 2026, eight hours ahead of UTC.
    const NOON: Now = Now { at: 1_795_665_600_000, offset: 8 * HOUR };

    fn made(workspace: &str, hours_ago: i64, reason: Reason) -> Backup {
        let id = BackupId { workspace: workspace.into(), moment: NOON.at - hours_ago * HOUR, token: "t".into() };
        let contents = Contents { name: String::new(), deals: 0, is_whole: true, fingerprint: String::new() };
        Backup { units: 100, ..Backup::new(id, reason, contents, String::new(), "") }
    }

    /// Hours ago of what stays.
    fn stays(all: &[Backup], missing: &[(&str, i64)], now: Now, room: usize) -> Vec<i64> {
        let missing = missing.iter().map(|(name, since)| ((*name).to_owned(), *since)).collect();
        let gone = superseded(all, &missing, now, room);
        let stay = all.iter().enumerate().filter(|(place, _)| !gone.contains(place));
        stay.map(|(_, backup)| (NOON.at - backup.id.moment) / HOUR).collect()
    }

    #[test]
    fn days_and_weeks_are_those_of_the_calendar_here() {
        // Monday, 23 November 2026, 00:00 there is Sunday, 16:00 UTC.
        let monday = 1_795_363_200_000;
        assert_eq!(NOON.week(monday), NOON.week(NOON.at));
        assert_eq!(NOON.week(monday - 1), NOON.week(NOON.at) - 1);
        assert_eq!(NOON.day(monday - 1), NOON.day(monday) - 1);
    }

    #[test]
    fn the_last_hours_stay_up_to_eight() {
        let all: Vec<_> = (0..20).map(|hours| made("a", hours, Reason::Hourly)).collect();
        // Eight; yesterday's last, which the day before this one is told by; older ones go.
        let midnight = (NOON.at + NOON.offset) % DAY / HOUR;
        let mut expected: Vec<i64> = (0..8).collect();
        if midnight + 1 >= 8 {
            expected.push(midnight + 1);
        }
        assert_eq!(stays(&all, &[], NOON, ROOM), expected);
    }

    #[test]
    fn one_a_day_and_one_a_week() {
        let all: Vec<_> = (0..400).map(|number| made("a", number * 6, Reason::Daily)).collect();
        let stay = stays(&all, &[], NOON, ROOM);
        let days: BTreeSet<_> = stay.iter().map(|ago| NOON.day(NOON.at - ago * HOUR)).collect();
        let weeks: BTreeSet<_> = stay.iter().map(|ago| NOON.week(NOON.at - ago * HOUR)).collect();
        assert!((0..DAYS).all(|ago| days.contains(&(NOON.day(NOON.at) - ago))));
        assert_eq!(weeks.len(), 8);
        // Four of the last 24 hours, today and yesterday; five more days, last week's Sunday among them; six more weeks.
        assert_eq!(stay.len(), 4 + 5 + 6);
    }

    #[test]
    fn what_somebody_wanted_stays_a_week() {
        let all: Vec<_> = [0, 30, 31, 6 * 24, 6 * 24 + 1, 7 * 24 + 1].map(|ago| made("a", ago, Reason::Import)).into();
        let stay = stays(&all, &[], NOON, 0);
        assert_eq!(stay, [0, 30, 31, 6 * 24, 6 * 24 + 1]);
    }

    #[test]
    fn the_last_eight_that_were_handed_out_stay_and_the_newest_of_them_whatever_the_room() {
        let all: Vec<_> =
            (0..10).map(|number| made("a", (number + 10) * 1_000, Reason::HandedOut).named("01")).collect();
        let all = [vec![made("a", 0, Reason::Daily)], all].concat();
        let expected: Vec<i64> = std::iter::once(0).chain((10..18).map(|thousand| thousand * 1_000)).collect();
        assert_eq!(stays(&all, &[], NOON, ROOM), expected);
        assert_eq!(stays(&all, &[], NOON, 0), [0, 10_000]);
    }

    #[test]
    fn the_newest_of_each_workspace_stays_whatever_the_room_and_its_age() {
        let all = [made("a", 0, Reason::Daily), made("a", 1, Reason::Daily), made("b", 20_000, Reason::Daily)];
        assert_eq!(stays(&all, &[], NOON, 0), [0, 20_000]);
        assert_eq!(stays(&all, &[], NOON, 300), [0, 1, 20_000]);
        // The oldest goes first.
        let all = [made("a", 2, Reason::Daily), made("a", 1, Reason::Daily), made("a", 0, Reason::Daily)];
        assert_eq!(stays(&all, &[], NOON, 200), [1, 0]);
    }

    #[test]
    fn one_that_lacks_something_does_not_drive_out_a_whole_one() {
        let mut all = vec![made("a", 1, Reason::Daily), made("a", 500, Reason::Daily), made("a", 2_000, Reason::Daily)];
        for backup in &mut all[..2] {
            backup.contents.is_whole = false;
        }
        assert_eq!(stays(&all, &[], NOON, 0), [1, 2_000]);
    }

    #[test]
    fn a_missing_workspace_keeps_all_for_thirty_days() {
        let all = [made("a", 29 * 24, Reason::Hourly), made("a", 29 * 24 + 1, Reason::Hourly)];
        let since = NOON.at - 29 * DAY;
        assert_eq!(stays(&all, &[("a", since)], NOON, ROOM), [29 * 24, 29 * 24 + 1]);
        assert_eq!(stays(&all, &[("a", since - DAY)], NOON, ROOM), Vec::<i64>::new());
    }
}

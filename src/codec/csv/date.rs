//! Dates as people, databases and Excel write them.

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// How a column writes its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// `2026-03-01`, `2026/3/1`, `2026年3月1日`, `20260301`
    YearMonthDay,
    /// `1.3.2026`, `01/03/2026`
    DayMonthYear,
    /// `3/1/2026`
    MonthDayYear,
    /// Days since the end of 1899 as Excel counts them: `46082`.
    ExcelSerial,
}

/// A date with the time that stood beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The day as written, in the time zone of the file.
    pub date: NaiveDate,
    /// The time of day, when the cell has one.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, when the cell says so.
    pub offset: Option<i16>,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum DateError {
    /// The text has not the form of a date.
    #[error("not a date")]
    NotADate,
    /// A day that no calendar has in this order, as `31.02.2026` or `13/31/2026`.
    #[error("no such day")]
    NoSuchDay,
    /// Excel's serial 60, the 29 February 1900, which never was: Excel kept a mistake of its predecessor.
    #[error("29 February 1900 never was")]
    LeapBug,
    /// The part after the day is no time.
    #[error("not a time of day")]
    Time,
}

/// The date a cell holds, read in `order`; a cell that begins with a year or names its month reads the same in every order.
///
/// Years of two digits are 1970 to 2069. A time may follow, with `AM`/`PM`, `上午`/`下午`, seconds, fractions, `Z` or an offset
/// with or without a colon. Serials carry the time as a fraction.
///
/// # Errors
///
/// See [`DateError`].
///
/// # Examples
///
/// ```
/// use loudou::codec::csv::{DateOrder, parse_date};
///
/// let day = |text, order| parse_date(text, order).unwrap().date.to_string();
/// assert_eq!(day("2019-07-13T01:44:30.000+0000", DateOrder::YearMonthDay), "2019-07-13");
/// assert_eq!(day("3/1/2017", DateOrder::MonthDayYear), "2017-03-01");
/// assert_eq!(day("42795", DateOrder::ExcelSerial), "2017-03-01");
/// ```
pub fn parse_date(text: &str, order: DateOrder) -> Result<Moment, DateError> {
    let text = text.trim();
    if order == DateOrder::ExcelSerial {
        return serial(text);
    }
    let scanned = scan(text)?;
    let date = day_of(scanned, order)?;
    let (time, offset) = tail(scanned.tail)?;
    Ok(Moment { date, time, offset })
}

/// The day of a text that was taken apart.
fn day_of(scanned: Scanned<'_>, order: DateOrder) -> Result<NaiveDate, DateError> {
    let (year, month, day) = match (scanned.form, order) {
        (Form::YearFirst | Form::Named, _) => (scanned.first, scanned.second, scanned.third),
        (Form::YearLast, DateOrder::DayMonthYear) => (full_year(scanned), scanned.second, scanned.first),
        (Form::YearLast, DateOrder::MonthDayYear) => (full_year(scanned), scanned.first, scanned.second),
        (Form::YearLast, _) => return Err(DateError::NotADate),
    };
    let year = i32::try_from(year).map_err(|_error| DateError::NoSuchDay)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

/// What a cell says about the order of its column.
#[allow(clippy::struct_excessive_bools, reason = "three orders fit or do not, independently")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OrderEvidence {
    pub(super) year_first: bool,
    pub(super) day_first: bool,
    pub(super) month_first: bool,
    /// Written with points, as only day-first countries do.
    pub(super) points: bool,
}

/// The evidence of one cell, or `None` when it is no date in any order.
pub(super) fn order_evidence(text: &str) -> Option<OrderEvidence> {
    let text = text.trim();
    if !text.starts_with(|sign: char| sign.is_ascii_alphanumeric()) {
        return None;
    }
    let scanned = scan(text).ok()?;
    tail(scanned.tail).ok()?;
    let fits = |order| day_of(scanned, order).is_ok();
    let evidence = OrderEvidence {
        year_first: fits(DateOrder::YearMonthDay),
        day_first: fits(DateOrder::DayMonthYear),
        month_first: fits(DateOrder::MonthDayYear),
        points: scanned.separator == '.',
    };
    (evidence.year_first || evidence.day_first || evidence.month_first).then_some(evidence)
}

/// Whether a text could be a serial of the years 1954 to 2119, with a time of day or without.
pub(super) fn looks_serial(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    whole.len() == 5 && ("20000".."80001").contains(&whole) && serial(text).is_ok()
}

#[derive(Clone, Copy)]
enum Form {
    YearFirst,
    YearLast,
    /// The month has a name, so there is nothing to guess.
    Named,
}

#[derive(Clone, Copy)]
struct Scanned<'a> {
    form: Form,
    first: u32,
    second: u32,
    third: u32,
    third_digits: usize,
    separator: char,
    tail: &'a str,
}

fn scan(text: &str) -> Result<Scanned<'_>, DateError> {
    let (first, first_digits, rest) = number(text).unwrap_or((0, 0, text));
    if first_digits == 8 {
        // 20260301, the compact form of ISO 8601.
        let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
        let sane = (1900..2200).contains(&year);
        let scanned = Scanned {
            form: Form::YearFirst,
            first: year,
            second: month,
            third: day,
            third_digits: 2,
            separator: ' ',
            tail: rest,
        };
        return if sane { Ok(scanned) } else { Err(DateError::NotADate) };
    }
    if let Some(scanned) = named_month(first, first_digits, rest) {
        return Ok(scanned);
    }
    let (separator, rest) = separator(rest, "年").ok_or(DateError::NotADate)?;
    let (second, second_digits, rest) = number(rest).ok_or(DateError::NotADate)?;
    let (other, rest) = self::separator(rest, "月").ok_or(DateError::NotADate)?;
    let (third, third_digits, rest) = number(rest).ok_or(DateError::NotADate)?;
    if separator != other || second_digits > 2 {
        return Err(DateError::NotADate);
    }
    let form = match (first_digits, third_digits) {
        (4, 1 | 2) => Form::YearFirst,
        (1 | 2, 2 | 4) if separator != '年' => Form::YearLast,
        _ => return Err(DateError::NotADate),
    };
    let tail = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    Ok(Scanned { form, first, second, third, third_digits, separator, tail })
}

/// `1-Mar-2026`, `1 March 2026`, `Mar 1, 2026`.
fn named_month(first: u32, first_digits: usize, rest: &str) -> Option<Scanned<'_>> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let between = |text: &'static str| move |sign: char| text.contains(sign);
    let word = rest.trim_start_matches(between(" -/."));
    let end = word.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(word.len());
    let (name, rest) = word.split_at_checked(end)?;
    let short = name.get(..3)?;
    let month = MONTHS.iter().position(|month| short.eq_ignore_ascii_case(month))?;
    let month = u32::try_from(month).ok()? + 1;
    let (second, digits, rest) = number(rest.trim_start_matches(between(" -/.")))?;
    let (day, (year, year_digits, tail)) = match first_digits {
        0 => (second, number(rest.trim_start_matches(between(" ,")))?),
        1 | 2 => (first, (second, digits, rest)),
        _ => return None,
    };
    let year = match year_digits {
        4 => year,
        2 => century(year),
        _ => return None,
    };
    Some(Scanned { form: Form::Named, first: year, second: month, third: day, third_digits: 2, separator: '-', tail })
}

/// Leading digits: their value, how many, and what follows.
fn number(text: &str) -> Option<(u32, usize, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(count)?;
    (1..=8).contains(&count).then(|| digits.parse().ok()).flatten().map(|value| (value, count, rest))
}

fn separator<'a>(text: &'a str, chinese: &str) -> Option<(char, &'a str)> {
    if let Some(rest) = text.strip_prefix(chinese) {
        return Some(('年', rest));
    }
    let sign = text.chars().next().filter(|sign| "-/.".contains(*sign))?;
    Some((sign, text.get(1..)?.trim_start()))
}

fn full_year(scanned: Scanned<'_>) -> u32 {
    if scanned.third_digits == 2 { century(scanned.third) } else { scanned.third }
}

fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn tail(text: &str) -> Result<(Option<NaiveTime>, Option<i16>), DateError> {
    let text = text.trim_start_matches(['T', ' ', ',']).trim();
    if text.is_empty() {
        return Ok((None, None));
    }
    let (text, morning) = match (text.strip_prefix("上午"), text.strip_prefix("下午")) {
        (Some(rest), _) => (rest.trim(), Some(true)),
        (_, Some(rest)) => (rest.trim(), Some(false)),
        _ => (text, None),
    };
    let end = text.find(|sign: char| !(sign.is_ascii_digit() || sign == ':' || sign == '.')).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end).ok_or(DateError::Time)?;
    let mut zone = zone.trim();
    let mut morning = morning;
    for (mark, value) in [("AM", true), ("PM", false), ("am", true), ("pm", false)] {
        if let Some(rest) = zone.strip_prefix(mark) {
            (zone, morning) = (rest.trim(), Some(value));
        }
    }
    let mut fields = clock.split(':');
    let mut field = || fields.next().unwrap_or("0");
    let (hour, minute, second) = (field(), field(), field());
    let whole = second.split_once('.').map_or(second, |(whole, _)| whole);
    let parse = |text: &str| text.parse::<u32>().map_err(|_error| DateError::Time);
    let hour = match (parse(hour)?, morning) {
        (12, Some(true)) => 0,
        (hour @ 1..=11, Some(false)) => hour + 12,
        (hour, _) => hour,
    };
    let time = NaiveTime::from_hms_opt(hour, parse(minute)?, parse(whole)?).ok_or(DateError::Time)?;
    Ok((Some(time), offset(zone)?))
}

fn offset(zone: &str) -> Result<Option<i16>, DateError> {
    if zone.is_empty() {
        return Ok(None);
    }
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Ok(Some(0));
    }
    let (sign, digits) = match (zone.strip_prefix('+'), zone.strip_prefix(['-', '−'])) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return Err(DateError::Time),
    };
    let digits = digits.replace(':', "");
    let value: i16 = digits.parse().map_err(|_error| DateError::Time)?;
    match digits.len() {
        2 if value <= 14 => Ok(Some(sign * value * 60)),
        4 if value <= 1400 => Ok(Some(sign * (value / 100 * 60 + value % 100))),
        _ => Err(DateError::Time),
    }
}

fn serial(text: &str) -> Result<Moment, DateError> {
    const SECONDS: f64 = 86_400.0;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let days = whole.parse::<u32>().map_err(|_error| DateError::NotADate)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateError::NotADate);
    }
    // Serial 1 is 1 January 1900; from 61 on Excel is a day ahead, because it counts 29 February 1900.
    let days = match days {
        1..=59 => days,
        60 => return Err(DateError::LeapBug),
        61..=2_958_465 => days - 1,
        _ => return Err(DateError::NoSuchDay),
    };
    let end_of_1899 = NaiveDate::from_ymd_opt(1899, 12, 31).ok_or(DateError::NoSuchDay)?;
    let date = end_of_1899.checked_add_days(Days::new(days.into())).ok_or(DateError::NoSuchDay)?;
    let share: f64 = format!("0.{fraction}0").parse().map_err(|_error| DateError::Time)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 86,399")]
    let second = (share * SECONDS).round().min(SECONDS - 1.0) as u32;
    let time = if fraction.is_empty() { None } else { NaiveTime::from_num_seconds_from_midnight_opt(second, 0) };
    Ok(Moment { date, time, offset: None })
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{DayMonthYear, ExcelSerial, MonthDayYear, YearMonthDay};
    use super::*;

    fn day(text: &str, order: DateOrder) -> Result<String, DateError> {
        parse_date(text, order).map(|moment| moment.date.to_string())
    }

    #[test]
    fn every_form_of_the_same_day() {
        for (text, order) in [
            ("2026-03-01", YearMonthDay),
            ("2026/3/1", YearMonthDay),
            ("2026.03.01", YearMonthDay),
            ("2026年3月1日", YearMonthDay),
            ("2026年03月01日 10:20", YearMonthDay),
            ("20260301", YearMonthDay),
            ("2026-03-01 00:00:00", YearMonthDay),
            ("2026-03-01T10:20:30Z", YearMonthDay),
            ("2026-03-01T10:20:30.123+0800", YearMonthDay),
            ("01.03.2026", DayMonthYear),
            ("1.3.26", DayMonthYear),
            ("1/3/2026", DayMonthYear),
            ("3/1/2026", MonthDayYear),
            ("03/01/2026 9:05 PM", MonthDayYear),
            ("1-Mar-2026", DayMonthYear),
            ("March 1, 2026", YearMonthDay),
            ("46082", ExcelSerial),
            ("46082.5", ExcelSerial),
            ("2026-03-01", DayMonthYear),
        ] {
            assert_eq!(day(text, order).as_deref(), Ok("2026-03-01"), "{text}");
        }
    }

    #[test]
    fn times_and_offsets() {
        let at = |text| parse_date(text, MonthDayYear).unwrap();
        assert_eq!(at("2019-07-13T01:44:30.000+0000").offset, Some(0));
        assert_eq!(at("2019-07-13T01:44:30-03:30").offset, Some(-210));
        assert_eq!(at("3/1/2026 12:05 AM").time, NaiveTime::from_hms_opt(0, 5, 0));
        assert_eq!(at("2026年3月1日 下午2:05").time, NaiveTime::from_hms_opt(14, 5, 0));
        assert_eq!(parse_date("46082.75", ExcelSerial).unwrap().time, NaiveTime::from_hms_opt(18, 0, 0));
    }

    #[test]
    fn excel_counts_a_day_that_never_was() {
        assert_eq!(day("1", ExcelSerial).as_deref(), Ok("1900-01-01"));
        assert_eq!(day("59", ExcelSerial).as_deref(), Ok("1900-02-28"));
        assert_eq!(day("60", ExcelSerial), Err(DateError::LeapBug));
        assert_eq!(day("61", ExcelSerial).as_deref(), Ok("1900-03-01"));
        assert_eq!(day("0", ExcelSerial), Err(DateError::NoSuchDay));
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert_eq!(day("31.02.2026", DayMonthYear), Err(DateError::NoSuchDay));
        assert_eq!(day("13/31/2026", DayMonthYear), Err(DateError::NoSuchDay));
        assert_eq!(day("1.3.2026", YearMonthDay), Err(DateError::NotADate));
        assert_eq!(day("2026-03-01 25:00", YearMonthDay), Err(DateError::Time));
        for text in ["", "Won", "1054", "1,054.00", "12:30", "2026", "1-2", "-", "/", "99999999"] {
            assert!(day(text, MonthDayYear).is_err(), "{text}");
        }
    }

    #[test]
    fn a_cell_is_evidence_for_the_order() {
        let either = order_evidence("3/1/2026").unwrap();
        assert!(either.day_first && either.month_first && !either.points);
        let us = order_evidence("10/20/2016").unwrap();
        assert!(!us.day_first && us.month_first);
        assert!(order_evidence("GTX Pro").is_none());
        assert!(looks_serial("42795") && !looks_serial("1054") && !looks_serial("4279512"));
    }
}

//! Dates and times as numbers, if their texts say no more than the numbers do.

use chrono::Datelike as _;

use crate::model::Date;

const SECONDS_A_DAY: u128 = 86_400;

/// The days from the first day of the year 1 to a date `YYYY-MM-DD`.
pub(super) fn day_of(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    let dashes = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let (year, month, day) = (number(bytes.get(..4)?)?, number(bytes.get(5..7)?)?, number(bytes.get(8..)?)?);
    let date = Date::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| dashes)?;
    u128::try_from(date.num_days_from_ce()).ok()
}

/// The date so many days after the first of the year 1; `None` when it has no four digits for its year.
pub(super) fn day_text(days: u128) -> Option<String> {
    let mut text = String::with_capacity(10);
    push_day(days, &mut text)?;
    Some(text)
}

/// The seconds from the first day of the year 1 to a time `YYYY-MM-DDTHH:MM:SSZ`.
pub(super) fn second_of(text: &str) -> Option<u128> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let bytes = time.as_bytes();
    let colons = bytes.len() == 8 && bytes.get(2) == Some(&b':') && bytes.get(5) == Some(&b':');
    let (hour, minute, second) = (number(bytes.get(..2)?)?, number(bytes.get(3..5)?)?, number(bytes.get(6..)?)?);
    let within = colons && hour < 24 && minute < 60 && second < 60;
    within.then_some(day_of(day)? * SECONDS_A_DAY + u128::from((hour * 60 + minute) * 60 + second))
}

/// The time so many seconds after the first day of the year 1.
pub(super) fn second_text(seconds: u128) -> Option<String> {
    let mut text = String::with_capacity(20);
    push_day(seconds / SECONDS_A_DAY, &mut text)?;
    let of_day = u32::try_from(seconds % SECONDS_A_DAY).ok()?;
    for (before, part) in [('T', of_day / 3600), (':', of_day / 60 % 60), (':', of_day % 60)] {
        text.push(before);
        push_digits(part, 2, &mut text);
    }
    text.push('Z');
    Some(text)
}

fn push_day(days: u128, text: &mut String) -> Option<()> {
    let date = Date::from_num_days_from_ce_opt(i32::try_from(days).ok()?)?;
    let year = u32::try_from(date.year()).ok().filter(|year| *year <= 9999)?;
    push_digits(year, 4, text);
    text.push('-');
    push_digits(date.month(), 2, text);
    text.push('-');
    push_digits(date.day(), 2, text);
    Some(())
}

fn push_digits(number: u32, places: u32, text: &mut String) {
    text.extend((0..places).rev().filter_map(|place| char::from_digit(number / 10_u32.pow(place) % 10, 10)));
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| number.checked_mul(10)?.checked_add(char::from(*digit).to_digit(10)?))
}

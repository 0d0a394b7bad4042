//! What a cell of a workbook says, as text.

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// The day after the last that Excel knows, 31 December 9999, as it counts days from 1900.
const END: f64 = 2_958_466.0;

/// How many days later the count of days begins in a workbook of an early Macintosh.
const FROM_1904: f64 = 1462.0;

/// A filled cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Whether it is a number to the workbook, and not a date or words that look like one.
    pub(super) is_number: bool,
}

impl Cell {
    /// The cell of this value; `None` when it is empty.
    pub(super) fn of(value: &DataRef<'_>, is_1904: bool) -> Option<Self> {
        let words = |text: String| Some(Self { text, is_number: false });
        let cell = match value {
            DataRef::Empty => None,
            DataRef::Int(number) => Some(Self { text: number.to_string(), is_number: true }),
            DataRef::Float(number) => Some(Self { text: plain(*number), is_number: true }),
            DataRef::String(text) => words(text.replace('\0', "\u{fffd}")),
            DataRef::SharedString(text) => words(text.replace('\0', "\u{fffd}")),
            DataRef::Bool(value) => words(if *value { "TRUE" } else { "FALSE" }.to_owned()),
            DataRef::DateTime(moment) if moment.is_duration() => words(duration(moment.as_f64())),
            DataRef::DateTime(moment) => words(date(moment.as_f64(), is_1904)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => words(text.clone()),
            DataRef::Error(error) => words(error.to_string()),
        };
        cell.filter(|cell| !cell.text.is_empty())
    }
}

/// A number with the 15 digits that Excel shows and keeps: what follows them is noise of the binary fraction, as in
/// `0.30000000000000004`.
fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A day, with its time when it is not midnight; a time alone below the first day; the number itself outside the calendar.
fn date(serial: f64, is_1904: bool) -> String {
    if !(0.0..END - if is_1904 { FROM_1904 } else { 0.0 }).contains(&serial) {
        return plain(serial);
    }
    let (days, time) = split(serial);
    if days == 0 {
        return clock(time);
    }
    #[allow(clippy::cast_precision_loss, reason = "below 2,958,466")]
    let midnight = ExcelDateTime::new(days as f64, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, ..) = midnight.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if time == 0 { day } else { [&day, " ", &clock(time)].concat() }
}

/// Hours beyond a day stay hours.
fn duration(days: f64) -> String {
    if !(0.0..END).contains(&days) {
        return plain(days);
    }
    let (days, time) = split(days);
    clock(days * DAY + time)
}

/// Whole days and the seconds after them, to the nearest second: programs that count in milliseconds miss midnight by a hair.
fn split(serial: f64) -> (u64, u64) {
    #[allow(clippy::cast_precision_loss, reason = "86,400")]
    let seconds = (serial * DAY as f64).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2.6 × 10^11")]
    let seconds = seconds as u64;
    (seconds / DAY, seconds % DAY)
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_noise() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (1054.0, "1054"),
            (1.005 * 1000.0, "1005"),
            (-0.0, "0"),
            (-17.25, "-17.25"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    #[test]
    fn serials_are_days() {
        assert_eq!(date(46_082.0, false), "2026-03-01");
        assert_eq!(date(46_082.0 - FROM_1904, true), "2026-03-01");
        assert_eq!(date(46_082.75, false), "2026-03-01 18:00:00");
        // What a program in milliseconds makes of midnight.
        assert_eq!(date(46_081.999_999_9, false), "2026-03-01");
        assert_eq!(date(0.5, false), "12:00:00");
        assert_eq!(date(59.0, false), "1900-02-28");
        assert_eq!(date(61.0, false), "1900-03-01");
        // The day that never was stays what the workbook says; no calendar takes it.
        assert_eq!(date(60.0, false), "1900-02-29");
        assert_eq!(date(2_958_465.0, false), "9999-12-31");
        assert_eq!(date(2_958_466.0, false), "2958466");
        assert_eq!(date(-1.0, false), "-1");
        assert_eq!(date(f64::NAN, false), "NaN");
        assert_eq!(duration(1.25), "30:00:00");
    }
}

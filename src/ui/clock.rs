//! The page's one clock: today, now, and fresh ids. The layers below take these as arguments.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use js_sys::Date;
use leptos::prelude::*;
use ulid::Ulid;

use crate::{
    model::read_day,
    ui::{
        route::{Navigation, of_page},
        settings::Settings,
    },
};

/// How often the page looks whether the day has changed.
const LOOK: Duration = Duration::from_secs(60);

/// Today, as the page sees it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The local calendar date, or the day that `?today=` or the settings fix; while a company of another day is looked at, that day.
    pub today: Signal<NaiveDate>,
    /// Whether today is fixed rather than the calendar's.
    pub fixed: Signal<bool>,
}

impl Clock {
    /// Starts the clock and provides it as context; stops with the owner.
    ///
    /// The day of what is `looked_at` comes first, then `?today=YYYY-MM-DD` of the page's address, that of the hash's query, the settings.
    pub fn provide(settings: Settings, navigation: Navigation, looked_at: Signal<Option<NaiveDate>>) -> Self {
        let calendar = RwSignal::new(local_date());
        let look = set_interval_with_handle(
            move || {
                let date = local_date();
                if calendar.get_untracked() != date {
                    calendar.set(date);
                }
            },
            LOOK,
        );
        if let Ok(look) = look {
            on_cleanup(move || look.clear());
        }
        let of_page = today_of_page();
        let fixed = Memo::new(move |_| {
            of_page
                .or_else(|| navigation.query.with(|query| query.get("today").and_then(read_day)))
                .or_else(|| settings.today.get())
        });
        let clock = Self {
            today: Memo::new(move |_| looked_at.get().or(fixed.get()).unwrap_or_else(|| calendar.get())).into(),
            fixed: Signal::derive(move || fixed.get().is_some()),
        };
        provide_context(clock);
        clock
    }
}

/// The clock of the page; the page provides it at its root.
pub fn use_clock() -> Clock {
    expect_context()
}

/// This moment.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds()).unwrap_or_default()
}

/// How far the calendar here is ahead of UTC at this moment, in milliseconds.
pub fn offset() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "whole minutes, less than a day of them")]
    let behind = Date::new_0().get_timezone_offset() as i64;
    -behind * 60_000
}

/// A new id: this moment and 80 bits of the browser's randomness.
///
/// Where the browser has no randomness to give, `Math.random` stands in: ids need to differ, not to be secret.
pub fn fresh_ulid() -> Ulid {
    let mut bytes = [0_u8; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if filled.is_err() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ random × 256 < 256")]
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    Ulid::from_parts(milliseconds().unsigned_abs(), u128::from_be_bytes(bytes))
}

/// A number of 32 random bits: two people draw the same one once in four thousand million times.
pub fn fresh_number() -> u32 {
    // The low bits of an id are its random ones.
    u32::try_from(fresh_ulid().0 & u128::from(u32::MAX)).unwrap_or_default()
}

/// Bytes that nobody can guess; `None` where the browser has no randomness to give.
pub fn secret_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

#[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and below 2^53")]
fn milliseconds() -> i64 {
    Date::now() as i64
}

fn local_date() -> NaiveDate {
    let date = Date::new_0();
    i32::try_from(date.get_full_year())
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()))
        .unwrap_or_default()
}

fn today_of_page() -> Option<NaiveDate> {
    read_day(&of_page("today")?)
}

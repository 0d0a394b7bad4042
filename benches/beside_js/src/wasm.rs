//! What JavaScript calls.

use std::cell::RefCell;

use loudou::metrics::ledger::Wanted;
use wasm_bindgen::prelude::*;

use crate::{Deals, Names, numbers, read};

thread_local! {
    static DEALS: RefCell<Deals> = RefCell::default();
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a text of so many bytes; JavaScript writes it there.
#[wasm_bindgen]
pub fn room(bytes: usize) -> *const u8 {
    TEXT.with_borrow_mut(|text| {
        text.resize(bytes, 0);
        text.as_ptr()
    })
}

/// Reads the text that was written into the room; `months` are the first moments of its months and the end of the last.
///
/// # Errors
/// When it is no such text, in words.
#[wasm_bindgen]
pub fn load(months: Vec<f64>) -> Result<(), String> {
    #[expect(clippy::cast_possible_truncation, reason = "moments are whole numbers")]
    let months = months.into_iter().map(|moment| moment as i64).collect();
    TEXT.with_borrow(|text| {
        DEALS.set(read(text, months)?);
        Ok(())
    })
}

/// All sums of a filter; what is `None` restricts nothing, and the period holds only with both its ends.
#[wasm_bindgen]
pub fn recompute(
    owner: Option<String>,
    department: Option<String>,
    source: Option<String>,
    from: Option<f64>,
    to: Option<f64>,
) -> Vec<f64> {
    DEALS.with_borrow(|deals| {
        let number = |names: &Names, name: Option<String>| name.map(|name| names.number(&name).unwrap_or(u16::MAX));
        #[expect(clippy::cast_possible_truncation, reason = "moments are whole numbers")]
        let period = from.zip(to).map(|(from, to)| (from as i64, to as i64));
        let wanted = Wanted {
            owner: number(&deals.owners, owner),
            department: number(&deals.departments, department),
            source: number(&deals.sources, source),
            period,
        };
        numbers(&deals.ledger.sums(&wanted))
    })
}

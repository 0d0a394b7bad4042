//! How a learner reads the figures of a sheet.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::journeys::Visit;

/// A figure that tells an illness.
pub(super) struct Look {
    pub(super) figure: &'static str,
    /// The places of the figure and of what it is read against among the numbers of its sentence.
    at: [usize; 2],
    /// What it speaks for, and what helps.
    pub(super) illness: &'static str,
    pub(super) treatment: &'static str,
    /// How far it is from what is usual: more than 1 where it is too far.
    far: fn(f64, f64) -> f64,
}

/// What a learner knows of the illnesses: one figure of each.
const LOOKS: [Look; 6] = [
    Look {
        figure: "new-deals",
        // The 13 weeks are a number too.
        at: [0, 2],
        illness: "thin-top",
        treatment: "prospecting",
        far: |new, before| 0.5 * before / new.max(1.0),
    },
    Look {
        figure: "middle-stay",
        at: [0, 1],
        illness: "stuck-middle",
        treatment: "unblocking",
        far: |days, expected| days / (2.0 * expected),
    },
    Look {
        figure: "discovery-rate",
        at: [0, 1],
        illness: "leaking-discovery",
        treatment: "discovery-drills",
        far: |rate, assumed| 0.75 * assumed / rate.max(1.0),
    },
    Look {
        figure: "lower-overdue",
        at: [0, 1],
        illness: "stale-bottom",
        treatment: "cleaning-out",
        far: |share, _| share / 50.0,
    },
    Look {
        figure: "top-won",
        at: [0, 1],
        illness: "one-seller",
        treatment: "spreading-load",
        far: |share, _| share / 50.0,
    },
    Look {
        figure: "said-chance",
        at: [0, 1],
        illness: "sandbagging",
        treatment: "honest-forecast",
        far: |said, won| 0.8 * won / said.max(1.0),
    },
];

/// What the figures of the sheet say, by their codes.
pub(super) fn sentences(visit: &Visit) -> Result<BTreeMap<String, String>> {
    let script = "return Object.fromEntries([...document.querySelectorAll('[data-figure]')]
        .map(one => [one.dataset.figure, one.querySelector('label').textContent.trim()]))";
    serde_json::from_value(visit.browser.script(script, &[])?).context("the figures are no sentences")
}

/// The figures that a learner knows, that which is furthest from what is usual first.
pub(super) fn furthest(sheet: &BTreeMap<String, String>) -> Result<Vec<(Look, f64)>> {
    let mut seen = Vec::new();
    for look in LOOKS {
        let Some(sentence) = sheet.get(look.figure) else { continue };
        let numbers = numbers(sentence);
        let [value, against] = look.at.map(|place| numbers.get(place).copied());
        let (value, against) = value.zip(against).with_context(|| format!("two numbers are missing in: {sentence}"))?;
        let far = (look.far)(value, against);
        seen.push((look, far));
    }
    seen.sort_by(|one, other| other.1.total_cmp(&one.1));
    Ok(seen)
}

/// The numbers of an English sentence, in their order.
pub(super) fn numbers(sentence: &str) -> Vec<f64> {
    let plain = sentence.replace(',', "");
    plain
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|part| part.trim_matches('.').parse().ok())
        .collect()
}

//! Every metric of a workspace as JSON, computed by the library of the page, without a browser.
//!
//! ```text
//! cargo run --release --example report -- FILE... --as-of YYYY-MM-DD [--from YYYY-MM-DD] [--model NAME-OR-ID]
//!     [--wins NUMBER] [--seed NUMBER] [--save OUT.json]
//! ```
//!
//! `--from` begins the period that ends on the day of the report: first entries, wins and losses outside it do not count. Without it
//! everything counts, and what moved is told of the year up to that day. `--wins` is the target to plan back from, a year ahead; without
//! it, as many as the period had. The same files and arguments give the same report, to the letter.
//!
//! The JSON goes to standard output, what was noticed on the way to standard error. The program ends with 0 when the report was
//! written, with 1 when a file could not be read or written and with 2 when the arguments make no sense.
//!
//! # Keys
//!
//! Amounts are numbers in the currency's main unit, rates and probabilities shares of 1, times days, `null` is undefined, lists of
//! deals are their number. Definitions: `loudou::metrics`.
//!
//! | key | holds |
//! |---|---|
//! | `workspace`, `currency`, `as_of`, `from` | what the report is about; `from` is `null` when everything counts |
//! | `records` | number of `models`, `departments`, `people`, `products`, `customers`, `deals`, `activities` |
//! | `models[]` | one for each funnel model: `id`, `name`, and |
//! | `models[].stages[]` | in the order of the model: `id`, `name`, `probability`, `expected_days`, `stock` (a holding of open deals), `dormant` (a holding), `conversion` (a cohort) |
//! | `models[].open`, `dormant`, `won`, `lost` | holdings of the whole model |
//! | `models[].overall` | the cohort from the first stage to won |
//! | `models[].product_so_far`, `product_of_decided` | products of the steps' rates |
//! | `models[].sales_cycle` | `deals`, `median`, `mean`, `left_out` |
//! | `models[].left_out` | deals in no stage of the model, by reason |
//! | `models[].stages[].gates` | passages out of the stage: `met`, `overridden`, `unchecked`, and the rate `skipped` |
//! | `models[].stages[].calibration` | `probability` and `promotion` (`assumed`, `hits`, `decided`, `mean`, `low`, `high`, `proposal`), `days` (`assumed`, `median`, `lower`, `upper`, `decided`, `proposal`) |
//! | `models[].stages[].gain` | what the stage would bring at the model's rate: `observed`, `assumed`, `wins`, `low`, `high`, `money`, `days`, `largest` |
//! | `models[].stages[].need` | for the target: `wins_per_deal`, `needed`, `there`, `by` |
//! | `models[].bottleneck` | the name of the stage, or `null` when none can be named |
//! | `models[].replenishment` | `wins`, `target`, `expected`, `new`, `by`, `per_week` at the model's rates; `null` when one of them is 0 |
//! | `models[].shape` | `capacity` (`open`, `weighted`), `slope` (`observed`, `low`, `high`, `assumed`), `evenness` (`value`, `shares`, `steady`), `velocity` (`per_day`, `open`, `won_amount`, `win_rate`, `cycle`, `gains`), each with a reading: `verdict` (`healthy`, `watch`, `ill`, `too_few`), `cause` and what it says; against the period before when there is `--from` |
//! | `models[].moved` | in the period: `promotion` by `company`, `department`, `person`, `product`, `source` (rows with `name`, and per stage the flows, `residual`, `rate`, `median_days`), `lines[]` by month, `flows` (entries, promotions, losses and fallbacks by month and stage since the beginning, and the `sellers`), `matrix[]` from where to where |
//! | `models[].stages[].threshold` | from when on a deal stands there for too long: `origin` (`model`, `won`, `too_few` of them), days `watch` and `ill`, the deals that `won` behind it, those of them `undated` |
//! | `clocks` | over all models: `open` deals, from which amount one is `large`, `marks` (`stalled`, `idle`, `slipped`, `at_risk`), `clocks` (`age`, `idle`, `overdue`, `pushes`: `healthy`, `watch`, `ill`, `unknown`), `suspected` (what a deal may suffer from) |
//! | `waterfall` | over all models, from the eve of the period: `start`, `changes`, `end`, `residual` |
//! | `simulation` | over all models, on the bases `model`, `observed`, `own`: `deals`, `without_amount`, `months[]`, `total`, `without_largest` (`p10`, `p50`, `p90`, `mean`), from 10,000 seeded draws |
//! | `track_record` | over all models, on the bases `model`, `observed`, `own`: what the forecasts of the `month_ends` said of the next `months`: `claims` (`deals`, `said`, `won` as a rate), `brier` (`score`, `base`, `skill`), `bins[]` (`from`, `to`, `claims`), `money` (`windows`, `inside` the range of eight in ten, `crps`, `error`, `bias`, `actual`), `people[]` (`name`, `claims`, `undecided`, `slip` in days), `left_out` |
//! | `forecast` | over all models: `months[]` (`month`, `open`, `categories`, `won`), `categories`, `overdue`, `without_date`, `without_amount`, `left_out` |
//!
//! A **holding** has `deals`, `customers`, `units`, `amount`, `weighted` and `left_out`.
//!
//! A **cohort** has `entered` = `passed` + `lost` + `open`; `too_few`, whether fewer than five are decided; the rates `so_far`,
//! `of_decided`, `lost_so_far`, `lost_of_decided`; `estimated` by Aalen–Johansen (`horizon`, `passed`, `lost`, `open`) and
//! `incidence[]`, the same after `days`, both `null` when nobody entered; `durations` by Kaplan–Meier until passed or lost (`lower_quartile`, `median`,
//! `upper_quartile`) with the plain means `mean` and `mean_to_pass`; `without_duration`; `left_out`.
//!
//! A **rate** has `value`, `hits`, `of` and the 90 % Jeffreys interval `low`, `high`.
//!
//! **`left_out`** counts deals by reason: `no_amount`, `no_customer`, `no_units`, `undated`, `outside_period`,
//! `entered_midway`, `unknown_stage`, `no_cost`.

#[path = "report/arguments.rs"]
mod arguments;
#[path = "report/clocks.rs"]
mod clocks;
#[path = "report/input.rs"]
mod input;
#[path = "report/movement.rs"]
mod movement;
#[path = "report/output.rs"]
mod output;
#[path = "report/readings.rs"]
mod readings;
#[path = "report/record.rs"]
mod record;
#[path = "report/simulation.rs"]
mod simulation;

use std::{fs, process::ExitCode, time::SystemTime};

use loudou::{
    codec::document,
    model::{ModelId, Timestamp, Workspace},
};

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(complaint) => {
            eprintln!("{complaint}\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    match report(&arguments) {
        Ok(json) => {
            println!("{json:#}");
            ExitCode::SUCCESS
        }
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

fn report(arguments: &Arguments) -> Result<serde_json::Value, String> {
    let workspace = input::read(&arguments.files, arguments.as_of)?;
    let model = arguments.model.as_deref().map(|wanted| find_model(&workspace, wanted)).transpose()?;
    if let Some(path) = &arguments.save {
        let text = document::encode(&workspace, Timestamp::from(SystemTime::now()));
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let Arguments { as_of, from, wins, seed, .. } = *arguments;
    Ok(output::json(&workspace, &output::Question { as_of, from, model, wins, seed }))
}

fn find_model(workspace: &Workspace, wanted: &str) -> Result<ModelId, String> {
    let found = workspace.models.iter().find(|model| model.name == wanted || model.id.to_string() == wanted);
    found.map(|model| model.id).ok_or_else(|| {
        let names: Vec<_> = workspace.models.iter().map(|model| model.name.as_str()).collect();
        format!("no model {wanted:?}; there are: {}", names.join(", "))
    })
}

//! Small cohorts with ties and open deals equal what lifelines says of them: as bare curves, and as deals that go the whole way from
//! their histories to the figures of a stage. `cohorts.json` comes from `cohorts.py`.

use loudou::{
    metrics::{Durations, Filter, Frame, Incidence, Survival, cohort::Fate, conversion},
    model::{Batch, Deal},
};
use serde_json::Value;

use super::{
    curves::{close, list, number},
    six_deals::{company, created, day, deal, entered, lost, model, stage},
};

struct Sample {
    name: String,
    days: Vec<u32>,
    fates: Vec<Fate>,
    told: Value,
}

fn samples() -> Vec<Sample> {
    let all: Value = serde_json::from_str(include_str!("cohorts.json")).unwrap();
    let fate = |code: &Value| [Fate::Open, Fate::Passed, Fate::Lost][number(code) as usize];
    let sample = |told: &Value| Sample {
        name: told["name"].as_str().unwrap().to_owned(),
        days: list(told, "days").iter().map(number).collect(),
        fates: list(told, "fates").iter().map(fate).collect(),
        told: told.clone(),
    };
    all.as_array().unwrap().iter().map(sample).collect()
}

impl Sample {
    fn check(&self, survival: &Survival, incidence: &Incidence) {
        for (row, share) in list(&self.told, "survival").iter().enumerate() {
            let days = u32::try_from(row).unwrap();
            close(survival.at(days), share, &format!("{}: lasting {days}", self.name));
            let chances = incidence.at(days);
            close(chances.open, share, &format!("{}: open after {days}", self.name));
            close(chances.passed, &list(&self.told, "passed")[row], &format!("{}: passed after {days}", self.name));
            close(chances.lost, &list(&self.told, "lost")[row], &format!("{}: lost after {days}", self.name));
        }
        let quartiles: Vec<_> =
            [0.25, 0.5, 0.75].map(|share| Value::from(survival.quantile(share))).into_iter().collect();
        assert_eq!(quartiles, list(&self.told, "quartiles"), "{}", self.name);
    }

    /// The sample as deals of a funnel of two stages, seen on a day on which the open ones have lasted as long as they were seen.
    fn deals(&self) -> Vec<Deal> {
        let today = day(2026, 12, 31);
        let deal = |((id, days), fate): ((u128, &u32), &Fate)| {
            let began = today - chrono::Days::new(u64::from(*days));
            let then = match fate {
                Fate::Open => vec![],
                Fate::Passed => vec![(today, entered(2))],
                Fate::Lost => vec![(today, lost())],
            };
            deal(id, created(1, None, None, None), Some(began), then)
        };
        (1..).zip(&self.days).zip(&self.fates).map(deal).collect()
    }
}

#[test]
fn cohorts_equal_lifelines() {
    for sample in samples() {
        let ways = || sample.days.iter().copied().zip(sample.fates.iter().copied());
        let survival = Survival::new(ways().map(|(days, fate)| (days, fate != Fate::Open)));
        sample.check(&survival, &Incidence::new(ways()));
    }
}

#[test]
fn cohorts_of_deals_equal_lifelines() {
    for sample in samples() {
        let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 20)];
        let workspace = company(Batch { models: vec![model(1, stages)], deals: sample.deals(), ..Batch::default() });
        let (frame, everything) = (Frame::new(&workspace), Filter::default());
        let conversion = conversion(&frame.view(day(2026, 12, 31), &everything)).remove(0);
        let cohort = &conversion.stages[0].cohort;
        assert_eq!((cohort.entered(), cohort.without_duration.len()), (sample.days.len(), 0));
        sample.check(&cohort.stay(), &cohort.incidence());
        let Durations { lower_quartile, median, upper_quartile, mean, mean_to_pass } = cohort.durations();
        let quartiles: Vec<_> = [lower_quartile, median, upper_quartile].map(Value::from).into();
        assert_eq!(quartiles, list(&sample.told, "quartiles"), "{}", sample.name);
        for (ours, theirs) in [mean, mean_to_pass].into_iter().zip(list(&sample.told, "means")) {
            match ours {
                Some(ours) => close(ours, theirs, &sample.name),
                None => assert!(theirs.is_null(), "{}", sample.name),
            }
        }
    }
}

//! A round of the forecast contest as it goes from the worker to the page: what is told of the company, what came, and what the product
//! says.

use serde::{Deserialize, Serialize};

use crate::{
    codec::content::Language,
    model::{Currency, Date},
    training::contest::{
        BASIS, Before, Briefing, DRAWS, DealSight, Forecast, ModelSight, Quantiles, Round, StageSight,
    },
};

/// The name of a stage with its deals, their amount, the share that wins and the days until then.
type Stage = (String, usize, f64, Option<f64>, u32);
/// Customer and stage of a deal, its amount and its expected close.
type Deal = (String, String, f64, Option<Date>);

/// A round, made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MadeRound {
    currency: String,
    /// Quota, won so far, closing.
    amounts: [f64; 3],
    models: Vec<(String, Vec<Stage>)>,
    largest: Vec<Deal>,
    before: Vec<(Date, f64, f64)>,
    came: f64,
    /// P10, P50, P90 and the chance of the quota.
    said: [f64; 4],
}

impl MadeRound {
    /// The round of a seed; `None` never comes.
    pub(super) fn make(language: Language, seed: u64, progress: &mut dyn FnMut(usize, usize)) -> Option<Self> {
        let play = Round::of(seed).play(language)?;
        let Forecast { won, quota } = play.opponent(BASIS, DRAWS, &mut |done| progress(done, DRAWS))?;
        let Briefing { currency, asked, won: so_far, closing, models, largest, before } = Briefing::of(&play);
        let stage = |StageSight { name, deals, amount, chance, days }| (name, deals, amount, chance, days);
        let model = |ModelSight { name, stages }| (name, stages.into_iter().map(stage).collect());
        let deal = |DealSight { customer, stage, amount, close }| (customer, stage, amount, close);
        let quarter = |Before { from, then, in_all }| (from, then, in_all);
        Some(Self {
            currency: currency.to_string(),
            amounts: [asked, so_far, closing],
            models: models.into_iter().map(model).collect(),
            largest: largest.into_iter().map(deal).collect(),
            before: before.into_iter().map(quarter).collect(),
            came: play.came,
            said: [won.p10(), won.p50(), won.p90(), quota],
        })
    }

    /// What is told, what came, and what the product says; `None` when page and worker disagree.
    pub fn open(self) -> Option<(Briefing, f64, Forecast)> {
        let [asked, won, closing] = self.amounts;
        let stage = |(name, deals, amount, chance, days)| StageSight { name, deals, amount, chance, days };
        let model =
            |(name, stages): (String, Vec<Stage>)| ModelSight { name, stages: stages.into_iter().map(stage).collect() };
        let deal = |(customer, stage, amount, close)| DealSight { customer, stage, amount, close };
        let quarter = |(from, then, in_all)| Before { from, then, in_all };
        let briefing = Briefing {
            currency: self.currency.parse::<Currency>().ok()?,
            asked,
            won,
            closing,
            models: self.models.into_iter().map(model).collect(),
            largest: self.largest.into_iter().map(deal).collect(),
            before: self.before.into_iter().map(quarter).collect(),
        };
        let [p10, p50, p90, quota] = self.said;
        Some((briefing, self.came, Forecast { won: Quantiles::new(p10, p50, p90)?, quota }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::journal;
    use crate::worker::{Request, Response, Work};

    #[test]
    fn a_round_arrives_as_it_was_made() {
        let request = Request::Contest { language: Language::Chinese, seed: 5 };
        let Response::Contest(Ok(made)) = Work::default().handle(request, &mut |_, _| {}) else {
            panic!("another answer")
        };
        let (briefing, came, said) = made.open().unwrap();
        let play = Round::of(5).play(Language::Chinese).unwrap();
        assert_eq!(briefing, Briefing::of(&play));
        assert_eq!(Some(said), play.opponent(BASIS, DRAWS, &mut |_| ()));
        assert!((came - play.came).abs() < 1e-9);
    }

    #[test]
    fn the_company_of_a_round_arrives_whole_and_without_its_future() {
        let request = Request::ContestCompany { language: Language::English, seed: 5 };
        let Response::Demo { id, pieces } = Work::default().handle(request, &mut |_, _| {}) else {
            panic!("another answer")
        };
        let (company, problems) = journal::assemble(id.parse().unwrap(), &pieces);
        let round = Round::of(5);
        assert_eq!((problems, &company), (Vec::new(), &round.play(Language::English).unwrap().company));
        assert!(company.deals.iter().all(|deal| deal.last_day() <= Some(round.as_of)));
    }
}

//! The history of a deal in words.

use std::collections::BTreeMap;

use crate::{
    i18n::t_string,
    model::{CriterionId, Date, Deal, Event, EventKind, Gate, Missing, Money, PersonId, Share, StageId},
    ui::{
        format::{Format, UNKNOWN},
        parts::{amounts::Amounts, names::Names},
        wording::{self, I18n},
    },
};

/// What kind of entry it is, to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// Moves between stages and outcomes.
    Moves,
    /// Evidence of promotion criteria.
    Evidence,
    /// Changes of amount, date, owner and probability.
    Values,
}

impl Chapter {
    /// The chapter of an event.
    pub const fn of(kind: &EventKind) -> Self {
        match kind {
            EventKind::EvidenceTicked { .. } | EventKind::EvidenceUnticked { .. } => Self::Evidence,
            EventKind::AmountChanged { .. }
            | EventKind::ExpectedCloseChanged { .. }
            | EventKind::OwnerChanged { .. }
            | EventKind::ProbabilityChanged { .. } => Self::Values,
            _ => Self::Moves,
        }
    }
}

/// Days spent in each stage up to `today`, all visits together; stays that begin or end on an unknown day are left out.
pub fn days_per_stage(deal: &Deal, today: Date) -> BTreeMap<StageId, u32> {
    let mut days: BTreeMap<StageId, u32> = BTreeMap::new();
    let mut here: Option<(StageId, Option<Date>)> = None;
    let mut leave = |here: Option<(StageId, Option<Date>)>, on: Option<Date>| {
        if let (Some((stage, Some(from))), Some(to)) = (here, on) {
            let stay = u32::try_from((to - from).num_days()).unwrap_or_default();
            *days.entry(stage).or_default() += stay;
        }
    };
    for event in deal.history() {
        match event.kind {
            EventKind::Created { stage, .. }
            | EventKind::Entered { stage, .. }
            | EventKind::Transferred { stage, .. }
            | EventKind::Reopened { stage } => {
                leave(here, event.on);
                here = Some((stage, event.on));
            }
            EventKind::Restaged { stage } if here.is_some() => {
                leave(here, event.on);
                here = Some((stage, event.on));
            }
            EventKind::Won { .. } | EventKind::Lost { .. } | EventKind::Dormant { .. } => {
                leave(here, event.on);
                here = None;
            }
            _ => {}
        }
    }
    leave(here, Some(today));
    days
}

/// Tells events.
#[derive(Clone, Copy, Debug)]
pub struct Teller {
    /// The translations.
    pub i18n: I18n,
    /// Dates and shares as text.
    pub format: Format,
    /// Amounts as text.
    pub amounts: Amounts,
}

impl Teller {
    /// What happened, in a sentence.
    pub fn tell(self, event: &Event, names: &Names) -> String {
        let i18n = self.i18n;
        let stage = |id: StageId| names.stage_name(id);
        match &event.kind {
            EventKind::Created { stage: id, .. } => t_string!(i18n, deal.told_created, stage = stage(*id)).to_string(),
            EventKind::Entered { stage: id, .. } => t_string!(i18n, deal.told_entered, stage = stage(*id)).to_string(),
            EventKind::Restaged { stage: id } => t_string!(i18n, deal.told_restaged, stage = stage(*id)).to_string(),
            EventKind::Transferred { model, stage: id } => {
                let model = names.models.get(*model).map_or_else(|| UNKNOWN.to_owned(), |model| model.name.clone());
                t_string!(i18n, deal.told_transferred, model = model, stage = stage(*id)).to_string()
            }
            EventKind::EvidenceTicked { criterion, proof } => {
                let text = criterion_text(*criterion, names);
                if proof.trim().is_empty() {
                    t_string!(i18n, deal.told_ticked, criterion = text).to_string()
                } else {
                    t_string!(i18n, deal.told_proven, criterion = text, proof = proof.clone()).to_string()
                }
            }
            EventKind::EvidenceUnticked { criterion } => {
                t_string!(i18n, deal.told_unticked, criterion = criterion_text(*criterion, names)).to_string()
            }
            EventKind::AmountChanged { to } => t_string!(i18n, deal.told_amount, to = self.amount(*to)).to_string(),
            EventKind::ExpectedCloseChanged { to } => {
                t_string!(i18n, deal.told_close, to = self.format.date(*to)).to_string()
            }
            EventKind::OwnerChanged { to } => t_string!(i18n, deal.told_owner, to = names.person(*to)).to_string(),
            EventKind::ProbabilityChanged { to: Some(to) } => {
                t_string!(i18n, deal.told_probability, to = self.share(*to)).to_string()
            }
            EventKind::ProbabilityChanged { to: None } => t_string!(i18n, deal.told_probability_back).to_owned(),
            EventKind::Won { .. } => t_string!(i18n, deal.told_won).to_owned(),
            EventKind::Lost { reason, .. } => t_string!(i18n, deal.told_lost, reason = reason.clone()).to_string(),
            EventKind::Dormant { wake: Some(wake) } => {
                t_string!(i18n, deal.told_dormant_until, wake = self.format.date(*wake)).to_string()
            }
            EventKind::Dormant { wake: None } => t_string!(i18n, deal.told_dormant).to_owned(),
            EventKind::Reopened { stage: id } => t_string!(i18n, deal.told_reopened, stage = stage(*id)).to_string(),
        }
    }

    /// What must not be overlooked: a gate that was passed with a reason or that nobody checked, or the note on a loss.
    pub fn remark(self, event: &Event, names: &Names) -> Option<String> {
        match &event.kind {
            EventKind::Entered { gate, .. } | EventKind::Won { gate } => match gate {
                Gate::Met => None,
                Gate::Unchecked => Some(t_string!(self.i18n, deal.unchecked).to_owned()),
                Gate::Overridden { reason, missing } => {
                    let name = |thing: &Missing| match thing {
                        Missing::Criterion(id) => criterion_text(*id, names),
                        Missing::Field(field) => wording::required_field(self.i18n, field),
                    };
                    let missing = missing.iter().map(name).collect::<Vec<_>>().join(", ");
                    Some(t_string!(self.i18n, deal.overridden, reason = reason.clone(), missing = missing).to_string())
                }
            },
            EventKind::Lost { note, .. } if !note.trim().is_empty() => Some(note.clone()),
            _ => None,
        }
    }

    /// When, and who.
    pub fn when(self, on: Option<Date>, by: Option<PersonId>, names: &Names) -> String {
        let day = on.map_or_else(|| t_string!(self.i18n, deal.day_unknown).to_owned(), |day| self.format.date(day));
        match by {
            Some(by) => [day.as_str(), " · ", &names.person(Some(by))].concat(),
            None => day,
        }
    }

    fn amount(self, amount: Option<Money>) -> String {
        self.amounts.full(amount)
    }

    fn share(self, share: Share) -> String {
        self.format.percent(share.as_f64(), 0)
    }
}

/// The words of a criterion, whatever model it belongs to.
fn criterion_text(id: CriterionId, names: &Names) -> String {
    let known = names.models.iter().find_map(|model| model.known_criterion(id));
    known.map_or_else(|| UNKNOWN.to_owned(), |criterion| criterion.text.clone())
}

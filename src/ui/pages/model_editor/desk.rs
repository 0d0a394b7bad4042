//! The draft on the desk: what is typed, what is wrong with it, and what waits while other pages are looked at.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use crate::{
    codec::model_draft::Edited,
    i18n::use_i18n,
    model::{FunnelModel, ModelDraft, ModelProblem, Stage, StageId},
    store::{DraftKey, Store, use_store},
    ui::{
        format::{Format, use_format},
        unsaved,
        wording::{I18n, model as words},
    },
};

/// A field of a stage that a problem stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Name,
    Zone,
    Probability,
    PromotionRate,
    Days,
    Weight,
}

impl Spot {
    /// Where a problem of a stage stands; one of a criterion stands beside the criterion.
    fn of(problem: ModelProblem) -> Option<Self> {
        match problem {
            ModelProblem::Nameless(_) | ModelProblem::Twin(_) => Some(Self::Name),
            ModelProblem::ZoneFalls(_) => Some(Self::Zone),
            ModelProblem::ProbabilityFalls(_) | ModelProblem::WinsExceedPasses(_) => Some(Self::Probability),
            ModelProblem::NobodyPasses(_) => Some(Self::PromotionRate),
            ModelProblem::NoDuration(_) => Some(Self::Days),
            ModelProblem::WeightApart(_) => Some(Self::Weight),
            ModelProblem::NoName
            | ModelProblem::NoStage
            | ModelProblem::BlankCriterion(..)
            | ModelProblem::NamelessSegment(_)
            | ModelProblem::NamelessAfterSale
            | ModelProblem::NoInterval
            | ModelProblem::ManyStages(_) => None,
        }
    }
}

/// The draft of one model. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    store: StoredValue<Store>,
    /// Figures as text.
    pub(super) format: Format,
    i18n: I18n,
    key: DraftKey,
    /// The model as it is, followed.
    pub(super) model: Memo<FunnelModel>,
    /// What is typed; nothing while it is as the model is.
    typed: RwSignal<Option<Arc<Edited>>>,
    /// Whether what is typed was already there when the page opened.
    resumed: StoredValue<Option<Arc<Edited>>>,
    /// The raw text of an earlier draft that cannot be read.
    pub(super) damaged: RwSignal<Option<String>>,
    /// The form as typed so far.
    pub(super) form: Memo<ModelDraft>,
    /// What is wrong with it.
    pub(super) problems: Memo<Vec<ModelProblem>>,
    /// Fields whose text is no figure; the form keeps the one before.
    unreadable: RwSignal<BTreeSet<(StageId, Spot)>>,
    /// Open and sleeping deals in each stage of the model.
    deals: Memo<BTreeMap<StageId, usize>>,
}

impl Desk {
    /// The draft of a model, with what waits of it; call it in a component body.
    pub(super) fn new(known: FunnelModel, present: Memo<Option<FunnelModel>>) -> Self {
        let store = use_store();
        let (id, workspace) = (known.id, store.peek(|workspace| workspace.id));
        let key = (workspace, id);
        // A model that is removed takes the page with it; until then the last one known stands for it.
        let model = Memo::new(move |before: Option<&FunnelModel>| {
            present.get().unwrap_or_else(|| before.unwrap_or(&known).clone())
        });
        let (waiting, damaged) = match unsaved::model(store.library(), key) {
            Ok(waiting) => (waiting, None),
            Err(raw) => (None, Some(raw)),
        };
        let resumed = StoredValue::new(waiting.clone());
        let typed = RwSignal::new(waiting);
        let form = Memo::new(move |_| match typed.get() {
            Some(edited) => edited.form.clone(),
            None => model.with(ModelDraft::of),
        });
        let deals = Memo::new(move |_| {
            let mut deals = BTreeMap::new();
            store.with(|workspace| {
                let here = workspace.deals.iter().map(|deal| deal.standing());
                for standing in here.filter(|standing| standing.model == id && !standing.is_closed()) {
                    *deals.entry(standing.stage).or_default() += 1;
                }
            });
            deals
        });
        Self {
            store: StoredValue::new(store),
            format: use_format(),
            i18n: use_i18n(),
            key,
            model,
            typed,
            resumed,
            damaged: RwSignal::new(damaged),
            form,
            problems: Memo::new(move |_| form.with(ModelDraft::problems)),
            unreadable: RwSignal::default(),
            deals,
        }
    }

    /// A fresh id.
    pub(super) fn fresh<Id: From<u128>>(self) -> Id {
        self.store.with_value(|store| store.fresh().0.into())
    }

    /// Rewrites the draft, given the model as it is.
    pub(super) fn edit(self, write: impl FnOnce(&mut ModelDraft, &FunnelModel)) {
        let mut form = self.form.get_untracked();
        let model = self.model.get_untracked();
        write(&mut form, &model);
        let base = self.typed.with_untracked(|typed| typed.as_ref().map(|edited| edited.base.clone()));
        let base = base.unwrap_or_else(|| ModelDraft::of(&model));
        let edited = (form != base).then(|| Arc::new(Edited { base, form }));
        self.keep(edited);
    }

    fn keep(self, edited: Option<Arc<Edited>>) {
        let library = self.store.with_value(|store| store.library());
        // What cannot be read makes room only once a copy of it is safe; it is on screen meanwhile.
        if self.damaged.with_untracked(Option::is_none) || library.set_draft_aside(self.key) {
            unsaved::keep_model(library, self.key, edited.clone());
        }
        self.typed.set(edited);
    }

    /// Gives up a draft that cannot be read.
    pub(super) fn drop_damaged(self) {
        self.damaged.set(None);
        self.keep(self.typed.get_untracked());
    }

    /// Rewrites one stage of the draft.
    pub(super) fn edit_stage(self, stage: StageId, write: impl FnOnce(&mut Stage)) {
        self.edit(|form, _| {
            if let Some(stage) = form.stage_mut(stage) {
                write(stage);
            }
        });
    }

    /// Begins again with the model as it is.
    pub(super) fn discard(self) {
        self.unreadable.update(BTreeSet::clear);
        self.keep(None);
    }

    /// Something of a stage, followed; the default once the stage is gone.
    pub(super) fn of<T: Default + Clone + PartialEq + Send + Sync + 'static>(
        self,
        stage: StageId,
        read: impl Fn(&Stage) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.form.with(|form| form.stage(stage).map(&read)).unwrap_or_default())
    }

    /// The stages of the draft, in their order.
    pub(super) fn stages(self) -> Vec<StageId> {
        self.form.with(|form| form.stages.iter().map(|stage| stage.id).collect())
    }

    /// Whether there is anything to save.
    pub(super) fn is_changed(self) -> bool {
        self.typed.with(Option::is_some)
    }

    /// Whether the model has changed since the draft was begun.
    pub(super) fn is_overtaken(self) -> bool {
        self.typed.with(|typed| {
            typed.as_ref().is_some_and(|edited| self.model.with(|model| !edited.base.changes_nothing(model)))
        })
    }

    /// How many open and sleeping deals stand in a stage now.
    pub(super) fn deals_in(self, stage: StageId) -> usize {
        self.deals.with(|deals| deals.get(&stage).copied()).unwrap_or_default()
    }

    /// How many things keep the draft from being saved.
    pub(super) fn faults(self) -> usize {
        let refused = self.problems.with(|problems| problems.iter().filter(|problem| problem.refuses()).count());
        refused + self.unreadable.with(BTreeSet::len)
    }

    /// Whether what is typed is still what waited here when the page opened.
    pub(super) fn is_resumed(self) -> bool {
        let waited = self.resumed.get_value();
        waited.is_some() && self.typed.with(|typed| *typed == waited)
    }

    /// Notes whether the text of a field is a figure.
    pub(super) fn note(self, stage: StageId, spot: Spot, is_figure: bool) {
        self.unreadable.update(|unreadable| {
            if is_figure {
                unreadable.remove(&(stage, spot));
            } else {
                unreadable.insert((stage, spot));
            }
        });
    }

    /// Whether the text of a field is no figure.
    pub(super) fn is_unreadable(self, stage: StageId, spot: Spot) -> bool {
        self.unreadable.with(|unreadable| unreadable.contains(&(stage, spot)))
    }

    /// What is wrong with a field of a stage.
    pub(super) fn error(self, stage: StageId, spot: Spot) -> Option<String> {
        self.said(stage, spot, true)
    }

    /// What is unusual about a field of a stage, to be confirmed on saving.
    pub(super) fn caution(self, stage: StageId, spot: Spot) -> Option<String> {
        self.said(stage, spot, false)
    }

    fn said(self, stage: StageId, spot: Spot, refuses: bool) -> Option<String> {
        let fits = |problem: &&ModelProblem| {
            problem.stage() == Some(stage) && problem.refuses() == refuses && Spot::of(**problem) == Some(spot)
        };
        let found = self.problems.with(|problems| problems.iter().find(fits).copied())?;
        Some(words::problem(self.i18n, found).to_owned())
    }
}

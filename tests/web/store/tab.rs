//! Tabs over a storage, and the workspaces they open.

use std::{collections::BTreeMap, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use loudou::{
    model::{
        Command, Currency, Date, DealDetails, DealId, FunnelModel, ModelId, Money, NewDeal, Playbook, Profile, Share,
        Stage, StageId, Workspace, WorkspaceId,
    },
    storage::{MemoryStorage, Storage as _},
    store::{Library, Saving, Source, Store},
    ui::clock,
};

pub(super) const HERE: u128 = 1;
pub(super) const ELSEWHERE: u128 = 2;
pub(super) const MODEL: u128 = 10;
pub(super) const FIRST_STAGE: u128 = 11;
pub(super) const FIRST_DEAL: u128 = 100;

/// One tab of the browser: a store over a storage that other tabs may share.
pub(super) struct Tab {
    pub(super) store: Store,
    /// Keeps the store's signals alive.
    _owner: Owner,
}

impl std::ops::Deref for Tab {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Tab {
    /// A tab that has opened the page and no workspace yet.
    pub(super) fn fresh(storage: &Rc<MemoryStorage>, name: &str) -> Self {
        Self::with(storage, name, true)
    }

    pub(super) fn with(storage: &Rc<MemoryStorage>, name: &str, lasting: bool) -> Self {
        let owner = Owner::new();
        let store = owner.with(|| {
            let today = Signal::stored(Date::from_ymd_opt(2026, 3, 31).unwrap());
            let source =
                Source { today, now: clock::now, fresh: clock::fresh_ulid, me: Signal::stored(BTreeMap::new()) };
            let library = Library::over(storage.clone(), lasting, name.to_owned());
            Store::provide(library, empty(0), source)
        });
        Self { store, _owner: owner }
    }

    /// A tab that has made the workspace `HERE` with so many deals in the first stage.
    pub(super) fn with_deals(storage: &Rc<MemoryStorage>, name: &str, deals: u128) -> Self {
        let tab = Self::fresh(storage, name);
        tab.create(filled(HERE, deals)).unwrap();
        tab
    }

    /// Another tab that has opened the workspace `HERE`.
    pub(super) fn opened(storage: &Rc<MemoryStorage>, name: &str) -> Self {
        let tab = Self::fresh(storage, name);
        tab.open(HERE.into()).unwrap();
        tab
    }

    pub(super) fn set_amount(&self, number: u128, minor: i64) {
        let to = Money::from_minor(minor);
        self.dispatch(Command::SetAmount { id: deal(number), to }).unwrap();
    }

    pub(super) fn amount(&self, number: u128) -> Option<i64> {
        self.peek(|workspace| Some(workspace.deals.get(deal(number))?.standing().amount?.minor()))
    }

    pub(super) fn workspace(&self) -> Workspace {
        self.peek(Workspace::clone)
    }

    pub(super) fn saving(&self) -> Saving {
        self.library().saving().get_untracked()
    }
}

pub(super) fn deal(number: u128) -> DealId {
    (FIRST_DEAL + number).into()
}

pub(super) fn empty(id: u128) -> Workspace {
    let profile = Profile::named(format!("工作区 {id}"), Currency::CNY);
    Workspace::new(id.into(), profile)
}

/// A workspace made of commands, so that it is one the model allows.
pub(super) fn filled(id: u128, deals: u128) -> Workspace {
    let stage = |number: u128| Stage {
        id: (FIRST_STAGE + number).into(),
        name: format!("阶段 {number}"),
        zone: None,
        probability: Share::percent(20),
        promotion_rate: Share::percent(50),
        expected_days: 30,
        weight: None,
        criteria: Vec::new(),
        tasks: Vec::new(),
        required_fields: Vec::new(),
        playbook: Playbook::default(),
    };
    let model = FunnelModel {
        id: MODEL.into(),
        name: "模型".to_owned(),
        description: String::new(),
        stages: (0..3).map(stage).collect(),
        after_sale: None,
        segments: Vec::new(),
        revisions: Vec::new(),
        retired: Vec::new(),
    };
    let begin = |number: u128| {
        Command::CreateDeal(Box::new(NewDeal {
            id: deal(number),
            details: DealDetails { title: format!("Deal {number}"), ..DealDetails::default() },
            model: ModelId::from(MODEL),
            stage: StageId::from(FIRST_STAGE),
            owner: None,
            amount: Money::from_minor(100),
            expected_close: None,
        }))
    };
    let commands = std::iter::once(Command::AddModel(Box::new(model))).chain((0..deals).map(begin)).collect();
    let stamp = loudou::model::Stamp {
        on: Date::from_ymd_opt(2026, 1, 5).unwrap(),
        at: clock::now(),
        by: None,
        seed: clock::fresh_ulid(),
    };
    let start = empty(id);
    let change = loudou::model::apply(&start, Command::Many(commands), stamp).unwrap();
    start.with(&change)
}

/// What the next visit finds: a copy of the storage, opened anew.
pub(super) fn next_visit(storage: &MemoryStorage) -> Tab {
    Tab::opened(&Rc::new(storage.reopened()), "next")
}

/// Waits until `done`, for as long as a compaction may take.
pub(super) async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..300 {
        if done() {
            return;
        }
        TimeoutFuture::new(50).await;
    }
    panic!("waited in vain until {what}");
}

pub(super) fn journal(storage: &MemoryStorage, id: u128) -> usize {
    storage.keys(&format!("loudou/w/{}/j/", WorkspaceId::from(id))).unwrap().len()
}

pub(super) fn head(storage: &MemoryStorage, id: u128) -> Option<String> {
    storage.get(&format!("loudou/w/{}/head", WorkspaceId::from(id))).unwrap()
}

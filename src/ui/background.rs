//! The page's side of the background worker.
//!
//! The worker starts with the first question and keeps what it was given until [`Desk::stop`]. Its file name stands in `index.html`,
//! where a release writes the name that goes with its contents. Nothing of the work runs on the page instead when a worker cannot
//! start: the page would have to carry all of it and would freeze meanwhile.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use gloo_worker::{Spawnable as _, WorkerBridge};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::worker::{Background, Output, Request, Response};

/// How long the worker's program may take to load and start.
const START: Duration = Duration::from_secs(30);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The browser did not start the worker: it blocks workers, or its file is not there.
    #[error("the background worker did not start")]
    NotStarted,
    /// An error of the program ended the worker.
    #[error("the background worker stopped: {0}")]
    Broken(String),
}

/// A question under way.
struct Asked {
    on_progress: Box<dyn Fn(usize, usize)>,
    on_answer: Box<dyn FnOnce(Result<Response, NoAnswer>)>,
}

#[derive(Default)]
struct Line {
    bridge: Option<WorkerBridge<Background>>,
    asked: VecDeque<Asked>,
    patience: Option<TimeoutHandle>,
}

/// Where a page asks a worker of its own. Copy it freely; the worker ends with the owner.
#[derive(Clone, Copy)]
pub struct Desk(StoredValue<Line, LocalStorage>);

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl Desk {
    /// A desk without a worker yet.
    pub fn new() -> Self {
        let desk = Self(StoredValue::new_local(Line::default()));
        on_cleanup(move || desk.stop());
        desk
    }

    /// Asks the worker. Answers come in the order of the questions; none comes after [`stop`](Self::stop).
    pub fn ask(
        self,
        request: Request,
        on_progress: impl Fn(usize, usize) + 'static,
        on_answer: impl FnOnce(Result<Response, NoAnswer>) + 'static,
    ) {
        let asked = Asked { on_progress: Box::new(on_progress), on_answer: Box::new(on_answer) };
        self.0.update_value(|line| line.asked.push_back(asked));
        if self.0.with_value(|line| line.bridge.is_none()) {
            self.start();
        }
        self.0.with_value(|line| {
            if let Some(bridge) = &line.bridge {
                bridge.send(request);
            }
        });
    }

    /// Asks the worker and waits for its answer. After [`stop`](Self::stop) none comes: whoever waits, waits for ever.
    ///
    /// # Errors
    /// There is no worker to answer.
    pub async fn answer(self, request: Request) -> Result<Response, NoAnswer> {
        let slot = Rc::new(RefCell::new((None, None::<Waker>)));
        let filled = slot.clone();
        let fill = move |answer| {
            let mut slot = filled.borrow_mut();
            slot.0 = Some(answer);
            if let Some(waker) = slot.1.take() {
                waker.wake();
            }
        };
        self.ask(request, |_, _| (), fill);
        poll_fn(move |context| {
            let mut slot = slot.borrow_mut();
            if let Some(answer) = slot.0.take() {
                return Poll::Ready(answer);
            }
            slot.1 = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Like [`answer`](Self::answer); the worker ends then, unless another question is under way.
    ///
    /// # Errors
    /// There is no worker to answer.
    pub async fn answer_and_rest(self, request: Request) -> Result<Response, NoAnswer> {
        let answer = self.answer(request).await;
        if self.0.try_with_value(|line| line.asked.is_empty()) == Some(true) {
            self.stop();
        }
        answer
    }

    /// Ends the worker with everything it keeps; questions under way get no answer. Work that already runs comes to its end unheard.
    pub fn stop(self) {
        let line = self.0.try_update_value(std::mem::take).unwrap_or_default();
        if let Some(patience) = line.patience {
            patience.clear();
        }
    }

    fn start(self) {
        let Some(path) = address() else {
            // Answered in a moment, like every other question.
            set_timeout(move || self.fail(&NoAnswer::NotStarted), Duration::ZERO);
            return;
        };
        let mut spawner = Background::spawner();
        let bridge = spawner.as_module(false).with_loader(true).callback(move |output| self.hear(output)).spawn(&path);
        let patience = set_timeout_with_handle(move || self.fail(&NoAnswer::NotStarted), START).ok();
        self.0.update_value(|line| {
            line.bridge = Some(bridge);
            line.patience = patience;
        });
    }

    fn hear(self, output: Output) {
        match output {
            Output::Ready => {
                if let Some(patience) = self.0.try_update_value(|line| line.patience.take()).flatten() {
                    patience.clear();
                }
            }
            // A page that is gone hears nothing.
            Output::Progress(done, total) => drop(self.0.try_with_value(|line| {
                if let Some(asked) = line.asked.front() {
                    (asked.on_progress)(done, total);
                }
            })),
            Output::Answer(response) => {
                if let Some(asked) = self.0.try_update_value(|line| line.asked.pop_front()).flatten() {
                    (asked.on_answer)(Ok(*response));
                }
            }
            Output::Broken(message) => self.fail(&NoAnswer::Broken(message)),
        }
    }

    fn fail(self, why: &NoAnswer) {
        let line = self.0.try_update_value(std::mem::take).unwrap_or_default();
        for asked in line.asked {
            (asked.on_answer)(Err(why.clone()));
        }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// The worker's file beside the page, or inside it; `None` where a page can have no worker, as one opened from a folder that is not a
/// single file.
fn address() -> Option<String> {
    let meta = document().query_selector("meta[name=loudou-worker]").ok()??;
    let address = meta.get_attribute("content")?;
    let of_folder = window().location().protocol().ok()? == "file:";
    (!of_folder || address.starts_with("blob:")).then_some(address)
}

//! The worker in the browser.

use std::cell::RefCell;

use gloo_worker::{HandlerId, Worker, WorkerScope};

use super::{Output, Request, Work};

thread_local! {
    /// Where a panic is reported: nothing else of the worker answers after it.
    static LINE: RefCell<Option<(WorkerScope<Background>, HandlerId)>> = const { RefCell::new(None) };
}

/// The shell around [`Work`].
#[derive(Debug, Default)]
pub struct Background(Work);

impl Background {
    /// Tells the page that a panic ended the worker.
    pub fn report_panic(message: String) {
        LINE.with_borrow(|line| {
            if let Some((scope, page)) = line {
                scope.respond(*page, Output::Broken(message));
            }
        });
    }
}

impl Worker for Background {
    type Message = ();
    type Input = Request;
    type Output = Output;

    fn create(_scope: &WorkerScope<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, _scope: &WorkerScope<Self>, (): ()) {}

    fn connected(&mut self, scope: &WorkerScope<Self>, page: HandlerId) {
        LINE.replace(Some((scope.clone(), page)));
        scope.respond(page, Output::Ready);
    }

    fn received(&mut self, scope: &WorkerScope<Self>, request: Request, page: HandlerId) {
        let answer = self.0.handle(request, &mut |done, total| scope.respond(page, Output::Progress(done, total)));
        scope.respond(page, Output::Answer(Box::new(answer)));
    }
}

//! The background worker: long work runs here so that the page never freezes.
//!
//! [`Work::handle`] does it and knows no browser, so the host tests all of it. `Background` is the shell around it in the browser: it
//! lives in a second program (`src/bin/worker.rs`), and the page speaks to it in [`Request`]s and hears [`Output`]s. Both programs hold
//! their own copy of what they use: what only the worker calls is not in the page.
//!
//! Files stay here between questions, so that a correction costs one reading and no transfer.

#[cfg(target_arch = "wasm32")]
mod background;
mod messages;

#[cfg(target_arch = "wasm32")]
pub use background::Background;
pub use messages::{Context, File, Glance, Output, Request, Response, Unfit};

use crate::{
    codec::{
        csv::{Import, Options, Reading, Refusal, Sheet, SourceFile, plan, read},
        journal,
    },
    model::{Change, Stamp, Workspace, apply},
    training::demo,
};

/// What the worker keeps between questions.
#[derive(Debug, Default)]
pub struct Work {
    files: Vec<Held>,
    planned: Option<Planned>,
}

/// A file that was read.
#[derive(Debug)]
struct Held {
    name: String,
    bytes: Vec<u8>,
    sheet: Sheet,
}

/// The latest plan, with what it was made for.
#[derive(Debug)]
struct Planned {
    workspace: Workspace,
    stamp: Stamp,
    import: Import,
}

impl Work {
    /// Answers one question; `progress` hears how much of how much is done.
    pub fn handle(&mut self, request: Request, progress: &mut dyn FnMut(usize, usize)) -> Response {
        match request {
            Request::Demo { language, today, seed } => {
                let workspace = demo::company(language, today, seed);
                Response::Demo { id: workspace.id.to_string(), pieces: journal::pieces(&workspace) }
            }
            Request::Read(files) => {
                self.planned = None;
                let total = files.len();
                let mut answers = Vec::with_capacity(total);
                for (done, file) in files.into_iter().enumerate() {
                    progress(done, total);
                    answers.push(self.take(file));
                }
                Response::Read(answers)
            }
            Request::Reread { file, reading } => Response::Reread(Box::new(self.reread(file, &reading))),
            Request::Plan { options, context } => match self.plan(&options, &context, progress) {
                Ok(planned) => {
                    let summary = planned.import.summary.clone();
                    self.planned = Some(planned);
                    Response::Plan(Ok(Box::new(summary)))
                }
                Err(unfit) => Response::Plan(Err(unfit)),
            },
            Request::Run => Response::Run(self.run().map(|change| journal::encode_change(&change))),
        }
    }

    fn take(&mut self, file: File) -> Result<Glance, Refusal> {
        let sheet = read(&file.bytes, &Reading::default())?;
        let glance = Glance::of(&file.name, &sheet);
        self.files.push(Held { name: file.name, bytes: file.bytes, sheet });
        Ok(glance)
    }

    /// A file read in another way; when it cannot be, it stays as it was.
    fn reread(&mut self, file: usize, reading: &Reading) -> Result<Glance, Refusal> {
        let held = self.files.get_mut(file).ok_or(Refusal::Empty)?;
        held.sheet = read(&held.bytes, reading)?;
        self.planned = None;
        Ok(Glance::of(&held.name, &held.sheet))
    }

    fn plan(
        &self,
        options: &Options,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Planned, Unfit> {
        let (workspace, stamp) = context.open()?;
        let files: Vec<_> = self.files.iter().map(|held| SourceFile { name: &held.name, sheet: &held.sheet }).collect();
        let mut go_on = |done, total| {
            progress(done, total);
            true
        };
        let import = plan(&files, options, &workspace, stamp, &mut go_on).map_err(|stopped| Unfit(stopped.to_string()))?;
        Ok(Planned { workspace, stamp, import })
    }

    /// The change of the latest plan, which can be made once.
    fn run(&mut self) -> Result<Change, Unfit> {
        let Planned { workspace, stamp, import } = self.planned.take().ok_or_else(|| Unfit("no plan".to_owned()))?;
        apply(&workspace, import.command, stamp).map_err(|rejection| Unfit(rejection.to_string()))
    }
}

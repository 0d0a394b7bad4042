//! The background worker: long work runs here so that the page never freezes.
//!
//! [`Work::handle`] does it and knows no browser, so the host tests all of it. `Background` is the shell around it in the browser: it
//! lives in a second program (`src/bin/worker.rs`), and the page speaks to it in [`Request`]s and hears [`Output`]s. Both programs hold
//! their own copy of what they use: what only the worker calls is not in the page.
//!
//! Files stay here between questions, so that a correction costs one reading and no transfer.

#[cfg(target_arch = "wasm32")]
mod background;
mod backup;
mod balance;
mod book;
mod contest;
mod crm;
mod drill;
mod lots;
mod merging;
mod messages;
mod opening;
mod room;
mod sent;
mod whole_bytes;

#[cfg(target_arch = "wasm32")]
pub use background::Background;
pub use backup::{BackupOrder, MadeBackup};
pub use balance::{BalanceOrder, FoundMoves};
pub use book::BookOrder;
pub use contest::MadeRound;
pub use crm::CrmOrder;
pub use drill::{DrillOrder, MadeDrill};
pub use lots::{Fates, Lots, Mark};
pub use messages::{Context, File, Foresight, Glance, Output, Request, Response, Unfit};
pub use opening::{OpenedDocument, PacketOrder, Source, Unopened};

use std::collections::VecDeque;

use merging::Gathered;

use crate::{
    codec::{
        content::{Language, scenarios},
        csv::{Import, Options, Reading, Refusal, Sheet, SourceFile, plan, read},
        journal, parts, run,
    },
    metrics::{backtest::grade, simulation::simulate},
    model::{Change, Date, Stamp, Workspace, apply},
    training::{contest::Round, demo, simulator::Simulator},
};

/// So many deals the page takes in at once, in a few milliseconds.
const PART: usize = 1_000;

/// What the worker keeps between questions.
#[derive(Debug, Default)]
pub struct Work {
    files: Vec<Held>,
    /// The workspace that was sent for the latest plan.
    into: Option<Workspace>,
    planned: Option<Planned>,
    /// What is left of the latest change.
    parts: VecDeque<Change>,
    gathered: Option<Gathered>,
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
            Request::Demo { language, today, seed } => made(&demo::company(language, today, seed)),
            Request::Case { language, today } => made(&demo::case::company(language, today, demo::case::SEED)),
            Request::Simulated { run, language, today } => {
                Response::Simulated(simulated(&run, language, today).map(|company| sent(&company)))
            }
            Request::Offered { code, language, today } => {
                made(&demo::Offered::of_code(&code).unwrap_or_default().company(language, today))
            }
            Request::Drill(order) => Response::Drill(order.make().map(Box::new)),
            Request::Open(source) => Response::Open(source.open().map(Box::new)),
            Request::Packet(order) => Response::Packet(order.make()),
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
            Request::Forget { file } => {
                self.planned = None;
                if file < self.files.len() {
                    self.files.remove(file);
                }
                Response::Forget
            }
            Request::Plan { options, context } => match self.plan(&options, &context, progress) {
                Ok(planned) => {
                    let summary = planned.import.summary.clone();
                    let units = room::units(&planned.import.command, &planned.workspace);
                    self.planned = Some(planned);
                    Response::Plan(Ok(Box::new(Foresight { summary, units })))
                }
                Err(unfit) => Response::Plan(Err(unfit)),
            },
            Request::Gather { here, files, base } => {
                Response::Gather(Gathered::read(&here, &files, base.as_ref(), progress).map(|(gathered, readable)| {
                    self.gathered = Some(gathered);
                    readable
                }))
            }
            Request::Common { stored } => {
                Response::Common(self.gathered.as_mut().is_some_and(|gathered| gathered.take_base(&stored)))
            }
            Request::Merge { options } => Response::Merge(match &mut self.gathered {
                Some(gathered) => gathered.merge(&options).map(Box::new),
                None => Ok(Box::default()),
            }),
            Request::Join => {
                let gathered = self.gathered.take().ok_or_else(|| Unfit("nothing was merged".to_owned()));
                Response::Join(gathered.and_then(Gathered::join).map(|change| journal::encode_change(&change)))
            }
            Request::Contest { language, seed } => {
                let made = MadeRound::make(language, seed, progress).map(Box::new);
                Response::Contest(made.ok_or_else(|| Unfit("a company without quotas".to_owned())))
            }
            Request::ContestCompany { language, seed } => match Round::of(seed).play(language) {
                Some(play) => made(&play.company),
                None => Response::Contest(Err(Unfit("a company without quotas".to_owned()))),
            },
            Request::Simulate { lots, draws, seed } => {
                let outcomes = simulate(&lots.into(), draws, seed, &mut |done| progress(done, draws));
                Response::Simulate(Box::new(outcomes.into()))
            }
            Request::Grade { windows, draws, seed } => {
                let total = windows.len() * draws;
                let graded = windows.into_iter().enumerate().map(|(place, (lots, actual))| {
                    let before = place * draws;
                    grade(&lots.into(), actual, draws, seed, &mut |done| progress(before + done, total)).into()
                });
                Response::Grade(graded.collect())
            }
            Request::Balance(order) => Response::Balance(order.solve()),
            Request::Book(order) => Response::Book(order.make(progress)),
            Request::Crm(order) => Response::Crm(order.make(progress)),
            Request::Backup(order) => Response::Backup(order.make().map(Box::new)),
            Request::Run => Response::Run(self.run().map(|change| {
                self.parts = parts::cut(change, PART).into();
                self.parts.len()
            })),
            Request::Part => Response::Part(self.parts.pop_front().as_ref().map(journal::encode_change)),
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
        &mut self,
        options: &Options,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Planned, Unfit> {
        // What the plan before made is freed before the next one is made.
        self.planned = None;
        self.parts.clear();
        if let Some(sent) = context.workspace()? {
            self.into = Some(sent);
        }
        let workspace = self.into.clone().ok_or_else(|| Unfit("no workspace was sent".to_owned()))?;
        let stamp = context.stamp();
        let files: Vec<_> = self.files.iter().map(|held| SourceFile { name: &held.name, sheet: &held.sheet }).collect();
        let mut go_on = |done, total| {
            progress(done, total);
            true
        };
        let import =
            plan(&files, options, &workspace, stamp, &mut go_on).map_err(|stopped| Unfit(stopped.to_string()))?;
        Ok(Planned { workspace, stamp, import })
    }

    /// The change of the latest plan, which can be made once.
    fn run(&mut self) -> Result<Change, Unfit> {
        let Planned { workspace, stamp, import } = self.planned.take().ok_or_else(|| Unfit("no plan".to_owned()))?;
        apply(&workspace, import.command, stamp).map_err(|rejection| Unfit(rejection.to_string()))
    }
}

/// The answer with a company that was made.
fn made(company: &Workspace) -> Response {
    let (id, pieces) = sent(company);
    Response::Demo { id, pieces }
}

/// Its id and its pieces.
fn sent(company: &Workspace) -> (String, Vec<(String, String)>) {
    (company.id.to_string(), journal::pieces(company))
}

/// The company of a run.
fn simulated(run: &str, language: Language, today: Date) -> Result<Workspace, Unfit> {
    let run = run::decode(run.as_bytes()).map_err(|fault| Unfit(fault.to_string()))?;
    let scenario = scenarios::of_slug(&run.scenario).ok_or_else(|| Unfit("no such scenario".to_owned()))?;
    let simulator = Simulator::new(scenario, run.seed);
    Ok(demo::simulated::company(&simulator, &simulator.play(&run.decisions), language, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::{
            content,
            csv::{Encoding, FileFormat, Origin},
        },
        metrics::{
            backtest::Grade,
            simulation::{Chance, Class, Prospects},
        },
        model::{Date, Workspace},
    };

    const DEALS: &str = "Deal,Stage,Amount,Account\nA,Proposal,5,Acme\nB,Closed Won,x,Beta\n";

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn stamp() -> Stamp {
        Stamp { on: Date::default(), at: chrono::DateTime::default(), by: None, seed: ulid::Ulid(1 << 100) }
    }

    fn workspace() -> Workspace {
        Workspace::new(7.into(), content::profile(Language::English, "Test"))
    }

    fn ask(work: &mut Work, request: Request) -> Response {
        work.handle(request, &mut |_, _| {})
    }

    fn plan_for(workspace: &Workspace) -> Request {
        Request::Plan { options: Options::default(), context: Context::of(workspace, stamp()) }
    }

    #[test]
    fn the_companies_that_ship_arrive_whole() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let request = Request::Demo { language: Language::Chinese, today, seed: 3 };
        let Response::Demo { id, pieces } = ask(&mut Work::default(), request) else { panic!("another answer") };
        let (workspace, problems) = journal::assemble(id.parse().unwrap(), &pieces);
        assert_eq!((problems, workspace), (Vec::new(), demo::company(Language::Chinese, today, 3)));
        let request = Request::Case { language: Language::English, today };
        let Response::Demo { id, pieces } = ask(&mut Work::default(), request) else { panic!("another answer") };
        let (workspace, problems) = journal::assemble(id.parse().unwrap(), &pieces);
        let case = demo::case::company(Language::English, today, demo::case::SEED);
        assert_eq!((problems, workspace), (Vec::new(), case));
    }

    #[test]
    fn a_simulated_company_arrives_whole() {
        let today = Date::from_ymd_opt(2026, 11, 27).unwrap();
        let scenario = scenarios::of_slug("first-year").unwrap();
        let decisions = vec![scenario.standing.clone(); 3];
        let run = run::Run { scenario: scenario.slug.to_owned(), seed: 8, decisions };
        let request = |run| Request::Simulated { run, language: Language::Chinese, today };
        let Response::Simulated(Ok((id, pieces))) = ask(&mut Work::default(), request(run::encode(&run))) else {
            panic!("another answer")
        };
        let (workspace, problems) = journal::assemble(id.parse().unwrap(), &pieces);
        let simulator = Simulator::new(scenario, 8);
        let state = simulator.play(&run.decisions);
        assert_eq!(problems, Vec::new());
        assert_eq!(workspace, demo::simulated::company(&simulator, &state, Language::Chinese, today));
        let unknown = run::Run { scenario: "elsewhere".to_owned(), ..run };
        for run in [String::new(), run::encode(&unknown)] {
            assert!(matches!(ask(&mut Work::default(), request(run)), Response::Simulated(Err(_))));
        }
    }

    #[test]
    fn files_are_read_planned_and_imported() {
        let (mut work, workspace) = (Work::default(), workspace());
        let files = vec![file("deals.csv", DEALS), file("picture.png", "\u{89}PNG\r\n\u{1a}\n\0\0\0")];
        let Response::Read(answers) = ask(&mut work, Request::Read(files)) else { panic!("another answer") };
        assert_eq!(answers[0].as_ref().map(|glance| glance.rows.len()), Ok(2));
        assert!(answers[1].is_err());
        let Response::Plan(Ok(foresight)) = ask(&mut work, plan_for(&workspace)) else { panic!("another answer") };
        assert_eq!((foresight.summary.deals.created, foresight.summary.problems.len()), (2, 1));
        assert!((100..2_000).contains(&foresight.units), "{}", foresight.units);
        // The workspace is sent once.
        let again = Request::Plan { options: Options::default(), context: Context::again(stamp()) };
        let Response::Plan(Ok(same)) = ask(&mut work, again) else { panic!("another answer") };
        assert_eq!(same, foresight);
        let Response::Run(Ok(1)) = ask(&mut work, Request::Run) else { panic!("another answer") };
        let Response::Part(Some(text)) = ask(&mut work, Request::Part) else { panic!("another answer") };
        assert!(matches!(ask(&mut work, Request::Part), Response::Part(None)));
        let change = journal::decode_change(&text, &workspace).unwrap();
        assert_eq!((change.deals.len(), change.customers.len(), change.models.len()), (2, 2, 1));
        // A plan is carried out once.
        assert!(matches!(ask(&mut work, Request::Run), Response::Run(Err(_))));
    }

    #[test]
    fn a_file_can_be_read_again() {
        let mut work = Work::default();
        ask(&mut work, Request::Read(vec![file("deals.csv", DEALS)]));
        let reading = Reading { encoding: Some(Encoding::Gb18030), ..Reading::default() };
        let Response::Reread(glance) = ask(&mut work, Request::Reread { file: 0, reading }) else {
            panic!("another answer")
        };
        let Origin::Text { encoding, .. } = glance.unwrap().shape.origin else { panic!("another origin") };
        assert_eq!(encoding.value, Encoding::Gb18030);
        // The header on the last line leaves no rows: the file stays as it was.
        let reading = Reading { header: Some(Some(3)), ..Reading::default() };
        let Response::Reread(refused) = ask(&mut work, Request::Reread { file: 0, reading }) else {
            panic!("another answer")
        };
        assert_eq!(*refused, Err(Refusal::NoRows));
        let Response::Plan(Ok(foresight)) = ask(&mut work, plan_for(&workspace())) else { panic!("another answer") };
        assert_eq!(foresight.summary.files[0].rows, 2);
    }

    #[test]
    fn a_forgotten_file_is_not_imported() {
        let mut work = Work::default();
        let customers = file("customers.csv", "Account,Industry\nAcme,Steel\nGamma,Glass\n");
        ask(&mut work, Request::Read(vec![customers, file("deals.csv", DEALS)]));
        assert!(matches!(ask(&mut work, Request::Forget { file: 0 }), Response::Forget));
        let Response::Plan(Ok(foresight)) = ask(&mut work, plan_for(&workspace())) else { panic!("another answer") };
        let summary = &foresight.summary;
        assert_eq!((summary.files.len(), summary.deals.created, summary.customers.created), (1, 2, 2));
        ask(&mut work, Request::Forget { file: 7 });
        let Response::Plan(Ok(same)) = ask(&mut work, plan_for(&workspace())) else { panic!("another answer") };
        assert_eq!(same, foresight);
    }

    #[test]
    fn past_days_are_graded_one_after_the_other() {
        let class = Class { chance: Chance::Known(0.5), by: vec![1.0], amounts: vec![100.0, 300.0] };
        let prospects = Prospects {
            months: vec![(2026, 1)],
            classes: vec![class],
            rates: vec![],
            largest: Some((0, 1)),
            without_amount: 0,
        };
        let windows = vec![(prospects.clone().into(), 400.0), (prospects.clone().into(), 0.0)];
        let mut heard = Vec::new();
        let answer = Work::default()
            .handle(Request::Grade { windows, draws: 500, seed: 1 }, &mut |done, total| heard.push((done, total)));
        let Response::Grade(marks) = answer else { panic!("another answer") };
        let grades: Vec<Grade> = marks.into_iter().map(Grade::from).collect();
        assert_eq!(grades, [400.0, 0.0].map(|actual| grade(&prospects, actual, 500, 1, &mut |_| ())));
        assert!(heard.is_sorted() && heard.last() == Some(&(1_000, 1_000)));
    }

    #[test]
    fn other_formats_are_named() {
        let files = vec![file("document.json", "{\"format\": \"loudou\"}")];
        let Response::Read(answers) = ask(&mut Work::default(), Request::Read(files)) else { panic!("another answer") };
        assert_eq!(answers, [Err(Refusal::WrongFormat { format: FileFormat::Json })]);
    }

    #[test]
    fn a_workspace_with_deals_keeps_its_currency() {
        let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
        let mut work = Work::default();
        ask(
            &mut work,
            Request::Read(vec![file("deals.csv", "Deal,Stage,Amount,Currency\nA,Proposal,5,JPY\nB,Proposal,5,JPY\n")]),
        );
        let Response::Plan(Ok(foresight)) = ask(&mut work, plan_for(&company)) else { panic!("another answer") };
        assert!(!foresight.summary.currency_changes);
        assert_eq!(foresight.summary.problems.len(), 2);
    }
}

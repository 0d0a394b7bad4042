//! What the page and the worker say to one another.

use serde::{Deserialize, Serialize};

use super::{
    backup::{BackupOrder, MadeBackup},
    balance::{BalanceOrder, FoundMoves},
    book::BookOrder,
    contest::MadeRound,
    crm::CrmOrder,
    drill::{DrillOrder, MadeDrill},
    lots::{Fates, Lots, Mark},
    opening::{OpenedDocument, PacketOrder, Source, Unopened},
    sent::Sent,
};
use crate::{
    codec::{
        content::Language,
        csv::{FileShape, Options, Reading, Refusal, Sheet, Summary},
        merge,
        seal::SealError,
    },
    model::{Date, Stamp, Timestamp, Workspace},
};

/// How many rows of a file the page is shown.
const FIRST_ROWS: usize = 12;

/// A question of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Make the demo company.
    Demo {
        /// The language of its words.
        language: Language,
        /// The last day of its past.
        today: Date,
        /// The same seed gives the same company.
        seed: u64,
    },
    /// Make the company of the case.
    Case {
        /// The language of its words.
        language: Language,
        /// The last day of its past.
        today: Date,
    },
    /// Make the company that a run of the simulator has come to.
    Simulated {
        /// The [run](crate::codec::run::encode).
        run: String,
        /// The language of its words.
        language: Language,
        /// The last day of its past.
        today: Date,
    },
    /// Make a company that is on offer.
    Offered {
        /// Its name among those on offer; any other means the healthy one.
        code: String,
        /// The language of its words.
        language: Language,
        /// The last day of its past.
        today: Date,
    },
    /// Make a drill.
    Drill(DrillOrder),
    /// Open a document.
    Open(Source),
    /// Make a packet.
    Packet(Box<PacketOrder>),
    /// Read these files and keep those that can be read behind those kept already.
    Read(Vec<File>),
    /// Read a file that is kept once more.
    Reread {
        /// Its place among those kept.
        file: usize,
        /// How to read it.
        reading: Reading,
    },
    /// Keep a file no longer; those behind it move up.
    Forget {
        /// Its place among those kept.
        file: usize,
    },
    /// What would an import of the files do?
    Plan {
        /// What the user decided.
        options: Options,
        /// What they are imported into, and when; without the workspace where it is that of the plan before.
        context: Context,
    },
    /// Make the change of the latest plan.
    Run,
    /// The next part of that change.
    Part,
    /// Make an Excel workbook.
    Book(Box<BookOrder>),
    /// Make the files that another product imports.
    Crm(Box<CrmOrder>),
    /// Make a backup.
    Backup(Box<BackupOrder>),
    /// Read these documents and keep them, in the place of those kept before, for a merge into a workspace.
    Gather {
        /// The workspace that is merged into, whole.
        here: Context,
        /// The documents.
        files: Vec<File>,
        /// The document that all of them started from.
        base: Option<File>,
    },
    /// Take the document of a backup as the one that all of those kept for a merge started from.
    Common {
        /// The document as it is [stored](crate::storage::backups::wrap): so it costs the page nothing.
        stored: String,
    },
    /// What would a merge of the documents do?
    Merge {
        /// What the user decided.
        options: merge::Options,
    },
    /// Make the change of the latest merge.
    Join,
    /// Which customers are to change hands?
    Balance(BalanceOrder),
    /// Make a round of the forecast contest.
    Contest {
        /// The language of its words.
        language: Language,
        /// The same seed gives the same round.
        seed: u64,
    },
    /// Make the company of a round of the forecast contest, as it stands on the day of the forecast.
    ContestCompany {
        /// The language of its words.
        language: Language,
        /// The seed of the round.
        seed: u64,
    },
    /// Draw what the open deals may bring.
    Simulate {
        /// The deals.
        lots: Lots,
        /// How often.
        draws: usize,
        /// The same seed gives the same draws.
        seed: u64,
    },
    /// Draw what the open deals of past days might have brought, and compare it with what they brought.
    Grade {
        /// The deals of each day, and what they brought in minor units.
        windows: Vec<(Lots, f64)>,
        /// How often, each day.
        draws: usize,
        /// The same seed gives the same draws.
        seed: u64,
    },
}

/// The answer to the [`Request`] of the same name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Response {
    /// A workspace in [pieces](journal::pieces).
    Demo {
        /// Its id.
        id: String,
        /// Names and texts.
        pieces: Vec<(String, String)>,
    },
    /// The company, as [`Response::Demo`].
    Simulated(Result<(String, Vec<(String, String)>), Unfit>),
    /// The drill; `None` when there is none.
    Drill(Option<Box<MadeDrill>>),
    /// The document.
    Open(Result<Box<OpenedDocument>, Unopened>),
    /// The packet.
    Packet(Result<Result<Vec<u8>, SealError>, Unfit>),
    /// Each file as asked for; those that are refused are not kept.
    Read(Vec<Result<Glance, Refusal>>),
    /// The file as it reads now.
    Reread(Box<Result<Glance, Refusal>>),
    /// It is gone.
    Forget,
    /// What the import would do.
    Plan(Result<Box<Foresight>, Unfit>),
    /// The change is made; it comes in so many parts.
    Run(Result<usize, Unfit>),
    /// A part of the change as a [journal entry](crate::codec::journal::encode_change); `None` after the last.
    Part(Option<String>),
    /// The bytes of the workbook.
    Book(Result<Vec<u8>, Unfit>),
    /// The bytes of the archive.
    Crm(Result<Vec<u8>, Unfit>),
    /// The backup.
    Backup(Result<Box<MadeBackup>, Unfit>),
    /// Where each document comes from that can be read, the common one last where there is one. Why one cannot be read, the page finds out
    /// by itself: those that can are many and large, those that cannot are few.
    Gather(Result<Vec<Option<merge::Descent>>, Unfit>),
    /// Whether the common document can be read.
    Common(bool),
    /// What the merge would do, or the place among sides of the first document that does not fit; the workspace is the first side.
    Merge(Result<Box<merge::Summary>, (usize, merge::Misfit)>),
    /// The change as a [journal entry](crate::codec::journal::encode_change).
    Join(Result<String, Unfit>),
    /// Those that bring everybody into the band.
    Balance(FoundMoves),
    /// The round.
    Contest(Result<Box<MadeRound>, Unfit>),
    /// What the draws came to.
    Simulate(Box<Fates>),
    /// How each day's draws compare with what came.
    Grade(Vec<Mark>),
}

/// What an import would do, and what it would cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foresight {
    /// What it would do.
    pub summary: Summary,
    /// About how many UTF-16 units of the browser's storage the new deals and customers would take.
    pub units: usize,
}

/// Why a plan could not be made or carried out, in English: it means that page and worker disagree, which no file brings about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{0}")]
pub struct Unfit(pub String);

/// Everything that the page hears.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Output {
    /// The worker runs.
    Ready,
    /// So much of so much is done.
    Progress(usize, usize),
    /// The answer to the oldest question that has none yet.
    Answer(Box<Response>),
    /// An error of the program ended the worker.
    Broken(String),
}

/// A file that the user chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its contents.
    #[serde(with = "super::whole_bytes")]
    pub bytes: Vec<u8>,
}

/// What the page shows of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Its name.
    pub name: String,
    /// How it was read.
    pub shape: FileShape,
    /// The first rows of data, each with its line in the file.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Glance {
    /// The beginning of a sheet.
    pub fn of(name: &str, sheet: &Sheet) -> Self {
        let rows = sheet.rows.iter().take(FIRST_ROWS);
        let rows = rows.map(|row| (row.line, row.iter().map(str::to_owned).collect())).collect();
        Self { name: name.to_owned(), shape: sheet.shape.clone(), rows }
    }

    /// The name of the file, with that of the sheet where its workbook has several.
    pub fn label(&self) -> String {
        match self.shape.origin.sheet() {
            Some(sheet) => [&self.name, " · ", sheet].concat(),
            None => self.name.clone(),
        }
    }
}

/// What an import needs to know of the workspace, and its stamp.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    workspace: Option<Sent>,
    on: Date,
    at: Timestamp,
    seed: u128,
}

impl Context {
    /// What an import may meet: everything but activities, quotas and what a manager keeps: promises, handovers and the like.
    pub fn of(workspace: &Workspace, stamp: Stamp) -> Self {
        let mut slim = Workspace::new(workspace.id, (*workspace.profile).clone());
        slim.models = workspace.models.clone();
        slim.departments = workspace.departments.clone();
        slim.people = workspace.people.clone();
        slim.products = workspace.products.clone();
        slim.customers = workspace.customers.clone();
        slim.targets = workspace.targets.clone();
        slim.campaigns = workspace.campaigns.clone();
        slim.deals = workspace.deals.clone();
        Self::whole(&slim, stamp)
    }

    /// All of it.
    pub fn whole(workspace: &Workspace, stamp: Stamp) -> Self {
        Self { workspace: Some(Sent::of(workspace)), ..Self::again(stamp) }
    }

    /// The workspace that was sent before, with another stamp.
    pub fn again(stamp: Stamp) -> Self {
        Self { workspace: None, on: stamp.on, at: stamp.at, seed: stamp.seed.0 }
    }

    pub(super) fn stamp(&self) -> Stamp {
        Stamp { on: self.on, at: self.at, by: None, seed: ulid::Ulid(self.seed) }
    }

    /// The workspace, as far as nothing in it is damaged; `None` when it is the one that was sent before.
    pub(super) fn workspace(&self) -> Result<Option<Workspace>, Unfit> {
        self.workspace.as_ref().map(Sent::open).transpose()
    }

    /// The workspace again, as far as nothing in it is damaged.
    pub(super) fn open(&self) -> Result<(Workspace, Stamp), Unfit> {
        let workspace = self.workspace()?.ok_or_else(|| Unfit("no workspace was sent".to_owned()))?;
        Ok((workspace, self.stamp()))
    }
}

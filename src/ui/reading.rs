//! Reads documents in the background worker, so that the page only puts their pieces together, one at a time. Small ones are read here and
//! now: a worker takes longer to start. So are those that do not open, for the words that say why, and all of them where no worker starts.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    codec::{
        document::{Decoded, DocumentError, Lineage, Problem, decode},
        packet::{self, Contents, unpack},
        seal::SealError,
    },
    model::{Timestamp, Workspace, WorkspaceId},
    store::{Texts, assembled},
    ui::{background::Desk, wording::share::ShareError},
    worker::{OpenedDocument, Request, Response, Source, Unopened},
};

/// So many bytes of a document are read on the page in a few milliseconds.
const SMALL: usize = 256 << 10;
/// About how much longer a document is than its packet or its backup.
const DENSE: usize = 8;

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it holds.
    pub workspace: Workspace,
    /// The pieces of the workspace, where they are known.
    pub texts: Texts,
    /// When it was written.
    pub exported: Timestamp,
    /// Where its data comes from.
    pub lineage: Lineage,
    /// What it leaves out.
    pub warnings: Vec<Problem>,
}

impl Document {
    /// Reads a document here.
    ///
    /// # Errors
    /// Why it does not open.
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        let Decoded { workspace, exported, lineage, problems } = decode(bytes)?;
        Ok(Self { workspace, texts: Texts::new(), exported, lineage, warnings: problems })
    }

    /// Puts together what the worker has read; `None` when it is not what the worker has sent.
    async fn of(opened: OpenedDocument) -> Option<Self> {
        let id: WorkspaceId = opened.id.parse().ok()?;
        let (warnings, lineage) = (opened.warnings(), opened.lineage());
        let (workspace, problems) = assembled(id, &opened.pieces).await;
        let document = Self { workspace, texts: opened.pieces, exported: opened.exported, lineage, warnings };
        problems.is_empty().then_some(document)
    }
}

/// What is under way.
#[derive(Debug, Default)]
struct Asked {
    next: usize,
    /// Files that are being read, for the words that say why one does not open.
    files: BTreeMap<usize, Vec<u8>>,
}

/// Reads documents. Copy it freely. It ends with the owner: whoever waits then waits for ever.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    desk: Desk,
    asked: StoredValue<Asked>,
}

impl Reader {
    /// Reads nothing yet.
    pub fn new() -> Self {
        Self { desk: Desk::new(), asked: StoredValue::default() }
    }

    /// Reads the document of a file.
    ///
    /// # Errors
    /// Why it does not open.
    pub async fn file(self, bytes: Vec<u8>) -> Result<Document, DocumentError> {
        if bytes.len() <= SMALL {
            return Document::read(&bytes);
        }
        let source = Source::File { bytes: bytes.clone() };
        let place = self.asked.try_update_value(|asked| {
            asked.next += 1;
            asked.files.insert(asked.next, bytes);
            asked.next
        });
        let answer = self.ask(source).await;
        let bytes = self.asked.try_update_value(|asked| asked.files.remove(&place.unwrap_or_default())).flatten();
        if let Some(Ok(opened)) = answer
            && let Some(document) = Document::of(opened).await
        {
            return Ok(document);
        }
        Document::read(&bytes.unwrap_or_default())
    }

    /// Reads the document of a whole backup; `None` when it does not open in the worker.
    pub async fn backup(self, text: &str) -> Option<Document> {
        if text.len() <= SMALL / DENSE {
            return None;
        }
        Document::of(self.ask(Source::Backup(text.to_owned())).await?.ok()?).await
    }

    /// Reads the document of a packet.
    ///
    /// # Errors
    /// Why it does not open.
    pub async fn packet(self, bytes: &[u8], passphrase: &str) -> Result<Document, ShareError> {
        if packet::is_locked(bytes) || bytes.len() > SMALL / DENSE {
            let source = Source::Packet { bytes: bytes.to_vec(), passphrase: passphrase.to_owned() };
            match self.ask(source).await {
                Some(Ok(opened)) => {
                    if let Some(document) = Document::of(opened).await {
                        return Ok(document);
                    }
                }
                Some(Err(Unopened::Seal(SealError::Packet(error)))) => return Err(error.into()),
                Some(Err(Unopened::Seal(error))) => return Err(error.into()),
                Some(Err(Unopened::Unreadable(Some(text)))) => return Ok(Document::read(text.as_bytes())?),
                Some(Err(Unopened::Unreadable(None))) | None => {}
            }
        }
        let text = match unpack(bytes)? {
            Contents::Document(text) => text,
            Contents::Locked(sealed) => sealed.open(passphrase)?,
        };
        Ok(Document::read(text.as_bytes())?)
    }

    /// Gives up whatever is being read: nobody gets an answer.
    pub fn give_up(self) {
        self.desk.stop();
        self.asked.try_update_value(|asked| *asked = Asked { next: asked.next, ..Asked::default() });
    }

    /// The worker's answer; `None` where no worker starts.
    async fn ask(self, source: Source) -> Option<Result<OpenedDocument, Unopened>> {
        match self.desk.answer_and_rest(Request::Open(source)).await {
            Ok(Response::Open(opened)) => Some(opened.map(|opened| *opened)),
            _ => None,
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

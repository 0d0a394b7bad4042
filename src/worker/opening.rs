//! Documents that are opened and shared: read here and cut into the pieces that are stored, so that the page only puts them together; or
//! made here, and locked with a passphrase, which takes a moment on purpose.

use serde::{Deserialize, Serialize};

use super::{Unfit, sent::Sent, whole_bytes};
use crate::{
    codec::{
        document::{Decoded, Lineage, Problem, ProblemKind, Severity, decode, encode_dense},
        journal,
        merge::Descent,
        packet::{self, Contents},
        seal::{self, Cost, SealError},
    },
    model::{RecordKind, Timestamp},
    storage::backups,
};

/// Where a document stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// In a file.
    File {
        /// Its contents.
        #[serde(with = "whole_bytes")]
        bytes: Vec<u8>,
    },
    /// In the text of a backup, see [`backups::wrap`].
    Backup(String),
    /// In a packet.
    Packet {
        /// All of it.
        #[serde(with = "whole_bytes")]
        bytes: Vec<u8>,
        /// What opens it, if it is locked.
        passphrase: String,
    },
}

/// A document that opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedDocument {
    /// The id of its workspace.
    pub id: String,
    /// When it was written.
    pub exported: Timestamp,
    /// The workspace in [pieces](journal::pieces).
    pub pieces: Vec<(String, String)>,
    /// The handing out that it is.
    export: Option<String>,
    ancestors: Descent,
    remarks: Vec<(String, Remark)>,
}

/// What a document that opened may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Remark {
    Unknown,
    Criterion,
    More(usize),
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unopened {
    /// It does not open, or there is a remark about it that the worker cannot hand over. What it is, the page finds out by itself:
    /// those that open are many and large, those that do not are few. With the text, where it came out of a packet.
    Unreadable(Option<String>),
    /// The seal or the packet does not open.
    Seal(SealError),
}

impl Source {
    /// Opens the document.
    pub(super) fn open(&self) -> Result<OpenedDocument, Unopened> {
        match self {
            Self::File { bytes } => OpenedDocument::of(bytes).ok_or(Unopened::Unreadable(None)),
            Self::Backup(text) => {
                let document = backups::unwrap(text).ok();
                document.and_then(|text| OpenedDocument::of(text.as_bytes())).ok_or(Unopened::Unreadable(None))
            }
            Self::Packet { bytes, passphrase } => {
                let text = match packet::unpack(bytes) {
                    Ok(Contents::Document(text)) => Ok(text),
                    Ok(Contents::Locked(sealed)) => sealed.open(passphrase),
                    Err(error) => Err(error.into()),
                };
                let text = text.map_err(Unopened::Seal)?;
                OpenedDocument::of(text.as_bytes()).ok_or(Unopened::Unreadable(Some(text)))
            }
        }
    }
}

impl OpenedDocument {
    fn of(document: &[u8]) -> Option<Self> {
        let Decoded { workspace, exported, lineage, problems } = decode(document).ok()?;
        let remarks = problems.into_iter().map(Remark::of).collect::<Option<_>>()?;
        Some(Self {
            id: workspace.id.to_string(),
            exported,
            pieces: journal::pieces(&workspace),
            export: lineage.export.map(|export| export.to_string()),
            ancestors: Descent::new(lineage.ancestors),
            remarks,
        })
    }

    /// Where its data comes from.
    pub fn lineage(&self) -> Lineage {
        Lineage::new(self.export.as_ref().and_then(|export| export.parse().ok()), self.ancestors.exports())
    }

    /// What it leaves out.
    pub fn warnings(&self) -> Vec<Problem> {
        let warning = |(path, remark): &(String, Remark)| {
            let kind = match *remark {
                Remark::Unknown => ProblemKind::Unknown,
                Remark::Criterion => ProblemKind::Dangling(RecordKind::Criterion),
                Remark::More(count) => ProblemKind::More(count),
            };
            Problem { path: path.clone(), severity: Severity::Warning, kind }
        };
        self.remarks.iter().map(warning).collect()
    }
}

impl Remark {
    fn of(problem: Problem) -> Option<(String, Self)> {
        let remark = match problem.kind {
            ProblemKind::Unknown => Self::Unknown,
            ProblemKind::Dangling(RecordKind::Criterion) => Self::Criterion,
            ProblemKind::More(count) => Self::More(count),
            _ => return None,
        };
        (problem.severity == Severity::Warning).then_some((problem.path, remark))
    }
}

/// What the page wants a packet of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketOrder {
    workspace: Sent,
    at: Timestamp,
    lock: Option<(String, Vec<u8>)>,
}

impl PacketOrder {
    /// An open packet of a workspace in [pieces](journal::pieces), as of this moment.
    pub fn of(id: String, pieces: Vec<(String, String)>, at: Timestamp) -> Self {
        Self { workspace: Sent::cut(id, pieces), at, lock: None }
    }

    /// The same, locked. `random` is used for nothing else, ever.
    #[must_use]
    pub fn locked(self, passphrase: String, random: [u8; seal::RANDOM]) -> Self {
        Self { lock: Some((passphrase, random.to_vec())), ..self }
    }

    /// Makes it.
    ///
    /// # Errors
    /// The pieces are damaged, or [`SealError`].
    pub fn make(&self) -> Result<Result<Vec<u8>, SealError>, Unfit> {
        let document = encode_dense(&self.workspace.open()?, self.at);
        let Some((passphrase, random)) = &self.lock else { return Ok(Ok(packet::pack(&document))) };
        let random = random.as_slice().try_into().map_err(|_short| Unfit("too little chance".to_owned()))?;
        Ok(seal::lock(&document, passphrase, random, Cost::USUAL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::{
            content::Language,
            document::{encode, encode_from},
            packet::PacketError,
        },
        model::{Date, Workspace},
        training::demo,
        worker::{Request, Response, Work},
    };

    fn company() -> Workspace {
        demo::company(Language::Chinese, Date::from_ymd_opt(2026, 11, 23).unwrap(), 3)
    }

    fn open(source: Source) -> Result<OpenedDocument, Unopened> {
        let Response::Open(answer) = Work::default().handle(Request::Open(source), &mut |_, _| {}) else {
            panic!("another answer")
        };
        answer.map(|document| *document)
    }

    fn workspace(document: &OpenedDocument) -> Workspace {
        let (workspace, problems) = journal::assemble(document.id.parse().unwrap(), &document.pieces);
        assert_eq!(problems, []);
        workspace
    }

    #[test]
    fn a_document_arrives_whole_wherever_it_stands() {
        let (company, at) = (company(), Timestamp::default());
        let lineage = Lineage::new(Some(9.into()), [5.into()]);
        let document = encode_from(&company, at, &lineage);
        let sources = [
            Source::File { bytes: document.clone().into_bytes() },
            Source::Backup(backups::wrap(&document)),
            Source::Packet { bytes: packet::pack(&document), passphrase: String::new() },
        ];
        for source in sources {
            let opened = open(source).unwrap();
            assert_eq!((opened.exported, opened.lineage(), opened.warnings()), (at, lineage.clone(), Vec::new()));
            assert!(workspace(&opened) == company);
            // The pieces can be stored as they are.
            assert!(opened.pieces == journal::pieces(&company));
        }
    }

    #[test]
    fn what_is_left_out_is_told() {
        let document = encode(&company(), Timestamp::default());
        let odd = document.replacen("\"workspace\": {", "\"workspace\": {\n    \"colour\": \"red\",", 1);
        assert_ne!(odd, document);
        let opened = open(Source::File { bytes: odd.clone().into_bytes() }).unwrap();
        assert_eq!(opened.warnings(), decode(odd.as_bytes()).unwrap().problems);
        assert_eq!(opened.warnings().len(), 1);
    }

    #[test]
    fn what_does_not_open_is_left_to_the_page() {
        assert_eq!(open(Source::File { bytes: b"{".to_vec() }), Err(Unopened::Unreadable(None)));
        assert_eq!(open(Source::Backup("loudou".to_owned())), Err(Unopened::Unreadable(None)));
        let packet = |bytes: Vec<u8>| Source::Packet { bytes, passphrase: "a b".to_owned() };
        assert_eq!(open(packet(packet::pack("[]"))), Err(Unopened::Unreadable(Some("[]".to_owned()))));
        assert_eq!(open(packet(b"{}".to_vec())), Err(Unopened::Seal(SealError::Packet(PacketError::Foreign))));
    }

    #[test]
    fn a_packet_is_locked_and_opened_here() {
        let company = company();
        let order = || PacketOrder::of(company.id.to_string(), journal::pieces(&company), Timestamp::default());
        let make = |order: PacketOrder| {
            let Response::Packet(Ok(packet)) = Work::default().handle(Request::Packet(Box::new(order)), &mut |_, _| {})
            else {
                panic!("another answer")
            };
            packet
        };
        let open_packet = make(order()).unwrap();
        assert!(open_packet == packet::pack(&encode_dense(&company, Timestamp::default())));
        let locked = make(order().locked("a b".to_owned(), [7; seal::RANDOM])).unwrap();
        let packet = |passphrase: &str| Source::Packet { bytes: locked.clone(), passphrase: passphrase.to_owned() };
        assert_eq!(open(packet("a")), Err(Unopened::Seal(SealError::WrongPassphrase)));
        assert!(workspace(&open(packet("a b")).unwrap()) == company);
        assert_eq!(make(order().locked(String::new(), [7; seal::RANDOM])), Err(SealError::Blank));
    }
}

//! Every key this layer uses.
//!
//! | key | holds |
//! |---|---|
//! | `loudou/probe` | nothing; written and removed to see whether storage works |
//! | `loudou/last` | the id of the workspace opened last |
//! | `loudou/w/<id>/head` | title, current generation, its pieces by name and by the generation they are stored under, the journal entries it contains |
//! | `loudou/w/<id>/g/<number>.<tab>/head` | the spare copy of that head |
//! | `loudou/w/<id>/g/<number>.<tab>/<index>` | one piece, written by this generation and also of later ones that refer to it |
//! | `loudou/w/<id>/j/<tab>/<seq>` | one journal entry |
//! | `loudou/w/<id>/d/<name>` | something typed and not saved yet |
//! | `loudou/w/<id>/t/<entry>` | one deletion in the trash |
//! | `loudou/w/<id>/x/<export>.<token>` | nothing; the workspace descends from this handed-out state |
//! | `loudou/w/<id>/q/<rest of the key>/<crc>` | a copy of a damaged text |

use std::fmt;

use super::frame::checksum;

/// Holds the id of the workspace opened last.
pub const LAST_OPENED: &str = "loudou/last";
/// Root of all workspaces.
pub(super) const WORKSPACES: &str = "loudou/w/";
/// Written and removed to see whether storage works.
#[cfg(target_arch = "wasm32")]
pub(super) const PROBE: &str = "loudou/probe";

/// Names one journal entry: its place in the order of edits, and the tab that wrote it.
///
/// Sorted by `seq` first: a tab numbers its entry one above every entry it has seen, so the order respects cause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// Place in the order of edits.
    pub seq: u64,
    /// Token of the tab that wrote it.
    pub tab: String,
}

/// Names one generation of pieces: its number, and the tab that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Generation {
    pub(super) number: u64,
    pub(super) tab: String,
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.tab)
    }
}

impl Generation {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, tab) = text.split_once('.')?;
        Some(Self { number: number.parse().ok()?, tab: tab.to_owned() })
    }
}

/// Where a piece is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The generation that wrote it.
    pub(super) generation: Generation,
    /// Its place among the pieces of that generation.
    pub(super) index: usize,
}

/// Whether `name` can stand in a key: letters, digits, `-` and `_` of ASCII, at least one.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// The keys of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    /// What all of them begin with.
    pub(super) prefix: String,
}

impl Keys {
    pub(super) fn new(workspace: &str) -> Self {
        Self { prefix: format!("{WORKSPACES}{workspace}/") }
    }

    pub(super) fn head(&self) -> String {
        format!("{}head", self.prefix)
    }

    pub(super) fn generations(&self) -> String {
        format!("{}g/", self.prefix)
    }

    pub(super) fn generation(&self, generation: &Generation) -> String {
        format!("{}g/{generation}/", self.prefix)
    }

    pub(super) fn spare(&self, generation: &Generation) -> String {
        format!("{}head", self.generation(generation))
    }

    pub(super) fn piece(&self, at: &Place) -> String {
        format!("{}{}", self.generation(&at.generation), at.index)
    }

    /// The place that a key of a piece names.
    pub(super) fn place_of(&self, key: &str) -> Option<Place> {
        let (generation, index) = key.strip_prefix(&self.generations())?.split_once('/')?;
        Some(Place { generation: Generation::parse(generation)?, index: index.parse().ok()? })
    }

    pub(super) fn journal(&self) -> String {
        format!("{}j/", self.prefix)
    }

    pub(super) fn entry(&self, id: &EntryId) -> String {
        format!("{}{}/{}", self.journal(), id.tab, id.seq)
    }

    pub(super) fn draft(&self, name: &str) -> String {
        format!("{}d/{name}", self.prefix)
    }

    pub(super) fn trash(&self, entry: &str) -> String {
        format!("{}t/{entry}", self.prefix)
    }

    pub(super) fn descent(&self) -> String {
        format!("{}x/", self.prefix)
    }

    pub(super) fn quarantine(&self, key: &str, text: &str) -> String {
        format!("{}q/{}/{:08x}", self.prefix, key.strip_prefix(&self.prefix).unwrap_or(key), checksum(text))
    }

    /// The generation a key belongs to.
    pub(super) fn generation_of(&self, key: &str) -> Option<Generation> {
        let (generation, _) = key.strip_prefix(&self.generations())?.split_once('/')?;
        Generation::parse(generation)
    }

    /// The journal entry a key holds.
    pub(super) fn entry_of(&self, key: &str) -> Option<EntryId> {
        let (tab, seq) = key.strip_prefix(&self.journal())?.split_once('/')?;
        Some(EntryId { seq: seq.parse().ok()?, tab: tab.to_owned() })
    }
}

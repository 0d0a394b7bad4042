//! Earlier states of workspaces: each a whole document, with a small record beside it that describes it.
//!
//! They stand in a map of their own, apart from what they are copies of. What fills local storage, clears it or damages it does not
//! reach them.
//!
//! | key | holds |
//! |---|---|
//! | `<workspace>/<moment>.<token>/about` | what the backup is, in a frame |
//! | `<workspace>/<moment>.<token>/text` | the document, deflated and packed, in a frame |
//! | `<workspace>/missing` | the moment from which the workspace was no longer in this browser, in a frame |
//!
//! Moments are milliseconds since 1970 in UTC. Which of the backups stay is told by [`Cabinet::tidied`].

mod cabinet;
mod retention;

pub use cabinet::Cabinet;
pub use retention::{GONE_AFTER, Now, ROOM};

use super::{
    Storage, StorageError,
    frame::{FrameError, checksum, seal, unseal},
    keys::Keys,
    pack,
    record::{escape, unescape},
    units,
};

/// A document is packed in parts of so many bytes, each far below [`pack::LIMIT`].
const PART: usize = 16 << 20;
/// The first line of what stands in the frame of a text.
const TEXT: &str = "document";
const ABOUT: &str = "backup";
const MISSING: &str = "missing";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The first opening of the day.
    Daily,
    /// An hour of work.
    Hourly,
    /// An import.
    Import,
    /// A merge.
    Merge,
    /// A backup takes the place of the data.
    Replace,
    /// Closed deals go into a file.
    Archive,
    /// The workspace is deleted.
    Delete,
    /// A person asked for it.
    ByHand,
}

impl Reason {
    const ALL: [Self; 8] = [
        Self::Daily,
        Self::Hourly,
        Self::Import,
        Self::Merge,
        Self::Replace,
        Self::Archive,
        Self::Delete,
        Self::ByHand,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Hourly => "hourly",
            Self::Import => "import",
            Self::Merge => "merge",
            Self::Replace => "replace",
            Self::Archive => "archive",
            Self::Delete => "delete",
            Self::ByHand => "hand",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// Whether somebody had a reason to want it: it was asked for, or made before a big step.
    pub const fn is_wanted(self) -> bool {
        !matches!(self, Self::Daily | Self::Hourly)
    }
}

/// Names a backup: the workspace, the moment, and a token that keeps those of one moment apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupId {
    /// The workspace.
    pub workspace: String,
    /// When it was made.
    pub moment: i64,
    /// Letters and digits.
    pub token: String,
}

impl BackupId {
    /// Where its describing record stands.
    pub fn about_key(&self) -> String {
        format!("{}/{}.{}/about", self.workspace, self.moment, self.token)
    }

    /// Where its document stands.
    pub fn text_key(&self) -> String {
        format!("{}/{}.{}/text", self.workspace, self.moment, self.token)
    }

    fn of_about(key: &str) -> Option<Self> {
        let (workspace, rest) = key.strip_suffix("/about")?.split_once('/')?;
        let (moment, token) = rest.split_once('.')?;
        Some(Self { workspace: workspace.to_owned(), moment: moment.parse().ok()?, token: token.to_owned() })
    }
}

/// What a backup holds, as it is told without reading all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The name of the workspace.
    pub name: String,
    /// How many deals.
    pub deals: usize,
    /// Whether everything that was stored could be read when it was made.
    pub is_whole: bool,
    /// Equal for equal data, whenever it was made.
    pub fingerprint: String,
}

/// A backup without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Which one.
    pub id: BackupId,
    /// Why it was made.
    pub reason: Reason,
    /// What it holds.
    pub contents: Contents,
    /// The state of the storage that it was made of: see [`state_of`].
    pub state: String,
    /// UTF-16 units of the framed text.
    pub units: usize,
    /// CRC-32 of the framed text.
    checksum: u32,
}

/// Why a backup gives no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupDamage {
    /// There is no text.
    #[error("the backup is missing")]
    Missing,
    /// Some part of it is not what was written.
    #[error("the backup is damaged")]
    Damaged,
    /// It is whole, and written by a newer version of the page.
    #[error("the backup was written by a newer version")]
    Newer,
}

impl From<FrameError> for BackupDamage {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::Damaged => Self::Damaged,
            FrameError::Newer => Self::Newer,
        }
    }
}

impl Backup {
    /// The description of a text made by [`wrap`].
    pub fn new(id: BackupId, reason: Reason, contents: Contents, state: String, text: &str) -> Self {
        Self { id, reason, contents, state, units: units(text), checksum: checksum(text) }
    }

    /// Its describing record, as it is stored.
    pub fn record(&self) -> String {
        let Self { id: _, reason, contents, state, units, checksum } = self;
        let whole = if contents.is_whole { "whole" } else { "part" };
        seal(&format!(
            "{ABOUT} {} {} {units} {checksum:08x} {whole}\n{}\n{}\n{}",
            reason.name(),
            contents.deals,
            escape(state),
            escape(&contents.fingerprint),
            escape(&contents.name),
        ))
    }

    /// The backup that a describing record is of.
    fn parse(id: BackupId, record: &str) -> Result<Self, BackupDamage> {
        Self::of_payload(id, unseal(record)?).ok_or(BackupDamage::Damaged)
    }

    fn of_payload(id: BackupId, payload: &str) -> Option<Self> {
        let mut lines = payload.split('\n');
        let mut words = lines.next()?.strip_prefix(ABOUT)?.strip_prefix(' ')?.split(' ');
        let reason = Reason::parse(words.next()?)?;
        let deals = words.next()?.parse().ok()?;
        let units = words.next()?.parse().ok()?;
        let checksum = u32::from_str_radix(words.next()?, 16).ok()?;
        let is_whole = words.next()? == "whole";
        let state = unescape(lines.next()?);
        let fingerprint = unescape(lines.next()?);
        let name = unescape(lines.next()?);
        let contents = Contents { name, deals, is_whole, fingerprint };
        Some(Self { id, reason, contents, state, units, checksum })
    }

    /// The same backup, known to hold what this state of the storage holds, too.
    #[must_use]
    pub fn seen_as(&self, state: &str) -> Self {
        Self { state: state.to_owned(), ..self.clone() }
    }

    /// Looks whether a stored text is the one that is described, bit for bit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, text: Option<&str>) -> Result<(), BackupDamage> {
        let text = text.ok_or(BackupDamage::Missing)?;
        unseal(text)?;
        if checksum(text) == self.checksum { Ok(()) } else { Err(BackupDamage::Damaged) }
    }

    /// The document of a stored text.
    ///
    /// # Errors
    /// Why there is none; then nothing of it is to be trusted.
    pub fn document(&self, text: Option<&str>) -> Result<String, BackupDamage> {
        self.check(text)?;
        unwrap(text.unwrap_or_default())
    }
}

/// A document as the text that is stored.
///
/// # Examples
/// ```
/// use loudou::storage::backups::{Backup, BackupDamage, BackupId, Contents, Reason, wrap};
/// let id = BackupId { workspace: "01J".into(), moment: 0, token: "a".into() };
/// let contents = Contents { name: "漏斗".into(), deals: 1, is_whole: true, fingerprint: "f".into() };
/// let text = wrap("{\"name\":\"漏斗\"}");
/// let backup = Backup::new(id, Reason::Daily, contents, "s".into(), &text);
/// assert_eq!(backup.document(Some(&text)).as_deref(), Ok("{\"name\":\"漏斗\"}"));
/// assert_eq!(backup.document(None), Err(BackupDamage::Missing));
/// assert_eq!(backup.document(Some(&wrap("{}"))), Err(BackupDamage::Damaged));
/// ```
pub fn wrap(document: &str) -> String {
    let mut payload = TEXT.to_owned();
    let mut rest = document;
    loop {
        let mut end = rest.len().min(PART);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (part, after) = rest.split_at(end);
        payload.push('\n');
        // A part is never too long to be packed.
        payload.push_str(&pack::pack(part).unwrap_or_default());
        rest = after;
        if rest.is_empty() {
            return seal(&payload);
        }
    }
}

/// The document of a text made by [`wrap`].
///
/// # Errors
/// It is not whole.
pub fn unwrap(text: &str) -> Result<String, BackupDamage> {
    let mut parts = unseal(text)?.split('\n');
    if parts.next() != Some(TEXT) {
        return Err(BackupDamage::Damaged);
    }
    let mut document = String::new();
    for part in parts {
        document.push_str(&pack::unpack(part, PART).map_err(|_unreadable| BackupDamage::Damaged)?);
    }
    Ok(document)
}

/// A short text that differs after every write to a workspace, and costs one listing of keys and one small text. Equal states hold equal
/// data; a new generation is another state of the same data.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn state_of(storage: &impl Storage, workspace: &str) -> Result<String, StorageError> {
    let keys = Keys::new(workspace);
    let mut names = storage.keys(&keys.generations())?;
    names.extend(storage.keys(&keys.journal())?);
    names.extend(storage.get(&keys.head())?);
    Ok(format!("{:08x}.{}", checksum(&names.join("\n")), names.len()))
}

/// Everything that a workspace is read from, as it is stored: its head, its pieces, its journal.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn source_of(storage: &impl Storage, workspace: &str) -> Result<Vec<(String, String)>, StorageError> {
    let keys = Keys::new(workspace);
    let mut names = storage.keys(&keys.generations())?;
    names.extend(storage.keys(&keys.journal())?);
    names.push(keys.head());
    let mut texts = Vec::with_capacity(names.len());
    for name in names {
        if let Some(text) = storage.get(&name)? {
            texts.push((name, text));
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, MemoryStorage, Piece, drafts};
    use super::*;

    fn backup(text: &str) -> Backup {
        let id = BackupId { workspace: "01J".into(), moment: 1_795_000_000_000, token: "a1".into() };
        let contents =
            Contents { name: "两行\n\\n".into(), deals: 12, is_whole: false, fingerprint: "00ff.3".into() };
        Backup::new(id, Reason::Merge, contents, "12.4".into(), text)
    }

    #[test]
    fn a_backup_comes_back() {
        // Parts are cut between characters.
        let long = "漏".repeat(PART / 3 + 1);
        for document in ["", "{}", "两行\n二", &long] {
            let text = wrap(document);
            let made = backup(&text);
            let read = Backup::parse(BackupId::of_about(&made.id.about_key()).unwrap(), &made.record());
            assert_eq!(read.as_ref(), Ok(&made));
            assert!(read.unwrap().document(Some(&text)).unwrap() == document);
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let text = wrap("{\"format\":\"loudou\"}");
        let made = backup(&text);
        let flips = |text: &str| {
            let units: Vec<u16> = text.encode_utf16().collect();
            let flip = move |at: usize| {
                let mut flipped = units.clone();
                flipped[at / 16] ^= 1 << (at % 16);
                String::from_utf16_lossy(&flipped)
            };
            (0..text.encode_utf16().count() * 16).map(flip)
        };
        for flipped in flips(&text) {
            assert_eq!(made.check(Some(&flipped)), Err(BackupDamage::Damaged));
            assert_eq!(made.document(Some(&flipped)), Err(BackupDamage::Damaged));
        }
        for flipped in flips(&made.record()) {
            assert_eq!(Backup::parse(made.id.clone(), &flipped), Err(BackupDamage::Damaged));
        }
    }

    #[test]
    fn reasons_have_names_of_their_own() {
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.name()), Some(reason));
        }
    }

    #[test]
    fn the_state_follows_what_is_written() {
        let storage = MemoryStorage::new();
        let piece = |text: &str| vec![Piece { name: "deals".into(), text: text.into() }];
        let mut archive = Archive::create(&storage, "a", "w", "漏斗", piece("1")).unwrap();
        let created = state_of(&storage, "w").unwrap();
        assert_eq!(state_of(&storage, "w").unwrap(), created);
        let entry = archive.append("2").unwrap();
        let changed = state_of(&storage, "w").unwrap();
        assert_ne!(changed, created);
        // What is typed and not saved yet is no part of it.
        drafts::keep(&storage, "w", "m", "text").unwrap();
        assert_eq!(state_of(&storage, "w").unwrap(), changed);
        assert!(source_of(&storage, "w").unwrap().iter().all(|(key, _)| !key.contains("/d/")));
        let mut compaction = archive.compact(piece("12"), &[entry]).unwrap();
        while compaction.step(&mut archive).unwrap() == super::super::Progress::More {}
        assert_ne!(state_of(&storage, "w").unwrap(), changed);
        // The texts are all that it takes to open it.
        let copy = MemoryStorage::new();
        for (key, text) in source_of(&storage, "w").unwrap() {
            copy.set(&key, &text).unwrap();
        }
        let (_, opened) = Archive::open(&copy, "b", "w").unwrap();
        assert_eq!((opened.pieces, opened.damage.len()), (piece("12"), 0));
    }
}

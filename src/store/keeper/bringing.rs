//! A large workspace that comes as a whole, such as an opened document or the demo company: it is made and kept a piece at a time, and the
//! page stays quick meanwhile.

use std::collections::BTreeMap;

use leptos::prelude::IsDisposed as _;

use super::{Archive, Library, Replica, SaveError, Shared, ShelfError, catalogue};
use crate::{
    codec::journal::{Assembly, PieceProblem, cuts},
    model::{Workspace, WorkspaceId},
    storage::{Compaction, Offer, Progress},
    store::{breath::Breath, lock},
};

/// A workspace as pieces, name and text.
pub type Texts = Vec<(String, String)>;

/// The workspace made of these pieces, as far as they can be read, and what is wrong with them.
pub async fn assembled(id: WorkspaceId, pieces: &[(String, String)]) -> (Workspace, Vec<PieceProblem>) {
    let mut breath = Breath::new();
    let mut assembly = Assembly::new(id, pieces.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    while assembly.step() {
        breath.take().await;
    }
    assembly.finish()
}

/// A workspace as pieces.
pub async fn cut(workspace: &Workspace) -> Texts {
    let mut breath = Breath::new();
    let mut texts = Vec::new();
    for cut in cuts(workspace) {
        texts.push((cut.name(), cut.text()));
        breath.take().await;
    }
    texts
}

impl Library {
    /// Keeps a new workspace and makes it the open one, a piece at a time. `texts` are its pieces where they are known; whatever is
    /// missing is written out here. What was open stays open and can be worked with until it is done.
    ///
    /// # Errors
    /// The storage refused, or the workspace that is open has changes that could not be written; then that one stays open, and nothing
    /// of the new one is kept.
    pub(in crate::store) async fn bring(self, workspace: &Workspace, texts: Texts) -> Result<(), ShelfError> {
        self.refuse_unsaved()?;
        // Another tab that begins the same one meanwhile waits, and finds it here.
        let kept = lock::held(&lock_of(&workspace.id.to_string()), self.keep(workspace.clone(), texts)).await;
        let archive = kept.unwrap_or(Err(SaveError::Gone))?;
        if let Err(unsaved) = self.refuse_unsaved() {
            // What cannot be removed is listed, and can be removed there.
            self.at_storage(|storage| catalogue::delete(storage, &workspace.id.to_string())).ok();
            return Err(unsaved);
        }
        self.take(archive, Replica::new(workspace.clone()), Vec::new());
        Ok(())
    }

    async fn keep(self, workspace: Workspace, texts: Texts) -> Result<Archive<Shared>, SaveError> {
        let (mut archive, mut first) = self.begin(&workspace, texts)?;
        let mut breath = Breath::new();
        while first.step(&mut archive)? == Progress::More {
            breath.take().await;
            if self.desk.is_disposed() {
                return Err(SaveError::Gone);
            }
        }
        Ok(archive)
    }

    fn begin(self, workspace: &Workspace, texts: Texts) -> Result<(Archive<Shared>, Compaction), SaveError> {
        let mut texts: BTreeMap<String, String> = texts.into_iter().collect();
        let offers = cuts(workspace).map(move |cut| {
            let name = cut.name();
            // The profile may have changed since, and is short.
            let text = texts.remove(&name).filter(|_| !cut.is_profile());
            Offer::new(name, None, move || text.unwrap_or_else(|| cut.text()))
        });
        let (id, title) = (workspace.id.to_string(), &workspace.profile.name);
        self.at_desk(|desk| Archive::begin(desk.storage.clone(), &desk.tab, &id, title, offers))
    }

    /// Removes what is left of workspaces that were never finished, once no other tab is at them. One that was finished, and of which this
    /// storage has forgotten the rest, stays for the second copy to complete.
    pub(super) async fn clear_unfinished(self) {
        let unfinished = self.at_storage(catalogue::unfinished).unwrap_or_default();
        for id in unfinished {
            if !self.is_all_here(&[&lock_of(&id), "/"].concat()).await || self.desk.is_disposed() {
                continue;
            }
            lock::exclusively(&lock_of(&id), async move {
                if !self.desk.is_disposed() {
                    // What cannot be removed now is tried again by the next start.
                    self.at_storage(|storage| catalogue::clear_unfinished(storage, &id)).ok();
                }
            });
        }
    }
}

/// The lock under which the head of a workspace is written; also what its keys begin with.
pub(super) fn lock_of(id: &str) -> String {
    ["loudou/w/", id].concat()
}

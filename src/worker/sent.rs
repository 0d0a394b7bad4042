//! A workspace on its way to the worker.

use serde::{Deserialize, Serialize};

use super::Unfit;
use crate::{codec::journal, model::Workspace};

/// A workspace as [pieces](journal::pieces).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    id: String,
    pieces: Vec<(String, String)>,
}

impl Sent {
    /// All of a workspace.
    pub(super) fn of(workspace: &Workspace) -> Self {
        Self::cut(workspace.id.to_string(), journal::pieces(workspace))
    }

    /// A workspace that is cut already.
    pub(super) fn cut(id: String, pieces: Vec<(String, String)>) -> Self {
        Self { id, pieces }
    }

    /// The workspace again.
    ///
    /// # Errors
    /// What of it is damaged.
    pub(super) fn open(&self) -> Result<Workspace, Unfit> {
        let id = self.id.parse().map_err(|error| Unfit(format!("{error}")))?;
        let (workspace, problems) = journal::assemble(id, &self.pieces);
        match problems.first() {
            Some(problem) => Err(Unfit(format!("{}: {}", problem.piece, problem.fault))),
            None => Ok(workspace),
        }
    }
}

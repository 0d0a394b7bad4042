//! How full the storage is.

use super::Library;
use crate::storage::{StorageError, fullness::Fullness};

impl Library {
    /// What is in use of this origin's storage, and by which workspace. Reads all of it.
    ///
    /// # Errors
    /// The storage cannot be read.
    pub fn fullness(self) -> Result<Fullness, StorageError> {
        self.at_storage(Fullness::of)
    }
}

//! The catalogue of demand discovery (需求发掘, method §7): which problems a type of company has, what to ask about them, and how to
//! introduce the product.

use super::ProblemId;

/// A problem that a type of company has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Unique within the workspace.
    pub id: ProblemId,
    /// The type of company that has it, never blank.
    pub company: String,
    /// Words that a customer of that type has in its industry, its size, its needs or its tags.
    pub words: Vec<String>,
    /// The problem, never blank.
    pub problem: String,
    /// What to ask, so that the customer tells of it.
    pub questions: Vec<String>,
    /// How to introduce the product to somebody who has it.
    pub introduction: String,
}

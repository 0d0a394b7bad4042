//! Training a class: somebody works through a [pack](Pack) of tasks ([`Sitting`]), the sheets of all come together on a [`Board`], the
//! trainer gives [marks](Mark) for answers in words, and whoever did something gets a [`Certificate`].
//!
//! What goes from hand to hand, and its files and codes, is in [`codec::class`](crate::codec::class).

mod board;
mod certificate;
mod sitting;
mod spread;

pub use board::{Added, Board, Refusal, Standing};
pub use certificate::{Certificate, certificate};
pub use sitting::{Late, Sitting};
pub use spread::Spread;

pub use crate::codec::class::{Class, Company, Mark, Outcome, Pack, Person, ResultSheet, Task};

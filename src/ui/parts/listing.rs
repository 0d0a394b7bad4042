//! What lists of records are made of: columns that are chosen, sorted and edited in their cells, rows that are marked, changed together
//! and taken to other programs. What is chosen lives in the address.

pub mod bulk;
pub mod cell;
mod collation;
pub mod column;
pub mod controls;
pub mod desk;
pub mod export;
pub mod order;
pub mod own;
pub mod own_bulk;
pub mod own_filters;
pub mod value;

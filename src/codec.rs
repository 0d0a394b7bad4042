//! Texts that carry a workspace: the JSON document that people exchange, the pieces and changes that storage keeps, the content that
//! ships with the product, and other people's CSV files.

pub mod address;
pub mod content;
pub mod csv;
pub mod deals_csv;
pub mod document;
pub mod journal;
pub mod table;

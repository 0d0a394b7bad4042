//! Texts that carry a workspace: the JSON document that people exchange, the pieces and changes that storage keeps, the content that
//! ships with the product, other people's CSV files, and the texts that campaigns send.

pub mod content;
pub mod csv;
pub mod deals_csv;
pub mod document;
pub mod journal;
pub mod merge_text;
pub mod recipients_csv;
pub mod table;

//! Texts that carry a workspace: the JSON document that people exchange and the merge of several, the pieces and changes that storage
//! keeps, the content that ships with the product, funnel models on their own, other people's CSV and Excel files, the tables that go
//! out, the texts that campaigns send, and the tasks and results of a class.

pub mod anonymise;
pub mod book;
pub mod class;
pub mod content;
pub mod crm_layout;
pub mod csv;
pub mod deals_csv;
pub mod document;
pub mod event_log;
pub mod journal;
pub mod merge;
pub mod merge_text;
pub mod model_draft;
pub mod model_file;
pub mod packet;
pub mod parts;
pub mod progress;
pub mod recipients_csv;
pub mod replica;
pub mod run;
pub mod seal;
pub mod share;
pub mod table;
pub mod trash;

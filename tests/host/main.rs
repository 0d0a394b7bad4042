//! What can be tested without a browser: the laws of the model, the codecs, the metrics and the storage.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod after_sale;
mod anonymise;
mod backups;
mod balance;
mod case;
mod crm_layout;
mod demo;
mod density;
mod diagnosis;
mod discovery;
mod duplicates;
mod fuzzed;
mod r#gen;
mod golden;
mod handover;
mod hostile;
mod import;
mod laws;
mod lineage;
mod merge;
mod merge_text;
mod merging;
mod merging_manager;
mod merging_words;
mod metrics_oracle;
mod models_law;
mod nasty;
mod own_fields;
mod pieces;
mod quota_plan;
mod renewed_frame;
mod replicas;
mod report;
mod share;
mod sql;
mod storage_faults;
mod tables;
mod tidy;
mod trash;

//! Pieces that several pages share. Unlike components they read the store.

pub mod age;
pub mod amounts;
pub mod custom_fields;
pub mod custom_value;
pub mod customer_field;
pub mod deal_field;
pub mod editor;
pub mod field_dialog;
pub mod first_focus;
pub mod gate_question;
pub mod model_picture;
pub mod mover;
pub mod names;
pub mod new_deal;
pub mod playbook;
pub mod questions;
pub mod status_tag;
pub mod tags;
pub mod undo;
pub mod workspaces;

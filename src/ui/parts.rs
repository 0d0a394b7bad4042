//! Pieces that several pages share. Unlike components they read the store.

pub mod activities;
pub mod age;
pub mod amounts;
pub mod contacts;
pub mod customer_book;
pub mod customer_editor;
pub mod customer_field;
pub mod deal_field;
pub mod editor;
pub mod first_focus;
pub mod gate_question;
pub mod levels;
pub mod listing;
pub mod log_form;
pub mod me;
pub mod model_picture;
pub mod mover;
pub mod names;
pub mod new_deal;
pub mod playbook;
pub mod questions;
pub mod several;
pub mod status_tag;
pub mod views;
pub mod workspaces;

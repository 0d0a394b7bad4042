//! The interface: the page's root, its frame, its components and its pages.
//!
//! Components and charts know no store: they take values, signals and callbacks. Pages put them together with the store.

#![allow(unreachable_pub, reason = "the component macro makes the props of every component public")]

pub mod anywhere;
mod app;
mod arriving;
pub mod background;
pub mod backups;
pub mod charts;
mod chunk;
pub mod clipboard;
pub mod clock;
pub mod components;
pub mod contesting;
mod copying;
pub mod departure;
pub mod document;
pub mod doing;
pub mod drilling;
pub mod fetch;
pub mod file;
mod file_copy;
pub mod filters;
pub mod format;
mod frame;
pub mod fullness;
pub mod help;
pub mod kept;
pub mod keys;
pub mod learning;
pub mod looking;
pub mod pages;
pub mod palette;
pub mod parts;
pub mod print;
pub mod reading;
mod release;
pub mod route;
mod safety;
pub mod seat;
pub mod selection;
pub mod settings;
pub mod shell;
pub mod starting;
pub mod switcher;
pub mod timing;
pub mod typed;
pub mod unsaved;
mod visit;
pub mod wording;

pub use app::App;

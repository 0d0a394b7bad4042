//! The parts that pages are made of. They know no store: they take values, signals and callbacks.

pub mod button;
pub mod chip_select;
pub mod choice;
pub mod data_table;
pub mod dialog;
pub mod dom_id;
pub mod empty;
pub mod explain;
pub mod field;
pub mod file_drop;
pub mod icon;
pub mod menu;
pub mod meter;
pub mod popover;
pub mod progress;
pub mod qr_code;
pub mod segmented;
pub mod stat;
pub mod tabs;
pub mod tag;
pub mod text_list;
pub mod toast;
pub mod viewport;
pub mod virtual_list;

//! The background worker: long work runs here so that the page never freezes.

fn main() {}

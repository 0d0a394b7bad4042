//! Generates the typed translations from `locales/` when the page is built; host builds have no interface. Asks the linker for
//! the relocations that it takes to have the page in parts.

use std::{env, error::Error, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        let directory = PathBuf::from(env::var("OUT_DIR")?).join("i18n");
        let options = ParseOptions::default().interpolate_display(true);
        let config = Config::new("en")?.add_locale("zh")?.parse_options(options);
        let translations = TranslationsInfos::parse(config)?;
        translations.emit_diagnostics();
        translations.rerun_if_locales_changed();
        translations.generate_i18n_module(directory)?;
        if env::var_os("CARGO_FEATURE_SPLIT").is_some() {
            println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
        }
    }
    Ok(())
}

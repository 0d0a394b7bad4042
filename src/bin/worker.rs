//! The program of the background worker. Host builds have nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        use gloo_worker::Registrable as _;
        use loudou::worker::Background;

        std::panic::set_hook(Box::new(|panic| {
            console_error_panic_hook::hook(panic);
            Background::report_panic(panic.to_string());
        }));
        Background::registrar().register();
    }
}

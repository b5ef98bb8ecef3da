//! The `samechart` program; see [`server::cli`].

fn main() -> std::process::ExitCode {
    server::cli::run()
}

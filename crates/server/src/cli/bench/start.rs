//! The server as its operator starts it: from the command to the ready line, and its memory when
//! nobody uses it. On SQLite, in a folder of its own.

use super::report::{Budget, Report, millis, quantile};
use crate::cli::outcome::Failure;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::bench::Scratch;

const STARTS: usize = 5;
const IDLE: Duration = Duration::from_secs(2);
const READY: &str = "listening on ";

pub async fn measure(scratch: &Scratch, report: &mut Report) -> Result<(), Failure> {
    let Some(folder) = scratch.folder() else {
        return Err(Failure::usage("bench start works in a folder: --database sqlite:FOLDER"));
    };
    let folder = folder.join("start");
    std::fs::create_dir(&folder)?;
    let measured = tokio::task::spawn_blocking(move || starts(&folder)).await;
    let (mut seconds, mut memory) = measured.map_err(|_| Failure::failed("a start ended early"))??;
    report.figure("start to the ready line", quantile(&mut seconds, 0.5), "s", Budget::AtMost(0.3));
    report.figure("idle memory (resident)", quantile(&mut memory, 0.5), "MB", Budget::AtMost(60.0));
    Ok(())
}

fn starts(folder: &Path) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    let init = samechart(folder)?
        .args(["init", "--public-url", "http://localhost:0", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::null())
        .status()?;
    if !init.success() {
        return Err(Failure::failed("samechart init failed"));
    }
    let (mut seconds, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let started = Instant::now();
        let mut server =
            samechart(folder)?.arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let measured = one(&mut server, started);
        server.kill()?;
        server.wait()?;
        let (ready, resident) = measured?;
        seconds.push(ready);
        memory.push(resident);
    }
    Ok((seconds, memory))
}

fn one(server: &mut Child, started: Instant) -> Result<(f64, f64), Failure> {
    let stdout = server.stdout.take().ok_or_else(|| Failure::failed("no output of the server"))?;
    for line in BufReader::new(stdout).lines() {
        if line?.starts_with(READY) {
            let ready = millis(started.elapsed()) / 1e3;
            std::thread::sleep(IDLE);
            return Ok((ready, resident_megabytes(server.id())?));
        }
    }
    Err(Failure::failed("the server ended before it was ready"))
}

fn resident_megabytes(process: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map(|kilobytes| kilobytes / 1024.0).ok_or_else(|| Failure::failed("no memory figure"))
}

/// This program, in that folder, with none of this process's settings.
fn samechart(folder: &Path) -> Result<Command, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAMECHART_") {
            command.env_remove(&name);
        }
    }
    Ok(command)
}

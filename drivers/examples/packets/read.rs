//! `packets read`: the packets of a file or a pipe.

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use wharf_drivers::RecvError;
use wharf_drivers::blocking::Connection;

use crate::options;
use crate::output::{Failure, Output, complain};

pub(crate) fn run(options: options::Read) -> Result<ExitCode, Failure> {
    match &options.file {
        None => read(io::stdin().lock(), "standard input", true, &options),
        Some(path) => {
            let name = path.display().to_string();
            let failed = |error| Failure::new(&format!("cannot open {name}"), error);
            let file = File::open(path).map_err(failed)?;
            let live = !file.metadata().map_err(failed)?.is_file();
            read(file, &name, live, &options)
        }
    }
}

/// Prints the packets of `stream`; `live` says that some may come much later than others.
fn read(stream: impl Read, name: &str, live: bool, options: &options::Read) -> Result<ExitCode, Failure> {
    let options::Packets { format, limit, buffer } = &options.packets;
    let receiver = format.receiver(*limit, vec![0; *buffer]).map_err(|error| Failure::usage(error.to_string()))?;
    let mut connection = Connection::new(stream, receiver, ());
    let mut output = Output::new(format, live);
    let mut code = ExitCode::SUCCESS;
    loop {
        match connection.recv() {
            Ok(Some(packet)) => output.packet(None, packet).map_err(|error| Failure::output(&error))?,
            Ok(None) => break,
            Err(error) => {
                // What came before the error is printed before it.
                output.flush().map_err(|error| Failure::output(&error))?;
                code = ExitCode::FAILURE;
                complain(format_args!("packets: {name}: {}", describe(&error, connection.receiver().position())));
                if !matches!(error, RecvError::Reject(_)) {
                    break;
                }
            }
        }
    }
    output.flush().map_err(|error| Failure::output(&error))?;
    Ok(code)
}

/// An error with its place in the stream, which most name themselves.
pub(crate) fn describe<E: std::fmt::Display>(error: &RecvError<E>, position: u64) -> String {
    match error {
        RecvError::Truncated { .. } | RecvError::Io(_) => format!("{error}, at byte {position}"),
        _ => error.to_string(),
    }
}

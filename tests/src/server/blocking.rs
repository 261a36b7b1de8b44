//! A thread a connection.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;

use wharf::send::{Framer, Sender};
use wharf::{Enframe, Framing};
use wharf_drivers::SendError;
use wharf_drivers::blocking::Connection;

use super::{Account, Config, Pooled};
use crate::drivers::Outcome;

/// Enough for a connection, so that a thousand cost little.
const STACK: usize = 256 * 1024;

pub(super) fn serve<F: Framing + Enframe + Clone + Send>(config: &Config<F>) {
    std::thread::scope(|scope| {
        loop {
            let (stream, _) = config.listener.accept().unwrap();
            if config.is_stopped() {
                break;
            }
            stream.set_nodelay(true).unwrap();
            stream.set_write_timeout(Some(config.limits.patience)).unwrap();
            let mut connection = Connection::new(stream, config.receiver(), config.sender());
            connection.set_packet_deadline(Some(config.limits.patience));
            let account = config.account();
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, move || echo(connection, account)).unwrap();
        }
    });
}

fn echo<F: Framing + Enframe>(
    mut connection: Connection<TcpStream, Pooled<F>, Sender<Framer<F>>>,
    mut account: Account,
) {
    let mut copy = Vec::new();
    loop {
        let outcome = match connection.recv() {
            Ok(Some(packet)) => {
                account.packet(packet);
                copy.clear();
                copy.extend_from_slice(packet);
                let sent = connection.send(&copy);
                account.queued(connection.sender().len());
                match sent {
                    Ok(()) => continue,
                    Err(SendError::Io(error)) if error.kind() == ErrorKind::WouldBlock => account.stalled(),
                    Err(_) => account.failed(),
                }
                return;
            }
            Ok(None) => return connection.finish().unwrap_or_else(|_| account.failed()),
            Err(error) => Outcome::from(Err(error)),
        };
        if !account.goes_on(&outcome) {
            return;
        }
        if outcome == Outcome::Exhausted {
            // Others are at work, and give their buffers back.
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

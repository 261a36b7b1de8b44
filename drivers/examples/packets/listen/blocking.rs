//! The server on blocking sockets: a thread a connection.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use wharf_drivers::blocking::Connection;

use super::{ACCEPT_PAUSE, Service};

pub(super) fn serve(listener: &TcpListener, service: &Arc<Service>) -> ! {
    loop {
        let accepted = listener.accept().and_then(|(stream, peer)| {
            let Some(number) = service.admit(peer) else { return Ok(()) };
            let attending = Arc::clone(service);
            let attend = move || {
                if let Err(error) = attend(stream, number, &attending) {
                    attending.failed(number, &error.to_string());
                }
                attending.leave(number);
            };
            thread::Builder::new().spawn(attend).map(drop).inspect_err(|_| service.leave(number))
        });
        if let Err(error) = accepted {
            service.accept_failed(&error);
            thread::sleep(ACCEPT_PAUSE);
        }
    }
}

/// Receives from one connection until it ends.
fn attend(stream: TcpStream, number: u64, service: &Service) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut connection = Connection::new(stream, service.receiver(), service.sender());
    connection.set_packet_deadline(service.options.packet_deadline);
    // The packet that is being echoed: it lies in the connection that it is sent over.
    let mut echo = Vec::new();
    loop {
        match connection.recv() {
            Ok(Some(packet)) => {
                service.packet(number, packet);
                if service.options.echo {
                    echo.clear();
                    echo.extend_from_slice(packet);
                    // While the peer doesn't read, this waits, and so nothing more is received from it.
                    if let Err(error) = connection.send(&echo[..]) {
                        if !service.not_sent(number, &error) {
                            return Ok(());
                        }
                    }
                }
            }
            Ok(None) => return Ok(()),
            Err(error) => {
                if !service.not_received(number, &error, connection.receiver().position()) {
                    return Ok(());
                }
            }
        }
    }
}

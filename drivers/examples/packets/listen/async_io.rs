//! The server on async-io: a task a connection, all on one thread.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use async_executor::LocalExecutor;
use async_io::{Async, Timer, block_on};
use wharf_drivers::async_io_2::Connection;

use super::{ACCEPT_PAUSE, Service};

pub(super) fn serve(listener: TcpListener, service: &Arc<Service>) -> io::Result<()> {
    let listener = Async::new(listener)?;
    let executor = LocalExecutor::new();
    block_on(executor.run(async {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let Some(number) = service.admit(peer) else { continue };
                    let service = Arc::clone(service);
                    let attend = async move {
                        if let Err(error) = attend(stream, number, &service).await {
                            service.failed(number, &error.to_string());
                        }
                        service.leave(number);
                    };
                    executor.spawn(attend).detach();
                }
                Err(error) => {
                    service.accept_failed(&error);
                    Timer::after(ACCEPT_PAUSE).await;
                }
            }
        }
    }))
}

/// Receives from one connection until it ends.
async fn attend(stream: Async<TcpStream>, number: u64, service: &Service) -> io::Result<()> {
    stream.get_ref().set_nodelay(true)?;
    let (mut connection, mut echo) = Connection::new(stream, service.receiver(), service.sender()).split();
    connection.set_packet_deadline(service.options.packet_deadline);
    loop {
        match connection.recv().await {
            Ok(Some(packet)) => {
                service.packet(number, packet);
                if service.options.echo {
                    // While the peer doesn't read, this waits, and so nothing more is received from it.
                    if let Err(error) = echo.send(packet).await {
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

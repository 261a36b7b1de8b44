//! The client on a blocking socket: one thread sends, the other receives.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use wharf::send::Sender;
use wharf_drivers::blocking::Connection;

use super::Session;
use crate::format::Serializer;
use crate::output::Failure;

pub(super) fn talk(stream: TcpStream, session: &Arc<Session>) -> Result<(), Failure> {
    let other = stream.try_clone().map_err(|error| Failure::new("cannot connect", error))?;
    let (mut receiving, sending) = Connection::new(stream, session.receiver(), session.sender()).split(other);
    let shared = Arc::clone(session);
    let sender = thread::spawn(move || send(sending, &shared));
    loop {
        match receiving.recv() {
            Ok(Some(packet)) => session.received(packet)?,
            Ok(None) => break,
            Err(error) => {
                if !session.not_received(&error, receiving.receiver().position()) {
                    return Ok(());
                }
            }
        }
    }
    session.peer_ended();
    sender.join().map_err(|_| Failure::new("cannot send", "the thread has panicked"))
}

fn send(mut sending: Connection<TcpStream, (), Sender<Serializer>>, session: &Session) {
    let open = session.each_line(|line| match sending.send(line) {
        Ok(()) => true,
        Err(error) => session.not_sent(&error),
    });
    session.sent.store(true, Ordering::Release);
    if open {
        session.finished(sending.finish());
    }
}

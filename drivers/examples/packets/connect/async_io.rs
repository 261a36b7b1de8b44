//! The client on async-io: the two halves on two threads, since standard input can't be awaited.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use async_io::{Async, block_on};
use wharf::send::Sender;
use wharf_drivers::async_io_2::Connection;

use super::Session;
use crate::format::Serializer;
use crate::output::Failure;

pub(super) fn talk(stream: TcpStream, session: &Arc<Session>) -> Result<(), Failure> {
    let stream = Async::new(stream).map_err(|error| Failure::new("cannot connect", error))?;
    let (mut receiving, sending) = Connection::new(stream, session.receiver(), session.sender()).split();
    let shared = Arc::clone(session);
    let sender = thread::spawn(move || send(sending, &shared));
    loop {
        match block_on(receiving.recv()) {
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
    let open = session.each_line(|line| match block_on(sending.send(line)) {
        Ok(()) => true,
        Err(error) => session.not_sent(&error),
    });
    session.sent.store(true, Ordering::Release);
    if open {
        session.finished(block_on(sending.finish()));
    }
}

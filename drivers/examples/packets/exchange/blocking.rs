//! The exchange on blocking sockets: a thread for each end, and two for a client's.

use std::thread;

use wharf_drivers::blocking::Connection;

use super::Fault;
use super::counted::Counted;
use super::ends::{BATCH, Check, End, Exchanged, Pair, Run, Source};

pub(super) fn exchange(pairs: Vec<Pair>, run: &Run) -> Result<Vec<Exchanged>, Fault> {
    thread::scope(|scope| {
        let start = |Pair { client, server }| {
            let server = scope.spawn(move || echo(server));
            let client = scope.spawn(move || ask(client, run));
            (client, server)
        };
        let threads: Vec<_> = pairs.into_iter().map(start).collect();
        let finish = |(client, server): (thread::ScopedJoinHandle<'_, _>, thread::ScopedJoinHandle<'_, _>)| {
            let server: Result<(), Fault> = server.join().map_err(|_| "the server has panicked")?;
            let exchanged: Result<Exchanged, Fault> = client.join().map_err(|_| "a client has panicked")?;
            server.and(exchanged)
        };
        threads.into_iter().map(finish).collect()
    })
}

/// The server's end.
fn echo(end: End) -> Result<(), Fault> {
    let (receiver, sender, other) = (end.receiver(), end.sender(), end.stream.try_clone()?);
    let stream = Counted::new(end.stream, &end.tally.calls);
    let (mut receiving, mut sending) = Connection::new(stream, receiver, sender).split(other);
    loop {
        // These clients wait for no answer before they send more, so the rest of a packet that has begun will come
        // also while its forerunners' echoes wait to be sent with it.
        if receiving.receiver().remainder().is_empty() || sending.sender().len() >= BATCH {
            sending.flush()?;
        }
        let Some(packet) = receiving.recv()? else { break };
        sending.enqueue(packet)?;
        end.tally.packet();
    }
    end.tally.finish(receiving.receiver());
    Ok(sending.finish()?)
}

/// The client's end.
fn ask(end: End, run: &Run) -> Result<Exchanged, Fault> {
    let (receiver, sender, other) = (end.receiver(), end.sender(), end.stream.try_clone()?);
    let stream = Counted::new(end.stream, &end.tally.calls);
    let (mut receiving, mut sending) = Connection::new(stream, receiver, sender).split(other);
    let (mut source, mut check) = (Source::new(&end.format), Check::new(&end.format));
    let sent = thread::scope(|scope| {
        let sender = scope.spawn(move || {
            while !run.is_stopped() {
                while sending.sender().len() < BATCH {
                    sending.enqueue(source.packet())?;
                }
                sending.flush()?;
            }
            sending.finish()?;
            Ok::<u64, Fault>(source.sent())
        });
        while let Some(packet) = receiving.recv()? {
            check.packet(packet);
            end.tally.packet();
        }
        sender.join().map_err(|_| "a client has panicked")?
    })?;
    end.tally.finish(receiving.receiver());
    Ok(check.finish(&end.format, sent))
}

//! The exchange on async-io: a thread for the server and one for the clients, a task for each end and two for a
//! client's.

use std::thread;

use async_executor::LocalExecutor;
use async_io::{Async, block_on};
use futures_lite::future;
use wharf_drivers::async_io_2::Connection;

use super::Fault;
use super::counted::Counted;
use super::ends::{BATCH, Check, End, Exchanged, Pair, Run, Source};

pub(super) fn exchange(pairs: Vec<Pair>, run: &Run) -> Result<Vec<Exchanged>, Fault> {
    let (clients, servers): (Vec<End>, Vec<End>) = pairs.into_iter().map(|pair| (pair.client, pair.server)).unzip();
    thread::scope(|scope| {
        let server = scope.spawn(|| all(servers, echo));
        let exchanged = all(clients, |end| ask(end, run));
        server.join().map_err(|_| "the server has panicked")??;
        exchanged
    })
}

/// Runs a task for each end, to the end of all.
fn all<T, F>(ends: Vec<End>, task: impl Fn(End) -> F) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<T, Fault>>,
{
    let executor = LocalExecutor::new();
    block_on(executor.run(async {
        let tasks: Vec<_> = ends.into_iter().map(|end| executor.spawn(task(end))).collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await?);
        }
        Ok(results)
    }))
}

/// The server's end.
async fn echo(end: End) -> Result<(), Fault> {
    let (receiver, sender) = (end.receiver(), end.sender());
    let stream = Async::new(Counted::new(end.stream, &end.tally.calls))?;
    let (mut receiving, mut sending) = Connection::new(stream, receiver, sender).split();
    loop {
        // These clients wait for no answer before they send more, so the rest of a packet that has begun will come
        // also while its forerunners' echoes wait to be sent with it.
        if receiving.receiver().remainder().is_empty() || sending.sender().len() >= BATCH {
            sending.flush().await?;
            future::yield_now().await;
        }
        let Some(packet) = receiving.recv().await? else { break };
        sending.enqueue(packet)?;
        end.tally.packet();
    }
    end.tally.finish(receiving.receiver());
    Ok(sending.finish().await?)
}

/// The client's end.
async fn ask(end: End, run: &Run) -> Result<Exchanged, Fault> {
    let (receiver, sender) = (end.receiver(), end.sender());
    let stream = Async::new(Counted::new(end.stream, &end.tally.calls))?;
    let (mut receiving, mut sending) = Connection::new(stream, receiver, sender).split();
    let (mut source, mut check) = (Source::new(&end.format), Check::new(&end.format));
    let send = async {
        while !run.is_stopped() {
            while sending.sender().len() < BATCH {
                sending.enqueue(source.packet())?;
            }
            sending.flush().await?;
            future::yield_now().await;
        }
        sending.finish().await?;
        Ok::<u64, Fault>(source.sent())
    };
    let receive = async {
        while let Some(packet) = receiving.recv().await? {
            check.packet(packet);
            end.tally.packet();
        }
        Ok::<(), Fault>(())
    };
    let (sent, ()) = future::try_zip(send, receive).await?;
    end.tally.finish(receiving.receiver());
    Ok(check.finish(&end.format, sent))
}

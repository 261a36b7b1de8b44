//! One thread, a task a connection.

use std::future::{Future, poll_fn};
use std::io;
use std::net::TcpStream;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use async_executor::LocalExecutor;
use async_io::{Async, Timer, block_on};
use wharf::send::{Framer, Sender};
use wharf::{Enframe, Framing};
use wharf_drivers::async_io_2::Connection;

use super::{Account, Config, Pooled};
use crate::drivers::Outcome;

pub(super) fn serve<F: Framing + Enframe + Clone>(config: &Config<F>) {
    let executor = LocalExecutor::new();
    let listener = Async::new(config.listener.try_clone().unwrap()).unwrap();
    block_on(executor.run(async {
        let mut tasks = Vec::new();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if config.is_stopped() {
                break;
            }
            stream.get_ref().set_nodelay(true).unwrap();
            let mut connection = Connection::new(stream, config.receiver(), config.sender());
            connection.set_packet_deadline(Some(config.limits.patience));
            tasks.push(executor.spawn(echo(connection, config.account(), config.limits.patience)));
        }
        for task in tasks {
            task.await;
        }
    }));
}

async fn echo<F: Framing + Enframe>(
    mut connection: Connection<TcpStream, Pooled<F>, Sender<Framer<F>>>,
    mut account: Account,
    patience: Duration,
) {
    let mut copy = Vec::new();
    loop {
        let outcome = match connection.recv().await {
            Ok(Some(packet)) => {
                account.packet(packet);
                copy.clear();
                copy.extend_from_slice(packet);
                if connection.enqueue(&copy).is_err() {
                    return account.failed();
                }
                account.queued(connection.sender().len());
                match within(patience, connection.flush()).await {
                    Some(Ok(())) => continue,
                    Some(Err(_)) => return account.failed(),
                    None => return account.stalled(),
                }
            }
            Ok(None) => return connection.finish().await.unwrap_or_else(|_| account.failed()),
            Err(error) => Outcome::from(Err(error)),
        };
        if !account.goes_on(&outcome) {
            return;
        }
        if outcome == Outcome::Exhausted {
            Timer::after(Duration::from_millis(1)).await;
        }
    }
}

async fn within(patience: Duration, future: impl Future<Output = io::Result<()>>) -> Option<io::Result<()>> {
    let (mut future, mut timer) = (pin!(future), Timer::after(patience));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Pin::new(&mut timer).poll(cx).map(|_| None),
    })
    .await
}

//! What a connection costs that has received a packet and waits for the next one.

use std::cell::Cell;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use async_executor::LocalExecutor;
use async_io::{Async, block_on};
use futures_lite::future;
use wharf::send::{Framer, Sender};
use wharf::storage::{Lease, Pool};
use wharf::{Framed, Lines, Receiver};
use wharf_drivers::mio_1::Received;
use wharf_drivers::{RecvError, async_io_2, blocking, mio_1};

use super::ends;
use super::heap;
use crate::options::Driver;

/// Length of the buffers that idle connections don't hold.
const BUFFER: usize = 64 * 1024;

/// Longest line.
const LIMIT: usize = 8 * 1024;

/// Heap bytes for each of `count` idle connections: all that is allocated for them, their own structures included.
///
/// The threads that wait on blocking sockets are not counted; the tasks that wait on async-io are.
pub(super) fn measure(driver: Driver, count: usize) -> io::Result<usize> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (mut clients, mut servers) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (mut client, server) = ends::connect(&listener)?;
        client.write_all(b"a packet\n")?;
        clients.push(client);
        servers.push(server);
    }
    let pool = Pool::new(BUFFER, count);
    let held = match driver {
        Driver::Blocking => on_blocking(servers, &pool)?,
        Driver::Mio => on_mio(servers, &pool)?,
        Driver::AsyncIo => on_async_io(servers, &pool)?,
    };
    Ok(held / count)
}

fn receiver(pool: &Pool) -> Receiver<Framed<Lines>, Lease> {
    Receiver::new(Framed::new(Lines::new(LIMIT)), pool.lease()).expect("the limit fits the buffer")
}

fn sender() -> Sender<Framer<Lines>> {
    Sender::new(Framer::new(Lines::new(LIMIT)), LIMIT)
}

/// Heap bytes that are in use since `before`, without the buffers that wait in the pool for whoever receives next.
fn growth(before: usize, pool: &Pool) -> usize {
    assert_eq!(pool.in_use(), 0, "an idle connection holds a buffer");
    pool.trim();
    heap().saturating_sub(before)
}

fn unexpected(what: impl ToString) -> io::Error {
    io::Error::other(what.to_string())
}

fn on_blocking(servers: Vec<TcpStream>, pool: &Pool) -> io::Result<usize> {
    let mut idle = Vec::with_capacity(servers.len());
    let before = heap();
    for server in &servers {
        // Instead of a thread that waits on it for ever.
        server.set_nonblocking(true)?;
        let mut connection = Box::new(blocking::Connection::new(server, receiver(pool), sender()));
        connection.recv().map_err(unexpected)?.ok_or_else(|| unexpected("no packet"))?;
        match connection.recv() {
            Err(RecvError::Io(error)) if error.kind() == ErrorKind::WouldBlock => {}
            other => return Err(unexpected(format_args!("not idle: {other:?}"))),
        }
        idle.push(connection);
    }
    Ok(growth(before, pool))
}

fn on_mio(servers: Vec<TcpStream>, pool: &Pool) -> io::Result<usize> {
    let poll = mio::Poll::new()?;
    let mut idle = Vec::with_capacity(servers.len());
    let before = heap();
    for (index, server) in servers.into_iter().enumerate() {
        server.set_nonblocking(true)?;
        let server = mio::net::TcpStream::from_std(server);
        let mut connection = Box::new(mio_1::Connection::new(server, receiver(pool), sender()));
        connection.register(poll.registry(), mio::Token(index), true)?;
        match connection.recv().map_err(unexpected)? {
            Received::Packet(_) => {}
            other => return Err(unexpected(format_args!("no packet: {other:?}"))),
        }
        match connection.recv().map_err(unexpected)? {
            Received::WouldBlock => {}
            other => return Err(unexpected(format_args!("not idle: {other:?}"))),
        }
        idle.push(connection);
    }
    Ok(growth(before, pool))
}

fn on_async_io(servers: Vec<TcpStream>, pool: &Pool) -> io::Result<usize> {
    let count = servers.len();
    let mut idle = Vec::with_capacity(count);
    let received = Cell::new(0);
    let executor = LocalExecutor::new();
    let before = heap();
    for server in servers {
        let received = &received;
        idle.push(executor.spawn(async move {
            let stream = Async::new(server)?;
            let mut connection = async_io_2::Connection::new(stream, receiver(pool), sender());
            while connection.recv().await.map_err(unexpected)?.is_some() {
                received.set(received.get() + 1);
            }
            io::Result::Ok(())
        }));
    }
    block_on(executor.run(async {
        while received.get() < count {
            future::yield_now().await;
        }
    }));
    // Until all of them wait.
    while executor.try_tick() {}
    Ok(growth(before, pool))
}

//! Wharf in a hand-written readiness loop on `polling`: two connections, one buffer.
//!
//! `cargo run -p wharf-drivers --example embed_polling`

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

use polling::{Event, Events, Poller};
use wharf::storage::{Lease, Pool};
use wharf::{Framed, Lines, Ready, Receiver};

struct Connection {
    stream: TcpStream,
    receiver: Receiver<Framed<Lines>, Lease>,
}

impl Connection {
    /// Takes what there is; returns whether the stream goes on.
    fn readable(&mut self, lines: &mut Vec<String>) -> Result<bool, Box<dyn std::error::Error>> {
        loop {
            match self.receiver.ready() {
                Ready::Packet => lines.push(String::from_utf8_lossy(self.receiver.packet()?).into_owned()),
                Ready::Receive => match self.stream.read(self.receiver.window()?) {
                    Ok(count) => self.receiver.received(count),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        self.receiver.rest(); // the buffer goes to whoever is readable next
                        return Ok(true);
                    }
                    Err(error) => return Err(error.into()),
                },
                Ready::Reject(error) | Ready::Fatal(error) => return Err(error.into()),
                Ready::End(_) => return Ok(false),
            }
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut clients = [TcpStream::connect(listener.local_addr()?)?, TcpStream::connect(listener.local_addr()?)?];
    let pool = Pool::new(64 * 1024, 1);
    let poller = Poller::new()?;
    let mut connections = Vec::new();
    for key in 0..clients.len() {
        let (stream, _) = listener.accept()?;
        stream.set_nonblocking(true)?;
        add(&poller, &stream, key)?;
        let receiver = Receiver::new(Framed::new(Lines::new(1024)), pool.lease())?;
        connections.push(Some(Connection { stream, receiver }));
    }
    for client in &mut clients {
        client.write_all(b"hello\nfrom a client\n")?;
    }
    drop(clients);
    let (mut lines, mut events) = (Vec::new(), Events::new());
    while connections.iter().any(Option::is_some) {
        events.clear();
        poller.wait(&mut events, None)?;
        for event in events.iter() {
            let slot = &mut connections[event.key];
            let Some(connection) = slot else { continue };
            if connection.readable(&mut lines)? {
                poller.modify(&connection.stream, Event::readable(event.key))?;
            } else {
                poller.delete(&connection.stream)?;
                *slot = None;
            }
        }
    }
    println!("{lines:?} in {} buffer", pool.free());
    assert_eq!((lines.len(), pool.free()), (4, 1));
    Ok(())
}

#[expect(unsafe_code, reason = "polling wants a promise that the stream outlives its registration")]
fn add(poller: &Poller, stream: &TcpStream, key: usize) -> io::Result<()> {
    // SAFETY: every stream is deleted from the poller before it is dropped.
    unsafe { poller.add(stream, Event::readable(key)) }
}

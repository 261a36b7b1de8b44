//! One connection, under each driver: receive a monster, answer it, until the end.

use std::error::Error;
use std::net::TcpStream;

use async_io::Async;
use mio::{Events, Poll, Token};
use wharf::flat::{FlatCodec, flat_sender};
use wharf::send::{Framer, Sender};
use wharf::{Framed, Receiver, SizePrefixed};
use wharf_drivers::{RecvError, async_io_2, blocking, mio_1};

use crate::modes::Reads;
use crate::schema::Reply;

/// Longest monster in bytes.
pub(crate) const LIMIT: usize = 16 * 1024;

/// How often a monster is looked at before it is answered.
const LOOKS: u32 = 2;

/// Told of each answer.
pub(crate) type Seen<'s> = dyn Fn(&Reply) + Sync + 's;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Driver {
    Blocking,
    Mio,
    AsyncIo,
}

impl Driver {
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("blocking", Self::Blocking), ("mio", Self::Mio), ("async-io", Self::AsyncIo)];

    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, driver)| *driver).ok_or_else(|| format!("'{name}' is none of blocking, mio, async-io"))
    }
}

type Replies = Sender<Framer<SizePrefixed, FlatCodec<Reply>>>;
type Monsters<C> = Receiver<Framed<SizePrefixed, C>, Vec<u8>>;

fn ends<C: Reads>() -> Result<(Monsters<C>, Replies), Box<dyn Error>> {
    let monsters = Framed::with_codec(SizePrefixed::new(LIMIT), C::default());
    Ok((Receiver::new(monsters, vec![0; 4 * LIMIT])?, Sender::new(flat_sender(LIMIT), 4 * LIMIT)))
}

/// Serves one connection with monsters read as `C` reads them.
pub(crate) fn serve<C: Reads>(driver: Driver, stream: TcpStream, seen: &Seen<'_>) -> Result<(), Box<dyn Error>> {
    stream.set_nodelay(true)?;
    match driver {
        Driver::Blocking => serve_blocking::<C>(stream, seen),
        Driver::Mio => serve_mio::<C>(stream, seen),
        Driver::AsyncIo => async_io::block_on(serve_async::<C>(stream, seen)),
    }
}

fn serve_blocking<C: Reads>(stream: TcpStream, seen: &Seen<'_>) -> Result<(), Box<dyn Error>> {
    let (receiver, sender) = ends::<C>()?;
    let mut reply = Reply::default();
    let mut connection = blocking::Connection::new(stream, receiver, sender);
    loop {
        let answered = match connection.recv() {
            Ok(Some(monster)) => C::answer(monster, LOOKS, &mut reply),
            Ok(None) => break,
            Err(RecvError::Reject(error)) => {
                eprintln!("packet refused: {error}");
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match answered {
            Ok(()) => {
                seen(&reply);
                connection.send(&reply)?;
            }
            Err(error) => eprintln!("monster not read: {error}"),
        }
    }
    Ok(connection.finish()?)
}

async fn serve_async<C: Reads>(stream: TcpStream, seen: &Seen<'_>) -> Result<(), Box<dyn Error>> {
    let (receiver, sender) = ends::<C>()?;
    let mut reply = Reply::default();
    let mut connection = async_io_2::Connection::new(Async::new(stream)?, receiver, sender);
    loop {
        let answered = match connection.recv().await {
            Ok(Some(monster)) => C::answer(monster, LOOKS, &mut reply),
            Ok(None) => break,
            Err(RecvError::Reject(error)) => {
                eprintln!("packet refused: {error}");
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match answered {
            Ok(()) => {
                seen(&reply);
                connection.send(&reply).await?;
            }
            Err(error) => eprintln!("monster not read: {error}"),
        }
    }
    Ok(connection.finish().await?)
}

fn serve_mio<C: Reads>(stream: TcpStream, seen: &Seen<'_>) -> Result<(), Box<dyn Error>> {
    stream.set_nonblocking(true)?;
    let (receiver, sender) = ends::<C>()?;
    let mut reply = Reply::default();
    let mut connection = mio_1::Connection::new(mio::net::TcpStream::from_std(stream), receiver, sender);
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(4));
    'serving: loop {
        // A peer that doesn't read its answers is not read from.
        while connection.flush()? {
            let answered = match connection.recv() {
                Ok(mio_1::Received::Packet(monster)) => C::answer(monster, LOOKS, &mut reply),
                Ok(mio_1::Received::Yield) => continue,
                Ok(mio_1::Received::WouldBlock) => break,
                Ok(mio_1::Received::End) => break 'serving,
                Err(RecvError::Reject(error)) => {
                    eprintln!("packet refused: {error}");
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            match answered {
                Ok(()) => {
                    seen(&reply);
                    connection.enqueue(&reply)?;
                }
                Err(error) => eprintln!("monster not read: {error}"),
            }
        }
        connection.register(poll.registry(), Token(0), connection.sender().is_empty())?;
        poll.poll(&mut events, None)?;
    }
    // All answers were sent before the end was received.
    connection.finish()?;
    Ok(())
}

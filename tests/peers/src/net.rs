//! Sockets that a thread writes a stream to.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};

/// How the bytes travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// A pair of Unix sockets.
    Unix,
    /// TCP over loopback.
    Tcp,
}

impl Transport {
    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unix => "Unix socket pair",
            Self::Tcp => "loopback TCP",
        }
    }
}

/// The receiving end of either.
pub enum Socket {
    /// Of a pair of Unix sockets.
    Unix(UnixStream),
    /// Of TCP.
    Tcp(TcpStream),
}

/// Connects, and lets a thread write `bytes` to the other end, 64 KiB a call, and close it.
pub fn fed(transport: Transport, bytes: &'static [u8]) -> (Socket, JoinHandle<()>) {
    fn write(mut socket: impl Write + Send + 'static, bytes: &'static [u8]) -> JoinHandle<()> {
        thread::spawn(move || {
            for piece in bytes.chunks(64 * 1024) {
                // Who has all that he waits for may hang up.
                if socket.write_all(piece).is_err() {
                    break;
                }
            }
        })
    }
    match transport {
        Transport::Unix => {
            let (near, far) = UnixStream::pair().unwrap();
            (Socket::Unix(near), write(far, bytes))
        }
        Transport::Tcp => {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (far, _) = listener.accept().unwrap();
            (Socket::Tcp(near), write(far, bytes))
        }
    }
}

/// Receives until the end of the stream and looks at nothing: what no framing can beat.
pub fn drain(mut reader: impl Read, buffer: &mut [u8]) -> io::Result<()> {
    while reader.read(buffer)? > 0 {}
    Ok(())
}

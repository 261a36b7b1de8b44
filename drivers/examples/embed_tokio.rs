//! Wharf in tokio: no codec module, no feature of ours, only `readable` and `try_read`.
//!
//! `cargo run -p wharf-drivers --example embed_tokio`

use std::io::{self, ErrorKind};

use tokio::net::{TcpListener, TcpStream};
use wharf::storage::{Lease, Pool};
use wharf::{Framed, Lines, Ready, Receiver};

type Packets = Receiver<Framed<Lines>, Lease>;

/// Waits for the next line, without holding a buffer until there is something to put in it.
///
/// It may be dropped at any await: no state is kept outside `receiver`.
async fn recv<'r>(stream: &TcpStream, receiver: &'r mut Packets) -> io::Result<Option<&'r [u8]>> {
    loop {
        match receiver.ready() {
            Ready::Packet => break,
            Ready::Receive => {
                stream.readable().await?;
                match stream.try_read(receiver.window().map_err(io::Error::other)?) {
                    Ok(count) => receiver.received(count),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => receiver.rest(),
                    Err(error) => return Err(error),
                }
            }
            Ready::Reject(error) | Ready::Fatal(error) => return Err(io::Error::other(error.to_string())),
            Ready::End(_) => return Ok(None),
        }
    }
    receiver.packet().map(Some).map_err(|error| io::Error::other(error.to_string()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let client = std::thread::spawn(move || {
        use std::io::Write;
        std::net::TcpStream::connect(address)?.write_all(b"hello\nfrom a client\n")
    });
    let (stream, _) = listener.accept().await?;
    let pool = Pool::new(64 * 1024, 1);
    let mut receiver = Receiver::new(Framed::new(Lines::new(1024)), pool.lease())?;
    let mut lines = Vec::new();
    while let Some(line) = recv(&stream, &mut receiver).await? {
        lines.push(String::from_utf8_lossy(line).into_owned());
    }
    client.join().expect("the client doesn't panic")?;
    println!("{lines:?}");
    assert_eq!(lines, ["hello", "from a client"]);
    Ok(())
}

//! Wharf on io_uring: the kernel owns the buffer while a receive is under way, so it is lent out whole.
//!
//! `cargo run -p wharf-drivers --example embed_io_uring`

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::io::{self, Write};
    use std::net::{TcpListener, TcpStream};
    use std::os::fd::AsRawFd;

    use io_uring::{IoUring, opcode, types::Fd};
    use wharf::{Framed, Lines, Ready, Receiver};

    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    client.write_all(b"hello\nfrom a client\n")?;
    drop(client);
    let (stream, _) = listener.accept()?;

    let mut ring = IoUring::new(8)?;
    let mut receiver = Receiver::new(Framed::new(Lines::new(1024)), vec![0; 64 * 1024])?;
    let mut lines = Vec::new();
    loop {
        match receiver.ready() {
            Ready::Packet => lines.push(String::from_utf8_lossy(receiver.packet()?).into_owned()),
            Ready::Receive => {
                let mut lent = receiver.lend()?;
                let window = &mut lent.buffer[lent.at.clone()];
                let len = u32::try_from(window.len())?;
                let recv = opcode::Recv::new(Fd(stream.as_raw_fd()), window.as_mut_ptr(), len).build();
                #[expect(unsafe_code, reason = "the kernel writes to the window until the operation completes")]
                // SAFETY: the buffer is owned here, and neither moved nor touched before the completion.
                unsafe {
                    ring.submission().push(&recv)?;
                }
                ring.submit_and_wait(1)?;
                let result = ring.completion().next().ok_or("no completion")?.result();
                receiver.restore(lent.buffer); // first of all, whatever became of the receive
                let count = usize::try_from(result).map_err(|_| io::Error::from_raw_os_error(-result))?;
                receiver.received(count);
            }
            Ready::Reject(error) | Ready::Fatal(error) => return Err(error.into()),
            Ready::End(_) => break,
        }
    }
    println!("{lines:?}");
    assert_eq!(lines, ["hello", "from a client"]);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("io_uring is Linux's");
}

//! A stream that fails at one call of the test's choice.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call fails, once.
    Fails(ErrorKind),
    /// The call takes or gives one byte.
    OneByte,
    /// The call takes or gives nothing: on receiving, that is the end of the stream, and stays it.
    Nothing,
    /// From then on, all calls are interrupted but each third.
    Storm,
}

/// A stream that gives `incoming`, at most `piece` bytes a call, and keeps what it is given.
///
/// It has a descriptor that is always ready, since a reactor wants one.
#[derive(Debug)]
pub struct Faulty {
    ready: UnixStream,
    _other_end: UnixStream,
    script: Mutex<Script>,
}

#[derive(Debug)]
struct Script {
    incoming: Vec<u8>,
    taken: usize,
    sent: Vec<u8>,
    piece: usize,
    fault: Option<(u64, Fault)>,
    calls: u64,
    ended: bool,
}

impl Faulty {
    /// A stream whose call number `at` goes wrong.
    pub fn new(incoming: &[u8], piece: usize, fault: Option<(u64, Fault)>) -> Self {
        let (ready, other_end) = UnixStream::pair().unwrap();
        (&other_end).write_all(b"!").unwrap();
        let (incoming, sent) = (incoming.to_vec(), Vec::new());
        let script = Mutex::new(Script { incoming, taken: 0, sent, piece, fault, calls: 0, ended: false });
        Self { ready, _other_end: other_end, script }
    }

    /// Calls that were made.
    pub fn calls(&self) -> u64 {
        self.script().calls
    }

    /// Bytes that were given.
    pub fn given(&self) -> usize {
        self.script().taken
    }

    /// Bytes that were sent.
    pub fn sent(&self) -> Vec<u8> {
        self.script().sent.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap()
    }
}

impl Script {
    /// How many bytes this call may move.
    fn call(&mut self) -> io::Result<usize> {
        self.calls += 1;
        match self.fault {
            Some((at, Fault::Storm)) if self.calls > at && self.calls % 3 != 0 => Err(ErrorKind::Interrupted.into()),
            Some((at, fault)) if at + 1 == self.calls => match fault {
                Fault::Fails(kind) => Err(kind.into()),
                Fault::OneByte => Ok(1),
                Fault::Nothing => Ok(0),
                Fault::Storm => Ok(self.piece),
            },
            _ => Ok(self.piece),
        }
    }
}

impl Read for &Faulty {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        let mut script = self.script();
        let most = script.call()?;
        script.ended |= most == 0;
        if script.ended {
            return Ok(0);
        }
        let left = &script.incoming[script.taken..];
        let count = left.len().min(most).min(at.len());
        at[..count].copy_from_slice(&left[..count]);
        script.taken += count;
        Ok(count)
    }
}

impl Write for &Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut script = self.script();
        let count = script.call()?.min(bytes.len());
        script.sent.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Faulty {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        (&*self).read(at)
    }
}

impl Write for Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Faulty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ready.as_fd()
    }
}

impl wharf_drivers::blocking::Socket for Faulty {
    fn set_read_timeout(&self, _timeout: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn shutdown_write(&self) -> io::Result<()> {
        Ok(())
    }
}

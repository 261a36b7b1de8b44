//! A stream whose every call does what a script says.

use std::cell::{Ref, RefCell};
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It moves so many bytes at most; a receive that moves none is the end of the stream, and stays it.
    Moves(usize),
    /// It fails, and moves nothing.
    Fails(ErrorKind),
}

/// Calls of one direction: those to come, and those that were made.
#[derive(Debug, Default)]
pub struct Calls {
    script: std::vec::IntoIter<Call>,
    /// The failures among them, in order, but for those that are to be tried again at once.
    pub failed: Vec<ErrorKind>,
    /// Calls that were not interrupted.
    pub made: u32,
}

impl Calls {
    fn new(script: Vec<Call>) -> Self {
        Self { script: script.into_iter(), ..Self::default() }
    }

    /// How many bytes this call may move; all where the script has ended.
    fn next(&mut self) -> io::Result<usize> {
        let call = self.script.next().unwrap_or(Call::Moves(usize::MAX));
        self.made += u32::from(call != Call::Fails(ErrorKind::Interrupted));
        match call {
            Call::Moves(most) => Ok(most),
            Call::Fails(kind) => {
                self.failed.extend((kind != ErrorKind::Interrupted).then_some(kind));
                Err(kind.into())
            }
        }
    }
}

/// A stream that gives `incoming` and keeps what it is given, as its script says.
///
/// Its descriptor is always ready, and the same in all streams of a thread: a reactor takes one of them at a time.
#[derive(Debug)]
pub struct Scripted {
    ready: Rc<(UnixStream, UnixStream)>,
    incoming: Vec<u8>,
    state: RefCell<State>,
}

/// What has become of a [`Scripted`].
#[derive(Debug)]
pub struct State {
    /// Calls that receive.
    pub receives: Calls,
    /// Calls that send.
    pub sends: Calls,
    /// Bytes that were given.
    pub given: usize,
    /// No more will be given.
    pub ended: bool,
    /// Bytes that were taken.
    pub sent: Vec<u8>,
}

thread_local! {
    static READY: Rc<(UnixStream, UnixStream)> = {
        let (ready, mut other_end) = UnixStream::pair().unwrap();
        other_end.write_all(b"!").unwrap();
        Rc::new((ready, other_end))
    };
}

impl Scripted {
    /// A stream that follows these scripts.
    pub fn new(incoming: &[u8], receives: Vec<Call>, sends: Vec<Call>) -> Self {
        let (receives, sends) = (Calls::new(receives), Calls::new(sends));
        let state = State { receives, sends, given: 0, ended: false, sent: Vec::new() };
        Self { ready: READY.with(Rc::clone), incoming: incoming.to_vec(), state: RefCell::new(state) }
    }

    /// What has become of it.
    pub fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }
}

impl Read for &Scripted {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        let state = &mut *self.state.borrow_mut();
        let most = state.receives.next()?;
        let left = &self.incoming[state.given..];
        let count = if state.ended { 0 } else { left.len().min(most).min(at.len()) };
        state.ended |= count == 0;
        at[..count].copy_from_slice(&left[..count]);
        state.given += count;
        Ok(count)
    }
}

impl Write for &Scripted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, chunks: &[IoSlice<'_>]) -> io::Result<usize> {
        let state = &mut *self.state.borrow_mut();
        let most = state.sends.next()?;
        let before = state.sent.len();
        state.sent.extend(chunks.iter().flat_map(|chunk| chunk.iter()).take(most));
        Ok(state.sent.len() - before)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Scripted {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        (&*self).read(at)
    }
}

impl Write for Scripted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn write_vectored(&mut self, chunks: &[IoSlice<'_>]) -> io::Result<usize> {
        (&*self).write_vectored(chunks)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Scripted {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ready.0.as_fd()
    }
}

impl wharf_drivers::blocking::Socket for Scripted {
    fn set_read_timeout(&self, _timeout: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn shutdown_write(&self) -> io::Result<()> {
        Ok(())
    }
}

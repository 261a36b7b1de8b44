//! Thin drivers that run wharf over real sockets.
#![forbid(unsafe_code)]

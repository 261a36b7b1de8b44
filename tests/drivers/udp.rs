//! One packet a datagram, in each driver.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::net::{SocketAddr, UdpSocket};

use async_io::{Async, block_on};
use wharf::send::{Framer, Outgoing, Serializer};
use wharf::{DatagramError, Error, ErrorKind, FrameError, LengthPrefixed, Raw, Width};
use wharf_drivers::datagram::{Datagram, Endpoint, Refused};
use wharf_tests::drivers::Driver;

const LIMIT: usize = 100;

type Packet = Result<Vec<u8>, Refused<Error>>;

/// An endpoint of any driver.
enum Udp {
    Blocking(Endpoint<UdpSocket, LengthPrefixed, Raw, Framer<LengthPrefixed>>),
    Mio(Endpoint<mio::net::UdpSocket, LengthPrefixed, Raw, Framer<LengthPrefixed>>, mio::Poll),
    AsyncIo(Endpoint<Async<UdpSocket>, LengthPrefixed, Raw, Framer<LengthPrefixed>>),
}

fn owned(datagram: Datagram<&[u8], Error>) -> (SocketAddr, Packet) {
    (datagram.from, datagram.packet.map(<[u8]>::to_vec))
}

impl Udp {
    fn open(driver: Driver) -> (Self, SocketAddr) {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let at = socket.local_addr().unwrap();
        let framing = || LengthPrefixed::new(Width::U16, LIMIT);
        let udp = match driver {
            Driver::Blocking => Self::Blocking(Endpoint::new(socket, framing(), Raw, Framer::new(framing()))),
            Driver::Mio => {
                socket.set_nonblocking(true).unwrap();
                let socket = mio::net::UdpSocket::from_std(socket);
                let mut endpoint = Endpoint::new(socket, framing(), Raw, Framer::new(framing()));
                let poll = mio::Poll::new().unwrap();
                poll.registry().register(endpoint.socket_mut(), mio::Token(0), mio::Interest::READABLE).unwrap();
                Self::Mio(endpoint, poll)
            }
            Driver::AsyncIo => {
                Self::AsyncIo(Endpoint::new(Async::new(socket).unwrap(), framing(), Raw, Framer::new(framing())))
            }
        };
        (udp, at)
    }

    fn recv(&mut self) -> (SocketAddr, Packet) {
        match self {
            Self::Blocking(endpoint) => owned(endpoint.recv_from().unwrap()),
            Self::AsyncIo(endpoint) => owned(block_on(endpoint.recv_from()).unwrap()),
            Self::Mio(endpoint, poll) => loop {
                if let Some(received) = endpoint.recv_from().unwrap() {
                    return owned(received);
                }
                poll.poll(&mut mio::Events::with_capacity(1), None).unwrap();
            },
        }
    }

    fn send(&mut self, packet: &[u8], to: SocketAddr) -> Result<(), String> {
        match self {
            Self::Blocking(endpoint) => endpoint.send_to(packet, to).map_err(|error| error.to_string()),
            Self::AsyncIo(endpoint) => block_on(endpoint.send_to(packet, to)).map_err(|error| error.to_string()),
            Self::Mio(endpoint, _) => {
                endpoint.send_to(packet, to).map(|sent| assert!(sent)).map_err(|error| error.to_string())
            }
        }
    }
}

#[test]
fn a_datagram_is_one_packet_there_and_back() {
    for driver in Driver::ALL {
        let ((mut here, at), (mut there, to)) = (Udp::open(driver), Udp::open(driver));
        for len in [0, 1, 64, LIMIT] {
            let packet = vec![7; len];
            here.send(&packet, to).unwrap();
            assert_eq!(there.recv(), (at, Ok(packet.clone())), "{driver:?}");
            there.send(&packet, at).unwrap();
            assert_eq!(here.recv(), (to, Ok(packet)), "{driver:?}");
        }
        // Not sent, and no part of what is sent next.
        here.send(&[7; LIMIT + 1], to).unwrap_err();
        here.send(b"next", to).unwrap();
        assert_eq!(there.recv(), (at, Ok(b"next".to_vec())), "{driver:?}");
    }
}

#[test]
fn what_is_not_exactly_one_packet_is_refused_and_the_next_one_is_not_concerned() {
    let too_long = FrameError::LimitExceeded { limit: LIMIT as u64, needed: Some(101) };
    let too_long = Refused::Decode(DatagramError::Refused(Error::new(ErrorKind::Frame(too_long), 0)));
    let whole = [&u16::try_from(LIMIT).unwrap().to_be_bytes()[..], &[b'x'; LIMIT]].concat();
    let rows: [(&[u8], Packet); 7] = [
        (b"", Err(Refused::Decode(DatagramError::Missing { had: 0, missing: 2 }))),
        (b"\0", Err(Refused::Decode(DatagramError::Missing { had: 1, missing: 1 }))),
        (b"\0\x05four", Err(Refused::Decode(DatagramError::Missing { had: 6, missing: 1 }))),
        (b"\0\x02hi and more", Err(Refused::Decode(DatagramError::Extra { extra: 9 }))),
        (b"\0\x65too long, and says so", Err(too_long)),
        // It just fits, and with one byte more it doesn't: never cut off in silence.
        (&whole, Ok(vec![b'x'; LIMIT])),
        (&[&whole[..], b"!"].concat(), Err(Refused::TooLong { limit: LIMIT + 2 })),
    ];
    for driver in Driver::ALL {
        let (mut there, to) = Udp::open(driver);
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let from = socket.local_addr().unwrap();
        for (datagram, wanted) in &rows {
            socket.send_to(datagram, to).unwrap();
            socket.send_to(b"\0\x02ok", to).unwrap();
            assert_eq!(there.recv(), (from, wanted.clone()), "{driver:?}");
            assert_eq!(there.recv(), (from, Ok(b"ok".to_vec())), "{driver:?}");
        }
        // A cut of 60 KiB is seen as well.
        socket.send_to(&[0; 60_000], to).unwrap();
        assert_eq!(there.recv(), (from, Err(Refused::TooLong { limit: LIMIT + 2 })), "{driver:?}");
    }
}

#[derive(Debug)]
struct Shared;

impl Serializer<str> for Shared {
    type Error = std::convert::Infallible;

    fn serialize(&mut self, packet: &str, out: &mut Outgoing<'_>) -> Result<(), Self::Error> {
        out.bytes().extend_from_slice(&u16::try_from(packet.len()).unwrap().to_be_bytes());
        out.share(packet.as_bytes().to_vec().into());
        Ok(())
    }
}

#[test]
fn a_packet_in_several_pieces_is_one_datagram() {
    let (mut there, to) = Udp::open(Driver::Blocking);
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut here = Endpoint::new(socket, LengthPrefixed::new(Width::U16, LIMIT), Raw, Shared);
    for packet in ["in pieces", "and again"] {
        here.send_to(packet, to).unwrap();
        assert_eq!(there.recv().1, Ok(packet.as_bytes().to_vec()));
    }
}

#[test]
fn a_future_that_is_dropped_takes_no_datagram_with_it() {
    let (mut there, to) = Udp::open(Driver::AsyncIo);
    let Udp::AsyncIo(endpoint) = &mut there else { panic!("another driver") };
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    for number in 0..20_u8 {
        let mut receiving = Box::pin(endpoint.recv_from());
        let waker = std::task::Waker::noop();
        assert!(receiving.as_mut().poll(&mut std::task::Context::from_waker(waker)).is_pending());
        socket.send_to(&[0, 1, number], to).unwrap();
        drop(receiving);
        assert_eq!(block_on(endpoint.recv_from()).unwrap().packet, Ok(&[number][..]));
    }
}

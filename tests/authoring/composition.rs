//! Converters, stapled halves, and datagrams.

use wharf::authored::Authored;
use wharf::codec::{ConvertError, Map, MapSent, TryMap, TryMapSent, Utf8};
use wharf::incremental::{Buffered, Fed, Incremental};
use wharf::send::{Framer, Sender};
use wharf::{
    Codec, DatagramError, Datagrams, Delimited, Ending, ErrorKind, Event, FinalLine, Fixed, Found, FrameError, Framed,
    Framing, LengthPrefixed, Lines, PollError, Raw, Receiver, Stapled, Width, decode_exact,
};
use wharf_tests::ways::line;

#[derive(Debug, Clone, PartialEq)]
struct Temperature(i32);

fn from_text(text: &str) -> Result<Temperature, String> {
    text.parse().map(Temperature).map_err(|_| format!("not a temperature: {text}"))
}

fn celsius(temperature: &Temperature) -> Result<String, &'static str> {
    if temperature.0 < -273 { Err("below absolute zero") } else { Ok(temperature.0.to_string()) }
}

#[test]
fn a_converter_that_refuses_costs_one_packet() {
    let codec = TryMap::new(
        TryMap::new(Utf8, |text: &str| Ok::<_, core::convert::Infallible>(text.trim().to_owned())),
        |text: String| from_text(&text),
    );
    let mut receiver = Receiver::new(Framed::with_codec(Lines::new(16), codec), [0; 64]).unwrap();
    assert!(matches!(receiver.ready(), wharf::Ready::Receive));
    assert_eq!(receiver.feed(b"21\n warm \n\xff\n-4\n7").unwrap(), 16);
    let Ok(Event::Packet(packet)) = receiver.poll() else { panic!("a temperature") };
    assert_eq!(packet, Temperature(21));
    let Err(PollError::Reject(error)) = receiver.poll() else { panic!("no temperature") };
    assert_eq!(error.position(), 3);
    assert_eq!(*error.kind(), ErrorKind::Payload(ConvertError::Converter("not a temperature: warm".to_owned())));
    assert_eq!(error.to_string(), "not a temperature: warm at byte 3");
    assert_eq!(receiver.remainder(), b"\xff\n-4\n7", "the remainder survives");
    let Err(PollError::Reject(error)) = receiver.poll() else { panic!("no text") };
    assert!(matches!(error.kind(), ErrorKind::Payload(ConvertError::Codec(ConvertError::Codec(_)))));
    let Ok(Event::Packet(packet)) = receiver.poll() else { panic!("a temperature") };
    assert_eq!(packet, Temperature(-4));
    assert_eq!(receiver.remainder(), b"7");
}

#[test]
fn a_converter_that_refuses_to_send_leaves_the_queue_as_it_was() {
    let mut sender = Sender::new(Framer::with_codec(Lines::new(16), TryMapSent::new(Raw, celsius)), 64);
    sender.enqueue(&Temperature(20)).unwrap();
    assert!(sender.enqueue(&Temperature(-300)).is_err());
    sender.enqueue(&Temperature(-1)).unwrap();
    let sent: Vec<u8> = sender.chunks().flatten().copied().collect();
    assert_eq!(sent, b"20\n-1\n");

    let double = MapSent::new(Raw, |number: &u8| vec![*number, *number]);
    let mut sender = Sender::new(Framer::with_codec(Fixed::new(2).unwrap(), double), 64);
    sender.enqueue(&7).unwrap();
    assert_eq!(sender.chunks().flatten().copied().collect::<Vec<u8>>(), [7, 7]);
}

#[test]
fn stapled_halves_send_one_type_and_receive_another() {
    let codec = Stapled::new(
        TryMap::new(Utf8, from_text as fn(&str) -> Result<Temperature, String>),
        MapSent::new(Raw, |question: &u8| format!("?{question}")),
    );
    let framing = Stapled::new(Lines::new(16).ending(Ending::Any), Lines::new(16).ending(Ending::CrLf));
    let mut sender = Sender::new(Framer::with_codec(framing.clone(), codec.clone()), 64);
    sender.enqueue(&9).unwrap();
    assert_eq!(sender.chunks().flatten().copied().collect::<Vec<u8>>(), b"?9\r\n");

    let mut receiver = Receiver::new(Framed::with_codec(framing, codec), [0; 64]).unwrap();
    assert!(matches!(receiver.ready(), wharf::Ready::Receive));
    assert_eq!(receiver.feed(b"9\n").unwrap(), 2);
    let Ok(Event::Packet(packet)) = receiver.poll() else { panic!("a temperature") };
    assert_eq!(packet, Temperature(9));
}

#[test]
fn codecs_wrap_codecs_to_any_depth() {
    let add = |number: u32| number + 1;
    let first = |bytes: &[u8]| u32::from(bytes[0]);
    let mut codec = Map::new(Map::new(Map::new(Map::new(Raw, first), add), add), add);
    assert_eq!(codec.decode(&mut [1]), Ok(4));
}

#[derive(Default)]
struct FedLine(Vec<u8>);

impl Incremental for FedLine {
    type Packet = Vec<u8>;
    type Error = ();

    fn feed(&mut self, bytes: &[u8]) -> Fed<Vec<u8>, ()> {
        let at = bytes.iter().position(|&byte| byte == b'\n');
        self.0.extend_from_slice(&bytes[..at.unwrap_or(bytes.len())]);
        match at {
            Some(at) => Fed::Packet { packet: core::mem::take(&mut self.0), consumed: at + 1 },
            None => Fed::More,
        }
    }
}

#[test]
fn a_datagram_is_exactly_one_packet() {
    type Row = (&'static [u8], Result<&'static [u8], DatagramError<()>>);
    let rows: [Row; 5] = [
        (b"one\n", Ok(b"one")),
        (b"\n", Ok(b"")),
        (b"one", Err(DatagramError::Missing { had: 3, missing: 1 })),
        (b"", Err(DatagramError::Missing { had: 0, missing: 1 })),
        (b"one\ntwo\nthr", Err(DatagramError::Extra { extra: 7 })),
    ];
    let mut datagrams = Datagrams::new(Lines::new(8));
    for (datagram, expected) in rows {
        let expected = expected.map(<[u8]>::to_vec);
        let decoded = datagrams.decode(&mut datagram.to_vec()).map(<[u8]>::to_vec);
        assert_eq!(decoded.map_err(|error| without_reason(&error)), expected, "framing");
        let decoded = decode_exact(&mut Framed::new(Lines::new(8)), &mut datagram.to_vec()).map(<[u8]>::to_vec);
        assert_eq!(decoded.map_err(|error| without_reason(&error)), expected, "engine");
        let decoded = decode_exact(&mut Authored::new(line, vec![0; 64]).unwrap(), &mut datagram.to_vec());
        assert_eq!(decoded.map_err(|error| without_reason(&error)), expected, "async fn");
        let decoded = decode_exact(&mut Buffered::new(FedLine::default()), &mut datagram.to_vec());
        assert_eq!(decoded.map_err(|error| without_reason(&error)), expected, "incremental");
    }
}

/// Throws away more than there is, as a framing may while a packet's rest is still to come.
#[derive(Debug, Clone)]
struct Generous;

impl Framing for Generous {
    fn scan(&mut self, unread: &[u8], _: usize, _: bool) -> Found {
        match unread {
            [b'#', ..] => Found::Skip { len: 1, error: None, more: false },
            [b'!', ..] => Found::Skip { len: 100, error: None, more: false },
            _ => Found::More { need: unread.len() + 5 },
        }
    }

    fn max_len(&self) -> usize {
        16
    }
}

#[test]
fn what_a_datagram_lacks_is_what_its_framing_needs() {
    let mut datagrams = Datagrams::new(LengthPrefixed::new(Width::U16, 8));
    assert_eq!(datagrams.decode(&mut b"\0\x07ab".to_vec()), Err(DatagramError::Missing { had: 4, missing: 5 }));
    let mut datagrams = Datagrams::new(Generous);
    assert_eq!(datagrams.decode(&mut b"ab".to_vec()), Err(DatagramError::Missing { had: 2, missing: 5 }));
    assert_eq!(datagrams.decode(&mut b"#!ab".to_vec()), Err(DatagramError::Missing { had: 4, missing: 1 }));
    let mut datagrams = Datagrams::new(Delimited::new("--", 8).unwrap().skip_empty());
    assert_eq!(datagrams.decode(&mut b"--ab".to_vec()), Err(DatagramError::Missing { had: 4, missing: 1 }));
}

fn without_reason<E>(error: &DatagramError<E>) -> DatagramError<()> {
    match *error {
        DatagramError::Missing { had, missing } => DatagramError::Missing { had, missing },
        DatagramError::Extra { extra } => DatagramError::Extra { extra },
        _ => DatagramError::Refused(()),
    }
}

#[test]
fn a_refused_datagram_has_no_effect_on_the_next() {
    let too_long = |error| match error {
        DatagramError::Refused(error) => matches!(
            wharf::Error::<core::convert::Infallible>::into_kind(error),
            ErrorKind::Frame(FrameError::LimitExceeded { limit: 4, .. })
        ),
        _ => false,
    };
    let mut datagrams = Datagrams::new(Delimited::new("--", 4).unwrap());
    assert!(datagrams.decode(&mut b"far too long".to_vec()).is_err_and(too_long));
    assert_eq!(datagrams.decode(&mut b"ok--".to_vec()), Ok(&b"ok"[..]));
    let mut datagrams = Datagrams::new(Lines::new(4).final_line(FinalLine::Packet));
    assert!(datagrams.decode(&mut b"far too long".to_vec()).is_err_and(too_long));
    assert_eq!(datagrams.decode(&mut b"ok".to_vec()), Ok(&b"ok"[..]));
    let mut datagrams = Datagrams::new(LengthPrefixed::new(Width::U8, 4));
    assert!(datagrams.decode(&mut b"\x09far too ".to_vec()).is_err_and(too_long));
    assert_eq!(datagrams.decode(&mut b"\x02ok".to_vec()), Ok(&b"ok"[..]));
}

#[test]
fn a_datagram_of_gaps_is_short_of_a_packet_and_gaps_before_one_are_nothing() {
    let gaps = || Delimited::new("--", 7).unwrap().skip_empty();
    let mut datagrams = Datagrams::new(gaps());
    assert_eq!(datagrams.decode(&mut b"----".to_vec()), Err(DatagramError::Missing { had: 4, missing: 1 }));
    assert_eq!(datagrams.decode(&mut b"----a--".to_vec()), Ok(&b"a"[..]));
    let mut long = *b"too long a line\n";
    let mut lines = Framed::new(Lines::new(4));
    let refused = decode_exact(&mut lines, &mut long);
    assert!(matches!(refused, Err(DatagramError::Refused(error)) if error.position() == 0));
    let mut nothing = [];
    assert_eq!(
        decode_exact(&mut Framed::new(Lines::new(4)), &mut nothing),
        Err(DatagramError::Missing { had: 0, missing: 1 })
    );
}

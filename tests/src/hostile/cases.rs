//! The cases, by name: the class of the attack, the bytes, the outcome.

use super::Outcome::{Delivered, Ends, Lost, Nothing, Refused, RefusedEach, RefusedThenLost};
use super::growth::noise;
use super::{Case, Format, Kind, Outcome};

type Row = (&'static str, Vec<u8>, Outcome);

const LIMIT: Kind = Kind::Limit;
const DEPTH: Kind = Kind::Depth;
const MALFORMED: Kind = Kind::Malformed;
const PAYLOAD: Kind = Kind::Payload;

/// All of them.
pub fn cases() -> Vec<Case> {
    let rows = |format: Format| {
        let own = match format {
            Format::Lf => lf(),
            Format::CrLf => crlf(),
            Format::AnyEnding | Format::FinalLine => any_ending(),
            Format::Text => text(),
            Format::Delimited => delimited(),
            Format::Fixed => fixed(),
            Format::U8 => u8(),
            Format::U16 => u16(),
            Format::U24 => u24(),
            Format::U32 => u32(),
            Format::U64 => u64(),
            Format::Varint => varint(),
            Format::CountsHead => counts_head(),
            Format::Netstring => netstring(),
            Format::SizePrefixed => size_prefixed(),
            Format::Cobs => cobs(),
            Format::Slip => slip(),
            Format::Json => json(),
            Format::Cbor => cbor(),
            Format::MessagePack => messagepack(),
            Format::Zlib => zlib(),
            Format::Bzip2 => bzip2(),
        };
        own.into_iter().chain(of_every(format)).map(move |(class, bad, outcome)| Case { format, class, bad, outcome })
    };
    Format::ALL.into_iter().flat_map(rows).collect()
}

/// `bytes` so many times.
fn times(bytes: impl AsRef<[u8]>, count: usize) -> Vec<u8> {
    bytes.as_ref().repeat(count)
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// What can be done to every format by its own rules.
fn of_every(format: Format) -> Vec<Row> {
    let mut rows = Vec::new();
    let (good, _) = Case { format, class: "", bad: Vec::new(), outcome: Nothing }.good();
    // A last line may go without its ending.
    if format != Format::FinalLine {
        rows.push((
            "a packet without its last byte",
            good[..good.len() - 1].to_vec(),
            Ends(None, good.len() as u64 - 1),
        ));
    }
    rows.push(("a flood of good packets", times(&good, 300), Delivered(300)));
    if !matches!(format, Format::Fixed | Format::Json | Format::Zlib | Format::Bzip2) {
        let long = format.enclose(&[b'x'; Case::LIMIT + 1]);
        rows.push(("one byte too many", long.clone(), Refused(LIMIT)));
        rows.push(("a flood of packets with one byte too many", times(&long, 100), RefusedEach(100, LIMIT)));
        if format != Format::U8 {
            rows.push(("five thousand bytes too many", format.enclose(&[b'x'; 5000]), Refused(LIMIT)));
        }
        let body = format.enclose(&[b'x'; 200]);
        let cut = body.len() - 100;
        if format != Format::FinalLine {
            rows.push(("an oversize packet that ends early", body[..cut].to_vec(), Ends(Some(LIMIT), cut as u64)));
        }
    }
    rows
}

/// A packet that is too long, and holds what look like packets.
fn hiding(format: Format) -> Row {
    let hidden = format.enclose(b"evil").repeat(12);
    ("an oversize packet that hides others", format.enclose(&hidden), Refused(LIMIT))
}

fn lf() -> Vec<Row> {
    vec![
        ("a flood of empty lines", times("\n", 1000), Delivered(1000)),
        ("a flood of carriage returns", join(&[&times("\r", 40), b"\n"]), Refused(LIMIT)),
        ("zeros", b"\0\0\0\n".to_vec(), Delivered(1)),
        ("bytes that are no text", b"\xff\xfe\n".to_vec(), Delivered(1)),
        ("a line that never ends", times("x", 5000), Ends(Some(LIMIT), 5000)),
    ]
}

fn crlf() -> Vec<Row> {
    vec![
        ("a flood of empty lines", times("\r\n", 500), Delivered(500)),
        ("a flood of line feeds", join(&[&times("\n", 20), b"\r\n"]), Delivered(1)),
        ("line feeds without end", join(&[&times("\n", 5000), b"\r\n"]), Refused(LIMIT)),
        ("a flood of carriage returns", join(&[&times("\r", 33), b"\n"]), Delivered(1)),
        ("a carriage return too many at the limit", join(&[&times("\r", 34), b"\n"]), Refused(LIMIT)),
        ("half an ending at the end", b"abc\r".to_vec(), Ends(None, 4)),
        ("carriage returns without end", times("\r", 5000), Ends(Some(LIMIT), 5000)),
    ]
}

fn any_ending() -> Vec<Row> {
    vec![
        ("a flood of empty lines", times("\n\r\n", 300), Delivered(600)),
        ("carriage returns up to the limit", join(&[&times("\r", 33), b"\n"]), Delivered(1)),
        ("a carriage return too many at the limit", join(&[&times("\r", 34), b"\n"]), Refused(LIMIT)),
        ("endings of two kinds behind one another", b"a\r\nb\n\r\n\r\r\n".to_vec(), Delivered(4)),
        ("zeros", b"\0\0\0\n".to_vec(), Delivered(1)),
    ]
}

fn text() -> Vec<Row> {
    vec![
        ("a byte that no text has", b"\xff\n".to_vec(), Refused(PAYLOAD)),
        ("an overlong zero", b"\xc0\x80\n".to_vec(), Refused(PAYLOAD)),
        ("half of a surrogate pair", b"\xed\xa0\x80\n".to_vec(), Refused(PAYLOAD)),
        ("a character beyond the last", b"\xf4\x90\x80\x80\n".to_vec(), Refused(PAYLOAD)),
        ("a character that is cut off by its line", b"\xe2\x82\n".to_vec(), Refused(PAYLOAD)),
        ("a flood of lines that are no text", times(b"\xff\n", 300), RefusedEach(300, PAYLOAD)),
        ("too long, and no text", join(&[&times(b"\xff", 33), b"\n"]), Refused(LIMIT)),
        ("a zero", b"\0\n".to_vec(), Delivered(1)),
    ]
}

fn delimited() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times("--=", 500), Delivered(500)),
        ("almost delimiters up to the limit", join(&[&times("-", 32), b"--="]), Delivered(1)),
        ("almost delimiters beyond the limit", join(&[&times("-", 33), b"--="]), Refused(LIMIT)),
        ("almost delimiters without end", times("--", 2500), Ends(Some(LIMIT), 5000)),
        ("a delimiter that begins in the payload", b"---=".to_vec(), Delivered(1)),
        ("tails of the delimiter", join(&[&times("-=", 30), b"--="]), Refused(LIMIT)),
        ("half a delimiter at the end", b"abc--".to_vec(), Ends(None, 5)),
    ]
}

fn fixed() -> Vec<Row> {
    vec![
        ("ones", times(b"\xff", 64), Delivered(2)),
        ("zeros", times(b"\0", 32 * 30), Delivered(30)),
        ("one byte and the end", b"x".to_vec(), Ends(None, 1)),
    ]
}

fn u8() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times(b"\0", 1000), Delivered(1000)),
        ("the longest length", join(&[b"\xff", &times("x", 255)]), Refused(LIMIT)),
        ("a head and nothing else", b"\x20".to_vec(), Ends(None, 1)),
        ("a head over the limit and nothing else", b"\xff".to_vec(), Ends(Some(LIMIT), 1)),
        hiding(Format::U8),
    ]
}

fn u16() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times(b"\0\0", 500), Delivered(500)),
        ("half a head", b"\x05".to_vec(), Ends(None, 1)),
        ("the longest length and nothing else", b"\xff\xff".to_vec(), Ends(Some(LIMIT), 2)),
        ("the longest length", join(&[b"\xff\xff", &times("x", 65535)]), Refused(LIMIT)),
        hiding(Format::U16),
    ]
}

fn u24() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times(b"\0\0\0", 300), Delivered(300)),
        ("half a head", b"\0\0".to_vec(), Ends(None, 2)),
        ("the longest length and nothing else", b"\xff\xff\xff".to_vec(), Ends(Some(LIMIT), 3)),
        hiding(Format::U24),
    ]
}

fn u32() -> Vec<Row> {
    let head = |len: u32| len.to_be_bytes().to_vec();
    vec![
        ("a flood of empty packets", times(head(0), 300), Delivered(300)),
        ("half a head", b"\0\0\0".to_vec(), Ends(None, 3)),
        ("2^30 bytes announced and nothing else", head(1 << 30), Ends(Some(LIMIT), 4)),
        ("2^30 + 1 bytes announced", head((1 << 30) + 1), Lost(LIMIT)),
        ("2^31 - 1 bytes announced", head(i32::MAX.unsigned_abs()), Lost(LIMIT)),
        ("2^31 bytes announced", head(1 << 31), Lost(LIMIT)),
        ("2^32 - 1 bytes announced", head(u32::MAX), Lost(LIMIT)),
        hiding(Format::U32),
    ]
}

fn u64() -> Vec<Row> {
    let head = |len: u64| len.to_le_bytes().to_vec();
    vec![
        ("a flood of empty packets", times(head(0), 200), Delivered(200)),
        ("half a head", times(b"\0", 7), Ends(None, 7)),
        ("2^30 bytes announced and nothing else", head(1 << 30), Ends(Some(LIMIT), 8)),
        ("2^32 bytes announced", head(1 << 32), Lost(LIMIT)),
        ("2^63 - 1 bytes announced", head(u64::MAX >> 1), Lost(LIMIT)),
        ("2^63 bytes announced", head(1 << 63), Lost(LIMIT)),
        ("2^64 - 8 bytes announced", head(u64::MAX - 7), Lost(LIMIT)),
        ("2^64 - 1 bytes announced", head(u64::MAX), Lost(LIMIT)),
        hiding(Format::U64),
    ]
}

fn varint() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times(b"\0", 1000), Delivered(1000)),
        ("a flood of empty packets with padded lengths", times(b"\x80\x80\0", 300), Delivered(300)),
        ("a padded length", b"\x84\x80\x80\0good".to_vec(), Delivered(1)),
        ("a length of eleven bytes", join(&[&times(b"\x80", 10), b"\0"]), Lost(MALFORMED)),
        ("a length without end", times(b"\xff", 100), Lost(MALFORMED)),
        ("a length of 65 bits", join(&[&times(b"\xff", 9), b"\x02"]), Lost(MALFORMED)),
        ("2^63 bytes announced", join(&[&times(b"\x80", 9), b"\x01"]), Lost(LIMIT)),
        ("2^64 - 1 bytes announced", join(&[&times(b"\xff", 9), b"\x01"]), Lost(LIMIT)),
        ("half a length", b"\x80\x80".to_vec(), Ends(None, 2)),
        hiding(Format::Varint),
    ]
}

fn counts_head() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times(b"\xca\0\x04\xfe", 300), Delivered(300)),
        ("a length of nothing, not even its head", b"\xca\0\0\xfe".to_vec(), Lost(MALFORMED)),
        ("a length one less than its head", b"\xca\0\x03\xfe".to_vec(), Lost(MALFORMED)),
        ("the longest length and nothing else", b"\xca\xff\xff\xfe".to_vec(), Ends(Some(LIMIT), 4)),
        ("half a head", b"\xca\0".to_vec(), Ends(None, 2)),
        hiding(Format::CountsHead),
    ]
}

fn netstring() -> Vec<Row> {
    vec![
        ("a flood of empty packets", times("0:,", 300), Delivered(300)),
        ("no comma behind the payload", b"3:abc;".to_vec(), Lost(MALFORMED)),
        (
            "no comma behind an oversize payload",
            join(&[b"33:", &times("x", 33), b";"]),
            RefusedThenLost(LIMIT, MALFORMED),
        ),
        ("a leading zero", b"03:abc,".to_vec(), Lost(MALFORMED)),
        ("two zeros", b"00:,".to_vec(), Lost(MALFORMED)),
        ("a sign", b"-1:,".to_vec(), Lost(MALFORMED)),
        ("no digits", b":,".to_vec(), Lost(MALFORMED)),
        ("no colon", b"3;abc,".to_vec(), Lost(MALFORMED)),
        ("a blank in the length", b"3 :abc,".to_vec(), Lost(MALFORMED)),
        ("digits without end", times("9", 5000), Lost(LIMIT)),
        ("2^30 + 1 bytes announced", b"1073741825:".to_vec(), Lost(LIMIT)),
        ("2^30 bytes announced and nothing else", b"1073741824:".to_vec(), Ends(Some(LIMIT), 11)),
        ("half a length", b"1".to_vec(), Ends(None, 1)),
        hiding(Format::Netstring),
    ]
}

fn size_prefixed() -> Vec<Row> {
    let head = |len: u32| len.to_le_bytes().to_vec();
    vec![
        ("a flood of empty packets", times(head(0), 300), Delivered(300)),
        ("half a size", b"\0\0\0".to_vec(), Ends(None, 3)),
        ("2^30 bytes announced and nothing else", head(1 << 30), Ends(Some(LIMIT), 4)),
        ("2^31 bytes announced", head(1 << 31), Lost(LIMIT)),
        ("2^32 - 1 bytes announced", head(u32::MAX), Lost(LIMIT)),
        hiding(Format::SizePrefixed),
    ]
}

fn cobs() -> Vec<Row> {
    vec![
        ("a flood of zeros", times(b"\0", 1000), Nothing),
        ("a code beyond the end", b"\x05ab\0".to_vec(), Refused(PAYLOAD)),
        ("the longest code beyond the end", b"\xffabc\0".to_vec(), Refused(PAYLOAD)),
        ("a flood of wrong codes", times(b"\x09\0", 300), RefusedEach(300, PAYLOAD)),
        ("codes without end", times(b"\x01", 5000), Ends(Some(LIMIT), 5000)),
    ]
}

fn slip() -> Vec<Row> {
    vec![
        ("a flood of ends", times(b"\xc0", 1000), Nothing),
        ("an escape of nothing that needs one", b"a\xdba\xc0".to_vec(), Refused(PAYLOAD)),
        ("an escape that is cut off", b"ab\xdb\xc0".to_vec(), Refused(PAYLOAD)),
        ("a flood of wrong escapes", times(b"\xdb\xc0", 300), RefusedEach(300, PAYLOAD)),
        ("escapes beyond the limit", join(&[&times(b"\xdb\xdc", 17), b"\xc0"]), Refused(LIMIT)),
        ("escapes without end", times(b"\xdb", 5000), Ends(Some(LIMIT), 5000)),
    ]
}

fn json() -> Vec<Row> {
    let deep = |levels: usize| join(&[&times("[", levels), &times("]", levels)]);
    vec![
        ("a bracket too many", b"]".to_vec(), Refused(MALFORMED)),
        ("a flood of brackets too many", times("]", 300), RefusedEach(300, MALFORMED)),
        ("a flood of commas", times(",", 300), RefusedEach(300, MALFORMED)),
        ("bytes that begin no document", b"xyz ".to_vec(), Refused(MALFORMED)),
        ("bytes that are no text", b"\xff\xfe ".to_vec(), Refused(MALFORMED)),
        ("a flood of bytes that begin no document", times("x ", 300), RefusedEach(300, MALFORMED)),
        ("five thousand bytes that begin no document", join(&[&times("x", 5000), b" "]), Refused(MALFORMED)),
        ("a bracket of the wrong kind", b"{\"a\":[1}}".to_vec(), Refused(PAYLOAD)),
        ("one level too many", deep(5), Refused(DEPTH)),
        ("ten thousand levels", deep(10_000), Refused(DEPTH)),
        ("a flood of documents that are too deep", times(deep(5), 100), RefusedEach(100, DEPTH)),
        ("openers without end", times("[", 5000), Ends(Some(DEPTH), 5000)),
        ("a string of one byte too many", join(&[b"\"", &times("x", 31), b"\""]), Refused(LIMIT)),
        ("an array of five thousand bytes", join(&[b"[", &times("1,", 2500), b"1]"]), Refused(LIMIT)),
        ("a number of one digit too many", join(&[&times("1", 33), b" "]), Refused(LIMIT)),
        ("an oversize document that hides others", join(&[b"[", &times("[\"evil\"],", 9), b"0]"]), Refused(LIMIT)),
        ("an oversize string that hides others", join(&[b"\"", &times("[\\\"evil\\\"]\n", 9), b"\""]), Refused(LIMIT)),
        ("a number with two points", b"1.2.3 ".to_vec(), Refused(PAYLOAD)),
        ("a literal cut short", b"nul ".to_vec(), Refused(PAYLOAD)),
        ("a comma too many", b"[1,]".to_vec(), Refused(PAYLOAD)),
        ("a control character in a string", b"\"\x01\"".to_vec(), Refused(PAYLOAD)),
        ("an escape that there is not", b"\"\\x\"".to_vec(), Refused(PAYLOAD)),
        ("escaped quotes and backslashes", b"\"\\\\\\\"\"".to_vec(), Delivered(1)),
        ("a lost quote", b"\"abc".to_vec(), Ends(None, 4)),
        ("a flood of white space", times(" \n\t\r", 500), Nothing),
        ("a flood of empty documents", times("{}", 500), Delivered(500)),
    ]
}

fn cbor() -> Vec<Row> {
    vec![
        ("a flood of zeros", times(b"\0", 1000), Delivered(1000)),
        ("a break outside of anything", b"\xff".to_vec(), Lost(MALFORMED)),
        ("a reserved head", b"\x1c".to_vec(), Lost(MALFORMED)),
        ("an integer of indefinite length", b"\x1f".to_vec(), Lost(MALFORMED)),
        ("a simple value in two bytes that has one", b"\xf8\0".to_vec(), Lost(MALFORMED)),
        ("a break for a value", b"\xbf\0\xff".to_vec(), Lost(MALFORMED)),
        ("a chunk of another type", b"\x5f\x61a\xff".to_vec(), Lost(MALFORMED)),
        ("chunks in chunks", b"\x5f\x5f\xff\xff".to_vec(), Lost(MALFORMED)),
        ("text that is none", b"\x61\xff".to_vec(), Refused(PAYLOAD)),
        ("one level too many", b"\x81\x81\x81\x81\x81\0".to_vec(), Refused(DEPTH)),
        ("a thousand levels", join(&[&times(b"\x81", 1000), b"\0"]), Refused(DEPTH)),
        ("a thousand tags", join(&[&times(b"\xc6", 1000), b"\0"]), Refused(DEPTH)),
        ("five levels of indefinite length", join(&[&times(b"\x9f", 5), &times(b"\xff", 5)]), Refused(DEPTH)),
        (
            "more levels of indefinite length than can be followed",
            join(&[&times(b"\x9f", 65), &times(b"\xff", 65)]),
            RefusedThenLost(DEPTH, DEPTH),
        ),
        ("2^63 bytes announced", join(&[b"\x5b\x80", &times(b"\0", 7)]), Lost(LIMIT)),
        ("2^64 - 1 bytes announced", join(&[b"\x7b", &times(b"\xff", 8)]), Lost(LIMIT)),
        ("2^32 - 1 items announced", b"\x9a\xff\xff\xff\xff".to_vec(), Lost(LIMIT)),
        ("2^64 - 1 pairs announced", join(&[b"\xbb", &times(b"\xff", 8)]), Lost(LIMIT)),
        ("65535 items announced and nothing else", b"\x99\xff\xff".to_vec(), Ends(Some(LIMIT), 3)),
        ("an oversize item that hides others", join(&[b"\x98\x28", &times(b"\0", 40)]), Refused(LIMIT)),
        ("a list without a break", join(&[b"\x9f", &times(b"\0", 5000)]), Ends(Some(LIMIT), 5001)),
    ]
}

fn messagepack() -> Vec<Row> {
    vec![
        ("a flood of zeros", times(b"\0", 1000), Delivered(1000)),
        ("a flood of nils", times(b"\xc0", 1000), Delivered(1000)),
        ("the byte that is never used", b"\xc1".to_vec(), Lost(MALFORMED)),
        ("the byte that is never used, inside", b"\x92\0\xc1".to_vec(), Lost(MALFORMED)),
        ("one level too many", b"\x91\x91\x91\x91\x91\0".to_vec(), Refused(DEPTH)),
        ("a flood of objects that are too deep", times(b"\x91\x91\x91\x91\x91\0", 100), RefusedEach(100, DEPTH)),
        ("a thousand levels", join(&[&times(b"\x91", 1000), b"\0"]), Refused(DEPTH)),
        ("2^32 - 1 bytes announced", b"\xc6\xff\xff\xff\xff".to_vec(), Lost(LIMIT)),
        ("2^32 - 1 objects announced", b"\xdd\xff\xff\xff\xff".to_vec(), Lost(LIMIT)),
        ("2^31 pairs announced", b"\xdf\x80\0\0\0".to_vec(), Lost(LIMIT)),
        ("an extension of 2^32 - 1 bytes announced", b"\xc9\xff\xff\xff\xff".to_vec(), Lost(LIMIT)),
        ("65535 objects announced and nothing else", b"\xdc\xff\xff".to_vec(), Ends(Some(LIMIT), 3)),
        ("half a head", b"\xc5\0".to_vec(), Ends(None, 2)),
        ("an oversize object that hides others", join(&[b"\xdc\0\x28", &times(b"\0", 40)]), Refused(LIMIT)),
    ]
}

/// `stream` with one bit of its byte `at` turned over.
fn flipped(mut stream: Vec<u8>, at: usize) -> Vec<u8> {
    stream[at] ^= 1;
    stream
}

fn zlib() -> Vec<Row> {
    let of = |plain: &[u8]| Format::Zlib.enclose(plain);
    let whole = of(b"good");
    vec![
        ("a flood of empty streams", times(of(b""), 50), Delivered(50)),
        ("a head that is none", b"\xff\xff".to_vec(), Lost(MALFORMED)),
        ("a head that wants a dictionary", b"\x78\xbb\0\0\0\0".to_vec(), Lost(MALFORMED)),
        ("a block of the type that there is not", b"\x78\x9c\x07".to_vec(), Lost(MALFORMED)),
        ("a wrong checksum", flipped(whole.clone(), whole.len() - 1), Lost(MALFORMED)),
        ("a bomb of ten thousand zeros", of(&[0; 10_000]), Refused(LIMIT)),
        ("a bomb that is not followed to its end", of(&[0; 100_000]), RefusedThenLost(LIMIT, LIMIT)),
        ("a stream that is too long as sent", of(&noise(100)), Refused(LIMIT)),
        ("an oversize stream that goes wrong", flipped(of(&[0; 10_000]), 20), RefusedThenLost(LIMIT, LIMIT)),
    ]
}

fn bzip2() -> Vec<Row> {
    let of = |plain: &[u8]| Format::Bzip2.enclose(plain);
    vec![
        ("a flood of empty streams", times(of(b""), 50), Delivered(50)),
        ("a head that is none", b"BZx9".to_vec(), Lost(MALFORMED)),
        ("a block that is none", b"BZh9\0\0\0\0\0\0".to_vec(), Lost(MALFORMED)),
        ("a wrong checksum", flipped(of(b"good"), 10), Lost(MALFORMED)),
        ("a bomb of ten thousand zeros", of(&[0; 10_000]), Refused(LIMIT)),
        ("a bomb that is not followed to its end", of(&[0; 1_000_000]), RefusedThenLost(LIMIT, LIMIT)),
        ("a stream that is too long as sent", of(&noise(300)), Refused(LIMIT)),
    ]
}

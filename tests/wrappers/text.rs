use wharf::codec::{Ascii, Utf8};
use wharf::send::Framer;
use wharf::{Framed, Lines};

use crate::drive::{at_every_cut, clean, packet, reject, sent};

#[test]
fn lends_strict_utf8() {
    let bytes = "grüß\n\n".as_bytes().iter().copied();
    let bytes: Vec<u8> = bytes.chain(*b"a\xC0\xAF\nab\xED\xA0\x80\n\xC3\nok\n").collect();
    assert_eq!(
        at_every_cut(|| Framed::with_codec(Lines::new(80), Utf8), &bytes),
        [
            packet("grüß"),
            packet(""),
            reject("text is not UTF-8 at byte 1 of the payload at byte 8"),
            reject("text is not UTF-8 at byte 2 of the payload at byte 12"),
            reject("text is not UTF-8 at byte 0 of the payload at byte 18"),
            packet("ok"),
            clean(),
        ]
    );
}

#[test]
fn lends_strict_ascii() {
    assert_eq!(
        at_every_cut(|| Framed::with_codec(Lines::new(80), Ascii), b"plain\x7f\nabc\x80\n\xC3\xBC\nok\n"),
        [
            packet("plain\x7f"),
            reject("text is not ASCII at byte 3 of the payload at byte 7"),
            reject("text is not ASCII at byte 0 of the payload at byte 12"),
            packet("ok"),
            clean(),
        ]
    );
}

#[test]
fn refuses_to_send_what_is_not_ascii() {
    assert_eq!(sent(Framer::with_codec(Lines::new(80), Ascii), "plain").unwrap(), b"plain\n");
    let error = sent(Framer::with_codec(Lines::new(80), Ascii), "grün").unwrap_err();
    assert_eq!(error.to_string(), "text is not ASCII at byte 2 of the payload");
    assert_eq!(sent(Framer::with_codec(Lines::new(80), Utf8), "grün").unwrap(), "grün\n".as_bytes());
}

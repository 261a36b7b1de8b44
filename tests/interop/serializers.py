"""Exchanges packets between EasyNetwork's client and wharf, in every format that both have.

Usage: serializers.py PEER [FORMAT ...]      PEER is the program of tests/src/bin/peer.rs

Each format is run with EasyNetwork's plain and with its buffered protocol, pipelined and in lockstep.
"""

import base64
import socket
import subprocess
import sys
from typing import Any, NamedTuple

from easynetwork.clients import TCPNetworkClient
from easynetwork.protocol import BufferedStreamProtocol, StreamProtocol
from easynetwork.serializers import (
    CBORSerializer,
    JSONSerializer,
    MessagePackSerializer,
    NamedTupleStructSerializer,
    StringLineSerializer,
    StructSerializer,
)
from easynetwork.serializers.abc import BufferedIncrementalPacketSerializer
from easynetwork.serializers.wrapper import (
    Base64EncoderSerializer,
    BZ2CompressorSerializer,
    ZlibCompressorSerializer,
)

LINES = ["hello", "two words", "x" * 20_000, "~!{}[]\\", " leading and trailing "]
UNICODE_LINES = [*LINES, "grün", "日本語", "🦀"]

DOCUMENTS: list[Any] = [
    {"a": 1, "b": [True, False, None]},
    [],
    {},
    "text with \"quotes\", \\ and \n line feeds",
    0,
    -1.5,
    2**53,
    True,
    None,
    "grün 日本語 🦀",
    {"nested": [{"deep": [[[[["}"]]]]], "]": "{"}]},
    ["x" * 1000] * 20,
    {"key": list(range(1000))},
]

STRUCT = "BbHhIiQqfd?3s8s"


class Record(NamedTuple):
    u8: int
    i8: int
    u16: int
    i16: int
    u32: int
    i32: int
    u64: int
    i64: int
    f32: float
    f64: float
    flag: bool
    raw: str
    text: str


RECORDS = [
    Record(0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, False, "abc", ""),
    Record(255, -128, 65535, -32768, 2**32 - 1, -(2**31), 2**64 - 1, -(2**63), 1.5, -1e300, True, "xyz", "eight ab"),
    Record(1, 2, 3, 4, 5, 6, 7, 8, 0.25, 1 / 3, True, "123", "abc"),
]

# Named tuples have no format for bools.
FIELDS = dict(zip(Record._fields, ["B", "b", "H", "h", "I", "i", "Q", "q", "f", "d", "B", "3s", "8s"]))


class Tuples(StructSerializer):
    """The bare `struct` serializer, of plain tuples."""

    def iter_values(self, packet):
        return packet

    def from_tuple(self, packet_tuple):
        return packet_tuple


def changed(record: tuple) -> tuple:
    *numbers, u64, i64, f32, f64, flag, raw, text = record
    bits = [8, None, 16, None, 32, None]
    inverted = [~n if b is None else ~n & (2**b - 1) for n, b in zip(numbers, bits)]
    return (*inverted, ~u64 & (2**64 - 1), ~i64, -f32, -f64, not flag, raw[::-1], text.upper())


def as_tuple(record: Record) -> tuple:
    return (*record[:-2], record.raw.encode(), record.text.encode().ljust(8, b"\0"))


KEY = base64.urlsafe_b64encode(bytes(range(32)))


def documents(serializer):
    answers = [{"number": number, "document": document} for number, document in enumerate(DOCUMENTS, 1)]
    return serializer, DOCUMENTS, answers


def lines(serializer, packets):
    return serializer, packets, [line.upper() for line in packets]


FORMATS = {
    "line-lf": lambda: lines(StringLineSerializer("LF", encoding="utf-8"), UNICODE_LINES),
    "line-crlf": lambda: lines(StringLineSerializer("CRLF"), LINES),
    "line-cr": lambda: lines(StringLineSerializer("CR", encoding="utf-8"), UNICODE_LINES),
    "json-lines": lambda: documents(JSONSerializer()),
    "json-raw": lambda: documents(JSONSerializer(use_lines=False)),
    "struct-network": lambda: (
        Tuples(STRUCT),
        [as_tuple(record) for record in RECORDS],
        [as_tuple(Record(*changed(record))) for record in RECORDS],
    ),
    "struct-little": lambda: (
        NamedTupleStructSerializer(Record, FIELDS, format_endianness="<"),
        RECORDS,
        [Record(*changed(record)) for record in RECORDS],
    ),
    "cbor": lambda: documents(CBORSerializer()),
    "messagepack": lambda: documents(MessagePackSerializer()),
    "base64-standard": lambda: documents(Base64EncoderSerializer(JSONSerializer(), alphabet="standard", limit=2**17)),
    "base64-urlsafe": lambda: documents(Base64EncoderSerializer(JSONSerializer(), limit=2**17)),
    "base64-sha256": lambda: documents(Base64EncoderSerializer(JSONSerializer(), checksum=True, limit=2**17)),
    "base64-hmac": lambda: documents(Base64EncoderSerializer(JSONSerializer(), checksum=KEY, limit=2**17)),
    "zlib": lambda: documents(ZlibCompressorSerializer(JSONSerializer())),
    "bzip2": lambda: documents(BZ2CompressorSerializer(JSONSerializer())),
    "base64-zlib": lambda: documents(Base64EncoderSerializer(ZlibCompressorSerializer(JSONSerializer()))),
}


# What a packet is refused for: bytes that cost one packet, and leave the next one whole.
REFUSED = {
    "line-lf": b"gr\xfcn\n",
    "json-lines": b'{"half": \n',
    "json-raw": b"[1, 2}]\n",
    "struct-network": b"\0" * 46 + b"\xff" * 8,
    "base64-standard": b"YWJj*w==\r\n",
    "base64-sha256": b"eyJub3RoaW5nIjogImhlcmUgaXMgYSBkaWdlc3QgYnV0IG5vdCB0aGlzIG9uZSJ9\r\n",
    "base64-hmac": b"".join(
        Base64EncoderSerializer(
            JSONSerializer(), checksum=Base64EncoderSerializer.generate_key()
        ).incremental_serialize({"signed": "with another key"})
    ),
    "zlib": ZlibCompressorSerializer(StringLineSerializer()).serialize("no JSON inside"),
    "bzip2": BZ2CompressorSerializer(StringLineSerializer()).serialize("no JSON inside"),
}


def refuse(peer: str, name: str, serializer, packets, answers) -> None:
    with subprocess.Popen([peer, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(REFUSED[name])
            complaint = process.stderr.readline()
            with TCPNetworkClient(client, StreamProtocol(serializer)) as wrapped:
                wrapped.send_packet(packets[0])
                got = wrapped.recv_packet(timeout=20)
        if not complaint.startswith("refused: "):
            raise AssertionError(f"not refused, but {complaint!r}")
        if got != answers[0]:
            raise AssertionError(f"wanted {answers[0]!r:.200}, got {got!r:.200}")


def exchange(peer: str, name: str, protocol, packets, answers, lockstep: bool) -> None:
    with subprocess.Popen([peer, name], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with TCPNetworkClient(("127.0.0.1", port), protocol) as client:
            received = []
            for packet in packets:
                client.send_packet(packet)
                if lockstep:
                    received.append(client.recv_packet(timeout=20))
            while len(received) < len(answers):
                received.append(client.recv_packet(timeout=20))
        for sent, wanted, got in zip(packets, answers, received, strict=True):
            if wanted != got:
                raise AssertionError(f"sent {sent!r:.200}, wanted {wanted!r:.200}, got {got!r:.200}")
    if process.returncode != 0:
        raise AssertionError(f"peer exited with {process.returncode}")


def main() -> int:
    peer, *names = sys.argv[1:]
    failed = 0

    def report(label: str, what: str, run) -> None:
        nonlocal failed
        try:
            run()
        except Exception as error:
            failed += 1
            print(f"FAIL {label}: {type(error).__name__}: {error}")
        else:
            print(f"ok {label}: {what}")

    for name in names or FORMATS:
        for protocol in (StreamProtocol, BufferedStreamProtocol):
            serializer, packets, answers = FORMATS[name]()
            if protocol is BufferedStreamProtocol and not isinstance(serializer, BufferedIncrementalPacketSerializer):
                continue  # JSON, in version 1.2.0
            for lockstep in (False, True):
                report(
                    f"{name} with {protocol.__name__}",
                    f"{len(packets)} packets each way, {'in lockstep' if lockstep else 'pipelined'}",
                    lambda: exchange(peer, name, protocol(serializer), packets, answers, lockstep),
                )
        if name in REFUSED:
            serializer, packets, answers = FORMATS[name]()
            report(name, "one packet refused, the next answered", lambda: refuse(peer, name, serializer, packets, answers))
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

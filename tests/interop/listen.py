"""Talks to `packets listen`, under each driver, with EasyNetwork's own client and with nc.

Usage: listen.py PACKETS
"""

import json
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

from easynetwork.clients import TCPNetworkClient
from easynetwork.protocol import BufferedStreamProtocol, StreamProtocol
from easynetwork.serializers import JSONSerializer, StringLineSerializer

DRIVERS = ["blocking", "mio", "async-io"]

# EasyNetwork sends nothing for an empty line, so only nc has some.
LINES = ["hello", "grün, 你好, 🦀", "x" * 10_000] + [f"line {number}" for number in range(500)]

DOCUMENTS = [
    {"z": 1, "a": [True, None, 1.5, -(2**63)], "nested": {"text": 'a "quoted" \\ line\n'}},
    [],
    "grün 🦀",
    42,
    {"long": "x" * 10_000},
] + [{"number": number} for number in range(500)]

FRAMINGS = {
    "lines": (lambda: StringLineSerializer("LF", encoding="utf-8"), LINES),
    "json": (JSONSerializer, DOCUMENTS),
}


@contextmanager
def listening(packets: str, driver: str, framing: str, *options: str):
    """Runs the tool, and makes sure that it ends well."""
    command = [packets, "listen", "127.0.0.1:0", "--driver", driver, "--framing", framing, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline().rstrip()
            host, port = first.removeprefix("listening on ").rsplit(":", 1)
            yield (host, int(port)), process
            process.send_signal(signal.SIGINT)
            rest, complaints = process.communicate(timeout=20)
            if process.returncode != 0 or not rest.rstrip().endswith("; 0 errors"):
                raise AssertionError(f"exit code {process.returncode}, totals {rest!r}, {complaints!r}")
        finally:
            process.kill()


def echo(packets: str, driver: str, framing: str, protocol) -> None:
    """Sends packets both ways: each comes back as it was."""
    make, documents = FRAMINGS[framing]
    with listening(packets, driver, framing, "--echo") as (address, _):
        with TCPNetworkClient(address, protocol(make())) as client:
            for document in documents[:10]:
                client.send_packet(document)
                expect(client.recv_packet(timeout=20), document)
            for document in documents:
                client.send_packet(document)
            for document in documents:
                expect(client.recv_packet(timeout=20), document)


def printed(packets: str, driver: str, framing: str) -> None:
    """Sends packets one way: the tool prints them."""
    make, documents = FRAMINGS[framing]
    with listening(packets, driver, framing) as (address, process):
        with TCPNetworkClient(address, StreamProtocol(make())) as client:
            for document in documents:
                client.send_packet(document)
            for document in documents:
                line = process.stdout.readline().rstrip("\n").removeprefix("1: ")
                expect(json.loads(line) if framing == "json" else line, document)


def netcat(packets: str, driver: str) -> None:
    """The same lines by nc: echoed, then printed."""
    lines = ["", *LINES, ""]
    text = "\n".join(lines) + "\n"
    with listening(packets, driver, "lines", "--echo") as ((host, port), _):
        command = ["nc", "-N", host, str(port)]
        got = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, timeout=20, check=True)
        expect(got.stdout, text)
    with listening(packets, driver, "lines") as ((host, port), process):
        subprocess.run(["nc", "-N", host, str(port)], input=text, text=True, timeout=20, check=True)
        for line in lines:
            expect(process.stdout.readline(), f"1: {line}\n")


def expect(got, wanted) -> None:
    if got != wanted:
        raise AssertionError(f"wanted {wanted!r:.200}, got {got!r:.200}")


def main() -> int:
    (packets,) = sys.argv[1:]
    failed = 0

    def report(label: str, run) -> None:
        nonlocal failed
        try:
            run()
        except Exception as error:
            failed += 1
            print(f"FAIL {label}: {type(error).__name__}: {error}")
        else:
            print(f"ok {label}")

    for driver in DRIVERS:
        for framing, (make, _) in FRAMINGS.items():
            protocols = [StreamProtocol]
            if framing == "lines":
                protocols.append(BufferedStreamProtocol)  # which JSON doesn't have in version 1.2.0
            for protocol in protocols:
                label = f"packets listen, {driver}, {framing}: echoed to {protocol.__name__}"
                report(label, lambda: echo(packets, driver, framing, protocol))
            report(f"packets listen, {driver}, {framing}: printed", lambda: printed(packets, driver, framing))
        if shutil.which("nc"):
            report(f"packets listen, {driver}: lines with nc", lambda: netcat(packets, driver))
        else:
            print(f"skipped packets listen, {driver}: there is no nc")
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The local network: this machine's address on it, and the same as a picture for a phone."""

import contextlib
import io
import socket

from touchline.core.refusal import Refused


def lan_address() -> str:
    """Return this machine's IPv4 address on the local network; Refused where there is none.

    A datagram socket that is connected picks the way out but sends nothing; 192.0.2.1 is
    reserved for documentation (RFC 5737), so nobody is there.
    """
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    for address in found:
        if not address.startswith("127.") and address != "0.0.0.0":  # noqa: S104
            return address
    raise Refused("This machine is on no local network. Connect it, or leave --lan out.")


def picture(url: str) -> str:
    """Return ``url`` as a QR code in characters of a terminal."""
    import segno

    out = io.StringIO()
    segno.make(url, micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()

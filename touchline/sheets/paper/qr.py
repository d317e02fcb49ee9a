"""A QR code: an address to hold a phone's camera to."""

import io
from base64 import b64encode

import segno

# As good as any phone reads it from a screen or paper that is not quite clean.
_ERROR = "m"


def svg(address: str) -> str:
    """Return the code of an address as an SVG, black on white with its quiet border."""
    out = io.BytesIO()
    segno.make(address, error=_ERROR, micro=False).save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()


def data_uri(address: str) -> str:
    """Return the same for the ``src`` of a picture."""
    return f"data:image/svg+xml;base64,{b64encode(svg(address).encode()).decode()}"

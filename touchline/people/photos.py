"""Pictures of people: made small and square, encoded anew, with nothing of what they carried.

What comes out is drawn from pixels alone: no place, no camera, no thumbnail, no second file
behind the first. What goes in is never trusted: its size is looked at before it is unpacked.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps

SIDE = 256  # Pixels of what is stored.
MAX_PIXELS = 25_000_000  # 100 MB once unpacked is the most we hold.
MAX_BYTES = 5 * 1024 * 1024
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
CONTENT_TYPE = "image/jpeg"
LOGO = (640, 240)  # Pixels that a logo fits into.
FEW_PIXELS = 4_000_000
LOGO_BYTES = 60 * 1024  # A larger one is drawn in 256 colours.


class Unreadable(ValueError):
    """The picture is left out; the message says why."""


def digest(picture: bytes) -> str:
    """Return what tells a picture from another: SHA-256 in hexadecimal."""
    return hashlib.sha256(picture).hexdigest()


def look(picture: bytes) -> None:
    """Raise Unreadable for what is no picture of ours, by its first bytes alone."""
    _opened(picture).close()


def small(picture: bytes) -> bytes:
    """Return the middle of a picture as a JPEG of 256 pixels a side, upright, on white.

    Raises Unreadable for what can't be drawn.
    """
    with _opened(picture) as opened:
        try:
            # In place, and a JPEG is never unpacked at its full size.
            opened.thumbnail((SIDE * 4, SIDE * 4), Image.Resampling.LANCZOS)
            drawn = ImageOps.exif_transpose(opened).convert("RGBA")
            square = ImageOps.fit(drawn, (SIDE, SIDE), Image.Resampling.LANCZOS)
            plain = Image.new("RGB", square.size, "white")
            plain.paste(square, mask=square.getchannel("A"))
            out = io.BytesIO()
            plain.save(out, "JPEG", quality=82, optimize=True)
        # Damaged pictures raise whatever their decoder stumbles over.
        except Exception as error:
            raise Unreadable("the picture is damaged and was left out.") from error
    return out.getvalue()


def whole(picture: bytes) -> bytes:
    """Return all of a picture as a PNG of at most 640 by 240 pixels; what is clear stays clear.

    For logos. Raises Unreadable for what can't be drawn.
    """
    with _opened(picture) as opened:
        try:
            # As above; a palette is only thinned out where it has to be.
            if opened.width * opened.height > FEW_PIXELS:
                opened.thumbnail((LOGO[0] * 4, LOGO[0] * 4), Image.Resampling.LANCZOS)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            upright.thumbnail(LOGO, Image.Resampling.LANCZOS)
            drawn = Image.new("RGBA", upright.size)
            drawn.paste(upright)
            out = io.BytesIO()
            drawn.save(out, "PNG", optimize=True)
            if out.tell() > LOGO_BYTES:
                out = io.BytesIO()
                drawn.quantize(256, Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
        except Exception as error:
            raise Unreadable("the picture is damaged and was left out.") from error
    return out.getvalue()


def _opened(picture: bytes) -> Image.Image:
    if len(picture) > MAX_BYTES:
        raise Unreadable("the picture has more than 5 MB and was left out.")
    with warnings.catch_warnings():
        # Its own limit only warns; ours below refuses.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            opened = Image.open(io.BytesIO(picture), formats=KINDS)
        except Image.DecompressionBombError as error:
            raise Unreadable("the picture has too many pixels and was left out.") from error
        except Exception as error:
            raise Unreadable("the picture can’t be read and was left out.") from error
    if opened.width * opened.height > MAX_PIXELS:
        opened.close()
        raise Unreadable("the picture has too many pixels and was left out.")
    return opened

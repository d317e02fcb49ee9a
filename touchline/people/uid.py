"""The name that our own exports give a person, known again when it comes back. Pure.

A UUID of version 8 that holds the person's key, sealed for their workspace. Nothing has to be
stored when a file is written, and a file of another workspace is never taken for one of ours.
"""

import uuid

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "touchline.people.uid"
_KEY_BITS = 48


def uid(workspace_id: int, person_id: int) -> str:
    """Return the UUID of a person as text; their key has at most 48 bits."""
    sealed = salted_hmac(_SALT, f"{workspace_id}:{person_id}", algorithm="sha256").digest()
    plain = (person_id << 80) | int.from_bytes(sealed[:10])
    # Version 8 and the variant of RFC 9562.
    plain = plain & ~(0xF << 76) | (8 << 76)
    plain = plain & ~(0x3 << 62) | (2 << 62)
    return str(uuid.UUID(int=plain))


def person_of(workspace_id: int, key: str) -> int | None:
    """Return whose identity ``vcard:<uid>`` is where this workspace gave it, else None."""
    text = key.removeprefix("vcard:")
    if len(text) != 36 or text == key:
        return None
    try:
        given = uuid.UUID(text)
    except ValueError:
        return None
    person_id = given.int >> (128 - _KEY_BITS)
    same = constant_time_compare(str(given), uid(workspace_id, person_id))
    return person_id if same else None

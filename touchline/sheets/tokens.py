"""The secret of a link: known to whoever has the address and to this installation's key.

The database holds the nonce it is made of and the hash it is found by. Neither gives it away
without the installation's secret key, which is not in the database: docs/decisions/0006.
"""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

BYTES = 24  # 192 bits, 32 letters.


def nonce() -> str:
    """Return what a new secret is made of: 32 random letters."""
    return secrets.token_urlsafe(BYTES)


def token(of: str) -> str:
    """Return the secret made of a nonce: 32 letters that an address can hold."""
    made = salted_hmac("touchline.sheets.link", of, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode()


def hashed(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal, by which its link is found."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

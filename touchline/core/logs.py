"""What the log must not keep: whoever reads it could sign in with a one-time link."""

import logging
import re

SECRET = re.compile(r"(/(?:sign-in|welcome|reset/key)/)[\w.-]+")


class WithoutTokens(logging.Formatter):
    """Formats as usual, with the secret part of one-time links left out."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))

"""What the log must not keep: whoever reads it could open what a link opens."""

import logging
import re

SECRET = re.compile(r"(/(?:sign-in|welcome|reset/key|with/(?:sheet|page|yours))/)[\w.-]+")


class WithoutTokens(logging.Formatter):
    """Formats as usual, with the secret part of one-time links left out."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))

"""Reads the settings' environment, refusing loudly what it cannot read."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def flag(name: str, default: bool = False) -> bool:
    """Return the yes-or-no variable ``name``; anything else stops the start with its name."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def whole(name: str, default: int) -> int:
    """Return the whole number in ``name``."""
    raw = os.environ.get(name, "")
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """Return which of ``choices``, in capitals, ``name`` says."""
    value = os.environ.get(name, "").strip().upper() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def listed(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the comma-separated values in ``name``."""
    raw = os.environ.get(name, "")
    return [part.strip() for part in raw.split(",") if part.strip()] or list(default)


def data_folder() -> Path:
    """Return the one folder that holds everything an installation keeps, made if missing.

    ``TOUCHLINE_DATA`` names it; otherwise it is ``touchline`` in the user's data folder
    (XDG base directory specification).
    """
    named = os.environ.get("TOUCHLINE_DATA")
    if named:
        folder = Path(named).expanduser()
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        folder = Path(base) / "touchline"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"TOUCHLINE_DATA: cannot make {folder}: {error.strerror}."
        raise ImproperlyConfigured(sentence) from None
    return folder


def secret_key(folder: Path) -> str:
    """Return the installation's secret, made at the first start and readable by its owner only.

    Two processes starting at once agree, because only one of them can create the file.
    """
    given = os.environ.get("TOUCHLINE_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if not path.exists():
        _make_key(path)
    key = path.read_text().strip()
    if len(key) < 40:
        raise ImproperlyConfigured(f"{path} is too short to be a key; restore it from a backup.")
    return key


def _make_key(path: Path) -> None:
    """Make the key whole under another name first: a kill leaves a whole key, or none."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()

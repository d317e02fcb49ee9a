"""The `touchline` command: finds the verb's module, runs it, and turns errors into sentences."""

import argparse
import importlib
import keyword
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from touchline import __version__

# What runs the house, and what a member does in it; the second take `--workspace` and `--as`.
HOUSE = ("init", "link", "serve", "demo", "worker", "tick", "reindex", "backup", "restore")
PROGRAMME = ("import", "export", "today", "brief", "call", "referral")

DONE, REFUSED, MISUSE = 0, 1, 2


def module_of(verb: str) -> ModuleType:
    """Return the module of a verb; *import* lives in ``import_`` because Python keeps the word."""
    name = f"{verb}_" if keyword.iskeyword(verb) else verb
    return importlib.import_module(f"touchline.commands.{name}")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command, each verb with its module's arguments."""
    whole = argparse.ArgumentParser(
        prog="touchline", description="A programme of one-to-one meetings, run end to end."
    )
    whole.add_argument("--version", action="version", version=f"touchline {__version__}")
    verbs = whole.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in HOUSE + PROGRAMME:
        module = module_of(verb)
        help_ = (module.__doc__ or "").strip().splitlines()[0]
        part = verbs.add_parser(verb, help=help_, description=help_)
        if verb in PROGRAMME:
            part.add_argument("--workspace", metavar="NAME", help="which workspace")
            part.add_argument(
                "--as", dest="as_member", metavar="MEMBER", help="which member, by e-mail address"
            )
        module.add_arguments(part)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 done, 1 refused with a sentence on standard error, 2 misuse."""
    # A locale without UTF-8 must not turn a name or a dash into a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", line_buffering=True)
    try:
        options = parser().parse_args(argv)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else MISUSE
    try:
        return _run(module_of(options.verb), options)
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        # The reader went away (`touchline today | head`); that is not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE


def _run(module: ModuleType, options: argparse.Namespace) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from touchline.core.refusal import Refused

    try:
        if hasattr(module, "prepare"):
            module.prepare(options)
        if not getattr(module, "WITHOUT_DJANGO", False):
            import django

            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.settings")
            django.setup()
        return int(module.run(options))
    except (Refused, ImproperlyConfigured) as refused:
        sentence = str(refused)
    except BrokenPipeError:
        raise
    except DatabaseError as error:
        sentence = _about_database(str(error).strip())
    except OSError as error:
        sentence = f"{error.filename or 'The system'}: {error.strerror or error}."
    print(f"touchline: {sentence}", file=sys.stderr)
    return REFUSED


def _about_database(said: str) -> str:
    if "no such table" in said or ("relation" in said and "does not exist" in said):
        return "This installation has no tables yet. `touchline init` or `serve` makes them."
    first = said.splitlines()[0] if said else "it gave no reason"
    return f"The database refused: {first.rstrip('.')}."


if __name__ == "__main__":
    sys.exit(main())

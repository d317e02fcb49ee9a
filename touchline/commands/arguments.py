"""Arguments that several verbs take."""

import argparse


def port(text: str) -> int:
    """Read a port number, 1 to 65535."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def seconds(text: str) -> float:
    """Read a number of seconds, 0 to 3600."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds (0 to 3600)")
    return value


def threads(text: str) -> int:
    """Read a number of threads, 1 to 64."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of threads (1 to 64)")
    return int(text)


def add_grace(parser: argparse.ArgumentParser) -> None:
    """Take how long a running job may finish after the signal to stop."""
    parser.add_argument(
        "--grace",
        type=seconds,
        default=10.0,
        metavar="SECONDS",
        help="how long a running job may take to finish after the signal to stop (10)",
    )

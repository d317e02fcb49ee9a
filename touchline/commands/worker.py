"""Run jobs from the queue, beside or apart from `touchline serve`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from touchline.commands.arguments import seconds

    parser.add_argument(
        "--until-empty", action="store_true", help="stop when there is no job left to run"
    )
    parser.add_argument(
        "--grace",
        type=seconds,
        default=10.0,
        metavar="SECONDS",
        help="how long a running job may take to finish after the signal to stop (10)",
    )


def run(options: argparse.Namespace) -> int:
    from touchline.commands.preparing import migrate
    from touchline.core.jobs import Worker

    migrate()
    worker = Worker(grace=options.grace)
    worker.stop_on_signals()
    worker.run(until_empty=options.until_empty)
    return 0

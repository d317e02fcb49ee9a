"""Run jobs from the queue, beside or apart from `touchline serve`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from touchline.commands.arguments import add_grace

    parser.add_argument(
        "--until-empty", action="store_true", help="stop when there is no job left to run"
    )
    add_grace(parser)


def run(options: argparse.Namespace) -> int:
    from touchline.commands.preparing import migrate
    from touchline.core.jobs import Worker

    migrate()
    worker = Worker(grace=options.grace)
    worker.stop_on_signals()
    worker.run(until_empty=options.until_empty)
    return 0

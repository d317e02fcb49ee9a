"""Build the search index anew, should a search miss somebody who is there."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Do it for one workspace after the other, and say how many people are found again."""
    from touchline.accounts.models import Workspace
    from touchline.core.words import count
    from touchline.people.search import reindex

    people = sum(reindex(workspace) for workspace in Workspace.objects.order_by("pk"))
    print(f"The index is built anew: {count(people, 'person', 'people')} in it.")
    return 0

"""The verbs of the `touchline` command, one module each.

A module has ``add_arguments(parser)`` and ``run(options) -> int`` (the exit status), and its
docstring's first line is the verb's help. Modules are imported before Django is set up, so
that `serve` can still choose settings; what needs models is imported inside ``run``.

Two optional hooks: ``prepare(options)`` runs before Django's settings are read, and
``WITHOUT_DJANGO = True`` leaves Django out altogether.
"""

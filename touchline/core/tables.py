"""New tables, all at once: those of a migration, and those of an empty database."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

OURS = "touchline."


class Tables(migrations.Migration):
    """A migration of CreateModel operations alone, each with its indexes and constraints.

    Django works out all models anew after each operation, most of the time of migrating. New
    tables don't ask for it: here the models are worked out once, when the first table is made.
    """

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Make the tables of the finished state; takes and returns what Django's own does.

        ValueError for another operation: it would be done twice, as part of its table and alone.
        """
        for operation in self.operations:
            if not isinstance(operation, migrations.CreateModel):
                raise ValueError(f"{self}: write “{operation.describe()}” into its CreateModel.")
        before = project_state.clone()
        # Forgotten, so that the operations change descriptions and no classes.
        project_state.__dict__.pop("apps", None)
        self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


def make_tables(connection: BaseDatabaseWrapper) -> bool:
    """Make all tables of an empty database as the models have them; False for one that is not.

    Migrations come to the same by way of every change that others ever made to their tables.
    All of it is one transaction, so that a start cut short leaves the database empty.
    """
    if connection.introspection.table_names():
        return False
    history = MigrationLoader(connection)
    with connection.schema_editor() as editor:
        # Asked again inside the transaction: somebody else may have been quicker.
        if connection.introspection.table_names():
            return False
        recorder = MigrationRecorder(connection)
        models: list[Any] = [recorder.Migration, *apps.get_models()]
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for key in history.graph.nodes:
            for done in _besides(history.disk_migrations[key]):
                done(apps, editor)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in history.disk_migrations
        )
    return True


def _besides(migration: migrations.Migration) -> list[Callable[[Any, Any], Any]]:
    """Return what a migration of ours does besides tables of models, on an empty database too.

    An operation that matters only to rows that are there is ``elidable``, as when squashing.
    """
    if not apps.get_app_config(migration.app_label).name.startswith(OURS):
        return []
    return [
        operation.code
        for operation in migration.operations
        if isinstance(operation, migrations.RunPython) and not operation.elidable
    ]

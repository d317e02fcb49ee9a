"""A migration that makes new tables, all at once."""

from typing import Any

from django.db import migrations


class Tables(migrations.Migration):
    """A migration of CreateModel operations alone, each with its indexes and constraints.

    Django works out all models anew after each operation, which was most of a first start. New
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

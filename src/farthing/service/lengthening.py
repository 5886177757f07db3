"""Columns of text that are made longer, without making their tables anew."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AlterField
from django.db.migrations.state import ProjectState


class Lengthen(AlterField):
    """A step of a migration after which a column may hold more letters.

    SQLite keeps to no length, and would drop what guards a table (``sealing``) by making it anew: there nothing is done.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Alter the column where the database keeps to lengths."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Back to the shorter column; PostgreSQL refuses it while something longer is kept."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)

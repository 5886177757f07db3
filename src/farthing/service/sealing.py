"""Tables that can only grow. The database itself refuses to change or delete a row, whoever asks, by whatever way."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_SQLITE = (
    "CREATE TRIGGER {table}_{event}_refused BEFORE {event} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is sealed: rows are added, never changed or deleted'); END"
)
_SQLITE_REPLACE = (
    "CREATE TRIGGER {table}_replace_refused BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, '{table} is sealed: rows are added, never replaced'); END"
)
_POSTGRES = (
    "CREATE TRIGGER {table}_{event}_refused BEFORE {event} ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION farthing_refuse_change()"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION farthing_refuse_change() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION '% is sealed: rows are added, never changed or deleted', TG_TABLE_NAME; END; "
    "$$ LANGUAGE plpgsql"
)


def statements(vendor: str, table: str) -> list[str]:
    """The SQL that seals a table on a kind of database."""
    if vendor == "postgresql":
        each = [_POSTGRES.format(table=table, event=event) for event in ("UPDATE", "DELETE", "TRUNCATE")]
        return [_POSTGRES_FUNCTION, *each]
    each = [_SQLITE.format(table=table, event=event) for event in ("UPDATE", "DELETE")]
    return [*each, _SQLITE_REPLACE.format(table=table)]


def openings(vendor: str, table: str) -> list[str]:
    """The SQL that opens a sealed table again."""
    on = f" ON {table}" if vendor == "postgresql" else ""
    events = ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE", "replace")
    return [f"DROP TRIGGER IF EXISTS {table}_{event}_refused{on}" for event in events]


class Seal(Operation):
    """A step of a migration that seals a table. It changes no model."""

    reversible = True

    def __init__(self, table: str):
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Seal the table."""
        for statement in statements(editor.connection.vendor, self.table):
            editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Open the table again."""
        for statement in openings(editor.connection.vendor, self.table):
            editor.execute(statement, params=None)

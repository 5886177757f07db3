from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The words of listings are kept by the database itself, so that whoever writes a listing cannot forget them. Every word
# ever read is kept in a table besides: what was typed wrongly is looked for among them.
SQLITE = (
    "CREATE TABLE directory_word (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE directory_search USING fts5("
    "name_words, words, content='directory_listing', content_rowid='enterprise_id', tokenize='ascii', detail='column')",
    "CREATE TRIGGER directory_search_added AFTER INSERT ON directory_listing BEGIN "
    "INSERT INTO directory_search (rowid, name_words, words) VALUES (NEW.enterprise_id, NEW.name_words, NEW.words); "
    "{remember} END",
    "CREATE TRIGGER directory_search_dropped AFTER DELETE ON directory_listing BEGIN {forget} END",
    "CREATE TRIGGER directory_search_changed AFTER UPDATE OF enterprise_id, name_words, words ON directory_listing BEGIN "
    "{forget} "
    "INSERT INTO directory_search (rowid, name_words, words) VALUES (NEW.enterprise_id, NEW.name_words, NEW.words); "
    "{remember} END",
)
SQLITE_REMEMBER = (
    "INSERT OR IGNORE INTO directory_word SELECT value FROM json_each("
    """'["' || replace(replace(replace(NEW.name_words || ' ' || NEW.words, '"', ''), '\\', ''), ' ', '","') || '"]') """
    "WHERE value <> '';"
)
SQLITE_FORGET = (
    "INSERT INTO directory_search (directory_search, rowid, name_words, words) "
    "VALUES ('delete', OLD.enterprise_id, OLD.name_words, OLD.words);"
)
POSTGRESQL = (
    'CREATE TABLE directory_word (word text COLLATE "C" PRIMARY KEY)',
    "ALTER TABLE directory_listing ADD COLUMN name_search tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(name_words, ' '), ''))) STORED",
    "ALTER TABLE directory_listing ADD COLUMN search tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(name_words || ' ' || words, ' '), ''))) STORED",
    "CREATE INDEX directory_listing_search ON directory_listing USING gin (search) WITH (fastupdate = off)",
    "CREATE FUNCTION directory_remember_words() RETURNS trigger AS $$ BEGIN "
    'INSERT INTO directory_word SELECT DISTINCT said.word COLLATE "C" '
    "FROM unnest(string_to_array(NEW.name_words || ' ' || NEW.words, ' ')) AS said (word) "
    "WHERE said.word <> '' AND NOT EXISTS (SELECT 1 FROM directory_word known WHERE known.word = said.word) "
    "ORDER BY 1 ON CONFLICT DO NOTHING; RETURN NEW; END; $$ LANGUAGE plpgsql",
    "CREATE TRIGGER directory_words_remembered AFTER INSERT OR UPDATE OF name_words, words ON directory_listing "
    "FOR EACH ROW EXECUTE FUNCTION directory_remember_words()",
)
BACK = {
    "sqlite": (
        *(f"DROP TRIGGER directory_search_{each}" for each in ("added", "dropped", "changed")),
        "DROP TABLE directory_search",
        "DROP TABLE directory_word",
    ),
    "postgresql": (
        "DROP TRIGGER directory_words_remembered ON directory_listing",
        "DROP FUNCTION directory_remember_words",
        "ALTER TABLE directory_listing DROP COLUMN search, DROP COLUMN name_search",
        "DROP TABLE directory_word",
    ),
}


def forwards(apps: Any, editor: BaseDatabaseSchemaEditor, only: str = "") -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        if not statement.startswith(only):
            continue
        whole = statement.replace("{remember}", SQLITE_REMEMBER).replace("{forget}", SQLITE_FORGET)
        editor.execute(whole, params=None)


def backwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACK[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """What listings are found by: the full-text index of each kind of database, kept up by the database itself."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("directory", "0002_sealed")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(forwards, backwards)]

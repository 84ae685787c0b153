"""Keeps the catalogues in step with templates and code.

The source language is Japanese: what stands in `_("…")` is both the text and its key. Run as a module it brings
`templates/texts/<language>/LC_MESSAGES/madoguchi.po` up to date and compiles it.
"""

import tempfile
from functools import partial
from operator import itemgetter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SEARCHED = ("chalicelib", "templates")
LANGUAGES = ("en",)
LINE_LENGTH = 110

# One text, or one for each number.
Words = str | list[str] | tuple[str, ...] | None


def main() -> None:
    """Update and compile every catalogue, and say what still wants words."""
    found = extract_texts()
    for language in LANGUAGES:
        catalogue = update_catalogue(language, found)
        empty = [message for message in catalogue if message.id and not is_translated(message.string)]
        print(f"{language}: {len(catalogue)} texts, {len(empty)} without a translation")
        for message in empty:
            print(f"  {message.id}")
    compile_texts()


def extract_texts(root: Path = ROOT) -> Catalog:
    """Every text that templates and code hold, in a stable order."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    catalogue = Catalog()
    rows = extract_from_dir(root.resolve(), methods, options, directory_filter=partial(_is_searched, root.resolve()))
    for name, _line, text, comments, context in sorted(rows, key=itemgetter(0, 1)):
        catalogue.add(text, locations=[(Path(name).as_posix(), 0)], auto_comments=comments, context=context)
    return catalogue


def _is_searched(root: Path, folder: str) -> bool:
    return Path(folder).relative_to(root).parts[0] in SEARCHED


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    """Where the translators of `language` write."""
    return root / "templates" / "texts" / language / "LC_MESSAGES" / "madoguchi.po"


def read_catalogue(language: str, root: Path = ROOT) -> Catalog:
    """The catalogue as it stands, or an empty one for a language that is new."""
    path = catalogue_path(language, root)
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment="# The keys are the texts themselves. `make texts` adds new ones and drops old ones.",
            project="Madoguchi",
            version="1",
            last_translator="Madoguchi",
            language_team=language,
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_catalogue(language: str, found: Catalog, root: Path = ROOT) -> Catalog:
    """Add new texts without words, drop those that are gone, and write the catalogue back."""
    catalogue = read_catalogue(language, root)
    # Else every run would change the file.
    found.creation_date = catalogue.creation_date
    catalogue.msgid_bugs_address = "see CONTRIBUTING.md"
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    path = catalogue_path(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=LINE_LENGTH, include_lineno=False, ignore_obsolete=True)
    return catalogue


def is_translated(words: Words) -> bool:
    """Whether there are words, for a plural: whether there are words for each number."""
    return all(words) if isinstance(words, list | tuple) else bool(words)


def compile_texts(root: Path = ROOT) -> None:
    """Compile each catalogue whose compiled form is missing or older. Safe when several do it at once."""
    for language in LANGUAGES:
        source = catalogue_path(language, root)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            write_mo(file, read_catalogue(language, root))
        Path(file.name).chmod(0o644)  # a temporary file is readable by its owner alone, and Lambda's user is another
        Path(file.name).replace(target)


if __name__ == "__main__":
    main()

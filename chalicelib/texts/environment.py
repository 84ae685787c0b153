"""The Jinja environments, one a language, and the gettext catalogues behind them. Japanese is the source."""

import gettext
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from chalicelib.domain.application_numbers import grouped
from chalicelib.texts.moments import day_text, moment_text, time_of_day, weekday_text

LANGUAGES = ("ja", "en")
SOURCE_LANGUAGE = "ja"
ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into `language`. A missing catalogue is a fault: nobody should meet a half-translated page."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    return gettext.translation("madoguchi", TEMPLATES / "texts", [language])


@lru_cache(maxsize=len(LANGUAGES))
def environment(language: str) -> Environment:
    """The environment whose `_` speaks `language`: HTML is escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = catalogue(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext)  # type: ignore[attr-defined]
    made.filters["moment"] = partial(moment_text, language=language)
    made.filters["time_of_day"] = time_of_day
    made.filters["day"] = partial(day_text, language=language)
    made.filters["day_of_week"] = partial(weekday_text, language=language)
    made.filters["number_groups"] = grouped
    return made

"""The portal's own name and how to reach it, in the language of the page or mail."""

from dataclasses import dataclass

from chalicelib.settings import Settings


@dataclass(frozen=True)
class PortalWords:
    """What every page and mail says about the portal; all of it comes from settings."""

    service_name: str
    service_short_name: str
    operator: str
    contact_phone: str
    contact_hours: str
    mail_domain: str
    is_sample: bool
    address: str


def portal_words(settings: Settings, language: str) -> PortalWords:
    """The settings' words in `language`."""
    is_english = language == "en"
    return PortalWords(
        service_name=settings.service_name_en if is_english else settings.service_name,
        service_short_name=settings.service_short_name_en if is_english else settings.service_short_name,
        operator=settings.operator_en if is_english else settings.operator,
        contact_phone=settings.contact_phone,
        contact_hours=settings.contact_hours_en if is_english else settings.contact_hours,
        mail_domain=settings.mail_domain,
        is_sample=settings.is_sample,
        address=settings.absolute_url("/"),
    )


def portal_names(settings: Settings) -> tuple[str, ...]:
    """The service's names in every language."""
    return (
        settings.service_name,
        settings.service_name_en,
        settings.service_short_name,
        settings.service_short_name_en,
    )

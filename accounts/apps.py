from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People of the municipality, units, roles as data, deputies by date, hand-over of work."""

    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from accounts import holding  # noqa: PLC0415 -- app ready
        from core.registry import (  # noqa: PLC0415 -- app ready
            ActionWords,
            NavItem,
            Seed,
            register_action_words,
            register_nav,
            register_personal_holding,
            register_seed,
        )

        register_personal_holding(holding.PEOPLE)
        register_nav(
            NavItem(
                "office",
                _("Data protection"),
                "accounts:protection",
                "shield-lock",
                "core.view_personalvalue",
                order=60,
                prefix="/paskyra/duomenys/",
            )
        )
        register_nav(NavItem("memory", _("People of the municipality"), "accounts:people", "users", order=90))
        register_action_words(
            ActionWords(
                "accounts",
                {
                    "person.added": (_("person added"), "user-plus"),
                    "person.changed": (_("person changed"), "user-edit"),
                    "person.logged_in": (_("logged in"), "login"),
                    "person.password_changed": (_("password changed"), "key"),
                    "person.password_reset": (_("password set by the letter's link"), "key"),
                    "person.contacts_erased": (_("contacts erased"), "eraser"),
                    "personal.exported": (_("personal data exported for the person"), "file-download"),
                    "personal.erased": (_("personal data erased"), "eraser"),
                    "person.closed": (_("account closed"), "lock"),
                    "person.reopened": (_("account opened again"), "arrow-back-up"),
                    "person.handed_over": (_("work handed over"), "users"),
                    "deputy.set": (_("deputy named"), "users"),
                    "deputy.ended": (_("deputyship ended"), "ban"),
                },
            )
        )

        register_seed(Seed("people", _seed, order=10, at_once=True))


def _seed() -> str:
    from accounts import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()

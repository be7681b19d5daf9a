"""Links that prove an e-mail was received: single use, short-lived, dead after any change of the account."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int


class Jeton(PasswordResetTokenGenerator):
    """Django's signed token with a life of its own; what it signs changes once it has served."""

    def __init__(self, sel: str, duree: timedelta) -> None:
        self.key_salt = f"accounts.jetons.{sel}"
        self.duree = duree
        super().__init__()

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{user.pk}|{user.password}|{user.last_login}|{timestamp}|{user.courriel}|{user.is_active}|{user.epoque}"

    def check_token(self, user: Any, token: str | None) -> bool:
        horodatage, _, reste = (token or "").partition("-")
        if user is None or not reste:
            return False
        try:
            emis = base36_to_int(horodatage)
        except ValueError:
            return False
        attendus = [self._make_token_with_timestamp(user, emis, cle) for cle in (self.secret, *self.secret_fallbacks)]
        if not any(constant_time_compare(attendu, token or "") for attendu in attendus):
            return False
        return self._num_seconds(self._now()) - emis <= self.duree.total_seconds()

    def _now(self) -> datetime:
        """Universal time: the parent reads the local clock, which goes back one hour in October."""
        return datetime.now(tz=UTC).replace(tzinfo=None)


OUBLI = Jeton("oubli", timedelta(minutes=15))
INVITATION = Jeton("invitation", timedelta(hours=72))
RETOUR = Jeton("retour", timedelta(hours=24))
GENRES = {"oubli": OUBLI, "invitation": INVITATION, "retour": RETOUR}

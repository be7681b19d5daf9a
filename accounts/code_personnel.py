"""The six digits that unlock one's own locked session and confirm an act. Never a factor: they open no session."""

from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError

from accounts.frein import FACTEUR, tenter
from accounts.models import User

LONGUEUR = 6
FAUX = "Code incorrect."


def choisir(utilisateur: User, code: str) -> None:
    """Keep the digest of a new code; "" removes it."""
    if code:
        verifier(code)
    utilisateur.code_personnel = make_password(code) if code else ""
    utilisateur.save(update_fields=["code_personnel"])


def verifier(code: str) -> None:
    """Refuse what anybody would try first."""
    if len(code) != LONGUEUR or not (code.isascii() and code.isdigit()):
        raise ValidationError("Choisissez six chiffres.")
    ecarts = {(int(b) - int(a)) % 10 for a, b in pairwise(code)}
    if len(ecarts) == 1 or len(set(code)) < 3 or code[:3] == code[3:]:
        raise ValidationError("Ce code se devine trop facilement. Évitez les suites et les répétitions.")


def est_juste(utilisateur: User, code: str) -> bool:
    """The comparison alone; its caller has spent a try."""
    return bool(utilisateur.code_personnel) and check_password(code, utilisateur.code_personnel)


def confirme(utilisateur: User, code: str) -> bool:
    """Whether the person typed its code, to confirm an act. Five tries, then a wait; no code chosen gives False."""
    return not tenter(f"code_personnel:{utilisateur.pk}", FACTEUR, lambda: est_juste(utilisateur, code), FAUX)

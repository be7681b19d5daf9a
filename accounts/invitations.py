"""How an account begins: its person receives a link, chooses a password, then enrols a second factor."""

from accounts.courriels import expedier
from accounts.models import User


def inviter(*, utilisateur: User) -> None:
    """Send the link that opens the account: single use, 72 hours. Inviting again ends the earlier link.

    The account must be active and without a password; one that already signs in uses « Mot de passe oublié ».
    """
    if utilisateur.has_usable_password():
        raise ValueError("Ce compte a déjà un mot de passe : son titulaire passe par « Mot de passe oublié ».")
    utilisateur.set_unusable_password()
    utilisateur.save(update_fields=["password"])
    expedier("invitation", utilisateur)

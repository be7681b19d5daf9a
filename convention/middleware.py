"""One transaction per request: the actor, the page, then the journal as its last statement."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse

from convention.acteur import Acteur, acteur_de
from convention.requete import Requete
from journal.carnet import carnet, noter


class RequeteTracee:
    """Innermost middleware. An exception rolls the request back; the refusal is journalled on its own."""

    def __init__(self, get_response: Callable[[Requete], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Requete) -> HttpResponse:
        acteur = acteur_de(request.user) if request.user.is_authenticated else None
        request.acteur, request.echec = acteur, None
        with transaction.atomic(), carnet(acteur) as entrees:
            self._contexte_sql(acteur)
            response = self.get_response(request)
            if request.echec is not None or response.status_code >= 400:
                transaction.set_rollback(True)
                entrees.clear()
            elif acteur:
                self._noter(request, "fait")
            elif request.method == "POST":
                self._noter_visiteur(request)
        if acteur and response.status_code >= 400:
            with transaction.atomic(), carnet(acteur):
                self._noter(request, "introuvable" if response.status_code == 404 else "refuse")
        return response

    def process_exception(self, request: Requete, exception: Exception) -> None:
        request.echec = exception

    @staticmethod
    def _contexte_sql(acteur: Acteur | None) -> None:
        """Names the reader to PostgreSQL for this transaction only (row-level security)."""
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT set_config('tdu.utilisateur', %s, true), set_config('tdu.groupes', %s, true)",
                [str(acteur.utilisateur_id) if acteur else "", ",".join(map(str, acteur.groupes)) if acteur else ""],
            )

    @staticmethod
    def _noter_visiteur(request: Requete) -> None:
        """What a visitor without account posts: a sign-in, or an act that was turned away to it."""
        vue = request.resolver_match.view_name if request.resolver_match else ""
        entre = request.user.is_authenticated
        noter(
            "se_connecter" if vue == settings.LOGIN_URL else "agir",
            objet=vue,
            resultat="fait" if entre else "refuse",
            acteur=acteur_de(request.user) if entre else None,
        )

    @staticmethod
    def _noter(request: Requete, resultat: str) -> None:
        vue = request.resolver_match
        if vue is None or getattr(request, "sans_trace", False):
            return
        action = "lire" if request.method in {"GET", "HEAD"} else "agir"
        noter(
            action,
            objet=vue.view_name or "",
            cle=vue.kwargs.get("cle"),
            resultat=resultat,
            acteur=request.acteur,
        )

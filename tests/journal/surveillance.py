"""Watches every request of a journey: what it wrote, what it left in the journal, and under whose name."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpResponse

from convention.acteur import acteur_de
from convention.lecture import classe_de_motif
from convention.middleware import RequeteTracee
from journal.carnet import chaine_de
from journal.models import Entree

_ECRITURE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.I)
TECHNIQUES = {"django_session", "usersessions_usersession"}
# What a reading may write: the reader's own read marker.
MARQUES = {"dossiers_participation", "dossiers_participationpersonnelle"}
# What an autosave may write without a line of its own: the draft, and the sign of life of the pen that holds it.
BROUILLONS = {"dossiers_brouillon", "fiches_redaction", "fiches_verrouredaction"}


class Surveillance:
    """Faults are sentences; `comptes` says how much was seen."""

    def __init__(self) -> None:
        self.comptes: Counter[str] = Counter()
        self.fautes: list[str] = []

    @contextmanager
    def en_cours(self) -> Iterator["Surveillance"]:
        d_origine = RequeteTracee.__call__
        surveillance = self

        def observee(intergiciel: RequeteTracee, request: Any) -> HttpResponse:
            return surveillance._observer(request, lambda: d_origine(intergiciel, request))

        RequeteTracee.__call__ = observee  # type: ignore[method-assign]
        try:
            yield self
        finally:
            RequeteTracee.__call__ = d_origine  # type: ignore[method-assign]

    def _observer(self, request: Any, suite: Callable[[], HttpResponse]) -> HttpResponse:
        tables: list[str] = []

        def noter(executer: Any, sql: str, parametres: Any, plusieurs: bool, contexte: Any) -> Any:
            if (trouvee := _ECRITURE.match(sql)) and trouvee[1] not in TECHNIQUES:
                tables.append(trouvee[1])
            return executer(sql, parametres, plusieurs, contexte)

        avant = Entree.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        connecte = acteur_de(request.user) if request.user.is_authenticated else None
        with connection.execute_wrapper(noter):
            reponse = suite()
        if connecte is not None:
            self._juger(request, reponse, connecte, tables, list(Entree.objects.filter(pk__gt=avant).order_by("pk")))
        return reponse

    def _juger(self, request: Any, reponse: Any, acteur: Any, tables: list[str], nouvelles: list[Entree]) -> None:
        vue = request.resolver_match.view_name if request.resolver_match else ""
        lecture, ou = request.method in {"GET", "HEAD"}, f"{request.method} {request.path} {reponse.status_code}"
        if not vue:
            return
        if getattr(request, "sans_trace", False) and reponse.status_code < 400:
            self.comptes["brouillons"] += 1
            # Beyond a draft, the act itself leaves its line.
            self._dire(set(tables) <= BROUILLONS or nouvelles, "manquante", f"{ou} {set(tables) - BROUILLONS}")
            return
        siennes = [e for e in nouvelles if (e.action, e.objet) == ("lire" if lecture else "agir", vue)]
        reussi = getattr(request, "resultat", "fait")
        resultat = reussi if reponse.status_code < 400 else "introuvable" if reponse.status_code == 404 else "refuse"
        self._dire(len(siennes) == 1, "manquante" if not siennes else "doublee", ou)
        self._dire([e.resultat for e in siennes] == [resultat], "resultat_faux", ou)
        for entree in nouvelles:
            corps = json.loads(entree.contenu)
            self._dire(entree.acteur == acteur.cle and entree.chaine == chaine_de(acteur), "acteur_faux", ou)
            self._dire(bool(corps["canal"]) and (corps["motif"] or not classe_de_motif(acteur)), "sans_motif", ou)
        if reponse.status_code >= 400:
            self.comptes["refus"] += 1
            self._dire(len(nouvelles) == 1, "refus_bavard", ou)
        elif lecture:
            self.comptes["lectures"] += 1
            self._dire(set(tables) <= MARQUES, "lecture_qui_ecrit", f"{ou} {set(tables) - MARQUES}")
        elif tables:
            self.comptes["mutations"] += 1

    def _dire(self, juste: object, faute: str, ou: str) -> None:
        self.comptes[faute] += not juste
        if not juste:
            self.fautes.append(f"{faute} : {ou}")

"""Showing an identity: two minutes, one page, on a motive; the session remembers, the journal too."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from convention.requete import Requete
from dossiers.models import Dossier
from journal.carnet import noter
from journal.models import Entree

DUREE = timedelta(minutes=2)
SESSION = "devoiles"
SANS_SUITE = timedelta(hours=1)
AFFICHAGES = ("afficher_identite", "afficher_ecrou")
LECTURES = (*AFFICHAGES, "lire", "telecharger", "ouvrir_lettre", "chercher")
Motifs = Sequence[tuple[str, str]]


def devoiler(
    request: Requete,
    dossier: Dossier,
    *,
    motif: str,
    motifs: Iterable[tuple[str, str]],
    page: str,
    action: str = "afficher_identite",
) -> bool:
    """Show on `page` alone, until two minutes from now; False when the motive is not one of the list."""
    if motif not in dict(motifs):
        return False
    fin = (timezone.now() + DUREE).isoformat()
    request.session[SESSION] = {**_courants(request), str(dossier.cle): [fin, page]}
    noter(action, acteur=request.acteur, objet=dossier.nature.lower(), cle=dossier.cle, motif=motif)
    return True


def devoilee_jusqu_a(request: HttpRequest, dossier: Dossier) -> datetime | None:
    """When this page masks the identity again; None while it is masked."""
    fin, page = _courants(request).get(str(dossier.cle), ("", ""))
    return datetime.fromisoformat(fin) if fin and page == request.path else None


def quitter(request: HttpRequest) -> None:
    """Going to another page forgets what was shown: coming back asks for the motive again."""
    marques = request.session.get(SESSION)
    if marques and request.method == "GET" and any(page != request.path for _, page in marques.values()):
        request.session[SESSION] = {cle: marque for cle, marque in marques.items() if marque[1] == request.path}


def _courants(request: HttpRequest) -> dict[str, Any]:
    marques: dict[str, Any] = request.session.get(SESSION, {})
    return {cle: marque for cle, marque in marques.items() if datetime.fromisoformat(marque[0]) > timezone.now()}


def sans_suite(chaines: Iterable[str], depuis: timedelta = timedelta(days=31)) -> QuerySet[Entree]:
    """Identities shown in these houses and followed by no act on the case within the hour, most recent first."""
    maintenant = timezone.now()
    acte = (
        Entree.objects.filter(
            acteur=OuterRef("acteur"), cle=OuterRef("cle"), resultat="fait", le__gte=OuterRef("le"),
            le__lt=OuterRef("le") + SANS_SUITE,
        )
        .exclude(action__in=LECTURES)
        .exclude(Q(action="agir") & (Q(objet__endswith=":identite") | Q(objet__endswith=":ecrou")))
    )  # fmt: skip
    return Entree.objects.filter(
        ~Exists(acte),
        chaine__in=list(chaines),
        action__in=AFFICHAGES,
        le__gte=maintenant - depuis,
        le__lt=maintenant - SANS_SUITE,
    ).order_by("-le", "-pk")

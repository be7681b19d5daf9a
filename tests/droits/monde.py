"""One world for the rights matrices: a case of each type full of canaries, the whole cast, every account state.

Who knows of what is decided here by reading rows in plain Python: an oracle that shares no code with the product.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

import pikepdf
from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.roles import Role
from convention.models import Rattachement
from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, Exclusion, Lettre, Participation, ParticipationPersonnelle, Personne
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from prises_en_charge.models import Extraction
from requisitions.models import Requisition
from signalements.models import Declaration, Signalement
from tests.canari import PREFIXE, Canari, Voliere
from tests.contrats.fabrique import fabriques
from tests.distribution import DONNEES, NOMS, PERSONNES, Distribution

ANONYME = "anonyme"
# The account is signed in, then this happens to it.
EXPIREE, DESACTIVEE = "expiree", "desactivee"
ETATS_DE_COMPTE = {EXPIREE: "soignante", DESACTIVEE: "opj"}
# Nature of case → the one of its parties' colleagues who is excluded from it.
ECARTEES = {"SIGNALEMENT": "parquet2", "REQUISITION": "juriste2", "EXTRACTION": "greffe2", "DECLARATION": "opj2"}
# What is addressed is readable by its addressee: the frozen report belongs to the service it was sent to.
ADRESSES = {"SIGNALEMENT": frozenset({"PARQUET-PERM"})}
LETTRES: dict[str, type[Lettre]] = {
    "SIGNALEMENT": Signalement,
    "REQUISITION": Requisition,
    "EXTRACTION": Extraction,
    "DECLARATION": Declaration,
}
LONGUEUR = len(PREFIXE) + 12


def porteurs(modele: type[models.Model]) -> list[str]:
    """The classed fields of a model that a token fits in."""
    classes: dict[str, Classe] = getattr(modele, "CLASSES", {})
    return [
        champ.name
        for champ in modele._meta.concrete_fields
        if champ.name in classes
        and classes[champ.name] != Classe.TECHNIQUE
        and (
            type(champ) is ChampChiffre
            or isinstance(champ, models.TextField)
            or (type(champ) is models.CharField and not champ.choices and (champ.max_length or 999) >= LONGUEUR)
        )
    ]


@dataclass(eq=False)
class Monde:
    distribution: Distribution
    voliere: Voliere = field(default_factory=Voliere)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    valeurs: dict[str, dict[str, Any]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    champs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for nom in NOMS:
            self.distribution.utilisateur(nom)
        ecrire(lire_dossier(DONNEES))
        for espace, fabrique in fabriques().items():
            with self._lettre_pleine(fabrique.nature):
                dossier = fabrique.ouvrir(self.distribution)
            self.dossiers[fabrique.nature] = dossier
            self.valeurs[espace] = {"cle": dossier.cle, **fabrique.valeurs(dossier)}
            self.valeurs.setdefault("dossiers", {"cle": dossier.cle})
            self._remplir(fabrique.nature, dossier)
            Exclusion.objects.create(
                dossier=dossier,
                utilisateur=self.distribution.utilisateur(ECARTEES[fabrique.nature]),
                pose_par=dossier.cree_par,
            )
        self._ouvrir_les_sessions()

    @contextmanager
    def _lettre_pleine(self, nature: str) -> Iterator[None]:
        """Every free field of the letter and of the identity holds a token at each saving before the freeze."""
        origine = Lettre.save, Personne.save

        def avec_canaris(sauver: Callable[..., None], objet: Any, *args: Any, **kwargs: Any) -> None:
            if getattr(objet, "fige_le", None) is None:
                self._poser(objet)
            sauver(objet, *args, **kwargs)

        with ExitStack() as pile:
            for modele, sauver in ((LETTRES[nature], origine[0]), (Personne, origine[1])):
                remplacant = lambda objet, *a, _s=sauver, **k: avec_canaris(_s, objet, *a, **k)  # noqa: E731
                pile.enter_context(mock.patch.object(modele, "save", remplacant))
            yield

    def _poser(self, objet: models.Model) -> None:
        classes: dict[str, Classe] = objet.CLASSES  # type: ignore[attr-defined]
        nom = type(objet).__name__
        for champ in porteurs(type(objet)):
            setattr(objet, champ, self.voliere.poser(nom, champ, classes[champ]))

    def _remplir(self, nature: str, dossier: Dossier) -> None:
        """What the opening overwrote or left empty is filled while the letter is still open."""
        modele = LETTRES[nature]
        lettre = modele._default_manager.get(pk=dossier.pk)
        if lettre.fige_le is None:
            restes = [champ for champ in porteurs(modele) if PREFIXE not in str(getattr(lettre, champ))]
            jetons = {champ: self.voliere.poser(modele.__name__, champ, modele.CLASSES[champ]) for champ in restes}  # type: ignore[attr-defined]
            for champ, jeton in jetons.items():
                setattr(lettre, champ, jeton)
            lettre.save()

    def _ouvrir_les_sessions(self) -> None:
        self.clients[ANONYME] = Client()
        for nom in NOMS:
            self.clients[nom] = self.distribution.client(nom)
        for etat, comme in ETATS_DE_COMPTE.items():
            compte = PERSONNES[comme]._replace(courriel=f"{etat}@demo.test", prenom=etat.title(), nom="Passée")
            with mock.patch.dict(PERSONNES, {etat: compte}), mock.patch("tests.distribution.NOMS", (*NOMS, etat)):
                self.clients[etat] = self.distribution.client(etat)
        self.revoquer(EXPIREE)
        partie = self.distribution.utilisateur(DESACTIVEE)
        partie.is_active = False
        partie.save()
        for client in self.clients.values():
            client.raise_request_exception = False

    def revoquer(self, nom: str) -> None:
        """The person's rattachements ended yesterday."""
        hier = timezone.localdate() - timedelta(days=1)
        Rattachement.objects.filter(utilisateur=self.distribution.utilisateur(nom)).update(
            debut_le=hier - timedelta(days=1), fin_le=hier
        )

    @property
    def personnes(self) -> tuple[str, ...]:
        return (ANONYME, *NOMS, EXPIREE, DESACTIVEE)

    def connait(self, personne: str, dossier: Dossier) -> bool:
        """Whether this person may know of this case, recounted from the rows."""
        if personne in {ANONYME, EXPIREE, DESACTIVEE}:
            return False
        utilisateur = self.distribution.utilisateur(personne)
        if any(e.utilisateur_id == utilisateur.pk for e in Exclusion.objects.filter(dossier=dossier)):
            return False
        groupe = self.distribution.service(PERSONNES[personne].service).groupe_id
        de_service = [p.group_id for p in Participation.objects.filter(content_object=dossier) if p.fin_le is None]
        de_personne = [
            p.user_id for p in ParticipationPersonnelle.objects.filter(content_object=dossier) if p.fin_le is None
        ]
        return groupe in de_service or utilisateur.pk in de_personne

    def connus(self, personne: str) -> list[Dossier]:
        return [dossier for dossier in self.dossiers.values() if self.connait(personne, dossier)]

    def roles(self, personne: str) -> tuple[Role, ...]:
        return (PERSONNES[personne].role,) if personne in PERSONNES else ()

    def permis(self, personne: str, canari: Canari) -> bool:
        """Whether this person may ever receive this token: their own case, and their class or their address."""
        naturel = {modele.__name__: nature for nature, modele in LETTRES.items()}
        natures = [naturel[canari.objet]] if canari.objet in naturel else list(self.dossiers)
        connues = [nature for nature in natures if self.connait(personne, self.dossiers[nature])]
        adressees = [n for n in connues if PERSONNES[personne].service in ADRESSES.get(n, frozenset())]
        return bool(adressees) or (bool(connues) and recoit(self.roles(personne), canari.classe))

    def fuites(self, personne: str, reponse: HttpResponse) -> set[Canari]:
        """The tokens of this answer that this person may not receive, headers included."""
        entetes = "\n".join(f"{nom}: {valeur}" for nom, valeur in reponse.headers.items())
        corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content  # type: ignore[attr-defined]
        octets = corps + b"\n" + entetes.encode()
        vus = self.voliere.canaris_dans(octets) if _opaque(reponse) else self.voliere.canaris_en_clair(octets)
        return {canari for canari in vus if not self.permis(personne, canari)}

    @contextmanager
    def essai(self, personne: str) -> Iterator[Client]:
        """One independent cell: whatever the request wrote is undone, the session as it was."""
        client = self.clients[personne]
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        with transaction.atomic():
            yield client
            transaction.set_rollback(True)
        client.cookies.clear()
        if session is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = session.value


def feuille(html: str, avancer: Any = None) -> bytes:
    """Stands for the drawing of a page: a fast PDF whose metadata carries its words, for the oracle."""
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Subject"] = strip_tags(html)
        document.save(sortie)
    return sortie.getvalue()


@contextmanager
def monde(deblocage: Any) -> Iterator[Monde]:
    """The world of a module, rolled back at its end."""
    sans_dessin = mock.patch("documents.render.imprimer", feuille)
    with deblocage.unblock(), sans_dessin, transaction.atomic():
        yield Monde(Distribution())
        transaction.set_rollback(True)


def _opaque(reponse: HttpResponse) -> bool:
    """A file may hide a token in its encoding; a page may hide it in entities or escapes only."""
    return bool(reponse.content) and not reponse.get("Content-Type", "").startswith(("text/", "application/json"))

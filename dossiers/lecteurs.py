"""« Qui peut voir ce dossier ? » and « Pourquoi ne puis-je pas ? », answered by the rules that decide."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur, rattachements_valides
from convention.models import Rattachement
from dossiers.exclusions import suit_pour_la_protection
from dossiers.models import BrisDeGlace, Dossier, Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.dossier import BRISEURS
from dossiers.models.participation import Part
from dossiers.participations import participe
from dossiers.registre import type_de
from journal.models import Entree
from transitions.workflow import Transition

LECTURES = ("lire", "telecharger", "ouvrir_lettre", "afficher_identite")


@dataclass(frozen=True, slots=True)
class Acces:
    """One ground of access, in the words its reader may read.

    `personnes` are the ids it opens the case to, for the rules and the tests; `noms` are those shown.
    """

    genre: str
    nom: str
    famille: str
    qualite: str
    pourquoi: str
    depuis: datetime
    par: str
    personnes: frozenset[int]
    noms: tuple[str, ...] = ()
    lectures: int | None = None
    jusqu_a: datetime | None = None


def lecteurs(dossier: Dossier, acteur: Acteur) -> list[Acces]:
    """Every ground of access to a case, services first. Names of people stay inside one's own house."""
    parts = list(
        Participation.objects.vivantes()
        .filter(content_object_id=dossier.pk)
        .select_related("group__service__institution", "accorde_par")
        .order_by("pk")
    )
    propres = list(
        ParticipationPersonnelle.objects.vivantes()
        .filter(content_object_id=dossier.pk)
        .select_related("user", "accorde_par")
        .order_by("pk")
    )
    ouvertures = list(
        BrisDeGlace.objects.filter(dossier_id=dossier.pk, expire_le__gt=timezone.now()).select_related(
            "utilisateur", "service__institution"
        )
    )
    regard = _Regard(dossier, acteur, parts, propres, ouvertures)
    return [
        *(regard.service(part) for part in parts),
        *(regard.personne(part) for part in propres),
        *(acces for bris in ouvertures if (acces := regard.ouverture(bris)).personnes),
    ]


class _Regard:
    """What one reader may read of who has access, from rows loaded once."""

    def __init__(
        self,
        dossier: Dossier,
        acteur: Acteur,
        parts: list[Participation],
        propres: list[ParticipationPersonnelle],
        ouvertures: list[BrisDeGlace],
    ) -> None:
        self.dossier, self.acteur = dossier, acteur
        ecartes = set(Exclusion.objects.filter(dossier_id=dossier.pk).values_list("utilisateur_id", flat=True))
        services = {part.group.service.pk for part in parts}
        concernes = {part.user_id for part in propres} | {bris.utilisateur_id for bris in ouvertures}
        lignes = rattachements_valides().select_related("service", "utilisateur")
        self.de_service: dict[int, set[int]] = defaultdict(set)
        self.briseurs: dict[int, set[int]] = defaultdict(set)
        self.maisons: dict[int, set[int]] = defaultdict(set)
        self.noms: dict[int, str] = {}
        for ligne in _lignes(lignes, services, concernes, parts, propres):
            if ligne.utilisateur_id in ecartes:
                continue
            self.noms[ligne.utilisateur_id] = ligne.utilisateur.nom_complet
            self.maisons[ligne.utilisateur_id].add(ligne.service.institution_id)
            self.de_service[ligne.service_id].add(ligne.utilisateur_id)
            if ligne.role in BRISEURS:
                self.briseurs[ligne.utilisateur_id].add(ligne.service_id)
        # Names would tell by their absence who is excluded: only those who read the exclusions read them.
        self.nomme = participe(dossier, acteur, Part.Role.AUTEUR) or suit_pour_la_protection(dossier, acteur)
        self.lectures = _lectures(dossier, set(self.noms))

    def service(self, part: Participation) -> Acces:
        service = part.group.service
        ici = service.institution_id in self.acteur.institutions
        personnes = frozenset(self.de_service[service.pk])
        return Acces(
            genre="service",
            nom=service.nom if ici else part.apparait_comme,
            famille=service.institution.famille,
            qualite=part.get_role_display(),
            pourquoi=_motif(part) if ici else "",
            depuis=part.accorde_le,
            par=self._par(part.accorde_par),
            personnes=personnes,
            noms=self._noms(personnes) if ici and self.nomme else (),
            lectures=self._compter(personnes) if ici else None,
        )

    def personne(self, part: ParticipationPersonnelle) -> Acces:
        maisons = self.maisons.get(part.user_id, set())
        ici = bool(maisons & self.acteur.institutions) or part.user_id == self.acteur.utilisateur_id
        personnes = frozenset({part.user_id} if maisons else ())
        return Acces(
            genre="personne",
            nom=self.noms.get(part.user_id, str(part.user)) if ici else part.apparait_comme,
            famille="",
            qualite=part.get_role_display(),
            pourquoi=_motif(part) if ici else "",
            depuis=part.accorde_le,
            par=self._par(part.accorde_par),
            personnes=personnes,
            lectures=self._compter(personnes) if ici else None,
        )

    def ouverture(self, bris: BrisDeGlace) -> Acces:
        """Empty of people when the opener lost the place, the role, or was excluded since."""
        valable = bris.service_id in {s for s in self.de_service if bris.utilisateur_id in self.de_service[s]}
        personnes = frozenset({bris.utilisateur_id} if valable and self.briseurs.get(bris.utilisateur_id) else ())
        ici = bris.service.institution_id in self.acteur.institutions
        return Acces(
            genre="exceptionnel",
            nom=self.noms.get(bris.utilisateur_id, "") if ici else bris.service.nom_externe,
            famille=bris.service.institution.famille,
            qualite="Accès exceptionnel",
            pourquoi=bris.get_raison_display() if ici else "",
            depuis=bris.ouvert_le,
            par="",
            personnes=personnes,
            lectures=self._compter(personnes) if ici else None,
            jusqu_a=bris.expire_le,
        )

    def _par(self, personne: User | None) -> str:
        if personne is None:
            return "Trait d’union"
        if personne.pk == self.acteur.utilisateur_id:
            return "vous"
        if self.maisons.get(personne.pk, set()) & self.acteur.institutions:
            return self.noms[personne.pk]
        return "l’auteur du dossier" if personne.pk == self.dossier.cree_par_id else "un autre partenaire"

    def _noms(self, personnes: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.noms[personne] for personne in personnes))

    def _compter(self, personnes: Iterable[int]) -> int:
        return sum(self.lectures.get(personne, 0) for personne in personnes)


def _motif(part: Part) -> str:
    """Why, unless it only repeats the quality."""
    return "" if part.motif.lower() == part.get_role_display().lower() else part.motif[:1].upper() + part.motif[1:]


def _lignes(
    lignes: QuerySet[Rattachement], services: set[int], concernes: set[int], parts: list[Any], propres: list[Any]
) -> Iterable[Rattachement]:
    auteurs = {part.accorde_par_id for part in (*parts, *propres) if part.accorde_par_id}
    return lignes.filter(service_id__in=services) | lignes.filter(utilisateur_id__in=concernes | auteurs)


def _lectures(dossier: Dossier, personnes: set[int]) -> dict[int, int]:
    """How many times each person read the case, from the journal; one indexed query."""
    cles = dict(User.objects.filter(pk__in=personnes).values_list("cle", "pk"))
    comptes = (
        Entree.objects.filter(cle=dossier.cle, action__in=LECTURES, resultat="fait", acteur__in=cles)
        .order_by()
        .values_list("acteur")
        .annotate(nombre=Count("pk"))
    )
    return {cles[acteur]: nombre for acteur, nombre in comptes if acteur is not None}


def personnes_qui_voient(dossier: Dossier, acteur: Acteur) -> frozenset[int]:
    return frozenset().union(*(acces.personnes for acces in lecteurs(dossier, acteur)))


@dataclass(frozen=True, slots=True)
class Empechement:
    """A transition that is refused now, and why."""

    transition: Transition
    raison: str


def empechements(dossier: Dossier, acteur: Acteur) -> list[Empechement]:
    """Each act refused now, with the reason of the workflow itself; those of the present state first."""
    workflow = type_de(dossier).workflow
    verdicts = [
        (transition, workflow.verdict(transition.nom, dossier, acteur)) for transition in workflow.transitions.values()
    ]
    refus = [Empechement(transition, verdict.raison) for transition, verdict in verdicts if not verdict]
    return sorted(refus, key=lambda un: dossier.etat not in un.transition.depuis)

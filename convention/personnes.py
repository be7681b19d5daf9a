"""The people of a house as an account manager reads them: rights, last sign-in, state. No case is read here."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention import policies
from convention.acteur import Acteur, rattachements_valides
from convention.models import Institution, Rattachement, Service, SuiviCompte

TAILLE = 50
ETATS = {
    "actif": ("Actif", "ok", "check"),
    "invite": ("Invité, pas encore connecté", "info", "send"),
    "suspendu": ("Suspendu", "danger", "lock"),
    "parti": ("Parti", "mute", "exit"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    libelle: str
    ton: str
    icone: str


@dataclass(frozen=True, slots=True)
class Personne:
    """One line: the account, its open rights in the houses read, and its state."""

    compte: User
    droits: list[Rattachement]
    code: str
    suivi: SuiviCompte | None

    @property
    def etat(self) -> Badge:
        return Badge(*ETATS[self.code])


def institutions_lues(acteur: Acteur) -> QuerySet[Institution]:
    """The houses whose accounts this person may read."""
    if acteur.a(*policies.LECTEURS):
        return Institution.objects.all()
    return Institution.objects.filter(pk__in=policies.gere(acteur))


def sans_administrateur(acteur: Acteur) -> QuerySet[Institution]:
    """The partners whose first administrator the référente or the DPO may invite."""
    places = rattachements_valides().filter(role=Role.ADMIN_INSTITUTION).order_by().values("service__institution")
    lues = institutions_lues(acteur) if acteur.a(*policies.LECTEURS) else Institution.objects.none()
    return lues.exclude(pk__in=places).order_by("nom")


def comptes_de(institutions: list[int]) -> QuerySet[User]:
    """Everybody who holds or held a right in these houses."""
    leurs = Rattachement.objects.filter(utilisateur=OuterRef("pk"), service__institution__in=institutions)
    return User.objects.filter(Exists(leurs)).order_by("nom", "prenom", "pk")


def lister(
    institutions: list[int],
    *,
    texte: str = "",
    service: Service | None = None,
    role: str = "",
    etat: str = "",
    apres: uuid.UUID | None = None,
) -> tuple[list[Personne], uuid.UUID | None]:
    """One page by name, and the account after which the next begins: a constant number of queries."""
    lignes = _filtrer(comptes_de(institutions), institutions, texte=texte, service=service, role=role, etat=etat)
    if apres is not None and (repere := User.objects.filter(cle=apres).first()):
        lignes = lignes.filter(
            Q(nom__gt=repere.nom)
            | Q(nom=repere.nom, prenom__gt=repere.prenom)
            | Q(nom=repere.nom, prenom=repere.prenom, pk__gt=repere.pk)
        )
    page = list(_complets(lignes, institutions)[: TAILLE + 1])
    suite = page[TAILLE - 1].cle if len(page) > TAILLE else None
    return [personne(compte) for compte in page[:TAILLE]], suite


def trouver(cle: uuid.UUID, institutions: list[int]) -> User | None:
    """The account with this key, when it belongs to one of these houses."""
    return _complets(comptes_de(institutions), institutions).filter(cle=cle).first()


def personne(compte: User) -> Personne:
    droits: list[Rattachement] = compte.droits_lus  # type: ignore[attr-defined]
    suivi: SuiviCompte | None = getattr(compte, "suivi", None)
    if not droits:
        code = "parti"
    elif not compte.is_active:
        code = "suspendu"
    else:
        code = "actif" if compte.last_login else "invite"
    return Personne(compte, droits, code, suivi)


def _ouverts() -> Q:
    return Q(fin_le=None) | Q(fin_le__gt=timezone.localdate())


def _complets(lignes: QuerySet[User], institutions: list[int]) -> QuerySet[User]:
    droits = Rattachement.objects.filter(_ouverts(), service__institution__in=institutions)
    complets = droits.select_related("service__institution").order_by("service__nom", "pk")
    return lignes.select_related("suivi").prefetch_related(Prefetch("rattachements", complets, to_attr="droits_lus"))


def _filtrer(
    lignes: QuerySet[User], institutions: list[int], *, texte: str, service: Service | None, role: str, etat: str
) -> QuerySet[User]:
    ouverts = Rattachement.objects.filter(_ouverts(), utilisateur=OuterRef("pk"), service__institution__in=institutions)
    if mots := texte.split()[:4]:
        for mot in mots:
            lignes = lignes.filter(Q(nom__icontains=mot) | Q(prenom__icontains=mot) | Q(courriel__icontains=mot))
    if service is not None:
        lignes = lignes.filter(Exists(ouverts.filter(service=service)))
    if role:
        lignes = lignes.filter(Exists(ouverts.filter(role=role)))
    if etat == "parti":
        return lignes.filter(~Exists(ouverts))
    if etat == "suspendu":
        return lignes.filter(Exists(ouverts), is_active=False)
    if etat in {"actif", "invite"}:
        return lignes.filter(Exists(ouverts), is_active=True, last_login__isnull=etat == "invite")
    return lignes

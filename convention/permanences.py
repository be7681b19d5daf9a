"""The duty roster, written: one verb to put a slot, one to change it, one to end it. The database has the last word."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from convention import policies
from convention.acteur import Acteur
from convention.creneaux import couvre
from convention.models import Permanence, Rattachement, Service
from convention.models.annuaire import DEJA_DE_GARDE, DOUBLE
from journal.carnet import noter
from presentation.temps import date_fr, heure_fr

SANS_DROIT = "Cette personne n’a pas de droit dans ce service pendant tout le créneau. Choisissez une autre date."
PASSEE = "Cette permanence est terminée\u00a0: elle ne change plus."
COMMENCEE = "Cette permanence a commencé\u00a0: son début et son titulaire ne changent plus. Terminez-la."
A_REBOURS = "La permanence doit finir après son début."
DEJA_FINI = "Ce créneau est déjà passé. Donnez une fin à venir."


class PermanenceRefusee(Exception):
    """The French sentence says what to do; `champ` names the field it stands beside."""

    def __init__(self, raison: str, champ: str = "debut") -> None:
        super().__init__(raison)
        self.champ = champ


@dataclass(frozen=True, slots=True)
class Saisie:
    """A slot as somebody wants it."""

    titulaire: User
    debut: datetime
    fin: datetime
    rang: int = 1
    telephone: str = ""


@transaction.atomic
def inscrire(*, service: Service, saisie: Saisie, acteur: Acteur) -> Permanence:
    """Put a new slot on the roster."""
    creneau = Permanence(service=service)
    _verifier(service, saisie, acteur)
    return _ecrire(creneau, saisie, acteur, "inscrire_permanence")


@transaction.atomic
def modifier(*, creneau: Permanence, saisie: Saisie, acteur: Acteur) -> Permanence:
    """Change a slot that is not over; once begun, its end, rank and number only."""
    creneau = _verrouiller(creneau)
    maintenant = timezone.now()
    if creneau.fin <= maintenant:
        raise PermanenceRefusee(PASSEE)
    deplace = saisie.debut != creneau.debut or saisie.titulaire.pk != creneau.titulaire_id
    if creneau.debut <= maintenant and deplace:
        raise PermanenceRefusee(COMMENCEE)
    _verifier(creneau.service, saisie, acteur)
    return _ecrire(creneau, saisie, acteur, "modifier_permanence")


@transaction.atomic
def terminer(*, creneau: Permanence, acteur: Acteur) -> None:
    """End a running slot now; a slot to come leaves the roster. What is over stays."""
    creneau = _verrouiller(creneau)
    verdict = policies.peut_tenir_permanences(acteur, creneau.service)
    if not verdict:
        raise PermanenceRefusee(verdict.raison)
    maintenant = timezone.now()
    if creneau.fin <= maintenant:
        raise PermanenceRefusee(PASSEE)
    _noter("terminer_permanence", creneau, acteur)
    if creneau.debut < maintenant:
        creneau.fin = maintenant
        creneau.save(update_fields=["fin"])
    else:
        creneau.delete()


def candidats(service: Service) -> QuerySet[User]:
    """Who may be on duty for a service: active, with a right there that has not ended."""
    droits = Rattachement.objects.filter(service=service).exclude(fin_le__lte=timezone.localdate())
    return User.objects.filter(pk__in=droits.values("utilisateur"), is_active=True).order_by("nom", "prenom", "pk")


def conflit(service_id: int, saisie: Saisie, sauf: int | None = None) -> str:
    """The sentence that says which slot is in the way, empty when none is."""
    pris = (
        Permanence.objects.filter(service=service_id, debut__lt=saisie.fin, fin__gt=saisie.debut)
        .exclude(pk=sauf or 0)
        .select_related("titulaire")
    )
    meme_rang = pris.filter(rang=saisie.rang).first()
    if meme_rang:
        return f"{DOUBLE} {meme_rang.titulaire} est inscrit {intervalle_fr(meme_rang.debut, meme_rang.fin)}."
    return DEJA_DE_GARDE if pris.filter(titulaire=saisie.titulaire).exists() else ""


def intervalle_fr(debut: datetime, fin: datetime) -> str:
    """« du lundi 24 novembre, 20 h au mardi 25 novembre, 8 h »."""
    return " ".join(
        f"{mot} {date_fr(moment, avec_annee=False)}, {heure_fr(moment)}" for mot, moment in (("du", debut), ("au", fin))
    )


def _verifier(service: Service, saisie: Saisie, acteur: Acteur) -> None:
    if saisie.fin <= saisie.debut:
        raise PermanenceRefusee(A_REBOURS, "fin")
    if saisie.fin <= timezone.now():
        raise PermanenceRefusee(DEJA_FINI, "fin")
    droits = list(
        Rattachement.objects.filter(
            service=service, utilisateur=saisie.titulaire, utilisateur__is_active=True
        ).values_list("debut_le", "fin_le", "role")
    )
    verdict = policies.peut_poser_creneau(acteur, service, saisie.titulaire.pk, frozenset(d[2] for d in droits))
    if not verdict:
        raise PermanenceRefusee(verdict.raison, "titulaire")
    if not couvre([(debut, fin) for debut, fin, _ in droits], saisie.debut, saisie.fin):
        raise PermanenceRefusee(SANS_DROIT, "titulaire")


def _ecrire(creneau: Permanence, saisie: Saisie, acteur: Acteur, action: str) -> Permanence:
    phrase = conflit(creneau.service_id, saisie, sauf=creneau.pk)
    if phrase:
        raise PermanenceRefusee(phrase)
    for champ in ("titulaire", "debut", "fin", "rang", "telephone"):
        setattr(creneau, champ, getattr(saisie, champ))
    try:
        with transaction.atomic():
            creneau.save()
    except IntegrityError as erreur:  # somebody wrote the same slot at the same instant
        raise PermanenceRefusee(DOUBLE) from erreur
    _noter(action, creneau, acteur)
    return creneau


def _verrouiller(creneau: Permanence) -> Permanence:
    lue = (
        Permanence.objects.select_for_update(of=("self",))
        .select_related("service", "titulaire")
        .filter(pk=creneau.pk)
        .first()
    )
    if lue is None:
        raise PermanenceRefusee("Ce créneau n’est plus au tableau. Actualisez la page.")
    return lue


def _noter(action: str, creneau: Permanence, acteur: Acteur) -> None:
    details = {
        "permanence": creneau.pk,
        "titulaire": str(creneau.titulaire.cle),
        "du": creneau.debut.isoformat(),
        "au": creneau.fin.isoformat(),
        "rang": creneau.rang,
    }
    noter(action, objet="service", cle=creneau.service.cle, acteur=acteur, details=details)

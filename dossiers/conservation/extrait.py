"""What the product holds of one person, for a request of access (SEC-72): nothing of third parties, nor of the author.

Free text is counted, never copied: it may name anybody, and a reader of the house takes that decision. Cases where the
person is designated by another are only counted: to tell of them would expose whoever spoke.
"""

from datetime import date
from typing import Any

from django.db import models

from documents.chiffrement import ChampChiffre, index_aveugle
from documents.empreinte import empreinte
from dossiers.classes import Classe
from dossiers.models import Dossier, Lettre, Personne
from dossiers.models.dossier import Phase

COMMUNICABLES = frozenset({Classe.MEDICAL, Classe.SOCIAL})
PROPRES = ("nom", "prenoms", "naissance", "age", "sexe")


def empreinte_de(nom: str, prenoms: str, naissance: date) -> str:
    """What the request freezes: who is looked for, unreadable."""
    return empreinte({"nom": index_aveugle(nom), "prenoms": index_aveugle(prenoms), "naissance": naissance.isoformat()})


def retrouver(nom: str, prenoms: str, naissance: date) -> list[Personne]:
    """The rows of this person: by the blind index, then first names and birth date, once opened."""
    candidates = Personne.objects.filter(index_nom=index_aveugle(nom)).select_related("dossier").order_by("pk")
    attendus = index_aveugle(prenoms)
    return [p for p in candidates if p.naissance == naissance and index_aveugle(p.prenoms or "") == attendus]


def extraire(nom: str, prenoms: str, naissance: date) -> dict[str, Any]:
    """The extract, ready to be handed over."""
    lignes = [personne for personne in retrouver(nom, prenoms, naissance) if personne.dossier.phase != Phase.BROUILLON]
    siennes = [personne for personne in lignes if personne.role != Personne.Role.DESIGNEE]
    return {
        "dossiers": [_dossier(personne) for personne in siennes],
        "a_examiner": sum(personne.role == Personne.Role.DESIGNEE for personne in lignes),
    }


def _dossier(personne: Personne) -> dict[str, Any]:
    dossier = personne.dossier
    return {
        "reference": dossier.reference,
        "nature": dossier.get_nature_display(),
        "ouvert_le": dossier.cree_le.date().isoformat(),
        "identite": {nom: str(getattr(personne, nom)) for nom in PROPRES if getattr(personne, nom) not in (None, "")},
        **_lettre(dossier, seule=dossier.personnes.exclude(role=Personne.Role.DESIGNEE).count() == 1),
        "pieces": dossier.pieces.count(),
    }


def _lettre(dossier: Dossier, *, seule: bool) -> dict[str, Any]:
    """Answers chosen from a list, booleans and dates; only when the letter speaks of one person."""
    reponses: dict[str, str] = {}
    textes = 0
    for modele in Lettre.__subclasses__():
        lettre = modele._base_manager.filter(dossier=dossier).first()
        for champ in modele._meta.concrete_fields if lettre else ():
            valeur = getattr(lettre, champ.attname)
            if getattr(modele, "CLASSES", {}).get(champ.name) not in COMMUNICABLES or valeur in (None, "", [], {}):
                continue
            if isinstance(champ, ChampChiffre) or not seule:
                textes += 1
            elif champ.choices or isinstance(champ, models.BooleanField | models.DateField):
                choix = dict(champ.flatchoices or [])
                reponses[str(champ.verbose_name)] = str(choix.get(valeur, valeur))
    return {"reponses": reponses, "textes_a_relire": textes}

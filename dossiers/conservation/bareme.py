"""The retention table as versioned rows: read from its data file, looked up, replaced by a newer version."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from dossiers.models import RegleConservation
from dossiers.models.dossier import Nature

OBLIGATOIRES = ("code", "libelle", "depart", "actif", "sort", "fondement")
FACULTATIFS = ("nature", "archive", "butoir_jours", "age_du_mineur", "apres_deces", "attend_versement", "archives")
DUREES = ("actif_mois", "actif_jours", "archive_mois", "butoir_jours")


class BaremeInvalide(Exception):
    """The data file is not usable; the message names the line and nothing was loaded."""


def en_vigueur() -> dict[str, RegleConservation]:
    """The rules in force, by code: one query."""
    return {regle.code: regle for regle in RegleConservation.objects.filter(fin=None).select_related("signee_par")}


def lire(chemin: Path) -> list[RegleConservation]:
    """The unsaved rows of a data file; raises BaremeInvalide naming the line and what is wrong."""
    texte = chemin.read_text(encoding="utf-8")
    try:
        donnees = yaml.safe_load(texte)
        lignes = _lignes(texte)
    except yaml.YAMLError as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ou = f" (ligne {marque.line + 1})" if marque else ""
        raise BaremeInvalide(f"Le fichier n’est pas lisible{ou}.") from erreur
    if not isinstance(donnees, dict) or not isinstance(donnees.get("debut"), date) or not donnees.get("regles"):
        raise BaremeInvalide("Le fichier doit donner «\u00a0debut\u00a0» (une date) et «\u00a0regles\u00a0».")
    return [_regle(brute, donnees["debut"], ligne) for brute, ligne in zip(donnees["regles"], lignes, strict=True)]


def _lignes(texte: str) -> list[int]:
    """The line of each item of `regles`."""
    racine = yaml.compose(texte, Loader=yaml.SafeLoader)
    paires = racine.value if isinstance(racine, yaml.MappingNode) else []
    return [
        noeud.start_mark.line + 1
        for cle, valeur in paires
        if cle.value == "regles" and isinstance(valeur, yaml.SequenceNode)
        for noeud in valeur.value
    ]


def _regle(brute: Any, debut: date, ligne: int) -> RegleConservation:
    ou = f"Ligne {ligne}"
    if not isinstance(brute, dict):
        raise BaremeInvalide(f"{ou}\u00a0: une règle donne {', '.join(OBLIGATOIRES)}.")
    if manquants := [champ for champ in OBLIGATOIRES if champ not in brute]:
        raise BaremeInvalide(f"{ou}\u00a0: il manque «\u00a0{manquants[0]}\u00a0».")
    if inconnus := sorted(set(brute) - set(OBLIGATOIRES) - set(FACULTATIFS)):
        raise BaremeInvalide(f"{ou}\u00a0: «\u00a0{inconnus[0]}\u00a0» n’est pas un champ d’une règle.")
    valeurs = {champ: brute[champ] for champ in brute if champ not in {"actif", "archive"}}
    actif = brute["actif"] if isinstance(brute["actif"], list) else [brute["actif"], 0]
    durees = [*actif, brute.get("archive", 0)]
    if len(durees) != 3 or not all(isinstance(duree, int) and 0 <= duree <= 1200 for duree in durees):
        raise BaremeInvalide(f"{ou}\u00a0: une durée est un nombre de mois, ou [mois, jours].")
    regle = RegleConservation(
        **valeurs, debut=debut, actif_mois=durees[0], actif_jours=durees[1], archive_mois=durees[2]
    )
    try:
        regle.clean_fields(exclude={"signee_par", "signee_le", "nature"})
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        raise BaremeInvalide(f"{ou}\u00a0: «\u00a0{champ}\u00a0», {messages[0]}") from erreur
    if regle.nature and regle.nature not in Nature.values:
        raise BaremeInvalide(f"{ou}\u00a0: la nature «\u00a0{regle.nature}\u00a0» n’existe pas.")
    return regle


@transaction.atomic
def charger(regles: list[RegleConservation]) -> int:
    """Add the rules whose code is not known yet; a version signed on line is never overwritten. Returns how many."""
    connus = set(RegleConservation.objects.values_list("code", flat=True))
    nouvelles = [regle for regle in regles if regle.code not in connus]
    return len(RegleConservation.objects.bulk_create(nouvelles))


def nouvelle_version(regle: RegleConservation, durees: dict[str, int | None], jour: date) -> RegleConservation:
    """Replace a rule by its next version from that day on; unsaved signature, the caller signs."""
    champs = [champ.attname for champ in regle._meta.concrete_fields]
    valeurs = {champ: getattr(regle, champ) for champ in champs if champ not in {"id", "cle"}}
    valeurs |= {**durees, "version": regle.version + 1, "debut": jour, "fin": None}
    regle.fin = max(regle.debut, jour - timedelta(days=1))
    regle.save(update_fields=["fin"])
    return RegleConservation(**valeurs)

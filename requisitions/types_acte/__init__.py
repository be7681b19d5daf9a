"""The kinds of act: one small registered object each. Those of `autres` are answered by hand."""

from requisitions.types_acte import (
    age,
    audition_patient,
    audition_professionnel,
    autres,
    corps,
    dossier,
    examen_victime,
    garde_a_vue,
    in_corpore,
    prelevements,
    presence,
    psychiatrie,
    recherche_criteres,
    saisie,
    video,
)
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe

_TYPES: dict[str, TypeActe] = {
    type_acte.code: type_acte
    for type_acte in (
        dossier.DOSSIER,
        presence.PRESENCE,
        video.VIDEO,
        examen_victime.EX_VICT,
        saisie.SAISIE,
        audition_professionnel.AUD_PRO,
        audition_patient.AUD_PAT,
        in_corpore.INCORP,
        age.AGE,
        garde_a_vue.EX_GAV,
        garde_a_vue.EX_SUSP,
        prelevements.PREL_ALC,
        prelevements.PREL_STUP,
        prelevements.PREL_AUTRE,
        psychiatrie.PSY,
        corps.CORPS,
        recherche_criteres.RECH_CRIT,
        *autres.AUTRES,
    )
}


def existe(code: str) -> bool:
    return code in _TYPES


def type_acte(code: str) -> TypeActe:
    return _TYPES[code]


def libelles() -> dict[str, str]:
    return {code: type_acte.libelle for code, type_acte in _TYPES.items()}


def choix() -> list[tuple[str, str]]:
    """What the deposit form offers, in the order of use."""
    return [(code, type_acte.choix) for code, type_acte in _TYPES.items()]


def executants() -> frozenset[str]:
    """The services that execute as a service; where an act requires a doctor, a person is named instead."""
    return frozenset(type_acte.executant for type_acte in _TYPES.values() if not type_acte.requis)


def codes(*familles: Famille) -> frozenset[str]:
    return frozenset(code for code, type_acte in _TYPES.items() if type_acte.famille in familles)


__all__ = ["Champ", "Famille", "Genre", "TypeActe", "choix", "codes", "executants", "existe", "libelles", "type_acte"]

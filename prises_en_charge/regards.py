"""Who reads what of an extraction. Every page and every PDF reads through `vue_pour`, never the letter itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.roles import Role
from convention.acteur import Acteur, Place
from dossiers.classes import Classe, recoit
from prises_en_charge.models import Extraction


class Public(StrEnum):
    """What a reader is in this case. Role alone is not enough: two prisons hold the same role."""

    USMP = "usmp"
    SERVICE = "service"
    CADRE = "cadre"
    GREFFE = "greffe"
    ESCORTE = "escorte"
    AUTRE = "autre"


_SOIN = frozenset({Public.USMP, Public.SERVICE})
_HOPITAL = _SOIN | {Public.CADRE}
_PRISON = frozenset({Public.GREFFE, Public.ESCORTE})
_GREFFE = frozenset({Public.GREFFE})
_PARTIES = _HOPITAL | _PRISON
_TOUS = frozenset(Public)
_ROLES: Mapping[Public, Role] = {
    Public.USMP: Role.USMP,
    Public.SERVICE: Role.SOIGNANT,
    Public.CADRE: Role.CADRE,
    Public.GREFFE: Role.PENITENTIAIRE,
    Public.ESCORTE: Role.PENITENTIAIRE,
}

LECTEURS: Mapping[str, frozenset[Public]] = {
    **dict.fromkeys(
        ("motif_acte", "service_accueil", "consignes", "examen_gyneco_ou_accouchement", "presence_motif"), _SOIN
    ),
    **dict.fromkeys(("annulation_soin_motif", "refus_constat", "chambre_motif", "traitements_transmis"), _SOIN),
    **dict.fromkeys(("etablissement", "creneau_debut", "creneau_fin", "acces"), _TOUS),
    **dict.fromkeys(("genre", "age"), _SOIN | _PRISON),
    **dict.fromkeys(("mineur", "hospitalisation_prevue", "presence_pendant_examen", "contrainte_levee"), _PARTIES),
    "autorite_parentale": _SOIN | _GREFFE,
    **dict.fromkeys(("escorte", "depart_prevu"), _PRISON),
    **dict.fromkeys(("effectif", "niveau_surveillance"), _PRISON | {Public.SERVICE, Public.CADRE}),
    "chambre": _HOPITAL,
    "soins_le": _HOPITAL,
    **dict.fromkeys(("arrivee_le", "hospitalisee_le", "sortie_le", "retour_le", "retour", "incident"), _PARTIES),
    **dict.fromkeys(("effets_inventories", "annulation_escorte_motif", "nouveau_creneau"), _PARTIES),
    **dict.fromkeys(("numero_ecrou_pseudonymise", "statut_penal"), _GREFFE),
    **dict.fromkeys(("niveau_escorte", "moyens_contrainte"), _PRISON),
    **dict.fromkeys(("surveillance_motif", "surveillance_reexamen_le", "ordre_ecrit"), _PRISON),
    "demande_cle": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Derive:
    """A value computed from fields its reader may not receive: it says the consequence, never the reason."""

    classe: Classe
    lecteurs: frozenset[Public]
    calcul: Callable[[Extraction], Any]


def _lieu_de_garde(extraction: Extraction) -> str:
    if not extraction.chambre:
        return ""
    securisee = extraction.chambre in {"SECURISEE_1", "SECURISEE_2"}
    return extraction.get_chambre_display() if securisee else "Chambre avec garde"


def _personne(extraction: Extraction) -> str:
    genre = "Mineur" if extraction.mineur and extraction.genre == "H" else "Mineure" if extraction.mineur else ""
    return f"{genre or extraction.get_genre_display()}, {extraction.age} ans"


DERIVES: Mapping[str, Derive] = {
    "personne": Derive(Classe.IDENTITE, _SOIN | _PRISON, _personne),
    "lieu": Derive(Classe.ADMINISTRATIF, _TOUS, lambda extraction: extraction.service_accueil.nom_externe),
    "lieu_de_garde": Derive(Classe.ADMINISTRATIF, _PRISON, _lieu_de_garde),
    "ordre_recu": Derive(Classe.ADMINISTRATIF, _PARTIES, lambda extraction: extraction.ordre_ecrit_id is not None),
    "sans_contrainte_ni_presence": Derive(
        Classe.ADMINISTRATIF, _PARTIES, lambda extraction: extraction.sans_contrainte_ni_presence
    ),
    "surveillance_motivee": Derive(
        Classe.ADMINISTRATIF, _PARTIES - {Public.USMP}, lambda extraction: bool(extraction.surveillance_motif)
    ),
}


class Vue(dict[str, Any]):
    """The fields one reader may receive. An absent name reads as None: a page cannot tell empty from hidden."""

    def __missing__(self, nom: str) -> None:
        return None


def public_de(extraction: Extraction, place: Place) -> Public:
    """What one place of the reader is in this case."""
    if place.role == Role.USMP and place.service_id == extraction.dossier.service_emetteur_id:
        return Public.USMP
    if place.service_id == extraction.service_accueil_id:
        soigne = place.role in {Role.SOIGNANT, Role.MEDECIN_RESPONSABLE}
        return Public.SERVICE if soigne else Public.CADRE
    if place.role == Role.PENITENTIAIRE and place.service_id == extraction.etablissement_id:
        return Public.GREFFE
    if place.role == Role.PENITENTIAIRE and place.service_id == extraction.escorte_id:
        return Public.ESCORTE
    return Public.AUTRE


def publics_de(extraction: Extraction, acteur: Acteur) -> frozenset[Public]:
    return frozenset(public_de(extraction, place) for place in acteur.places)


def place_de(extraction: Extraction, acteur: Acteur, *publics: Public) -> Place | None:
    """The reader's place that makes them one of these, recorded with the act."""
    return next((place for place in acteur.places if public_de(extraction, place) in publics), None)


def vue_pour(extraction: Extraction, acteur: Acteur) -> Vue:
    """Only what this reader may receive: the class allows the role, and the block is shared with this party."""
    return _vue(extraction, [(place.role, public_de(extraction, place)) for place in acteur.places])


def vue_du_public(extraction: Extraction, public: Public) -> Vue:
    """The same for a paper addressed to a party, whoever has it printed."""
    return _vue(extraction, [(_ROLES[public], public)])


def _vue(extraction: Extraction, droits: list[tuple[Role, Public]]) -> Vue:
    def lisible(classe: Classe, lecteurs: frozenset[Public]) -> bool:
        return any(public in lecteurs and recoit([role], classe) for role, public in droits)

    champs = {
        nom: getattr(extraction, nom)
        for nom, lecteurs in LECTEURS.items()
        if lisible(Extraction.CLASSES[nom], lecteurs)
    }
    derives = {
        nom: derive.calcul(extraction) for nom, derive in DERIVES.items() if lisible(derive.classe, derive.lecteurs)
    }
    return Vue({**champs, **derives})


def libelle(vue: Vue, nom: str) -> str:
    """The French words of a choice field, empty when it is empty or hidden."""
    valeur = vue[nom]
    if not valeur:
        return ""
    choix = dict(getattr(Extraction._meta.get_field(nom), "flatchoices", ()))
    return str(choix.get(valeur, valeur))

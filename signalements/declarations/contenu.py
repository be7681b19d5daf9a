"""A declaration read as a whole: facts for the controls, lines for the pages and the PDF, content that is hashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from convention.acteur import Acteur
from convention.annuaire import fraicheur
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, Piece
from signalements.contenu import adresse, services_de
from signalements.controles import Faits
from signalements.declarations.modele import VICTIMES
from signalements.declarations.routes import Route, route_de
from signalements.declarations.routes.violence_questions import METIERS
from signalements.declarations.tables import Victime
from signalements.models import Declaration
from signalements.recapitulatif import Ligne, Section, moment


@dataclass(frozen=True, slots=True)
class Lue:
    """A declaration loaded once: envelope, letter, pieces, route. There is nobody to load."""

    dossier: Dossier
    lettre: Declaration
    pieces: Sequence[Piece]
    voie: Route
    victimes: Sequence[Victime] = ()

    @property
    def reponses(self) -> dict[str, Any]:
        return self.lettre.propres or {}


def lire(dossier: Dossier) -> Lue:
    """Load the letter and what hangs on it: two queries, three where there may be several victims."""
    lettre = Declaration.objects.select_related("base_legale", "destinataire__institution").get(pk=dossier.pk)
    pieces = dossier.pieces.filter(document=None, complements=None).select_related("fichier")
    voie = route_de(dossier.variante)
    return Lue(dossier, lettre, list(pieces), voie, list(dossier.victimes.all()) if voie.plusieurs_victimes else ())


def rassembler(lue: Lue, acteur: Acteur) -> Faits:
    """What the controls may know, from the letter as it stands."""
    lettre, voie, base = lue.lettre, lue.voie, lue.lettre.base_legale
    place = acteur.place(*voie.auteurs)
    return Faits(
        voie=voie.code,
        destinataire=adresse(lettre.destinataire) if lettre.destinataire else ("", ""),
        destinataires_admis=voie.destinataires,
        **fraicheur(lettre.destinataire),
        base_debut=base.debut if base else None,
        base_fin=base.fin if base else None,
        urgence=urgence(lue),
        appel=lettre.date_appel is not None,
        copies=frozenset(map(adresse, services_de(voie.copies))),
        paroles=lue.reponses.get("verbatim") or "",
        propres={**lue.reponses, "victimes_decrites": 1 + len(lue.victimes)},
        pieces=frozenset(piece.intitule for piece in lue.pieces),
        role=place.role if place else "",
    )


def urgence(lue: Lue) -> str:
    """What was answered may be more urgent than the route."""
    grave = lue.reponses.get(lue.voie.precision) in lue.voie.urgentes
    return "IMMEDIATE" if grave else lue.voie.urgence


def ligne_neutre(lue: Lue) -> str:
    """The line of the lists: the route and one closed answer, never a free text."""
    voie = lue.voie
    precision = voie.propre(voie.precision).dire(lue.reponses.get(voie.precision)) if voie.precision else ""
    return f"{voie.libelle} · {precision or voie.resume}"


def manquantes(lue: Lue) -> list[str]:
    """The titles of the pages that must be validated before the sending."""
    return [page.libelle for page in lue.voie.parcours if page.code not in lue.lettre.etapes]


def sections(lue: Lue, *, dehors: bool) -> list[Section]:
    """What was answered, page by page; `dehors` leaves out what stays in the hospital."""
    ecartes = lue.voie.internes if dehors else frozenset()
    pages = [
        Section(
            page.libelle,
            page.code,
            [
                Ligne(lue.voie.lignes.get(propre.intitule, propre.intitule), dite, classe=propre.classe)
                for propre in lue.voie.propres_de(page.code)
                if propre.nom not in ecartes and (dite := propre.dire(lue.reponses.get(propre.nom)))
            ],
        )
        for page in lue.voie.parcours
    ]
    return [*pages, Section(VICTIMES.libelle, VICTIMES.code, _victimes(lue))] if lue.victimes else pages


def _victimes(lue: Lue) -> list[Ligne]:
    """One line each: who, in what quality, hurt or not. The support offered stays in the hospital."""
    mots = dict(METIERS)
    return [
        Ligne(
            mots.get(victime.metier, victime.metier),
            " · ".join(
                dit
                for dit in (
                    victime.nom,
                    victime.get_statut_display().lower(),
                    "lésion constatée" if victime.lesion == "OUI" else "",
                    f"arrêt de {victime.arret_jours}\u00a0jours" if victime.arret_jours else "",
                    f"ITT de {victime.itt_jours}\u00a0jours" if victime.itt_jours is not None else "",
                )
                if dit
            ),
            classe=Classe.ADMINISTRATIF,
        )
        for victime in lue.victimes
    ]


def signataire(lue: Lue, *, dehors: bool) -> list[Ligne]:
    """Who signs, in what quality. Outside, the house is named and the ward is not."""
    lettre, emetteur = lue.lettre, lue.dossier.service_emetteur
    appel = f"{moment(lettre.date_appel)}, {lettre.interlocuteur}".strip(", ") if lettre.date_appel else ""
    lignes = [
        Ligne("Signataire", lettre.signataire_nom),
        Ligne("Qualité", lettre.signataire_qualite),
        Ligne("Service", emetteur.nom_externe if dehors else emetteur.nom),
        Ligne("Rappeler au", lettre.telephone_rappel or ""),
        Ligne("Appel", appel or "Aucun appel noté"),
    ]
    return [ligne for ligne in lignes if ligne.valeur]


def lisibles(sections: list[Section], acteur: Acteur) -> list[Section]:
    """The lines that the reader's roles receive, for who neither wrote nor receives the declaration."""
    gardees = [
        Section(s.titre, s.etape, [ligne for ligne in s.lignes if ligne.classe and recoit(acteur.roles, ligne.classe)])
        for s in sections
    ]
    return [section for section in gardees if section.lignes]


def lit_l_administratif(acteur: Acteur) -> bool:
    return recoit(acteur.roles, Classe.ADMINISTRATIF)


def canonique(lue: Lue) -> dict[str, Any]:
    """The content whose hash freezes the letter."""
    lettre = lue.lettre
    return {
        "reference": lue.dossier.reference,
        "voie": lue.voie.code,
        "base": lettre.base_legale.cle if lettre.base_legale else "",
        "destinataire": lettre.destinataire.code if lettre.destinataire else "",
        "copies": list(lue.voie.copies),
        "pieces": [{"intitule": piece.intitule, "empreinte": piece.fichier.empreinte} for piece in lue.pieces],
        "propres": lue.reponses,
        "signataire": [lettre.signataire_nom, lettre.signataire_qualite, lettre.telephone_rappel],
        "appel": [lettre.date_appel, lettre.interlocuteur],
        "attestation": lettre.attestation,
        **({"victimes": [_canonique(victime) for victime in lue.victimes]} if lue.victimes else {}),
    }


def _canonique(victime: Victime) -> list[Any]:
    return [victime.nom, victime.metier, victime.statut, victime.lesion, victime.arret_jours, victime.itt_jours]

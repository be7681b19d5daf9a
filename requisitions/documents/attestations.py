"""What two papers of the execution say, the attestation of a preservation and the doctor's answer: no word of care."""

from collections import Counter
from typing import Any

from dossiers.models import Dossier, Piece
from requisitions.accord_patient import en_mots
from requisitions.gels import REGLES
from requisitions.gels.pertes import Perte, retrait_avant
from requisitions.models import AccordMedecin, AccordPatient, Gel, Requisition, Tri


def du_gel(r: Requisition, gel: Gel, perte: Perte | None = None) -> dict[str, Any]:
    """What is kept: the place and the cameras of pictures alone, which name no patient; of the rest, its kind."""
    filmees, regle = gel.objet == Gel.Objet.VIDEO, REGLES[gel.objet]
    return {
        "elements": gel.get_objet_display(),
        "lieu": r.cible if filmees else "",
        "cameras": (gel.cameras or r.cameras) if filmees else "",
        "periode_du": r.periode_du,
        "periode_au": r.periode_au,
        "copie": regle.copie,
        "empreinte_copie": gel.empreinte if regle.copie else "",
        "depositaire": gel.service.nom_externe,
        "limite": regle.limite,
        "efface_le": gel.ecrasement,
        "gele_le": gel.confirme_le,
        "retrait_avant": retrait_avant(gel),
        "perte": perte.annonce if perte else "",
        "pourquoi": perte.phrase if perte else "",
        "perdu_le": gel.perdu_le,
    }


def de_l_accord(dossier: Dossier, r: Requisition, accord: AccordMedecin, pieces: list[Piece]) -> dict[str, Any]:
    """The doctor reads it too, so the judicial side of the act is left out; pieces are counted and never named."""
    personne, refuse = dossier.personnes.first(), accord.choix == AccordMedecin.Choix.REFUSE
    decisions = Counter(piece.tri.decision for piece in pieces if hasattr(piece, "tri"))
    sorts = (
        (Tri.Decision.REMETTRE, "à remettre", "à remettre"),
        (Tri.Decision.OCCULTER, "occultée à remettre", "occultées à remettre"),
        (Tri.Decision.ECARTER, "écartée", "écartées"),
    )
    comptees = [f"{n} {une if n == 1 else toutes}" for code, une, toutes in sorts if (n := decisions[code])]
    return {
        "cadre": "Connu des affaires juridiques",
        "articles": "",
        "num_procedure": "",
        "intitule": f"Fiche {'de refus' if refuse else 'd’accord'} du médecin",
        "personne": personne.complete if personne else "",
        "naissance": personne.naissance if personne else None,
        "consigne": r.consigne,
        "choix": accord.get_choix_display(),
        "motif": accord.get_motif_display(),
        "pieces": "" if refuse else ", ".join(comptees),
        "identite_verifiee": accord.identite_verifiee,
        "ins": accord.get_ins_display(),
        "patient": en_mots(AccordPatient.objects.filter(dossier=dossier).first()),
        "medecin": str(accord.donne_par),
        "donne_le": accord.donne_le,
    }

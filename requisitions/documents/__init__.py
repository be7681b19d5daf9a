"""The written documents of a requisition. None names a patient, but the presence answer and the doctor's own papers.

The answer item by item quotes the requester, who may have named one.
"""

from typing import Any

from django.utils import timezone

from convention.models import Service
from documents.coffre import rattacher
from documents.models import Document
from documents.render import produire
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from presentation.temps import date_fr, heure_fr
from requisitions.circuit import DAJ, service
from requisitions.lettres.modeles import lettre
from requisitions.lettres.motifs import VOIES, base_du_refus
from requisitions.mentions import LIBELLES
from requisitions.models import Convocation, Element, Regularisation, Remise, Requisition, Volet
from requisitions.numeros import numero_des_juridiques
from requisitions.retour import souhait
from requisitions.types_acte import type_acte
from requisitions.volet import lignes

PERTE = "Attestation de non-conservation"


def produire_ecrit(
    genre: str, intitule: str, dossier: Dossier, objet_cle: Any, gabarit: str, donnees: dict[str, Any]
) -> Document:
    """`donnees` is both the canonical content that is hashed and what the template prints."""
    return produire(
        f"requisition-{genre}",
        intitule=intitule,
        reference=dossier.reference or "",
        objet_cle=objet_cle,
        dossier_cle=dossier.cle,
        contenu={"reference": dossier.reference, **donnees},
        gabarit=f"pdf/requisition_{gabarit}.html",
        contexte={
            "acte": type_acte(dossier.variante).libelle,
            "dossier": dossier,
            "fait_le": timezone.localdate(),
            **donnees,
        },
    )


def verser(
    document: Document, dossier: Dossier, *, classe: Classe, remise_a: list[Service], au_nom_de: Service | None = None
) -> Piece:
    """Attach a produced document. It has no depositor: only its addressees and the house read it."""
    rattacher(document.fichier, dossier.cle)
    piece = Piece.objects.create(
        dossier=dossier,
        intitule=document.intitule,
        classe=classe,
        fichier=document.fichier,
        document=document,
        service=au_nom_de or service(DAJ),
    )
    piece.remise_a.set(remise_a)
    return piece


def entete(dossier: Dossier, r: Requisition) -> dict[str, Any]:
    return {
        "acte": type_acte(r.type_acte).libelle,
        "requerant": f"{r.autorite_nom}, {r.service_requerant.nom_externe}",
        "cadre": r.get_cadre_display(),
        "articles": r.ligne_decision.articles_texte if r.ligne_decision else r.articles_cites,
        "num_procedure": r.num_procedure,
        "recue_le": dossier.transmis_le,
    }


def _moment(quand: Any) -> str:
    return f"{date_fr(quand)} à {heure_fr(quand)}"


def mots_de_la_lettre(genre: str, dossier: Dossier, r: Requisition, **valeurs: str) -> dict[str, Any]:
    """The standard words of a letter, and the version that gave them."""
    tete = entete(dossier, r)
    communes = {
        "numero": dossier.reference or "",
        "acte": tete["acte"],
        "requerant": tete["requerant"],
        "recue": f"le {date_fr(dossier.transmis_le)}" if dossier.transmis_le else "",
    }
    composee = lettre(genre, communes | valeurs)
    return {**tete, "lettre": composee.texte, "modele": composee.modele, "contact": numero_des_juridiques()}


def accuse_reception(dossier: Dossier, r: Requisition, *, echeance_le: Any, calcul: str, empreinte: str) -> Document:
    donnees = {
        **mots_de_la_lettre("accuse", dossier, r, echeance=_moment(echeance_le), delai=calcul),
        "empreinte_acte": empreinte,
        "gele": hasattr(dossier, "gel"),
        "souhait": souhait(r),
    }
    return produire_ecrit("accuse", "Accusé de réception", dossier, dossier.cle, "accuse", donnees)


def _comment(r: Requisition) -> str:
    """Whoever came to the counter, telephoned or wrote has no account to answer with."""
    depose = r.canal == Requisition.Canal.PORTAIL
    return "dans Trait d’union" if depose else "par écrit à l’accueil des autorités"


def _delai(dossier: Dossier) -> str:
    court = dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le=None).exists()
    return (
        "Le délai de réponse court toujours : un mineur attend cet examen."
        if court
        else "Le délai de réponse est suspendu jusque-là."
    )


def demande_regularisation(dossier: Dossier, r: Requisition, demande: Regularisation) -> Document:
    donnees = {
        **mots_de_la_lettre(
            "regularisation", dossier, r, avant=date_fr(demande.avant), comment=_comment(r), delai=_delai(dossier)
        ),
        "points": [LIBELLES[numero] for numero in demande.points],
        "texte": demande.texte,
        "demandee_le": demande.demandee_le,
    }
    return produire_ecrit(
        "regularisation", "Demande de régularisation", dossier, demande.cle, "regularisation", donnees
    )


def mots_du_classement(dossier: Dossier, r: Requisition, demande: Regularisation) -> dict[str, Any]:
    """What the letter says; its page shows it before it leaves."""
    return {
        **mots_de_la_lettre(
            "classement", dossier, r, demandee=date_fr(demande.demandee_le), avant=date_fr(demande.avant)
        ),
        "points": [LIBELLES[numero] for numero in demande.points],
    }


def classement(dossier: Dossier, r: Requisition, demande: Regularisation) -> Document:
    donnees = mots_du_classement(dossier, r, demande)
    return produire_ecrit("classement", "Classement sans réponse", dossier, dossier.cle, "classement", donnees)


def reponse_elements(dossier: Dossier, r: Requisition, elements: list[Element]) -> Document:
    """The requester's own words, each with its answer; a refusal with its ground and the way that stays open."""
    donnees = {
        **mots_de_la_lettre("reponse", dossier, r),
        "elements": [
            {
                "rang": element.rang,
                "objet": element.objet,
                "reponse": element.get_decision_display(),
                "motif": element.get_motif_display(),
                "precision": element.precision,
                "base": base_du_refus(element.motif, r.cadre) if element.motif else "",
                "voie": VOIES[Requisition.Refus(element.motif)] if element.motif else "",
            }
            for element in elements
        ],
        "copie": any(element.motif for element in elements),
        "repondue_le": timezone.localdate(),
    }
    return produire_ecrit("reponse", "Réponse à chaque élément", dossier, dossier.cle, "reponse", donnees)


def mots_du_refus(dossier: Dossier, r: Requisition, motif: str, texte: str) -> dict[str, Any]:
    """What the letter says: who proposes it and who signs it read it before it leaves."""
    connu = Requisition.Refus(motif)
    donnees = mots_de_la_lettre("refus", dossier, r, refusee=_moment(dossier.clos_le or timezone.now()))
    base = base_du_refus(motif, r.cadre)
    return {**donnees, "motif": connu.label, "base": base, "texte": texte, "voie": VOIES[connu]}


def refus_motive(dossier: Dossier, r: Requisition) -> Document:
    donnees = mots_du_refus(dossier, r, r.refus_motif, r.refus_texte)
    return produire_ecrit("refus", "Refus motivé", dossier, dossier.cle, "refus", donnees)


def reponse_presence(dossier: Dossier, r: Requisition, *, le: Any) -> Document:
    personne = dossier.personnes.first()
    donnees = {
        **entete(dossier, r),
        "personne": personne.complete if personne else "",
        "naissance": personne.naissance if personne else None,
        "reponse": r.reponse_texte,
        "verifiee_le": r.presence_constatee_le,
        "repondue_le": le,
    }
    return produire_ecrit("presence", "Réponse sur la présence", dossier, dossier.cle, "presence", donnees)


def ecrit_du_volet(dossier: Dossier, r: Requisition, volet: Volet) -> Document:
    """The answer made of what was recorded; the person and the doctor are named where one examined the other."""
    acte = type_acte(r.type_acte)
    personne = dossier.personnes.first() if acte.requis else None
    donnees = {
        **entete(dossier, r),
        "personne": personne.complete if personne else "",
        "naissance": personne.naissance if personne else None,
        "lignes": lignes(acte, volet.donnees, imprimees=True),
        "medecin": str(volet.rempli_par) if acte.requis else "",
        "en_audition": acte.code == "AUD_PRO",
    }
    return produire_ecrit("volet", acte.ecrit, dossier, dossier.cle, "volet", donnees)


NOTE = "Note au professionnel, droits et secret"


def note_au_professionnel(dossier: Dossier, r: Requisition) -> Document:
    return produire_ecrit("note", NOTE, dossier, dossier.cle, "note", mots_de_la_lettre("note", dossier, r))


def attestation_de_gel(dossier: Dossier, r: Requisition, dite: dict[str, Any]) -> Document:
    intitule = PERTE if dite["perte"] else "Attestation de gel"
    return produire_ecrit("gel", intitule, dossier, dossier.cle, "gel", {**entete(dossier, r), **dite})


def fiche_du_medecin(dossier: Dossier, r: Requisition, dite: dict[str, Any]) -> Document:
    return produire_ecrit("accord", dite["intitule"], dossier, dossier.cle, "accord", {**entete(dossier, r), **dite})


def convocation_ordre(dossier: Dossier, r: Requisition, convocation: Convocation) -> Document:
    """The Ordre reads neither the frame nor the procedure: they are shown to its representative on the spot."""
    lieu = convocation.get_lieu_display()
    heure = _moment(convocation.prevue_pour) if convocation.prevue_pour else "à convenir"
    donnees = {
        **mots_de_la_lettre("ordre", dossier, r, lieu=lieu, heure=heure),
        "acte": convocation.get_operation_display(),
        "requerant": convocation.autorite,
        "cadre": "Présenté sur place",
        "articles": "",
        "num_procedure": "",
        "lieu": lieu,
        "prevue_pour": convocation.prevue_pour,
    }
    return produire_ecrit("ordre", "Convocation de l’Ordre des médecins", dossier, dossier.cle, "ordre", donnees)


def bordereau(dossier: Dossier, r: Requisition, remise: Remise) -> Document:
    donnees = {
        **entete(dossier, r),
        "manifeste": remise.manifeste,
        "numero": remise.numero,
        "expire_le": remise.expiration,
        "support": remise.get_support_display(),
        "scelle": remise.scelle,
        "en_main": remise.en_main,
        "pages": sum(ligne.get("pages") or 0 for ligne in remise.manifeste),
    }
    return produire_ecrit("bordereau", "Bordereau de remise", dossier, dossier.cle, "bordereau", donnees)


def recepisse(dossier: Dossier, r: Requisition, remise: Remise, *, par: str) -> Document:
    donnees = {
        **entete(dossier, r),
        "manifeste": remise.manifeste,
        "par": par,
        "pris_le": remise.ouverte_le,
        "empreinte_pli": remise.fichier.empreinte if remise.fichier else "",
    }
    return produire_ecrit("recepisse", "Récépissé", dossier, dossier.cle, "recepisse", donnees)


def recepisse_en_main(dossier: Dossier, r: Requisition, remise: Remise, *, par: str) -> Document:
    donnees = {
        **entete(dossier, r),
        "manifeste": remise.manifeste,
        "par": remise.porteur,
        "remise_par": par,
        "pris_le": remise.confiee_le,
        "identite": remise.get_identite_display(),
        "support": remise.get_support_display(),
        "scelle": remise.scelle,
    }
    return produire_ecrit("recepisse", "Récépissé", dossier, dossier.cle, "recepisse_en_main", donnees)

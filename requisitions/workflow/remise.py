"""Handing over: the sealed bundle, its inventory, the receipt, and the end."""

import shutil
import zipfile
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents import coffre
from documents.flux import MORCEAU, Reserve
from documents.models import Document, Fichier
from documents.pdf import nombre_de_pages
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from journal.carnet import noter
from requisitions import documents, ordre
from requisitions.circuit import copier_au_parquet
from requisitions.controles import AVANT_REMISE, JAMAIS_LEVEES
from requisitions.controles import controler as controler_faits
from requisitions.elements import REFUSE, appelle_une_lettre, rien_fourni
from requisitions.faits import faits_de, pieces_de_la_reponse
from requisitions.models import Derogation, Element, Remise, Requisition, Volet
from requisitions.policies import peut_retirer
from requisitions.types_acte import type_acte
from requisitions.workflow.elements import conclure
from requisitions.workflow.instruction import figer
from requisitions.workflow.sortie import controler_la_sortie
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee

SCELLES = frozenset({Remise.Support.SCELLE_FERME, Remise.Support.SCELLE_OUVERT})
DISPONIBLE = timedelta(days=30)
RETIREE = "L’hôpital a retiré cette réponse avant son ouverture. Une autre suivra."
EPOQUE = (2025, 1, 1, 0, 0, 0)


def constats_de_sortie(dossier: Dossier, lettre: Requisition) -> list[Constat]:
    """What the controls before any delivery find now."""
    return controler_faits(faits_de(dossier, lettre), AVANT_REMISE)


@transaction.atomic
def mettre_a_disposition(
    *,
    dossier: Dossier,
    acteur: Acteur,
    support: str = Remise.Support.PLATEFORME,
    scelle: str = "",
    nom_relu: bool = False,
) -> Dossier:
    """Seal the answer with its inventory and freeze the letter; the requester is told that something waits.

    `nom_relu`: a doctor read the name again where the tool did not find it.
    """
    if support in SCELLES and not scelle:
        raise TransitionRefusee("Indiquez le numéro du scellé.")
    dossier = exiger("mettre_a_disposition", dossier, acteur)
    lettre = ouverte(dossier)
    _franchir(dossier, lettre, acteur)
    elements = conclure(dossier, lettre, acteur)
    volet = Volet.objects.select_related("rempli_par").filter(dossier=dossier).first()
    pieces = _composer(dossier, lettre, elements, volet, acteur)
    for piece in pieces:
        if not piece.fichier.servi:
            raise TransitionRefusee(f"«\u00a0{piece.intitule}\u00a0» n’est pas prête. {piece.fichier.mention}")
    manifeste = _manifeste(dossier, pieces)
    controle = controler_la_sortie(dossier, lettre, pieces, acteur, nom_relu=nom_relu)
    dossier = appliquer("mettre_a_disposition", dossier, acteur)
    remise = Remise(dossier=dossier, support=support, scelle=scelle if support in SCELLES else "", controle=controle)
    _sceller(remise, lettre, pieces, manifeste, acteur)
    reponses = [[element.objet, element.decision, element.motif, element.precision] for element in elements]
    figer(lettre, dossier, manifeste=manifeste, volet=volet.donnees if volet else {}, elements=reponses)
    echeances.tenir(dossier=dossier, nom="reponse")
    echeances.tenir(dossier=dossier, nom=ordre.ECHEANCE)
    return dossier


def _franchir(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> None:
    """The controls before a delivery; what a vital emergency opens is traced as a derogation."""
    for constat in constats_de_sortie(dossier, lettre):
        if constat.bloque:
            raise TransitionRefusee(constat.message)
        if lettre.urgence_vitale and constat.numero not in JAMAIS_LEVEES and constat.niveau == "alerte":
            Derogation.objects.create(
                dossier=dossier,
                controle=constat.numero,
                constat=constat.message,
                motif="Urgence vitale",
                vitale=True,
                regulariser_avant=timezone.now() + timedelta(hours=24),
                levee_par_id=acteur.utilisateur_id,
            )


def _composer(
    dossier: Dossier, lettre: Requisition, elements: list[Element], volet: Volet | None, acteur: Acteur
) -> list[Piece]:
    """The letter that answers each item, when one is called for, then the matter of the answer."""
    decisions = [element.decision for element in elements]
    pieces = pieces_de_la_reponse(dossier)
    if lettre.type_acte == "PRESENCE":
        pieces.append(_ecrire_presence(dossier, lettre))
    if type_acte(lettre.type_acte).ecrit and not rien_fourni(decisions):
        pieces.append(_ecrire_volet(dossier, lettre, volet))
    if not pieces and not rien_fourni(decisions) and not _sur_support(dossier):
        raise TransitionRefusee("La réponse est vide. Versez au moins une pièce.")
    if appelle_une_lettre(decisions):
        pieces.append(_ecrire_reponse(dossier, lettre, elements, acteur))
    return pieces


def _ecrire_reponse(dossier: Dossier, lettre: Requisition, elements: list[Element], acteur: Acteur) -> Piece:
    """A refusal, even of one item, reaches the parquet at once; the requester reads it with the bundle."""
    refus = any(element.decision == REFUSE for element in elements)
    copie = [copier_au_parquet(dossier, lettre, acteur, "Réquisition refusée en partie")] if refus else []
    ecrit = documents.reponse_elements(dossier, lettre, elements)
    return documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=copie)


def _sur_support(dossier: Dossier) -> bool:
    """The matter is a copy on a medium, known by its hash."""
    gel = getattr(dossier, "gel", None)
    return bool(gel and gel.empreinte and not gel.perdu)


def _ecrire_presence(dossier: Dossier, lettre: Requisition) -> Piece:
    if not lettre.reponse_texte:
        raise TransitionRefusee("La présence n’a pas été vérifiée.")
    ecrit = documents.reponse_presence(dossier, lettre, le=timezone.now())
    return documents.verser(ecrit, dossier, classe=Classe.IDENTITE, remise_a=[])


def _ecrire_volet(dossier: Dossier, lettre: Requisition, volet: Volet | None) -> Piece:
    """A doctor's paper is medical: legal affairs see its number in the inventory, the requester its words."""
    acte = type_acte(lettre.type_acte)
    if volet is None:
        raise TransitionRefusee("L’exécutant n’a rien noté encore.")
    ecrit = documents.ecrit_du_volet(dossier, lettre, volet)
    return documents.verser(ecrit, dossier, classe=Classe.MEDICAL if acte.requis else Classe.JUDICIAIRE, remise_a=[])


def _manifeste(dossier: Dossier, pieces: list[Piece]) -> list[dict[str, object]]:
    """The inventory. Requesters read neutral titles: a medical piece is named by its number, not by its content."""
    lignes: list[dict[str, object]] = []
    for rang, piece in enumerate(pieces, start=1):
        fichier = piece.fichier
        lignes.append(
            {
                "rang": rang,
                "intitule": f"Pièce médicale n°\u00a0{rang}" if piece.classe == Classe.MEDICAL else piece.intitule,
                "fichier": f"{dossier.reference}-{rang:02d}.{fichier.extension}",
                "taille": fichier.taille,
                "pages": _pages(fichier, dossier),
                "empreinte": fichier.empreinte,
            }
        )
    gel = getattr(dossier, "gel", None)
    if gel and _sur_support(dossier) and all(piece.document_id for piece in pieces):
        lignes.append(
            {
                "rang": len(lignes) + 1,
                "intitule": f"Copie sur support : {gel.support}",
                "fichier": "",
                "taille": 0,
                "pages": None,
                "empreinte": gel.empreinte,
            }
        )
    return lignes


def _pages(fichier: Fichier, dossier: Dossier) -> int | None:
    """What whoever receives a paper counts; a film has none."""
    if fichier.extension == "pdf":
        return nombre_de_pages(coffre.lire(fichier, dossier.cle))
    return 1 if fichier.extension in {"jpg", "png"} else None


def _sceller(
    remise: Remise, lettre: Requisition, pieces: list[Piece], manifeste: list[dict[str, object]], acteur: Acteur
) -> None:
    """What is handed over at the counter is nowhere to download."""
    dossier = remise.dossier
    remise.numero, remise.manifeste = dossier.remises.count() + 1, manifeste
    remise.expiration, remise.prete_par_id = timezone.now() + DISPONIBLE, acteur.utilisateur_id
    remise.bordereau = documents.bordereau(dossier, lettre, remise)
    if not remise.en_main:
        remise.fichier = _pli(dossier, pieces, manifeste, remise.bordereau)
    remise.save()
    remise.pieces.set(pieces)
    documents.verser(remise.bordereau, dossier, classe=Classe.ADMINISTRATIF, remise_a=[lettre.service_requerant])


def _pli(dossier: Dossier, pieces: list[Piece], manifeste: list[dict[str, object]], bordereau: Document) -> Fichier:
    """One archive, the same bytes for the same pieces; it has no depositor, so that no jurist may open it."""
    reserve = Reserve()
    with zipfile.ZipFile(reserve, "w", zipfile.ZIP_DEFLATED) as archive:
        _verser_au_pli(archive, "bordereau.pdf", bordereau.fichier, dossier)
        for piece, ligne in zip(pieces, manifeste, strict=False):
            _verser_au_pli(archive, str(ligne["fichier"]), piece.fichier, dossier)
    with reserve.lecture() as contenu:
        return coffre.deposer(contenu, extension="zip", type_mime="application/zip", attache=dossier.cle)


def _verser_au_pli(archive: zipfile.ZipFile, nom: str, fichier: Fichier, dossier: Dossier) -> None:
    """By chunks: pictures of 200 MB pass through without being held."""
    ligne = zipfile.ZipInfo(nom, EPOQUE)
    ligne.compress_type = zipfile.ZIP_DEFLATED
    with coffre.ouvrir(fichier, dossier.cle) as flux, archive.open(ligne, "w") as entree:
        shutil.copyfileobj(flux, entree, MORCEAU)


@transaction.atomic
def redeposer(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """The answer expired before it was fetched: put the same bundle back for thirty days."""
    ancienne = dossier.remises.first()
    if ancienne is None or not ancienne.expiree:
        raise TransitionRefusee("La réponse est encore disponible.")
    dossier = appliquer("redeposer", dossier, acteur)
    remise = Remise.objects.create(
        dossier=dossier,
        numero=ancienne.numero + 1,
        support=ancienne.support,
        scelle=ancienne.scelle,
        manifeste=ancienne.manifeste,
        fichier=ancienne.fichier,
        bordereau=ancienne.bordereau,
        expiration=timezone.now() + DISPONIBLE,
        prete_par_id=acteur.utilisateur_id,
    )
    remise.pieces.set(ancienne.pieces.all())
    return dossier


@transaction.atomic
def retirer(*, dossier: Dossier, acteur: Acteur) -> Remise:
    """The requester signs the receipt: from then on, and not before, the bundle is theirs to open."""
    dossier = exiger("retirer", dossier, acteur)
    remise: Remise = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero")[0]
    if remise.en_main:
        raise TransitionRefusee("Cette réponse vous est remise sur place, contre signature.")
    if remise.expiree:
        raise TransitionRefusee("La réponse n’est plus disponible. Demandez un nouveau dépôt aux affaires juridiques.")
    dossier = appliquer("retirer", dossier, acteur)
    lettre = ouverte(dossier)
    remise.recue_le, remise.recue_par_id = timezone.now(), acteur.utilisateur_id
    remise.recepisse = documents.recepisse(dossier, lettre, remise, par=acteur.nom)
    remise.save()
    documents.verser(remise.recepisse, dossier, classe=Classe.ADMINISTRATIF, remise_a=[lettre.service_requerant])
    return remise


@transaction.atomic
def ouvrir_pli(*, dossier: Dossier, acteur: Acteur, partie: str = "") -> Fichier:
    """The bundle or a part of it, for the requester after the receipt; its first opening hands the pieces over."""
    remise = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero").first()
    if remise is not None and remise.revoquee_le:
        raise TransitionRefusee(RETIREE)
    if not peut_retirer(dossier, acteur) or remise is None or remise.recue_le is None or remise.fichier is None:
        raise TransitionRefusee("Le pli s’ouvre après le récépissé, par le service requérant.")
    if remise.expiree:
        raise TransitionRefusee("La réponse n’est plus disponible. Demandez un nouveau dépôt aux affaires juridiques.")
    premiere = remise.ouverte_le is None
    if premiere:
        remise.ouverte_le, remise.ouverte_par_id = timezone.now(), acteur.utilisateur_id
        remise.save()
        for piece in remise.pieces.all():
            piece.remise_a.add(dossier.service_emetteur_id)
    noter(
        "ouvrir_pli",
        acteur=acteur,
        objet="requisition",
        cle=dossier.cle,
        details={"premiere": premiere, "empreinte": remise.fichier.empreinte, "partie": partie},
    )
    fichier: Fichier = remise.fichier
    return fichier


@transaction.atomic
def clore(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    return appliquer("clore", dossier, acteur)


@transaction.atomic
def contester(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """A nullity or a complaint: the case opens again and nothing of it may be purged meanwhile (R-48)."""
    return appliquer("contester", dossier, acteur, commentaire=motif)

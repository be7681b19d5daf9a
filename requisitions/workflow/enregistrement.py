"""A requisition becomes a case: number, deadline, preservation order, participations, acknowledgement.

A page that names several persons or places becomes a case for each, or none at all (ADR 23).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from convention.acteur import Acteur, Place
from convention.models import Service
from documents.models import Fichier
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Brouillon, Dossier, Lien, Personne
from dossiers.ouverture import ouvrir
from dossiers.participations import accorder
from dossiers.reprise import reprendre
from dossiers.suivi import relater
from fiches.models import ReferenceLegale
from requisitions import documents, etats, gels
from requisitions.annonces.circuit import annoncer_a_prevoir, avertis
from requisitions.circuit import octrois_du_depot, service
from requisitions.cles_de_depot import cle_de, cles_de
from requisitions.delais import hors_heures_ouvrees
from requisitions.documents.papier import FORMULAIRE
from requisitions.lecture.affaire import MEME_ACTE
from requisitions.minorite import age_le
from requisitions.models import Gel, Requisition
from requisitions.table import DECLAREES, chercher, lignes_en_vigueur, precision_de
from requisitions.titres import copie_pour_un_dossier
from requisitions.types_acte import type_acte
from requisitions.workflow.acte import ACTE_SIGNE, APPUI, copie_pour_un_autre, joindre_pour_le_requerant, joint
from requisitions.workflow.delai import poser_le_delai
from requisitions.workflow.gel import ORDONNE, annoncer_le_gel
from requisitions.workflow.table import WORKFLOW
from transitions.workflow import DejaEnvoye, TransitionRefusee

GENRE = "requisition"
# In a draft: the key of the case whose act asks the same for another person.
ORIGINE = "origine"
UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cible:
    """What one case says that the others of its page do not."""

    lettre: Requisition
    personne: Personne | None


@dataclass(frozen=True, slots=True)
class Envoi:
    """What reached the hospital, and when: letter, person, signed act. `papier`: the number of our own form.

    `appui`: the copy of what authorises the act. `autres`: the other persons or places of the page. `origine`: the
    case whose act this one asks again.
    """

    cle_depot: UUID
    lettre: Requisition
    personne: Personne | None
    fichier: Fichier | None
    urgence: str
    recue_le: datetime
    libelle: str
    papier: str = ""
    appui: Fichier | None = None
    autres: tuple[Cible, ...] = ()
    origine: Dossier | None = None


def deja_depose(cle: UUID, acteur: Acteur) -> Dossier | None:
    """What the page of this key has already become, for whoever sent it."""
    return Dossier.objects.filter(requisition__cle_depot=cle, cree_par_id=acteur.utilisateur_id).first()


def enregistrer(envoi: Envoi, place: Place, acteur: Acteur) -> Dossier:
    """The same record whatever the way it came; inside the caller's transaction. Returns the first case of the page."""
    premiere = _enregistrer_un(envoi, place, acteur)
    for rang, autre in enumerate(envoi.autres, start=1):
        cle = cle_de(envoi.cle_depot, rang)
        deja = deja_depose(cle, acteur)
        acte, appui = (None if deja else copie_pour_un_autre(premiere, quoi) for quoi in (ACTE_SIGNE, APPUI))
        perdu = (envoi.fichier and acte is None) or (envoi.appui and appui is None)
        if perdu and not deja:
            raise TransitionRefusee("L’antivirus a refusé le fichier joint. Choisissez-en un autre, puis déposez.")
        le_sien = replace(
            envoi,
            cle_depot=cle,
            lettre=autre.lettre,
            personne=autre.personne,
            fichier=acte,
            appui=appui,
            papier="",
            autres=(),
            origine=premiere,
        )
        _enregistrer_un(le_sien, place, acteur)
    return premiere


def _enregistrer_un(envoi: Envoi, place: Place, acteur: Acteur) -> Dossier:
    lettre = envoi.lettre
    brouillon = _serrer(envoi.cle_depot, acteur)
    if deja := deja_depose(envoi.cle_depot, acteur):
        _exiger_le_meme(deja, envoi)
        brouillon.delete()
        return deja
    dossier = ouvrir(
        nature="REQUISITION",
        variante=lettre.type_acte,
        workflow=WORKFLOW,
        etat=etats.RECUE,
        place=place,
        acteur=acteur,
        urgence=envoi.urgence,
        fiche_code="requisitions",
    )
    if envoi.papier:
        reprendre(
            dossier=dossier, acteur=acteur, formulaire=FORMULAIRE.code, numero=envoi.papier, rempli_le=envoi.recue_le
        )
        dossier.refresh_from_db()
    dossier.service_emetteur = lettre.service_requerant
    dossier.transmis_le, dossier.transmis_par_id = envoi.recue_le, acteur.utilisateur_id
    dossier.save()
    _remplir(dossier, envoi)
    _annoncer(dossier, envoi, service(place.service_code), acteur)
    _lier(dossier, envoi.origine or _origine_du_brouillon(brouillon, acteur))
    brouillon.delete()
    return dossier


def _origine_du_brouillon(brouillon: Brouillon, acteur: Acteur) -> Dossier | None:
    """What the draft knew beside its page: a case of the same act, if its writer still knows of that one."""
    voulue = brouillon.donnees.get(ORIGINE)
    return Dossier.objects.visibles_par(acteur).filter(cle=voulue).first() if voulue else None


def _lier(dossier: Dossier, origine: Dossier | None) -> None:
    """All the cases of one act are tied to the first."""
    if origine:
        premier = Lien.objects.filter(cible=origine, nature_lien=MEME_ACTE).first()
        Lien.objects.create(origine=premier.origine if premier else origine, cible=dossier, nature_lien=MEME_ACTE)


# Set by the deposit itself, whatever the page said.
POSES = {"dossier_id", "cle_depot", "precision", "ligne_decision_id"}


def _exiger_le_meme(deja: Dossier, envoi: Envoi) -> None:
    """The same key with another content deposits nothing, and says so (REL-05)."""
    gardee, concernee = deja.requisition, deja.personnes.first()
    champs = [champ.attname for champ in Requisition._meta.concrete_fields if champ.attname not in POSES]
    if (
        any(getattr(gardee, nom) != getattr(envoi.lettre, nom) for nom in champs)
        or _identite(concernee) != _identite(envoi.personne)
        or _autre_fichier(deja, ACTE_SIGNE, envoi.fichier)
        or _autre_fichier(deja, APPUI, envoi.appui)
        or Requisition.objects.filter(cle_depot__in=cles_de(envoi.cle_depot)[1:]).count() != len(envoi.autres)
    ):
        raise DejaEnvoye(rien_de_plus(deja))


def _autre_fichier(deja: Dossier, intitule: str, envoye: Fichier | None) -> bool:
    garde = joint(deja, intitule)
    return envoye is not None and (garde is None or garde.empreinte_deposee != envoye.empreinte_deposee)


def rien_de_plus(deja: Dossier) -> str:
    return (
        f"Cette page a déjà déposé la réquisition {deja.reference}. Ce que vous venez de changer n’est pas parti"
        "\u00a0: ouvrez cette réquisition pour la compléter, ou commencez-en une nouvelle."
    )


def _identite(personne: Personne | None) -> tuple[object, ...]:
    if personne is None:
        return ()
    dite = personne.age if personne.naissance is None else None
    return (personne.nom, personne.prenoms, personne.naissance, dite)


def _remplir(dossier: Dossier, envoi: Envoi) -> None:
    """The letter and the identity of a new case, with the row of the table that decides of it."""
    lettre, personne = envoi.lettre, envoi.personne
    lettre.dossier, lettre.cle_depot = dossier, envoi.cle_depot
    viser_la_ligne(lettre, personne, timezone.localdate(dossier.transmis_le))
    lettre.save()
    if lettre.ligne_decision:
        lettre.articles.set(ReferenceLegale.objects.filter(cle__in=lettre.ligne_decision.articles))
    if personne is not None:
        personne.dossier = dossier
        personne.save()


def viser_la_ligne(lettre: Requisition, personne: Personne | None, jour: date) -> None:
    """The row of the table that decides: who the person is narrows it."""
    lettre.precision = precision_de(
        lettre.cadre,
        lettre.type_acte,
        age=age_le(personne, jour),
        statut=lettre.statut_personne,
        choisie=lettre.precision if lettre.precision in DECLAREES.values() else "",
    )
    lettre.ligne_decision = chercher(
        lignes_en_vigueur(jour), lettre.cadre, lettre.type_acte, le=jour, precision=lettre.precision
    )


def _serrer(cle: UUID, acteur: Acteur) -> Brouillon:
    """Queue behind another submission of the same page: whoever comes second finds the draft gone, and its case."""
    voulu: dict[str, Any] = {"cle": cle, "defaults": {"proprietaire_id": acteur.utilisateur_id, "genre": GENRE}}
    Brouillon.objects.get_or_create(**voulu)
    brouillon = Brouillon.objects.select_for_update().filter(cle=cle).first()
    if brouillon is None:
        brouillon, _ = Brouillon.objects.get_or_create(**voulu)
    if brouillon.proprietaire_id != acteur.utilisateur_id:
        raise TransitionRefusee("Ce brouillon n’est pas le vôtre.")
    return brouillon


def _annoncer(dossier: Dossier, envoi: Envoi, saisie_par: Service, acteur: Acteur) -> None:
    """Deadline, preservation order, participations, signed act and acknowledgement of a new deposit."""
    r, fichier = envoi.lettre, envoi.fichier
    recue_le = timezone.localtime(dossier.transmis_le)
    delai = poser_le_delai(dossier, r)
    gel = _geler(dossier, r, acteur)
    presse = dossier.urgence == "IMMEDIATE" or r.type_acte == "EX_GAV"  # §2.13: the administrator on call at any hour
    de_garde, gardien = presse or _revient_a_la_garde(recue_le, delai.echeance_le), gel.service if gel else None
    octrois = octrois_du_depot(r, de_garde=de_garde, gardien=gardien, saisie_par=saisie_par)
    accorder(dossier=dossier, octrois=octrois, acteur=acteur)
    if fichier:
        joindre_pour_le_requerant(dossier, r, ACTE_SIGNE, fichier, acteur)
    if appui := envoi.appui or (copie_pour_un_dossier(r.titre) if r.titre else None):
        joindre_pour_le_requerant(dossier, r, APPUI, appui, acteur)
    relater(dossier=dossier, nom="deposer", libelle=envoi.libelle, acteur=acteur, apres=etats.RECUE)
    annoncer_a_prevoir(dossier=dossier, codes=avertis(dossier))
    empreinte = fichier.empreinte_deposee if fichier else ""
    accuse = documents.accuse_reception(
        dossier, r, echeance_le=delai.echeance_le, calcul=delai.calcul, empreinte=empreinte
    )
    documents.verser(accuse, dossier, classe=Classe.ADMINISTRATIF, remise_a=[r.service_requerant])


def _revient_a_la_garde(recue_le: datetime, echeance_le: datetime) -> bool:
    """Received when legal affairs are away, or due before they are back: somebody must see it tonight."""
    courte = echeance_le - recue_le <= UN_JOUR
    return hors_heures_ouvrees(recue_le) or (courte and hors_heures_ouvrees(timezone.localtime(echeance_le)))


def _geler(dossier: Dossier, r: Requisition, acteur: Acteur) -> Gel | None:
    """Ordered now, to be confirmed within the hour that follows the reception, however late it was written down."""
    objet = type_acte(r.type_acte).gel
    if not objet:
        return None
    recue_le = dossier.transmis_le or timezone.now()
    gel = Gel.objects.create(
        dossier=dossier,
        objet=objet,
        service=service(gels.GARDIENS[objet]),
        ordonne_par_id=acteur.utilisateur_id,
        confirmer_avant=recue_le + gels.CONFIRMER_SOUS,
        ecrasement=gels.ecrasement(objet, recue_le=recue_le, periode_du=r.periode_du, date_faits=r.date_faits),
    )
    echeances.poser(
        dossier=dossier,
        nom="gel",
        libelle="Confirmation du gel",
        debut_le=recue_le,
        echeance_le=gel.confirmer_avant,
        calcul="Une heure après la réception (convention), même si la réquisition est incomplète.",
    )
    annoncer_le_gel(gel, ORDONNE)
    return gel

"""The case as one reader may read it: fields by class, parties by name, pieces by right, events by house."""

from datetime import datetime
from types import SimpleNamespace as Objet
from typing import Any

from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Service
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, ParticipationPersonnelle
from dossiers.models.participation import Part
from dossiers.suivi import auteur_affiche, chronologie
from presentation.temps import NBSP, date_fr, heure_fr, moment_fr
from requisitions import criteres, retour
from requisitions.circuit import HOPITAL, PARQUET
from requisitions.echanges import ouverts, ouverts_jusqu_a
from requisitions.etats import PAR_ETAT, pour
from requisitions.lecture.personne import lignes_de_l_arrete, lignes_de_la_personne
from requisitions.mentions import ALERTES, LIBELLES
from requisitions.models import ControleMention, Element, Requisition
from requisitions.numeros import a_verifier, telephones
from requisitions.policies import agit, est_requerant, peut_echanger, peut_instruire, role_de, seulement_averti
from requisitions.reponses import elements_de, proposees
from requisitions.signes import CONFIDENTIELS, SIGNES
from requisitions.types_acte import type_acte
from transitions.verdict import Constat
from transitions.workflow import Etat

# What the hospital notes for itself: never read by the requester nor by the parquet.
INTERNES = frozenset(
    {"consigne", "presence_constatee", "presence_constatee_le", "presence_protegee", "sortie_le", "reponse_presence",
     "reponse_texte", "authentifiee_le", "authentifiee_par", "numero_rappel", "ligne_decision"}
)  # fmt: skip
# Alerts that are read before everything else, although they block nothing.
ROUGES = frozenset({"R-16"})
AVEC_LIBELLE = (
    "cadre", "statut_personne", "majeur_protege", "entendu_comme", "lieu_souhaite", "autorisation_mode",
    "autorite_qualite", "refus_motif", "canal", "canal_de_retour",
)  # fmt: skip


def lettre_pour(r: Requisition, acteur: Acteur) -> Objet:
    """The letter's fields this reader receives; the others are None, whatever the template asks.

    Whoever wrote it reads it again, whatever their role receives elsewhere; whoever is only told ahead reads nothing.
    """
    maison = any(place.institution_code == HOPITAL for place in acteur.places)
    averti, sienne = seulement_averti(r.dossier, acteur), est_requerant(r.dossier, acteur)
    lue: dict[str, Any] = {}
    for nom, classe in Requisition.CLASSES.items():
        permis = recoit(acteur.roles, classe) or (sienne and classe != Classe.TECHNIQUE)
        permis = permis and not averti and (maison or nom not in INTERNES)
        lue[nom] = (list(r.articles.all()) if nom == "articles" else getattr(r, nom)) if permis else None
    for nom in AVEC_LIBELLE:
        lue[f"{nom}_libelle"] = getattr(r, f"get_{nom}_display")() if lue[nom] else ""
    return Objet(**lue)


def _suite(*mots: str | None) -> str:
    return " · ".join(mot for mot in mots if mot)


def _bornes(du: datetime | None, au: datetime | None) -> str:
    if not du or not au:
        return ""
    debut, fin = (f"{date_fr(borne)}, {heure_fr(borne)}" for borne in (du, au))
    return f"Du {debut}, au {fin}"


def demande(r: Requisition, lue: Objet) -> list[Objet]:
    """The lines of « Ce qui est demandé », empty ones left out."""
    periode = _bornes(lue.periode_du, lue.periode_au)
    creneau = _suite(_bornes(lue.creneau_du, lue.creneau_au), lue.lieu_souhaite_libelle)
    donnee = moment_fr(lue.autorisation_le, timezone.now()) if lue.autorisation_le else ""
    autorisation = _suite(lue.autorisation_mode_libelle, lue.autorisation_magistrat, donnee, lue.instruction_reference)
    commission = _suite(lue.cr_reference, date_fr(lue.cr_date) if lue.cr_date else "", lue.cr_juge)
    lignes = (
        ("Arrivée", lue.canal_libelle if lue.canal != Requisition.Canal.PORTAIL else ""),
        ("Demande", lue.mission),
        ("Consigne", lue.consigne if lue.mission is None else ""),
        ("Lieu filmé" if r.type_acte == "VIDEO" else "À garder", lue.cible),
        ("Caméras", lue.cameras),
        ("Période", periode),
        ("Personne cherchée", criteres.en_mots(lue)),
        ("Créneau souhaité", creneau),
        ("Entendu comme", lue.entendu_comme_libelle),
        ("Procédure", f"n°{NBSP}{lue.num_procedure}" if lue.num_procedure else ""),
        ("Faits", _suite(lue.qualification, date_fr(lue.date_faits) if lue.date_faits else "")),
        ("Titre", f"{lue.titre.get_genre_display()}, n°{NBSP}{lue.titre}" if lue.titre else ""),
        ("Autorisation", autorisation),
        ("Commission", commission),
        ("Sous le contrôle de", lue.sous_controle_de),
        *lignes_de_l_arrete(lue),
        *lignes_de_la_personne(r, lue),
        ("Urgence", lue.delai_motif),
        ("Réponse souhaitée", retour.quand(lue.reponse_souhaitee_le)),
        ("Canal de retour", lue.canal_de_retour_libelle),
        ("Demande orale", lue.orale_motif if lue.orale else ""),
    )
    return [Objet(libelle=libelle, valeur=valeur) for libelle, valeur in lignes if valeur]


TONS = {"": ("mute", "circle"), "fourni": ("ok", "check"), "partiel": ("warn", "half"), "refuse": ("danger", "hand"),
        "non_detenu": ("mute", "cross")}  # fmt: skip


def elements(dossier: Dossier, r: Requisition, *, proposer: bool) -> list[Objet]:
    """Each item with its answer; `proposer` also shows what would be answered now."""
    mots = {"": "À décider", **dict(Element.Decision.choices)}
    lignes = []
    lus = elements_de(dossier, r)
    for element, proposee in zip(lus, proposees(dossier, r, lus), strict=True):
        decision = element.decision or (proposee if proposer else "")
        if not decision and not proposer:
            continue
        deduite = decision and not element.decision
        ton, icone = TONS[decision]
        lignes.append(
            Objet(
                objet=element.objet,
                reponse=f"{mots[decision]}, proposé" if deduite else mots[decision],
                motif=element.get_motif_display(),
                precision=element.precision,
                ton="mute" if deduite else ton,
                icone=icone,
            )
        )
    return lignes


def evenements(dossier: Dossier, acteur: Acteur) -> list[Objet]:
    """The timeline, the coming deadline first; its articles say what is inquired into.

    What somebody wrote freely may say why: it is for whoever instructs or required, and for the parquet that wrote it.
    """
    instruit, requiert = peut_instruire(dossier, acteur), est_requerant(dossier, acteur)
    judiciaire, tus = requiert or recoit(acteur.roles, Classe.JUDICIAIRE), () if instruit else CONFIDENTIELS
    siens: frozenset[int] = acteur.services if agit(dossier, acteur, Role.PARQUET) else frozenset()
    lignes = [
        Objet(
            titre=echeance.libelle, texte=echeance.calcul if judiciaire else "", quand=echeance.echeance_le, par="",
            ton="warn", icone="clock", futur=True, citation="",
        )
        for echeance in dossier.echeances.filter(tenue_le=None, suspendue_le=None, nom="reponse")
    ]  # fmt: skip
    lus = chronologie(dossier, acteur).exclude(nom__in=tus)
    for evenement in lus.filter(reserve_a=None) if seulement_averti(dossier, acteur) else lus:
        etat = PAR_ETAT.get(evenement.apres)
        cite = instruit or requiert or evenement.service_id in siens
        ton, icone = SIGNES.get(evenement.nom) or ((etat.ton, etat.icone) if etat else ("mute", "history"))
        lignes.append(
            Objet(titre=evenement.libelle, texte="", quand=evenement.le, par=auteur_affiche(evenement, acteur), ton=ton,
                  icone=icone, futur=False, citation=evenement.commentaire if cite else "")
        )  # fmt: skip
    return lignes


def grille(mentions: list[ControleMention], constats: list[Constat]) -> list[Objet]:
    """The checklist: what holds stays sober, only the gap stands out. Points without object are left out."""
    lignes = []
    for mention in mentions:
        if mention.resultat == ControleMention.Resultat.SANS_OBJET:
            continue
        conforme = mention.resultat == ControleMention.Resultat.CONFORME
        grave = mention.resultat == ControleMention.Resultat.NON_CONFORME and mention.numero not in ALERTES
        titre, aide = LIBELLES[mention.numero]
        lignes.append(
            Objet(
                libelle=titre,
                precision=" · ".join(mot for mot in (mention.numero, mention.precision or aide) if mot),
                ton="ok" if conforme else ("danger" if grave else "warn"),
                icone="check" if conforme else ("cross" if grave else "circle"),
                etat=mention.get_resultat_display(),
            )
        )
    signes = {"bloquant": ("danger", "cross", "Bloquant"), "alerte": ("warn", "alert", "Alerte")}
    for constat in constats:
        ton, icone, mot = signes.get(constat.niveau, ("info", "info", "Information"))
        if constat.numero in ROUGES:
            ton = "danger"
        detail = " · ".join(part for part in (constat.numero, constat.reference) if part)
        lignes.append(Objet(libelle=constat.message, precision=detail, ton=ton, icone=icone, etat=mot))
    return lignes


def echanges(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The messages of the two sides, for them only, and until when one may still write."""
    if not peut_echanger(dossier, acteur):
        return {"echanges": None}
    lus = dossier.messages.select_related("service", "auteur")
    return {
        "echanges": [
            Objet(
                objet=message.objet,
                texte=message.texte,
                envoye_le=message.envoye_le,
                de=f"{message.auteur}, {message.service.nom}"
                if message.service.institution_id in acteur.institutions
                else message.service.nom_externe,
            )
            for message in lus
        ],
        "echanges_ouverts": ouverts(dossier, timezone.now()),
        "echanges_jusqu_a": ouverts_jusqu_a(dossier),
    }


def parties(dossier: Dossier, r: Requisition) -> list[Objet]:
    """The panel of legal affairs: requester and parquet by the directory's number, the named doctor."""
    requerant = r.service_requerant
    parquet = Service.objects.select_related("institution").filter(code=PARQUET).first()
    numeros = telephones([requerant.pk, *([parquet.pk] if parquet else [])])
    lignes = [
        Objet(
            role="Requérant", nom=r.autorite_nom, famille=requerant.institution.famille,
            service=requerant.nom_externe, telephone=numeros.get(requerant.pk, ""),
            precision="Rappelez toujours le numéro de l’annuaire, jamais celui de la demande.",
            a_verifier=requerant.pk in a_verifier([requerant.pk]),
        )
    ]  # fmt: skip
    medecins = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier, role=Part.Role.EXECUTANT)
    lignes += [
        Objet(
            role=type_acte(r.type_acte).designe.partition(" ")[2].capitalize(),
            nom=str(part.user),
            famille="sante",
            service="",
            telephone="",
            precision="",
        )
        for part in medecins.select_related("user")
    ]
    if parquet:
        lignes.append(
            Objet(role="Magistrat", nom="Permanence du parquet", famille="justice", service=parquet.nom_externe,
                  telephone=numeros.get(parquet.pk, ""), precision="")
        )  # fmt: skip
    return lignes


def etat_lu(dossier: Dossier, acteur: Acteur) -> Etat:
    """The state in this party's own words."""
    return pour(dossier.etat, role_de(dossier, acteur))


def titre(dossier: Dossier, acteur: Acteur | None = None) -> str:
    """The name of the act; what awaits, for a service that is only told ahead."""
    acte = type_acte(dossier.variante)
    return acte.ligne_executant if acteur and seulement_averti(dossier, acteur) else acte.titre

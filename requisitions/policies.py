"""Who may do what now. Pure apart from two readings: the actor's own participations, whether a keeper has accounts."""

from accounts.roles import REQUERANTS, Role
from convention.acteur import Acteur, rattachements_valides
from dossiers.models import Dossier, Participation, Piece
from dossiers.models.participation import Part
from dossiers.participations import parts_de
from requisitions.etats import AVANT_REMISE, CLOTUREE, CONTESTEE, EN_EXECUTION, PRETE, REMISE
from requisitions.gels import REGLES, remis_par_le_poste
from requisitions.models import Gel, Requisition
from requisitions.saisie.ordre import A_VENIR
from requisitions.types_acte import Famille, type_acte
from transitions.verdict import OUI, Verdict, non

DEPOSANTS = (*sorted(REQUERANTS), Role.PARQUET, Role.PREFECTURE)
RECEVANTS = (Role.JURISTE, Role.GARDE)
# Due in hours: the administrator on call carries them through at night (§1.1, §12).
DE_GARDE = frozenset(
    ("PRESENCE", "VIDEO", "EX_GAV", "EX_VICT", "EX_SUSP", "PREL_ALC", "PREL_STUP", "PREL_AUTRE", "CORPS", "INCORP",
     "AUD_PAT", "RECH_CRIT", "EFFETS", "TUBES")
)  # fmt: skip
SORTIE = frozenset({PRETE, REMISE, CLOTUREE, CONTESTEE})
JURIDIQUES = "Cet acte revient aux affaires juridiques."
REQUERANT = "Cet acte revient au service qui a déposé la réquisition."


def _parts(dossier: Dossier, acteur: Acteur) -> list[Part]:
    memoire: dict[int, list[Part]] = vars(dossier).setdefault("_parts_par_acteur", {})
    if acteur.utilisateur_id not in memoire:
        memoire[acteur.utilisateur_id] = parts_de(dossier, acteur)
    return memoire[acteur.utilisateur_id]


def agit(dossier: Dossier, acteur: Acteur, *roles: Role) -> bool:
    """Holds one of these roles in a service that takes part: a role held elsewhere gives nothing here."""
    groupes = {part.group_id for part in _parts(dossier, acteur) if isinstance(part, Participation)}
    return any(place.role in roles and place.groupe_id in groupes for place in acteur.places)


def seulement_averti(dossier: Dossier, acteur: Acteur) -> bool:
    """Of a service told ahead, to which nothing is entrusted: neither the person nor the name of the act is theirs."""
    parts = _parts(dossier, acteur)
    return bool(parts) and all(part.role == Part.Role.AVERTI for part in parts)


def est_medecin_designe(dossier: Dossier, acteur: Acteur) -> bool:
    parts = _parts(dossier, acteur)
    return any(part.role == Part.Role.EXECUTANT and not isinstance(part, Participation) for part in parts)


def est_requerant(dossier: Dossier, acteur: Acteur) -> bool:
    """Of the unit that deposited: another unit of the same house does not even know of the case."""
    return agit(dossier, acteur, *DEPOSANTS) and any(
        part.role == Part.Role.AUTEUR and isinstance(part, Participation) for part in _parts(dossier, acteur)
    )


def role_de(dossier: Dossier, acteur: Acteur) -> str:
    """What this reader is in the case; the personal part, when there is one, says it best."""
    parts = _parts(dossier, acteur)
    propres = [part for part in parts if not isinstance(part, Participation)]
    return str(next((part.role for part in (*propres, *parts)), ""))


def peut_deposer(acteur: Acteur) -> Verdict:
    if acteur.place(*DEPOSANTS):
        return OUI
    return non("Une réquisition se dépose par le service requérant. Transmettez l’écrit reçu aux affaires juridiques.")


def peut_recevoir(acteur: Acteur) -> Verdict:
    """Who writes down what came at the counter, by telephone or on paper."""
    return _si(
        acteur.a(*RECEVANTS),
        "Une réquisition reçue hors de Trait d’union s’enregistre par les affaires juridiques ou l’administrateur de "
        "garde.",
    )


def peut_enregistrer(acteur: Acteur) -> bool:
    """Deposits, or writes down what came otherwise: the same page."""
    return bool(peut_deposer(acteur) or peut_recevoir(acteur))


SIMULENT = (*DEPOSANTS, Role.JURISTE, Role.GARDE, Role.DIRECTION, Role.REFERENT)


def peut_simuler(acteur: Acteur) -> Verdict:
    return _si(acteur.a(*SIMULENT), "Le simulateur sert aux requérants, aux affaires juridiques et à la référente.")


def peut_passer_la_releve(acteur: Acteur) -> Verdict:
    return _si(acteur.a(Role.GARDE), "La relève se passe par l’administrateur de garde.")


def peut_traiter_en_lot(acteur: Acteur) -> Verdict:
    return _si(acteur.a(Role.JURISTE, Role.GARDE), JURIDIQUES)


def _si(condition: bool, raison: str) -> Verdict:
    return OUI if condition else non(raison)


def peut_controler(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(agit(dossier, acteur, Role.JURISTE, Role.GARDE), JURIDIQUES)


peut_regulariser = peut_controler
peut_authentifier = peut_controler


def peut_valider(dossier: Dossier, acteur: Acteur) -> Verdict:
    if agit(dossier, acteur, Role.JURISTE):
        return OUI
    if agit(dossier, acteur, Role.GARDE):
        return _si(dossier.variante in DE_GARDE, "En garde, cette demande attend les affaires juridiques.")
    return non(JURIDIQUES)


peut_affecter = peut_valider
peut_mettre_a_disposition = peut_valider
peut_revoquer = peut_valider


def peut_repondre(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(est_requerant(dossier, acteur), REQUERANT)


peut_annuler = peut_repondre
peut_retirer = peut_repondre


def peut_demander_pour_une_autre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The same act may name several persons: each has a case of their own."""
    if not type_acte(dossier.variante).personne:
        return non("Cette demande ne concerne pas une personne.")
    return _si(est_requerant(dossier, acteur), REQUERANT)


def peut_reprendre_le_suivi(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Any colleague of the unit that deposited, as long as something is still to come."""
    if not est_requerant(dossier, acteur):
        return non(REQUERANT)
    return _si(dossier.phase in {"en_cours", "en_attente"}, "Cette réquisition est terminée : rien n’est à suivre.")


def peut_donner_accord(dossier: Dossier, acteur: Acteur) -> Verdict:
    permis = type_acte(dossier.variante).medecin and est_medecin_designe(dossier, acteur)
    return _si(permis, "L’accord est celui du médecin désigné, et de lui seul.")


def peut_confirmer_gel(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The people of the service that keeps it; where nobody has an account, those who can telephone it."""
    gel = getattr(dossier, "gel", None)
    if gel is None:
        return non("Rien n’est à geler dans ce dossier.")
    gardien = gel.service.groupe_id
    if any(isinstance(part, Participation) and part.group_id == gardien for part in _parts(dossier, acteur)):
        return OUI
    remplace = agit(dossier, acteur, Role.JURISTE, Role.GARDE) and _sans_gardien(gel)
    return _si(remplace, f"Le gel se confirme par {REGLES[gel.objet].gardee_par}.")


def _sans_gardien(gel: Gel) -> bool:
    memoire = vars(gel)
    if "_sans_gardien" not in memoire:
        memoire["_sans_gardien"] = not rattachements_valides().filter(service_id=gel.service_id).exists()
    return bool(memoire["_sans_gardien"])


def peut_preparer(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Who brings the matter of the answer: whom the kind of act declares, or the doctor it names."""
    acte = type_acte(dossier.variante)
    if acte.requis:
        return _si(est_medecin_designe(dossier, acteur), "L’examen et son certificat sont ceux du médecin désigné.")
    if seulement_averti(dossier, acteur):
        return non("La demande est encore au contrôle\u00a0: rien n’est à préparer avant qu’elle vous soit confiée.")
    medecin = acte.medecin and est_medecin_designe(dossier, acteur)
    return _si(medecin or agit(dossier, acteur, *acte.preparent), acte.preparation)


def peut_proposer_refus(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(agit(dossier, acteur, Role.JURISTE), "Un refus se propose par les affaires juridiques.")


def peut_refuser(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(agit(dossier, acteur, Role.DIRECTION), "Un refus attend le visa de la direction.")


def peut_clore(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(agit(dossier, acteur, Role.JURISTE), JURIDIQUES)


peut_classer = peut_clore


def peut_contester(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _si(
        agit(dossier, acteur, Role.JURISTE, Role.PARQUET),
        "La contestation se note par les affaires juridiques ou le parquet.",
    )


def peut_remettre_en_main(dossier: Dossier, acteur: Acteur) -> Verdict:
    """At the counter, day or night; the security desk hands over what it keeps: pictures, objects."""
    permis = agit(dossier, acteur, Role.JURISTE, Role.GARDE)
    securite = remis_par_le_poste(dossier.variante) and agit(dossier, acteur, Role.SECURITE)
    return _si(permis or securite, JURIDIQUES)


def peut_ouvrir_perquisition(acteur: Acteur) -> Verdict:
    return _si(
        acteur.a(Role.JURISTE, Role.GARDE),
        "Une perquisition inopinée s’ouvre par les affaires juridiques ou l’administrateur de garde.",
    )


def peut_repondre_pour_l_ordre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The councillors of the service that was summoned, until the operation is over."""
    if not agit(dossier, acteur, Role.ORDRE):
        return non("La présence se confirme par le conseiller de permanence de l’Ordre.")
    return _si(dossier.etat in A_VENIR, "L’opération n’est plus à venir : la réponse ne change plus.")


def peut_deplacer_convocation(dossier: Dossier, acteur: Acteur) -> Verdict:
    return peut_controler(dossier, acteur) and _si(dossier.etat in A_VENIR, "L’opération n’est plus à venir.")


def peut_rendre_compte(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The Ordre reports of the operation it was summoned to, from its start on and after the case is closed."""
    if not agit(dossier, acteur, Role.ORDRE):
        return non("Le compte rendu est celui du conseiller de l’Ordre.")
    return _si(
        dossier.etat in SORTIE | {EN_EXECUTION}, "L’opération n’a pas commencé : le compte rendu se dépose après elle."
    )


def peut_lire_convocations(acteur: Acteur) -> Verdict:
    return _si(acteur.a(Role.ORDRE), "Les convocations sont celles de l’Ordre des médecins.")


MAGISTRATS = frozenset({"PR", "SUBSTITUT", "JI", "JUGE"})
OFFICIERS = frozenset({"OPJ", "ODJ"}) | MAGISTRATS


def peut_confirmer_urgence(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Another officer of the unit, or a magistrate who takes part; never who asked.

    What the hospital wrote down names its author in words, which no account proves: a magistrate alone confirms it.
    """
    if dossier.urgence == "ORDINAIRE" or dossier.etat not in AVANT_REMISE:
        return non("Il n’y a pas d’urgence à confirmer.")
    if dossier.cree_par_id == acteur.utilisateur_id:
        return non("L’urgence se confirme par une autre personne que son auteur.")
    partie = est_requerant(dossier, acteur) or agit(dossier, acteur, Role.PARQUET)
    if dossier.requisition.canal != Requisition.Canal.PORTAIL:
        magistrat = any(place.qualite in MAGISTRATS for place in acteur.places)
        return _si(partie and magistrat, "Reçue hors de Trait d’union, l’urgence se confirme par un magistrat.")
    officier = any(place.qualite in OFFICIERS for place in acteur.places)
    return _si(partie and officier, "L’urgence se confirme par un second officier ou un magistrat.")


def peut_suivre_restitution(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not type_acte(dossier.variante).saisie or dossier.etat not in SORTIE:
        return non("La restitution suit une saisie qui a eu lieu.")
    return _si(agit(dossier, acteur, Role.JURISTE, Role.DIRECTION), JURIDIQUES)


def peut_ouvrir_memoire(dossier: Dossier, acteur: Acteur) -> Verdict:
    if type_acte(dossier.variante).famille == Famille.ADMINISTRATIVE or dossier.etat not in SORTIE:
        return non("Les frais se transmettent quand un acte facturable a été fait et remis.")
    return _si(agit(dossier, acteur, Role.JURISTE), JURIDIQUES)


def peut_tenir_les_frais(acteur: Acteur) -> Verdict:
    return _si(acteur.a(Role.REGIE), "Les mémoires de frais sont tenus par la régie.")


def peut_echanger(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The requesting unit and those who instruct write to each other; executors and copies do not."""
    partie = est_requerant(dossier, acteur) or peut_instruire(dossier, acteur)
    return _si(partie, "Les échanges sont ceux du service requérant et des affaires juridiques.")


def peut_instruire(dossier: Dossier, acteur: Acteur) -> bool:
    """Reads the whole legal side of the case: mentions, parties, internal timeline."""
    return agit(dossier, acteur, Role.JURISTE, Role.GARDE, Role.DIRECTION)


def peut_lire_piece(piece: Piece, acteur: Acteur) -> bool:
    """Asked after the role × class table. Medical: the named doctor only. The rest: those who handle the case."""
    dossier = piece.dossier
    if piece.classe == "medical":
        acte, tri = type_acte(dossier.variante), getattr(piece, "tri", None)
        # What a replaced doctor wrote of an examination is not given to the next one.
        sienne = not acte.requis or tri is None or tri.relue_par_id == acteur.utilisateur_id
        return acte.nomme_un_medecin and sienne and est_medecin_designe(dossier, acteur)
    if piece.service_id in acteur.services:
        return est_requerant(dossier, acteur) or peut_instruire(dossier, acteur) or agit(dossier, acteur, Role.SECURITE)
    return peut_instruire(dossier, acteur)

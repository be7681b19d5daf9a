"""Figures of the requisitions: who asks what, how well it is written, how fast and how the hospital answers."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, ExtractMonth, Least, TruncDate
from django.utils import timezone

from bilans.indicateurs.delais import centiles, centiles_par, medianes_par_mois, neuf_sur_dix
from bilans.indicateurs.periode import Periode, transmis
from bilans.indicateurs.releve import (
    Case,
    Chiffre,
    Releve,
    Tableau,
    classer,
    duree,
    effectif,
    en_mots,
    repartir,
    taux,
)
from bilans.secret_statistique import MOINS, NON_AFFICHE, SEUIL, montrer, part
from convention.models import Institution
from dossiers.echeances import FERMETURE, OUVERTURE, PARIS
from dossiers.models import Echeance, Evenement
from presentation.temps import duree_fr
from requisitions.delais import PREMIER_RETOUR
from requisitions.gels.pertes import perdus
from requisitions.models import AccordMedecin, Cadre, Gel, Recusation, Regularisation, Requisition
from requisitions.types_acte import libelles

NATURE = "REQUISITION"
TROP_PEU = "Trop peu de réquisitions pour conclure"
ENGAGEMENT = 90
REPONSES = ("mettre_a_disposition", "refuser")


def lettres(p: Periode) -> QuerySet[Requisition]:
    """By the hour they reached the hospital: a paper may be typed days later."""
    return Requisition.objects.filter(dossier__in=transmis(NATURE, p)).order_by()


def compter(lignes: QuerySet, champ: str) -> dict[Any, int]:
    return dict(lignes.values_list(champ).annotate(nombre=Count("pk")))


def par_acte(p: Periode) -> Tableau:
    comptes = compter(lettres(p), "type_acte")
    return classer("Réquisitions par type d’acte", "Type d’acte", libelles(), comptes, dessin="horizontales")


def montrees(p: Periode, *codes: str) -> list[Case]:
    """What I23 shows of the number of each act: no other figure tells a number that it hides."""
    lignes = {ligne[0]: ligne[1] for ligne in par_acte(p).lignes}
    return [lignes.get(libelles()[code], MOINS) for code in codes]


def volumes(p: Periode) -> Releve:
    """I23."""
    recues = lettres(p)
    institutions, cadres = compter(recues, "service_requerant__institution__code"), compter(recues, "cadre")
    noms = dict(Institution.objects.values_list("code", "nom_court"))
    requerants = classer(
        "Réquisitions par institution requérante", "Institution", noms, institutions, dessin="horizontales"
    )
    par_cadre = classer("Réquisitions par cadre juridique", "Cadre", dict(Cadre.choices), cadres, dessin="horizontales")
    total = sum(cadres.values())
    premier = requerants.lignes[0] if isinstance(requerants.lignes[0][1], int) else None
    precision = f"dont {premier[0]}\u00a0: {en_mots(premier[1])}" if premier and premier[0] != "Total" else ""
    conclusion = (
        f"{premier[0]}\u00a0: premier requérant de l’hôpital"
        if precision and premier
        else "Qui requiert l’hôpital\u00a0?"
    )
    tableaux = (requerants, *_par_service(p, noms, requerants), par_acte(p), par_cadre)
    return Releve("I23", conclusion, (effectif("réquisitions reçues", total, precision),), tableaux)


def _par_service(p: Periode, noms: dict[str, str], requerants: Tableau) -> tuple[Tableau, ...]:
    """Of the institutions whose count is shown, so that the two tables together tell nothing that one hides."""
    affichees = {mot for mot, nombre in requerants.lignes if isinstance(nombre, int)}
    lignes: dict[Any, str] = {}
    comptes: Counter[Any] = Counter()
    connus: dict[str, set[Any]] = {}
    bruts = lettres(p).values_list(
        "service_requerant__institution__code", "service_requerant__code", "service_requerant__nom"
    )
    for institution, code, nom, nombre in bruts.annotate(nombre=Count("pk")):
        if noms[institution] in affichees:
            cle, mot = (code, nom) if nombre >= SEUIL else (institution, "autres services")
            lignes[cle] = f"{noms[institution]}\u00a0: {mot}"
            comptes[cle] += nombre
            connus.setdefault(institution, set()).add(cle)
    if not lignes:
        return ()
    titre = "Réquisitions par service, pour les institutions affichées"
    sommes = [sorted(cles) for cles in connus.values()]
    return (repartir(titre, "Service requérant", list(lignes.items()), comptes, sommes, dessin="horizontales"),)


def delais(p: Periode) -> Releve:
    """I25."""
    retirees = Evenement.objects.filter(nom="revoquer", dossier=OuterRef("dossier"), pk__gt=OuterRef("pk"))
    reponses = Evenement.objects.filter(
        ~Exists(retirees), nom__in=REPONSES, le__gte=p.debut, dossier__in=transmis(NATURE, p)
    ).annotate(attente=F("le") - F("dossier__transmis_le") - Coalesce(_pauses(), timedelta()))
    tous, par_acte = centiles(reponses), centiles_par(reponses, "dossier__variante")
    tableau = Tableau(
        "Délai de réponse par type d’acte, pour cinq réponses ou plus",
        ("Type d’acte", "Réponses", "Médiane", "Neuf sur dix en moins de"),
        tuple(
            (mot, lus["nombre"], duree_fr(lus["mediane"]), duree_fr(lus["p90"]))
            for code, mot in libelles().items()
            if (lus := par_acte.get(code)) and lus["nombre"] >= SEUIL
        ),
    )
    courbe = medianes_par_mois(
        "Délai médian de réponse aux réquisitions, en heures",
        "Heures",
        p,
        reponses.annotate(mois=ExtractMonth("dossier__transmis_le", tzinfo=PARIS)),
        timedelta(hours=1),
    )
    tenues, dues = _echeances(p)
    mediane = duree(tous["mediane"], tous["nombre"])
    precision = f"engagement proposé\u00a0: {ENGAGEMENT}\u00a0%"
    chiffres = (
        taux("répondues dans le délai", tenues, dues, precision, au_moins=ENGAGEMENT),
        Chiffre("délai médian de réponse", mediane, neuf_sur_dix(tous)),
    )
    conclusion = TROP_PEU if mediane == NON_AFFICHE else f"La moitié des réponses sont prêtes en moins de {mediane}"
    return Releve("I25", conclusion, chiffres, (courbe, tableau))


def _pauses() -> Subquery:
    """The time an answer waited for its requester, who had points to put right."""
    fin = Least("repondue_le", OuterRef("le"), output_field=DateTimeField())
    demandes = Regularisation.objects.filter(dossier=OuterRef("dossier"), demandee_le__lt=OuterRef("le")).order_by()
    pause = Sum(ExpressionWrapper(fin - F("demandee_le"), output_field=DurationField()))
    return Subquery(demandes.values("dossier").annotate(pause=pause).values("pause"), output_field=DurationField())


def _echeances(p: Periode) -> tuple[int, int]:
    """Deadlines of an answer met among those met or passed; the clock of a suspended one stopped with it."""
    repondue = Exists(Evenement.objects.filter(nom__in=REPONSES, dossier=OuterRef("dossier")))
    tenue = Q(repondue=True, tenue_le__isnull=False)
    comptes = (
        Echeance.objects.filter(nom="reponse", dossier__in=transmis(NATURE, p))
        .exclude(libelle=PREMIER_RETOUR)
        .annotate(repondue=repondue, arret=Coalesce("suspendue_le", "tenue_le"))
        .aggregate(
            tenues=Count("pk", filter=tenue & Q(arret__lte=F("echeance_le"))),
            dues=Count("pk", filter=tenue | Q(tenue_le=None, suspendue_le=None, echeance_le__lt=p.fin)),
        )
    )
    return comptes["tenues"], comptes["dues"]


def refus(p: Periode) -> Releve:
    """I26. The ground stays in the letter, whatever becomes of the refusal: contested, then closed again."""
    comptes = compter(lettres(p).exclude(refus_motif=""), "refus_motif")
    total, toutes = sum(comptes.values()), lettres(p).count()
    tableau = classer("Refus par motif", "Motif", dict(Requisition.Refus.choices), comptes, dessin="horizontales")
    conclusion = TROP_PEU if toutes < SEUIL else f"{part(total, toutes).capitalize()} des réquisitions sont refusées"
    return Releve("I26", conclusion, (effectif("réquisitions refusées", total),), (tableau,))


def heures(p: Periode) -> Releve:
    """I27."""
    bruts = (
        transmis(NATURE, p)
        .annotate(
            jour=TruncDate("transmis_le", tzinfo=PARIS),
            heure=ExtractHour("transmis_le", tzinfo=PARIS),
            semaine=ExtractIsoWeekDay("transmis_le", tzinfo=PARIS),
        )
        .aggregate(
            toutes=Count("pk"),
            ouvrees=Count(
                "pk",
                filter=Q(semaine__lt=6, heure__gte=OUVERTURE, heure__lt=FERMETURE) & ~Q(jour__in=p.feries),
            ),
        )
    )
    hors = bruts["toutes"] - bruts["ouvrees"]
    tableau = repartir(
        "Réquisitions selon l’heure de réception",
        "Moment",
        [("ouvrees", "Heures ouvrées, 9 h à 18 h"), ("hors", "Nuit, week-end, jour férié")],
        {"ouvrees": bruts["ouvrees"], "hors": hors},
        dessin="horizontales",
    )
    mot = part(hors, bruts["toutes"])
    conclusion = (
        TROP_PEU if mot == NON_AFFICHE else f"{mot.capitalize()} des réquisitions arrivent hors des heures ouvrées"
    )
    return Releve("I27", conclusion, (taux("hors des heures ouvrées", hors, bruts["toutes"]),), (tableau,))


def videos(p: Periode) -> Releve:
    """I28. Lost is the hospital's doing; what was already erased at the reception is counted apart."""
    avant, apres, support = (perdus(cause, timezone.now()) for cause in Gel.Perte.values)
    perdues = apres | support
    comptes = Gel.objects.filter(objet="VIDEO", dossier__in=transmis(NATURE, p)).aggregate(
        gelees=Count("pk", filter=Q(confirme_le__isnull=False, perte="")),
        perdues=Count("pk", filter=perdues),
        avant=Count("pk", filter=avant),
        attente=Count("pk", filter=Q(confirme_le=None, perte="") & ~perdues & ~avant),
    )
    noms = {"gelees": "Copiées à temps", "perdues": "Perdues par l’hôpital", "avant": "Déjà effacées à la réception"}
    sorts = [*noms.items(), ("attente", "Copie à confirmer")]
    tableau = repartir("Images demandées", "Sort des images", sorts, comptes, dessin="horizontales")
    conclusion = f"Vidéos perdues par l’hôpital (doit être 0)\u00a0: {montrer(comptes['perdues'])}"
    return Releve("I28", conclusion, (effectif("vidéos copiées à temps", comptes["gelees"]),), (tableau,))


def accords(p: Periode) -> Releve:
    """I29. A doctor who was concerned, and replaced, gave no answer."""
    recuse = Recusation.objects.filter(
        dossier=OuterRef("dossier"), recuse_par=OuterRef("donne_par"), recuse_le__gte=OuterRef("donne_le")
    )
    dernier = AccordMedecin.objects.filter(~Exists(recuse), dossier=OuterRef("pk")).order_by("-donne_le", "-pk")
    demandes = transmis(NATURE, p).annotate(choix=Subquery(dernier.values("choix")[:1])).filter(choix__isnull=False)
    comptes = compter(demandes, "choix")
    noms = {"total": "Accord", "partiel": "Accord pour une partie", "refuse": "Refus", "sans_reponse": "Sans réponse"}
    tableau = repartir(
        "Réponses des médecins aux demandes de remise",
        "Réponse",
        list(noms.items()),
        comptes,
        connus=[["total", "partiel"]],
        dessin="horizontales",
    )
    total, favorables = sum(comptes.values()), comptes.get("total", 0) + comptes.get("partiel", 0)
    mot = part(favorables, total)
    conclusion = (
        TROP_PEU if mot == NON_AFFICHE else f"Le médecin donne son accord, en tout ou partie, pour {mot} des demandes"
    )
    return Releve("I29", conclusion, (taux("accords du médecin, en tout ou partie", favorables, total),), (tableau,))

"""Figures of some situations alone: children, vulnerable adults, certificates, complaints, arms, absences."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef

from bilans.indicateurs.delais import centiles, neuf_sur_dix
from bilans.indicateurs.periode import ATTENTE, Periode, transmis
from bilans.indicateurs.releve import Chiffre, Releve, duree, effectif, repartir, taux
from bilans.secret_statistique import NON_AFFICHE, part
from dossiers.models import Dossier, Participation
from dossiers.models.participation import Part
from fiches.models import ConsultationSecret
from signalements.etats import REMIS
from signalements.models import Signalement, Suite
from signalements.voies.certificat import REQUISITION
from signalements.voies.cmi import JOURS

NATURE = "SIGNALEMENT"
VERS_LE_PARQUET, VERS_LA_CRIP = ("MINEUR_SIGNALEMENT",), ("MINEUR_IP", "RADICALISATION_MINEUR")
ENGAGEMENT_FORCES = timedelta(minutes=30)


def _effectifs(p: Periode) -> Counter[str]:
    return Counter(dict(transmis(NATURE, p).values_list("variante").annotate(nombre=Count("pk"))))


def mineurs(p: Periode) -> Releve:
    """I05."""
    comptes = _effectifs(p)
    parquet = sum(comptes[code] for code in VERS_LE_PARQUET)
    crip = sum(comptes[code] for code in VERS_LA_CRIP)
    copie = Participation.objects.filter(
        content_object=OuterRef("pk"), role=Part.Role.COPIE, group__service__institution__code="CRIP"
    )
    copies = transmis(NATURE, p).filter(Exists(copie), variante__in=VERS_LE_PARQUET).count()
    mot = part(parquet, parquet + crip)
    return Releve(
        "I05",
        "Trop peu d’envois pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des envois sur un enfant vont au procureur",
        (
            effectif("signalements d’un mineur au procureur", parquet),
            effectif("informations préoccupantes à la CRIP", crip),
            taux("signalements d’un mineur avec copie à la CRIP", copies, parquet),
        ),
    )


def vulnerables(p: Periode) -> Releve:
    """I07."""
    comptes = _effectifs(p)
    parquet, ars = comptes["MAJEUR_VULNERABLE_PR"], comptes["MAJEUR_VULNERABLE_ARS"]
    mot = part(parquet, parquet + ars)
    tableau = repartir(
        "Majeurs hors d’état de se protéger, selon le destinataire",
        "Destinataire",
        [("PR", "Procureur"), ("ARS", "Cellule de l’ARS")],
        {"PR": parquet, "ARS": ars},
        dessin="horizontales",
    )
    conclusion = (
        "Trop peu d’envois pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des signalements de majeurs vulnérables vont au procureur"
    )
    return Releve("I07", conclusion, (effectif("signalements de majeurs vulnérables", parquet + ars),), (tableau,))


def certificats(p: Periode) -> Releve:
    """I08: initial certificates handed over, opened letter by letter since their answers are sealed."""
    remis = Dossier.objects.filter(
        nature=NATURE,
        variante="CMI",
        etat=REMIS,
        cree_le__gte=p.debut - ATTENTE,
        clos_le__gte=p.debut,
        clos_le__lt=p.fin,
    ).order_by()
    lettres = [
        lettre.propres or {} for lettre in Signalement.objects.filter(dossier__in=remis).only("propres").order_by()
    ]
    fixees = sum(une.get("itt") == JOURS for une in lettres)
    requis = sum(une.get("cadre") == REQUISITION for une in lettres)
    mot = part(fixees, len(lettres))
    return Releve(
        "I08",
        "Trop peu de certificats pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des certificats fixent une ITT",
        (
            effectif("certificats remis en main propre", len(lettres)),
            taux("certificats qui fixent une ITT", fixees, len(lettres)),
            taux("certificats établis sur réquisition", requis, len(lettres)),
        ),
    )


def demarches(p: Periode) -> Releve:
    """I09."""
    plaintes = _effectifs(p)["PLAINTE_SIMPLIFIEE"]
    suites = Suite.objects.filter(
        dossier__in=transmis(NATURE, p).filter(variante="PLAINTE_SIMPLIFIEE"), suite_type="PLAINTE_RECUE"
    )
    aboutis = suites.order_by().values("dossier").distinct().count()
    mot = part(aboutis, plaintes)
    return Releve(
        "I09",
        "Trop peu de plaintes simplifiées pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des fiches de liaison aboutissent à une plainte reçue",
        (
            effectif("fiches de liaison pour une plainte simplifiée", plaintes),
            taux("plaintes reçues", aboutis, plaintes),
        ),
    )


def absences(p: Periode) -> Releve:
    """I15."""
    dossiers = transmis(NATURE, p).filter(variante="DISPARITION")
    lus = centiles(
        Signalement.objects.filter(dossier__in=dossiers, date_constat__isnull=False).annotate(
            attente=F("dossier__transmis_le") - F("date_constat")
        )
    )
    total = dossiers.count()
    retrouvees = (
        Suite.objects.filter(dossier__in=dossiers, suite_type="RETROUVEE")
        .order_by()
        .values("dossier")
        .distinct()
        .count()
    )
    mot = duree(lus["mediane"], lus["nombre"])
    tenu = lus["mediane"] is not None and lus["mediane"] <= ENGAGEMENT_FORCES
    return Releve(
        "I15",
        "Trop peu d’absences inquiétantes pour mesurer le délai"
        if mot == NON_AFFICHE
        else f"La moitié des absences sont signalées en moins de {mot}",
        (
            effectif("absences inquiétantes signalées", total),
            Chiffre(
                "délai médian du constat à l’alerte",
                mot,
                neuf_sur_dix(lus) or "engagement proposé\u00a0: 30\u00a0min",
                "" if mot == NON_AFFICHE else "ok" if tenu else "danger",
            ),
            taux("personnes retrouvées par la police ou la gendarmerie", retrouvees, total),
        ),
    )


def consultations(p: Periode) -> Releve:
    """I17: questions without an identity, whose answers only are counted."""
    comptes = Counter(
        dict(
            ConsultationSecret.objects.filter(ouverte_le__gte=p.debut, ouverte_le__lt=p.fin)
            .order_by()
            .values_list("resultat")
            .annotate(nombre=Count("pk"))
        )
    )
    total, sans = sum(comptes.values()), comptes[ConsultationSecret.Resultat.SANS_BASE]
    mot = part(sans, total)
    return Releve(
        "I17",
        "Trop peu de consultations pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des questions sur le secret ne trouvent aucune base légale",
        (effectif("consultations sur le secret", total), taux("consultations sans base légale", sans, total)),
    )


def perils(p: Periode) -> Releve:
    """I18: three rare situations counted together, so that none tells of somebody."""
    comptes = _effectifs(p)
    total = sum(comptes[code] for code in ("RADICALISATION_MINEUR", "ARME_PREFET", "PERIL_TIERS"))
    return Releve(
        "I18",
        "Les situations rares sont comptées ensemble",
        (effectif("basculements, armes et périls transmis", total),),
    )


def references(p: Periode) -> Releve:
    """I22."""
    lettres = Signalement.objects.filter(dossier__in=transmis(NATURE, p), base_legale__isnull=False).order_by()
    perimees = lettres.filter(base_legale__fin__lt=F("dossier__transmis_le__date")).count()
    total = lettres.count()
    mot = part(perimees, total)
    return Releve(
        "I22",
        "Trop peu de signalements pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des signalements citent une référence expirée",
        (taux("signalements sous une référence expirée", perimees, total, au_plus=0),),
    )

"""Figures of the hearings: what became of each session, what doctors said, who was accompanied.

The figures of one kind of hearing are shown when its volume is: nothing here tells a number that I23 hides.
"""

from collections import Counter

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bilans.indicateurs.delais import centiles, neuf_sur_dix
from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Chiffre, Releve, Tableau, duree, en_mots, repartir, taux
from bilans.indicateurs.requisitions import TROP_PEU, compter, lettres, montrees
from requisitions.audition import PATIENT, PROFESSIONNEL
from requisitions.models import AvisAptitude, Requisition, Seance, Volet

Issue, Valeur, REFUS = Seance.Issue, AvisAptitude.Valeur, AvisAptitude.Accord.REFUS
TENUE, NON_TENUE, A_VENIR = (
    (Issue.REALISEE, "Tenues"),
    (Issue.NON_TENUE, "Non tenues, pour une autre raison"),
    ("", "À venir"),
)
DU_PATIENT = [
    TENUE,
    (Issue.REFUSEE_PATIENT, "Refusées par la personne"),
    (Issue.REPORTEE_MEDICAL, "Reportées sur avis du médecin"),
    NON_TENUE,
    A_VENIR,
]
ACCOMPAGNEMENTS = [("accepte", "Proposé, accepté"), ("decline", "Proposé, décliné"), ("non", "Pas encore proposé")]
Part = tuple[tuple[Chiffre, ...], tuple[Tableau, ...]]


def auditions(p: Periode) -> Releve:
    """I34."""
    patients, professionnels = montrees(p, PATIENT, PROFESSIONNEL)
    chiffres = [Chiffre("auditions de patients demandées", en_mots(patients))]
    tableaux: list[Tableau] = []
    if isinstance(patients, int):
        dits, repartis = _des_patients(lettres(p).filter(type_acte=PATIENT))
        chiffres.extend(dits)
        tableaux.extend(repartis)
    chiffres.append(Chiffre("auditions de professionnels demandées", en_mots(professionnels)))
    if isinstance(professionnels, int):
        dits, repartis = _des_professionnels(lettres(p).filter(type_acte=PROFESSIONNEL))
        chiffres.extend(dits)
        tableaux.extend(repartis)
    conclusion = "Ce que deviennent les auditions demandées à l’hôpital" if tableaux else TROP_PEU
    return Releve("I34", conclusion, tuple(chiffres), tuple(tableaux))


def _des_patients(demandes: QuerySet[Requisition]) -> Part:
    premiers = Volet.objects.filter(dossier__in=demandes.values("pk")).exclude(aptitude="").order_by()
    suivants = AvisAptitude.objects.filter(dossier__in=demandes.values("pk")).order_by()
    avis = Counter(compter(premiers, "aptitude")) + Counter(compter(suivants, "valeur"))
    lus = centiles(premiers.annotate(attente=F("aptitude_le") - F("dossier__transmis_le")))
    issues = Counter(_issues(demandes))
    issues[Issue.REFUSEE_PATIENT] += _refusees_au_medecin(demandes)
    chiffres = (
        taux("avis d’aptitude défavorables", avis[Valeur.INAPTE], avis.total()),
        Chiffre("délai médian du premier avis d’aptitude", duree(lus["mediane"], lus["nombre"]), neuf_sur_dix(lus)),
    )
    dits = [(str(code), str(mot)) for code, mot in Valeur.choices]
    tableaux = (
        _selon_l_issue("Auditions de patients selon leur issue", DU_PATIENT, issues),
        repartir("Avis d’aptitude à une audition", "Avis du médecin", dits, avis, dessin="horizontales"),
    )
    return chiffres, tableaux


def _refusees_au_medecin(demandes: QuerySet[Requisition]) -> int:
    """Said at the certificate, before any session: none was programmed."""
    ici = OuterRef("pk")
    suivant = Exists(AvisAptitude.objects.filter(dossier=ici, accord=REFUS))
    sans_seance = demandes.filter(~Exists(Seance.objects.filter(dossier=ici)))
    return sans_seance.filter(Q(dossier__volet__accord=REFUS) | suivant).count()


def _des_professionnels(demandes: QuerySet[Requisition]) -> Part:
    volets = Volet.objects.filter(dossier__in=demandes.values("pk")).exclude(accompagnement="").order_by()
    reponses = compter(volets, "accompagnement")
    chiffre = taux("professionnels convoqués et accompagnés", reponses.get("accepte", 0), sum(reponses.values()))
    return (chiffre,), (
        _selon_l_issue("Auditions de professionnels selon leur issue", [TENUE, NON_TENUE, A_VENIR], _issues(demandes)),
        repartir(
            "Accompagnement des professionnels convoqués",
            "Accompagnement",
            ACCOMPAGNEMENTS,
            reponses,
            dessin="horizontales",
        ),
    )


def _issues(demandes: QuerySet[Requisition]) -> dict[str, int]:
    return compter(Seance.objects.filter(dossier__in=demandes.values("pk")).order_by(), "issue")


def _selon_l_issue(titre: str, issues: list[tuple[str, str]], comptes: dict[str, int]) -> Tableau:
    return repartir(titre, "Issue", issues, comptes, dessin="horizontales")

"""The convention in the demonstration: delegations of signature, a new office-holder, an amendment half signed."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from convention import quatre_yeux, succession, workflow
from convention.acteur import acteur_de
from convention.models import Convention, Delegation, DemandeDouble, Institution, Mandat
from convention.textes import principale

REFERENTE = "referente@demo.test"
SECOND = "dpo@demo.test"
SIGNATAIRES = {
    "SPREF": "prefecture@demo.test",
    "PARQUET": "parquet@demo.test",
    "CHV": REFERENTE,
    "CDOM": "ordre@demo.test",
    "POLICE": "opj@demo.test",
    "GENDARMERIE": "gendarme@demo.test",
    "DOUANES": "douanes@demo.test",
    "EPM": "epm@demo.test",
    "MA": "maison-arret@demo.test",
}
ABSENTS = ("GENDARMERIE", "DOUANES")
ARTICLE = "groupes-de-travail"
AJOUT = "\nUn retour d’expérience reçoit une réponse dans les trente jours."


def peupler_accord() -> None:
    """Nothing when no convention is loaded."""
    convention = principale()
    comptes = {compte.courriel: compte for compte in User.objects.filter(courriel__in=[*SIGNATAIRES.values(), SECOND])}
    if convention is None or len(comptes) <= len(SIGNATAIRES):
        return
    for code, courriel in SIGNATAIRES.items():
        mandat = Mandat.objects.get(institution__code=code, fin_le=None)
        Delegation.objects.create(
            mandat=mandat, delegataire=comptes[courriel], titre="Délégué (démonstration)", debut_le=mandat.debut_le
        )
    _nouveau_titulaire(comptes)
    _avenant(convention, comptes)


def _nouveau_titulaire(comptes: dict[str, User]) -> None:
    """An invented office-holder: the delegations of the former one are taken over."""
    douanes = Institution.objects.get(code="DOUANES")
    prise = succession.demander(
        institution=douanes,
        acteur=acteur_de(comptes[REFERENTE]),
        civilite="Mme",
        prenom="Solène",
        nom="Vasseur-Fictive",
        titre="Directrice régionale des Douanes de Lille (personne fictive)",
        utilisateur=None,
        debut_le=timezone.localdate() - timedelta(days=20),
        motif="Exemple de démonstration, sans lien avec la réalité.",
        reprises=set(Delegation.objects.filter(mandat__institution=douanes).values_list("pk", flat=True)),
    )
    quatre_yeux.approuver(
        demande=DemandeDouble.objects.get(objet=prise.cle),
        contenu=succession.contenu(prise.cle),
        acteur=acteur_de(comptes[SECOND]),
    )


def _avenant(convention: Convention, comptes: dict[str, User]) -> None:
    referente = acteur_de(comptes[REFERENTE])
    effet_le = timezone.localdate() + timedelta(days=30)
    motif = "Les retours d’expérience attendent trop longtemps leur réponse. Exemple de démonstration."
    avenant = workflow.proposer(convention=convention, acteur=referente, motif=motif, effet_le=effet_le)
    lignes = [dict(article) for article in avenant.contenu["articles"]]
    for ligne in lignes:
        if ligne["id"] == ARTICLE:
            ligne["texte"] += AJOUT
    avenant = workflow.rediger(
        version=avenant, acteur=referente, textes=lignes, motif=motif, effet_le=effet_le, version_lue=0
    )
    workflow.ouvrir_signature(version=avenant, acteur=referente)
    for code, courriel in SIGNATAIRES.items():
        if code not in ABSENTS:
            workflow.signer(version=avenant, acteur=acteur_de(comptes[courriel]), empreinte=avenant.empreinte)

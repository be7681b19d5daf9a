"""C1 to C4 of §1.2 (ADR 27): no level per case, the four are read from the classes and from whom a piece is addressed to."""

import pytest

from accounts.roles import REQUERANTS, Role
from convention.models import Service
from documents.coffre import deposer
from dossiers.classes import RECOIT, Classe, recoit
from dossiers.models import Dossier, Piece
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.pieces import lisible
from requisitions import workflow as w
from requisitions.lecture import INTERNES, lettre_pour
from requisitions.models import Requisition
from tests.distribution import Distribution
from tests.requisitions.conftest import motifs_du_controle, octets_pdf, tout_conforme
from tests.requisitions.fabrique import ouvrir

SOINS = {Role.SOIGNANT, Role.SOCIAL, Role.MEDECIN_RESPONSABLE, Role.USMP}
INSTRUISENT = {Role.JURISTE, Role.GARDE, Role.DIRECTION}
DE_L_HOPITAL = SOINS | INSTRUISENT | {
    Role.CADRE, Role.ARCHIVES, Role.SECURITE, Role.ENTREES, Role.MORTUAIRE, Role.SOINS_SANS_CONSENTEMENT, Role.REGIE,
}  # fmt: skip


def qui_recoit(classe: Classe) -> set[Role]:
    return {role for role in RECOIT if recoit([role], classe)}


def test_c1_chaque_role_qui_recoit_quelque_chose_recoit_l_administratif() -> None:
    assert qui_recoit(Classe.ADMINISTRATIF) == {role for role, classes in RECOIT.items() if classes}


def test_c2_le_judiciaire_est_aux_requerants_et_dans_l_hopital_a_ceux_qui_instruisent() -> None:
    assert qui_recoit(Classe.JUDICIAIRE) & DE_L_HOPITAL == INSTRUISENT
    assert qui_recoit(Classe.JUDICIAIRE) >= set(REQUERANTS)


def test_c3_ce_que_l_hopital_garde_pour_lui_a_une_classe_et_ne_lui_suffit_pas_pour_sortir() -> None:
    """Each of these fields has a class that a requester receives: it is `INTERNES` that keeps it inside."""
    assert Requisition.CLASSES.keys() >= INTERNES
    gardees = {nom for nom in INTERNES if recoit(REQUERANTS, Requisition.CLASSES[nom])}
    assert {"presence_constatee", "presence_protegee", "consigne"} <= gardees


def test_c4_le_medical_et_le_social_ne_sont_qu_aux_soins() -> None:
    for classe in (Classe.MEDICAL, Classe.SOCIAL):
        assert qui_recoit(classe) == SOINS
        assert not qui_recoit(classe) & (INSTRUISENT | set(REQUERANTS))


@pytest.fixture
def confiee(distribution: Distribution) -> Dossier:
    """A copy of a record entrusted to a doctor; the direction and the parquet take part."""
    juriste = distribution.acteur("juriste")
    dossier = w.controler(dossier=ouvrir(distribution), acteur=juriste)
    tout_conforme(dossier, juriste)
    dossier = w.valider(dossier=dossier, acteur=juriste, motifs=motifs_du_controle(dossier))
    medecin = distribution.utilisateur("medecin")
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Passage de la veille.", medecin=medecin)
    octrois = [
        Octroi(role, "Pour information", "Essai", "Essai", service=distribution.service(code))
        for role, code in ((Part.Role.OBSERVATEUR, "CHV-DIR"), (Part.Role.COPIE, "PARQUET-PERM"))
    ]
    accorder(dossier=dossier, octrois=octrois, acteur=juriste)
    return dossier


def piece(dossier: Dossier, classe: Classe, depose: Service, *remise_a: Service) -> Piece:
    fichier = deposer(octets_pdf(f"{classe} {len(remise_a)}"), extension="pdf", type_mime="application/pdf")
    faite: Piece = Piece.objects.create(
        dossier=dossier, intitule=f"Pièce {classe}", classe=classe, fichier=fichier, service=depose
    )
    faite.remise_a.set(remise_a)
    return faite


def test_un_meme_dossier_tient_les_quatre_niveaux_a_la_fois(distribution: Distribution, confiee: Dossier) -> None:
    juridiques, archives = distribution.service("CHV-DAJ"), distribution.service("CHV-ARCH")
    requerant, parquet = confiee.service_emetteur, distribution.service("PARQUET-PERM")
    niveaux = {
        "C1": piece(confiee, Classe.ADMINISTRATIF, juridiques, requerant, parquet),
        "C2": piece(confiee, Classe.JUDICIAIRE, juridiques, requerant),
        "C3": piece(confiee, Classe.JUDICIAIRE, juridiques),
        "C4": piece(confiee, Classe.MEDICAL, archives),
    }
    personnes = ("opj", "parquet", "juriste", "directrice", "medecin", "archives")
    acteurs = {nom: distribution.acteur(nom) for nom in personnes}
    visibles = {nom for nom, qui in acteurs.items() if Dossier.objects.visibles_par(qui).filter(pk=confiee.pk).exists()}
    assert visibles == set(personnes), "chacun ouvre le dossier : c’est la pièce qui décide"
    lues = {niveau: {nom for nom, qui in acteurs.items() if lisible(dite, qui)} for niveau, dite in niveaux.items()}
    assert lues == {
        "C1": {"opj", "parquet", "juriste", "directrice"},
        "C2": {"opj", "juriste", "directrice"},
        "C3": {"juriste", "directrice"},
        "C4": {"medecin"},
    }


def test_c3_et_c2_le_requerant_relit_sa_lettre_et_rien_de_ce_que_l_hopital_garde(
    distribution: Distribution, confiee: Dossier
) -> None:
    lettre = Requisition.objects.get(pk=confiee.pk)
    lues = {nom: lettre_pour(lettre, distribution.acteur(nom)) for nom in ("opj", "juriste", "medecin")}
    assert (lues["opj"].mission, lues["medecin"].mission) == (lettre.mission, None)
    assert {getattr(lues["opj"], nom) for nom in INTERNES} == {None}
    assert lues["juriste"].consigne == lues["medecin"].consigne == "Passage de la veille."

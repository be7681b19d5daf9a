"""What leaves for the police or the préfet names neither ward nor care; what the author keeps inside stays inside."""

import uuid

import pytest
from django.urls import reverse

from dossiers.classes import Classe
from dossiers.models import Participation
from dossiers.pieces import joindre
from signalements import conservation, documents, instruction, remise, workflow
from signalements.contenu import lire
from signalements.models import Complement, Signalement
from signalements.voies import VOIES
from tests.coffre_ouvert import lire as lire_fichier
from tests.imprime import texte
from tests.prises_en_charge.scene import fichier
from tests.signalements.situation import JETON, pret, signature, transmis
from tests.signalements.test_voies import lu

DISCRETES = sorted(code for code, voie in VOIES.items() if voie.discret)
# Written under another voie, or asked by none of these: nothing of it may leave.
SOINS = {
    "mesures": "CANARI-MESURES hospitalisée en psychiatrie",
    "motif_danger": "CANARI-DANGER",
    "certificat": "ETABLI",
    "lesions": [{"zone": "FACE_COU", "nature": "TRACE", "dimensions": "CANARI-LESION", "couleur": ""}],
    "etat_grossesse": "OUI",
    "grille_d": {"version": "2025.1", "reponses": {"d17": "OUI"}},
    "auteur_designe": "CANARI-AUTEUR",
}
INTERDITS = (
    "CANARI-MESURES",
    "CANARI-DANGER",
    "CANARI-LESION",
    "Schéma des lésions",
    "CANARI-AUTEUR",
    "CANARI-TRAITEMENT",
    "Établi et remis",
    "Grossesse",
    "idées suicidaires",
    "Urgences adultes",
    "sychiatr",
    "Diagnostic",
    "Soins sur décision du préfet",
    "Tutelle",
    "Dr Sellier",
    "IPP",
)


def ecrite(soignante, code, **propres):
    dossier = pret(soignante, code, **SOINS)
    lettre = Signalement.objects.get(pk=dossier.pk)
    lettre.propres = {**lettre.propres, **propres}
    lettre.save()
    return dossier


def envoyee(soignante, code, **propres):
    signe = signature(VOIES[code].destinataire_defaut)
    return workflow.transmettre(dossier=ecrite(soignante, code, **propres), acteur=soignante, signature=signe)


def imprime(dossier) -> str:
    return texte(lire_fichier(dossier.pieces.exclude(document=None).get().fichier))


def test_les_voies_vers_la_police_et_le_prefet_sont_discretes():
    assert DISCRETES == ["ARME_PREFET", "DISPARITION", "PERIL_TIERS", "PLAINTE_SIMPLIFIEE"]
    ailleurs = {"POLICE", "GENDARMERIE", "SPREF"}
    for code, voie in VOIES.items():
        if ailleurs & {institution for institution, _ in voie.destinataires}:
            assert code in DISCRETES


@pytest.mark.parametrize("code", DISCRETES)
def test_le_document_ne_dit_ni_maladie_ni_traitement_ni_service_ni_cadre_des_soins(code, soignante):
    propres = {"statut_admission": "SDRE", "mesure_protection": "TUTELLE", "traitement": "CANARI-TRAITEMENT"}
    pdf = imprime(envoyee(soignante, code, **propres))
    assert JETON["nom"] in pdf
    assert [mot for mot in INTERDITS if mot in pdf] == []
    assert "accueil des autorités" in pdf


@pytest.mark.parametrize("code", DISCRETES)
def test_la_page_du_destinataire_ne_dit_rien_de_plus_que_le_document(code, soignante, distribution):
    qui = {"POLICE-CSP": "opj", "SPREF-SEC": "prefecture", "PARQUET-PERM": "parquet"}[VOIES[code].destinataire_defaut]
    distribution.utilisateur(qui)
    dossier = envoyee(soignante, code, statut_admission="SDRE", mesure_protection="TUTELLE")
    page = lu(distribution.client(qui).get(reverse("signalements:lettre", args=[dossier.cle])))
    assert [mot for mot in INTERDITS if mot in page] == []


def test_la_fiche_de_liaison_d_une_plainte_ne_porte_aucun_fait(soignante):
    pdf = imprime(envoyee(soignante, "PLAINTE_SIMPLIFIEE"))
    assert JETON["faits"] not in pdf
    assert "CANARI-PAROLES" not in pdf
    assert JETON["contact"] in pdf
    assert "Demain, de 10 h à 12 h" in pdf.replace("\u00a0", " ")


def test_la_lettre_au_prefet_cite_son_texte_et_passe_par_le_sous_prefet(soignante):
    pdf = imprime(envoyee(soignante, "ARME_PREFET"))
    for mention in ("226-14, 4°", "préfet du Nord, sous couvert du sous-préfet", "Nomme un voisin", "en conscience"):
        assert mention in pdf, mention
    assert "procureur" not in pdf


def test_une_piece_jointe_sous_une_autre_voie_ne_part_pas_au_prefet(soignante):
    dossier = pret(soignante, "ARME_PREFET")
    certificat = {"intitule": "Certificat descriptif", "classe": Classe.MEDICAL, "fichier": fichier()}
    joindre(dossier=dossier, acteur=soignante, **certificat)
    assert lire(dossier).pieces == []
    parti = workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature("SPREF-SEC"))
    assert not parti.pieces.get(intitule="Certificat descriptif").remise_a.exists()
    assert "Certificat" not in texte(documents.apercu(lire(parti)))


def test_le_prefet_recoit_la_copie_d_une_absence_sous_sa_mesure_et_d_elle_seule(soignante):
    libre, sdre = (envoyee(soignante, "DISPARITION", statut_admission=statut) for statut in ("LIBRE", "SDRE"))
    codes = {
        dossier: set(
            Participation.objects.filter(content_object=dossier).values_list("group__service__code", flat=True)
        )
        for dossier in (libre, sdre)
    }
    assert codes == {libre: {"POLICE-CSP"}, sdre: {"POLICE-CSP", "SPREF-SSC"}}
    assert "Sous-préfecture de Valenciennes" in imprime(sdre)
    assert "soins sur décision" not in imprime(sdre)


def test_l_auteur_relit_ce_que_le_destinataire_ne_lit_pas(soignante, distribution):
    dossier = envoyee(soignante, "DISPARITION", statut_admission="SDRE")
    page = lu(distribution.client("soignante").get(reverse("signalements:suivi", args=[dossier.cle])))
    assert "Soins sur décision du préfet" in page


def test_une_disparition_ne_se_clot_qu_apres_la_fin_de_la_recherche(soignante, distribution):
    opj = distribution.acteur("opj")
    dossier = transmis(soignante, "DISPARITION")
    instruction.accuser_reception(dossier=dossier, acteur=opj)
    suite = {"suite_type": "RECHERCHES", "jour": dossier.transmis_le.date()}
    instruction.enregistrer_suite(dossier=dossier, acteur=opj, cle=uuid.uuid4(), **suite)
    with pytest.raises(remise.ControlesBloquants, match="fin de la recherche"):
        instruction.clore(dossier=dossier, acteur=opj)
    fin = {"texte": "Revenue seule à 18 h 05.", "objet": Complement.Objet.FIN}
    instruction.completer(dossier=dossier, acteur=soignante, cle=uuid.uuid4(), **fin)
    assert instruction.clore(dossier=dossier, acteur=opj).etat == "CLOS"


def test_la_police_qui_retrouve_la_personne_clot_sans_attendre_l_hopital(soignante, distribution):
    opj = distribution.acteur("opj")
    dossier = transmis(soignante, "DISPARITION")
    instruction.accuser_reception(dossier=dossier, acteur=opj)
    suite = {"suite_type": "RETROUVEE", "jour": dossier.transmis_le.date()}
    instruction.enregistrer_suite(dossier=dossier, acteur=opj, cle=uuid.uuid4(), **suite)
    assert instruction.clore(dossier=dossier, acteur=opj).etat == "CLOS"


def test_chaque_destinataire_choisit_parmi_ses_suites(soignante, distribution):
    attendues = {"opj": ("DISPARITION", "Personne retrouvée"), "prefecture": ("ARME_PREFET", "Dessaisissement")}
    for qui, (code, mot) in attendues.items():
        distribution.utilisateur(qui)
        dossier = transmis(soignante, code)
        instruction.accuser_reception(dossier=dossier, acteur=distribution.acteur(qui))
        page = lu(distribution.client(qui).get(reverse("signalements:suite", args=[dossier.cle])))
        assert mot in page
        assert "Garde à vue" not in page


def test_l_enqueteur_recoit_les_avis_de_son_unite_et_ceux_la_seulement(soignante, distribution):
    distribution.utilisateur("gendarme")
    dossier = transmis(soignante, "DISPARITION")
    boites = {qui: lu(distribution.client(qui).get(reverse("signalements:parquet"))) for qui in ("opj", "gendarme")}
    assert dossier.reference in boites["opj"]
    assert dossier.reference not in boites["gendarme"]
    assert JETON["nom"] not in boites["opj"]
    gendarme = distribution.client("gendarme").get(reverse("signalements:lettre", args=[dossier.cle]))
    assert gendarme.status_code == 404


@pytest.mark.parametrize(
    ("code", "regle"),
    [("ARME_PREFET", "information-prefet"), ("DISPARITION", "disparition"), ("PERIL_TIERS", "signalement-majeur")],
)
def test_une_lettre_au_prefet_et_une_disparition_ont_leur_duree_de_conservation(code, regle, soignante):
    assert conservation.lire(transmis(soignante, code)).regle == regle


def test_la_fiche_d_absence_emporte_une_photographie_et_rien_d_autre(soignante, distribution):
    client = distribution.client("soignante")
    page = lu(client.get(reverse("signalements:pieces", args=[pret(soignante, "DISPARITION").cle])))
    assert "Photographie" in page
    assert "Certificat descriptif" not in page

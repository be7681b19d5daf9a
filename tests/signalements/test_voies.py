"""The behaviour of ANY voie: a new module inherits these sentences."""

import re
from functools import cache

import pytest
import yaml
from django.urls import reverse

from dossiers.models import Dossier, Participation
from dossiers.models.participation import Part
from signalements import depart, documents, remise, workflow
from signalements.champs import Genre
from signalements.contenu import copies_de, lire
from signalements.controles import CONTROLES
from signalements.forms import AccordForm, DangerForm, FaitsForm, PersonneForm
from signalements.forms.etapes import AbriForm
from signalements.models import Signalement
from signalements.parcours import pages_de
from signalements.voies import EN_MAIN_PROPRE, VOIES
from signalements.voies.blocs import BLOC_DU_CHAMP
from signalements.voies.conditions import CONDITIONS
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import DONNEES
from tests.imprime import texte
from tests.signalements.situation import JETON, pret, signature, transmis
from transitions.workflow import TransitionRefusee

CODES = sorted(VOIES)
REFERENCES = {
    ligne["cle"] for ligne in yaml.safe_load((DONNEES / "references.yaml").read_text(encoding="utf-8"))["references"]
}
FORMS = (PersonneForm, FaitsForm, DangerForm, AccordForm, AbriForm)


def plat(mots: str) -> str:
    return " ".join(mots.replace("\u00a0", " ").split())


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("code", CODES)
def test_une_voie_est_complete(code):
    voie = VOIES[code]
    assert set(voie.controles) <= set(CONTROLES)
    assert CONDITIONS[code]
    assert {"C01", "C06", "C07", "C60", "C61"} <= set(voie.controles)
    assert {autre.code for autre in voie.alternatives} <= set(VOIES)
    assert not voie.si_mineur or voie.si_mineur in VOIES
    assert set(voie.pages) | voie.sans <= {"personne", "faits", "danger", "accord", "abri", "pieces"}
    assert set(voie.cloture) <= set(CONTROLES)
    assert set(voie.bases) <= REFERENCES
    assert set(voie.libelles) | voie.retires <= {nom for form in FORMS for nom in form.base_fields}
    assert voie.phrase_caractere
    assert not voie.discret or "C18" in voie.controles


@pytest.mark.parametrize(
    ("code", "transmis", "du"),
    [
        ("VC_SANS_ACCORD", "Signalement transmis", "du signalement"),
        ("PLAINTE_SIMPLIFIEE", "Fiche de liaison transmise", "de la fiche de liaison"),
        ("PERIL_TIERS", "Compte rendu transmis", "du compte rendu"),
        ("MINEUR_IP", "Information préoccupante transmise", "de l’information préoccupante"),
    ],
)
def test_ce_qui_part_porte_son_nom(code, transmis, du):
    assert (VOIES[code].mots.transmis, VOIES[code].mots.du) == (transmis, du)


@cache
def fiches_lues():
    return [yaml.safe_load(fiche.read_text(encoding="utf-8")) for fiche in (DONNEES / "fiches").glob("*.yaml")]


def cibles_de(fiche):
    return [c["acte"]["cible"] for c in fiche.get("arbre", {}).get("conclusions", []) if "acte" in c]


def test_chaque_voie_s_ouvre_depuis_une_conclusion_de_que_faire():
    cibles = {cible for fiche in fiches_lues() for cible in cibles_de(fiche)}
    assert {f"signalement:{code}" for code in (*VOIES, *EN_MAIN_PROPRE)} <= cibles


def test_le_certificat_s_ouvre_des_situations_qui_le_demandent():
    """Couple, adult victim, vulnerable person, agent, custody: each tree ends at it for who examines."""
    menent = {fiche["code"] for fiche in fiches_lues() for cible in cibles_de(fiche) if cible == "signalement:CMI"}
    assert menent == {
        "violences-couple",
        "majeur-avec-accord",
        "personne-vulnerable",
        "garde-a-vue",
        "violences-soignants",
    }


@pytest.mark.parametrize("code", CODES)
def test_les_champs_propres_d_une_voie_ne_recouvrent_aucun_champ_commun(code):
    communs = {nom for form in FORMS for nom in form.base_fields} | set(Signalement.CLASSES)
    noms = [propre.nom for propre in VOIES[code].propres]
    assert len(noms) == len(set(noms))
    assert communs.isdisjoint(noms)
    for propre in VOIES[code].propres:
        assert bool(propre.choix) == (propre.genre in {Genre.CHOIX, Genre.PLUSIEURS})


@pytest.mark.parametrize("code", CODES)
def test_une_voie_se_transmet_et_porte_ce_qu_elle_demande(code, soignante):
    dossier = transmis(soignante, code)
    voie, lettre = VOIES[code], Signalement.objects.get(pk=dossier.pk)
    assert lettre.fige_le
    assert lettre.empreinte
    roles = list(Participation.objects.filter(content_object=dossier).order_by("pk").values_list("role", flat=True))
    copies = {service.code for service in copies_de(lire(dossier))}
    assert roles == [Part.Role.DESTINATAIRE, *[Part.Role.COPIE] * len(copies)]
    document = dossier.pieces.exclude(document=None).get()
    assert {service.code for service in document.remise_a.all()} == {voie.destinataire_defaut, *copies}
    pdf = texte(lire_fichier(document.fichier))
    for mention in (voie.ecrit.intitule, JETON["nom"], voie.ecrit.objet):
        assert mention in pdf, mention
    for champ, jeton in (("faits_observes", JETON["faits"]), ("propos_rapportes", "CANARI-PAROLES-7C")):
        assert (jeton in pdf) == ("faits" not in voie.sans and voie.demande(champ)), champ
    for propre in voie.propres:
        if dite := propre.dire(lettre.propres.get(propre.nom)):
            assert propre.interne or plat(dite.split("\n")[0]) in pdf, propre.nom


@pytest.mark.parametrize("code", CODES)
def test_chaque_etape_de_la_voie_s_affiche_et_la_derniere_nomme_son_destinataire(code, soignante, distribution):
    dossier, client = pret(soignante, code), distribution.client("soignante")
    for page in pages_de(VOIES[code]):
        reponse = client.get(reverse(f"signalements:{page.code}", args=[dossier.cle]))
        assert reponse.status_code == 200, page.code
        assert page.libelle in lu(reponse)
    assert f"Transmettre {VOIES[code].au_destinataire}" in lu(reponse)


@pytest.mark.parametrize("code", CODES)
def test_la_premiere_page_dit_la_base_ce_qu_elle_permet_et_qui_appeler(code, distribution):
    voie = VOIES[code]
    page = lu(distribution.client("soignante").get(reverse("signalements:nouveau", args=[voie.adresse])))
    for mot in (voie.base_libelle, voie.phrase_caractere, *voie.convient, "tel:"):
        assert plat(mot) in page, mot


def test_une_etape_que_la_voie_n_a_pas_renvoie_au_sommaire(soignante, distribution):
    dossier = pret(soignante, "MINEUR_IP")
    reponse = distribution.client("soignante").get(reverse("signalements:pieces", args=[dossier.cle]))
    assert reponse.status_code == 302
    assert reponse.url == reverse("signalements:dossier", args=[dossier.cle])


def test_un_mineur_change_de_voie_de_lui_meme_et_rien_n_est_perdu(soignante, distribution):
    dossier = pret(soignante, "VC_SANS_ACCORD")
    saisie = {"nom": "Quennesson", "prenoms": "Inaya", "sexe": "F", "age": "16", "contact_sur": "Par le lycée."}
    saisie |= {"etat_grossesse": "NSP", "enfants-TOTAL_FORMS": "0", "enfants-INITIAL_FORMS": "0"}
    reponse = distribution.client("soignante").post(reverse("signalements:personne", args=[dossier.cle]), saisie)
    assert reponse.status_code == 302
    dossier.refresh_from_db()
    assert dossier.variante == "MINEUR_SIGNALEMENT"
    assert lire(dossier).lettre.faits_observes == JETON["faits"]


def test_l_adulte_reste_dans_sa_voie(soignante):
    dossier = pret(soignante, "VC_SANS_ACCORD")
    assert depart.suivre_l_age(dossier=dossier, acteur=soignante) is False


def test_une_information_preoccupante_avec_infraction_ne_part_pas(soignante):
    propres = lire(pret(soignante, "MINEUR_IP")).lettre.propres | {"infraction_suspectee": "OUI"}
    dossier = pret(soignante, "MINEUR_IP", propres=propres)
    with pytest.raises(remise.ControlesBloquants) as refus:
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature("CRIP-59"))
    assert [c.numero for c in refus.value.constats if c.bloque] == ["C10"]


@pytest.mark.parametrize(("code", "service"), [("MINEUR_IP", "PARQUET-PERM"), ("MAJEUR_VULNERABLE_PR", "CRIP-59")])
def test_le_mauvais_destinataire_est_refuse(code, service, soignante):
    with pytest.raises(remise.ControlesBloquants) as refus:
        workflow.transmettre(dossier=pret(soignante, code), acteur=soignante, signature=signature(service))
    assert "C07" in [c.numero for c in refus.value.constats if c.bloque]


def test_la_crip_en_copie_lit_la_lettre_et_ne_decide_rien(soignante, distribution):
    dossier = transmis(soignante, "MINEUR_SIGNALEMENT")
    client = distribution.client("crip")
    boite = lu(client.get(reverse("signalements:parquet")))
    assert dossier.reference in boite
    assert JETON["nom"] not in boite
    lettre = client.get(reverse("signalements:lettre", args=[dossier.cle]))
    assert lettre.status_code == 200
    assert JETON["faits"] in lu(lettre)
    assert "Vous recevez un document en copie" in lu(lettre)
    assert "Accuser réception" not in lu(lettre)
    refus = client.post(reverse("signalements:geste", args=[dossier.cle, "accuser"]))
    assert refus.status_code == 403


@pytest.mark.parametrize("code", CODES)
def test_chacun_n_ouvre_que_ce_qui_lui_est_adresse(code, soignante, distribution):
    dossier = transmis(soignante, code)
    admis = {VOIES[code].destinataire_defaut, *(service.code for service in copies_de(lire(dossier)))}
    portes = {
        "parquet": "PARQUET-PERM",
        "crip": "CRIP-59",
        "ars": "ARS-CELLULE",
        "opj": "POLICE-CSP",
        "gendarme": "GEND-COB1",
        "prefecture": "SPREF-SEC",
        "cadre": "",
    }
    for personne, service in portes.items():
        reponse = distribution.client(personne).get(reverse("signalements:lettre", args=[dossier.cle]))
        assert (reponse.status_code == 200) == (service in admis), personne
        assert reponse.status_code in {200, 404}


def test_l_identite_et_l_autorite_parentale_sont_masquees_ensemble(soignante, distribution):
    dossier = transmis(soignante, "MINEUR_SIGNALEMENT")
    page = lu(distribution.client("parquet").get(reverse("signalements:lettre", args=[dossier.cle])))
    assert JETON["titulaires"] not in page
    assert "Masqué avec l’identité" in page


def test_la_crip_a_deux_jours_ouvres_et_le_parquet_une_heure(soignante):
    ip, signalement = transmis(soignante, "MINEUR_IP"), transmis(soignante, "MINEUR_SIGNALEMENT")
    delais = {d: Dossier.objects.get(pk=d.pk).echeances.get(nom=workflow.ACCUSE) for d in (ip, signalement)}
    assert "2 jours ouvrés" in delais[ip].calcul.replace("\u00a0", " ")
    assert (delais[signalement].echeance_le - delais[signalement].debut_le).total_seconds() == 3600


def test_les_groupes_de_champs_sont_ceux_des_etapes():
    communs = {nom for form in FORMS for nom in (*form.base_fields, *form.jeux)}
    assert set(BLOC_DU_CHAMP) <= communs


@pytest.mark.parametrize("code", CODES)
def test_ce_qui_fut_ecrit_ou_joint_sous_une_autre_voie_ne_part_pas_avec_celle_ci(code, soignante):
    ancien = {"certificat": "ETABLI", "hebergement": "SEPARE", "crainte_represailles": "CANARI-CRAINTE"}
    grille = {"grille_d": {"version": "2025.1", "reponses": {"d16": "OUI"}}}
    lettre = lire(pret(soignante, code, **ancien, **grille))
    pdf = texte(documents.apercu(lettre))
    voie = VOIES[code]
    assert ("Établi et remis à la personne" in pdf) == (voie.demande("certificat") and "faits" not in voie.sans)
    assert ("CANARI-CRAINTE" in pdf) == voie.demande("crainte_represailles")
    assert ("pression sur le cou" in pdf) == ("grilles" in voie.blocs)


@pytest.mark.parametrize("code", CODES)
def test_une_etape_obligatoire_non_remplie_retient_l_envoi_et_se_nomme(code, soignante):
    attendues = [page for page in pages_de(VOIES[code]) if not page.facultative and page.code != "verifier"]
    oubliee = attendues[1]
    dossier = pret(soignante, code, etapes=[page.code for page in attendues if page != oubliee])
    with pytest.raises(TransitionRefusee, match=re.escape(oubliee.libelle)):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature(VOIES[code].destinataire_defaut))

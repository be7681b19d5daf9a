"""§13: a blocking point is lifted by legal affairs or the direction, in writing; an alert passed over says why."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Avis
from requisitions import controles as c
from requisitions import workflow as w
from requisitions.levees import a_justifier, a_lever
from requisitions.models import Derogation, Requisition, Volet
from requisitions.saisie.inventaire import LignePiece, LigneScelle
from tests.requisitions.conftest import tout_conforme
from tests.requisitions.inventaires import inventorier
from tests.requisitions.test_papiers_de_saisie import OPERATION
from tests.requisitions.test_parcours import rappeler
from tests.requisitions.test_regularisation import livrer
from transitions.verdict import Constat, Niveau
from transitions.workflow import TransitionRefusee

MOTIF = "CANARI-MOTIF : l’original est parti avec le magistrat."


def lettre_de(dossier):
    return Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)


def cles(dossier):
    return {point.numero: point.cle for point in a_lever(dossier, lettre_de(dossier))}


def adresse(nom, dossier):
    return reverse(f"requisitions:{nom}", args=[dossier.cle])


def faits(**plus):
    maintenant = timezone.now()
    socle = {"cadre": "PRELIM", "type_acte": "VIDEO", "qualite": "OPJ", "recue_le": maintenant}
    return c.Faits(**{**socle, "maintenant": maintenant, **plus})


@pytest.fixture
def operation(validee, juriste, distribution):
    """A seizure under way, its doctor and the Ordre present, nothing inventoried yet."""
    jour = timezone.localdate()
    dossier = validee("SAISIE", cadre="CR", cr_reference="JI 4/26", cr_juge="Mme Dubar", cr_date=jour, cr_jusqu_au=jour,
                      ordre_ecrit=True)  # fmt: skip
    w.convoquer_ordre(dossier=dossier, acteur=juriste)
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Préparer la copie.")
    w.remplir_volet(dossier=dossier, acteur=juriste, reponses=OPERATION)
    rappeler(distribution.client("juriste"), dossier)
    return dossier


@pytest.fixture
def saisie(operation, juriste):
    """An original taken before any copy was made (R-17)."""
    return inventorier(operation, juriste, copie_conservee=False)


@pytest.fixture
def sans_autorisation(deposee, juriste):
    dossier = w.controler(dossier=deposee("VIDEO", cadre="PRELIM"), acteur=juriste)
    tout_conforme(dossier, juriste)
    return dossier


def test_un_original_parti_sans_copie_sort_sur_la_parole_ecrite_des_affaires_juridiques(saisie, distribution, juriste):
    with pytest.raises(TransitionRefusee, match="Original saisi"):
        w.mettre_a_disposition(dossier=saisie, acteur=juriste)
    client = distribution.client("juriste")
    assert "Lever un point, par écrit" in client.get(adresse("reponse", saisie)).content.decode()
    vide = client.post(adresse("levee", saisie), {"geste": "lever", cles(saisie)["R-17"]: " "})
    assert "Écrivez le motif" in vide.content.decode()
    assert not Derogation.objects.exists()
    client.post(adresse("levee", saisie), {"geste": "lever", cles(saisie)["R-17"]: MOTIF})
    levee = Derogation.objects.get()
    assert (levee.controle, levee.niveau, levee.motif, levee.vitale) == ("R-17", "bloquant", MOTIF, False)
    assert w.mettre_a_disposition(dossier=saisie, acteur=juriste).etat == "PRETE"


def test_un_serment_manquant_se_leve_et_non_un_medecin_qui_n_a_rien_ecrit(validee, juriste, distribution):
    medecin = distribution.utilisateur("medecin")
    dossier = w.affecter(dossier=validee("EX_VICT"), acteur=juriste, consigne="Examen.", medecin=medecin)
    dossier.etat = "EN_EXECUTION"
    assert "R-12" in cles(dossier)
    assert "R-11" not in cles(dossier), "il n’y a rien à remettre"
    Volet.objects.create(dossier=dossier, donnees={"lien": "traitant"}, rempli_par=medecin)
    assert {"R-11", "R-12"} <= set(cles(dossier))


def test_la_levee_se_lit_par_qui_instruit_et_jamais_par_le_requerant(saisie, distribution, juriste):
    w.lever(dossier=saisie, acteur=juriste, motifs={cles(saisie)["R-17"]: MOTIF})
    assert "CANARI-MOTIF" in distribution.client("juriste").get(adresse("dossier", saisie)).content.decode()
    assert saisie.evenements.get(nom="lever").commentaire == MOTIF
    for qui in ("opj", "archives"):
        lue = distribution.client(qui).get(adresse("ouvrir", saisie), follow=True).content.decode()
        assert saisie.reference in lue
        assert "CANARI-MOTIF" not in lue
        assert "R-17" not in lue
    assert distribution.client("opj").get(adresse("levee", saisie)).status_code == 403


def test_la_direction_leve_au_controle_ce_que_la_garde_lui_demande(sans_autorisation, distribution, juriste):
    directrice, demandeur = distribution.client("directrice"), distribution.client("juriste")
    assert directrice.get(adresse("levee", sans_autorisation)).status_code == 404
    demandeur.post(adresse("levee", sans_autorisation), {"geste": "demander", "motif": "CANARI-DEMANDE"})
    livrer()
    avis = Avis.objects.get(destinataire=distribution.utilisateur("directrice"), texte__contains="Point à lever")
    assert "CANARI" not in avis.texte
    assert (
        "CANARI-DEMANDE" not in distribution.client("opj").get(adresse("dossier", sans_autorisation)).content.decode()
    )
    assert "Lever un point" in directrice.get(adresse("dossier", sans_autorisation)).content.decode()
    page = directrice.get(adresse("levee", sans_autorisation)).content.decode()
    assert "autorisation du procureur" in page
    assert "Demander à la direction" not in page
    a_motiver = {cles(sans_autorisation)[numero]: MOTIF for numero in ("R-01", "M3")}
    directrice.post(adresse("levee", sans_autorisation), {"geste": "lever", **a_motiver})
    assert {levee.levee_par for levee in Derogation.objects.all()} == {distribution.utilisateur("directrice")}
    assert Derogation.objects.count() == 2
    assert w.valider(dossier=sans_autorisation, acteur=juriste).etat == "VALIDEE"


def test_la_garde_demande_et_ne_leve_pas(sans_autorisation, distribution):
    garde = distribution.acteur("garde")
    with pytest.raises(TransitionRefusee):
        w.lever(dossier=sans_autorisation, acteur=garde, motifs={cles(sans_autorisation)["R-01"]: MOTIF})
    assert not Derogation.objects.exists()


def test_au_controle_un_seul_ecrit_compte_pour_chaque_point(deposee, juriste):
    dossier = w.controler(dossier=deposee("VIDEO", cadre="PRELIM"), acteur=juriste)
    points = a_lever(dossier, lettre_de(dossier))
    assert len(points) > 1
    w.valider(dossier=dossier, acteur=juriste, derogation=MOTIF)
    assert sorted(Derogation.objects.values_list("controle", flat=True)) == sorted(point.numero for point in points)
    assert dossier.evenements.filter(nom="lever").count() == len(points)


def test_rien_ne_se_leve_tant_qu_un_refus_attend_son_visa(sans_autorisation, distribution, juriste, directrice):
    w.proposer_refus(dossier=sans_autorisation, acteur=juriste, motif="incompetence", texte="Ni magistrat, ni copie.")
    with pytest.raises(TransitionRefusee, match="Retirez d’abord la proposition"):
        w.lever(dossier=sans_autorisation, acteur=juriste, motifs={cles(sans_autorisation)["R-01"]: MOTIF})
    page = distribution.client("juriste").get(adresse("dossier", sans_autorisation)).content.decode()
    assert "Lever un point" not in page


@pytest.mark.parametrize("numero", sorted(c.JAMAIS_LEVEES))
def test_ce_qui_protege_ne_se_leve_jamais(numero):
    assert not c.levable(Constat(numero, Niveau.BLOQUANT, "Point."), faits(volet={"lien": "aucun"}))


def test_un_titre_revoque_n_est_plus_un_titre_que_l_on_leve():
    titre = c.Titre("AU-1", "autorisation", date(2026, 1, 1), date(2027, 1, 1), ("VIDEO",), revoque=True)
    assert not c.levable(c.titre_revoque(faits(titre=titre)), faits(titre=titre))
    assert c.levable(c.r01(faits()), faits())


@pytest.fixture
def orale(deposee, juriste):
    """Asked by telephone, its writing still to come (R-10)."""
    dossier = w.controler(dossier=deposee("VIDEO", orale=True, orale_motif="Déferrement."), acteur=juriste)
    tout_conforme(dossier, juriste)
    return dossier


def grille(dossier, **champs):
    lues = {f"{mention.numero}_resultat": mention.resultat for mention in dossier.mentions.all()}
    return {**lues, "M1_precision": "CANARI-PRECISION", "geste": "valider", "version": dossier.version, **champs}


def test_une_alerte_demande_une_phrase_a_cote_d_elle_et_rien_ne_se_perd(orale, distribution, juriste):
    client = distribution.client("juriste")
    orale.refresh_from_db()
    refus = client.post(adresse("controle", orale), grille(orale))
    assert refus.context["form"].errors == {"alerte-r-10": ["Écrivez pourquoi vous passez outre."]}
    assert "CANARI-PRECISION" in refus.content.decode()
    garde = client.post(adresse("controle", orale), grille(orale, geste="garder"))
    assert garde.status_code == 302, "enregistrer la grille ne demande rien"
    orale.refresh_from_db()
    client.post(adresse("controle", orale), grille(orale, **{"alerte-r-10": "CANARI-PHRASE"}))
    orale.refresh_from_db()
    assert orale.etat == "VALIDEE"
    passee = Derogation.objects.get()
    assert (passee.controle, passee.niveau, passee.motif) == ("R-10", "alerte", "CANARI-PHRASE")
    assert "CANARI-PHRASE" in client.get(adresse("dossier", orale)).content.decode()
    assert "CANARI-PHRASE" not in distribution.client("opj").get(adresse("dossier", orale)).content.decode()


def test_une_vie_en_danger_ne_demande_aucune_phrase_et_se_regularise_dans_le_jour(orale, juriste):
    with pytest.raises(TransitionRefusee, match="passez outre"):
        w.valider(dossier=orale, acteur=juriste)
    w.noter_mentions(dossier=orale, acteur=juriste, mentions={}, urgence_vitale=True)
    w.valider(dossier=orale, acteur=juriste)
    passee = Derogation.objects.get(controle="R-10")
    assert (passee.niveau, passee.vitale) == ("alerte", True)
    assert passee.regulariser_avant <= timezone.now() + timedelta(hours=24)


def test_a_la_sortie_une_alerte_se_justifie_une_fois(operation, distribution, juriste):
    saisie = inventorier(
        operation, juriste, scelles=(LigneScelle("SC-4", "ouvert"),),
        pieces=(LignePiece("Dossier", pages=40, support="copie", scelle="SC-4"),),
    )  # fmt: skip
    client = distribution.client("juriste")
    champs = {"geste": "remettre", "relu": "on", "support": "scelle_ferme", "scelle": "CHV-2026-9"}
    refus = client.post(adresse("reponse", saisie), champs)
    assert list(refus.context["support"].errors) == ["alerte-r-18"]
    assert "CHV-2026-9" in refus.content.decode(), "rien de ce qui est saisi n’est perdu"
    client.post(adresse("reponse", saisie), {**champs, "alerte-r-18": "Objet trop grand."})
    saisie.refresh_from_db()
    assert saisie.etat == "PRETE"
    assert Derogation.objects.get().motif == "Objet trop grand."
    assert "R-18" not in {constat.numero for constat in w.constats_de_sortie(saisie, lettre_de(saisie))}


def test_une_urgence_que_personne_n_a_confirmee_se_valide_par_une_phrase(deposee, distribution, juriste):
    """Whoever hurries the hospital alone is believed by somebody who says so."""
    dossier = w.controler(dossier=deposee("PRESENCE", urgence="IMMEDIATE"), acteur=juriste)
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="n’a pas encore confirmé l’urgence"):
        w.valider(dossier=dossier, acteur=juriste)
    (point,) = a_justifier(w.points_bloquants(dossier, lettre_de(dossier))[2])
    w.valider(dossier=dossier, acteur=juriste, motifs={point.cle: "Le commissaire, rappelé, le dit."})
    assert Derogation.objects.get().motif == "Le commissaire, rappelé, le dit."


def test_l_urgence_confirmee_par_un_second_ne_demande_plus_rien(deposee, distribution, juriste):
    dossier = w.controler(dossier=deposee("PRESENCE", urgence="IMMEDIATE"), acteur=juriste)
    tout_conforme(dossier, juriste)
    w.confirmer_urgence(dossier=dossier, acteur=distribution.acteur("opj2"))
    assert w.valider(dossier=dossier, acteur=juriste).etat == "VALIDEE"


def test_une_vie_en_danger_n_attend_pas_le_second_officier(deposee, juriste):
    dossier = w.controler(dossier=deposee("PRESENCE", urgence="IMMEDIATE"), acteur=juriste)
    tout_conforme(dossier, juriste)
    w.noter_mentions(dossier=dossier, acteur=juriste, mentions={}, urgence_vitale=True)
    assert w.valider(dossier=dossier, acteur=juriste).etat == "VALIDEE"
    assert "T-10" in Derogation.objects.values_list("controle", flat=True)

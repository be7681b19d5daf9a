"""Before a planned seizure: who is told, in which words, and what legal affairs read of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Participation, ParticipationPersonnelle
from requisitions import workflow as w
from requisitions.models import Preparation
from requisitions.saisie.etapes import Etape, Saisie, etapes, ou_en_est
from tests.requisitions.inventaires import inventorier
from transitions.workflow import TransitionRefusee

SECRETS = ("CANARI-MISSION", "CANARI-FAITS", "CANARI-CR", "Mme Dubar", "2026/018834", "Commission rogatoire")


@pytest.fixture
def annoncee(validee):
    def faire():
        jour = timezone.localdate()
        return validee("SAISIE", cadre="CR", mission="CANARI-MISSION", qualification="CANARI-FAITS",
                       cr_reference="CANARI-CR", cr_juge="Mme Dubar", cr_date=jour, cr_jusqu_au=jour)  # fmt: skip

    return faire


@pytest.fixture
def confiee(annoncee, juriste, distribution):
    distribution.utilisateur("archives")
    medecin = distribution.utilisateur("medecin")
    return w.affecter(dossier=annoncee(), acteur=juriste, consigne="Dossier du 3 novembre.", medecin=medecin)


def page(client, nom, dossier):
    return client.get(reverse(f"requisitions:{nom}", args=[dossier.cle]))


def test_les_archives_et_le_medecin_sont_prevenus_quand_la_saisie_est_confiee(confiee, distribution):
    archives = Participation.objects.get(content_object=confiee, group__name="CHV-ARCH")
    medecin = ParticipationPersonnelle.objects.get(content_object=confiee)
    assert (archives.role, archives.ligne) == ("executant", "Dossier à rechercher et à copier en entier")
    assert medecin.user == distribution.utilisateur("medecin")
    for part in (archives, medecin):
        assert "saisie" not in part.ligne.lower()
        assert "réquisition" not in part.ligne.lower()


@pytest.mark.parametrize("nom", ["archives", "medecin"])
def test_qui_prepare_lit_ce_qu_il_doit_faire_et_jamais_le_motif_penal(confiee, distribution, nom):
    client = distribution.client(nom)
    suite = client.get(reverse("requisitions:ouvrir", args=[confiee.cle]))
    assert suite.url == reverse("requisitions:preparation", args=[confiee.cle])
    for adresse in ("preparation", "dossier"):
        html = page(client, adresse, confiee).content.decode()
        assert not [mot for mot in SECRETS if mot in html], adresse
    assert "Dossier du 3 novembre." in page(client, "preparation", confiee).content.decode()
    for fermee in ("inventaire", "volet", "reponse"):
        assert page(client, fermee, confiee).status_code == 403, fermee


def test_un_autre_service_ou_un_autre_medecin_ne_connait_pas_la_preparation(confiee, distribution):
    for nom in ("soignante", "cadre", "etranger"):
        assert page(distribution.client(nom), "preparation", confiee).status_code == 404, nom
    assert page(distribution.client("opj"), "preparation", confiee).status_code == 403


def test_les_archives_disent_que_la_copie_est_faite_et_les_juristes_le_lisent(confiee, distribution):
    client, juriste = distribution.client("archives"), distribution.client("juriste")
    assert "n’ont pas encore répondu" in page(juriste, "dossier", confiee).content.decode()
    adresse = reverse("requisitions:preparation", args=[confiee.cle])
    envoi = {"geste": "noter", "trouve": "complet", "ancien": "a_chercher", "copie": "on", "precision": "Armoire 4"}
    refusee = client.post(adresse, envoi)
    assert refusee.context["form"].errors["ancien"] == ["Cherchez d’abord l’ancien dossier papier."]
    assert "Armoire 4" in refusee.content.decode()
    assert client.post(adresse, envoi | {"ancien": "trouve"}).status_code == 302
    for nom in ("dossier", "preparation"):
        lue = page(juriste, nom, confiee).content.decode()
        for mot in ("Dossier trouvé, complet, copie intégrale faite", "Odile Carpentier", "Armoire 4"):
            assert mot in lue, (nom, mot)
    assert confiee.evenements.filter(nom="noter_preparation", reserve_a__code="CHV").exists()
    assert "copie intégrale" not in page(distribution.client("opj"), "dossier", confiee).content.decode()
    case = page(juriste, "inventaire", confiee).context["form"]["copie_conservee"]
    assert case.value() is True, "la page de l’inventaire le sait déjà"


def test_la_copie_n_est_pas_integrale_quand_il_manque_du_dossier(confiee, distribution):
    archives = distribution.acteur("archives")
    with pytest.raises(TransitionRefusee, match="tout le dossier"):
        w.noter_preparation(dossier=confiee, acteur=archives, trouve="partiel", ancien="aucun", copie=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.create(dossier=confiee, trouve="partiel", ancien="aucun", copie=True, dite_par_id=archives.utilisateur_id)  # fmt: skip
    with pytest.raises(TransitionRefusee, match="celles des archives"):
        w.noter_preparation(dossier=confiee, acteur=distribution.acteur("medecin"), trouve="complet", ancien="aucun")


def test_un_medecin_connu_plus_tard_est_prevenu_a_son_tour(annoncee, juriste, distribution):
    medecin = distribution.utilisateur("medecin")
    dossier = w.affecter(dossier=annoncee(), acteur=juriste, consigne="Dossier du 3 novembre.")
    assert page(distribution.client("medecin"), "preparation", dossier).status_code == 404
    adresse = reverse("requisitions:preparation", args=[dossier.cle])
    distribution.client("juriste").post(adresse, {"geste": "prevenir", "medecin": medecin.pk})
    assert page(distribution.client("medecin"), "preparation", dossier).status_code == 200
    with pytest.raises(TransitionRefusee, match="déjà prévenu"):
        w.prevenir_medecin(dossier=dossier, acteur=juriste, medecin=medecin)


ANNONCEE, CONTROLEE, ORDRE, PREPAREE, REALISEE, RESTITUTION, CLOSE = Etape


@pytest.mark.parametrize(
    ("lue", "mot"),
    [
        (Saisie("RECUE"), ANNONCEE),
        (Saisie("VALIDEE"), CONTROLEE),
        (Saisie("VALIDEE", ordre_convoque=True), ORDRE),
        (Saisie("EN_EXECUTION", ordre_convoque=True, preparee=True), PREPAREE),
        (Saisie("EN_EXECUTION", realisee=True), REALISEE),
        (Saisie("EN_EXECUTION", inopinee=True), REALISEE),
        (Saisie("REMISE", realisee=True), REALISEE),
        (Saisie("CLOTUREE", realisee=True, a_rendre=True), RESTITUTION),
        (Saisie("CLOTUREE", realisee=True, a_rendre=True, rendu=True), CLOSE),
        (Saisie("CLOTUREE", realisee=True), CLOSE),
        (Saisie("ANNULEE", ordre_convoque=True), None),
    ],
)
def test_ou_en_est_la_saisie_se_deduit_de_ce_qui_est_note(lue, mot):
    assert ou_en_est(lue) == mot


def test_une_perquisition_inopinee_n_a_pas_d_etape_avant_elle():
    assert [etape for etape, _ in etapes(Saisie("EN_EXECUTION", inopinee=True))] == [REALISEE, CLOSE]
    assert RESTITUTION in dict(etapes(Saisie("PRETE", a_rendre=True)))


def test_la_tete_du_dossier_suit_la_saisie(confiee, juriste, distribution):
    client = distribution.client("juriste")

    def mot():
        return page(client, "dossier", confiee).context["etape_saisie"]

    assert mot() == "Contrôlée"
    w.convoquer_ordre(dossier=confiee, acteur=juriste, prevue_pour=timezone.now() + timedelta(days=2))
    assert mot() == "Ordre convoqué"
    w.noter_preparation(
        dossier=confiee, acteur=distribution.acteur("archives"), trouve="complet", ancien="aucun", copie=True
    )
    assert mot() == "Préparée"
    inventorier(confiee, juriste)
    assert mot() == "Réalisée"
    assert "Où en est la saisie\u00a0: réalisée" in page(client, "dossier", confiee).content.decode()
    assert "Où en est" not in page(distribution.client("opj"), "dossier", confiee).content.decode()


def test_r17_l_inventaire_qui_contredit_les_archives_est_une_alerte(confiee, juriste, distribution):
    w.noter_preparation(
        dossier=confiee, acteur=distribution.acteur("archives"), trouve="partiel", ancien="a_chercher", copie=False
    )
    inventorier(confiee, juriste)
    lues = [c.message for c in w.constats_de_sortie(confiee, confiee.requisition) if c.numero == "R-17"]
    assert lues
    assert "archives" in lues[0]

"""Typed messages reach the other side and nobody else; a closed case still takes some for thirty days."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Message, Participation
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from requisitions.etats import pour
from requisitions.workflow.echanges import ecrire
from transitions.workflow import TransitionRefusee


def envoyer(client, dossier, **champs):
    donnees = {"cle": str(uuid.uuid4()), "genre": "point", "texte": "CANARI-MESSAGE", **champs}
    return client.post(reverse("requisitions:message", args=[dossier.cle]), donnees)


def page(client, dossier):
    return client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()


def non_lu(dossier, code):
    return Participation.objects.get(content_object=dossier, group__name=code).non_lu


@pytest.fixture
def confiee(affectee):
    """Everybody has read everything."""
    dossier = affectee("DOSSIER")
    Participation.objects.filter(content_object=dossier).update(non_lu=False)
    return dossier


@pytest.mark.parametrize(
    ("de", "vers", "code", "genre", "mots"),
    [
        ("opj", "juriste", "CHV-DAJ", "point", "Point de situation"),
        ("opj", "juriste", "CHV-DAJ", "complement", "Complément"),
        ("juriste", "opj", "POLICE-CSP", "clarification", "Demande de clarification"),
    ],
)
def test_un_message_arrive_dans_la_liste_de_l_autre_partie(confiee, distribution, de, vers, code, genre, mots):
    auteur, lecteur = distribution.client(de), distribution.client(vers)
    assert "texte" in envoyer(auteur, confiee, genre=genre, texte="").context["form"].errors
    assert envoyer(auteur, confiee, genre=genre).status_code == 302
    prevenus = Participation.objects.filter(content_object=confiee, non_lu=True).values_list("group__name", flat=True)
    assert {code} <= set(prevenus) <= {code, *({"CHV-GARDE"} & {code.replace("DAJ", "GARDE")})}, (
        "de nuit, la garde lit aussi"
    )
    for envoi in Envoi.objects.filter(sujet="requisition.message"):
        executer(envoi.pk)
    assert Avis.objects.filter(destinataire=distribution.utilisateur(vers), texte__startswith=mots).count() == 1
    assert not Avis.objects.filter(texte__contains="CANARI").exists()
    for client in (auteur, lecteur):
        html = page(client, confiee)
        assert "CANARI-MESSAGE" in html
        assert mots in html


def test_ni_le_medecin_ni_un_autre_service_ne_lit_les_echanges(confiee, distribution):
    envoyer(distribution.client("opj"), confiee)
    medecin = distribution.client("medecin")
    assert "CANARI-MESSAGE" not in page(medecin, confiee)
    assert medecin.get(reverse("requisitions:message", args=[confiee.cle])).status_code == 403
    assert envoyer(distribution.client("etranger"), confiee).status_code == 404


def test_le_meme_formulaire_envoye_deux_fois_est_un_message(confiee, distribution):
    cle, client = str(uuid.uuid4()), distribution.client("opj")
    assert [envoyer(client, confiee, cle=cle).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.filter(dossier=confiee).count() == 1


def test_apres_la_cloture_on_ecrit_trente_jours_puis_on_lit(deposee, juriste, opj, distribution, refusee):
    dossier = refusee(w.controler(dossier=deposee("DOSSIER"), acteur=juriste))
    client = distribution.client("opj")
    assert "vous pouvez encore écrire jusqu’au" in page(client, dossier)
    assert envoyer(client, dossier).status_code == 302
    Dossier.objects.filter(pk=dossier.pk).update(clos_le=timezone.now() - timedelta(days=31))
    html = page(client, dossier)
    assert "On ne peut plus écrire depuis" in html
    assert "CANARI-MESSAGE" in html
    with pytest.raises(TransitionRefusee, match="se lisent encore"):
        ecrire(dossier=dossier, acteur=opj, cle=uuid.uuid4(), genre="point", texte="Trop tard.")


def test_l_hopital_ne_trahit_pas_une_presence_par_message(deposee, juriste, opj):
    dossier = deposee("PRESENCE")
    message = {"dossier": dossier, "genre": "point", "texte": "Elle est sous anonymat."}
    with pytest.raises(TransitionRefusee, match="laisse deviner"):
        ecrire(acteur=juriste, cle=uuid.uuid4(), **message)
    assert ecrire(acteur=opj, cle=uuid.uuid4(), **message).service.code == "POLICE-CSP"


@pytest.mark.parametrize(
    ("etat", "role", "mots"),
    [
        ("VALIDEE", "auteur", "En traitement"),
        ("EN_EXECUTION", "auteur", "En traitement"),
        ("A_REGULARISER", "auteur", "Votre réponse est attendue"),
        ("PRETE", "auteur", "À retirer"),
        ("AFFECTEE", "executant", "À faire"),
        ("REFUSEE", "copie", "Refusée, pour information"),
        ("AFFECTEE", "destinataire", "Affectée"),
    ],
)
def test_chaque_partie_lit_l_etat_dans_ses_mots(etat, role, mots):
    assert (pour(etat, role).libelle, pour(etat, role).code) == (mots, etat)


def test_le_requerant_ne_lit_pas_a_qui_la_demande_est_confiee(confiee, distribution):
    client = distribution.client("opj")
    for html in (page(client, confiee), client.get(reverse("requisitions:miennes")).content.decode()):
        assert "En traitement" in html
        assert "Affectée" not in html

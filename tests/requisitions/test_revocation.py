"""An answer is taken back until it is opened, and never after; the two may race."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from documents.models import Document
from dossiers.models import Dossier
from journal.models import Entree
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.models import Requisition
from transitions.workflow import TransitionRefusee

MOTIF = "Un planning d’un autre service s’y trouvait."


def frais(dossier):
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def prete(affectee, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste)


def test_une_reponse_non_ouverte_se_retire_et_se_refait(prete, juriste, opj, distribution, travailler):
    travailler()
    Avis.objects.all().delete()
    premiere = prete.remises.get()
    dossier = w.revoquer(dossier=prete, acteur=juriste, motif=MOTIF)
    travailler()
    assert dossier.etat == "EN_EXECUTION"
    assert dossier.echeances.get(nom="reponse").tenue_le is None
    assert Document.objects.get(pk=premiere.bordereau_id).statut == "retire"
    assert not Document.objects.filter(intitule="Récépissé").exists(), "rien n’a été ouvert, rien n’a été reçu"
    assert Avis.objects.filter(destinataire__courriel="opj@demo.test").exists()
    assert any('"revoquer"' in entree.contenu for entree in Entree.objects.all())
    lue = distribution.client("opj").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert MOTIF in lue
    with pytest.raises(TransitionRefusee, match="repris cette réponse"):
        w.ouvrir_pli(dossier=dossier, acteur=opj)
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=False)
    w.mettre_a_disposition(dossier=frais(dossier), acteur=juriste)
    w.ouvrir_pli(dossier=frais(dossier), acteur=opj)
    assert "présente" in Requisition.objects.get(pk=dossier.pk).reponse_texte


def test_une_reponse_ouverte_ne_se_retire_plus(prete, juriste, opj, distribution):
    w.ouvrir_pli(dossier=prete, acteur=opj)
    with pytest.raises(TransitionRefusee, match="Le pli a été ouvert le"):
        w.revoquer(dossier=frais(prete), acteur=juriste, motif=MOTIF)
    client = distribution.client("juriste")
    page = client.post(reverse("requisitions:revocation", args=[prete.cle]), {"motif": MOTIF}).content.decode()
    assert "ne se reprend plus" in page
    assert MOTIF in page
    assert "Reprendre la réponse" not in client.get(reverse("requisitions:dossier", args=[prete.cle])).content.decode()


def test_le_motif_d_une_reprise_ne_trahit_pas_la_presence(prete, distribution):
    """The requester reads it: no ward, no care, refused beside the field."""
    adresse = reverse("requisitions:revocation", args=[prete.cle])
    page = distribution.client("juriste").post(adresse, {"motif": "Vue aux urgences entre-temps."})
    assert page.context["form"].errors == {"motif": ["«\u00a0urgences\u00a0» laisse deviner un soin. Retirez-le."]}
    assert 'value="Vue aux urgences entre-temps."' in page.content.decode()
    assert (frais(prete).etat, prete.remises.get().revoquee_le) == ("PRETE", None)


def test_la_base_ne_degele_une_lettre_que_pour_une_reponse_retiree(prete):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Requisition.objects.filter(pk=prete.pk).update(fige_le=None, empreinte="")


@pytest.mark.django_db(transaction=True)
def test_l_ouverture_et_le_retrait_en_meme_temps_ne_gagnent_pas_tous_les_deux(prete, juriste, opj):
    depart, gagnants = threading.Barrier(2), []

    def jouer(verbe, **options):
        depart.wait()
        try:
            verbe(dossier=frais(prete), **options)
            gagnants.append(verbe.__name__)
        except TransitionRefusee:
            pass
        finally:
            connection.close()

    fils = [
        threading.Thread(target=jouer, args=(w.ouvrir_pli,), kwargs={"acteur": opj}),
        threading.Thread(target=jouer, args=(w.revoquer,), kwargs={"acteur": juriste, "motif": MOTIF}),
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    remise = prete.remises.get()
    assert len(gagnants) == 1
    assert (remise.ouverte_le is None) == (gagnants == ["revoquer"])
    assert (remise.recepisse_id is None) == (gagnants == ["revoquer"])

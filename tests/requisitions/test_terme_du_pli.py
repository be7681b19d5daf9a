"""What time does to a bundle that waits: reminders, expiry, erasure; a file shared by two deliveries goes with the last."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from documents.models import Fichier
from dossiers.conservation.balayage import demander_le_balayage
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.models import Dossier
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.annonces import relances
from tests.documents.pdf_ecrits import pdf
from tests.requisitions.test_alertes import SECRETS, avises
from tests.requisitions.test_gels import MIDI
from tests.requisitions.test_occultation import TEXTES, verser
from tests.requisitions.test_occultation import prete as agreer
from transitions.workflow import TransitionRefusee


def frais(dossier):
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def nuit(travailler, time_machine):
    """The worker's night, so many days after the deposit."""

    def passer(jour):
        time_machine.move_to(MIDI + timedelta(days=jour), tick=False)
        demander_le_balayage()
        while travailler():
            pass

    return passer


@pytest.fixture
def composee(affectee, juriste, fichier, time_machine, nuit):
    """A planning to hand over, of a case that the scan of the first night has already seen."""
    time_machine.move_to(MIDI, tick=False)
    call_command("charger_conservation", stdout=StringIO())
    dossier = affectee("RH")
    w.verser_piece(dossier=dossier, acteur=juriste, intitule="Planning", fichier=fichier(), classe="judiciaire")
    dossier = w.preparer_reponse(dossier=dossier, acteur=juriste)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    nuit(1)
    return frais(dossier)


@pytest.fixture
def prete(composee, juriste):
    """Sealed on the second day."""
    return w.mettre_a_disposition(dossier=composee, acteur=juriste)


def vivants(remise):
    """How many of its files still open."""
    fichiers = [remise.fichier_id, *remise.pieces.values_list("fichier_id", flat=True)]
    return Fichier.objects.filter(pk__in=fichiers, etat_fichier=Fichier.Etat.PRET).count()


def test_un_pli_depose_apres_le_premier_balayage_part_au_terme_de_quatre_vingt_dix_jours(prete, nuit):
    nuit(90)
    assert vivants(prete.remises.get()) == 2
    nuit(91)
    assert vivants(prete.remises.get()) == 0
    assert prete.remises.get().manifeste, "l’inventaire et ses empreintes restent"


def test_un_pli_ouvert_part_trente_jours_apres(prete, opj, nuit):
    nuit(10)
    w.ouvrir_pli(dossier=frais(prete), acteur=opj)
    nuit(39)
    assert vivants(prete.remises.get()) == 2
    nuit(40)
    assert vivants(prete.remises.get()) == 0
    assert frais(prete).etat == "REMISE"


def test_un_pli_remis_au_guichet_part_trente_jours_apres(composee, juriste, nuit):
    dossier = w.mettre_a_disposition(dossier=composee, acteur=juriste, support="pli_ferme")
    nuit(10)
    porteur = w.Porteur("Adj. Caradec", "carte", timezone.now())
    remise = w.remettre_en_main(dossier=frais(dossier), acteur=juriste, porteur=porteur)
    nuit(39)
    assert vivants(remise) == 1
    nuit(40)
    assert vivants(remise) == 0
    assert remise.recepisse.fichier.servi, "le récépissé signé reste"


def test_ce_que_le_medecin_a_ecarte_ou_masque_part_avec_la_reponse(affectee, medecin, juriste, opj, time_machine, nuit):
    """The platform is a channel: what was never sent has no more reason to stay than what was."""
    time_machine.move_to(MIDI, tick=False)
    call_command("charger_conservation", stdout=StringIO())
    dossier = affectee()
    masquee, ecartee = (verser(dossier, medecin, pdf(*TEXTES), nom) for nom in ("Compte rendu", "Certificat"))
    w.occulter(dossier=dossier, acteur=medecin, piece=masquee, mots=["Vandewalle"])
    w.trier(dossier=dossier, acteur=medecin, piece=ecartee, decision="ecarter")
    agreer(dossier, medecin, juriste)
    w.mettre_a_disposition(dossier=frais(dossier), acteur=juriste, nom_relu=True)
    fichiers = Fichier.objects.filter(pk__in=(masquee.fichier_id, ecartee.fichier_id), etat_fichier=Fichier.Etat.PRET)
    nuit(10)
    w.ouvrir_pli(dossier=frais(dossier), acteur=opj)
    nuit(39)
    assert fichiers.count() == 2
    nuit(40)
    assert fichiers.count() == 0


def test_une_reponse_reprise_garde_ce_que_le_medecin_a_relu(affectee, medecin, juriste, time_machine, nuit):
    time_machine.move_to(MIDI, tick=False)
    call_command("charger_conservation", stdout=StringIO())
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"])
    agreer(dossier, medecin, juriste)
    w.mettre_a_disposition(dossier=frais(dossier), acteur=juriste, nom_relu=True)
    w.revoquer(dossier=frais(dossier), acteur=juriste, motif="Une page manquait.")
    nuit(95)
    assert Fichier.objects.get(pk=piece.fichier_id).servi


def test_un_pli_redepose_se_garde_le_temps_de_sa_derniere_remise(prete, juriste, opj, nuit):
    nuit(75)
    w.redeposer(dossier=frais(prete), acteur=juriste)
    nuit(95)
    remise = w.ouvrir_pli(dossier=frais(prete), acteur=opj)
    assert w.telecharger_pli(dossier=frais(prete), acteur=opj).servi
    nuit(124)
    assert vivants(remise) == 2
    nuit(125)
    assert vivants(remise) == 0


def test_une_reponse_reprise_n_emporte_pas_les_pieces_de_la_suivante(prete, juriste, nuit):
    nuit(20)
    w.revoquer(dossier=frais(prete), acteur=juriste, motif="Une page était en trop.")
    nuit(30)
    w.mettre_a_disposition(dossier=frais(prete), acteur=juriste)
    nuit(95)
    seconde, premiere = prete.remises.all()
    assert vivants(seconde) == 2
    assert not Fichier.objects.get(pk=premiere.fichier_id).servi, "son pli à elle est parti"


@pytest.fixture
def effacee(prete):
    remise = prete.remises.get()
    effacer_fichiers([remise.fichier_id, *remise.pieces.values_list("fichier_id", flat=True)], motif="essai")
    return prete


def test_aucun_recepisse_ne_se_signe_pour_un_pli_efface(effacee, opj):
    with pytest.raises(TransitionRefusee, match="effacé au terme de sa conservation"):
        w.ouvrir_pli(dossier=effacee, acteur=opj)
    assert (frais(effacee).etat, effacee.remises.get().recepisse) == ("PRETE", None)


def test_un_pli_efface_ne_se_redepose_pas_mais_se_reprend_et_se_refait(effacee, juriste, opj, fichier, nuit):
    nuit(40)
    with pytest.raises(TransitionRefusee, match="effacé au terme de sa conservation.*Reprenez"):
        w.redeposer(dossier=frais(effacee), acteur=juriste)
    dossier = w.revoquer(dossier=frais(effacee), acteur=juriste, motif="Le contenu a été effacé.")
    with pytest.raises(TransitionRefusee, match="La réponse est vide"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    w.verser_piece(dossier=dossier, acteur=juriste, intitule="Planning", fichier=fichier(), classe="judiciaire")
    w.mettre_a_disposition(dossier=frais(dossier), acteur=juriste)
    assert w.ouvrir_pli(dossier=frais(dossier), acteur=opj).manifeste[0]["intitule"] == "Planning"


@pytest.fixture
def battre(travailler, time_machine):
    """Several ticks that many days after the sealing: whatever they say, they say once."""

    def faire(remise, jours):
        time_machine.move_to(remise.prete_le + timedelta(days=jours), tick=False)
        for _ in range(3):
            relances.relancer_le_retrait()
            travailler()

    return faire


def test_l_unite_est_rappelee_cinq_jours_avant_puis_au_terme_avec_les_juristes(prete, distribution, battre):
    remise = prete.remises.get()
    battre(remise, 24)
    assert avises("Réponse à retirer avant") == []
    battre(remise, 25.5)
    assert avises("Réponse à retirer avant") == ["opj"]
    battre(remise, 29)
    assert avises("Réponse à retirer avant") == ["opj"], "une fois"
    assert avises("Réponse expirée") == avises("Réponse non retirée") == []
    battre(remise, 30.1)
    assert avises("Réponse expirée, demandez un nouveau dépôt") == ["opj"]
    assert avises("Réponse non retirée, à déposer à nouveau") == ["juriste"]
    dits = " ".join(Avis.objects.values_list("texte", flat=True))
    assert not [secret for secret in (*SECRETS, "Planning") if secret in dits]


@pytest.mark.parametrize("geste", ["ouvrir", "reprendre", "redeposer"])
def test_un_pli_ouvert_repris_ou_redepose_ne_rappelle_plus_rien(geste, prete, juriste, opj, battre, time_machine):
    premiere = prete.remises.get()
    if geste == "redeposer":
        time_machine.move_to(premiere.expiration + timedelta(hours=1), tick=False)
        w.redeposer(dossier=prete, acteur=juriste)
    elif geste == "ouvrir":
        w.ouvrir_pli(dossier=prete, acteur=opj)
    else:
        w.revoquer(dossier=prete, acteur=juriste, motif="Une page était en trop.")
    for jour in (26, 30.1):
        battre(premiere, jour)
    assert avises("Réponse à retirer avant") == avises("Réponse expirée") == avises("Réponse non retirée") == []


def test_un_pli_ferme_qui_attend_au_guichet_n_expire_pas_pour_l_unite(composee, juriste, battre):
    dossier = w.mettre_a_disposition(dossier=composee, acteur=juriste, support="pli_ferme")
    for jour in (26, 30.1):
        battre(dossier.remises.get(), jour)
    assert avises("Réponse à retirer avant") == avises("Réponse expirée") == []

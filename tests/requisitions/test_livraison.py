"""The delivery: what goes on a key, what the requester reads of it, who hands it over, what stops it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from dossiers.participations import Octroi, accorder
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import titres
from requisitions import workflow as w
from requisitions.elements import Reponse
from tests.requisitions.test_titres import declaree  # noqa: F401
from transitions.workflow import TransitionRefusee

ARMOIRE, CLE = "Serveur PC sécurité, armoire B", "clé chiffrée n° 7"
DU_GEL, DE_LA_CLE = "a" * 64, "b" * 64


def page(client, nom, dossier, **donnees):
    adresse = reverse(f"requisitions:{nom}", args=[dossier.cle])
    reponse = client.post(adresse, donnees) if donnees else client.get(adresse)
    return reponse.content.decode()


def frais(dossier):
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def gelee(affectee, distribution, juriste):
    """Images frozen in a place of the hospital's own, the requisition confirmed by a call."""
    dossier = affectee("VIDEO")
    w.confirmer_gel(dossier=dossier, acteur=distribution.acteur("securite"), support=ARMOIRE, empreinte=DU_GEL)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return frais(dossier)


@pytest.fixture
def sur_cle(gelee, distribution):
    return w.deposer_images(
        dossier=gelee, acteur=distribution.acteur("securite"), intitule="Images", support=CLE, empreinte=DE_LA_CLE
    )


def test_le_requerant_lit_la_cle_qui_l_attend_et_jamais_ou_l_hopital_garde_la_copie(sur_cle, juriste, distribution):
    dossier = w.mettre_a_disposition(dossier=sur_cle, acteur=juriste)
    [ligne] = dossier.remises.get().manifeste
    assert (CLE in ligne["intitule"], ligne["empreinte"]) == (True, DE_LA_CLE)
    lues = "".join(page(distribution.client("opj"), nom, dossier) for nom in ("dossier", "retrait"))
    assert CLE in lues
    assert "armoire" not in lues
    assert DU_GEL[:16] not in lues


def test_deposer_une_cle_ne_reecrit_ni_le_lieu_ni_l_empreinte_de_la_copie_gelee(sur_cle, distribution):
    gel = frais(sur_cle).gel
    assert (gel.support, gel.empreinte) == (ARMOIRE, DU_GEL)
    du_poste = page(distribution.client("securite"), "gel", sur_cle)
    assert ARMOIRE in du_poste
    assert CLE in du_poste


def test_une_empreinte_relevee_au_gel_ne_tient_pas_lieu_de_reponse(gelee, juriste, distribution):
    """The frozen copy is not what the requester asked for: something must be brought."""
    dossier = w.repondre_elements(dossier=gelee, acteur=juriste, reponses={1: Reponse("fourni")})
    with pytest.raises(TransitionRefusee, match="La réponse est vide"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    with pytest.raises(TransitionRefusee, match="Ajoutez le fichier"):
        w.deposer_images(dossier=gelee, acteur=distribution.acteur("securite"), intitule="Images")


def test_un_fichier_verse_apres_la_cle_la_remplace(sur_cle, juriste, distribution, fichier):
    dossier = w.deposer_images(
        dossier=sur_cle, acteur=distribution.acteur("securite"), intitule="Images", fichier=fichier()
    )
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    assert [ligne["intitule"] for ligne in dossier.remises.get().manifeste] == ["Images"]
    assert not dossier.remises.get().en_main


def test_ce_qui_est_sur_une_cle_se_remet_en_main_propre_par_defaut(sur_cle, juriste, distribution):
    client = distribution.client("juriste")
    reponse = client.get(reverse("requisitions:reponse", args=[sur_cle.cle]))
    assert reponse.context["support"]["support"].value() == "cle"
    assert CLE in reponse.content.decode()
    refusee = page(client, "reponse", sur_cle, geste="remettre", support="plateforme", relu="on")
    assert "se remet en main propre" in refusee
    with pytest.raises(TransitionRefusee, match="se remet en main propre"):
        w.mettre_a_disposition(dossier=sur_cle, acteur=juriste, support="plateforme")
    page(client, "reponse", sur_cle, geste="remettre", relu="on")
    assert frais(sur_cle).remises.get().support == "cle"


def test_ce_qui_est_verse_en_fichier_part_par_defaut_en_pli_numerique(gelee, distribution, fichier):
    dossier = w.deposer_images(
        dossier=gelee, acteur=distribution.acteur("securite"), intitule="Images", fichier=fichier()
    )
    reponse = distribution.client("juriste").get(reverse("requisitions:reponse", args=[dossier.cle]))
    assert reponse.context["support"]["support"].value() == "plateforme"


def test_le_poste_de_securite_trouve_la_remise_en_main_propre_sur_sa_page(sur_cle, juriste, distribution):
    securite = distribution.client("securite")
    adresse = reverse("requisitions:main_propre", args=[sur_cle.cle])
    assert adresse not in page(securite, "gel", sur_cle)
    dossier = w.mettre_a_disposition(dossier=sur_cle, acteur=juriste)
    assert adresse in page(securite, "gel", dossier)
    guichet = page(securite, "main_propre", dossier)
    assert "Bordereau de remise" in guichet, "le poste imprime l’inventaire qu’il fait signer"
    quand = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    suite = securite.post(adresse, {"nom": "Adj. Caradec", "identite": "carte", "le": quand}, follow=True)
    assert suite.status_code == 200
    assert frais(dossier).etat == "REMISE"
    assert adresse not in page(securite, "gel", dossier)


@pytest.fixture
def prete(affectee, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste)


def test_une_reponse_ouverte_ou_expiree_n_attend_plus_le_requerant(prete, opj, distribution):
    client = distribution.client("opj")
    assert "La réponse vous attend" in page(client, "dossier", prete)
    prete.remises.update(expiration=timezone.now() - timedelta(days=1))
    expiree = page(client, "dossier", prete)
    assert "La réponse vous attend" not in expiree
    assert "La réponse n’est plus disponible" in expiree
    prete.remises.update(expiration=timezone.now() + timedelta(days=1))
    w.ouvrir_pli(dossier=frais(prete), acteur=opj)
    ouverte = page(client, "dossier", prete)
    assert "La réponse vous attend" not in ouverte
    assert "Réponse ouverte" in ouverte
    assert reverse("requisitions:retrait", args=[prete.cle]) in ouverte


def test_trop_tard_pour_reprendre_une_reponse_se_dit_avant_d_ecrire_un_motif(prete, opj, distribution):
    client = distribution.client("juriste")
    assert 'name="motif"' in page(client, "revocation", prete)
    w.ouvrir_pli(dossier=prete, acteur=opj)
    tard = client.get(reverse("requisitions:revocation", args=[prete.cle]), follow=True).content.decode()
    assert "Le pli a été ouvert" in tard
    assert "Prévenez le requérant" in tard
    assert "Reprendre la réponse" not in tard, "la page du dossier, sans formulaire à remplir pour rien"


def test_le_mot_du_requerant_pour_une_reponse_prise_est_celui_de_tous(prete, opj, juriste, distribution):
    """« Retirée » said both that the hospital had taken it back and that the requester had it."""
    dossier = w.ouvrir_pli(dossier=prete, acteur=opj).dossier
    for qui in ("opj", "juriste"):
        assert "Retirée" not in page(distribution.client(qui), "dossier", dossier)


def test_une_reponse_reprise_par_l_hopital_ne_se_dit_pas_retiree(prete, juriste, distribution):
    dossier = w.revoquer(dossier=prete, acteur=juriste, motif="Une page était en trop")
    for qui in ("opj", "juriste"):
        lue = page(distribution.client(qui), "dossier", dossier)
        assert "Retirée" not in lue
        assert "retirée" not in lue
        assert "Une page était en trop." in lue


@pytest.mark.parametrize(
    ("canal", "mots"),
    [("portail", "Déposée"), ("main_propre", "Reçue au guichet"), ("telephone", "Reçue par téléphone"),
     ("papier", "Reçue par courrier"), ("courriel", "Reçue par courriel")],
)  # fmt: skip
def test_l_en_tete_dit_comment_la_demande_est_arrivee(canal, mots, deposee, distribution):
    dossier = deposee("RH", canal=canal)
    lue = page(distribution.client("juriste"), "dossier", dossier)
    entete = lue[lue.index('<div class="head__text">') : lue.index("Demandée par")]
    assert mots in entete
    assert ("Déposée" in entete) == (canal == "portail")


@pytest.fixture
def autorisee(affectee, juriste, declaree):  # noqa: F811
    """A presence asked under a declared authorisation, that only remains to be handed over."""
    titre = declaree(genre="autorisation", reference="AUT 7", types_acte=["PRESENCE"])
    dossier = affectee("PRESENCE", cadre="PRELIM", titre=titre, **titres.champs_du_titre(titre))
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return titre, dossier


def test_un_pli_pret_ne_s_ouvre_plus_quand_son_autorisation_est_revoquee(autorisee, juriste, opj, distribution):
    titre, dossier = autorisee
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    titres.revoquer(acteur=distribution.acteur("parquet"), titre=titre)
    with pytest.raises(TransitionRefusee, match="L’autorisation AUT 7 est révoquée.*affaires juridiques"):
        w.ouvrir_pli(dossier=frais(dossier), acteur=opj)
    retrait = page(distribution.client("opj"), "retrait", dossier)
    assert "L’autorisation AUT 7 est révoquée" in retrait
    assert "Ouvrir le pli" not in retrait
    assert "La réponse vous attend" not in page(distribution.client("opj"), "dossier", dossier)
    for envoi in Envoi.objects.filter(sujet="requisition.titre_revoque"):
        executer(envoi.pk)
    [avis] = Avis.objects.filter(destinataire=distribution.utilisateur("juriste"), texte__contains="révoqué")
    assert "prête" in avis.texte, "les affaires juridiques apprennent qu’une réponse attend encore"


def test_un_pli_deja_ouvert_reste_a_qui_l_a_recu(autorisee, juriste, opj, distribution):
    titre, dossier = autorisee
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    w.ouvrir_pli(dossier=dossier, acteur=opj)
    titres.revoquer(acteur=distribution.acteur("parquet"), titre=titre)
    assert w.telecharger_pli(dossier=frais(dossier), acteur=opj)


def test_un_pli_ferme_ne_se_remet_plus_au_guichet_sur_un_titre_revoque(autorisee, juriste, distribution):
    titre, dossier = autorisee
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste, support="pli_ferme")
    titres.revoquer(acteur=distribution.acteur("parquet"), titre=titre)
    with pytest.raises(TransitionRefusee, match="AUT 7 est révoquée"):
        w.remettre_en_main(
            dossier=frais(dossier), acteur=juriste, porteur=w.Porteur("Adj. Caradec", "carte", timezone.now())
        )
    assert "AUT 7 est révoquée" in page(distribution.client("juriste"), "main_propre", dossier)


def test_une_remise_faite_avant_la_revocation_s_enregistre_apres(autorisee, juriste, distribution, time_machine):
    titre, dossier = autorisee
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste, support="pli_ferme")
    remise_a = timezone.now() + timedelta(minutes=5)
    time_machine.move_to(remise_a + timedelta(minutes=5))
    titres.revoquer(acteur=distribution.acteur("parquet"), titre=titre)
    w.remettre_en_main(dossier=frais(dossier), acteur=juriste, porteur=w.Porteur("Adj. Caradec", "carte", remise_a))
    assert frais(dossier).etat == "REMISE"


def test_une_commission_citee_par_son_numero_arrete_aussi_l_ouverture(affectee, juriste, opj, distribution, declaree):  # noqa: F811
    titre = declaree(types_acte=["PRESENCE"])
    dossier = affectee("PRESENCE", cadre="CR", cr_reference="cr 45", cr_date=date(2026, 11, 1), cr_juge="M. T.")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    titres.revoquer(acteur=distribution.acteur("juge"), titre=titre)
    with pytest.raises(TransitionRefusee, match="La commission rogatoire CR 45 est révoquée"):
        w.ouvrir_pli(dossier=frais(dossier), acteur=opj)


def test_le_parquet_conteste_une_reponse_remise_et_l_opj_garde_son_pli(prete, opj, juriste, distribution):
    """From the delivery on, before any closure; legal affairs then close again (§1.3)."""
    distribution.utilisateur("parquet")
    dossier = w.ouvrir_pli(dossier=prete, acteur=opj).dossier
    accorder(
        dossier=dossier, acteur=juriste,
        octrois=[Octroi("copie", "Copie", "Copie au parquet", "Parquet", service=distribution.service("PARQUET-PERM"))],
    )  # fmt: skip
    client = distribution.client("parquet")
    assert reverse("requisitions:contestation", args=[dossier.cle]) in page(client, "dossier", dossier)
    page(client, "contestation", dossier, motif="Nullité soulevée à l’audience.")
    assert frais(dossier).etat == "CONTESTEE"
    assert reverse("requisitions:retrait", args=[dossier.cle]) in page(distribution.client("opj"), "dossier", dossier)
    assert w.clore(dossier=frais(dossier), acteur=juriste).etat == "CLOTUREE"

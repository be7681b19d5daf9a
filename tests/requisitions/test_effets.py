"""Clothes and objects: their inventory, their seals, each hand that kept them, and the counter where they leave."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.controles import Faits, chaine, r18
from requisitions.controles.modele import Inventorie
from requisitions.models import Remise, Requisition
from requisitions.saisie.inventaire import LignePassage, LignePiece, LigneScelle, Releve, lire_les_effets
from requisitions.workflow.pli import support_attendu
from tests.requisitions.test_inventaire import envoi
from transitions.workflow import TransitionRefusee

HIER = timezone.now() - timedelta(days=1)
OBJETS = (LignePiece("Jean coupé, taché", support="objet"), LignePiece("Téléphone noir, éteint", support="objet"))
MAINS = (
    LignePassage(HIER, "Agent Martin, sécurité", "Vestiaire fermé"),
    LignePassage(HIER + timedelta(hours=2), "Agent Petit, sécurité", "Coffre du poste"),
)


def faits(**champs):
    maintenant = timezone.now()
    return Faits(cadre="FLAG", type_acte="EFFETS", qualite="OPJ", recue_le=maintenant, maintenant=maintenant, **champs)


@pytest.fixture
def confiee(affectee):
    return affectee("EFFETS")


@pytest.fixture
def securite(distribution):
    return distribution.acteur("securite")


@pytest.fixture
def inventorie(confiee, securite):
    releve = Releve(scelles=(LigneScelle("EF-1"),), pieces=OBJETS, passages=MAINS)
    return w.noter_inventaire(dossier=confiee, acteur=securite, releve=releve)


@pytest.fixture
def prete(inventorie, juriste):
    contact = inventorie.service_emetteur.contacts.first()
    w.authentifier_par_rappel(dossier=inventorie, acteur=juriste, contact=contact)
    return w.mettre_a_disposition(dossier=inventorie, acteur=juriste)


def lire(client, nom, dossier):
    return client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


def constats(dossier):
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    return {constat.numero: constat for constat in w.constats_de_sortie(dossier, lettre)}


def test_t16_des_effets_sans_main_ne_partent_pas_et_une_garde_interrompue_se_justifie():
    assert chaine(faits(inventaire=Inventorie(retenues=1))).bloque
    troue = chaine(faits(inventaire=Inventorie(retenues=1, mains=3, interruptions=(2,))))
    assert (troue.numero, troue.bloque) == ("T-16", False)
    assert "n°\u00a02" in troue.message
    assert chaine(faits(inventaire=Inventorie(retenues=1, mains=3))) is None
    assert chaine(faits(elements=("non_detenu",))) is None, "rien ne part, rien n’était gardé"


def test_un_scelle_ouvert_s_explique_pour_des_effets_comme_pour_une_saisie():
    assert r18(faits(inventaire=Inventorie(ouverts_sans_motif=("EF-1",)))).numero == "R-18"


def test_le_poste_de_securite_inscrit_les_effets_leurs_scelles_et_les_mains(confiee, distribution):
    client = distribution.client("securite")
    depart = client.get(reverse("requisitions:ouvrir", args=[confiee.cle]), follow=True).content.decode()
    adresse = reverse("requisitions:inventaire", args=[confiee.cle])
    assert adresse in depart
    page = client.get(adresse).content.decode()
    assert "Passage du 21 novembre." in page, "la consigne lui est adressée"
    assert "Une copie intégrale" not in page
    le = timezone.localtime(HIER).strftime("%Y-%m-%dT%H:%M")
    saisie = (
        envoi("scelles", {"numero": "EF-1", "genre": "ferme"})
        | envoi("pieces", {"nature": "Jean", "scelle": "EF-1"}, {"nature": "Bague d’un tiers", "motif": "tiers"})
        | envoi("passages", {"nom": "Agent Martin", "le": le, "lieu": "Coffre"})
        | {"collees": "- Chaussure gauche, 2 pages\n- Couteau", "version": str(confiee.version)}
    )
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 302, reponse.context["form"].errors
    lignes = [(piece.nature, piece.support, piece.sort) for piece in confiee.pieces_saisies.all()]
    assert lignes == [
        ("Jean", "objet", "retenue"),
        ("Bague d’un tiers", "objet", "exclue"),
        ("Chaussure gauche, 2 pages", "objet", "retenue"),
        ("Couteau", "objet", "retenue"),
    ]
    assert confiee.passages.get().lieu == "Coffre"
    assert "Agent Martin" in client.get(adresse).content.decode()


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ({"nom": "Agent Martin", "lieu": "Coffre"}, "Indiquez la date et l’heure."),
        ({"nom": "Agent Martin", "le": "2100-01-01T10:00", "lieu": "Coffre"}, "Cette heure est à venir."),
        ({"nom": "", "le": "2026-11-01T10:00", "lieu": "Coffre"}, "Nommez qui garde les effets."),
        ({"nom": "Agent Martin", "le": "2026-11-01T10:00", "lieu": ""}, "Dites où les effets sont gardés."),
    ],
)
def test_une_main_mal_dite_est_dite_a_cote_de_sa_ligne_et_rien_n_est_perdu(confiee, distribution, ligne, phrase):
    client, adresse = distribution.client("securite"), reverse("requisitions:inventaire", args=[confiee.cle])
    saisie = envoi("scelles") | envoi("pieces", {"nature": "Jean"}) | envoi("passages", ligne)
    reponse = client.post(adresse, saisie | {"version": str(confiee.version)})
    assert reponse.status_code == 200
    assert phrase in str(reponse.context["form"].lignes["passages"].errors)
    assert 'value="Jean"' in reponse.content.decode()
    assert not confiee.pieces_saisies.exists()


@pytest.mark.parametrize(
    ("jeu", "ligne", "champ"),
    [
        ("pieces", {"nature": "Jean coupé aux urgences"}, "nature"),
        ("passages", {"nom": "IDE de psychiatrie", "le": "2026-11-01T10:00", "lieu": "Coffre"}, "nom"),
        ("passages", {"nom": "Agent Martin", "le": "2026-11-01T10:00", "lieu": "Bureau de la maternité"}, "lieu"),
    ],
)
def test_aucun_mot_de_la_page_ne_dit_ou_la_personne_est_soignee(confiee, distribution, jeu, ligne, champ):
    """The requester reads the inventory: §2.7, presence yes, ward no."""
    client, adresse = distribution.client("securite"), reverse("requisitions:inventaire", args=[confiee.cle])
    vides = envoi("scelles") | envoi("pieces") | envoi("passages")
    reponse = client.post(adresse, vides | envoi(jeu, ligne) | {"version": str(confiee.version)})
    assert "laisse deviner un service de soins" in str(reponse.context["form"].lignes[jeu].errors[0][champ])


def test_une_liste_collee_qui_nomme_un_service_est_dite_avec_sa_ligne(confiee, distribution):
    client, adresse = distribution.client("securite"), reverse("requisitions:inventaire", args=[confiee.cle])
    vides = envoi("scelles") | envoi("pieces") | envoi("passages")
    saisie = {"collees": "Veste\nJean coupé aux urgences", "version": str(confiee.version)}
    erreurs = client.post(adresse, vides | saisie).context["form"].errors["collees"]
    assert erreurs == ["Ligne 2\u00a0: «\u00a0urgences\u00a0» laisse deviner un service de soins. Retirez-le."]


def test_r22_rien_ne_part_qui_nomme_un_service(confiee, securite):
    releve = Releve(scelles=(LigneScelle("EF-1", "ouvert", "Sac de psychiatrie"),), pieces=OBJETS, passages=MAINS)
    w.noter_inventaire(dossier=confiee, acteur=securite, releve=releve)
    assert constats(confiee)["R-22"].bloque


def test_une_main_a_venir_est_refusee(confiee, securite):
    demain = LignePassage(timezone.now() + timedelta(hours=2), "Agent Martin", "Coffre")
    with pytest.raises(TransitionRefusee, match="heure passée"):
        w.noter_inventaire(dossier=confiee, acteur=securite, releve=Releve(passages=(demain,)))


def test_qui_a_confirme_le_gel_est_la_premiere_main_proposee(confiee, securite, distribution):
    w.confirmer_gel(dossier=confiee, acteur=securite, support="Coffre n° 2")
    page = lire(distribution.client("securite"), "inventaire", confiee)
    assert 'value="Coffre n° 2"' in page
    assert f'value="{securite.nom}"' in page
    assert not confiee.passages.exists(), "rien n’est écrit avant d’être enregistré"


def test_la_reponse_attend_l_inventaire_les_scelles_et_les_mains(confiee, juriste, securite):
    assert {"T-07", "T-16"} <= constats(confiee).keys()
    w.noter_inventaire(dossier=confiee, acteur=securite, releve=Releve(pieces=OBJETS))
    assert "scellé" in constats(confiee)["T-07"].message
    releve = Releve(scelles=(LigneScelle("EF-1"), LigneScelle("EF-2")), passages=MAINS)
    w.noter_inventaire(dossier=confiee, acteur=securite, releve=releve)
    assert "T-07" in constats(confiee), "chaque effet est dans son scellé"
    assert "T-16" not in constats(confiee)


def test_les_effets_ne_se_telechargent_pas_ils_partent_sous_leurs_scelles(prete, opj, juriste, distribution):
    remise = prete.remises.get()
    assert (remise.support, remise.scelle, remise.fichier) == (Remise.Support.SCELLE_FERME, "EF-1", None)
    with pytest.raises(TransitionRefusee, match="contre signature"):
        w.ouvrir_pli(dossier=prete, acteur=opj)
    assert "EF-1" in lire(distribution.client("opj"), "retrait", prete)


@pytest.mark.parametrize("support", ["plateforme", "pli_ferme", "cle"])
def test_des_effets_ne_partent_que_sous_scelle(inventorie, juriste, support):
    w.authentifier_par_rappel(dossier=inventorie, acteur=juriste, contact=inventorie.service_emetteur.contacts.first())
    with pytest.raises(TransitionRefusee, match="Les effets sont sous scellé"):
        w.mettre_a_disposition(dossier=inventorie, acteur=juriste, support=support)


def test_un_seul_scelle_ouvert_se_dit_au_bordereau(inventorie, securite):
    cle = inventorie.scelles.get().cle
    ouvert = LigneScelle("EF-1", "ouvert", "Lame trop longue", cle)
    w.noter_inventaire(dossier=inventorie, acteur=securite, releve=Releve(scelles=(ouvert,)))
    assert support_attendu(inventorie.requisition) == Remise.Support.SCELLE_OUVERT


def test_des_effets_inventories_puis_perdus_ne_partent_sous_aucun_scelle(inventorie, juriste, securite):
    w.confirmer_gel(dossier=inventorie, acteur=securite, support="Coffre")
    w.constater_perte(dossier=inventorie, acteur=securite, perte="support")
    w.authentifier_par_rappel(dossier=inventorie, acteur=juriste, contact=inventorie.service_emetteur.contacts.first())
    lue = type(inventorie).objects.get(pk=inventorie.pk)
    prete = w.mettre_a_disposition(dossier=lue, acteur=juriste)
    remise = prete.remises.get()
    assert (remise.support, remise.scelle) == (Remise.Support.PLATEFORME, "")


def test_le_poste_imprime_l_inventaire_que_les_deux_mains_signent(prete, distribution):
    (inventaire,) = prete.pieces.filter(intitule__startswith="Inventaire des effets")
    client = distribution.client("securite")
    assert reverse("dossiers:piece", args=[inventaire.cle]) in lire(client, "main_propre", prete)
    assert "avec l’inventaire des effets" in lire(client, "main_propre", prete)
    assert reverse("dossiers:piece", args=[inventaire.cle]) not in lire(distribution.client("opj"), "retrait", prete)


def test_l_inventaire_dit_chaque_effet_chaque_main_et_ne_nomme_aucun_patient(ecrits, inventorie, juriste):
    w.authentifier_par_rappel(dossier=inventorie, acteur=juriste, contact=inventorie.service_emetteur.contacts.first())
    w.mettre_a_disposition(dossier=inventorie, acteur=juriste)
    (texte,) = ecrits["pdf/requisition_effets.html"]
    for mot in ("Jean coupé, taché", "Téléphone noir, éteint", "Agent Martin", "Coffre du poste", "EF-1", "Reçu par"):
        assert mot in texte, mot
    for interdit in ("Delcambre", "Lucie"):
        assert interdit not in texte


def test_le_poste_de_securite_remet_les_effets_qu_il_garde_et_la_derniere_main_se_lit(prete, securite, distribution):
    porteur = w.Porteur("Adj. Caradec", "carte", timezone.now())
    remise = w.remettre_en_main(dossier=prete, acteur=securite, porteur=porteur)
    assert remise.confiee_par_id == securite.utilisateur_id
    page = lire(distribution.client("juriste"), "dossier", prete)
    assert "Agent Petit, sécurité" in page
    assert "à Adj. Caradec" in page


def test_des_effets_ne_sont_pas_une_saisie(prete, juriste, distribution):
    """Nothing was taken under constraint: no steps, no copy, no report, nothing to ask back."""
    page = lire(distribution.client("juriste"), "dossier", prete)
    for mot in ("Ordre convoqué", "Compte rendu interne", "Demander la restitution", "copie intégrale"):
        assert mot not in page, mot
    with pytest.raises(TransitionRefusee):
        w.demander_restitution(dossier=prete, acteur=juriste, motif="Rendre.")
    w.remettre_en_main(dossier=prete, acteur=juriste, porteur=w.Porteur("Adj. Caradec", "carte", timezone.now()))
    assert not prete.echeances.filter(nom="restitution").exists()


def test_la_fiche_de_chaque_scelle_s_edite_sans_operation_notee(ecrits, inventorie, juriste):
    w.editer_fiches_de_scelle(dossier=inventorie, acteur=juriste)
    (texte,) = ecrits["pdf/requisition_scelle.html"]
    assert "L’autorité requérante" in texte
    assert "Jean coupé" in texte


def test_des_effets_que_l_hopital_ne_garde_pas_se_refusent_par_une_lettre_dans_trait_d_union(confiee):
    assert support_attendu(confiee.requisition) == Remise.Support.PLATEFORME


def test_une_liste_collee_garde_chaque_ligne_entiere():
    assert [lue["nature"] for lue in lire_les_effets("1. Veste, 2 pages\n\n- Bague, originale")] == [
        "Veste, 2 pages",
        "Bague, originale",
    ]

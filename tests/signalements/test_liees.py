"""One situation, several cases: drafts prepared in one move, each blind to the other."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Personne
from signalements import liees, workflow
from signalements.contenu import lire, rassembler
from signalements.controles import CONTROLES
from signalements.models import Signalement
from tests.signalements.situation import JETON, pret, references, signature
from transitions.workflow import TransitionRefusee

ENFANTS = (("Noé", 4), ("Ava", 17), ("Luc", 19))


@pytest.fixture
def mere(distribution):
    """A letter sent to the parquet, with two children of age to be protected and an adult son."""
    references()
    soignante = distribution.acteur("soignante")
    distribution.utilisateur("parquet")
    dossier = pret(soignante, auteur_present_hopital="OUI", enfants=[{}, {}, {}])
    for prenom, age in ENFANTS:
        Personne.objects.create(dossier=dossier, role=Personne.Role.ENFANT, prenoms=prenom, age=age)
    return workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())


def test_d_un_geste_chaque_enfant_a_son_brouillon_et_la_surete_est_renvoyee_au_poste(mere, distribution):
    soignante, client = distribution.acteur("soignante"), distribution.client("soignante")
    page = client.get(reverse("signalements:transmis", args=[mere.cle])).content.decode().replace("\u00a0", " ")
    assert "Enfant de 4 ans" in page
    assert "Enfant de 17 ans" in page
    assert "19 ans" not in page
    assert "Appelez le poste de sécurité, sans motif médical" in page
    assert CONTROLES["C47"](rassembler(lire(mere), soignante)) is not None

    assert client.post(reverse("signalements:lier", args=[mere.cle])).status_code == 302
    enfants = Dossier.objects.filter(liens_entrants__origine=mere).order_by("pk")
    assert [(d.variante, d.etat, d.reference) for d in enfants] == [("MINEUR_IP", "BROUILLON", None)] * 2
    assert [(p.prenoms, p.age, p.nom) for d in enfants for p in d.personnes.all()] == [("Noé", 4, ""), ("Ava", 17, "")]

    client.post(reverse("signalements:lier", args=[mere.cle]))
    assert Dossier.objects.filter(liens_entrants__origine=mere).count() == 2, "le geste ne double rien"
    _rien_ne_passe_de_l_un_a_l_autre(mere, enfants, distribution)


def _rien_ne_passe_de_l_un_a_l_autre(mere, enfants, distribution):
    client = distribution.client("soignante")
    for dossier in enfants:
        lettre = Signalement.objects.get(pk=dossier.pk)
        assert (lettre.faits_observes, lettre.propos_rapportes, lettre.contact_sur) == ("", "", "")
        page = client.get(reverse("signalements:faits", args=[dossier.cle])).content.decode()
        assert not any(jeton in page for jeton in JETON.values() if jeton.startswith("CANARI"))
        assert not Dossier.objects.visibles_par(distribution.acteur("parquet")).filter(pk=dossier.pk).exists()
    lettre = distribution.client("parquet").get(reverse("signalements:lettre", args=[mere.cle])).content.decode()
    assert "Information préoccupante" not in lettre
    assert "lié" not in " ".join(mere.evenements.filter(reserve_a=None).values_list("libelle", flat=True))


def test_seul_l_auteur_de_violences_dans_le_couple_prepare_des_dossiers_lies(mere, distribution):
    adresse = reverse("signalements:lier", args=[mere.cle])
    assert distribution.client("infirmiere").post(adresse).status_code == 404
    assert distribution.client("parquet").post(adresse).status_code == 403
    soignante = distribution.acteur("soignante")
    with pytest.raises(TransitionRefusee, match="pour des enfants"):
        liees.preparer(dossier=pret(soignante, "ARME_PREFET"), acteur=soignante)


def test_les_soeurs_d_une_mutilation_redoutee_ont_chacune_le_meme_signalement(distribution):
    references()
    soignante = distribution.acteur("soignante")
    dossier = pret(soignante, "MSF", enfants=[{}, {}])
    for prenom, age in (("Aïcha", 7), ("Fanta", 12)):
        Personne.objects.create(dossier=dossier, role=Personne.Role.ENFANT, prenoms=prenom, age=age)
    assert [autre.libelle for autre in liees.propositions(lire(dossier), soignante)] == [
        "Enfant de 7 ans, mutilation sexuelle féminine",
        "Enfant de 12 ans, mutilation sexuelle féminine",
    ]
    assert [cree.variante for cree in liees.preparer(dossier=dossier, acteur=soignante)] == ["MSF", "MSF"]


def test_le_partenaire_arme_n_a_son_dossier_que_si_le_soignant_dit_qu_il_le_consulte(distribution):
    soignante = distribution.acteur("soignante")
    dossier = pret(soignante)
    assert [autre.nature for autre in liees.propositions(lire(dossier), soignante)] == ["partenaire"]
    assert liees.preparer(dossier=dossier, acteur=soignante) == []
    (cree,) = liees.preparer(dossier=dossier, acteur=soignante, confirmees=["partenaire"])
    assert (cree.variante, cree.personnes.count()) == ("ARME_PREFET", 0), "rien de la victime n’y passe"
    assert liees.propositions(lire(dossier), soignante) == []

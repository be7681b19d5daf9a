"""What the recipient reads: names of answers for him, no signature parted from its text, nothing that says the reverse."""

import re

import pytest

from dossiers.models import Dossier, Personne
from signalements import grilles
from signalements.contenu import lire
from signalements.forms import AccordForm, DangerForm
from signalements.parcours import pages_de
from signalements.recapitulatif import sections, signataire
from signalements.saisies import SANS_FAITS, TransmettreForm
from signalements.voies import VOIES
from signalements.workflow import ligne_destinataire
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier
from tests.signalements.situation import pret, transmis


def pages(dossier: Dossier) -> list[str]:
    return imprime.pages(lire_fichier(dossier.pieces.exclude(document=None).get().fichier))


@pytest.mark.parametrize("code", VOIES)
def test_aucun_intitule_du_document_ne_parle_a_son_auteur(code):
    voie = VOIES[code]
    siens = [voie.lignes.get(propre.intitule, propre.intitule) for propre in voie.propres if not propre.interne]
    for intitule in [*siens, *(page.libelle for page in pages_de(voie))]:
        assert not re.search(r"(^|\s)(V|v)ous(\s|$)", intitule), intitule
        assert not any(mot in intitule for mot in ("-t-il", "-t-elle", "est-elle", "est-il", "sont-ils")), intitule


@pytest.mark.parametrize("code", ["VC_SANS_ACCORD", "TRAITE", "MAJEUR_VULNERABLE_ARS", "PLAINTE_SIMPLIFIEE"])
def test_la_signature_reste_avec_ce_qu_elle_atteste(code, soignante):
    dossier = transmis(soignante, code)
    (signee,) = [page for page in pages(dossier) if "Signé et transmis" in page]
    assert "Attestation et signature" in signee
    assert "Aucune." not in " ".join(pages(dossier))
    assert "Aucune pièce jointe." in " ".join(pages(dossier))


def test_la_qualite_s_accorde_avec_la_personne_qui_signe(infirmiere, sociale):
    for acteur, voie, qualite in (
        (infirmiere, "MSF", "Infirmière"),
        (sociale, "MINEUR_IP", "Assistante de service social"),
    ):
        lignes = {ligne.libelle: ligne.valeur for ligne in signataire(lire(transmis(acteur, voie)))}
        assert lignes["Qualité"] == qualite


def test_qui_transmet_une_plainte_n_atteste_pas_des_faits_qu_il_n_ecrit_pas(db):
    plainte = TransmettreForm(voie=VOIES["PLAINTE_SIMPLIFIEE"], alertes=False)
    assert plainte.fields["attestation_conscience"].label == SANS_FAITS
    autre = TransmettreForm(voie=VOIES["VC_SANS_ACCORD"], alertes=False)
    assert "faits" in autre.fields["attestation_conscience"].label


@pytest.mark.parametrize("code", VOIES)
def test_ce_que_rien_n_exige_se_dit_facultatif(code):
    for form in (DangerForm(voie=VOIES[code]), AccordForm(voie=VOIES[code])):
        for champ, propre in zip(form.propres, form.attendus, strict=True):
            libre = not propre.erreur and propre.requis_si is None
            assert ("(facultatif)" in champ.label) is libre, champ.label


@pytest.mark.parametrize("code", VOIES)
def test_les_enfants_notes_sous_une_autre_voie_ne_partent_pas_avec_un_ecrit_qui_ne_les_demande_pas(code, soignante):
    """The préfet who reads of a weapon, the police who look for somebody learn nothing of the children."""
    dossier = pret(soignante, code)
    Personne.objects.create(dossier=dossier, role=Personne.Role.ENFANT, prenoms="CANARI-ENFANT", age=6)
    lettre = dossier.signalement
    lettre.enfants = [{"present": "OUI", "lieu": "chez un proche"}]
    lettre.save()
    dit = " ".join(f"{ligne.libelle} {ligne.valeur}" for s in sections(lire(dossier), clair=True) for ligne in s.lignes)
    assert ("CANARI-ENFANT" in dit) is ("enfants" in VOIES[code].blocs)


@pytest.mark.parametrize(
    ("sexe", "question", "ligne"),
    [
        ("F", "Elle est empêchée de sortir ou retenue", "femme, 41 ans"),
        ("H", "Il est empêché de sortir ou retenu", "homme, 41 ans"),
        ("", "La personne est empêchée de sortir ou retenue", "personne, 41 ans"),
    ],
)
def test_les_questions_et_la_ligne_s_accordent_avec_la_personne(sexe, question, ligne):
    assert sexe in Personne.Sexe.values
    assert grilles.question(grilles.DANGER["d09"], sexe) == question
    assert ligne in ligne_destinataire(VOIES["VC_SANS_ACCORD"], sexe, 41)

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from documents.models import Document
from fiches import remarques, workflow
from fiches.models import Fiche, Remarque, VersionFiche, Visa
from fiches.positions import manquants
from notifications.models import Avis
from tests.distribution import Distribution
from tests.fiches.conftest import REPRESENTANTS, reecrire, relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db


def donner(version: VersionFiche, acteur: Any, avis: str = "APPROUVE", motif: str = "") -> Visa:
    version = relire(version)
    return workflow.donner_avis(version=version, acteur=acteur, avis=avis, motif=motif, empreinte=version.empreinte)


def test_une_proposition_copie_le_texte_en_vigueur_sous_le_numero_suivant(convention: None, referente: Any) -> None:
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    assert (version.numero, version.rang, version.etat) == ("1.1", 2, "PROJET")
    assert version.empreinte == VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").empreinte


def test_un_second_projet_est_refuse(projet: VersionFiche, referente: Any) -> None:
    with pytest.raises(TransitionRefusee, match=r"La version 1\.1 est déjà en préparation"):
        workflow.proposer(fiche=projet.fiche, acteur=referente)


@pytest.mark.parametrize("etat", ["PROJET", "EN_LECTURE", "EN_APPROBATION", "APPROUVEE", "EN_VIGUEUR"])
def test_sous_un_projet_ouvert_nul_autre_texte_ne_s_ecrit_ni_n_entre_en_vigueur(
    projet: VersionFiche, etat: str
) -> None:
    """Hence no merge of three texts: the one in force is always the one that the draft was copied from."""
    autre = VersionFiche.objects.get(pk=projet.pk)
    autre.pk, autre.cle, autre.rang, autre.numero = None, uuid.uuid4(), 9, "1.9"
    autre.etat = etat
    with pytest.raises(IntegrityError, match=r"version_un(e_seule_en_vigueur|_seul_projet)"), transaction.atomic():
        autre.save(force_insert=True)
    assert projet.fiche.versions.get(etat="EN_VIGUEUR").rang == projet.rang - 1


def test_une_fiche_ne_s_abroge_pas_sous_un_projet_ouvert(projet: VersionFiche, referente: Any) -> None:
    with pytest.raises(TransitionRefusee, match=r"La version 1\.1 est en préparation"):
        workflow.abroger(version=projet.fiche.versions.get(etat="EN_VIGUEUR"), acteur=referente)


def test_un_texte_identique_ne_se_soumet_pas(convention: None, referente: Any) -> None:
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    with pytest.raises(TransitionRefusee, match="Aucune différence"):
        workflow.soumettre_lecture(version=version, acteur=referente)


def test_le_neuvieme_accord_rend_la_version_approuvee(
    en_approbation: VersionFiche, approuver: Callable[..., None], ordre: Any
) -> None:
    approuver(en_approbation, sauf=("ordre",))
    assert relire(en_approbation).etat == "EN_APPROBATION"
    donner(en_approbation, ordre)
    assert relire(en_approbation).etat == "APPROUVEE"


def test_la_mise_en_vigueur_est_impossible_tant_qu_un_partenaire_manque(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation, sauf=("ordre", "douanes"))
    with pytest.raises(TransitionRefusee):
        workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)
    VersionFiche.objects.filter(pk=en_approbation.pk).update(etat="APPROUVEE")
    with pytest.raises(TransitionRefusee, match=r"Ordre des médecins \(attendu\), Douanes \(attendu\)"):
        workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)


def test_la_mise_en_vigueur_remplace_l_ancienne_version_dans_la_meme_transaction(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation)
    workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)
    ancienne, nouvelle = VersionFiche.objects.filter(fiche__numero=1).order_by("rang")
    assert (ancienne.etat, nouvelle.etat) == ("REMPLACEE", "EN_VIGUEUR")
    assert ancienne.fin_le == nouvelle.effet_le


def test_une_reserve_sans_motif_est_refusee(en_approbation: VersionFiche, ordre: Any) -> None:
    with pytest.raises(TransitionRefusee, match="Une réserve doit être motivée"):
        donner(en_approbation, ordre, "RESERVE", "   ")
    with pytest.raises(DatabaseError), transaction.atomic():
        Visa.objects.create(
            version_fiche=en_approbation,
            institution_id=ordre.principale.institution_id,
            avis="RESERVE",
            empreinte=en_approbation.empreinte,
            rendu_par_id=ordre.utilisateur_id,
        )


def test_une_reserve_n_approuve_pas_puis_se_leve(
    en_approbation: VersionFiche, approuver: Callable[..., None], ordre: Any
) -> None:
    donner(en_approbation, ordre, "RESERVE", "Préciser le rôle de l’Ordre.")
    approuver(en_approbation, sauf=("ordre",))
    assert [position.libelle for position in manquants(relire(en_approbation))] == ["Réserve"]
    donner(en_approbation, ordre)
    assert relire(en_approbation).etat == "APPROUVEE"
    assert Visa.objects.filter(institution__code="CDOM", tombe_le=None).count() == 1


def test_changer_un_mot_fait_tomber_les_avis_et_dit_lesquels(
    en_approbation: VersionFiche, parquet: Any, douanes: Any, referente: Any
) -> None:
    donner(en_approbation, parquet)
    donner(en_approbation, douanes)
    noms = workflow.modifier(
        version=en_approbation,
        acteur=referente,
        titre="Un autre titre",
        contenu=en_approbation.contenu,
        motif="",
        version_lue=relire(en_approbation).version,
    )
    assert noms == ["Parquet", "Douanes"]
    assert not Visa.objects.filter(version_fiche=en_approbation, tombe_le=None).exists()


def test_enregistrer_sans_rien_changer_garde_les_avis(
    en_approbation: VersionFiche, parquet: Any, referente: Any
) -> None:
    donner(en_approbation, parquet)
    reecrire(en_approbation, referente)
    assert Visa.objects.filter(version_fiche=en_approbation, tombe_le=None).count() == 1


def test_changer_un_texte_approuve_rouvre_l_approbation(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation)
    version = reecrire(relire(en_approbation), referente, a_eviter=["Rien."])
    assert version.etat == "EN_APPROBATION"
    assert len(manquants(version)) == 9


def test_un_avis_donne_sur_un_texte_perime_est_refuse(
    en_approbation: VersionFiche, parquet: Any, referente: Any
) -> None:
    lue = en_approbation.empreinte
    reecrire(en_approbation, referente, a_eviter=["Rien."])
    with pytest.raises(workflow.TexteDepasse):
        workflow.donner_avis(version=en_approbation, acteur=parquet, avis="APPROUVE", empreinte=lue)


def test_deux_fenetres_ne_s_ecrasent_pas(projet: VersionFiche, referente: Any) -> None:
    lue = projet.version - 1
    with pytest.raises(workflow.TexteDepasse):
        workflow.modifier(
            version=projet, acteur=referente, titre="X", contenu=projet.contenu, motif="", version_lue=lue
        )


def test_le_texte_en_vigueur_ne_change_jamais_meme_par_une_requete_directe(convention: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionFiche.objects.filter(etat="EN_VIGUEUR", fiche__numero=1).update(titre="Autre")


def test_une_remarque_ouverte_retient_l_approbation(projet: VersionFiche, referente: Any, opj: Any) -> None:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    remarque = remarques.remarquer(version=relire(projet), acteur=opj, passage="essentiel", texte="Trop court.")
    with pytest.raises(TransitionRefusee, match="Résolvez d’abord"):
        workflow.ouvrir_approbation(version=projet, acteur=referente)
    remarques.resoudre(remarque=remarque, acteur=referente)
    workflow.ouvrir_approbation(version=projet, acteur=referente)
    assert Remarque.objects.get().resolue_par_id == referente.utilisateur_id


def test_une_remarque_vise_un_passage_qui_existe(projet: VersionFiche, referente: Any, opj: Any) -> None:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    with pytest.raises(TransitionRefusee, match="Choisissez un passage"):
        remarques.remarquer(version=relire(projet), acteur=opj, passage="etapes-99", texte="Où ?")


def test_les_partenaires_sont_prevenus_et_ceux_dont_l_avis_tombe_aussi(
    en_approbation: VersionFiche,
    parquet: Any,
    referente: Any,
    distribution: Distribution,
    travailler: Callable[[], int],
) -> None:
    donner(en_approbation, parquet)
    travailler()
    reecrire(en_approbation, referente, a_eviter=["Rien."])
    travailler()
    textes = list(Avis.objects.filter(destinataire_id=parquet.utilisateur_id).values_list("texte", flat=True))
    assert any("votre avis est à redonner" in texte for texte in textes)
    assert not Avis.objects.filter(destinataire_id=distribution.utilisateur("soignante").pk).exists()


def test_le_papier_de_l_ancienne_version_est_dit_remplace(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any, distribution: Distribution
) -> None:
    assert distribution.client("opj").post("/fiches/1/pdf/", follow=True)["Content-Type"] == "application/pdf"
    approuver(en_approbation)
    workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)
    assert Document.objects.get().statut == Document.Statut.REMPLACE


def _ensemble(*actes: Callable[[], Any]) -> list[Any]:
    """Run each act in its own thread and connection, at the same instant; returns results or exceptions."""
    depart, resultats = threading.Barrier(len(actes)), [None] * len(actes)

    def courir(rang: int) -> None:
        try:
            depart.wait(5)
            resultats[rang] = actes[rang]()
        except Exception as erreur:
            resultats[rang] = erreur
        finally:
            connection.close()

    fils = [threading.Thread(target=courir, args=(rang,)) for rang in range(len(actes))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(20)
    return resultats


@pytest.mark.django_db(transaction=True)
def test_deux_mises_en_vigueur_simultanees_n_en_font_qu_une(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation)

    def publier() -> Any:
        return workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)

    resultats = _ensemble(publier, publier)
    assert sorted(type(resultat).__name__ for resultat in resultats) == ["TransitionRefusee", "VersionFiche"]
    assert VersionFiche.objects.filter(fiche__numero=1, etat="EN_VIGUEUR").count() == 1


@pytest.mark.django_db(transaction=True)
def test_publier_pendant_qu_on_modifie_ne_publie_jamais_un_texte_non_approuve(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation)
    version = relire(en_approbation)
    _ensemble(
        lambda: workflow.mettre_en_vigueur(version=version, acteur=referente),
        lambda: reecrire(version, referente, a_eviter=["Rien."]),
    )
    finale = relire(version)
    assert finale.etat in {"EN_VIGUEUR", "EN_APPROBATION"}
    assert (finale.etat == "EN_VIGUEUR") == (manquants(finale) == [])


def test_les_representants_couvrent_les_neuf(convention: None, distribution: Distribution) -> None:
    institutions = {distribution.acteur(nom).principale.institution_code for nom in REPRESENTANTS}
    assert len(institutions) == 9

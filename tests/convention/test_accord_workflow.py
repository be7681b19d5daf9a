import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convention import fins, workflow
from convention.documents import texte_de
from convention.models import Convention, Mandat, Partie, Signature, VersionConvention
from convention.parties import attendues, lignes_de, manquantes, obligatoires, phrase_des_manquantes
from convention.textes import lire_convention
from documents.models import Document
from fiches.models import VersionFiche
from fiches.positions import signataires_de
from tests.convention.accord import (
    SIGNATAIRES,
    changer,
    charger_accord,
    en_signature,
    ensemble,
    livre,
    nommer,
    projet,
    reecrire,
    relire,
    signer,
)
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
TOUS = tuple(SIGNATAIRES.values())


@pytest.fixture
def accord(distribution: Distribution) -> Convention:
    return charger_accord(distribution)


def statut_de(papier: Document) -> str:
    return Document.objects.get(pk=papier.pk).statut


def test_le_texte_de_2025_est_en_vigueur_avec_ses_neuf_signatures_de_papier(accord: Convention) -> None:
    version = accord.versions.get()
    lignes = lignes_de(version)
    assert (version.etat, version.numero, len(version.contenu["articles"])) == ("EN_VIGUEUR", "2025.1", 19)
    assert [ligne.institution.code for ligne in lignes] == list(SIGNATAIRES)
    assert {(ligne.moyen, ligne.empreinte) for ligne in lignes} == {("Sur papier", "")}
    assert "démonstration" in version.contenu["mention"]
    assert not Signature.objects.exists()


def test_un_avenant_reprend_le_texte_mais_aucune_signature(accord: Convention, distribution: Distribution) -> None:
    version = projet(distribution)
    assert (version.numero, version.intitule, version.signatures.count()) == ("avenant-1", "Avenant n°\u00a01", 0)
    assert len(version.contenu["articles"]) == 19
    assert len(manquantes(version)) == 9


def test_un_second_avenant_ouvert_est_refuse(accord: Convention, distribution: Distribution) -> None:
    projet(distribution)
    with pytest.raises(TransitionRefusee, match="déjà en préparation"):
        projet(distribution)


@pytest.mark.parametrize("etat", ["PROJET", "EN_SIGNATURE", "SIGNEE", "EN_VIGUEUR"])
def test_sous_un_avenant_ouvert_nul_autre_texte_ne_s_ecrit_ni_n_entre_en_vigueur(
    accord: Convention, distribution: Distribution, etat: str
) -> None:
    autre = relire(projet(distribution))
    autre.pk, autre.cle, autre.rang, autre.numero, autre.etat = None, uuid.uuid4(), 9, "avenant-9", etat
    with pytest.raises(IntegrityError, match="version_convention_(en_vigueur|un_projet)"), transaction.atomic():
        autre.save(force_insert=True)


def test_un_texte_inchange_ne_s_ouvre_pas_a_la_signature(accord: Convention, distribution: Distribution) -> None:
    referente = distribution.acteur("referente")
    version = workflow.proposer(convention=accord, acteur=referente, motif="m", effet_le=timezone.localdate())
    with pytest.raises(TransitionRefusee, match="Aucune différence"):
        workflow.ouvrir_signature(version=version, acteur=referente)


def test_le_texte_ne_change_plus_une_fois_ouvert_a_la_signature(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    with pytest.raises(TransitionRefusee, match="ne change plus"):
        reecrire(distribution, version, "Autre chose.")
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionConvention.objects.filter(pk=version.pk).update(contenu={})
    signature = signer(distribution, version, "ordre")[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(titre="Autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        signature.delete()


def test_la_neuvieme_signature_met_l_avenant_en_vigueur_et_remplace_le_texte(
    accord: Convention, distribution: Distribution
) -> None:
    imprime, de_l_autre = livre(), livre("cls-2025")
    version = en_signature(distribution)
    signer(distribution, version, *TOUS[:8])
    assert relire(version).etat == "EN_SIGNATURE"
    assert phrase_des_manquantes(len(manquantes(version))) == "1 signature manque."
    signer(distribution, version, TOUS[8])
    initiale, avenant = accord.versions.order_by("rang")
    assert (initiale.etat, avenant.etat, avenant.effet_le) == ("REMPLACEE", "EN_VIGUEUR", timezone.localdate())
    assert initiale.fin_le == avenant.effet_le
    assert [statut_de(papier) for papier in (imprime, de_l_autre)] == ["remplace", "en_vigueur"]


def test_la_page_de_signatures_dit_l_empreinte_signee_et_qui_a_signe(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    assert len(texte_de(lire_convention("chv-2025")).seances) == 1
    signer(distribution, version, *TOUS)
    initiale, avenant = texte_de(lire_convention("chv-2025")).seances
    assert initiale.precision == "Signatures données sur papier."
    assert version.empreinte in avenant.precision
    assert [ligne.institution for ligne in avenant.signatures] == [ligne.institution for ligne in initiale.signatures]
    assert all(ligne.faite and ligne.nom and ligne.qualite for ligne in avenant.signatures)


def test_signe_par_tous_avant_sa_date_l_avenant_attend_l_horloge(
    accord: Convention, distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    demain = timezone.localdate() + timedelta(days=1)
    version = en_signature(distribution, effet_le=demain)
    signer(distribution, version, *TOUS)
    fins.appliquer_echeances()
    assert relire(version).etat == "SIGNEE"
    monkeypatch.setattr(timezone, "localdate", lambda *_: demain)
    fins.appliquer_echeances()
    assert (relire(version).etat, relire(version).effet_le) == ("EN_VIGUEUR", demain)


@pytest.mark.parametrize(
    ("nom", "raison"),
    [
        ("soignante", "Seul le titulaire"),
        ("referente", "Seul le titulaire"),
        ("etranger", "Seul le titulaire"),
        ("crip", "n’est pas partie"),
    ],
)
def test_qui_n_est_pas_titulaire_d_une_partie_ne_signe_pas(
    nom: str, raison: str, accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    with pytest.raises(TransitionRefusee, match=raison):
        signer(distribution, version, nom)


def test_on_ne_signe_ni_deux_fois_ni_un_autre_texte(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    with pytest.raises(TransitionRefusee, match="Relisez-le"):
        workflow.signer(version=version, acteur=distribution.acteur("ordre"), empreinte="0" * 64)
    signer(distribution, version, "ordre")
    with pytest.raises(TransitionRefusee, match="déjà signé"):
        signer(distribution, version, "ordre")


def test_la_signature_garde_le_titre_du_jour_et_la_delegation(accord: Convention, distribution: Distribution) -> None:
    nommer(distribution, "CDOM", "ordre")
    version = en_signature(distribution)
    ordre, parquet = signer(distribution, version, "ordre", "parquet")
    Mandat.objects.filter(institution__code="CDOM").update(titre="Autre titre")
    assert ordre.titre == "Président du Conseil départemental de l’Ordre des médecins du Nord"
    assert "par délégation" in parquet.titre
    assert ordre.empreinte == parquet.empreinte == version.empreinte
    assert parquet.nom == str(distribution.utilisateur("parquet"))


def test_un_avenant_abandonne_ne_prend_jamais_effet(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    signer(distribution, version, "ordre")
    workflow.abandonner(version=version, acteur=distribution.acteur("referente"))
    with pytest.raises(TransitionRefusee, match="pas ouvert à la signature"):
        signer(distribution, version, "parquet")
    assert accord.versions.get(etat="EN_VIGUEUR").numero == "2025.1"
    assert projet(distribution).numero == "avenant-2"


def test_une_institution_admise_signe_l_avenant_puis_devient_partie(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution, admise="ARS")
    assert attendues(version)[-1].code == "ARS"
    assert "ARS" not in {institution.code for institution in obligatoires(accord)}
    signer(distribution, version, *TOUS)
    assert relire(version).etat == "EN_SIGNATURE"
    changer(distribution, code="ARS", nom="ars")
    signer(distribution, version, "ars")
    assert relire(version).etat == "EN_VIGUEUR"
    assert obligatoires(accord)[-1].code == "ARS"
    fiche = VersionFiche.objects.select_related("fiche__thematique__convention").first()
    assert [institution.code for institution in signataires_de(fiche)] == [*SIGNATAIRES, "ARS"]


def test_qui_denonce_reste_requis_pendant_le_preavis_puis_ne_l_est_plus(
    accord: Convention, distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    nommer(distribution, "DOUANES", "douanes")
    motif = "La brigade change de ressort."
    denonciation = fins.denoncer(convention=accord, acteur=distribution.acteur("douanes"), motif=motif)
    assert denonciation.effet_le == fins.apres_preavis(timezone.localdate(), 3)
    version = en_signature(distribution)
    signer(distribution, version, *(nom for nom in TOUS if nom != "douanes"))
    assert [institution.code for institution in manquantes(version)] == ["DOUANES"]
    with pytest.raises(TransitionRefusee, match="déjà dénoncé"):
        fins.denoncer(convention=accord, acteur=distribution.acteur("douanes"), motif=motif)
    monkeypatch.setattr(timezone, "localdate", lambda *_: denonciation.effet_le)
    with pytest.raises(TransitionRefusee, match="n’est plus liée"):
        signer(distribution, version, "douanes")
    fins.appliquer_echeances()
    assert relire(version).etat == "EN_VIGUEUR"
    assert accord.versions.filter(etat="RESILIEE").count() == 0


def test_la_resiliation_laisse_courir_le_preavis_puis_met_fin_au_texte(
    accord: Convention, distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    nommer(distribution, "CHV", "directrice")
    version = en_signature(distribution)
    fin = fins.resilier(convention=accord, acteur=distribution.acteur("directrice"), motif="L’objet a disparu.")
    imprime = livre()
    assert relire(version).etat == "ABANDONNEE"
    assert accord.versions.get(rang=1).etat == "EN_VIGUEUR"
    with pytest.raises(TransitionRefusee, match="est résiliée"):
        projet(distribution)
    monkeypatch.setattr(timezone, "localdate", lambda *_: fin.effet_le)
    fins.appliquer_echeances()
    fins.appliquer_echeances()
    finie = accord.versions.get(rang=1)
    assert (finie.etat, finie.fin_le) == ("RESILIEE", fin.effet_le)
    assert statut_de(imprime) == "abroge"


@pytest.mark.parametrize(("nom", "verbe"), [("directrice", fins.resilier), ("ordre", fins.denoncer)])
def test_un_delegataire_ne_met_fin_a_rien(
    nom: str, verbe: object, accord: Convention, distribution: Distribution
) -> None:
    with pytest.raises(TransitionRefusee, match="titulaire"):
        verbe(convention=accord, acteur=distribution.acteur(nom), motif="Un motif assez long pour passer.")


def test_l_hopital_ne_denonce_pas_il_resilie(accord: Convention, distribution: Distribution) -> None:
    nommer(distribution, "CHV", "directrice")
    with pytest.raises(TransitionRefusee, match="elle peut la résilier"):
        fins.denoncer(convention=accord, acteur=distribution.acteur("directrice"), motif="Un motif assez long.")


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [("2026-11-30", 3, "2027-02-28"), ("2026-10-15", 3, "2027-01-15"), ("2024-01-31", 1, "2024-02-29")],
)
def test_le_preavis_compte_des_mois_entiers(jour: str, mois: int, attendu: str) -> None:
    from datetime import date

    assert fins.apres_preavis(date.fromisoformat(jour), mois).isoformat() == attendu


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestes=st.lists(st.sampled_from([*TOUS, "crip", "soignante", "faux", "abandonner"]), max_size=24))
def test_en_vigueur_veut_dire_signe_par_chaque_partie_sur_cette_empreinte(
    accord: Convention, distribution: Distribution, gestes: list[str]
) -> None:
    for nom in (*TOUS, "crip", "soignante", "referente"):
        distribution.utilisateur(nom)
    point = transaction.savepoint()
    try:
        version = en_signature(distribution)
        for geste in gestes:
            try:
                with transaction.atomic():
                    if geste == "abandonner":
                        workflow.abandonner(version=version, acteur=distribution.acteur("referente"))
                    elif geste == "faux":
                        workflow.signer(version=version, acteur=distribution.acteur(TOUS[0]), empreinte="f" * 64)
                    else:
                        signer(distribution, version, geste)
            except TransitionRefusee:
                continue
        signees = set(
            Signature.objects.filter(version=version, empreinte=version.empreinte).values_list(
                "institution__code", flat=True
            )
        )
        etat = relire(version).etat
        assert (etat == "EN_VIGUEUR") == (signees == set(SIGNATAIRES) and etat != "ABANDONNEE")
        assert accord.versions.filter(etat="EN_VIGUEUR").count() == 1
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.django_db(transaction=True)
def test_les_deux_dernieres_signatures_au_meme_instant_ne_font_qu_une_entree_en_vigueur(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    signer(distribution, version, *TOUS[:7])
    acteurs = [distribution.acteur(nom) for nom in TOUS[7:]]
    resultats = ensemble(
        *(
            lambda acteur=acteur: workflow.signer(version=version, acteur=acteur, empreinte=version.empreinte)
            for acteur in acteurs
        )
    )
    assert [type(resultat).__name__ for resultat in resultats] == ["Signature", "Signature"]
    assert relire(version).etat == "EN_VIGUEUR"
    assert accord.versions.filter(etat="EN_VIGUEUR").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signer_pendant_qu_on_abandonne_ou_qu_on_signe_deux_fois_ne_laisse_rien_a_moitie(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    signer(distribution, version, *TOUS[:8])
    dernier, referente = distribution.acteur(TOUS[8]), distribution.acteur("referente")
    ensemble(
        lambda: workflow.signer(version=version, acteur=dernier, empreinte=version.empreinte),
        lambda: workflow.signer(version=version, acteur=dernier, empreinte=version.empreinte),
        lambda: workflow.abandonner(version=version, acteur=referente),
    )
    finale = relire(version)
    assert finale.etat in {"EN_VIGUEUR", "ABANDONNEE"}
    assert (finale.etat == "EN_VIGUEUR") == (finale.signatures.count() == 9)
    assert Partie.objects.filter(convention=accord).count() == 9

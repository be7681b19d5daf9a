"""A departure hands over every open case, without a name read and without an orphan."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from convention import comptes, departs
from convention.departs import DepartRefuse, partir
from dossiers import passation
from dossiers.brouillons import commencer as commencer_brouillon
from dossiers.models import Dossier, Evenement, Exclusion, Participation, ParticipationPersonnelle
from dossiers.participations import suivre
from notifications.models import Avis
from tests.convention.gens import acteur, administrateur, client, compte
from tests.distribution import Distribution
from tests.dossiers.essai import WORKFLOW, commencer, transmettre

pytestmark = pytest.mark.usefixtures("type_essai")


def a_confier(distribution: Distribution, nom: str) -> list[departs.AConfier]:
    utilisateur = distribution.utilisateur(nom)
    return departs.a_confier(utilisateur, utilisateur.rattachements.get().service.institution_id)


def test_un_depart_liste_les_dossiers_ouverts_par_reference_nature_et_place(distribution: Distribution) -> None:
    soignante, parquet = distribution.acteur("soignante"), distribution.service("PARQUET-PERM")
    envoye = transmettre(commencer(soignante), soignante, parquet)
    brouillon = commencer(soignante)
    clos = transmettre(commencer(soignante), soignante, parquet)
    WORKFLOW.appliquer("clore", clos, acteur=soignante)
    commencer_brouillon(genre="signalement", acteur=soignante)
    lignes = a_confier(distribution, "soignante")
    assert [(ligne.cle, ligne.nature, ligne.role) for ligne in lignes] == [
        (envoye.cle, "Signalement", "Auteur"),
        (brouillon.cle, "Signalement", "Auteur"),
    ]
    assert lignes[0].reference == envoye.reference
    assert lignes[1].reference.startswith("Brouillon du ")
    assert departs.brouillons(distribution.utilisateur("soignante")) == 1


def test_un_depart_sans_successeur_est_refuse_et_rien_ne_change(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    commencer(soignante), commencer(soignante)
    partante = distribution.utilisateur("soignante")
    with pytest.raises(DepartRefuse, match="suit 2 dossiers"):
        partir(partant=partante, successeurs={}, acteur=distribution.acteur("admin_chv"))
    partante.refresh_from_db()
    assert partante.is_active
    assert acteur(partante).a(Role.SOIGNANT)


def test_la_collegue_reprend_la_place_et_rien_d_autre_ne_s_ouvre(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    soignante, infirmiere = distribution.acteur("soignante"), distribution.acteur("infirmiere")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("PARQUET-PERM"))
    groupes = set(Participation.objects.filter(content_object=dossier).values_list("group", flat=True))
    partante, collegue = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    assert not Dossier.objects.visibles_par(infirmiere).exists()
    confies = partir(partant=partante, successeurs={dossier.cle: collegue}, acteur=distribution.acteur("admin_chv"))
    assert confies == 1
    assert Dossier.objects.visibles_par(infirmiere).get() == dossier
    assert not Dossier.objects.visibles_par(distribution.acteur("cadre")).exists()
    assert not Dossier.objects.visibles_par(distribution.acteur("admin_chv")).exists()
    assert not Dossier.objects.visibles_par(acteur(partante)).exists()
    assert set(Participation.objects.filter(content_object=dossier).values_list("group", flat=True)) == groupes
    reprise = ParticipationPersonnelle.objects.get(user=collegue)
    quittee = ParticipationPersonnelle.objects.get(user=partante)
    assert (reprise.role, reprise.ligne, reprise.motif) == (quittee.role, quittee.ligne, passation.MOTIF)
    assert quittee.fin_le is not None
    evenement = Evenement.objects.get(nom="confier")
    assert evenement.reserve_a == distribution.service("CHV-URG").institution
    travailler()
    assert list(Avis.objects.filter(texte__contains="confié").values_list("destinataire", flat=True)) == [collegue.pk]


def test_le_suivi_d_un_service_passe_au_collegue(distribution: Distribution) -> None:
    soignante, juriste = distribution.acteur("soignante"), distribution.acteur("juriste")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("CHV-DAJ"))
    suivre(dossier=dossier, acteur=juriste)
    assert [ligne.role for ligne in a_confier(distribution, "juriste")] == ["Suivi"]
    collegue = distribution.utilisateur("juriste2")
    partir(
        partant=distribution.utilisateur("juriste"),
        successeurs={dossier.cle: collegue},
        acteur=distribution.acteur("admin_chv"),
    )
    assert Participation.objects.get(content_object=dossier).suivi_par == collegue


def test_le_successeur_est_un_collegue_actif_du_meme_service_et_du_meme_role(distribution: Distribution) -> None:
    soignante, admin = distribution.acteur("soignante"), distribution.acteur("admin_chv")
    dossier, partante = commencer(soignante), distribution.utilisateur("soignante")
    suspendu = compte(distribution, "suspendu@demo.test", "CHV-URG", Role.SOIGNANT)
    comptes.fermer(utilisateur=suspendu, motif="securite", acteur=admin)
    for nom in ("cadre", "service", "opj", "admin_chv", "soignante"):
        with pytest.raises(DepartRefuse, match="même service"):
            partir(partant=partante, successeurs={dossier.cle: distribution.utilisateur(nom)}, acteur=admin)
    with pytest.raises(DepartRefuse, match="même service"):
        partir(partant=partante, successeurs={dossier.cle: suspendu}, acteur=admin)


def test_une_personne_ecartee_ne_recoit_pas_le_dossier(distribution: Distribution) -> None:
    dossier = commencer(distribution.acteur("soignante"))
    partante, collegue = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    Exclusion.objects.create(dossier=dossier, utilisateur=collegue, pose_par=partante)
    with pytest.raises(DepartRefuse, match="choisissez-en un autre"):
        partir(partant=partante, successeurs={dossier.cle: collegue}, acteur=distribution.acteur("admin_chv"))


def test_une_coautrice_de_la_maison_dispense_de_confier(distribution: Distribution) -> None:
    from dossiers.models.participation import Part
    from dossiers.participations import accorder
    from tests.dossiers.essai import a_la_personne

    soignante = distribution.acteur("soignante")
    dossier = commencer(soignante)
    octroi = a_la_personne(distribution.utilisateur("infirmiere").pk, Part.Role.AUTEUR)
    accorder(dossier=dossier, octrois=[octroi], acteur=soignante)
    assert a_confier(distribution, "soignante") == []
    comptes.fermer(
        utilisateur=distribution.utilisateur("infirmiere"), motif="absence", acteur=distribution.acteur("admin_chv")
    )
    assert len(a_confier(distribution, "soignante")) == 1


def test_la_derniere_personne_d_un_service_ne_part_pas_en_laissant_ses_dossiers(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    transmettre(commencer(soignante), soignante, distribution.service("CHV-ARCH"))
    archiviste = compte(distribution, "archiviste@demo.test", "CHV-ARCH", Role.ARCHIVES)
    with pytest.raises(DepartRefuse, match="Plus personne"):
        partir(partant=archiviste, successeurs={}, acteur=distribution.acteur("admin_chv"))
    compte(distribution, "archiviste-deux@demo.test", "CHV-ARCH", Role.ARCHIVES)
    partir(partant=archiviste, successeurs={}, acteur=distribution.acteur("admin_chv"))
    assert not acteur(archiviste).places


def test_un_compte_suspendu_part_aussi_en_confiant_ses_dossiers(distribution: Distribution) -> None:
    dossier, admin = commencer(distribution.acteur("soignante")), distribution.acteur("admin_chv")
    partante, collegue = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    comptes.suspendre(utilisateur=partante, motif="securite", acteur=admin)
    with pytest.raises(DepartRefuse):
        partir(partant=partante, successeurs={}, acteur=admin)
    assert partir(partant=partante, successeurs={dossier.cle: collegue}, acteur=admin) == 1


def test_qui_garde_une_autre_maison_n_y_laisse_que_les_dossiers_de_celle_qu_il_quitte(
    distribution: Distribution,
) -> None:
    from convention.rattachements import rattacher

    usmp = distribution.utilisateur("usmp")
    ancien = distribution.acteur("usmp")
    dossier = commencer(ancien)
    rattacher(utilisateur=usmp, service=distribution.service("CDOM-PERM"), role=Role.ORDRE, acteur=None)
    chez_l_ordre = distribution.service("CDOM-PERM").institution_id
    assert departs.a_confier(usmp, chez_l_ordre) == []
    assert [ligne.cle for ligne in departs.a_confier(usmp, ancien.places[0].institution_id)] == [dossier.cle]
    collegue = compte(distribution, "relais@demo.test", "USMP-MA", Role.USMP)
    partir(partant=usmp, successeurs={dossier.cle: collegue}, acteur=distribution.acteur("admin_chv"))
    usmp.refresh_from_db()
    assert usmp.is_active
    assert acteur(usmp).roles == {Role.ORDRE}
    assert not Dossier.objects.visibles_par(acteur(usmp)).exists()


def test_l_administrateur_ne_lit_que_la_reference_sur_la_page_du_depart(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("PARQUET-PERM"))
    collegue = distribution.utilisateur("infirmiere")
    navigateur = client(administrateur(distribution, "CHV"))
    adresse = f"/comptes/{soignante.cle}/depart/"
    page = navigateur.get(adresse).content.decode()
    assert dossier.reference in page
    assert "Dossier d’essai" not in page
    refusee = navigateur.post(adresse, {}).content.decode()
    assert "À qui le confier" in refusee
    assert navigateur.post(adresse, {f"d-{dossier.cle}": str(collegue.pk)}).status_code == 302
    assert not acteur(distribution.utilisateur("soignante")).places


NUMEROS = itertools.count()
CAS = st.lists(
    st.tuples(st.sampled_from(["", "PARQUET-PERM", "CHV-DAJ"]), st.booleans(), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cas=CAS, confier_tout=st.booleans())
def test_apres_un_depart_aucun_dossier_ouvert_n_est_orphelin(
    distribution: Distribution, cas: list[tuple[str, bool, bool]], confier_tout: bool
) -> None:
    numero = next(NUMEROS)
    partante = compte(distribution, f"partante-{numero}@demo.test", "CHV-URG", Role.SOIGNANT)
    collegue, admin = distribution.utilisateur("infirmiere"), distribution.acteur("admin_chv")
    miens = []
    for service, fermer, avec_brouillon in cas:
        dossier = commencer(acteur(partante))
        if service:
            dossier = transmettre(dossier, acteur(partante), distribution.service(service))
            if fermer:
                WORKFLOW.appliquer("clore", dossier, acteur=acteur(partante))
        if avec_brouillon:
            commencer_brouillon(genre="signalement", acteur=acteur(partante))
        miens.append(dossier.pk)
    lignes = departs.a_confier(partante, distribution.service("CHV-URG").institution_id)
    choix = {ligne.cle: collegue for ligne in (lignes if confier_tout else lignes[1:])}
    try:
        partir(partant=partante, successeurs=choix, acteur=admin)
        parti = True
    except DepartRefuse:
        parti = False
    assert parti == (len(choix) == len(lignes))
    assert not passation.orphelins(miens).exists()
    ouverts = Dossier.objects.filter(pk__in=miens, phase__in=passation.OUVERTS)
    if parti:
        assert set(Dossier.objects.visibles_par(acteur(collegue)).filter(pk__in=miens)) == set(ouverts)

from django.urls import URLPattern, path

from signalements.views import boite, decider, ecrire, envoyer, feuilles, lier, papier, recevoir, remettre, sans_reponse

app_name = "signalements"
_ETAPES = ("personne", "faits", "danger", "accord", "abri")
urlpatterns: list[URLPattern] = [
    path("signalements/", ecrire.liste, name="liste"),
    path("signalements/sans-reponse/", sans_reponse.sans_reponse, name="sans_reponse"),
    path("signalements/nouveau/<slug:situation>/", ecrire.nouveau, name="nouveau"),
    path("signalements/<uuid:cle>/", ecrire.dossier, name="dossier"),
    *(path(f"signalements/<uuid:cle>/{code}/", ecrire.etape, {"code": code}, name=code) for code in _ETAPES),
    path("signalements/<uuid:cle>/papier/", papier.papier, name="papier"),
    path("signalements/<uuid:cle>/pieces/", ecrire.pieces, name="pieces"),
    path("signalements/<uuid:cle>/pieces/<uuid:piece>/retirer/", ecrire.retirer_piece, name="retirer_piece"),
    path("signalements/<uuid:cle>/voie/<slug:situation>/", ecrire.changer_voie, name="changer_voie"),
    path("signalements/<uuid:cle>/verifier/", envoyer.verifier, name="verifier"),
    path("signalements/<uuid:cle>/remettre/", remettre.relire, name="remettre"),
    path("signalements/<uuid:cle>/remis/", remettre.remis, name="remis"),
    path("signalements/<uuid:cle>/lier/", lier.lier, name="lier"),
    path("signalements/<uuid:cle>/feuilles/<slug:code>/", feuilles.feuille, name="feuille"),
    path("signalements/<uuid:cle>/apercu/", envoyer.apercu, name="apercu"),
    path("signalements/<uuid:cle>/transmis/", envoyer.transmis, name="transmis"),
    path("signalements/<uuid:cle>/decision/", decider.decision, name="decision"),
    path("signalements/<uuid:cle>/reevaluer/", decider.reevaluer, name="reevaluer"),
    path("signalements/<uuid:cle>/suivi/", envoyer.suivi, name="suivi"),
    path("signalements/<uuid:cle>/consultation/", recevoir.consultation, name="consultation"),
    path("signalements/<uuid:cle>/identite/<slug:page>/", envoyer.afficher_identite, name="identite"),
    path("parquet/", boite.parquet, name="parquet"),
    path("parquet/accuser/", boite.accuser_plusieurs, name="accuser_plusieurs"),
    path("parquet/vues/garder/", boite.garder, name="garder_vue"),
    path("parquet/vues/<uuid:cle>/retirer/", boite.retirer, name="retirer_vue"),
    path("parquet/<uuid:cle>/", recevoir.lettre, name="lettre"),
    path("parquet/<uuid:cle>/complement/", recevoir.demander, name="demander"),
    path("parquet/<uuid:cle>/suite/", recevoir.suite, name="suite"),
    path("parquet/<uuid:cle>/<slug:nom>/", recevoir.geste, name="geste"),
]

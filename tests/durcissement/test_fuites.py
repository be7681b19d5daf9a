"""SEC-64, 66, 68: mails, Redis, sessions, cookies, addresses, titles and file names carry references and ids only."""

import ast
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone
from kombu import Connection
from redis import Redis

from notifications.boite_envoi import executer, relayer
from notifications.models import Avis, Envoi
from notifications.tasks import executer_envoi
from tests.architecture.depot import RACINE, appels, arbre, gabarits, modules, nom
from tests.durcissement.monde import AUTRES, CHEZ_EUX, SORTIES, Monde, sans_effet
from tests.prises_en_charge.scene import Scene
from tests.rapport import consigner
from tests.signalements.situation import JETON

MARQUES = ("CANARI-", "canari-", "Delcambre", "Lucie", *(JETON["prenoms"],))
# Nothing of these may stand in a mail: what happened, to whom, where, and in which ward.
INTERDITS = re.compile(
    r"\b(viol|violences?|agress\w*|coups?|plainte|victimes?|conjugal\w*|détenu\w*|prison|maison d’arrêt|écrou|escorte"
    r"|psychiatri\w*|gynéco\w*|urgences|chirurgie|pédiatri\w*|mineure?s?|décès|garde à vue|réquisition|signalement"
    r"|certificat|né\(?e?\)? le|\d{2}/\d{2}/\d{4}|flagrance|infraction)\b",
    re.I,
)
OBJET = re.compile(r"Trait d’union : ([A-Z]{3}-\d{4}-\d{4,}|[^0-9]{5,60})")
# Who may write a mail: the notices of cases and the heads of the journal; and, in accounts, one's own account.
EXPEDITEURS = {"notifications/avis.py", "accueil/acces/taches.py"}
_ENVOIS = {
    "EmailMessage",
    "EmailMultiAlternatives",
    "send_mail",
    "mail_admins",
    "mail_managers",
    "send_mass_mail",
    "email_user",
}


def marquees(texte: str) -> list[str]:
    return [marque for marque in MARQUES if marque in texte or marque in unquote(texte)]


def travailler() -> int:
    """Carry out every waiting row of the outbox."""
    attendus = list(Envoi.objects.filter(fait_le=None).order_by("pk").values_list("pk", flat=True))
    for pk in attendus:
        executer(pk)
    return len(attendus)


def test_les_courriels_ne_disent_qu_une_reference_et_un_lien(monde: Monde) -> None:
    Scene(monde.distribution).demander()
    assert travailler() > 0
    mots, canaris = [], []
    for message in mail.outbox:
        brut = message.message()
        texte = "\n".join(
            str(partie.get_payload(decode=True) or b"", "utf-8") for partie in brut.walk() if not partie.is_multipart()
        )
        ensemble = f"{message.subject}\n{texte}\n" + "\n".join(f"{cle}: {valeur}" for cle, valeur in brut.items())
        assert OBJET.fullmatch(message.subject), message.subject
        assert message.attachments == []
        assert not brut.is_multipart()
        assert settings.ADRESSE_PUBLIQUE in texte
        assert not {"Reply-To", "Return-Receipt-To", "Disposition-Notification-To"} & set(brut.keys())
        mots += INTERDITS.findall(f"{message.subject}\n{texte}")
        canaris += marquees(ensemble)
    assert (mots, canaris) == ([], [])
    assert len(mail.outbox) >= 8
    consigner("sec-64", courriels=len(mail.outbox), canaris=0, mots_interdits=0)


def test_un_seul_endroit_ecrit_des_courriels_de_dossier() -> None:
    """A second writer would need the same tests: it is declared here first."""
    auteurs = {nom(fichier) for fichier in modules() for _, appel in appels(fichier) if appel in _ENVOIS}
    assert {auteur for auteur in auteurs if not auteur.startswith("accounts/")} <= EXPEDITEURS


def test_les_courriels_de_compte_ne_disent_que_le_compte() -> None:
    """Every template of one's own account: a link, no name, nothing of what one does there."""
    gabarits = sorted((RACINE / "templates/accounts/courriels").glob("*.txt"))
    assert len(gabarits) >= 5
    for gabarit in gabarits:
        corps = render_to_string(f"accounts/courriels/{gabarit.name}", {"lien": "https://trait-d-union.test/compte/"})
        assert INTERDITS.findall(corps) == [], gabarit.name
        variables = set(re.findall(r"{{\s*(\w+)", gabarit.read_text(encoding="utf-8")))
        assert variables <= {"lien"}, gabarit.name


def test_chaque_avis_est_une_phrase_sans_contenu(monde: Monde) -> None:
    travailler()
    textes = [f"{texte} {adresse}" for texte, adresse in Avis.objects.values_list("texte", "adresse")]
    assert textes
    assert [texte for texte in textes if marquees(texte)] == []


@pytest.fixture
def file_d_attente(redis_des_essais: Redis) -> Iterator[Connection]:
    """The private Redis of the run, as Celery writes to it; emptied before and after."""
    redis_des_essais.flushall()
    with Connection(f"redis+socket://{prise(redis_des_essais)}") as connexion:
        yield connexion
    redis_des_essais.flushall()


def prise(redis: Redis) -> str:
    return str(redis.connection_pool.connection_kwargs["path"])


@contextmanager
def ecoute(redis: Redis) -> Iterator[list[str]]:
    """Every command that Redis receives meanwhile."""
    recues: list[str] = []
    prete = threading.Event()

    def suivre() -> None:
        with Redis(unix_socket_path=prise(redis), socket_timeout=None).monitor() as fil:
            prete.set()
            for commande in fil.listen():
                recues.append(str(commande["command"]))
                if "fin-de-l-ecoute" in recues[-1]:
                    return

    fil = threading.Thread(target=suivre, daemon=True)
    fil.start()
    assert prete.wait(10)
    yield recues
    redis.echo("fin-de-l-ecoute")
    fil.join(10)


def vidage(redis: Redis) -> str:
    """The whole content of Redis, decoded."""
    lire: dict[bytes, Callable[[bytes], Any]] = {
        b"string": redis.get,
        b"list": lambda cle: redis.lrange(cle, 0, -1),
        b"hash": redis.hgetall,
        b"set": redis.smembers,
        b"zset": lambda cle: redis.zrange(cle, 0, -1, withscores=True),
    }
    return "\n".join(f"{cle!r} {lire[redis.type(cle)](cle)!r}" for cle in redis.keys("*"))


def test_redis_ne_porte_que_des_identifiants(
    monde: Monde,
    redis_des_essais: Redis,
    file_d_attente: Connection,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    attendus = Envoi.objects.filter(fait_le=None, relaye_le=None, pas_avant__lte=timezone.now()).count()
    with ecoute(redis_des_essais) as commandes, django_capture_on_commit_callbacks(execute=True):
        relayes = relayer(lambda pk: executer_envoi.apply_async((pk,), connection=file_d_attente), lot=1000)
    contenu = vidage(redis_des_essais)
    assert relayes == attendus == redis_des_essais.llen("celery") > 0
    assert marquees(contenu) == []
    assert [commande[:200] for commande in commandes if marquees(commande)] == []
    assert sum("LPUSH" in commande.upper() for commande in commandes) == attendus
    assert "notifications.executer" in contenu
    consigner("sec-66", messages=attendus, commandes=len(commandes), cles=redis_des_essais.dbsize(), canaris=0)


def test_sessions_cookies_adresses_titres_et_noms_de_fichiers_ne_nomment_personne(monde: Monde) -> None:
    examines, fautes = 0, []
    for vue, chemin in monde.chemins:
        for role in () if vue in SORTIES else CHEZ_EUX.get(vue.split(":")[0], AUTRES)[:2]:
            client = monde.clients[role]
            with sans_effet(client):
                reponse = client.get(chemin, follow=True)
                for nom_, valeur in {
                    "session": str([session.get_decoded() for session in Session.objects.all()])
                    if vue.endswith(("lettre", "suivi"))
                    else "",
                    "cookies": str(reponse.cookies),
                    "en-têtes": str(dict(reponse.headers)),
                    "redirections": str(reponse.redirect_chain),
                    "titre": "".join(re.findall(r"<title>.*?</title>", reponse.content.decode(errors="ignore"), re.S)),
                    "adresses": " ".join(
                        re.findall(r'(?:href|src|action)="([^"]*)"', reponse.content.decode(errors="ignore"))
                    ),
                }.items():
                    examines += 1
                    fautes += [(role, vue, nom_, marque) for marque in marquees(valeur)]
    assert fautes == []
    consigner("sec-68", examines=examines, canaris=0)


def test_une_identite_montree_ne_laisse_que_sa_cle_dans_la_session(monde: Monde) -> None:
    cle = monde.valeurs["signalements"]["cle"]
    client = monde.clients["parquet"]
    assert client.post(f"/signalements/{cle}/identite/lettre/", {"motif": "TRAITER"}).status_code == 302
    page = client.get(f"/parquet/{cle}/").content.decode()
    assert "CANARI-NOM" in page
    contenu = str([session.get_decoded() for session in Session.objects.all()])
    assert str(cle) in contenu
    assert marquees(contenu) == []


def test_aucun_message_affiche_ne_porte_une_valeur_saisie() -> None:
    """Messages wait in the session: their text is a sentence of ours, a reference or a house's name at most."""
    fautes = []
    for fichier in modules():
        for noeud in ast.walk(arbre(fichier)):
            if isinstance(noeud, ast.Call) and ast.unparse(noeud.func).startswith("messages."):
                texte = " ".join(ast.unparse(v.value) for v in ast.walk(noeud) if isinstance(v, ast.FormattedValue))
                if re.search(r"request\.POST|cleaned_data|personne\.|\.nom\b|prenom", texte):
                    fautes.append(f"{nom(fichier)}:{noeud.lineno}")
    assert fautes == []


def test_la_memoire_cache_ne_garde_que_deux_numeros_de_service() -> None:
    ecrivains = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Call)
        and ast.unparse(noeud.func) in {"cache.set", "cache.add", "cache.set_many", "cache.get_or_set"}
    }
    assert ecrivains <= {"accueil/contexte.py"}


def test_aucun_champ_de_texte_ne_s_enregistre_dans_le_navigateur() -> None:
    """A shared computer keeps what is typed in any text field that does not forbid it (SEC-29)."""
    textuels = re.compile(r'<textarea\b(?:[^>"]|"[^"]*")*>|<input\b(?:[^>"]|"[^"]*")*>')
    inertes = re.compile(r'type="(?:hidden|checkbox|radio|submit|file)"|autocomplete="')
    fautes = [
        f"{nom(gabarit)} {balise[:60]}"
        for gabarit in gabarits()
        if gabarit.name != "galerie.html"
        for balise in textuels.findall(gabarit.read_text(encoding="utf-8"))
        if not inertes.search(balise)
    ]
    assert fautes == []

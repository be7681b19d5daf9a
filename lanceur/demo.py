"""`make demo` and `make run`: the cluster, the data, then web and worker until Ctrl-C.

`python -m lanceur.demo manage.py …` runs one command with the same database and keys instead.
"""

import http.client
import os
import shlex
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from lanceur import systeme
from lanceur.environnement import RACINE, DejaLance, base_de_donnees, cles, dossier_d_etat, urls, verrou
from lanceur.erreurs import LancementImpossible
from lanceur.postgres import grappe_en_cours
from lanceur.processus import Arret, arret_demandable, executer, lance, premier_fini

HOTE, PORT = "127.0.0.1", 8000
GUNICORN = shlex.split(
    "config.wsgi --worker-class gthread --workers 2 --threads 4 --log-level warning --no-control-socket"
)
DEMARRAGE_MAXIMAL = 90
EN_PROPRIETAIRE = {"TDU_ROLE": "proprietaire"}


def main(arguments: list[str]) -> int:
    try:
        with arret_demandable(), ExitStack() as pile:
            systeme.exiger(systeme.DEMONSTRATION)
            if arguments and arguments[0] == "manage.py":
                return _commander(arguments, pile)
            return _demontrer(pile, peupler="--sans-dossiers" not in arguments)
    except LancementImpossible as erreur:
        print(erreur, file=sys.stderr)
        return 2
    except Arret:
        print("Tout est arrêté.")
        return 0


def _demontrer(pile: ExitStack, *, peupler: bool) -> int:
    port, etat = _port_libre(), dossier_d_etat()
    pile.enter_context(verrou(etat))
    environnement = _environnement(etat, pile.enter_context(base_de_donnees(etat)), port)
    _preparer(environnement, peupler=peupler)
    return _servir(environnement, port, recharger=not peupler)


def _commander(commande: list[str], pile: ExitStack) -> int:
    """Beside a running demonstration, or on a cluster run for this command alone."""
    etat = dossier_d_etat()
    try:
        pile.enter_context(verrou(etat))
    except DejaLance:
        en_cours = grappe_en_cours(etat)
        adresses = urls(en_cours) if en_cours else {}
    else:
        adresses = pile.enter_context(base_de_donnees(etat))
    return executer([sys.executable, *commande], _environnement(etat, adresses, PORT), RACINE)


def _environnement(etat: Path, adresses: dict[str, str], port: int) -> dict[str, str]:
    """The caller's own variables win over what is proposed here."""
    propres = {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "MODE_DEMONSTRATION": "1",
        "ADRESSE_PUBLIQUE": f"http://{HOTE}:{port}",
        "DOSSIER_FICHIERS": str(etat / "fichiers"),
        "COURRIELS": str(etat / "courriels"),
        "ANTIVIRUS": "obligatoire" if os.environ.get("CLAMD") else "absent",
        "PYTHONUNBUFFERED": "1",
    }
    return propres | adresses | cles(etat) | dict(os.environ)


def _preparer(environnement: dict[str, str], *, peupler: bool) -> None:
    _etape("Schéma de la base", ["migrate", "--noinput", "--verbosity=0"], environnement)
    _etape("Convention du 26 mai 2025", ["charger_convention"], environnement)
    _etape("Table des réquisitions", ["charger_table_requisitions"], environnement)
    _etape("Durées de conservation", ["charger_conservation"], environnement)
    if peupler:
        dossiers, graine = os.environ.get("DOSSIERS", "400"), os.environ.get("GRAINE", "2025")
        _etape("Dossiers fictifs", ["peupler_demo", "--dossiers", dossiers, "--graine", graine], environnement)
        _etape("Retours d’expérience", ["peupler_retours"], environnement)


def _etape(titre: str, commande: list[str], environnement: dict[str, str]) -> None:
    print(f"• {titre}", flush=True)
    code = executer([sys.executable, "manage.py", *commande], environnement | EN_PROPRIETAIRE, RACINE)
    if code:
        raise LancementImpossible(f"« manage.py {commande[0]} » a échoué (code {code}) : voir ci-dessus.")


def _servir(environnement: dict[str, str], port: int, *, recharger: bool) -> int:
    web = [sys.executable, "-m", "gunicorn", "-b", f"{HOTE}:{port}", *GUNICORN, *(["--reload"] if recharger else [])]
    travailleur = [sys.executable, "manage.py", "travailleur"]
    with lance(travailleur, environnement, RACINE) as fond, lance(web, environnement, RACINE) as site:
        enfants = {"Le travailleur": fond, "Le serveur web": site}
        if _attendre(site, port):
            executer([sys.executable, "manage.py", "comptes_demo"], environnement, RACINE)
            print(f"\nTrait d’union est prêt : {environnement['ADRESSE_PUBLIQUE']}\nCtrl-C arrête tout.", flush=True)
        nom, code = premier_fini(enfants)
    raise LancementImpossible(f"{nom} s’est arrêté (code {code}) : tout est arrêté.")


def _attendre(site: subprocess.Popen[bytes], port: int) -> bool:
    limite = time.monotonic() + DEMARRAGE_MAXIMAL
    while site.poll() is None and time.monotonic() < limite:
        if _repond(port):
            return True
        time.sleep(0.2)
    return False


def _port_libre() -> int:
    valeur = os.environ.get("PORT", str(PORT))
    if not valeur.isdigit():
        raise LancementImpossible("PORT est un nombre, par exemple PORT=8001.")
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((HOTE, int(valeur)))
        except OSError as erreur:
            raise LancementImpossible(
                f"Le port {valeur} est déjà pris : choisissez-en un autre, par exemple « PORT=8001 make demo »."
            ) from erreur
    return int(valeur)


def _repond(port: int) -> bool:
    """Any answer will do: gunicorn opens its port before the application is loaded."""
    connexion = http.client.HTTPConnection(HOTE, port, timeout=10)
    try:
        connexion.request("GET", "/")
        connexion.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connexion.close()
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

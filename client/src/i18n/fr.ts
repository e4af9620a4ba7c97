import type { Dictionary } from "./en.ts";
import { account, rights } from "./fr-account.ts";
import { annotations } from "./fr-annotations.ts";
import { attribution } from "./fr-attribution.ts";
import { audit } from "./fr-audit.ts";
import { choices } from "./fr-choices.ts";
import { curves, missingCurve } from "./fr-curves.ts";
import { data } from "./fr-data.ts";
import { entry } from "./fr-entry.ts";
import { experiments } from "./fr-experiments.ts";
import { exports } from "./fr-exports.ts";
import { guide } from "./fr-guide.ts";
import { healthRules } from "./fr-health.ts";
import { journeys } from "./fr-journeys.ts";
import { limit, note } from "./fr-limits.ts";
import { mapping } from "./fr-mapping.ts";
import { modelGroups, models, modelWhy } from "./fr-models.ts";
import { origin } from "./fr-origin.ts";
import { pacing } from "./fr-pacing.ts";
import { palette } from "./fr-palette.ts";
import { performance } from "./fr-performance.ts";
import { planner } from "./fr-planner.ts";
import { portfolio } from "./fr-portfolio.ts";
import { privacy } from "./fr-privacy.ts";
import { proposals } from "./fr-proposals.ts";
import { provenance } from "./fr-provenance.ts";
import { quality } from "./fr-quality.ts";
import { scenarios } from "./fr-scenarios.ts";
import { settings } from "./fr-settings.ts";
import { studies } from "./fr-studies.ts";
import { today } from "./fr-today.ts";
import { views } from "./fr-views.ts";

export const fr: Dictionary = {
  app: {
    name: "Touchline",
    skip: "Aller au contenu",
    navigation: "Pages",
    simulated: "Données simulées",
    simulatedWhy: "Cet espace contient une boutique simulée : aucun chiffre ne vient d’une boutique réelle.",
    imported: "Données importées {{ago}}",
    dataUntil: "Données jusqu’au {{day}}",
    workspace: "Espace de travail",
    language: "Langue",
    demo: "Sans connexion",
    demoWhy: "C’est la boutique simulée sur cette machine : personne n’a eu à se connecter.",
    cancel: "Annuler",
    copied: "Copié.",
    copyByHand: "Le navigateur ne l’a pas permis : sélectionnez et copiez à la main.",
    theme: { label: "Thème", auto: "Auto", light: "Clair", dark: "Sombre" },
    model: "Crédit selon",
    modelCompare: "Comparer au dernier contact",
  },
  pages: {
    today: "Aujourd’hui",
    performance: "Performance",
    pacing: "Rythme",
    portfolio: "Tous les espaces",
    attribution: "Attribution",
    journeys: "Parcours",
    curves: "Courbes",
    planner: "Plan de budget",
    proposals: "Propositions",
    experiments: "Tests",
    data: "Données",
    settings: "Réglages",
  },
  range: {
    label: "Période affichée",
    from: "Du",
    to: "Au",
    apply: "Afficher ces jours",
    available: "Données du {{from}} au {{to}}.",
    order: "Le premier jour est postérieur au dernier.",
    outside: "Il n’y a pas de données pour ces jours.",
    incomplete: "Indiquez les deux dates.",
    last7: "7 derniers jours",
    last28: "28 derniers jours",
    last90: "90 derniers jours",
    thisMonth: "Mois en cours",
    previousMonth: "Mois précédent",
    all: "Tout l’historique",
  },
  today,
  performance,
  pacing,
  portfolio,
  views,
  annotations,
  palette,
  origin,
  exports,
  mapping,
  guide,
  choices,
  models,
  modelWhy,
  modelGroups,
  quality,
  words: {
    channel: "Canal",
    spend: "Dépense",
    revenue: "Chiffre d’affaires",
    creditedRevenue: "CA attribué",
    conversions: "Conversions",
    roas: "ROAS",
    share: "Part",
    date: "Jour",
    total: "Total",
    noTouch: "Sans contact",
    noTouchWhy:
      "Conversions sans contact depuis la conversion précédente du visiteur, dans la fenêtre de {{days}} jours.",
    noTouchShort: "Conversions sans aucun contact enregistré au préalable.",
    baseline: "Socle",
    baselineWhy: "Achats qui auraient eu lieu de toute façon, sans aucun marketing.",
    none: "aucune",
    titled: "{{title}} : {{text}}",
    today: "Aujourd’hui",
    recommended: "Recommandé",
    difference: "Écart",
    currency: "en {{symbol}}",
  },
  chart: {
    showTable: "Voir le tableau",
    showChart: "Voir le graphique",
    keyboard: "Les flèches gauche et droite lisent les valeurs une à une.",
    stale: "Mise à jour…",
    keptAfterError: "Ce sont les derniers chiffres reçus : la mise à jour a échoué.",
    missing: "pas de données",
    empty: "Rien à tracer sur ces jours.",
  },
  state: {
    loading: "Chargement",
    errorTitle: "Chargement impossible",
    errorOffline:
      "Le serveur ne répond pas. Il est peut-être arrêté : relancez-le avec la commande ci-dessous, puis réessayez.",
    errorServer:
      "Le serveur n’a pas pu répondre à cette question. Vos données sont intactes ; la cause est dans le journal du serveur.",
    errorRefused: "Le serveur a refusé la question : {{reason}}",
    errorReason: "Sa réponse : {{reason}}",
    retry: "Réessayer",
    emptyTitle: "Rien n’a encore été importé",
    emptyText: "Chargez une année d’une boutique simulée pour découvrir l’outil, ou importez vos propres fichiers.",
    emptyDemo: "Découvrir avec une boutique simulée",
    emptyImport: "Importer vos contacts, puis les dépenses et les conversions",
    emptyAfter: "Cette page se remplit dès les premières lignes importées.",
    notFoundTitle: "Cette page n’existe pas",
    notFoundText: "L’adresse est peut-être ancienne ou mal saisie.",
    notFoundLink: "Aller à la vue d’ensemble",
    crashTitle: "La page s’est arrêtée",
    crashText: "L’erreur vient de la page, pas de vos données. Recharger suffit en général.",
    reload: "Recharger",
  },
  change: {
    up: "en hausse",
    down: "en baisse",
    same: "inchangé",
    versus: "vs {{range}}",
    noPrevious: "rien à comparer avant ces jours",
  },
  account,
  rights,
  entry,
  settings,
  overview: {
    title: "Vue d’ensemble",
    headlineMore: "{{revenue}} de chiffre d’affaires, {{change}} de plus que {{before}}.",
    headlineLess: "{{revenue}} de chiffre d’affaires, {{change}} de moins que {{before}}.",
    headlineSame: "{{revenue}} de chiffre d’affaires, autant que {{before}}.",
    headlineAlone: "{{revenue}} de chiffre d’affaires en {{days}} jours.",
    headlineOneDay: "{{revenue}} de chiffre d’affaires ce jour-là.",
    beforeDay: "la veille",
    beforeDays: "les {{days}} jours précédents",
    headlineNothing: "Aucun chiffre d’affaires sur ces jours.",
    subMore:
      "La dépense augmente de {{change}}, à {{spend}} ; chaque {{unit}} dépensé correspond à {{roas}} de chiffre d’affaires, contre {{before}} auparavant.",
    subLess:
      "La dépense recule de {{change}}, à {{spend}} ; chaque {{unit}} dépensé correspond à {{roas}} de chiffre d’affaires, contre {{before}} auparavant.",
    subAlone: "{{spend}} dépensés ; chaque {{unit}} dépensé correspond à {{roas}} de chiffre d’affaires.",
    dailyTitle: "Chiffre d’affaires et dépense par jour",
    dailySentence: "{{revenue}} de chiffre d’affaires par jour en moyenne ; meilleur jour : le {{day}}, avec {{best}}.",
    dailyCaption: "Chiffre d’affaires comptabilisé en haut, dépense en bas, {{range}}. {{gaps}}",
    gapsNone: "Chaque jour a un chiffre d’affaires et une dépense.",
    gapsOne: "Un jour est sans chiffre d’affaires ou sans dépense ; ce qui manque reste vide.",
    gapsMany: "{{days}} jours sont sans chiffre d’affaires ou sans dépense ; ce qui manque reste vide.",
    channelsTitle: "Par canal",
    channelsSentence:
      "{{channel}} reçoit le plus de crédit : {{revenue}}, soit {{share}} du chiffre d’affaires ({{model}}).",
    channelsSentenceBaseline:
      "{{channel}} a provoqué le plus de ventes : {{revenue}}. {{base}} du chiffre d’affaires, soit {{share}}, seraient venus de toute façon ({{model}}).",
    channelsNone: "Aucun canal n’a reçu de crédit sur ces jours.",
    channelsAddUp: "Le CA attribué et le CA sans contact totalisent les {{booked}} comptabilisés.",
    channelsAddUpBaseline:
      "Le CA attribué et le socle, qui serait venu de toute façon, totalisent les {{booked}} comptabilisés.",
    channelsOff: "Les lignes totalisent {{sum}}, les comptes indiquent {{booked}} : merci de le signaler.",
    roasInterval: "{{low}} à {{high}}",
    roasIntervalNote: "Sous le ROAS : son intervalle à {{level}}.",
    channelsSpendNote:
      "« {{none}} » : aucune dépense n’a été importée pour ce canal, ce qui ne veut pas dire qu’il n’a rien coûté.",
    smallTitle: "Canaux par jour",
    smallSentence:
      "{{up}} progresse le plus entre la première et la dernière semaine affichées ; {{down}} recule le plus.",
    smallSentenceShort: "Le CA attribué à chaque canal face à sa dépense, à la même échelle.",
    smallCaption: "CA attribué (surface) et dépense (ligne) par jour, tous à la même échelle.",
    smallOf: "{{shown}} premiers canaux sur {{all}} ; le tableau les contient tous.",
    legendRevenue: "CA attribué",
    legendSpend: "dépense",
  },
  attribution,
  curves,
  planner,
  provenance,
  studies,
  scenarios,
  proposals,
  audit,
  privacy,
  data,
  health: { rules: healthRules },
  journeys,
  experiments,
  limit,
  note,
  missingCurve,
  input: {
    notANumber: "Saisissez un montant, par exemple {{example}}.",
    negative: "Un montant ne peut pas être négatif.",
    tooManyDecimals: "Deux décimales au maximum.",
    tooLarge: "Ce nombre est trop grand.",
  },
  unit: { EUR: "euro", USD: "dollar", CAD: "dollar", CHF: "franc" },
};

import type { Dictionary } from "./en.ts";

const DRIFT =
  "Vérifier que ces jours sont complets et associés comme avant. Si le changement est réel, relever la limite de dérive pour ce calcul.";

export const review: Dictionary["review"] = {
  checks: {
    title: "Garde-fous",
    passed: "Les {{number}} vérifications sont passées.",
    touched: "{{touched}} vérifications sur {{number}} ont changé le plan.",
    blocked: "{{blocked}} vérifications sur {{number}} ont arrêté le calcul.",
    rule: "Règle",
    of: "Concerne",
    all: "l’ensemble",
    outcome: "Résultat",
    found: "Ce qu’elle a trouvé",
    lift: "Ce qui la lèverait",
    showPassed: "Montrer les {{number}} passées",
  },
  lift: {
    "stale-source": {
      stale:
        "Importer ses derniers jours. Une source remplacée ou terminée ne compte plus 90 jours après sa dernière ligne ; la limite peut être relevée dans les réglages.",
      "spend-missing":
        "Importer les jours de dépense manquants ; si le canal était en pause, importer ses jours avec un coût de 0.",
    },
    "incomplete-days": {
      short:
        "Importer de nouveau ces jours, complets ; s’ils sont justes, la vérification passe quand ils ont une semaine.",
    },
    "conversions-dropped": {
      zero: "Réparer le suivi ou importer les conversions manquantes. S’il n’y en a vraiment pas eu, attendre que la boutique vende de nouveau.",
      fallen:
        "Réparer le suivi ou importer les conversions manquantes. Si les ventes ont vraiment baissé, la vérification passe quand ces semaines sont devenues l’habitude.",
      revenue: "Vérifier le champ qui porte le chiffre d’affaires et importer de nouveau ces conversions.",
    },
    "spend-jumped": {
      twice: "Retirer l’un des deux imports, ou laisser de côté l’une des sources.",
      jumped:
        "Importer de nouveau ces jours, complets ; s’ils sont justes, la vérification passe quand ils ont une semaine.",
    },
    "channel-silent": {
      silent:
        "Rien à faire si la pause est voulue ; il est de nouveau planifié quand il a dépensé pendant une semaine.",
      most: "Importer la dépense manquante, ou attendre quatre semaines : ce qui ne dépense plus depuis si longtemps ne fait plus partie du budget.",
    },
    "spend-drift": { drifted: DRIFT },
    "journey-drift": { drifted: DRIFT },
    "conversion-drift": { drifted: DRIFT },
    "model-health": {
      jumped:
        "Regarder ses contacts et ses conversions des dernières semaines. Il est de nouveau déplacé dès que deux calculs concordent.",
      most: "Regarder ce qui est entré dans les données depuis le dernier calcul ; le prochain se compare à celui-ci.",
      unidentified: "Un test d’incrémentalité le dira ; l’importer comme test.",
    },
    blackout: { blackout: "Il se termine après le {{to}}, ou quand le gel est retiré des réglages." },
    "channel-change": {
      "at-limit":
        "Le prochain calcul le déplace encore si ses chiffres restent ; la limite peut être relevée dans les réglages.",
      impossible: "Desserrer l’une des limites dans les réglages.",
    },
    "total-moved": {
      limited: "Les prochains calculs déplacent le reste ; la limite peut être relevée dans les réglages.",
    },
    "cool-down": {
      rests: "Du temps (il reste {{daysLeft}} jours sur {{days}}), ou un repos plus court dans les réglages.",
    },
    extrapolation: {
      capped:
        "Augmenter son budget à la main quelques jours pour en apprendre plus, ou permettre l’extrapolation dans les réglages.",
    },
    "within-noise": {
      noise: "Plus de données, ou un test d’incrémentalité des canaux à déplacer, resserre les tirages.",
      best: "Rien à faire : le prochain calcul cherche de nouveau.",
      "no-draws": "Les courbes ont besoin de quelques semaines de dépense et de conversions.",
      dropped: "Plus de données, ou un test d’incrémentalité du canal, resserre son intervalle.",
    },
    protected: { protected: "Le retirer des canaux protégés dans les réglages." },
    "not-identified": { held: "Un test d’incrémentalité, ou une dépense qui varie exprès, le dira." },
    exploration: { nudged: "Mettre l’exploration à 0 dans les réglages pour ne pas toucher à ces canaux." },
  },
  amounts: {
    change: "Modifier les montants",
    hint: "En {{currency}} {{per}}. Le total reste {{total}} ; une remarque dit pourquoi.",
    total: "Total",
    off: "{{off}} de trop",
    missing: "{{off}} encore à donner",
    approve: "Approuver avec ces montants",
    keep: "Garder la recommandation",
    decided: "{{who}} a modifié {{channels}}.",
    one: "{{channel}} à {{amount}}",
    amountOf: "Montant de {{channel}}",
    whyRemark: "Dites d’abord pourquoi vous décidez autrement.",
    whyTotal: "Les montants doivent donner {{total}} au total.",
    actual: "Ces montants donnent {{actual}}.",
    despite: "Approuver malgré ces limites",
    instead: "{{who}} l’a décidé au lieu de {{amount}}.",
    broken:
      "Ils dépassent des limites du plan. Choisissez d’autres montants, ou approuvez malgré cela : votre remarque reste dans le journal.",
  },
  comments: {
    title: "Commentaires",
    none: "Personne n’a encore rien dit.",
    label: "Commentaire",
    send: "Commenter",
  },
  activation: {
    settingsOf: "Réglages de la campagne",
    title: "En route vers les plateformes",
    sentence:
      "Téléchargez ce qu’une plateforme accepte, chargez-le là-bas, puis marquez-le comme envoyé ; la dépense importée le confirme.",
    none: "Aucun canal ne bouge : rien n’est à envoyer.",
    channel: "Canal",
    state: "État",
    from: "De, par jour",
    to: "À, par jour",
    seen: "Dépensé par jour",
    stateOf: { approved: "à envoyer", sent: "envoyé", confirmed: "confirmé", returned: "remplacé" },
    sentAt: "{{when}}, {{through}}",
    confirmedAt: "le {{when}}",
    campaigns: "Campagnes de {{channel}}",
    campaign: "Campagne",
    action: "À faire",
    actionOf: { budget: "nouveau budget", target: "nouvel objectif", left: "laissée telle quelle" },
    target: "{{kind}} {{from}} → {{to}}",
    why: "Pourquoi",
    reasonOf: {
      marginal: "son prochain montant rapporte le plus",
      minimum: "à son minimum",
      "at-most": "à son maximum",
      step: "à un palier entier",
      learning: "elle apprend",
      "shared-budget": "elle partage un budget",
      "bid-strategy": "une stratégie d’enchères dépense",
      "no-curve": "en proportion de sa dépense",
      unchanged: "elle reste",
    },
    downloads: "Fichiers",
    formatOf: {
      "google-ads-editor": "Google Ads Editor",
      "meta-bulk": "Feuille Meta",
      "microsoft-bulk": "Feuille Microsoft",
      csv: "CSV",
      json: "JSON",
    },
    markSent: "Marquer comme envoyé",
    markAll: "Tout marquer comme envoyé",
    wayBack: "Retour en arrière",
    wayBackTo: "Le retour rétablit la répartition d’avant ce plan.",
    wayBackQuestion: "Rétablir la répartition d’avant ce plan ?",
    wayBackSure: "La rétablir",
    wayBackDone: "Un plan qui rétablit la répartition attend une décision.",
    wayBackApproved: "La répartition d’avant est rétablie.",
    wayBackWhy: {
      "not-approved": "Le plan n’est pas approuvé.",
      "later-plan": "Un plan plus récent a pris sa place.",
      "nothing-moved": "Rien n’a été déplacé.",
      taken: "Le retour a déjà été demandé.",
    },
    throughOf: { file: "par fichier", webhook: "par le webhook", hand: "à la main" },
    fileOf: "{{format}} ({{count}})",
    leftOut: "Absentes du fichier {{format}} : {{campaigns}}",
  },
};

import type { Dictionary } from "./en.ts";

/** D’où viennent les chiffres d’une carte, en français. */
export const origin: Dictionary["origin"] = {
  figures: "Ce que cela veut dire",
  cannot: "Ce que cela ne dit pas :",
  inputs: "Les données d’entrée",
  runTitle: "Le calcul d’origine",
  noRun:
    "Aucun modèle n’intervient dans ces chiffres : ils sont comptés sur les lignes importées, à chaque ouverture de la page.",
  noRunModel: "Il s’agit du calcul le plus récent de ce modèle pour ces jours.",
  runUnknown: "Le détail du calcul n’a pas pu être lu. Les chiffres restent valables.",
  models: "Tous les modèles expliqués",
  label: {
    days: "Jours",
    zone: "Jours comptés à l’heure de",
    model: "Crédit selon",
    parameters: "Ses paramètres",
    conversions: "Conversions concernées",
    basis: "Crédit daté du jour",
    money: "Montants",
    lastImport: "Dernier import",
    run: "Calcul",
    computed: "Effectué",
    data: "Empreinte des données",
    code: "Version du code",
    command: "Tout ce qui en est conservé",
  },
  copy: "Copier la commande",
  took: "{{when}}, en {{duration}}",
  seconds_one: "{{count}} seconde",
  seconds_other: "{{count}} secondes",
  present: "données actuelles",
  past: "des lignes ont été ajoutées, retirées ou rattachées depuis",
  basisConversion: "de la conversion",
  basisTouch: "du contact",
  moneyText:
    "{{currency}}, hors taxes selon la déclaration de chaque source ; devises étrangères au cours du jour concerné",
  lookback_one: "contacts jusqu’à {{count}} jour avant la conversion",
  lookback_other: "contacts jusqu’à {{count}} jours avant la conversion",
  viewWindow_one: "vues jusqu’à {{count}} jour avant",
  viewWindow_other: "vues jusqu’à {{count}} jours avant",
  halfLife_one: "crédit divisé par deux tous les {{count}} jour",
  halfLife_other: "crédit divisé par deux tous les {{count}} jours",
  order: "chaîne d’ordre {{order}}",
  orderAuto: "chaîne de l’ordre que les parcours mis de côté soutiennent",
  worthCount: "un ensemble de canaux vaut ses conversions",
  worthRate: "un ensemble de canaux vaut son taux de conversion",
  reach: "effets jusqu’à 60 jours après un contact, ajustés sur 400 jours au plus",
  figure: {
    spend: {
      name: "Dépenses",
      what: "Ce qu’indiquent les lignes de dépenses importées pour le canal, aux jours qu’elles portent. Un jour sans ligne est un trou, pas un zéro.",
      formula: "dépenses = Σ coûts des lignes de ces jours, dans la devise de l’espace",
      cannot: "Les honoraires et la production qu’aucun fichier ne mentionne.",
    },
    revenue: {
      name: "Chiffre d’affaires",
      what: "Chiffre d’affaires comptabilisé des conversions de ces jours, selon la source qui fait foi pour leur type, chaque commande comptée une fois. Les remboursements comptent au jour de la vente.",
      formula: "CA = Σ montants des conversions + Σ leurs corrections",
      cannot: "Si le marketing en est la cause.",
    },
    conversions: {
      name: "Conversions",
      what: "Conversions comptabilisées de ces jours, doublons retirés.",
      formula: "conversions = nombre de conversions comptabilisées",
      cannot: "Les commandes des derniers jours qui restent à importer.",
    },
    creditedRevenue: {
      name: "CA attribué",
      what: "La part du chiffre d’affaires comptabilisé que le modèle choisi donne à un canal. Le crédit et ce qui ne va à aucun canal totalisent ce qui est comptabilisé, à la dernière décimale.",
      formula: "Σ sur les conversions : CA × part du crédit du canal",
      cannot: "Sauf avec le modèle incrémental : ce qui serait venu de toute façon.",
    },
    creditedConversions: {
      name: "Conversions attribuées",
      what: "Les conversions réparties entre les contacts qui les précèdent. Un canal peut en recevoir une fraction : ce sont rarement des nombres entiers.",
      formula: "Σ sur les conversions : part du crédit du canal",
      cannot: "Sauf avec le modèle incrémental : lesquelles seraient venues de toute façon.",
    },
    incrementalRevenue: {
      name: "CA incrémental",
      what: "Ce que le canal a provoqué, selon le modèle incrémental : la hausse du rythme d’achat après un contact, par rapport à ce que les mêmes personnes font de toute façon.",
      formula: "Σ sur les conversions : CA × effet des contacts du canal ÷ (tous les effets + le rythme sans eux)",
      cannot: "Une intention qui ne laisse aucune trace dans les données. Un test de lift tranche.",
    },
    baseline: {
      name: "Socle",
      what: "Ce qui serait venu sans le marketing mesuré, selon le modèle incrémental. Avec les autres modèles : les conversions sans contact.",
      formula: "socle = comptabilisé − crédit de tous les canaux",
      cannot: "Ce qui y vient d’un marketing qui ne laisse pas de trace ici.",
    },
    roas: {
      name: "ROAS",
      what: "Chiffre d’affaires par unité dépensée : pour un canal le CA attribué par le modèle, pour le total le CA comptabilisé. Aucun là où rien n’a été dépensé.",
      formula: "ROAS = CA ÷ dépenses",
      cannot: "Ce que rapporte la prochaine unité dépensée : voir le ROAS marginal.",
    },
    iroas: {
      name: "ROAS incrémental",
      what: "Chiffre d’affaires provoqué par unité dépensée, selon le modèle incrémental.",
      formula: "iROAS = CA incrémental ÷ dépenses",
      cannot: "Ce que rapporte la prochaine unité dépensée : c’est une moyenne sur tout ce qui a été dépensé.",
    },
    marginalRoas: {
      name: "ROAS marginal",
      what: "Ce que rapporte une unité de plus à un niveau de dépense donné : la pente de la courbe du canal à cet endroit.",
      formula: "mROAS = d CA ÷ d dépenses, sur la courbe, pour une demande moyenne",
      cannot: "Grand-chose au-delà de la plus forte dépense journalière observée.",
    },
    cpa: {
      name: "CPA",
      what: "Dépenses par conversion que le modèle attribue au canal.",
      formula: "CPA = dépenses ÷ conversions attribuées",
      cannot: "Ce que vaut une conversion, ni lesquelles seraient venues de toute façon.",
    },
    coverage: {
      name: "Couverture",
      what: "La part de ce qu’un canal a diffusé que l’on voit comme contacts de visiteurs identifiés.",
      formula: "couverture = contacts ÷ impressions et clics déclarés dans les fichiers de dépenses",
      cannot: "Ce que le reste a produit ; une faible couverture élargit les intervalles.",
    },
    interval: {
      name: "Intervalle",
      what: "La plage qui contient le vrai chiffre avec la probabilité indiquée, si les hypothèses du modèle tiennent. Elle réunit la dispersion des données, le doute sur l’intention et ce qu’ont dit les tests de lift.",
      formula: "du quantile à 5 % au quantile à 95 % des tirages de l’ajustement",
      cannot: "Les erreurs que le modèle ignore.",
    },
    platformClaims: {
      name: "Ce que déclarent les plateformes",
      what: "Conversions et CA que chaque régie s’attribue, tels qu’importés avec ses dépenses. Chacune avec ses fenêtres et ses règles.",
      formula: "Σ montants déclarés dans les lignes de dépenses",
      cannot:
        "Rien de comparable : plusieurs plateformes revendiquent la même vente, leur somme n’égale jamais ce qui est comptabilisé.",
    },
    change: {
      name: "Évolution",
      what: "Par rapport aux jours de comparaison, indiqués dans la barre du haut.",
      formula: "évolution = cette période − période comparée ; en % de cette dernière",
      cannot: "Pourquoi cela a bougé, sauf si la carte le dit.",
    },
    forecast: {
      name: "Prévision",
      what: "Ce que les prochains jours apportent si rien ne change : le rythme de la semaine et le niveau des dernières semaines, avec un intervalle tiré des écarts des prévisions passées.",
      formula: "attendu(jour) = jour de semaine × (base + demande × apport des contacts)",
      cannot: "Les campagnes, prix et événements que les données n’ont jamais vus.",
    },
    curve: {
      name: "Courbe de réponse",
      what: "Le CA qu’une dépense journalière rapporte à terme, pour une demande moyenne : ce que la dépense diffuse, multiplié par ce que rapporte un contact selon le crédit incrémental.",
      formula:
        "CA(dépense) = contacts(dépense) × CA d’un contact ; cinq formes pondérées par leur prévision des jours écartés ; 200 tirages font la bande",
      cannot: "Ce qui dépasse la plus forte dépense observée : c’est une hypothèse, et c’est grisé.",
    },
    plan: {
      name: "Plan",
      what: "La répartition dont les courbes attendent le plus, dans vos limites. Chaque limite a été revérifiée, et aucune autre répartition ne vaut plus que l’écart indiqué par la preuve.",
      formula:
        "max Σ CA(dépense de chaque canal) sous vos limites ; prix d’une limite = gain si on la desserre d’une unité",
      cannot: "Ce que fait un canal sans courbe : sa dépense est maintenue.",
    },
    paths: {
      name: "Parcours",
      what: "Un parcours réunit ce qu’une personne a vu et fait avant une conversion ou, sans conversion, jusqu’au dernier contact. Il compte au jour où il s’est terminé.",
      formula: "taux de conversion = parcours convertis ÷ tous les parcours de ce chemin",
      cannot:
        "Les causes : un chemin qui finit par des achats peut n’être que celui que prennent les acheteurs de toute façon.",
    },
    roles: {
      name: "Ouvre, conclut, assiste",
      what: "Parmi les conversions des parcours où figure ce canal : là où il était le premier contact, le dernier, présent quand un autre concluait, ou seul.",
      formula:
        "conclut + assiste = conversions des parcours où il figure ; somme des ouvertures = toutes les conversions",
      cannot: "Ce qui se serait passé sans lui.",
    },
    lag: {
      name: "Avant et après un contact",
      what: "À quel rythme on convertit à chaque distance d’un contact du canal, par rapport à l’habitude de deux semaines à un mois de part et d’autre. Ce qui précède un contact ne peut pas en être l’effet : cette partie est grisée.",
      formula: "multiple = (conversions ÷ jours de contact à cette distance) ÷ rythme habituel",
      cannot: "Quelle part d’un pic juste après un contact tient à une intention déjà là.",
    },
    heldOut: {
      name: "Sur des visiteurs jamais vus",
      what: "Un visiteur sur cinq est mis de côté ; les modèles apprennent sur les autres et donnent à chaque parcours écarté une chance de convertir.",
      formula:
        "gain = log moyen de la chance de ce qui est arrivé − idem avec une seule chance pour tous ; AUC : fréquence à laquelle un parcours converti a reçu la plus forte chance",
      cannot: "Les causes : ce qui annonce le mieux un achat peut n’en provoquer aucun.",
    },
    calibration: {
      name: "Calibrage",
      what: "Les parcours écartés, par dixièmes de la chance reçue : ce qui était annoncé face à ce qui est arrivé.",
      formula: "annoncé = chance moyenne du groupe ; observé = conversions ÷ parcours",
      cannot: "Quel canal mérite le crédit.",
    },
    disagreement: {
      name: "Là où deux modèles divergent",
      what: "CA attribué par deux modèles, canal par canal. Tous deux totalisent ce qui est comptabilisé.",
      formula: "déplacé = moitié de la somme des écarts, y compris ce qui ne va à aucun canal",
      cannot: "Lequel des deux a raison.",
    },
    liftTest: {
      name: "Test de lift",
      what: "Ce qu’un test a trouvé en allumant ou coupant un canal pour certaines personnes, régions ou journées, face à ce que le modèle attribue à la même dépense aux mêmes jours.",
      formula:
        "écart = (test − modèle) ÷ √(erreur du test² + erreur du modèle²) ; au-delà de 1,645 ils se contredisent",
      cannot: "D’autres jours ni d’autres niveaux de dépense.",
    },
    testDesign: {
      name: "Test par région",
      what: "Les régions testées face à un mélange des autres qui évoluait comme elles auparavant. L’effet est ce que les jours de test ont de plus que ce mélange.",
      formula:
        "lift = observé ÷ Σ poids × autres régions − 1 ; l’intervalle réunit tous les lifts que les données ne rejettent pas",
      cannot: "Les effets qui débordent sur les régions de comparaison.",
    },
    testValue: {
      name: "Valeur d’un test",
      what: "Ce que mieux savoir ferait gagner par semaine : la valeur d’un déplacement d’un cinquième de la dépense dans le bon sens après un test, moins sa valeur avec ce que l’on sait aujourd’hui.",
      formula: "m · S · ( E|N(e − r, d)| − |e − r| ), m = 20 %",
      cannot: "Ce que le test lui-même coûte en ventes perdues.",
    },
    received: {
      name: "Lignes reçues",
      what: "Les lignes de chaque source telles que les imports les ont comptées. Chaque ligne reçue est enregistrée, doublon, remplacement, refusée ou filtrée.",
      formula: "reçues = enregistrées + doublons + remplacées + refusées + filtrées",
      cannot: "Les lignes que la source n’a jamais envoyées.",
    },
  },
};

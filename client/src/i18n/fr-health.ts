import type { Dictionary } from "./en.ts";

/** The rules of data health in French; their English is the contract's. */
const rules: Dictionary["health"]["rules"] = {
  "rejected-rows": {
    title: "Lignes refusées",
    meaning: "Lignes refusées dont personne ne s’est occupé, parmi toutes celles qu’une source a fournies.",
    remedy:
      "Corrigez les lignes à la source ou dans la correspondance, puis rejouez-les ; abandonnez celles qui ne doivent pas entrer.",
    says: {
      found:
        "{{share}} des lignes de {{feed}} ont été refusées et attendent : {{rows}} sur {{received}}. Le plus souvent : {{reason}}",
      fine: "Aucune source n’a plus de {{threshold}} de lignes refusées.",
    },
  },
  duplicates: {
    title: "Doublons",
    meaning: "Lignes des 30 derniers jours déjà présentes, parmi toutes celles qu’une source a fournies.",
    remedy:
      "Rien n’est compté deux fois. Cherchez un export qui recouvre le précédent, ou une balise qui se déclenche deux fois.",
    says: {
      found: "{{share}} de ce que {{feed}} a fourni était déjà là : {{rows}} lignes sur {{received}}.",
      fine: "Aucune source ne répète plus de {{threshold}} de ses lignes.",
    },
  },
  "late-events": {
    title: "Événements tardifs",
    meaning:
      "Lignes des 30 derniers jours arrivées par HTTP, collecteur ou dossier surveillé plus de `late-hours` après les faits.",
    remedy:
      "Le crédit des jours passés change quand elles arrivent. Envoyez plus souvent, ou cherchez une file d’attente bloquée.",
    says: {
      found:
        "{{share}} des lignes de {{feed}} sont arrivées plus de {{hours}} après les faits, la plus tardive après {{latest}}.",
      fine: "Ce qui arrive tout seul arrive en moins de {{hours}}.",
    },
  },
  "future-events": {
    title: "Événements dans le futur",
    meaning: "Lignes refusées parce qu’elles sont dans le futur, pas encore traitées.",
    remedy: "Vérifiez l’horloge, le fuseau et l’ordre jour-mois de la source, puis rejouez les lignes.",
    says: {
      found: "{{feed}} a envoyé des lignes situées dans le futur ; refusées : {{rows}}.",
      fine: "Aucune ligne n’est dans le futur.",
    },
  },
  "negative-values": {
    title: "Montants négatifs",
    meaning: "Lignes refusées pour un montant négatif, pas encore traitées.",
    remedy:
      "Les remboursements sont des ajustements : importez-les avec adjustment_id, adjusts_conversion_id et un montant négatif.",
    says: {
      found: "{{feed}} a envoyé des montants négatifs ; lignes refusées : {{rows}}.",
      fine: "Aucune ligne n’a été refusée pour un montant négatif.",
    },
  },
  "unknown-currency": {
    title: "Devise sans taux",
    meaning: "Lignes refusées faute de taux de change pour leur devise, pas encore traitées.",
    remedy: "Importez les taux manquants (touchline import rates FICHIER), puis rejouez les lignes.",
    says: {
      found: "{{feed}} a envoyé des montants dans une devise sans taux ; lignes refusées : {{rows}}.",
      fine: "Chaque montant a un taux.",
    },
  },
  bots: {
    title: "Robots",
    meaning: "Le plus grand nombre de contacts d’un visiteur en un jour.",
    remedy:
      "Personne n’est touché aussi souvent. Filtrez le robot à la source, ou cherchez la balise qui donne le même identifiant à tous.",
    says: {
      found:
        "Visiteurs à plus de {{threshold}} contacts en un jour : {{visitors}}. Ils cumulent {{touches}} contacts ces jours-là, jusqu’à {{most}} en un jour ; sur {{channels}}.",
      fine: "Aucun visiteur n’a plus de {{threshold}} contacts en un jour.",
      refused: "{{feed}} a envoyé des lignes de robots ; refusées : {{rows}}.",
    },
  },
  "zero-values": {
    title: "Conversions sans valeur",
    meaning:
      "Conversions des 90 derniers jours comptabilisés qui valent 0, parmi celles de leur type ; un type sans aucune valeur est laissé de côté.",
    remedy: "Vérifiez la colonne d’où vient le chiffre d’affaires ; il est attendu hors taxes.",
    says: {
      found: "{{share}} des conversions de type {{type}} ne valent rien : {{rows}} sur {{all}}.",
      fine: "Aucun type qui porte des valeurs n’en manque pour plus de {{threshold}}.",
    },
  },
  "spend-without-touches": {
    title: "Dépense sans contact",
    meaning: "Jours où un canal a une dépense et aucun contact.",
    remedy:
      "Cherchez une balise ou un lien qui a perdu ses paramètres ces jours-là ; d’ici là, le canal est trop peu crédité.",
    says: {
      found:
        "{{channel}} a une dépense et aucun contact, {{days}} sur {{all}} entre le {{from}} et le {{to}} : {{cost}}.",
      never:
        "{{channel}} a {{cost}} de dépense et aucun contact. S’appelle-t-il autrement parmi les contacts, ou ses contacts sont-ils invisibles ?",
      fine: "Aucun canal n’a de dépense sans contact pendant plus de {{threshold}}.",
    },
  },
  "touches-without-spend": {
    title: "Contacts sans dépense",
    meaning: "Jours où un canal qui a une dépense avant et après a des contacts et aucune ligne de dépense.",
    remedy:
      "Importez les jours de coût manquants : sans eux, le canal paraît moins cher. Un jour gratuit a une ligne à 0.",
    says: {
      found:
        "{{channel}} a {{touches}} contacts et aucune ligne de dépense pendant {{days}} entre le {{from}} et le {{to}}.",
      fine: "Aucun canal qui dépense n’en manque pendant plus de {{threshold}} avec contacts.",
    },
  },
  gaps: {
    title: "Trous",
    meaning: "Jours sans aucune ligne d’une source et d’un type, entre son premier et son dernier jour.",
    remedy: "Exportez de nouveau les jours manquants et importez-les : ce qui est déjà là est reconnu.",
    says: {
      found: "{{feed}} n’a aucune ligne pendant {{days}} ; le plus long trou dure {{longest}}, du {{from}} au {{to}}.",
      fine: "Aucune source ne manque plus de {{threshold}} entre son premier et son dernier.",
    },
  },
  freshness: {
    title: "Fraîcheur",
    meaning:
      "Âge de la ligne la plus récente d’une source et d’un type ; une source muette depuis 90 jours est terminée.",
    remedy: "Vérifiez l’export, le connecteur ou la balise de cette source ; rien n’est arrivé depuis.",
    says: {
      found: "{{feed}} n’a rien envoyé de plus récent que le {{newest}} : il y a {{age}}.",
      fine: "Chaque source encore active a des lignes de moins de {{threshold}}.",
      ended: "Aucune source n’a rien fourni depuis 90 jours.",
    },
  },
  "no-visitor": {
    title: "Conversions sans visiteur",
    meaning: "Conversions des 90 derniers jours comptabilisés sans identifiant, parmi celles de leur source.",
    remedy:
      "Elles sont comptabilisées sans créditer aucun contact. Envoyez un identifiant de visiteur ou de client avec chaque conversion.",
    says: {
      found: "{{share}} des conversions de {{feed}} n’ont pas d’identifiant : {{rows}} sur {{all}}.",
      fine: "Aucune source n’a plus de {{threshold}} de conversions sans identifiant.",
    },
  },
  "no-consent": {
    title: "Sans consentement",
    meaning:
      "Lignes des 90 derniers jours comptabilisés sans identifiant faute de consentement, parmi celles de leur source et de leur type.",
    remedy:
      "Ces lignes ne comptent que dans les totaux. Vérifiez le bandeau si la part a changé d’un coup ; planifiez avec des tests si elle reste forte.",
    says: {
      found:
        "{{share}} des lignes de {{feed}} n’ont pas d’identifiant faute de consentement (intervalle à 95 % : {{low}} à {{high}}).",
      fine: "Aucune source ne manque de consentement pour plus de {{threshold}} de ses lignes.",
    },
  },
  "touched-share": {
    title: "Conversions avec contact",
    meaning:
      "Conversions des 90 derniers jours comptabilisés avec un contact dans les 30 jours précédents, corrigées des identifiants manquants au hasard.",
    remedy:
      "Ce qu’aucun contact ne précède n’est crédité à personne : ajoutez les sources manquantes, reliez les identités, ou planifiez avec des tests.",
    says: {
      found:
        "Seules {{corrected}} des conversions sont précédées d’un contact (intervalle à 95 % : {{low}} à {{high}}) ; {{observed}} le sont visiblement.",
      fine: "{{corrected}} des conversions sont précédées d’un contact (intervalle à 95 % : {{low}} à {{high}}) ; {{observed}} le sont visiblement.",
      unknown: "Trop peu de lignes ont un identifiant pour dire combien de conversions sont précédées d’un contact.",
    },
  },
  "no-book": {
    title: "Pas de source de référence",
    meaning: "Sources qui déclarent des conversions d’un même type sans source de référence.",
    remedy: "Désignez la source qui fait foi : touchline settings --set books.TYPE=SOURCE.",
    says: {
      found: "Les conversions de type {{type}} viennent de plusieurs sources et aucune ne fait foi : {{sources}}.",
      fine: "Chaque type de conversion a une seule source, ou une source de référence.",
    },
  },
  "platform-claims": {
    title: "Revendications des plateformes",
    meaning:
      "Conversions que les plateformes s’attribuent, parmi celles comptabilisées, sur les 28 derniers jours concernés.",
    remedy:
      "Les plateformes comptent selon leurs propres fenêtres, et une conversion plusieurs fois. Lisez leurs chiffres à côté des comptes, jamais à leur place.",
    says: {
      found:
        "Les plateformes revendiquent {{claimed}} conversions du {{from}} au {{to}} quand {{booked}} ont été comptabilisées : {{share}}.",
      fine: "Les plateformes revendiquent {{claimed}} conversions du {{from}} au {{to}} quand {{booked}} ont été comptabilisées : {{share}}.",
      none: "Aucune plateforme n’a déclaré de conversions.",
    },
  },
  "orphan-adjustments": {
    title: "Ajustements orphelins",
    meaning: "Remboursements et corrections de conversions qui ne sont jamais arrivées.",
    remedy:
      "Ils ne changent rien tant que leur conversion n’est pas importée. Cherchez une autre écriture de l’identifiant, ou des jours manquants.",
    says: {
      found:
        "{{rows}} ajustements de {{feed}}, {{amount}} au total, visent des conversions jamais arrivées, par exemple {{example}}.",
      fine: "Chaque ajustement a sa conversion.",
    },
  },
  "refused-links": {
    title: "Liens refusés",
    meaning: "Liens entre un visiteur et une personne refusés parce que la personne aurait trop de visiteurs.",
    remedy: "Cherchez un identifiant de personne qui n’est personne, comme un compte invité : touchline identities.",
    says: {
      found: "Liens refusés, car une personne aurait plus de visiteurs que la limite : {{links}}.",
      fine: "Aucun lien entre un visiteur et une personne n’a été refusé.",
    },
  },
  "shared-devices": {
    title: "Appareils partagés",
    meaning: "Visiteurs utilisés par plus de personnes que la limite, parmi tous les visiteurs reliés.",
    remedy:
      "Leurs contacts restent à part. Une part élevée signale un identifiant qui n’est pas celui d’une personne : tablette de magasin, page en cache.",
    says: {
      found: "{{share}} des visiteurs reliés sont des appareils partagés : {{devices}} sur {{all}}.",
      fine: "Pas plus de {{threshold}} des visiteurs reliés sont des appareils partagés.",
    },
  },
  balance: {
    title: "Équilibre des imports",
    meaning:
      "Lignes d’un import dont il n’est pas rendu compte : reçues = enregistrées + doublons + remplacées + refusées + écartées.",
    remedy:
      "Cela ne doit jamais arriver : gardez le fichier et signalez-le avec la ligne qu’affiche touchline imports.",
    says: {
      found: "L’import {{import}} de {{feed}} a reçu {{received}} lignes et rend compte de {{accounted}}.",
      fine: "Chaque import rend compte de toutes ses lignes.",
    },
  },
  "stored-rows": {
    title: "Lignes face au registre",
    meaning:
      "Lignes d’un type présentes plus ou moins souvent que ne le disent les imports, hors effacées et expirées.",
    remedy:
      "N’importez plus rien avant d’avoir compris : comparez une sauvegarde, ou réimportez les fichiers dans un dossier neuf.",
    says: {
      found: "{{kind}} : les imports ont enregistré {{stored}} lignes, il y en a {{found}}.",
      explained:
        "{{kind}} : les imports ont enregistré {{stored}} lignes, il y en a {{found}} ; jusqu’à {{expired}} ont expiré, et {{erased}} personnes ont été effacées.",
      fine: "Toutes les lignes enregistrées sont là.",
    },
  },
};

export const health: Dictionary["health"] = { rules };

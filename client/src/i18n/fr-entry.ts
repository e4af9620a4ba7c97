import type { Dictionary } from "./en.ts";

/** The words of signing in, in French. */
export const entry: Dictionary["entry"] = {
  title: "Connexion",
  email: "Adresse e-mail",
  emailWrong: "Écrivez une adresse e-mail entière.",
  password: "Mot de passe",
  passwordMissing: "Écrivez votre mot de passe.",
  showPassword: "Afficher le mot de passe",
  hidePassword: "Masquer le mot de passe",
  signIn: "Se connecter",
  wrong: "L’adresse e-mail ou le mot de passe est faux.",
  tooMany:
    "Trop d’essais. Attendez quelques minutes avant de recommencer ; un lien pour un nouveau mot de passe marche tout de suite.",
  forgotten: "Mot de passe oublié ?",
  sso: "Connexion unique avec {{name}}",
  ssoFailed:
    "La connexion unique ne vous a pas laissé entrer. Elle ne vous connaît peut-être pas, ou personne n’a encore invité son adresse e-mail ici.",
  or: "ou avec un mot de passe",
  codeTitle: "Encore une étape",
  codeText: "Ouvrez votre application de codes et écrivez celui de Touchline.",
  code: "Code",
  codeSpare: "Sans votre téléphone, écrivez un de vos codes de secours.",
  codeWrong: "Ce code n’est pas le bon, ou il arrive trop tard. Prenez le plus récent.",
  codeSend: "Continuer",
  startOver: "Recommencer",
  back: "Retour à la connexion",
  resetTitle: "Un nouveau mot de passe",
  resetText: "Nous vous envoyons un lien qui marche une fois, pendant une heure.",
  resetSend: "Envoyer le lien",
  resetSent: "Si {{email}} a un compte ici, son lien est en route.",
  resetWhere: "Un serveur sans courrier affiche le lien là où il tourne : demandez à qui s’en occupe.",
  newTitle: "Ce Touchline est neuf",
  newText:
    "Personne n’a encore de compte. À son démarrage, le serveur a affiché un lien pour le compte du propriétaire, dans son terminal ou son journal, sur une ligne comme celle-ci :",
  newLine: "Create the owner’s account: {{origin}}/link#token=…",
  newAgain: "Le lien marche une fois, pendant 24 heures. Redémarrez le serveur pour en avoir un autre.",
  linkTitle: "Votre lien",
  link: {
    welcome: {
      title: "Créer le compte du propriétaire",
      text: "Ce Touchline est désormais le vôtre : vous invitez les autres et fixez les règles.",
      send: "Créer le compte",
    },
    invitation: {
      title: "Rejoindre {{workspace}}",
      text: "Vous êtes invité avec le rôle {{role}}. Choisissez un nom et un mot de passe, et c’est fait.",
      send: "Rejoindre",
    },
    reset: {
      title: "Choisir un nouveau mot de passe",
      text: "Il remplace l’ancien tout de suite, et vous connecte.",
      send: "Enregistrer le mot de passe",
    },
  },
  invitationKnown: "Vous êtes invité avec le rôle {{role}}. Vous avez déjà un compte : son mot de passe suffit.",
  name: "Nom",
  nameWhy: "Ce que les autres voient à côté de ce que vous avez fait.",
  nameMissing: "Écrivez un nom.",
  newPassword: "Nouveau mot de passe",
  passwordRule:
    "Au moins {{characters}} caractères. Plusieurs mots se retiennent bien ; les mots de passe connus sont refusés.",
  length: {
    short: "Trop court",
    enough: "Assez long",
    good: "Bonne longueur",
    long: "Très bonne longueur",
  },
  deadTitle: "Ce lien ne marche plus",
  deadText: "Il a servi, il a expiré, ou un plus récent l’a remplacé. Demandez-en un autre à qui vous l’a donné.",
  toSignIn: "Aller à la connexion",
  signedInAs: "Connecté : {{email}}.",
  strangerTitle: "Cet espace de travail n’est pas un des vôtres",
  strangerText:
    "Il n’y a pas d’espace « {{workspace}} », ou vous n’en faites pas partie. Un de ses administrateurs ou propriétaires peut vous inviter.",
  strangerYours: "Les vôtres",
  homelessTitle: "Vous ne faites partie d’aucun espace de travail",
  homelessText: "Demandez à un administrateur ou propriétaire de l’espace voulu d’inviter {{email}}.",
  factorTitle: "D’abord un second facteur",
  factorText:
    "{{workspace}} ne laisse entrer personne sans second facteur. Installez-en un ici : il faut une minute et une application de codes.",
  factorElsewhere: "Aller à {{workspace}}, qui n’en demande pas",
  newWorkspaceName: "Nom du nouvel espace",
  newWorkspaceRule:
    "Lettres minuscules, chiffres, - et _. Il figure dans les adresses et les fichiers, et ne change plus ensuite.",
  newWorkspaceCreate: "Le créer",
};

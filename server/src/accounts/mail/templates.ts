import type { Role } from "../../contract/index.ts";
import type { Mail } from "./mail.ts";

/** A link for a new password. */
export function resetMail(to: string, address: string, hours: number): Mail {
  const lasts = (unit: string, plural: string) => `${hours} ${hours === 1 ? unit : plural}`;
  return {
    to,
    subject: "Touchline: a new password / un nouveau mot de passe",
    text: [
      "Somebody, you we hope, has asked for a new password for this address. Choose it here:",
      "",
      address,
      "",
      `The link works once, for ${lasts("hour", "hours")}. If it was not you, nothing has changed: leave this mail alone.`,
      "",
      "Quelqu'un, vous sans doute, a demandé un nouveau mot de passe pour cette adresse. Choisissez-le avec le lien ci-dessus.",
      `Il fonctionne une seule fois, pendant ${lasts("heure", "heures")}. Si ce n'était pas vous, rien n'a changé : ignorez ce message.`,
      "",
    ].join("\n"),
  };
}

const ROLES: Readonly<Record<Role, { readonly en: string; readonly fr: string }>> = {
  viewer: { en: "viewer", fr: "lecteur" },
  "media-buyer": { en: "media buyer", fr: "acheteur média" },
  finance: { en: "finance", fr: "finance" },
  admin: { en: "admin", fr: "administrateur" },
  owner: { en: "owner", fr: "propriétaire" },
};

/** A link with which somebody joins a workspace. */
export function invitationMail({
  to,
  workspace,
  role,
  invitedBy,
  address,
  days,
}: {
  to: string;
  workspace: string;
  role: Role;
  invitedBy: string;
  address: string;
  days: number;
}): Mail {
  return {
    to,
    subject: `Touchline: an invitation to ${workspace} / une invitation`,
    text: [
      `${invitedBy} invites you to the workspace ${workspace}, as ${ROLES[role].en}. Accept it here:`,
      "",
      address,
      "",
      `The link works once, for ${days} days. If you do not know what this is about, leave this mail alone.`,
      "",
      `${invitedBy} vous invite dans l'espace de travail ${workspace} (rôle : ${ROLES[role].fr}). Acceptez avec le lien ci-dessus.`,
      `Il fonctionne une seule fois, pendant ${days} jours. Si cela ne vous dit rien, ignorez ce message.`,
      "",
    ].join("\n"),
  };
}

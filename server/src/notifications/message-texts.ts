import type { Mail } from "../accounts/mail/index.ts";
import type { WebhookEvent, WebhookFormat } from "../contract/index.ts";
import type { StoredNotice } from "./notice.ts";

/** Where what is told can be seen. */
function linkOf({ path }: StoredNotice, { url, workspaceId }: Place): string {
  return `${url}/w/${workspaceId}${path}`;
}

export interface Place {
  /** Where people reach the server, without a slash at the end. */
  readonly url: string;
  readonly workspaceId: string;
}

/** What is posted: as the Standard Webhooks scheme has it, or as Slack and whoever speaks like it take it. */
export function webhookBody(notice: StoredNotice, format: WebhookFormat, place: Place): string {
  if (format === "slack") return JSON.stringify(slackMessage(notice, linkOf(notice, place)));
  const { event, at, title, text, facts } = notice;
  const data = { workspace: place.workspaceId, title, text, url: linkOf(notice, place), facts };
  return JSON.stringify({ type: event, timestamp: at, data });
}

/** A section of Slack takes 3,000 characters. */
const LONGEST_SECTION = 2_900;

function slackMessage({ title, text }: StoredNotice, link: string) {
  const whole = [`*${escaped(title)}*`, ...(text === "" ? [] : [escaped(text)])].join("\n");
  const section = whole.length > LONGEST_SECTION ? `${whole.slice(0, LONGEST_SECTION)}…` : whole;
  return {
    text: `${escaped(title)}: ${link}`,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: section } },
      { type: "context", elements: [{ type: "mrkdwn", text: `<${link}|Open in Touchline>` }] },
    ],
  };
}

/** What people write is no markup, and calls nobody: `<!channel>` is a text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What happened, in French, for the mail that says it in both languages. */
const FRENCH: Readonly<Record<WebhookEvent, string>> = {
  "rebalancing.proposed": "Le rééquilibrage de la semaine propose un plan : il attend une décision.",
  "rebalancing.applied":
    "Le rééquilibrage de la semaine a appliqué un plan, comme la règle de l'espace de travail le permet.",
  "rebalancing.blocked": "Le rééquilibrage de la semaine s'est arrêté sur un garde-fou : rien n'a changé.",
  "rebalancing.failed": "Le rééquilibrage de la semaine a échoué : rien n'a changé.",
  "proposal.approved": "Un plan a été approuvé.",
  "proposal.rejected": "Un plan a été refusé.",
  "proposal.expired": "Personne n'a décidé à temps d'un plan : il ne peut plus être approuvé.",
  "proposal.commented": "Quelqu'un a commenté un plan.",
  "plan.activated": "Un plan a été transmis aux plateformes.",
  "report.ready": "Un rapport est prêt.",
  test: "Ceci est un essai.",
};

export function mailOf(notice: StoredNotice, { to, id }: { to: string; id: string }, place: Place): Mail {
  const { title, text, event, isBilingual } = notice;
  const link = linkOf(notice, place);
  const inFrench = isBilingual
    ? [`${FRENCH[event]} Les détails sont en anglais ci-dessus, et sur la page du lien.`, ""]
    : [];
  return {
    ...{ to, id, subject: isBilingual ? `Touchline: ${title}` : title },
    text: [title, "", ...(text === "" ? [] : [text, ""]), link, "", ...inFrench].join("\n"),
    attachments: notice.attachments.map(({ name, type, base64 }) => ({
      ...{ name, type, content: Buffer.from(base64, "base64") },
    })),
  };
}

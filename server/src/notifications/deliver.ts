import { and, asc, eq, isNull, lt, lte, ne, or } from "drizzle-orm";
import type { SendMail } from "../accounts/mail/index.ts";
import { log } from "../log.ts";
import { type Actor, deliveries, type Store, type WorkspaceStore, webhooks } from "../store/index.ts";
import { waitAfter } from "./backoff.ts";
import { mailOf, type Place, webhookBody } from "./message-texts.ts";
import { StoredNotice } from "./notice.ts";
import { type Reach, shownUrl } from "./outside-address.ts";
import { type SendOutcome, sendWebhook } from "./send-webhook.ts";
import { signatureHeaders } from "./signature.ts";

export type DeliveryRow = typeof deliveries.$inferSelect;

/** What sends, and how far. */
export interface Sender {
  readonly sendMail: SendMail;
  /** Where people reach the server. */
  readonly url: string;
  readonly reach: Reach;
  readonly isStopped: AbortSignal;
  readonly now: () => Date;
  /** From 0 to 1, for the waits. */
  readonly chance: () => number;
}

/** Longer than any try takes: whoever holds a row for longer has died, and another one sends it. */
const HELD_MS = 60_000;
const AT_ONCE = 8;
const KEPT_MS = 30 * 86_400_000;

/** What is told when a receiver wants nothing any more. */
const SENDER: Actor = { kind: "system", id: "webhooks", name: "Touchline", ip: null, userAgent: null };

/** Sends what is due in all workspaces, each once. @returns how many tries were made */
export async function deliverDue(store: Store, sender: Sender): Promise<number> {
  const names = await store.workspacesWithDueDeliveries(sender.now());
  const tries = await Promise.all(names.map((name) => deliverDueOf(store.in(name), sender)));
  return tries.reduce((sum, each) => sum + each, 0);
}

async function deliverDueOf(store: WorkspaceStore, sender: Sender): Promise<number> {
  let tries = 0;
  for (;;) {
    const due = await store.select(deliveries, isDue(sender.now()), {
      orderBy: asc(deliveries.nextAt),
      limit: AT_ONCE,
    });
    if (due.length === 0 || sender.isStopped.aborted) break;
    const tried = await Promise.all(due.map((row) => deliverOne(store, row.id, sender)));
    tries += tried.filter((each) => each !== null).length;
  }
  const isOld = lt(deliveries.createdAt, new Date(sender.now().getTime() - KEPT_MS));
  await store.remove(deliveries, and(ne(deliveries.state, "waiting"), isOld)!);
  return tries;
}

function isDue(now: Date) {
  const isFree = or(isNull(deliveries.heldUntil), lte(deliveries.heldUntil, now));
  return and(eq(deliveries.state, "waiting"), lte(deliveries.nextAt, now), isFree)!;
}

/**
 * Takes a delivery, tries it once and writes what came of it. Of several servers one takes it. A process that dies between sending and
 * writing leaves it held: it is sent again later, under the same id, so that whoever receives it twice knows.
 * @returns null where another one has it
 */
export async function deliverOne(store: WorkspaceStore, id: string, sender: Sender): Promise<DeliveryRow | null> {
  const began = sender.now();
  const heldUntil = new Date(began.getTime() + HELD_MS);
  const [held] = await store.update(deliveries, { heldUntil }, and(eq(deliveries.id, id), isDue(began))!);
  if (held === undefined) return null;
  const outcome = await send(store, held, sender);
  return sender.isStopped.aborted && outcome.kind === "failed"
    ? await changeHeld(store, held, { heldUntil: null })
    : await settle(store, held, outcome, sender);
}

async function send(store: WorkspaceStore, row: DeliveryRow, sender: Sender): Promise<SendOutcome> {
  const notice = StoredNotice.safeParse(JSON.parse(row.body));
  if (!notice.success) return { kind: "failed", error: "it was written by another version of Touchline" };
  const place: Place = { url: sender.url, workspaceId: store.workspaceId };
  if (row.kind === "mail") return mail(row, notice.data, place, sender);
  const [webhook] = await store.select(webhooks, and(eq(webhooks.id, row.target), isNull(webhooks.disabledAt)));
  if (webhook === undefined) return { kind: "gone" };
  const secret = store.unseal(webhook.sealedSecret, webhook.id);
  if (secret === null)
    return {
      kind: "failed",
      error: "its secret was sealed under another TOUCHLINE_SECRET: remove the webhook and add it again",
    };
  const body = webhookBody(notice.data, webhook.format, place);
  const headers = { ...signatureHeaders(secret, { id: row.id, body, now: sender.now() }), "idempotency-key": row.id };
  return sendWebhook({ url: webhook.url, headers, body }, sender.reach, sender.isStopped);
}

async function mail(row: DeliveryRow, notice: StoredNotice, place: Place, { sendMail }: Sender): Promise<SendOutcome> {
  try {
    await sendMail(mailOf(notice, { to: row.target, id: row.id }, place));
    return { kind: "done" };
  } catch (error) {
    log.warn({ err: error, delivery: row.id }, "a mail could not be sent");
    return { kind: "failed", error: "the mail server did not take it: look at SMTP_URL and the server's log" };
  }
}

async function settle(
  store: WorkspaceStore,
  row: DeliveryRow,
  outcome: SendOutcome,
  { now, chance }: Sender,
): Promise<DeliveryRow | null> {
  const attempts = row.attempts + 1;
  const tried = { attempts, heldUntil: null };
  if (outcome.kind === "done")
    return changeHeld(store, row, {
      ...{ ...tried, state: "done", doneAt: now(), lastError: null, body: withoutAttachments(row.body) },
    });
  if (outcome.kind === "gone") return giveUpOn(store, row, tried, now());
  // Whoever tries an address looks at what comes of it, and tries again.
  const wait = row.event === "test" ? null : waitAfter(attempts, chance());
  const next = wait === null ? { state: "given-up" as const } : { nextAt: new Date(now().getTime() + wait) };
  return changeHeld(store, row, { ...tried, ...next, lastError: outcome.error });
}

/** Whoever answers 410 has taken the address away: nothing is sent there any more until somebody adds it again. */
function giveUpOn(
  store: WorkspaceStore,
  row: DeliveryRow,
  tried: Partial<DeliveryRow>,
  now: Date,
): Promise<DeliveryRow | null> {
  return store.transaction(async (tx) => {
    const inUse = and(eq(webhooks.id, row.target), isNull(webhooks.disabledAt))!;
    const [webhook] = row.kind === "webhook" ? await tx.update(webhooks, { disabledAt: now }, inUse) : [];
    const lastError =
      webhook === undefined ? "the webhook was removed or switched off" : "it answers 410: the webhook is switched off";
    if (webhook !== undefined) {
      const { id, name, url } = webhook;
      const subject = { kind: "webhook", id };
      await tx.audit({ actor: SENDER, action: "webhooks.disable", subject, before: { name, url: shownUrl(url) } });
    }
    return changeHeld(tx, row, { ...tried, state: "given-up", lastError });
  });
}

/** Where it is this try's still: one that took so long that another server has begun anew writes nothing. */
async function changeHeld(
  store: WorkspaceStore,
  row: DeliveryRow,
  change: Partial<DeliveryRow>,
): Promise<DeliveryRow | null> {
  const isOwn = and(eq(deliveries.id, row.id), eq(deliveries.heldUntil, row.heldUntil!))!;
  const [changed] = await store.update(deliveries, change, isOwn);
  return changed ?? null;
}

/** Files are large, and nobody sends them twice. */
function withoutAttachments(body: string): string {
  return JSON.stringify({ ...JSON.parse(body), attachments: [] });
}

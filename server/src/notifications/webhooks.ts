import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { and, asc, desc, eq } from "drizzle-orm";
import type { CreatedWebhook, Delivery, NewWebhook, Webhook } from "../contract/index.ts";
import { type Actor, deliveries, type WorkspaceStore, webhooks } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { type DeliveryRow, deliverOne, type Sender } from "./deliver.ts";
import { type Reach, reachOfEnvironment, shownUrl, whyNotUrl } from "./outside-address.ts";
import { newWebhookSecret } from "./signature.ts";
import { queue } from "./tell.ts";

interface Desk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

type WebhookRow = typeof webhooks.$inferSelect;

const MOST_WEBHOOKS = 50;
const MOST_SHOWN = 200;

/** The oldest first, each with what came of its newest delivery. */
export async function listWebhooks(store: WorkspaceStore): Promise<Webhook[]> {
  const rows = await store.select(webhooks, undefined, { orderBy: [asc(webhooks.createdAt), asc(webhooks.id)] });
  return Promise.all(rows.map((row) => describeWebhook(store, row)));
}

/**
 * Adds an address that is told what happens. The secret that messages to it are signed with is returned once, and stored sealed.
 * @throws UserError for an address that nothing may be sent to
 */
export async function createWebhook(
  { store, actor }: Desk,
  { name, url, format, events: asked }: NewWebhook,
  now: Date,
  reach: Reach = reachOfEnvironment(),
): Promise<CreatedWebhook> {
  const why = whyNotUrl(url, reach);
  if (why !== null) throw new UserError(`nothing can be sent to ${shownUrl(url)}: ${why}`);
  if ((await store.count(webhooks)) >= MOST_WEBHOOKS)
    throw new UserError(`a workspace has at most ${MOST_WEBHOOKS} webhooks: remove one first`);
  const [id, secret, events] = [randomUUID(), newWebhookSecret(), [...new Set(asked)]];
  return store.transaction(async (tx) => {
    const row = await tx.insert(webhooks, {
      ...{ id, name, url, format, events, sealedSecret: tx.seal(secret, id), createdBy: actor.name, createdAt: now },
    });
    await tx.audit({ actor, action: "webhooks.create", subject: subjectOf(row), after: factsOf(row) });
    return { webhook: await describeWebhook(tx, row), secret };
  });
}

/** What waits for it is not sent any more. */
export function removeWebhook({ store, actor }: Desk, id: string): Promise<void> {
  return store.transaction(async (tx) => {
    const [row] = await tx.remove(webhooks, eq(webhooks.id, id));
    if (row === undefined) throw noSuch("webhook");
    const waiting = and(eq(deliveries.target, id), eq(deliveries.state, "waiting"))!;
    await tx.update(deliveries, { state: "given-up", lastError: "the webhook was removed" }, waiting);
    await tx.audit({ actor, action: "webhooks.remove", subject: subjectOf(row), before: factsOf(row) });
  });
}

/** Sends a message of trial at once. @returns what came of it */
export async function testWebhook({ store, actor }: Desk, id: string, sender: Sender): Promise<Delivery> {
  const now = sender.now();
  const row = await store.transaction(async (tx) => {
    const [webhook] = await tx.select(webhooks, eq(webhooks.id, id));
    if (webhook === undefined) throw noSuch("webhook");
    await tx.audit({ actor, action: "webhooks.test", subject: subjectOf(webhook), after: factsOf(webhook) });
    const notice = {
      ...{ event: "test" as const, title: `A trial of the webhook "${webhook.name}"`, path: "/settings/rebalancing" },
      text: "If you can read this, messages arrive.",
      ...{ facts: {}, at: now.toISOString(), isBilingual: false, attachments: [] },
    };
    return queue(tx, { kind: "webhook", target: id, notice }, now);
  });
  const tried = await deliverOne(store, row.id, sender);
  return (await describeDeliveries(store, [tried ?? row]))[0]!;
}

/** The newest first. */
export async function listDeliveries(store: WorkspaceStore): Promise<Delivery[]> {
  const order = { orderBy: [desc(deliveries.createdAt), desc(deliveries.id)], limit: MOST_SHOWN };
  return describeDeliveries(store, await store.select(deliveries, undefined, order));
}

/** Begins anew with what was given up, under the same id. @throws TRPCError for what still waits or has arrived */
export function sendAgain({ store, actor }: Desk, id: string, now: Date): Promise<Delivery> {
  return store.transaction(async (tx) => {
    const [row] = await tx.select(deliveries, eq(deliveries.id, id));
    if (row === undefined) throw noSuch("delivery");
    const isGivenUp = and(eq(deliveries.id, id), eq(deliveries.state, "given-up"))!;
    const [again] = await tx.update(
      deliveries,
      { state: "waiting", attempts: 0, nextAt: now, heldUntil: null },
      isGivenUp,
    );
    if (again === undefined) {
      const message = row.state === "done" ? "it has arrived already" : "it waits for its next try already";
      throw new TRPCError({ code: "CONFLICT", message });
    }
    const [subject, after] = [
      { kind: "delivery", id },
      { event: row.event, kind: row.kind, target: row.target },
    ];
    await tx.audit({ actor, action: "webhooks.send-again", subject, after });
    return (await describeDeliveries(tx, [again]))[0]!;
  });
}

async function describeWebhook(store: WorkspaceStore, row: WebhookRow): Promise<Webhook> {
  const { id, name, url, format, events, createdAt, disabledAt } = row;
  const newest = { orderBy: [desc(deliveries.createdAt), desc(deliveries.id)], limit: 1 };
  const [last] = await store.select(deliveries, eq(deliveries.target, id), newest);
  return {
    ...{ id, name, url, format, events, createdAt: createdAt.toISOString(), isDisabled: disabledAt !== null },
    last:
      last === undefined
        ? null
        : { state: last.state, at: (last.doneAt ?? last.createdAt).toISOString(), error: last.lastError },
  };
}

/** Webhooks by their names; those that were removed by their ids. */
async function describeDeliveries(store: WorkspaceStore, rows: readonly DeliveryRow[]): Promise<Delivery[]> {
  const names = new Map((await store.select(webhooks)).map(({ id, name }) => [id, name]));
  return rows.map(({ id, kind, target, event, state, attempts, lastError, ...row }) => ({
    ...{ id, kind, target: names.get(target) ?? target, event, state, attempts, lastError },
    ...{ createdAt: row.createdAt.toISOString(), nextAt: row.nextAt.toISOString() },
    doneAt: row.doneAt?.toISOString() ?? null,
  }));
}

function subjectOf({ id }: WebhookRow) {
  return { kind: "webhook", id };
}

function factsOf({ name, url, format, events }: WebhookRow) {
  return { name, url: shownUrl(url), format, events };
}

function noSuch(what: string): TRPCError {
  return new TRPCError({ code: "NOT_FOUND", message: `there is no such ${what} in this workspace` });
}

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WebhookEvent } from "@touchline/server/contract";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mail } from "../../server/src/accounts/mail/index.ts";
import {
  createWebhook,
  deliverWaiting,
  keepDelivering,
  type Notice,
  tell,
} from "../../server/src/notifications/index.ts";
import { notificationsRouter } from "../../server/src/notifications/router.ts";
import {
  type Actor,
  auditEntries,
  deliveries,
  openStore,
  type Store,
  type WorkspaceStore,
  webhooks,
} from "../../server/src/store/index.ts";
import { requestOf } from "../support/members.ts";
import { newDatabase, type WorldDatabase } from "../support/postgres.ts";
import { makeDataFolder, SECRET } from "../support/same-secret.ts";
import { openReceiver, type WebhookReceiver } from "../support/webhook-receiver.ts";

const DYING = fileURLToPath(new URL("../support/dying-delivery.ts", import.meta.url));
const MINUTE = 60_000;
const ADA: Actor = { kind: "person", id: "ada", name: "Ada", ip: null, userAgent: null };
const PRIVATE = { allowsPrivate: true };
const NOTICE: Notice = {
  event: "proposal.approved",
  title: "Ada has approved <Week 48> & more",
  text: "It moves 60.50 EUR a week.",
  path: "/proposals?id=1",
  facts: { proposal: "1", movedPerWeek: "60.50" },
  mailTo: null,
};

let folder: string;
let receiver: WebhookReceiver;
let database: WorldDatabase | null;
let place: { folder: string } | { url: string };
let store: Store;
let shop: WorkspaceStore;
const mails: Mail[] = [];
let sendMail = async (mail: Mail): Promise<void> => void mails.push(mail);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-notices-"));
  makeDataFolder(folder);
  database = await newDatabase();
  place = database === null ? { folder: join(folder, "accounts") } : { url: database.url };
  store = await openStore(place, SECRET);
  shop = store.in("shop");
  receiver = await openReceiver();
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await store.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const each of await shop.select(webhooks)) await shop.remove(webhooks, eq(webhooks.id, each.id));
  for (const each of await shop.select(deliveries)) await shop.remove(deliveries, eq(deliveries.id, each.id));
  receiver.received.length = 0;
  mails.length = 0;
  receiver.answer = (response) => void response.end("ok");
  sendMail = async (mail) => void mails.push(mail);
});

const add = (events: WebhookEvent[] = ["proposal.approved"], format: "touchline" | "slack" = "touchline", path = "") =>
  createWebhook(
    { store: shop, actor: ADA },
    { name: "chat", url: receiver.url + path, format, events },
    new Date(),
    PRIVATE,
  );

const deliver = (now = new Date(), withinMs = 20_000) =>
  deliverWaiting(
    { store: async () => store },
    { sendMail: (mail) => sendMail(mail), url: "https://touchline.example", reach: PRIVATE, now: () => now, withinMs },
  );

const rows = () => shop.select(deliveries);
const only = async () => {
  const all = await rows();
  expect(all).toHaveLength(1);
  return all[0]!;
};
const later = (from: Date, ms: number) => new Date(from.getTime() + ms);

describe("a webhook", () => {
  test("gets what it listens to, signed so that whoever has the secret can tell", async () => {
    const { secret, webhook } = await add();
    await tell(shop, NOTICE);
    await tell(shop, { ...NOTICE, event: "proposal.rejected" });
    expect(await deliver()).toBe(1);
    const { id, state, doneAt, attempts } = await only();
    expect({ state, attempts, isDone: doneAt !== null }).toEqual({ state: "done", attempts: 1, isDone: true });
    expect(receiver.received).toHaveLength(1);
    const { headers, body } = receiver.received[0]!;
    expect(headers).toMatchObject({
      ...{ "content-type": "application/json", "webhook-id": id, "idempotency-key": id },
    });
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const signed = `${id}.${headers["webhook-timestamp"]}.${body}`;
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
    expect(JSON.parse(body)).toMatchObject({
      type: "proposal.approved",
      data: {
        ...{ workspace: "shop", title: NOTICE.title, facts: NOTICE.facts },
        url: "https://touchline.example/w/shop/proposals?id=1",
      },
    });
    const [row] = await shop.select(webhooks);
    expect(JSON.stringify([row, await shop.select(auditEntries)])).not.toContain(secret.slice(6, 20));
    expect(row!.id).toBe(webhook.id);
  });

  test("that speaks as Slack does gets a text and blocks, in which nothing that people wrote is markup", async () => {
    await add(["proposal.approved"], "slack", "/services/T/B/x");
    await tell(shop, { ...NOTICE, text: "<!channel> *now*" });
    await deliver();
    const { path, body } = receiver.received[0]!;
    expect(path).toBe("/services/T/B/x");
    const { text, blocks } = JSON.parse(body) as { text: string; blocks: { type: string; text?: { text: string } }[] };
    expect(text).toContain("https://touchline.example/w/shop/proposals?id=1");
    expect(blocks[0]!.text!.text).toBe("*Ada has approved &lt;Week 48&gt; &amp; more*\n&lt;!channel&gt; *now*");
    expect(body).not.toContain("<!channel>");
  });

  test("hears nothing of what was not kept", async () => {
    await add();
    const failing = shop.transaction(async (tx) => {
      await tell(tx, NOTICE);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect([await deliver(), await rows()]).toEqual([0, []]);
  });

  test("that fails is tried again later, under the same id, until it takes it", async () => {
    await add();
    await tell(shop, NOTICE);
    const began = new Date();
    receiver.answer = (response) => void response.writeHead(500).end("out of\n order");
    await deliver(began);
    const waiting = await only();
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1, lastError: "it answers 500: out of order" });
    const wait = waiting.nextAt.getTime() - began.getTime();
    expect([wait >= 0.8 * MINUTE, wait <= 1.2 * MINUTE]).toEqual([true, true]);
    expect(await deliver(later(began, 30_000))).toBe(0);
    receiver.answer = (response) => void response.writeHead(204).end();
    expect(await deliver(later(began, 2 * MINUTE))).toBe(1);
    expect(await only()).toMatchObject({ state: "done", attempts: 2, lastError: null });
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([waiting.id, waiting.id]);
    const bodies = new Set(receiver.received.map(({ body }) => body));
    expect(bodies.size).toBe(1);
  });

  test("that never takes it is given up after eight tries in about a day, and can be tried again by hand", async () => {
    await add();
    await tell(shop, NOTICE);
    receiver.answer = (response) => void response.writeHead(503).end();
    const began = new Date();
    let now = began;
    for (let round = 0; round < 20 && (await only()).state === "waiting"; round++) {
      now = new Date(Math.max(now.getTime(), (await only()).nextAt.getTime()));
      await deliver(now);
    }
    const { id, ...row } = await only();
    expect(row).toMatchObject({ state: "given-up", attempts: 8, lastError: "it answers 503" });
    const hours = (now.getTime() - began.getTime()) / (60 * MINUTE);
    expect([hours > 16, hours < 28]).toEqual([true, true]);
    receiver.answer = (response) => void response.end();
    const desk = notificationsRouter.createCaller(
      await requestOf({ store: async () => store }, "shop", "ada", "admin"),
    );
    expect(await desk.sendAgain({ id })).toMatchObject({ state: "waiting", attempts: 0 });
    await expect(desk.sendAgain({ id })).rejects.toMatchObject({ code: "CONFLICT" });
    await deliver();
    expect(await only()).toMatchObject({ state: "done" });
    await expect(desk.sendAgain({ id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("that is gone is switched off, and says so in the audit", async () => {
    const { webhook } = await add();
    await tell(shop, NOTICE);
    receiver.answer = (response) => void response.writeHead(410).end();
    await deliver();
    expect(await only()).toMatchObject({ state: "given-up", lastError: expect.stringContaining("410") });
    expect((await shop.select(webhooks))[0]!.disabledAt).not.toBeNull();
    const acts = (await shop.select(auditEntries)).map(({ action, body }) => [action, JSON.parse(body).subject.id]);
    expect(acts).toContainEqual(["webhooks.disable", webhook.id]);
    await tell(shop, NOTICE);
    expect(await rows()).toHaveLength(1);
  });

  test("is sent nowhere else: redirects are not followed, and an endless answer is not read to its end", async () => {
    await add();
    await tell(shop, NOTICE);
    receiver.answer = (response) => void response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end();
    await deliver();
    expect(await only()).toMatchObject({ state: "waiting", lastError: "it answers 302: redirects are not followed" });
    expect(receiver.received.map(({ path }) => path)).toEqual(["/"]);
    let written = 0;
    receiver.answer = (response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(1_000))) written += 1_000;
        if (!response.destroyed) response.once("drain", more);
      };
      response.on("error", () => undefined);
      more();
    };
    await deliver(later(new Date(), 2 * MINUTE));
    expect((await only()).lastError).toMatch(/^it answers 500: x{200}…$/);
    expect(written).toBeLessThan(50_000_000);
  });

  test("that does not answer is waited for ten seconds, and no longer than a command has", async () => {
    await add();
    await tell(shop, NOTICE);
    receiver.answer = () => undefined;
    const began = Date.now();
    await deliver(new Date(), 300);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(await only()).toMatchObject({ state: "waiting", attempts: 0, heldUntil: null });
    await deliver();
    expect(await only()).toMatchObject({ state: "waiting", attempts: 1, lastError: "no answer within 10 s" });
  }, 30_000);

  test("is removed with what waits for it", async () => {
    const { webhook } = await add();
    await tell(shop, NOTICE);
    const desk = notificationsRouter.createCaller(
      await requestOf({ store: async () => store }, "shop", "ada", "admin"),
    );
    await desk.removeWebhook({ id: webhook.id });
    expect([await deliver(), receiver.received.length]).toEqual([0, 0]);
    expect(await only()).toMatchObject({ state: "given-up", lastError: "the webhook was removed" });
    expect(await desk.webhooks()).toEqual([]);
    await expect(desk.removeWebhook({ id: webhook.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("leads out of the operator's network, unless the operator says otherwise", async () => {
    const desk = notificationsRouter.createCaller(
      await requestOf({ store: async () => store }, "shop", "ada", "admin"),
    );
    for (const url of [
      receiver.url,
      "https://169.254.169.254/latest",
      "https://localhost/x",
      "http://hooks.example/",
    ]) {
      const asked = desk.createWebhook({ name: "x", url, format: "touchline", events: ["test"] });
      await expect(asked).rejects.toThrow(/nothing can be sent to/);
    }
    expect(await desk.webhooks()).toEqual([]);
    // One that was added while it was allowed, or whose name leads elsewhere now.
    await add();
    await tell(shop, NOTICE);
    const options = { sendMail, url: "https://touchline.example", reach: { allowsPrivate: false }, withinMs: 5_000 };
    await deliverWaiting({ store: async () => store }, options);
    expect(await only()).toMatchObject({ state: "waiting", lastError: expect.stringContaining("private network") });
    expect(receiver.received).toEqual([]);
  });

  test("of another workspace is not there, and hears nothing", async () => {
    const { webhook } = await add();
    await tell(store.in("elsewhere"), NOTICE);
    const other = notificationsRouter.createCaller(
      await requestOf({ store: async () => store }, "elsewhere", "eve", "owner"),
    );
    expect([await other.webhooks(), await other.deliveries()]).toEqual([[], []]);
    await expect(other.removeWebhook({ id: webhook.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect([await deliver(), receiver.received.length]).toEqual([0, 0]);
  });
});

describe("what is to be told", () => {
  test("is sent once, however many servers send at the same time", async () => {
    await add();
    for (let n = 0; n < 20; n++) await tell(shop, NOTICE);
    const second = database === null ? store : await openStore(place, SECRET);
    const options = { sendMail, url: "https://touchline.example", reach: PRIVATE, withinMs: 20_000 };
    const tries = await Promise.all(
      [store, second, store, second].map((each) => deliverWaiting({ store: async () => each }, options)),
    );
    if (second !== store) await second.close();
    expect(tries.reduce((sum, count) => sum + count)).toBe(20);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
    expect(receiver.received).toHaveLength(20);
    expect((await rows()).every(({ state, attempts }) => state === "done" && attempts === 1)).toBe(true);
  });

  test.each([
    ["taken", 0],
    ["sent", 1],
  ])(
    "is never lost when the process is killed with it %s: the same id comes (again) a minute later",
    async (moment, before) => {
      await add();
      await tell(shop, NOTICE);
      const { id } = await only();
      if (database === null) await store.close();
      const own = "url" in place ? place.url : place.folder;
      const child = spawn(process.execPath, ["--import", "tsx", DYING, own, moment], { stdio: "inherit" });
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");
      expect(receiver.received).toHaveLength(before);
      if (database === null) {
        store = await openStore(place, SECRET);
        shop = store.in("shop");
      }
      expect(await only()).toMatchObject({ state: "waiting" });
      expect(await deliver()).toBe(0); // Whoever had it may be at it still.
      expect(await deliver(later(new Date(), 2 * MINUTE))).toBe(1);
      expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual(Array(before + 1).fill(id));
      expect(await only()).toMatchObject({ state: "done" });
    },
  );

  test("is sent by a server within seconds, which gives back what it holds when it stops", async () => {
    await add();
    receiver.answer = () => undefined;
    await tell(shop, NOTICE);
    const options = { sendMail, url: "https://touchline.example", reach: PRIVATE };
    const stop = keepDelivering({ store: async () => store }, options);
    await expect.poll(() => receiver.received.length).toBe(1);
    const began = Date.now();
    await stop();
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(await only()).toMatchObject({ state: "waiting", attempts: 0, heldUntil: null });
    receiver.answer = (response) => void response.end();
    const next = keepDelivering({ store: async () => store }, options);
    await expect.poll(async () => (await only()).state).toBe("done");
    await next();
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  }, 30_000);

  test("goes by mail to members with the right, but to whoever did it, in both languages", async () => {
    for (const [name, role] of [
      ["ada", "admin"],
      ["vic", "viewer"],
      ["fay", "finance"],
      ["ben", "media-buyer"],
    ] as const)
      await requestOf({ store: async () => store }, "shop", name, role);
    await tell(shop, { ...NOTICE, mailTo: "plans:approve", except: "fay of shop" });
    await deliver();
    expect(mails.map(({ to }) => to).sort()).toEqual(["ada@shop.example", "ben@shop.example"]);
    const [{ subject, text, id }] = mails as [Mail];
    expect(subject).toBe(`Touchline: ${NOTICE.title}`);
    for (const part of [NOTICE.text, "https://touchline.example/w/shop/proposals?id=1", "Un plan a été approuvé"])
      expect(text).toContain(part);
    expect((await rows()).map((row) => row.id)).toContain(id);
    mails.length = 0;
    await tell(shop, { ...NOTICE, mailTo: { people: ["vic of shop", "nobody"] } });
    await deliver();
    expect(mails.map(({ to }) => to)).toEqual(["vic@shop.example"]);
  });

  test("goes to addresses as it stands, with its files, which are not kept once they were sent", async () => {
    const attachments = [{ name: "roi.csv", type: "text/csv", base64: Buffer.from("a;b\n").toString("base64") }];
    const mailTo = { addresses: ["cfo@bank.example", "cfo@bank.example"] };
    await tell(shop, { ...NOTICE, title: "Le rapport de mai", event: "report.ready", mailTo, attachments });
    sendMail = () => Promise.reject(new Error("421 try later"));
    const began = new Date();
    await deliver(began);
    expect(await only()).toMatchObject({ state: "waiting", attempts: 1, lastError: expect.stringMatching(/SMTP_URL/) });
    sendMail = async (mail) => void mails.push(mail);
    await deliver(later(began, 2 * MINUTE));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([["cfo@bank.example", "Le rapport de mai"]]);
    expect(mails[0]!.text).not.toContain("détails");
    expect(Buffer.from(mails[0]!.attachments![0]!.content).toString()).toBe("a;b\n");
    expect((await only()).body).not.toContain(attachments[0]!.base64);
  });

  test("is forgotten a month after it was sent, and not while it waits", async () => {
    await add();
    await tell(shop, NOTICE, later(new Date(), -40 * 24 * 60 * MINUTE));
    await deliver();
    expect(await rows()).toEqual([]);
  });
});

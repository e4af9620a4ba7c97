import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { collectorRouter } from "@touchline/server/collector";
import express from "express";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenBrowser, openChromium } from "./chromium.ts";

/** A shop on one port, the collector on another, and a real browser that goes shopping. */
let browser: OpenBrowser;
let collector: Server;
let shop: Server;
let collectorUrl: string;
let shopUrl: string;
let context: BrowserContext;

type Sent = Record<string, unknown>;
let sent: Sent[];
let answered: number;
let lines: Record<string, string>[];
let withdrawn: string[];
let complaints: string[];

const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
const GOOGLE = "https://www.google.com/";

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The page says in its address how it wants to be: `/p?attributes=…&inline=…`. */
function pageOf(address: URL): string {
  const attributes = address.searchParams.get("attributes") ?? "";
  const script = `<script async src="${collectorUrl}/t.js" ${attributes}></script>`;
  const inline = `<script>window.touchline = window.touchline || function () { (touchline.q = touchline.q || []).push(arguments) };
    ${address.searchParams.get("inline") ?? ""}</script>`;
  const frame = address.searchParams.has("framed")
    ? `<iframe sandbox="allow-scripts" srcdoc='<script src="${collectorUrl}/t.js" data-consent="granted"></script>'></iframe>`
    : "";
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Boutique</title><p>Boutique</p>${frame === "" ? inline + script : frame}`;
}

beforeAll(async () => {
  const app = express();
  app.post("/v1/collect", (request, response, next) => {
    // The browser of this test says that it is headless, and in beacons of a page that is left nothing changes its mind.
    request.headers["user-agent"] = PERSON;
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString("utf8");
    });
    request.on("end", () => sent.push(JSON.parse(body)));
    response.on("finish", () => answered++);
    next();
  });
  app.use(
    collectorRouter({
      describe: async () => ({ origins: [shopUrl], currency: "EUR" }),
      listedOrigins: async () => [shopUrl],
      async accept(_workspace, _kind, batch) {
        for (const line of batch) lines.push(JSON.parse(line.toString()));
      },
      async withdraw(_workspace, visitorId) {
        withdrawn.push(visitorId);
      },
    }),
  );
  collector = createServer(app);
  shop = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(pageOf(new URL(request.url!, shopUrl)));
  });
  [collectorUrl, shopUrl, browser] = await Promise.all([listen(collector), listen(shop), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  collector?.close();
  shop?.close();
});

beforeEach(async () => {
  [sent, lines, withdrawn, complaints, answered] = [[], [], [], [], 0];
  context = await browser.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

interface Visit {
  readonly attributes?: string;
  readonly inline?: string;
  readonly referrer?: string;
  readonly page?: Page;
}

async function visit(address: string, { attributes, inline, referrer, page: open }: Visit = {}): Promise<Page> {
  const page = open ?? (await context.newPage());
  if (open === undefined) {
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  }
  const url = new URL(address, shopUrl);
  if (attributes !== undefined) url.searchParams.set("attributes", attributes);
  if (inline !== undefined) url.searchParams.set("inline", inline);
  await page.goto(url.href, referrer === undefined ? {} : { referer: referrer });
  await page.waitForFunction("window.touchline.on === 1");
  return page;
}

const events = (count: number) => expect.poll(() => answered, { timeout: 10_000 }).toBe(count);
const cookie = async (name: string) => (await context.cookies()).find((each) => each.name === name);
const stored = (page: Page) =>
  page.evaluate("[document.cookie, Object.keys(localStorage).length, Object.keys(sessionStorage).length]");
const GRANTED = "touchline('consent', 'granted')";
const AD = "/robes?utm_source=google&utm_medium=cpc&utm_campaign=Marque%20FR&utm_content=a1&gclid=Ab-1_c";

describe("without consent", () => {
  test("nothing is stored, and the visit is sent without an id when the page is left", async () => {
    const page = await visit(AD, { referrer: GOOGLE });
    expect(await stored(page)).toEqual(["", 0, 0]);
    expect(sent).toEqual([]);
    await page.goto("about:blank");
    await events(1);
    expect(sent[0]).toMatchObject({ consent: "denied", path: "/robes", source: "google", click_id: "gclid" });
    expect(sent[0]).not.toHaveProperty("visitor_id");
    expect(lines).toMatchObject([{ visitor_id: "", campaign: "Marque FR", interaction: "click" }]);
    expect(await context.cookies()).toEqual([]);
  });

  test("a refusal sends at once, and a link to a person goes nowhere", async () => {
    const page = await visit("/", { referrer: GOOGLE });
    await page.evaluate("touchline('identify', 'C-1'); touchline('consent', 'denied')");
    await events(2);
    expect(lines).toMatchObject([{ visitor_id: "", referrer: "https://www.google.com" }]);
    expect(await stored(page)).toEqual(["", 0, 0]);
  });

  test.each([
    [
      "Global Privacy Control",
      "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })",
    ],
    ["Do Not Track", "Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })"],
  ])("%s outranks what the page says", async (_name, script) => {
    await context.addInitScript(script);
    const page = await visit(AD, { attributes: 'data-consent="granted"', inline: GRANTED });
    await page.evaluate(`${GRANTED}; touchline('conversion', { type: 'purchase', revenue: 10, order_id: 'FR-9' })`);
    await events(2);
    expect(lines.map(({ visitor_id, consent }) => [visitor_id, consent])).toEqual([
      ["", "denied"],
      ["", "denied"],
    ]);
    expect(lines[0]!.click_id).toBe("gclid");
    expect(await stored(page)).toEqual(["", 0, 0]);
  });
});

describe("with consent", () => {
  test("given on the landing page, the visitor keeps one id and the landing page its source", async () => {
    const page = await visit(AD, { referrer: GOOGLE });
    await page.evaluate(GRANTED);
    await events(1);
    const { value: id, expires } = (await cookie("_tl"))!;
    expect(sent[0]).toMatchObject({ visitor_id: id, consent: "granted", click_id: "gclid=Ab-1_c", first: true });
    expect(lines).toMatchObject([{ visitor_id: id, source: "google", medium: "cpc", creative: "a1" }]);
    const months = (expires - Date.now() / 1_000) / 86_400 / 30.4375;
    expect(months).toBeGreaterThan(12.9);
    expect(months).toBeLessThanOrEqual(13);

    await visit("/panier", { page, inline: GRANTED, referrer: `${shopUrl}/robes` });
    await events(2);
    expect(sent[1]).toMatchObject({ visitor_id: id, first: false, path: "/panier" });
    expect(sent[1]!.id).not.toBe(sent[0]!.id);
    expect(lines).toHaveLength(1);
    expect((await cookie("_tl"))!.expires).toBe(expires);
  });

  test("given in the middle of a visit, no second visit begins", async () => {
    const page = await visit("/", { referrer: GOOGLE });
    await visit("/panier", { page, inline: GRANTED, referrer: `${shopUrl}/` });
    await events(2);
    expect(lines).toMatchObject([{ visitor_id: "", referrer: "https://www.google.com" }]);
  });

  test("a visit from nowhere is direct, once in half an hour", async () => {
    const page = await visit("/", { attributes: 'data-consent="granted"' });
    await visit("/autre", { page, attributes: 'data-consent="granted"' });
    await events(2);
    expect(lines).toMatchObject([{ source: "(direct)", medium: "(none)", interaction: "visit" }]);
    await context.clearCookies({ name: "_tls" });
    await visit("/", { page, attributes: 'data-consent="granted"' });
    await events(3);
    expect(lines).toHaveLength(2);
    expect(new Set(lines.map(({ visitor_id }) => visitor_id)).size).toBe(1);
  });

  test("a reload is no new click on the ad", async () => {
    const page = await visit(AD, { attributes: 'data-consent="granted"', referrer: GOOGLE });
    await events(1);
    await page.reload();
    await events(2);
    expect(sent[1]).not.toHaveProperty("source");
    expect(lines).toHaveLength(1);
  });

  test("a page that changes in place counts each view, forward and back, and no new source", async () => {
    const page = await visit(AD, { attributes: 'data-consent="granted"', referrer: GOOGLE });
    await page.evaluate(
      "history.pushState({}, '', '/robes/rouge'); history.pushState({}, '', '/robes/rouge?taille=38')",
    );
    await page.goBack();
    await page.goBack();
    await events(3);
    expect(sent.map(({ path }) => path)).toEqual(["/robes", "/robes/rouge", "/robes"]);
    expect(new Set(sent.map(({ visitor_id }) => visitor_id)).size).toBe(1);
    expect(lines).toHaveLength(1);
  });

  test("orders and persons follow, also when they were told before the script was there", async () => {
    const told = `touchline('conversion', { type: 'purchase', revenue: '49.90', currency: 'EUR', order_id: 'FR-1' });
      touchline('identify', 'C-17'); ${GRANTED}`;
    await visit("/merci", { inline: told });
    await events(3);
    const { value: id } = (await cookie("_tl"))!;
    expect(sent.map(({ type }) => type)).toEqual(["page", "conversion", "identify"]);
    expect(lines[1]).toMatchObject({ conversion_id: "purchase:FR-1", revenue: "49.90", visitor_id: id });
    expect(lines[2]).toMatchObject({ visitor_id: id, person_id: "C-17" });
  });

  test("taken back, the cookie is gone, the old id is told, and what follows names nobody", async () => {
    const page = await visit("/", { attributes: 'data-consent="granted"' });
    await events(1);
    const { value: id } = (await cookie("_tl"))!;
    await page.evaluate("touchline('consent', 'withdrawn'); touchline('conversion', { type: 'lead' })");
    await events(3);
    expect(withdrawn).toEqual([id]);
    expect(await context.cookies()).toEqual([]);
    expect(lines[1]).toMatchObject({ conversion_type: "lead", visitor_id: "", consent: "denied" });
  });

  test.each([
    [[1, 7], "granted"],
    [[1, 2], "denied"],
  ])("a banner of the TCF 2.2 that says purposes %j is %s", async (purposes, consent) => {
    const consents = Object.fromEntries(purposes.map((purpose) => [purpose, true]));
    const banner = `window.__tcfapi = (command, version, callback) => {
      callback({ eventStatus: 'cmpuishown', purpose: { consents: {} } }, true);
      setTimeout(() => callback({ eventStatus: 'useractioncomplete', purpose: { consents: ${JSON.stringify(consents)} } }, true));
    }`;
    await visit("/", { inline: banner, referrer: GOOGLE });
    await events(1);
    expect(lines).toMatchObject([{ consent }]);
    expect((await cookie("_tl")) !== undefined).toBe(consent === "granted");
  });
});

test("a frame without storage counts without an id and without an error", async () => {
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${shopUrl}/?framed=1`);
  await events(1);
  expect(sent[0]).toMatchObject({ type: "page", visitor_id: "" });
});

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { type OpenBrowser, openChromium } from "./chromium.ts";

/** The browser of the tests says that it is headless, and what says so is not counted as a person. */
const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

let folder: string;
let data: string;
let shop: Server;
let shopUrl: string;
let touchline: RunningServer;
let browser: OpenBrowser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-collector-"));
  data = join(folder, "data");
  shop = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, "http://shop");
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Boutique</title>
       <script>window.touchline = window.touchline || function () { (touchline.q = touchline.q || []).push(arguments) };
       ${searchParams.get("inline") ?? ""}</script><script async src="${touchline.url}/t.js" data-consent="${searchParams.get("consent")}"></script>`,
    );
  });
  shop.listen(0, "127.0.0.1");
  await new Promise((ready) => shop.once("listening", ready));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  await runTouchline(["settings", "--currency", "EUR", "--set", `collector-origins=${shopUrl}`, "--data", data]);
  touchline = await startServer(["serve", "--data", data]);
  browser = await openChromium(`--user-agent=${PERSON}`);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await touchline?.stop();
  shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the shop, and leaves it for an empty page: events that waited for a decision about consent leave with it. */
async function visit(query: Record<string, string>): Promise<void> {
  const page = await browser.browser.newPage();
  await page.goto(`${shopUrl}/?${new URLSearchParams(query)}`);
  await page.waitForFunction("window.touchline.on === 1");
  await page.goto("about:blank");
}

async function received(): Promise<number> {
  const { stdout } = await runTouchline(["imports", "--json", "--data", data]);
  const { imports } = JSON.parse(stdout) as { imports: { received: number }[] };
  return imports.reduce((sum, batch) => sum + batch.received, 0);
}

test("a visit with a campaign and an order becomes a touch, a conversion and credit; one without consent a total without an id", async () => {
  const bought = "touchline('conversion', { type: 'purchase', revenue: 79.9, currency: 'EUR', order_id: 'o-1' });";
  await visit({ consent: "required", utm_source: "newsletter", utm_medium: "email", utm_campaign: "march" });
  await expect.poll(received, { timeout: 20_000 }).toBe(1);
  await visit({ consent: "granted", inline: bought, utm_source: "google", utm_medium: "cpc", utm_campaign: "spring" });
  await expect.poll(received, { timeout: 20_000 }).toBe(3);
  const { stdout } = await runTouchline(["attribute", "--model", "last", "--json", "--data", data]);
  expect(JSON.parse(stdout)).toMatchObject({
    totals: { conversions: 1, revenue: "79.9" },
    channels: [
      { channel: "Paid Search", conversions: 1, revenue: "79.9" },
      { channel: "Email", conversions: 0, revenue: "0" },
    ],
  });
  const health = await runTouchline(["health", "--rule", "no-consent", "--json", "--data", data]);
  const { findings } = JSON.parse(health.stdout) as { findings: { subject: string; figure: number }[] };
  expect(findings.some(({ figure }) => figure > 0)).toBe(true);
}, 60_000);

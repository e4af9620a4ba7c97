import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** Files and origins of a small shop, taken with a real browser from a real server under its own policy. */
let world: PageWorld;
let server: string;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  server = await world.serve(data);
});
afterAll(() => world?.close());

/** The first look at a page works its figures out, on a machine that may be busy. */
const PATIENCE_MS = 90_000;
async function visit(address: string, options: { locale?: string } = {}) {
  const visited = await world.visit(address, options);
  visited.page.setDefaultTimeout(PATIENCE_MS);
  return visited;
}

async function take(page: Page, from: Locator, format: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  await from.getByRole("button", { name: /^(Export|Exporter) / }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    from.getByRole("list").getByRole("button", { name: format }).first().click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Width and height stand in the header of the file. */
const sizeOfPng = (bytes: Buffer) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) });

/** `Intl` sets narrow spaces between days. */
const plain = (text: unknown) => String(text).replaceAll(/[\u2009\u202f\u00a0]/g, " ");

const DAYS = "?from=2026-08-15&to=2026-10-15";
const BOM = "\ufeff";

describe("files of a chart", () => {
  test("are the figures that stand under it, as text, as a spreadsheet and as a picture", async () => {
    const { page, complaints } = await visit(`${server}/attribution${DAYS}`);
    const chart = card(page, "Credit by model");
    await chart.getByRole("img").first().waitFor();

    const csv = await take(page, chart, /^CSV opens/);
    expect(csv.name).toBe("credit-by-model_default_2026-08-15_2026-10-15.csv");
    const lines = csv.bytes.toString("utf8").split("\r\n");
    expect(lines[0]).toBe(`${BOM}Channel,Last touch (EUR),Markov (EUR),Incremental (EUR)`);

    const xlsx = await take(page, chart, /^Excel/);
    const [head, first] = await readSheet(xlsx.bytes, "Figures");
    expect(head?.[0]).toBe("Channel");
    const [name, ...figures] = (lines[1] ?? "").split(",");
    expect(first?.[0]).toBe(name);
    expect(first?.slice(1).map(Number)).toEqual(figures.map(Number));
    const notes = new Map((await readSheet(xlsx.bytes, "Notes")).map(([label, text]) => [label, text]));
    expect(plain(notes.get("Days"))).toBe("15 Aug – 15 Oct 2026");
    expect(notes.get("Address of the view")).toBe(page.url());
    expect(String(notes.get("Run")).length).toBeGreaterThan(20);
    expect(notes.get("Credited revenue")).toMatch(/booked revenue/);

    const png = await take(page, chart, /^PNG, light/);
    const figure = await chart.locator("figure").boundingBox();
    expect(sizeOfPng(png.bytes).width).toBeGreaterThan(2 * (figure?.width ?? 0));

    const svg = (await take(page, chart, /^SVG/)).bytes.toString("utf8");
    expect(svg).toMatch(/^<svg [^>]*width=/);
    for (const text of ["Credit by model", "Incremental", "Credited revenue of each channel under each model"])
      expect(svg).toContain(text);
    expect(svg).not.toMatch(/var\(--|class=|style=|<script|foreignObject/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("in French open in a French spreadsheet", async () => {
    const { page } = await visit(`${server}/attribution${DAYS}`, { locale: "fr-FR" });
    const chart = card(page, "Crédit par modèle");
    await chart.getByRole("img").first().waitFor();
    const csv = (await take(page, chart, /^CSV s’ouvre/)).bytes.toString("utf8").split("\r\n");
    expect(csv[0]?.startsWith(`${BOM}Canal;`)).toBe(true);
    expect(csv[1]).toMatch(/;\d+,\d+/);
    const programs = (await take(page, chart, /^CSV pour programmes/)).bytes.toString("utf8").split("\r\n");
    expect(programs[0]?.startsWith("Canal,")).toBe(true);
    expect(programs[1]).toMatch(/,\d+\.\d+/);
    await page.context().close();
  });
});

describe("files of a table", () => {
  test("hold every row and add up to their total, taken by keyboard alone", async () => {
    const { page, complaints } = await visit(`${server}/journeys${DAYS}`);
    const paths = card(page, "Most common paths");
    await paths.getByRole("table").waitFor();
    const button = paths.getByRole("button", { name: /^Export / });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    const text = readFileSync(await download.path(), "utf8");
    const rows = text.trim().split("\r\n").slice(1);
    const conversions = rows.map((row) => Number(/,(\d+),[\d.]+%,/.exec(row)?.[1]));
    expect(conversions.length).toBeGreaterThan(5);
    expect(conversions.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(conversions.at(-1));
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Export “Most common paths”");
    await paths.getByText(/^Saved as/).waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("may be larger than what is packed at once: the writer's own worker is let through", async () => {
    const { page, complaints } = await visit(`${server}/data`);
    const answer = await page.evaluate(`new Promise((resolve) => {
      const worker = new Worker(URL.createObjectURL(new Blob(["postMessage('packed')"])));
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve("refused");
    })`);
    expect(answer).toBe("packed");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("where figures come from", () => {
  test("one click tells the definition, the inputs and the run; Escape gives the focus back", async () => {
    const { page, complaints } = await visit(`${server}/attribution${DAYS}`);
    const chart = card(page, "Credit by model");
    await chart.getByRole("img").first().waitFor();
    const button = chart.getByRole("button", { name: "How is this computed?" });
    await button.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: /How is this computed.*Credit by model/ });
    await drawer.getByText("Version of the code").waitFor();
    const told = plain(await drawer.textContent());
    for (const part of ["Credited revenue", "15 Aug – 15 Oct 2026", "Europe/Paris", "Incremental", "of every type"])
      expect(told).toContain(part);
    expect(await drawer.getByText(/^touchline runs show [0-9a-f]{8}$/).count()).toBe(1);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    expect(await page.locator(":focus").textContent()).toBe("How is this computed?");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("every card with figures has that button", async () => {
    const { page } = await visit(`${server}/attribution`);
    for (const path of [
      "performance",
      "pacing",
      "",
      "attribution",
      "attribution/quality",
      "journeys",
      "curves",
      "planner",
      "tests",
      "data",
    ]) {
      await page.goto(`${server}/${path}`);
      await page.locator("main section.card").first().waitFor();
      await expect.poll(() => page.locator("main .card[aria-busy=true]").count(), { timeout: 60_000 }).toBe(0);
      const without = await page
        .locator("main section.card")
        .filter({ has: page.locator("td.numeric, figure svg[role=img]") })
        .filter({ hasNot: page.getByRole("button", { name: "How is this computed?" }) })
        .getByRole("heading", { level: 2 })
        .allTextContents();
      expect({ path, without }).toEqual({ path, without: [] });
    }
    await page.context().close();
  });

  test("the name of a channel opens its effect by lag, which the address keeps", async () => {
    const { page, complaints } = await visit(`${server}/attribution${DAYS}`);
    const table = card(page, "Channel by channel: Credited revenue, in €");
    await table.getByRole("button", { name: "Paid Search", exact: true }).click();
    const drawer = page.getByRole("dialog", { name: /Effect by lag.*Paid Search/ });
    await drawer.getByRole("img", { name: /Paid Search/ }).waitFor({ timeout: 60_000 });
    await expect.poll(() => page.url()).toContain("lag=Paid+Search");
    await page.reload();
    await drawer.getByRole("img", { name: /Paid Search/ }).waitFor({ timeout: 60_000 });
    await drawer.getByRole("button", { name: "Close" }).click();
    await drawer.waitFor({ state: "hidden" });
    await expect.poll(() => page.url()).not.toContain("lag=");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("channels that the filter leaves out stand together, and columns still add up", async () => {
    const { page } = await visit(`${server}/attribution${DAYS}&channels=${encodeURIComponent('["Paid Search"]')}`);
    const table = card(page, "Channel by channel: Credited revenue, in €");
    await table.getByRole("rowheader", { name: "Other channels" }).waitFor();
    const names = await table.getByRole("rowheader").allTextContents();
    expect(names).toEqual(["Paid Search", "Other channels", "No touch, baseline", "Total"]);
    await table.getByText(/Every model adds up to what was booked/).waitFor();
    await page.context().close();
  });
});

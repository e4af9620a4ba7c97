import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTouchline } from "../support/process.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A small shop and a file of orders with mistakes, looked at with a real browser. */
let world: PageWorld;
let data: string;
let server: string;
let refusedServer: string;

const ORDERS = [
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  ...Array.from({ length: 8 }, (_, i) => `bad-${i},2026-10-2${i}T10:00:00Z,v${i},purchase,abc,EUR`),
  ...Array.from({ length: 5 }, (_, i) => `usd-${i},2026-10-2${i}T10:00:00Z,v${i},purchase,25,USD`),
  "good,2026-10-20T10:00:00Z,v1,purchase,12.50,EUR",
].join("\n");

const RATES = `date,base,currency,rate\n${Array.from({ length: 9 }, (_, i) => `2026-10-2${i},EUR,USD,1.25`).join("\n")}\n`;

beforeAll(async () => {
  world = await openPageWorld();
  data = world.data("data");
  await world.loadSmallShop(data);
  await world.load("import", "conversions", world.file("orders.csv", ORDERS), "--data", data);
  const refused = world.data("refused");
  // Everything is refused: the command says so by its exit code.
  const bad = world.file("bad.csv", ORDERS.split("\n").slice(0, 4).join("\n"));
  await runTouchline(["import", "conversions", bad, "--data", refused]);
  [server, refusedServer] = await Promise.all([world.serve(data), world.serve(refused)]);
});
afterAll(() => world?.close());

const visit = ({ url = server, ...options }: { locale?: string; width?: number; url?: string } = {}) =>
  world.visit(`${url}/data`, options);

describe("the data page", () => {
  test("says what needs somebody, and where every row went", async () => {
    const { page, complaints } = await visit();
    await page.getByText(/Needs you to act/).waitFor();
    await page.getByText("a currency without a rate; rows refused: 5").waitFor();
    expect(await page.getByRole("link", { name: "Data", exact: true }).getAttribute("aria-current")).toBe("page");
    const imports = card(page, "Imports").getByRole("row").filter({ hasText: "orders.csv" });
    expect(await imports.getByRole("cell").allTextContents()).toEqual(
      expect.arrayContaining(["conversions", "file", "14", "1", "13"]),
    );
    const sources = card(page, "Sources").getByRole("row").filter({ hasText: "conversions" });
    await sources.getByRole("img", { name: /without a row among those shown/ }).waitFor();
    await page.getByText(/rows of the last 60 days were stored/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("speaks French, and fits a phone", async () => {
    const french = await visit({ locale: "fr-FR" });
    await french.page.getByText(/À traiter\s: \d+ sur \d+ contrôles/).waitFor();
    await french.page.getByText(/montants dans une devise sans taux/).waitFor();
    expect(french.complaints).toEqual([]);
    await french.page.context().close();
    const { page } = await visit({ width: 390 });
    await page.getByText(/Needs you to act/).waitFor();
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
    await page.context().close();
  });

  test("shows refused rows even where nothing else came in", async () => {
    const { page, complaints } = await visit({ url: refusedServer });
    await page.getByText("Rows waiting to be dealt with: 3; different reasons: 1.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("names a server that went away, and comes back with it", async () => {
    const { page } = await visit();
    await page.getByText(/Needs you to act/).waitFor();
    await page.route("**/trpc/**data.**", (route) => route.abort());
    await page.reload();
    const retry = page.getByRole("button", { name: "Try again" }).first();
    await retry.waitFor({ timeout: 30_000 });
    await page.unroute("**/trpc/**data.**");
    await retry.click();
    await page.getByText(/Needs you to act/).waitFor();
    await page.context().close();
  });
});

// Last and in this order, because they change the data.
describe("refused rows", () => {
  test("are chosen by reason and replayed once what they lacked is there", async () => {
    await world.load("import", "rates", world.file("rates.csv", RATES), "--data", data);
    const { page, complaints } = await visit();
    await page.getByRole("button", { name: /no exchange rate/ }).click();
    await page.getByRole("button", { name: "Replay all 5" }).click();
    await page.getByText("Rows read again: 5; stored: 5, refused once more: 0.").waitFor();
    await page.getByText("Rows waiting to be dealt with: 8; different reasons: 1.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("are ticked one by one and discarded after a question, by keyboard too", async () => {
    const { page } = await visit();
    const box = page.getByRole("checkbox", { name: /^Select line 3 of/ });
    await box.focus();
    await page.keyboard.press("Space");
    const discard = page.getByRole("button", { name: "Discard selected" });
    await discard.focus();
    await page.keyboard.press("Enter");
    // The harmless answer has the focus: Enter by accident discards nothing.
    await page.getByText("Rows to discard: 1.").waitFor();
    await page.locator("button:focus", { hasText: "Keep" }).waitFor();
    await page.keyboard.press("Enter");
    await discard.click();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await page.getByText("Rows discarded: 1.").waitFor();
    await page.getByText("Rows waiting to be dealt with: 7").waitFor();
    expect(await page.getByRole("checkbox", { name: /^Select line 3 of/ }).count()).toBe(0);
    await page.getByLabel("State").selectOption("discarded");
    await page.getByText("not kept").waitFor();
    await page.context().close();
  });
});

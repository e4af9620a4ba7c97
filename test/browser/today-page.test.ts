import { afterAll, beforeAll, expect, test } from "vitest";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

let world: PageWorld;
let address: string;

/** The first visit fits the incremental model beside the page. */
const WAIT_MS = 180_000;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  address = await world.serve(data);
}, WAIT_MS);
afterAll(() => world?.close());

test("opens on one sentence, what waits, what changed and how sound the data is", { timeout: WAIT_MS }, async () => {
  const { page, complaints } = await world.visit(address);
  await page.getByText("of revenue in the last full week", { exact: false }).waitFor();
  await card(page, "What needs you").waitFor();
  const changed = card(page, "What changed");
  await changed.getByRole("row").filter({ hasText: "Paid Search" }).waitFor();
  await card(page, "Revenue by week").getByRole("img").waitFor();
  await card(page, "Health").getByText("checks", { exact: false }).first().waitFor();
  // What the model says comes by itself, without anybody asking for it.
  await card(page, "Incremental ROAS by week")
    .getByText("for each", { exact: false })
    .first()
    .waitFor({ timeout: WAIT_MS });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("leads to the reason why a channel moved, by keyboard", { timeout: WAIT_MS }, async () => {
  const { page, complaints } = await world.visit(address);
  const link = card(page, "What changed").getByRole("link", { name: "Why Paid Search moved" });
  await link.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/performance\?/);
  await expect.poll(() => new URL(page.url()).searchParams.get("why")).toBe("Paid Search");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the weeks of a chart are read one by one, and as a table", { timeout: WAIT_MS }, async () => {
  const { page } = await world.visit(address, { locale: "fr-FR" });
  const chart = card(page, "Chiffre d’affaires par semaine");
  await chart.getByRole("img").focus();
  await page.keyboard.press("ArrowRight");
  await chart.getByText("Attendu", { exact: false }).first().waitFor();
  await chart.getByRole("button", { name: "Voir le tableau" }).press("Enter");
  await chart.getByRole("columnheader", { name: "Semaine du" }).waitFor();
  await page.context().close();
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { loaded } from "./page-list.ts";
import { openPageWorld, type PageWorld } from "./page-world.ts";

let world: PageWorld;
let address: string;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  address = await world.serve(data);
});
afterAll(() => world?.close());

test("what a platform holds a campaign to is typed in its row, and kept", async () => {
  const { page, complaints } = await world.visit(`${address}/settings/campaigns`);
  await loaded(page);
  const name = (await page.locator(".campaigns-table tbody th").first().innerText()).trim();
  const change = page.getByRole("button", { name: `${name}: Change`, exact: false });
  await change.first().press("Enter");
  const form = page.getByRole("form", { name, exact: true });
  await form.getByLabel("Bid strategy").selectOption({ label: "Target CPA" });
  await form.getByLabel("Target", { exact: false }).last().fill("0");
  await form.getByText("It has to be above 0; empty for none.").waitFor();
  expect(await form.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  await form.getByLabel("Target", { exact: false }).last().fill("25");
  await form.getByLabel("Least a day", { exact: false }).fill("12.5");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText(`${name} is saved.`).waitFor();
  await page.reload();
  await loaded(page);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  expect(await row.innerText()).toContain("Target CPA");
  expect(await row.innerText()).toContain("€12.50");
  await page.getByText(/^Settings of 1 of \d+ campaigns are known\.$/).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("Escape leaves a campaign as it was, and the keyboard goes on at its row", async () => {
  const { page, complaints } = await world.visit(`${address}/settings/campaigns`);
  await loaded(page);
  const change = page.locator(".campaigns-table tbody button").last();
  await change.press("Enter");
  await page.getByLabel("Shared budget", { exact: false }).fill("both");
  await page.keyboard.press("Escape");
  await page.getByLabel("Shared budget", { exact: false }).waitFor({ state: "detached" });
  await expect.poll(() => change.evaluate((button) => button.matches(":focus"))).toBe(true);
  await page.reload();
  await loaded(page);
  expect(await page.getByText("both", { exact: true }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the page speaks French, finds by name, and fits a phone", async () => {
  const { page, complaints } = await world.visit(`${address}/settings/campaigns?find=nothing-of-this-name`, {
    locale: "fr-FR",
    width: 390,
  });
  await page.getByText(/^Les réglages de/).waitFor();
  expect(await page.locator(".campaigns-table").count()).toBe(0);
  await page.getByLabel("Chercher des campagnes").fill("");
  await page.locator(".campaigns-table").first().waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
  await page.context().close();
});

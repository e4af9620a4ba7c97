import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

let world: PageWorld;
let address: string;

const WAIT_MS = 120_000;

/** Two channels that spend the same week over and over, until 20 October. */
function spendFile(): string {
  const lines = ["date,channel,campaign,cost,currency"];
  for (let day = 0; day < 81; day++) {
    const date = new Date(Date.parse("2024-08-01T00:00:00Z") + day * 86_400_000).toISOString().slice(0, 10);
    lines.push(`${date},Paid Search,brand,100,EUR`, `${date},Paid Social,feed,50,EUR`);
  }
  return lines.join("\n");
}

const SALES = [
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  ...Array.from({ length: 20 }, (_, i) => {
    const date = `2024-10-${String(i + 1).padStart(2, "0")}`;
    return `c-${i},${date}T10:00:00Z,v-${i},purchase,500,EUR`;
  }),
].join("\n");

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.load("import", "spend", world.file("spend.csv", spendFile()), "--data", data);
  await world.load("import", "conversions", world.file("sales.csv", SALES), "--data", data);
  address = await world.serve(data);
}, WAIT_MS);
afterAll(() => world?.close());

const field = (page: Page, channel: string) => page.getByLabel(`Budget of ${channel}`, { exact: true });
const row = (page: Page, channel: string) => card(page, "By channel").getByRole("row").filter({ hasText: channel });

/** Two cells of a column, as a spreadsheet puts them on the clipboard; told as text, because tests know no browser's types. */
const PASTE = `
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", "3,100.00\\n1 000\\n");
  document.querySelector('[aria-label="Budget of Paid Search"]')
    .dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));`;

test("budgets are set by keyboard and pasted from a spreadsheet, and the month is held against them", {
  timeout: WAIT_MS,
}, async () => {
  const { page, complaints } = await world.visit(`${address}/pacing?month=2024-10`);
  await page.getByText("No plan: set budgets below", { exact: false }).first().waitFor();
  await field(page, "Paid Search").focus();
  await page.keyboard.type("a lot");
  await page.getByRole("alert").filter({ hasText: "One amount cannot be read" }).waitFor();
  await field(page, "Paid Search").fill("");
  await page.evaluate(PASTE);
  expect(await field(page, "Paid Social").inputValue()).toBe("1 000");
  await field(page, "Paid Social").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Plan: the budgets of the month.", { exact: false }).waitFor();
  await row(page, "Paid Search").getByText("€3,100").first().waitFor();
  expect(await page.getByRole("status").filter({ hasText: "Saved." }).count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a month as it stood on a day shows what was foretold, and the address keeps it", {
  timeout: WAIT_MS,
}, async () => {
  const { page, complaints } = await world.visit(`${address}/pacing?month=2024-10&on=2024-10-10`);
  await page.getByText("As it stood at the end of 10 Oct 2024.", { exact: false }).waitFor();
  // 150 a day, without any noise: the month ends at 31 times that.
  await page.getByText("October 2024 will end at €4,650", { exact: false }).waitFor();
  await row(page, "Paid Search").getByRole("button", { name: "On plan", exact: true }).waitFor();
  await row(page, "Paid Social").getByRole("button", { name: "Ahead", exact: true }).waitFor();
  await page.getByRole("button", { name: "Month before" }).press("Enter");
  await page.getByText("€4,500 spent in September 2024", { exact: false }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("month")).toBe("2024-09");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the page speaks French", { timeout: WAIT_MS }, async () => {
  const { page } = await world.visit(`${address}/pacing?month=2024-10&on=2024-10-10`, { locale: "fr-FR" });
  await page.getByText("octobre 2024 finira à", { exact: false }).waitFor();
  await page.context().close();
});

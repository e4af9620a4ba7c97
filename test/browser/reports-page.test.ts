import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loaded } from "./page-list.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

let world: PageWorld;
let address: string;

const WAIT_MS = 240_000;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  address = await world.serve(data);
}, WAIT_MS);
afterAll(() => world?.close());

const PAPER = "The report, as its files have it";
const total = (page: Page) => card(page, PAPER).locator(".report-table tfoot td").first().innerText();

/** Fetches a link as the browser would, with the reader's session. */
async function fetched(page: Page, name: string): Promise<{ type: string; name: string; size: number; text: string }> {
  const href = await page.getByRole("link", { name }).getAttribute("href");
  const answer = await page.request.get(new URL(href ?? "", page.url()).href);
  expect(answer.status()).toBe(200);
  const body = await answer.body();
  const headers = answer.headers();
  return {
    ...{ type: headers["content-type"] ?? "", name: headers["content-disposition"] ?? "" },
    ...{ size: body.length, text: body.toString("utf8") },
  };
}

test("the report stands on the page as its files have it, and adds up at its foot", { timeout: WAIT_MS }, async () => {
  const { page, complaints } = await world.visit(`${address}/reports?days=last90&compare=none`);
  await card(page, PAPER).getByText("Adds up to the books, to the cent.").waitFor({ timeout: WAIT_MS });
  await loaded(page);
  const spend = await total(page);
  await page.goto(`${address}/reports?days=last90&compare=none&level=campaign`);
  await page.getByRole("columnheader", { name: "Campaign", exact: true }).waitFor();
  await loaded(page);
  expect(await total(page)).toBe(spend);
  const csv = await fetched(page, "CSV of");
  expect(csv.name).toMatch(/filename="roi_[\w-]+_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d_campaign\.csv"/);
  expect(csv.text).toContain(spend.replaceAll(",", ""));
  const pdf = await fetched(page, "PDF of");
  expect(pdf.type).toBe("application/pdf");
  expect(pdf.text.startsWith("%PDF-")).toBe(true);
  expect((await fetched(page, "Excel of")).size).toBeGreaterThan(5_000);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a report is sent by mail from a form that says what is wrong", { timeout: WAIT_MS }, async () => {
  const { page, complaints } = await world.visit(`${address}/reports?days=last28`);
  const mails = card(page, "Reports by mail");
  await mails.getByText("Send another report").click();
  await mails.getByRole("button", { name: "Add", exact: true }).click();
  await mails.getByText("It needs a name.").waitFor();
  await mails.getByLabel("Name", { exact: false }).first().fill("Monday report");
  await mails.getByLabel("To", { exact: false }).last().fill("finance@shop.example");
  await mails.getByRole("button", { name: "Add", exact: true }).click();
  await mails.getByText("One report is sent by itself.").waitFor();
  await mails.getByRole("button", { name: "Remove “Monday report”" }).click();
  await mails.getByRole("button", { name: "Stop sending" }).click();
  await mails.getByText("No report is sent by mail yet.").waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the page speaks French, and fits a phone", { timeout: WAIT_MS }, async () => {
  const { page, complaints } = await world.visit(`${address}/reports?days=last90`, { locale: "fr-FR", width: 390 });
  await page.getByText("Concorde avec les livres, au centime près.").waitFor({ timeout: WAIT_MS });
  await loaded(page);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
  await page.context().close();
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTouchline } from "../support/process.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A small shop, looked at with a real browser. */
let world: PageWorld;
let data: string;
let server: string;

beforeAll(async () => {
  world = await openPageWorld();
  data = world.data("data");
  await world.loadSmallShop(data);
  server = await world.serve(data);
});
afterAll(() => world?.close());

const visit = ({ search = "", ...options }: { locale?: string; width?: number; search?: string } = {}) =>
  world.visit(`${server}/performance${search}`, options);

const HEADLINE = /Marketing caused|Channels are credited with/;
const TABLE = "Channels, campaigns, creatives";

describe("the page Performance", () => {
  test("books what the command line books, in a range that survives a reload, without a complaint", async () => {
    const { page, complaints } = await visit({ search: "?from=2026-08-15&to=2026-09-15&model=linear" });
    await page.getByText(HEADLINE).waitFor();
    await page.reload();
    await page.getByText(HEADLINE).waitFor();
    await expect.poll(() => page.url()).toMatch(/from=2026-08-15&to=2026-09-15/);
    const { stdout } = await runTouchline([
      ...["attribute", "--json", "--model", "linear", "--from", "2026-08-15", "--to", "2026-09-15", "--data", data],
    ]);
    const booked = Math.round(Number((JSON.parse(stdout) as { totals: { revenue: string } }).totals.revenue));
    const total = card(page, TABLE).getByRole("row").filter({ hasText: "Total" });
    await total.waitFor();
    expect(await total.textContent()).toContain(booked.toLocaleString("en-GB"));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("opens channels to campaigns, sorts by a head, and keeps both in the address", async () => {
    const { page } = await visit({ search: "?model=linear" });
    const table = card(page, TABLE);
    const opener = table.getByRole("button", { name: /Show what is inside Paid Search/ });
    await opener.focus();
    await page.keyboard.press("Enter");
    await table.getByRole("button", { name: "Hide what is inside Paid Search" }).waitFor();
    await table.locator("tr.depth-1 th").first().waitFor();
    await table.getByRole("button", { name: "Sort by Spend", exact: true }).click();
    await table.locator('th[aria-sort="descending"]').filter({ hasText: "Spend" }).waitFor();
    await expect.poll(() => page.url()).toContain("sort=spend");
    await expect.poll(() => page.url()).toContain("open=");
    await page.context().close();
  });

  test("says why a channel moved, by a link, and gives the figures as a waterfall that adds up", async () => {
    const { page, complaints } = await visit({ search: "?model=linear&why=Paid%20Search" });
    const drawer = page.getByRole("dialog", { name: "Why did Paid Search move?" });
    await drawer
      .getByText(/Paid Search (won|lost)/)
      .first()
      .waitFor();
    await drawer.getByRole("button", { name: "Show table" }).click();
    const cells = await drawer.locator(".data-table").first().locator("tbody tr td:nth-of-type(1)").allTextContents();
    const cents = cells
      .slice(0, -1)
      .map((text) => Math.round(Number(text.replaceAll(",", "").replace("−", "-")) * 100));
    const now = Math.round(Number(cells.at(-1)!.replaceAll(",", "")) * 100);
    expect(Math.abs(cents.reduce((sum, part) => sum + part, 0) - now)).toBeLessThanOrEqual(1);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    await expect.poll(() => page.url()).not.toContain("why=");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("finds rows by a part of their name, and says where there are none", async () => {
    const { page } = await visit({ search: "?model=linear&by=campaign&find=no%20such%20campaign" });
    await page.getByText(/No row holds/).waitFor();
    await page.getByRole("button", { name: "Show all rows" }).click();
    await card(page, TABLE).getByRole("row").nth(3).waitFor();
    await page.context().close();
  });

  test("nonsense in the address falls back to the last 28 days", async () => {
    const { page, complaints } = await visit({
      search: "?from=yesterday&to=2026-99-99&model=astrology&by=luck&columns=x",
    });
    await page.getByText(HEADLINE).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("fits a phone, and speaks French", async () => {
    const { page } = await visit({ width: 390, locale: "fr-FR" });
    await page.getByText(/Le marketing a généré|Les canaux se voient/).waitFor();
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as [
      number,
      number,
    ];
    expect(content).toBeLessThanOrEqual(window);
    await page.context().close();
  });
});

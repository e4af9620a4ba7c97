import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HANDS } from "../hands.ts";
import { card } from "../page-world.ts";
import {
  attribution,
  inWholes,
  LAST_WEEK,
  openTaskWorld,
  plain,
  revenueOf,
  type TaskWorld,
  WEEK_BEFORE,
} from "./task-world.ts";

/** What somebody opens on Monday morning: how the week was, what models say of it, why a channel moved, in their language. */
let tasks: TaskWorld;
beforeAll(async () => {
  tasks = await openTaskWorld();
});
afterAll(() => tasks?.close());

const main = async (page: Page) => plain(await page.locator("main").textContent());
const rangeButton = (page: Page) => page.getByRole("button", { name: /^Days shown/ });

describe.each(HANDS)("%s", (_how, handsOn) => {
  test("somebody reads last week, first on Today, then on Performance against the week before", async () => {
    const [week, before] = await Promise.all(
      [LAST_WEEK, WEEK_BEFORE].map((range) => attribution(tasks, "incremental", range)),
    );
    const page = await tasks.open("/");
    const hands = handsOn(page);
    expect(await main(page)).toContain(`${inWholes(week!.totals.revenue)} of revenue in the last full week`);
    await hands.press(page.getByRole("link", { name: "Performance", exact: true }));
    await page.getByRole("heading", { level: 1, name: "Performance" }).waitFor();
    await hands.press(rangeButton(page));
    await hands.press(page.getByRole("button", { name: "Previous week" }));
    await expect.poll(() => page.url()).toContain("days=previousWeek");
    const booked = page
      .getByRole("region", { name: "Key figures" })
      .getByRole("listitem")
      .filter({ hasText: /^Booked revenue(?! over)/ });
    await expect.poll(async () => plain(await booked.textContent())).toContain(inWholes(week!.totals.revenue));
    const [now, then] = [Number(week!.totals.revenue), Number(before!.totals.revenue)];
    const shown = /([\d.]+) ?%/.exec(plain(await booked.textContent()))?.[1];
    expect(Number(shown)).toBeCloseTo(Math.abs(now / then - 1) * 100, 0);
    expect(plain(await rangeButton(page).textContent())).toContain("12");
    await page.context().close();
  });

  test("somebody compares models: linear against last touch", async () => {
    const linear = await attribution(tasks, "linear", LAST_WEEK);
    const page = await tasks.open(`/attribution?from=${LAST_WEEK.from}&to=${LAST_WEEK.to}`);
    const hands = handsOn(page);
    await hands.choose(page.getByRole("combobox", { name: "Compare with last touch" }), "Linear");
    await expect.poll(() => page.url()).toContain("model=linear");
    await page.getByText(/Against last touch, Linear gives|Linear and last touch agree/).waitFor();
    const table = page.getByRole("table").filter({ hasText: "Paid Search" }).first();
    const heads = await table.locator("thead th").allTextContents();
    const place = heads.findIndex((head) => head.includes("Linear"));
    expect(place).toBeGreaterThan(0);
    for (const channel of ["Paid Search", "Display"]) {
      const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: channel }) });
      const cell = row.locator("th, td").nth(place);
      await expect.poll(async () => plain(await cell.textContent())).toContain(inWholes(revenueOf(linear, channel)));
    }
    await page.context().close();
  });

  test("somebody finds out why a channel moved, down to parts that add up to the change", async () => {
    const [week, before] = await Promise.all(
      [LAST_WEEK, WEEK_BEFORE].map((range) => attribution(tasks, "linear", range)),
    );
    const change = revenueOf(week!, "Paid Search") - revenueOf(before!, "Paid Search");
    const page = await tasks.open("/performance?days=previousWeek&model=linear");
    const hands = handsOn(page);
    await hands.press(page.getByRole("button", { name: /^Why did Paid Search move\?/ }));
    const drawer = page.getByRole("dialog", { name: "Why did Paid Search move?" });
    await drawer
      .getByText(change < 0 ? "lost" : "won")
      .first()
      .waitFor();
    expect(plain(await drawer.textContent())).toContain(inWholes(Math.abs(change)));
    await hands.press(drawer.getByRole("button", { name: "Show table" }));
    const figures = (await drawer.getByRole("table").first().locator("tr > :nth-child(2)").allTextContents()).slice(1);
    const amounts = figures.map((text) => Number(text.replace(/[\u2212]/g, "-").replace(/[^\d.-]/g, "")));
    const parts = amounts.slice(1, -1);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(change, -1);
    expect(amounts.at(-1)! - amounts[0]!).toBeCloseTo(change, -1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });

  test("somebody switches to French, words and figures, and it stays", async () => {
    const { totals } = await attribution(tasks, "incremental", LAST_WEEK);
    const page = await tasks.open("/performance?days=previousWeek");
    const hands = handsOn(page);
    await hands.tick(page.getByRole("radio", { name: "Français" }));
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("fr");
    const booked = plain(inWholes(totals.revenue, "fr-FR"));
    await expect.poll(() => main(page)).toContain(`${booked} €`);
    await page.reload();
    await expect.poll(() => main(page)).toContain(`${booked} €`);
    expect(await page.getByRole("navigation").first().textContent()).toContain("Données");
    await page.context().close();
  });
});

test("the figures of a day stand in the table behind its chart", async () => {
  const page = await tasks.open("/performance?days=previousWeek");
  const byDay = card(page, "By day");
  await byDay.getByRole("button", { name: "Show table" }).click();
  expect(await byDay.getByRole("row").count()).toBe(8);
  await page.context().close();
});

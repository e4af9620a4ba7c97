import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A small shop, looked at with a real browser. */
let world: PageWorld;
let server: string;

beforeAll(async () => {
  world = await openPageWorld();
  await world.loadSmallShop(world.data("data"));
  server = await world.serve(world.data("data"));
});
afterAll(() => world?.close());

const visit = ({
  path = "/attribution/quality",
  ...options
}: {
  locale?: string;
  width?: number;
  path?: string;
} = {}) => world.visit(`${server}${path}`, options);

/** The first visit fits every model, several of them on several weeks. */
const FITS_MS = 150_000;
async function settle(page: Page): Promise<void> {
  await page.locator(".lag-panel").first().waitFor({ timeout: FITS_MS });
  await expect.poll(() => page.locator(".skeleton").count(), { timeout: FITS_MS }).toBe(0);
}

describe("the page of quality", () => {
  test(
    "is reached from attribution and answers every question without a complaint",
    async () => {
      const { page, complaints } = await visit({ path: "/attribution" });
      await page.getByRole("link", { name: "How far to trust it" }).click();
      await settle(page);
      expect(await page.locator(".headline").textContent()).toMatch(/tells best which journeys convert|No model tells/);
      const scores = card(page, "On visitors that no model has seen");
      expect(await scores.locator("tbody tr").count()).toBeGreaterThanOrEqual(10);
      expect(await card(page, "Foretold against seen").locator(".calibration-point").count()).toBeGreaterThan(1);
      expect(await card(page, "The last weeks, foretold").locator(".forecast-seen").count()).toBeGreaterThan(7);
      expect(await card(page, "Before and after a touch").locator(".lag-panel").count()).toBeGreaterThan(2);
      expect(await card(page, "What to know of each channel").locator("tbody tr").count()).toBeGreaterThan(3);
      expect(complaints).toEqual([]);
    },
    FITS_MS,
  );

  test("another model's calibration, and any two models against each other, are one choice away", async () => {
    const { page, complaints } = await visit();
    await settle(page);
    const calibration = card(page, "Foretold against seen");
    await calibration.getByRole("combobox").selectOption("last");
    await calibration.getByText(/The chances of Last touch/).waitFor();
    const disagreement = card(page, "Where two models disagree");
    await disagreement.getByRole("combobox").last().selectOption("markov");
    await disagreement.getByText(/Incremental and Markov give/).waitFor();
    await disagreement.getByRole("combobox").first().selectOption("markov");
    await disagreement.getByText(/Markov and Markov give every channel the same/).waitFor();
    expect(complaints).toEqual([]);
  });

  test("every chart is a table too", async () => {
    const { page } = await visit();
    await settle(page);
    for (const name of ["Foretold against seen", "The last weeks, foretold", "Before and after a touch"]) {
      await card(page, name).getByRole("button", { name: "Show table" }).click();
      expect(await card(page, name).locator("table tbody tr").count(), name).toBeGreaterThan(1);
    }
  });

  test("speaks French, and fits a phone", async () => {
    const { page, complaints } = await visit({ locale: "fr-FR", width: 390 });
    await settle(page);
    await page.getByText("Où deux modèles divergent").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});

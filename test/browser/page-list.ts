import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const CHUNKS = new URL("../../client/src/app/page-chunks.ts", import.meta.url);

/** The address inside a workspace of every page that the dashboard has. */
export function listPages(): string[] {
  const pages = [...readFileSync(CHUNKS, "utf8").matchAll(/^ {2}"(\/[a-z/-]*)":/gm)].map(([, path = ""]) => path);
  if (pages.length < 15 || !pages.includes("/")) throw new Error(`the pages are not found in ${CHUNKS.pathname}`);
  return pages;
}

/** Waits until nothing on a page stands for figures that are still to come. */
export async function loaded(page: Page): Promise<void> {
  await expect
    .poll(() => page.locator('.skeleton, [aria-busy="true"]').count(), { timeout: 60_000, interval: 20 })
    .toBe(0);
}

/** Waits until a page has all that it asked for. Figures that are being worked out are a state of their own, not a wait. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await loaded(page);
  await page.waitForLoadState("networkidle");
}

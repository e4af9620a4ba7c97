import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { startServer } from "../support/process.ts";
import { openChromium } from "./chromium.ts";

/** `npm run screenshots`: the pictures of the documentation, taken anew from the demo, which signs this machine's browser in by itself. */
const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly ready: RegExp;
  /** What somebody does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: "today", path: "/", ready: /incremental ROAS \d/ },
  { name: "performance", path: "/performance", ready: /of revenue/ },
  { name: "attribution", path: "/attribution", ready: /Against last touch/ },
  { name: "quality", path: "/attribution/quality", ready: /of revenue to different receivers/ },
  { name: "journeys", path: "/journeys", ready: /The rows add up to all/ },
  { name: "curves", path: "/curves", ready: /The next euro a day brings/ },
  { name: "planner", path: "/planner", ready: /credited revenue/ },
  { name: "proposals", path: "/planner", ready: /credited revenue/, act: propose },
  { name: "pacing", path: "/pacing", ready: /Spend against plan/ },
  { name: "tests", path: "/tests", ready: /would be worth/ },
  { name: "data", path: "/data", ready: /Rows by day of import/ },
  { name: "settings", path: "/settings/rules", ready: /What this workspace asks/ },
  { name: "campaigns", path: "/settings/campaigns", ready: /campaigns are known/ },
  { name: "audit", path: "/settings/audit", ready: /What happened/, act: checkChain },
  { name: "privacy", path: "/settings/privacy", ready: /What is stored/ },
  { name: "account", path: "/account", ready: /Where you are signed in/ },
];

/** A plan that takes a second person, opened by whoever proposed it. */
async function propose(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await page.getByLabel(/Money moved a week above which/).fill("500");
  await page.getByRole("button", { name: "Save the rules" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("link", { name: "Planner", exact: true }).click();
  const form = page.getByRole("form", { name: "Propose this plan" });
  await form.getByLabel("Name", { exact: true }).fill("Week 45, more search");
  await form.getByLabel("Why (optional)").fill("Search and social pay more for the next euro than display does.");
  await form.getByRole("button", { name: "Propose", exact: true }).click();
  await page.getByRole("link", { name: "See it" }).click();
  await page.getByText("Expected result").waitFor();
}

async function checkChain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check the chain" }).click();
  await page.getByText(/^Whole:/).waitFor();
}

/** The first visit works out whatever a page stands on. */
const LONGEST_WAIT_MS = 180_000;

const folder = mkdtempSync(join(tmpdir(), "touchline-screenshots-"));
const server = await startServer(["demo", "--no-open", "--data", folder]);
const { browser, close } = await openChromium();
try {
  mkdirSync(IMAGES, { recursive: true });
  const context = await browser.newContext({
    viewport: { width: 1_440, height: 1_000 },
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  for (const { name, path, ready, act } of PICTURES) {
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    await page.getByText(ready).first().waitFor();
    await act?.(page);
    await page.mouse.move(0, 0);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: `${IMAGES}${name}.png` });
    await page.close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  await close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

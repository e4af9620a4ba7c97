import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "../support/process.ts";
import { openChromium } from "./chromium.ts";

/** `npm run screenshots`: the pictures of the documentation, taken anew from the demo. */
const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const PAGES = [
  { name: "overview", path: "/", ready: /of revenue/ },
  { name: "attribution", path: "/attribution", ready: /Against last touch/ },
  { name: "quality", path: "/attribution/quality", ready: /of revenue to different receivers/ },
  { name: "journeys", path: "/journeys", ready: /The rows add up to all/ },
  { name: "curves", path: "/curves", ready: /The next euro a day brings/ },
  { name: "planner", path: "/planner", ready: /credited revenue/ },
  { name: "tests", path: "/tests", ready: /would be worth/ },
  { name: "data", path: "/data", ready: /Rows by day of import/ },
] as const;

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
  for (const { name, path, ready } of PAGES) {
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    await page.getByText(ready).first().waitFor();
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

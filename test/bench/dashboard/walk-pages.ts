import type { Browser, BrowserContext, Page, Request } from "playwright-core";

/** A request for answers, as a page has sent it. */
export interface RecordedRequest {
  /** From `/trpc/` on. */
  readonly path: string;
  readonly accept: string | undefined;
}

export interface WalkedPage {
  /** As the navigation has it, without the workspace. */
  readonly name: string;
  readonly address: string;
  /** What it asks, in waves: each one was sent when the one before was answered. */
  readonly waves: readonly (readonly RecordedRequest[])[];
}

export interface PageTimes {
  readonly name: string;
  readonly ms: number;
  /** Of scripts, as they came over the wire. */
  readonly scriptBytes: number;
}

const LONGEST_MS = 180_000;

/**
 * A page is there once its headline stands (another one than that of the page before), nothing in sight is still on its way, and the
 * browser has nothing left to do but wait. The text runs inside the page.
 */
const SHOWN = `window.headline = () => document.querySelector("main h1, main h2")?.textContent ?? "";
window.whenShown = (path, began, before) => new Promise((done, failed) => {
  const isInSight = (part) => part.getBoundingClientRect().top < innerHeight;
  const look = () => {
    if (performance.now() - began > ${LONGEST_MS}) return failed(new Error(path + " was not shown"));
    const waiting = [...document.querySelectorAll("main .skeleton, main [aria-busy=true]")];
    const isThere = location.pathname.startsWith(path) && window.headline() !== "" && window.headline() !== before;
    if (isThere && !waiting.some(isInSight)) requestIdleCallback(() => done(performance.now() - began));
    else requestAnimationFrame(look);
  };
  look();
});`;

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_MS);
  await page.addInitScript(SHOWN);
  return page;
}

const shown = (page: Page, address: string, began: string) =>
  page.evaluate<number>(`whenShown(${JSON.stringify(new URL(address).pathname)}, ${began}, "")`);

/** The pages that the navigation leads to, and those that lie below one. */
async function linksOf(page: Page): Promise<string[]> {
  const addresses = await page.evaluate<string[]>(
    `[...document.querySelectorAll("nav a[href]")].map((link) => link.href)`,
  );
  return [...new Set(addresses.map((address) => address.replace(/[?#].*$/, "")))];
}

function nameOf(address: string): string {
  return new URL(address).pathname.replace(/^\/w\/[^/]+/, "") || "/";
}

interface Sent {
  readonly sent: number;
  ended: number;
  readonly request: RecordedRequest;
}

/** Requests that were under way together are one wave. */
function wavesOf(requests: readonly Sent[]): RecordedRequest[][] {
  const waves: RecordedRequest[][] = [];
  let waveEnd = Number.NEGATIVE_INFINITY;
  for (const { sent, ended, request } of [...requests].sort((a, b) => a.sent - b.sent)) {
    if (sent >= waveEnd) waves.push([]);
    waves.at(-1)!.push(request);
    waveEnd = Math.max(sent >= waveEnd ? ended : waveEnd, ended);
  }
  return waves;
}

/** Opens every page once and writes down what it asks the server. */
export async function recordPages(browser: Browser, url: string): Promise<WalkedPage[]> {
  const context = await browser.newContext();
  const page = await openPage(context);
  let requests: Sent[] = [];
  const underway = new Map<Request, Sent>();
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (!pathname.startsWith("/trpc/") || request.method() !== "GET") return;
    const recorded = { path: `${pathname}${search}`, accept: request.headers()["trpc-accept"] };
    const entry = { sent: Date.now(), ended: Number.POSITIVE_INFINITY, request: recorded };
    requests.push(entry);
    underway.set(request, entry);
  });
  const end = (request: Request) => {
    const entry = underway.get(request);
    if (entry !== undefined) entry.ended = Date.now();
  };
  // A page lets go of an answer that is sent in pieces once it has the last one.
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  await page.goto(url);
  await page.waitForSelector("nav a[href]");
  const waiting = await linksOf(page);
  const walked: WalkedPage[] = [];
  for (const address of waiting) {
    requests = [];
    await page.goto(address);
    await shown(page, address, "0");
    await page.waitForLoadState("networkidle");
    walked.push({ name: nameOf(address), address, waves: wavesOf(requests) });
    for (const found of await linksOf(page)) if (!waiting.includes(found)) waiting.push(found);
  }
  await context.close();
  return walked;
}

/** From the start of the navigation in a browser that knows nothing of the page yet but its cookies. */
export async function timeFirstLoads(
  browser: Browser,
  pages: readonly WalkedPage[],
  cookies: Parameters<BrowserContext["addCookies"]>[0],
): Promise<PageTimes[]> {
  const times: PageTimes[] = [];
  for (const { name, address } of pages) {
    const context = await browser.newContext();
    await context.addCookies(cookies);
    const page = await openPage(context);
    await page.goto(address, { waitUntil: "commit" });
    const ms = await shown(page, address, "0");
    const scriptBytes = await page.evaluate<number>(
      `performance.getEntriesByType("resource").filter((each) => each.name.endsWith(".js")).reduce((sum, each) => sum + each.encodedBodySize, 0)`,
    );
    times.push({ name, ms, scriptBytes });
    await context.close();
  }
  return times;
}

/** From a click in the navigation, in a browser that stays open, on pages that it has not seen yet. */
export async function timeNavigations(
  browser: Browser,
  pages: readonly WalkedPage[],
  cookies: Parameters<BrowserContext["addCookies"]>[0],
): Promise<PageTimes[]> {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await openPage(context);
  await page.goto(pages[0]!.address);
  await shown(page, pages[0]!.address, "0");
  await page.waitForLoadState("networkidle");
  const times: PageTimes[] = [];
  for (const { name, address } of pages.slice(1)) {
    const path = new URL(address).pathname;
    const link = `nav a[href^=${JSON.stringify(path)}]`;
    if ((await page.$(link)) === null) continue;
    const ms = await page.evaluate<number>(
      `(() => { const began = performance.now(); const before = headline(); [...document.querySelectorAll(${JSON.stringify(link)})].find((each) => each.pathname === ${JSON.stringify(path)})?.click(); return whenShown(${JSON.stringify(path)}, began, before); })()`,
    );
    times.push({ name, ms, scriptBytes: 0 });
    await page.waitForLoadState("networkidle");
  }
  await context.close();
  return times;
}

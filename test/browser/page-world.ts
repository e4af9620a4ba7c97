import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSimulatedShop } from "@touchline/server/demo";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";
import { openChromium } from "./chromium.ts";

interface VisitOptions {
  readonly locale?: string;
  readonly width?: number;
}

interface Visit {
  readonly page: Page;
  /** What the browser complained about: a page without complaints has none. */
  readonly complaints: string[];
}

/** Data folders, real servers on them, and a real browser that looks at their pages. */
export interface PageWorld {
  /** A data folder of this world. */
  data(name: string): string;
  /** Writes a file. @returns its path */
  file(name: string, content: string): string;
  /** Runs a command that must succeed and have nothing to complain about. */
  load(...argv: string[]): Promise<void>;
  /** A small shop in a data folder: three months of 1,500 people. */
  loadSmallShop(data: string): Promise<void>;
  /** Serves a data folder for the first time. Visits are the owner's. @returns the address */
  serve(data: string): Promise<string>;
  visit(address: string, options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

interface BrowserCookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
}

/** The cookies of a server's first owner, for a browser of theirs. */
export async function browserCookies(server: RunningServer): Promise<BrowserCookie[]> {
  const owner = await ownerOf(server);
  owner.close();
  return [...owner.cookies].map(([name, value]) => ({ name, value, url: server.url }));
}

export async function openPageWorld(): Promise<PageWorld> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-page-"));
  const servers: RunningServer[] = [];
  const signedIn = new Map<string, BrowserCookie[]>();
  const { browser, close } = await openChromium();
  const load = async (...argv: string[]): Promise<void> => {
    const { exitCode, stderr } = await runTouchline(argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  };
  return {
    data: (name) => join(folder, name),
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    load,
    async loadSmallShop(data) {
      const shop = await writeSimulatedShop(join(folder, "shop"), { people: 1_500, days: 90, seed: 5 });
      await load("settings", "--data", data, "--time-zone", "Europe/Paris", "--currency", "EUR");
      for (const kind of ["touchpoints", "spend", "conversions"] as const)
        await load("import", kind, shop[kind], "--data", data);
    },
    async serve(data) {
      const server = await startServer(["serve", "--data", data]);
      servers.push(server);
      signedIn.set(server.url, await browserCookies(server));
      return server.url;
    },
    async visit(address, { locale = "en-GB", width = 1_440 } = {}) {
      const context = await browser.newContext({ locale, viewport: { width, height: 1_000 } });
      await context.addCookies(signedIn.get(new URL(address).origin) ?? []);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(address);
      return { page, complaints };
    },
    async close() {
      await close();
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true }).first();

import type { Page } from "playwright-core";
import { type RunningServer, runTouchline, startServer } from "../../support/process.ts";
import { Caller, ownerOf, PASSWORD } from "../../support/sign-in.ts";
import { settle } from "../page-list.ts";
import { openPageWorld, type PageWorld } from "../page-world.ts";

/** A small shop on a real server, its owner and a media buyer, each with a browser and with the procedures beside it. */
export interface TaskWorld {
  readonly world: PageWorld;
  readonly owner: Caller;
  readonly buyer: Caller;
  /** Opens a page, settled, in a browser in which somebody is signed in. */
  open(path: string, options?: { who?: Caller; locale?: string; width?: number }): Promise<Page>;
  /** What the command line answers on the same data. */
  ask<T>(...argv: string[]): Promise<T>;
  close(): Promise<void>;
}

export async function openTaskWorld(): Promise<TaskWorld> {
  const world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  const server: RunningServer = await startServer(["serve", "--data", data]);
  const owner = await ownerOf(server);
  await owner.ask("team.invite", { email: "bea@shop.example", role: "media-buyer" });
  const token = await server.printed(/bea@shop\.example[\s\S]*?\/link#token=(\S+)/);
  const buyer = new Caller(server.url, { workspace: "default" });
  await buyer.ask("account.acceptLink", { token, email: null, name: "Bea Buyer", password: PASSWORD });
  return {
    ...{ world, owner, buyer },
    async open(path, { who = owner, ...options } = {}) {
      const { page } = await world.visit(`${server.url}/healthz`, options);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.context().addCookies([...who.cookies].map(([name, value]) => ({ name, value, url: server.url })));
      await page.goto(`${server.url}/w/default${path}`);
      await settle(page);
      return page;
    },
    async ask<T>(...argv: string[]) {
      const { stdout, stderr, exitCode } = await runTouchline([...argv, "--json", "--data", data]);
      if (exitCode !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as T;
    },
    async close() {
      owner.close();
      buyer.close();
      await server.stop();
      await world.close();
    },
  };
}

/** The last full week of the shop, and the one before. */
export const LAST_WEEK = { from: "2026-10-19", to: "2026-10-25" };
export const WEEK_BEFORE = { from: "2026-10-12", to: "2026-10-18" };

interface Range {
  readonly from: string;
  readonly to: string;
}

export interface Attribution {
  readonly totals: { readonly conversions: string; readonly revenue: string };
  readonly channels: readonly { readonly channel: string; readonly revenue: string; readonly spend: string }[];
}

export const attribution = ({ ask }: TaskWorld, model: string, { from, to }: Range): Promise<Attribution> =>
  ask("attribute", "--model", model, "--from", from, "--to", to);

export const revenueOf = ({ channels }: Attribution, name: string): number =>
  Number(channels.find(({ channel }) => channel === name)?.revenue);

/** Whole units of money, as the page writes them. */
export const inWholes = (amount: number | string, locale = "en-GB"): string =>
  Math.round(Number(amount)).toLocaleString(locale);

/** A text of the page with its many kinds of spaces as one. */
export const plain = (text: string | null): string => (text ?? "").replace(/\s+/g, " ");

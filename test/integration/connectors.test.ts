import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { order, ROOT, sourcesIn, touch } from "../support/sources.ts";
import { openWorld, type World } from "../support/world.ts";

const PAGES = join(ROOT, "docs/sources");

let world: World;
const { freshWorkspace, importSample, ordersOf, refundsOf, rows, spendOf, touchesOf } = sourcesIn(() => world);
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The commands that a page prints. */
function commandsOf(page: string): string[][] {
  const text = readFileSync(join(PAGES, page), "utf8");
  const commands = [...text.matchAll(/^ {4}touchline import (.+)$/gm)];
  return commands.map(([, words]) => words!.split(" "));
}

/** By source: what each table of each command of its page says, as `[kind, received, stored, filtered]`. */
const COUNTS: Readonly<Record<string, readonly (readonly (readonly [string, number, number, number])[])[]>> = {
  "google-ads": [[["spend", 10, 7, 3]], [["spend", 4, 2, 2]]],
  "meta-ads": [[["spend", 5, 4, 1]]],
  "tiktok-ads": [[["spend", 4, 3, 1]]],
  "linkedin-ads": [[["spend", 3, 3, 0]]],
  "microsoft-ads": [[["spend", 3, 3, 0]]],
  "ga4-bigquery": [
    [
      ["touchpoints", 8, 4, 4],
      ["conversions", 8, 2, 6],
      ["identities", 8, 1, 7],
    ],
  ],
  segment: [
    [
      ["touchpoints", 9, 2, 7],
      ["conversions", 9, 2, 7],
      ["adjustments", 9, 1, 8],
      ["identities", 9, 2, 4],
    ],
  ],
  matomo: [
    [
      ["touchpoints", 3, 3, 0],
      ["conversions", 6, 2, 4],
      ["identities", 3, 1, 2],
    ],
  ],
  shopify: [
    [
      ["conversions", 5, 3, 2],
      ["adjustments", 5, 1, 4],
      ["identities", 5, 1, 4],
    ],
  ],
  woocommerce: [
    [
      ["conversions", 4, 3, 1],
      ["adjustments", 5, 2, 3],
      ["identities", 4, 2, 2],
      ["identities", 4, 1, 3],
    ],
  ],
  "woocommerce-csv": [
    [
      ["conversions", 4, 3, 1],
      ["identities", 4, 2, 2],
    ],
  ],
  "email-events": [[["touchpoints", 4, 3, 1]]],
  sendgrid: [[["touchpoints", 5, 3, 2]]],
  brevo: [[["touchpoints", 4, 3, 1]]],
  mailchimp: [[["touchpoints", 4, 2, 2]]],
  "call-centre": [[["touchpoints", 3, 3, 0]]],
  catalogue: [[["touchpoints", 2, 2, 0]]],
  context: [[["context", 6, 6, 0]]],
};

/** By source: what stands in the tables afterwards, worked out by hand from the sample. */
const CONTENTS: Readonly<Record<string, (workspace: string) => Promise<void>>> = {
  "google-ads": async (workspace) =>
    expect(await spendOf(workspace)).toEqual([
      { channel: "Cross-network", total: "80.9" },
      { channel: "Paid Search", total: "140.4" },
      { channel: "Paid Shopping", total: "2181.58" },
      { channel: "Paid Video", total: "22.35" },
    ]),
  "meta-ads": async (workspace) => {
    expect(await spendOf(workspace, "campaign")).toEqual([
      { campaign: "Prospection bougies", total: "214.55" },
      { campaign: "Reciblage panier, 7 jours", total: "97.85" },
    ]);
    expect(
      await rows(
        workspace,
        "SELECT sum(impressions) AS impressions, sum(clicks) AS clicks, toString(sum(platform_value)) AS value, any(source) AS source, any(currency) AS currency FROM spend FINAL WHERE workspace_id = {workspaceId:String}",
      ),
    ).toEqual([{ impressions: "40100", clicks: "455", value: "688.5", source: "meta-ads", currency: "EUR" }]);
  },
  "tiktok-ads": async (workspace) =>
    expect(await spendOf(workspace)).toEqual([{ channel: "Paid Social", total: "90.6" }]),
  "linkedin-ads": async (workspace) =>
    expect(await spendOf(workspace, "spend_date")).toEqual([
      { spend_date: "2026-03-02", total: "25.4" },
      { spend_date: "2026-03-03", total: "31.15" },
      { spend_date: "2026-03-12", total: "1210" },
    ]),
  "microsoft-ads": async (workspace) =>
    expect(await spendOf(workspace, "spend_date, channel")).toEqual([
      { spend_date: "2026-03-02", channel: "Paid Search", total: "12.34" },
      { spend_date: "2026-03-03", channel: "Paid Search", total: "8.9" },
      { spend_date: "2026-03-12", channel: "Paid Shopping", total: "1004.1" },
    ]),
  "ga4-bigquery": async (workspace) => {
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 09:00:01", "Paid Search", "Brand FR", "click"),
      touch("2026-03-02 10:00:00", "Email", "mars", "click"),
      touch("2026-03-02 10:23:20", "Organic Search", "", "visit"),
      touch("2026-03-02 10:40:00", "Direct", "", "visit"),
    ]);
    expect(await ordersOf(workspace)).toEqual([
      order("1001", "50", "2026-03-02 09:06:40"),
      order("1004", "30", "2026-03-02 10:03:20"),
    ]);
    // Three visitors who consented, and a visit of somebody who did not.
    expect(
      await rows(
        workspace,
        "SELECT uniqExactIf(visitor_id, visitor_id != 0) AS visitors, countIf(visitor_id = 0) AS nobody FROM touchpoints WHERE workspace_id = {workspaceId:String}",
      ),
    ).toEqual([{ visitors: "3", nobody: "1" }]);
  },
  segment: async (workspace) => {
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 09:00:00", "Paid Social", "Prospection bougies", "click"),
      touch("2026-03-02 10:00:00", "Organic Search", "", "visit"),
    ]);
    expect(await ordersOf(workspace)).toEqual([
      order("1001", "50", "2026-03-02 09:09:00"),
      order("1002", "100", "2026-03-02 11:00:00"),
    ]);
    expect(await refundsOf(workspace)).toEqual([{ of: "1002", amount: "-20" }]);
  },
  matomo: async (workspace) => {
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 09:00:00", "Email", "mars", "click"),
      touch("2026-03-02 10:00:00", "Organic Search", "", "visit"),
      touch("2026-03-02 11:30:00", "Direct", "", "visit"),
    ]);
    expect(await ordersOf(workspace)).toEqual([
      order("1001", "50", "2026-03-02 09:05:00"),
      order("1002", "100", "2026-03-02 10:06:40"),
    ]);
  },
  shopify: async (workspace) => {
    expect(await ordersOf(workspace)).toEqual([
      order("1001", "50", "2026-03-02 09:06:40"),
      order("1002", "100", "2026-03-02 11:00:00"),
      order("1004", "30", "2026-03-02 10:03:20"),
    ]);
    expect(await refundsOf(workspace)).toEqual([{ of: "1002", amount: "-20" }]);
    expect(
      await rows(
        workspace,
        "SELECT extra FROM conversions WHERE workspace_id = {workspaceId:String} AND order_id = '1002'",
      ),
    ).toEqual([{ extra: { "Discount Code": "MARS10", Source: "web" } }]);
    // The buyer of order 1004 is the person whom the collector knew.
    expect(
      await rows(
        workspace,
        `SELECT count() AS links FROM identities WHERE workspace_id = {workspaceId:String} AND person_id = (
           SELECT visitor_id FROM conversions WHERE workspace_id = {workspaceId:String} AND order_id = '1004')`,
      ),
    ).toEqual([{ links: "1" }]);
  },
  woocommerce: async (workspace) => {
    expect(await ordersOf(workspace)).toEqual([
      order("2001", "50", "2026-03-02 09:06:40"),
      order("2002", "100", "2026-03-02 11:00:00"),
      order("2004", "30", "2026-03-02 10:03:20"),
    ]);
    expect(await refundsOf(workspace)).toEqual([
      { of: "2002", amount: "-10" },
      { of: "2002", amount: "-5" },
    ]);
  },
  "woocommerce-csv": async (workspace) =>
    expect((await ordersOf(workspace)).map(({ revenue }) => revenue)).toEqual(["50", "100", "30"]),
  "email-events": async (workspace) =>
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 08:01:12", "Email", "Lettre de mars", "open"),
      touch("2026-03-02 08:02:30", "Email", "Lettre de mars", "click"),
      touch("2026-03-02 09:15:00", "Email", "Lettre de mars", "open"),
    ]),
  sendgrid: async (workspace) =>
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 09:01:00", "Email", "relance", "open"),
      touch("2026-03-02 09:01:30", "Email", "relance", "click"),
      touch("2026-03-02 09:01:39", "Email", "Lettre de mars", "open"),
    ]),
  brevo: async (workspace) =>
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 09:00:30", "Email", "relance-panier", "open"),
      touch("2026-03-02 09:00:50", "Email", "relance-panier", "click"),
      touch("2026-03-02 09:01:10", "Email", "Lettre de mars", "open"),
    ]),
  mailchimp: async (workspace) =>
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 08:01:12", "Email", "Lettre de mars", "open"),
      touch("2026-03-02 08:02:30", "Email", "Lettre de mars", "click"),
    ]),
  "call-centre": async (workspace) =>
    expect(await touchesOf(workspace)).toEqual([
      touch("2026-03-02 14:05:00", "Call centre", "Fête des grands-mères", "call"),
      touch("2026-03-02 15:40:00", "Call centre", "", "call"),
      touch("2026-03-03 09:12:00", "Call centre", "Fête des grands-mères", "call"),
    ]),
  catalogue: async (workspace) =>
    expect(await touchesOf(workspace)).toEqual(
      [1, 2].map(() => touch("2026-02-25 00:00:00", "Catalogue", "Printemps 2026", "impression")),
    ),
  context: async (workspace) =>
    expect(
      await rows(
        workspace,
        "SELECT toString(context_date) AS day, name, value, region FROM context FINAL WHERE workspace_id = {workspaceId:String} AND name = 'temperature' ORDER BY day, region",
      ),
    ).toEqual([
      { day: "2026-03-02", name: "temperature", value: 12.5, region: "Occitanie" },
      { day: "2026-03-02", name: "temperature", value: 9, region: "Île-de-France" },
      { day: "2026-03-03", name: "temperature", value: 13.25, region: "Occitanie" },
    ]),
};

describe("the commands of every source's page run on its sample", () => {
  const pages = readdirSync(PAGES).filter((page) => page !== "README.md" && page !== "touchline-collector.md");

  test("every source has a page, and every page a source", async () => {
    const { sources } = (await world.json("sources")) as { sources: { name: string }[] };
    const names = sources.map(({ name }) => name);
    expect(readdirSync(PAGES).sort()).toEqual(["README.md", ...names.map((name) => `${name}.md`)].sort());
    for (const name of names) {
      const { stdout } = await world.run("sources", name);
      expect(stdout).toBe(readFileSync(join(PAGES, `${name}.md`), "utf8"));
    }
  });

  test.each(pages)("%s", async (page) => {
    const source = page.replace(".md", "");
    const workspace = freshWorkspace();
    const commands = commandsOf(page);
    const said = [];
    for (const command of commands) {
      const reports = await importSample(workspace, ...command);
      said.push(reports.map(({ kind, received, stored, filtered }) => [kind, received, stored, filtered]));
    }
    expect(said).toEqual(COUNTS[source]);
    await CONTENTS[source]!(workspace);
    // Once more: nothing is new.
    for (const command of commands) {
      for (const { stored, replaced } of await importSample(workspace, ...command)) {
        expect({ stored, replaced }).toEqual({ stored: 0, replaced: 0 });
      }
    }
  });
});

describe("costs that a platform restates", () => {
  test("changed costs replace, and a campaign that vanished from the days of the export is taken out", async () => {
    const workspace = freshWorkspace();
    await importSample(workspace, "samples/google-ads/campaigns.csv", "--source", "google-ads");
    expect(await spendOf(workspace, "spend_date")).toEqual([
      { spend_date: "2026-03-02", total: "1149.85" },
      { spend_date: "2026-03-03", total: "165.43" },
    ]);
    const [report] = await importSample(
      workspace,
      "samples/google-ads/campaigns-restated.csv",
      "--source",
      "google-ads",
    );
    expect(report).toMatchObject({ received: 9, stored: 0, replaced: 1, duplicates: 5, filtered: 3 });
    expect(await spendOf(workspace, "spend_date")).toEqual([
      { spend_date: "2026-03-02", total: "1148.75" },
      { spend_date: "2026-03-03", total: "143.08" },
    ]);
    expect(await spendOf(workspace, "campaign")).toEqual([
      { campaign: "Brand FR", total: "91.1" },
      { campaign: "PMax printemps", total: "80.9" },
      { campaign: "Shopping bougies", total: "1119.83" },
    ]);
  });

  test("what another source said of the same days stays", async () => {
    const workspace = freshWorkspace();
    await importSample(workspace, "samples/tiktok-ads/campaigns.csv", "--source", "tiktok-ads");
    await importSample(workspace, "samples/meta-ads/campaigns.csv", "--source", "meta-ads");
    expect(await spendOf(workspace, "source")).toEqual([
      { source: "meta-ads", total: "312.4" },
      { source: "tiktok-ads", total: "90.6" },
    ]);
  });

  test("two accounts of one tool keep their own campaigns of the same days", async () => {
    const workspace = freshWorkspace();
    const source = ["--source", "google-ads", "--as"];
    await importSample(workspace, "samples/google-ads/campaigns.csv", ...source, "google-ads-fr");
    await importSample(workspace, "samples/google-ads/campaigns-restated.csv", ...source, "google-ads-be");
    expect(await spendOf(workspace, "source")).toEqual([
      { source: "google-ads-be", total: "1291.83" },
      { source: "google-ads-fr", total: "1315.28" },
    ]);
  });
});

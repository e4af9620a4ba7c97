import type { Portfolio, PortfolioRow } from "@touchline/server/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let agency: Person;
let client: Person;
let stranger: Person;

const RANGE = { from: "2024-10-08", to: "2024-10-14" };
const BEFORE = { from: "2024-10-01", to: "2024-10-07" };

function days(from: number, to: number, line: (date: string) => string): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => line(`2024-10-${String(from + i).padStart(2, "0")}`));
}

async function importMonth(workspace: string, currency: string, cost: number): Promise<void> {
  const { world } = people;
  const spend = days(1, 14, (date) => `${date},Search,brand,${cost},${currency}`);
  const head = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
  const sales = days(
    1,
    14,
    (date) => `${workspace}-${date},${date}T10:00:00Z,v-${date},purchase,${3 * cost},${currency}`,
  );
  const files = {
    spend: world.file(`${workspace}-spend.csv`, ["date,channel,campaign,cost,currency", ...spend].join("\n")),
    conversions: world.file(`${workspace}-sales.csv`, [head, ...sales].join("\n")),
  };
  for (const [kind, file] of Object.entries(files)) await world.json("import", kind, file, "--workspace", workspace);
}

beforeAll(async () => {
  people = await openPeopleWorld();
  await importMonth("north", "EUR", 10.1);
  await importMonth("south", "EUR", 20);
  await importMonth("west", "GBP", 5);
  await importMonth("locked", "EUR", 7);
  const own = { north: "media-buyer", south: "viewer", west: "owner", locked: "owner", empty: "owner" } as const;
  agency = await people.person("Ada Agency", own);
  client = await people.person("Cleo Client", { north: "owner" });
  stranger = await people.person("Stig Stranger", { elsewhere: "owner" });
  await people.rows(
    `INSERT INTO policies (workspace_id, policies) VALUES ('locked', '{"secondPersonAbove":null,"requireSecondFactor":true}')`,
  );
}, 300_000);
afterAll(() => people.close());

/** Rows once nothing is being worked out any more. */
async function overview({ caller }: Person): Promise<Portfolio> {
  for (;;) {
    const portfolio = await caller.ask<Portfolio>("portfolio.overview", { range: RANGE, compare: BEFORE });
    if (portfolio.rows.every((row) => row.state !== "ready" || row.underway.length === 0)) return portfolio;
  }
}

const rowOf = ({ rows }: Portfolio, workspace: string): PortfolioRow =>
  rows.find((row) => row.workspace === workspace)!;

test("one view has every workspace of the reader, to the cent, and no other", async () => {
  const portfolio = await overview(agency);
  expect(portfolio.rows.map(({ workspace }) => workspace)).toEqual(["empty", "locked", "north", "south", "west"]);
  expect(rowOf(portfolio, "north")).toMatchObject({
    ...{ state: "ready", role: "media-buyer", currency: "EUR", roas: 3, incrementalRoas: null, proposals: 0 },
    ...{ lastBookedDay: "2024-10-14", failed: [], daily: Array(7).fill(30.3) },
  });
  const north = rowOf(portfolio, "north");
  expect(north.state === "ready" && Number(north.now.spend)).toBe(70.7);
  expect(rowOf(portfolio, "empty").state).toBe("empty");
});

test("amounts are added up within a currency, never across", async () => {
  const { totals } = await overview(agency);
  expect(totals).toEqual([
    {
      ...{ currency: "EUR", workspaces: 2 },
      now: { spend: "210.7", revenue: "632.1", conversions: "14" },
      before: { spend: "210.7", revenue: "632.1", conversions: "14" },
    },
    {
      ...{ currency: "GBP", workspaces: 1 },
      now: { spend: "35", revenue: "105", conversions: "7" },
      before: { spend: "35", revenue: "105", conversions: "7" },
    },
  ]);
});

test("a workspace that asks for a second factor shows that it does, and nothing else", async () => {
  expect(rowOf(await overview(agency), "locked")).toEqual({
    ...{ state: "second-factor", workspace: "locked", role: "owner" },
  });
});

test("a stranger sees nothing of them, and nobody is asked to sign in", async () => {
  expect((await overview(client)).rows.map(({ workspace }) => workspace)).toEqual(["north"]);
  expect((await overview(stranger)).rows).toEqual([{ state: "empty", workspace: "elsewhere", role: "owner" }]);
  const nobody = await people.nobody().call("portfolio.overview", { range: RANGE });
  expect(nobody.code).toBe("UNAUTHORIZED");
});

test("who is removed from a workspace does not see it with the next request", async () => {
  await people.rows(`DELETE FROM memberships WHERE workspace_id = 'south' AND user_id = '${agency.id}'`);
  expect((await overview(agency)).rows.map(({ workspace }) => workspace)).not.toContain("south");
});

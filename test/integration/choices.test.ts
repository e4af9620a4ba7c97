import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchChoices } from "../../server/src/performance/choices.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const load = (kind: string, head: string, rows: string[], name = kind) =>
  world.json("import", kind, world.file(`${name}.csv`, [head, ...rows, ""].join("\n")));

const CONVERSIONS = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
const choices = async () => fetchChoices(await world.house.workspace("default"));

describe("what figures can be narrowed to", () => {
  test("is nothing where there is nothing", async () => {
    expect(await choices()).toEqual({ conversionTypes: [], customers: null, channels: [] });
  });

  test("is every type of the books and every channel, the largest first, whatever the days", async () => {
    await load("spend", "date,channel,campaign,cost,currency", [
      "2026-03-01,Video,a,10,EUR",
      "2026-03-02,Search,b,20.50,EUR",
      "2025-03-02,Search,b,20,EUR",
    ]);
    await load("touchpoints", "event_id,occurred_at,visitor_id,channel,campaign,interaction", [
      "t1,2026-03-01T10:00:00Z,v1,Email,news,click",
    ]);
    await load("conversions", CONVERSIONS, [
      "c1,2026-03-01T10:00:00Z,v1,purchase,10,EUR",
      "c2,2026-03-02T10:00:00Z,v2,purchase,10,EUR",
      "c3,2026-03-02T10:00:00Z,v3,lead,0,EUR",
    ]);
    const { conversionTypes, channels, customers } = await choices();
    expect(conversionTypes).toEqual([
      { name: "purchase", conversions: 2 },
      { name: "lead", conversions: 1 },
    ]);
    expect(channels).toEqual([
      { name: "Search", spend: "40.5" },
      { name: "Video", spend: "10" },
      { name: "Email", spend: null },
    ]);
    // Nobody has come back yet: there are no two kinds of customers to choose from.
    expect(customers).toBeNull();
  });

  test("tells customers apart once somebody has come back", async () => {
    await load("conversions", CONVERSIONS, ["c4,2026-03-09T10:00:00Z,v1,purchase,10,EUR"], "again");
    expect((await choices()).customers).toEqual({ new: 3, returning: 1 });
  });
});

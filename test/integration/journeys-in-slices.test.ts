import { rebuildJourneys } from "@touchline/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const HOUR_MS = 3_600_000;
const iso = (hour: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + hour * HOUR_MS).toISOString();
const numbers = (length: number) => Array.from({ length }, (_, i) => i);

/** 400 touches of 60 visitors, of whom some are one person and every third buys, some of them under another id of theirs. */
async function load(): Promise<void> {
  const files = {
    touchpoints: [
      "event_id,occurred_at,visitor_id,channel,campaign,interaction",
      ...numbers(400).map(
        (i) => `e${i},${iso((i * 37) % 1_000)},v${(i * 7) % 60},${["Search", "Social"][i % 2]},c${i % 5},click`,
      ),
    ],
    conversions: [
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
      ...numbers(40).map((i) => `k${i},${iso((i * 53) % 1_000)},v${(i * 3) % 60},purchase,${i + 0.5},EUR`),
    ],
    identities: [
      "visitor_id,person_id,linked_at",
      ...numbers(24).map((i) => `v${i},customer${Math.floor(i / 4)},${iso(i)}`),
    ],
  };
  for (const [kind, lines] of Object.entries(files))
    await world.json("import", kind, world.file(`${kind}.csv`, lines.join("\n")));
  await world.json("identities");
}

test("journeys of converters that are built in slices are those that are built at once", async () => {
  await load();
  const { warehouse } = await world.house.workspace("default");
  const built = async (atOnce: number) => {
    await rebuildJourneys(warehouse, { conversionTypes: [], lookbackDays: 10 }, atOnce);
    const rows = await warehouse.engine.rows(
      "test",
      "SELECT toJSONString(tuple(*)) AS journey FROM journeys WHERE workspace_id = {workspaceId:String} ORDER BY journey",
      { workspaceId: warehouse.workspaceId },
    );
    return rows as { journey: string }[];
  };
  const whole = await built(1_000);
  expect(whole.length).toBeGreaterThan(40);
  expect(await built(100)).toEqual(whole);
  expect(await built(20)).toEqual(whole);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { importShopWithRuns } from "../support/shop-with-runs.ts";
import { openWorld, type World } from "../support/world.ts";

/** A run that somebody stops in the middle leaves nothing, and can be computed again. */

const RUN_TABLES = ["attribution_credit", "attribution_cells", "run_seeds", "run_statistics"];
const Page = z.object({ runs: z.array(z.object({ run: z.string(), state: z.string(), reason: z.string() })) });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function rowsLeft(at: World, workspace: string): Promise<number> {
  const { engine } = (await at.house.workspace(workspace)).warehouse;
  let left = 0;
  for (const table of RUN_TABLES) {
    const [row] = await engine.rows(
      "test",
      `SELECT toString(count()) AS n FROM ${table} WHERE workspace_id = {w:String}`,
      { w: workspace },
    );
    left += Number((row as { n: string }).n);
  }
  return left;
}

/** While it is in force, the named command of the engine is one that would go on for hours. */
async function withEndless<T>(at: World, awaited: string, work: () => Promise<T>): Promise<T> {
  const { engine } = (await at.house.workspace("default")).warehouse;
  const type = Object.getPrototypeOf(engine) as typeof engine;
  const { run } = type;
  type.run = async function (name, sql, params) {
    await run.call(this, name, sql, params);
    if (name === awaited)
      await run.call(this, `${name}-endless`, "SELECT sum(sipHash64(number)) FROM numbers(1000000000000) FORMAT Null");
  };
  try {
    return await work();
  } finally {
    type.run = run;
  }
}

const underway = async (at: World, workspace: string) =>
  Page.parse(await at.json("runs", "list", "--workspace", workspace)).runs.find(({ state }) => state === "running");

describe("cancelled in the middle of", () => {
  test.each(["credit-touches", "credit-by-cells", "keep-seeds"])("%s", async (command) => {
    const name = `cancelled-${command}`;
    await importShopWithRuns(world, name);
    const workspace = ["--workspace", name];
    await withEndless(world, command, async () => {
      const attribute = world.run("attribute", "--model", "markov", ...workspace);
      const found = expect.poll(() => underway(world, name), { timeout: 20_000 });
      await found.toMatchObject({ state: "running" });
      const { run } = (await underway(world, name))!;
      await expect
        .poll(async () => (await world.house.workspace(name)).warehouse.progress(`${command}-endless`), {
          timeout: 20_000,
        })
        .not.toBeNull();
      expect(await world.json("runs", "cancel", run.slice(0, 8), ...workspace)).toMatchObject({
        run,
        state: "cancelled",
      });
      expect(await attribute).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/was cancelled/) as string });
      expect((await world.run("runs", "cancel", run, ...workspace)).stderr).toMatch(
        /is not under way: it is cancelled/,
      );
    });
    expect(await rowsLeft(world, name)).toBe(0);
    const tables = await (await world.house.workspace(name)).warehouse.engine.rows(
      "test",
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '_build_')",
    );
    expect(tables).toEqual([]);
    // And what was cancelled can be had again.
    const { run } = (await world.json("attribute", "--model", "markov", ...workspace)) as { run: string };
    expect(await world.json("runs", "repeat", run, ...workspace)).toMatchObject({ isSame: true });
  });

  test("the building of journeys: others who wait for them build them for themselves", async () => {
    const name = "cancelled-journeys";
    await importShopWithRuns(world, name);
    const workspace = ["--workspace", name];
    const others = await withEndless(world, "record-journey-build", async () => {
      const attribute = world.run("attribute", "--model", "markov", ...workspace);
      await expect
        .poll(async () => (await world.house.workspace(name)).warehouse.progress("record-journey-build-endless"), {
          timeout: 20_000,
        })
        .not.toBeNull();
      await expect.poll(() => underway(world, name), { timeout: 20_000 }).toMatchObject({ state: "running" });
      const waiting = world.run("attribute", "--model", "linear", "--json", ...workspace);
      const { run } = (await underway(world, name))!;
      await world.json("runs", "cancel", run, ...workspace);
      expect(await attribute).toMatchObject({ exitCode: 1 });
      return () => waiting;
    });
    expect(await others()).toMatchObject({ exitCode: 0 });
  });
});

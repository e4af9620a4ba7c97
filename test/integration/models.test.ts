import { appRouter } from "@touchline/server/router";
import { aggregatePaths, creditPathsByMarkov } from "@touchline/solver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestOf } from "../support/members.ts";
import { openWorld, type World } from "../support/world.ts";

interface Answer {
  run: string;
  totals: { conversions: number };
  channels: { channel: string; conversions: number }[];
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const at = (hour: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + hour * 3_600_000).toISOString();

/** Every visitor goes a way of its own, so that there are many paths: letters are channels, a capital ending is a conversion. */
async function importJourneys(workspace: string, journeys: readonly { path: readonly string[]; converts: boolean }[]) {
  const touches = journeys.flatMap(({ path }, v) =>
    path.map((channel, i) => `e${v}-${i},${at((v % 200) + i)},v${v},${channel},c,click`),
  );
  const conversions = journeys.flatMap(({ path, converts }, v) =>
    converts ? [`k${v},${at((v % 200) + path.length)},v${v},purchase,10,EUR`] : [],
  );
  await world.json(
    "import",
    "touchpoints",
    world.file("t.csv", `event_id,occurred_at,visitor_id,channel,campaign,interaction\n${touches.join("\n")}`),
    "--workspace",
    workspace,
  );
  await world.json(
    "import",
    "conversions",
    world.file(
      "c.csv",
      `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\n${conversions.join("\n")}`,
    ),
    "--workspace",
    workspace,
  );
}

describe("many distinct paths", () => {
  const CHANNELS = ["Search", "Social", "Display", "Email", "Video", "Radio"];
  /** All ways of six touches through six channels, as far as wanted. */
  const journeys = Array.from({ length: 3_000 }, (_, n) => ({
    path: Array.from({ length: 6 }, (__, i) => CHANNELS[Math.floor(n / 6 ** i) % 6]!),
    converts: n % 7 < 2,
  }));
  beforeAll(() => importJourneys("many", journeys));

  test("a model that takes long is fitted in a thread of its own, with the same digits", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const answer = (await world.json(
      "attribute",
      "--workspace",
      "many",
      "--model",
      "markov",
      "--order",
      "3",
    )) as Answer;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
    const paths = aggregatePaths(
      journeys.map(({ path, converts }) => ({
        path,
        conversions: converts ? 1 : 0,
        value: 0,
        nulls: converts ? 0 : 1,
      })),
    );
    const expected = creditPathsByMarkov(paths, { order: 3 });
    for (const { channel, conversions } of answer.channels)
      expect(conversions / expected.conversions[paths.channels.indexOf(channel)]!).toBeCloseTo(1, 9);
  });

  test("the order of a chain is chosen on visitors that it was not fitted on, and kept with the run", async () => {
    const { run } = (await world.json(
      "attribute",
      "--workspace",
      "many",
      "--model",
      "markov",
      "--order",
      "auto",
    )) as Answer;
    const { warehouse } = await world.house.workspace("many");
    const [row] = (await warehouse.engine.rows(
      "test",
      "SELECT fit FROM runs FINAL WHERE workspace_id = 'many' AND run_id = {run:String}",
      { run },
    )) as { fit: string }[];
    const { figures } = JSON.parse(row!.fit) as { figures: { order: number; heldOutJourneys: number } };
    expect(figures.order).toBeGreaterThanOrEqual(1);
    expect(figures.heldOutJourneys).toBeGreaterThan(400);
    expect(figures.heldOutJourneys).toBeLessThan(800);
  });
});

describe("weak evidence is said, not hidden", () => {
  test("three conversions through one channel", async () => {
    await importJourneys(
      "three",
      [true, true, true, false].map((converts) => ({ path: ["Search"], converts })),
    );
    for (const model of ["linear", "markov", "shapley"]) {
      const { stderr, exitCode } = await world.run("attribute", "--workspace", "three", "--model", model);
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(/Only 3 conversions had a touch: one more or less moves up to 34 % of all credit/);
      expect(stderr).toMatch(/All touches before conversions are of Search/);
    }
  });

  test("journeys of which all convert: rates tell nothing, and a regression refuses", async () => {
    await importJourneys(
      "sure",
      Array.from({ length: 120 }, (_, n) => ({ path: n % 3 === 0 ? ["Search", "Email"] : ["Search"], converts: true })),
    );
    const shapley = await world.run("attribute", "--workspace", "sure", "--model", "shapley", "--worth", "rate");
    expect(shapley.stderr).toMatch(/valued by their conversions, not by their rate/);
    const markov = await world.run("attribute", "--workspace", "sure", "--model", "markov");
    expect(markov.stderr).toMatch(/no unconverted journeys: the model cannot tell which channels fail/);
    const logistic = await world.run("attribute", "--workspace", "sure", "--model", "logistic");
    expect(logistic).toMatchObject({ exitCode: 1, stdout: "" });
    expect(logistic.stderr).toMatch(/No unconverted journey is counted/);
  });

  test("no channel is paid or direct: the rules say what they are the same as", async () => {
    for (const [model, same] of [
      ["first-paid", "first"],
      ["last-paid", "last"],
      ["last-non-direct", "last"],
    ] as const) {
      const { stdout, stderr } = await world.run("attribute", "--workspace", "many", "--model", model, "--json");
      expect(stderr).toMatch(new RegExp(`this is the same as ${same}`));
      const plain = (await world.json("attribute", "--workspace", "many", "--model", same)) as Answer;
      expect((JSON.parse(stdout) as Answer).channels).toEqual(plain.channels);
    }
  });
});

describe("models side by side", () => {
  test("are computed in one pass, and one that has no answer says why beside the others", async () => {
    const caller = appRouter.createCaller(await requestOf(world.house, "sure", "olga", "owner"));
    const range = { from: "2026-01-01", to: "2026-01-31" };
    const both = await caller.attribution.compare({ range, models: ["linear", "markov", "logistic"] });
    expect(both.models.map(({ model }) => model)).toEqual(["linear", "markov"]);
    expect(both.refused).toEqual([
      { model: "logistic", reason: expect.stringMatching(/No unconverted journey is counted/) },
    ]);
    for (const { channels, noTouch } of both.models) {
      const credited = channels.reduce(
        (sum, { conversions }) => sum + Number(conversions),
        Number(noTouch.conversions),
      );
      expect(credited).toBeCloseTo(Number(both.booked.conversions), 9);
    }
    await expect(caller.attribution.compare({ range, models: ["logistic"] })).rejects.toThrow();
  });
});

describe("sets of journeys", () => {
  test("stand beside each other; the same set by another name is built once", async () => {
    const journeysOf = async () => {
      const { warehouse } = await world.house.workspace("three");
      return warehouse.engine.rows(
        "test",
        "SELECT journey_set AS name, toString(max(used_at)) AS at FROM journey_builds FINAL WHERE workspace_id = 'three' GROUP BY name ORDER BY name",
      );
    };
    const attribute = (...argv: string[]) =>
      world.json("attribute", "--workspace", "three", "--model", "last", ...argv);
    const before = await journeysOf();
    await attribute("--view-window-days", "30");
    await attribute("--view-window-days", "90");
    expect(await journeysOf()).toEqual(before);
    await attribute("--view-window-days", "7");
    await attribute("--conversion-type", "purchase", "--conversion-type", "lead");
    await attribute("--conversion-type", "lead", "--conversion-type", "purchase");
    expect(await journeysOf()).toHaveLength(before.length + 2);
  });

  test("that nobody has used for long are dropped when another one is built, and built again when they are asked for", async () => {
    const { warehouse } = await world.house.workspace("three");
    const [{ watermark }] = (await warehouse.engine.rows(
      "test",
      "SELECT watermark FROM journey_builds FINAL WHERE workspace_id = 'three' AND journey_set = '30d7v'",
    )) as [{ watermark: string }];
    await warehouse.engine.run(
      "test",
      "ALTER TABLE journey_builds DELETE WHERE workspace_id = 'three' AND journey_set = '30d7v' SETTINGS mutations_sync = 2",
    );
    await warehouse.engine.run(
      "test",
      "INSERT INTO journey_builds SELECT 'three', '30d7v', {watermark:String}, 0, now64(3) - toIntervalDay(40)",
      { watermark },
    );
    const count = async () => {
      const [row] = (await warehouse.engine.rows(
        "test",
        "SELECT toString(count()) AS n FROM journeys WHERE workspace_id = 'three' AND journey_set = '30d7v'",
      )) as { n: string }[];
      return Number(row!.n);
    };
    expect(await count()).toBe(4);
    await world.json("attribute", "--workspace", "three", "--model", "last", "--lookback-days", "5");
    expect(await count()).toBe(0);
    const answer = (await world.json(
      ...["attribute", "--workspace", "three", "--model", "linear", "--view-window-days", "7"],
    )) as Answer;
    expect(answer.channels).toMatchObject([{ channel: "Search", conversions: 3 }]);
    expect(await count()).toBe(4);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const days = Array.from({ length: 90 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
  const channels = ["Paid Search", "Video"] as const;
  const spend = channels.flatMap((channel, c) =>
    days.map((day, i) => `${day},${channel},c,${20 + 15 * ((i * (c + 2)) % 7)},EUR`),
  );
  const rows = days.flatMap((day, i) =>
    channels.flatMap((channel, c) =>
      // Revenue rises with spend, and by less and less.
      Array.from({ length: 1 + Math.round(Math.sqrt((i * (c + 2)) % 7)) }, (_, n) => ({
        day,
        channel,
        id: `${i}-${c}-${n}`,
      })),
    ),
  );
  // Of ten people who see an ad one buys, an hour later.
  const touches = rows.flatMap(({ day, channel, id }) =>
    Array.from({ length: 10 }, (_, n) => {
      const who = n === 0 ? id : `${id}-${n}`;
      return `t${who},${day}T10:00:00Z,v${who},${channel},c,impression`;
    }),
  );
  const conversions = rows.map(({ day, id }) => `k${id},${day}T11:00:00Z,v${id},purchase,60,EUR`);
  const files = {
    touchpoints: ["event_id,occurred_at,visitor_id,channel,campaign,interaction", ...touches],
    conversions: ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency", ...conversions],
    spend: ["date,channel,campaign,cost,currency", ...spend],
  };
  for (const [kind, lines] of Object.entries(files))
    await world.json("import", kind, world.file(`${kind}.csv`, lines.join("\n")));
});
afterAll(() => world.close());

const optimise = (...argv: string[]) => world.run("optimise", ...argv);

describe("limits from a file", () => {
  const refused: [string, object, string][] = [
    [
      "an unknown key of a bound",
      { bounds: { "Paid Search": { min: 5 } } },
      'bounds of "Paid Search": "min" is not known; use lower, upper, locked',
    ],
    [
      "an unknown key of a bound in a list",
      { bounds: [{ channel: "Video", min: 1, max: 5 }] },
      'bounds of "Video": "min", "max" is not known; use lower, upper, locked',
    ],
    ["a bound without a channel", { bounds: [{ lower: 1 }] }, "bounds[0]: names no channel"],
    [
      "a channel that is bounded twice",
      {
        bounds: [
          { channel: "Video", lower: 1 },
          { name: "Video", upper: 5 },
        ],
      },
      '"Video" is bounded twice',
    ],
    [
      "a channel that is bounded here and limited there",
      { bounds: { Video: { lower: 1 } }, constraints: [{ type: "channel_max", args: ["Video", 5] }] },
      '"Video" is bounded twice',
    ],
  ];
  test.each(refused)("%s is refused by name", async (_, limits, sentence) => {
    world.file("limits.json", JSON.stringify(limits));
    expect(await optimise("--constraints", "limits.json")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `touchline: limits.json: ${sentence}\n`,
    });
  });

  test("a number below 0 is refused with channel and key", async () => {
    world.file("limits.json", JSON.stringify({ bounds: { Video: { lower: -1 } } }));
    const { exitCode, stderr } = await optimise("--constraints", "limits.json");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^touchline: limits\.json: bounds of "Video": lower: [^\n]+\n$/);
  });

  test("a limit with arguments holds like a bound", async () => {
    const plans: unknown[] = [];
    for (const limits of [
      { bounds: { Video: { lower: 111, upper: null } } },
      { constraints: [{ name: "floor", type: "channel_min", args: ["Video", 111] }] },
    ]) {
      world.file("limits.json", JSON.stringify(limits));
      plans.push(await world.json("optimise", "--constraints", "limits.json", "--budget", "200", "--period", "day"));
    }
    expect(plans[1]).toEqual(plans[0]);
    const { allocation } = plans[0] as { allocation: { channel: string; recommended: string }[] };
    expect(Number(allocation.find(({ channel }) => channel === "Video")!.recommended)).toBeGreaterThanOrEqual(111);
  });
});

describe("a budget", () => {
  test.each(["1e308", "1e16"])("of %s is wrong usage, in one sentence", async (budget) => {
    const { exitCode, stdout, stderr } = await optimise("--budget", budget);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(`touchline: --budget: ${budget} is too much; the largest is 1,000,000,000,000,000\n`);
  });

  test("of 0 stops every channel, and says so", async () => {
    const { exitCode, stdout } = await optimise("--budget", "0");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/The budget ends before Video: there the next unit would still earn/);
    expect(stdout).not.toMatch(/that the plan settles at/);
  });

  test("is split with the proof that no other split is worth more", async () => {
    const { exitCode, stdout } = await optimise("--budget", "2000");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nNo split within these limits is worth more than [0-9.]+ % above this one\.\n/);
  });
});

test("an import that fails at its second file prints the JSON of the first", async () => {
  const first = world.file("first.csv", "date,channel,campaign,cost,currency\n2026-06-01,Radio,c,7,EUR\n");
  const failed = await world.run("import", "spend", first, "missing.csv", "--json", "--workspace", "half");
  expect(failed).toMatchObject({ exitCode: 1, stderr: "touchline: missing.csv does not exist\n" });
  expect(JSON.parse(failed.stdout)).toMatchObject({ imports: [{ file: first, received: 1, stored: 1 }] });
  const none = await world.run("import", "spend", "missing.csv", "--json", "--workspace", "half");
  expect(none).toMatchObject({ exitCode: 1, stdout: "" });
});

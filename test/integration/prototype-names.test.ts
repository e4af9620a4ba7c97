import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTables } from "../support/balance.ts";
import { runAlone } from "../support/command-alone.ts";
import { touch } from "../support/events.ts";
import { type Gate, openGate } from "../support/gate.ts";
import { sendBody } from "../support/send.ts";
import { openWorld, type World } from "../support/world.ts";

/** Names that every object has of its own accord are names like others where they come from files and people. */
const NAMES = ["constructor", "toString", "hasOwnProperty", "valueOf"];
const HIDDEN = "__proto__";

let world: World;
let gate: Gate;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  gate = await openGate(world.house);
  folder = mkdtempSync(join(tmpdir(), "touchline-names-"));
});
afterAll(async () => {
  await gate?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

function expectUntouched(): void {
  for (const value of [{}, [], () => 0] as Record<string, unknown>[])
    for (const name of ["polluted", "opt_in", "gross"]) expect(value[name]).toBeUndefined();
}

describe("settings", () => {
  test.each(NAMES)("have a part called %s once somebody has given it, and not before", async (name) => {
    const workspace = await world.house.workspace(`settings-${name.toLowerCase()}`);
    const inside = ["--workspace", workspace.id];
    for (const setting of ["books", "legal-basis", "time-zones", "health"] as const)
      expect((await workspace.setting(setting))[name]).toBeUndefined();
    expect((await world.run("settings", "--set", `time-zones.${name}=Europe/Paris`, ...inside)).exitCode).toBe(0);
    expect({ ...(await workspace.setting("time-zones")) }).toEqual({ [name]: "Europe/Paris" });
    expect(await world.run("settings", "--set", `health.${name}=3`, ...inside)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`--set: there is no rule "${name}"`),
    });
  });

  test(`take nothing under ${HIDDEN}, and say so`, async () => {
    for (const setting of ["books", "time-zones"]) {
      expect(await world.run("settings", "--set", `${setting}.${HIDDEN}=UTC`)).toMatchObject({
        exitCode: 2,
        stderr: `touchline: --set: ${setting} has no part of the name "${HIDDEN}"\n`,
      });
    }
    expect((await world.run("settings", "--set", `${HIDDEN}.polluted=1`)).exitCode).toBe(2);
    expectUntouched();
  });
});

describe("rows", () => {
  test.each([...NAMES, HIDDEN])(
    "of a source called %s, with a further column called so too, are stored as they came",
    async (name) => {
      const id = `rows-${NAMES.indexOf(name) + 1}`;
      const body = JSON.stringify({ ...touch("e-1"), polluted: "x" }).replace("polluted", name);
      const door = { url: gate.url, key: gate.key(id) };
      const answer = await sendBody(door, "touchpoints", `${body}\n`, { "x-source": name });
      expect([answer.status, answer.accepted]).toEqual([202, 1]);
      const { warehouse } = await world.house.workspace(id);
      const rows = await askTables(
        warehouse,
        "SELECT toString(occurred_at) AS at, extra FROM touchpoints WHERE workspace_id = {workspaceId:String}",
      );
      expect(rows).toEqual([{ at: expect.stringContaining("10:00:00"), extra: expect.anything() }]);
      expect(JSON.stringify(rows[0]!.extra)).toContain(name);
      expectUntouched();
    },
  );
});

describe("curves", () => {
  const channels = NAMES.map((name) => ({ name, curve: { type: "hill", beta: 300, k: 40, s: 1 }, current: 30 }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test("of channels with such names are planned on like others", async () => {
    write("curves.json", JSON.stringify({ currency: "EUR", unit: "week", channels }));
    write("limits.json", JSON.stringify({ bounds: { constructor: { upper: 20 } } }));
    const asked = ["--curves", "curves.json", "--constraints", "limits.json", "--budget", "120", "--json"];
    const { exitCode, stdout, stderr } = await runAlone(folder, "optimise", ...asked);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const plan = JSON.parse(stdout) as Plan;
    const spend = Object.fromEntries(plan.allocation.map(({ channel, recommended }) => [channel, Number(recommended)]));
    expect(Object.keys(spend).sort()).toEqual([...NAMES].sort());
    expect(spend.constructor as unknown as number).toBeLessThanOrEqual(20);
    expect(Object.values(spend).reduce((sum, each) => sum + each, 0)).toBeCloseTo(120, 1);
  });

  test(`and limits that call something ${HIDDEN} are refused with the file's name`, async () => {
    write("curves.json", JSON.stringify({ currency: "EUR", unit: "week", channels }));
    write("hidden.json", `{ "bounds": { "${HIDDEN}": { "upper": 1, "polluted": 1 } } }`);
    const asked = ["--curves", "curves.json", "--constraints", "hidden.json", "--budget", "120"];
    expect(await runAlone(folder, "optimise", ...asked)).toMatchObject({
      exitCode: 1,
      stderr: `touchline: hidden.json is not JSON: nothing in it may be called "${HIDDEN}"\n`,
    });
    expectUntouched();
  });

  test("of a model that gives no scale for a channel of such a name are refused", async () => {
    const posterior = [{ channel: "constructor", chain: 0, draw: 0, saturation_lam: 1, saturation_beta: 2 }];
    write(
      "pymc.json",
      JSON.stringify({ model: "pymc-marketing", channel_scale: { tv: 1 }, target_scale: 1, posterior }),
    );
    const { exitCode, stderr } = await runAlone(folder, "optimise", "--curves", "pymc.json", "--budget", "10");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('channel_scale: has no scale of "constructor"')]);
  });
});

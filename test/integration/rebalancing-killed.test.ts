import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { writeSimulatedShop } from "@touchline/server/demo";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { auditEntries, openStore, proposals, rebalancingRuns } from "../../server/src/store/index.ts";
import { commandsOn } from "../support/commands.ts";
import { runTouchline, startTouchline } from "../support/process.ts";
import { makeDataFolder, SECRET } from "../support/same-secret.ts";

const PROCESS = fileURLToPath(new URL("../support/rebalance-process.ts", import.meta.url));
const program = ["--import", "tsx", PROCESS];
/** The day after the shop's last. */
const NOW = "2026-11-01T06:10:00Z";
/** Every write of a run that ends with a proposal, and what lies between: `TOUCHLINE_ROUNDS=N` tries the first N. */
const MOMENTS = [
  ...["started", "before 1", "after 1", "after 2", "after 3", "after 4", "after 5", "after 6", "after 7", "after 8"],
  ...["after 9", "after 10", "after 11", "after 12", "after 13", "after 14", "proposed", "after 15", "told", "ended"],
];
const ROUNDS = Number(process.env.TOUCHLINE_ROUNDS ?? MOMENTS.length);

let folder: string;
/** A shop whose curves were fitted once: what is killed here is the run, and the fit has tests of its own. */
let fitted: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-weekly-"));
  fitted = join(folder, "fitted");
  makeDataFolder(fitted);
  const house = await openHouse({ dataFolder: fitted });
  const run = commandsOn(house, folder, () => new Date(NOW));
  const shop = await writeSimulatedShop(join(folder, "shop"), { people: 600, days: 60, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await run("import", kind, shop[kind]);
  const { exitCode, stdout } = await run("rebalance", "--dry-run", "--json");
  expect([exitCode, JSON.parse(stdout).state]).toEqual([0, "proposed"]);
  await house.close();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Left {
  readonly runs: (typeof rebalancingRuns.$inferSelect)[];
  readonly proposals: string[];
  readonly ends: number;
}

/** What stands in the store: an audit that is whole, and a proposal if, and only if, the run says so. */
async function leftIn(data: string): Promise<Left> {
  const store = await openStore({ folder: join(data, "accounts") }, SECRET);
  try {
    const own = store.in("default");
    const [runs, put] = [await own.select(rebalancingRuns), await own.select(proposals)];
    const ends = (await own.select(auditEntries)).filter(({ action }) => action === "rebalancing.proposed").length;
    expect(await verifyAudit(own)).toMatchObject({ isWhole: true, broken: null });
    expect(runs.flatMap(({ proposalId }) => (proposalId === null ? [] : [proposalId]))).toEqual(
      put.map(({ id }) => id),
    );
    expect(ends).toBe(put.length);
    expect(runs.filter(({ state }) => state === "proposed")).toHaveLength(put.length);
    return { runs, proposals: put.map(({ id }) => id), ends };
  } finally {
    await store.close();
  }
}

function groundOf(name: string): string {
  const data = join(folder, name.replaceAll(" ", "-"));
  cpSync(fitted, data, { recursive: true });
  return data;
}

/** The command again, in a process that nothing happens to: it goes on with what is there, or begins. */
async function goOn(data: string): Promise<{ exitCode: number; state: string; proposalId: string }> {
  const { exitCode, stdout, stderr } = await runTouchline([data, NOW, "never", "rebalance", "--json"], { program });
  if (stdout === "") throw new Error(stderr);
  return { exitCode, ...JSON.parse(stdout) };
}

/** One run, one proposal, whatever came before. */
async function expectOneProposal(data: string): Promise<Left> {
  const first = await goOn(data);
  expect([first.exitCode, first.state]).toEqual([0, "proposed"]);
  const left = await leftIn(data);
  expect(left.runs).toHaveLength(1);
  expect(left.proposals).toEqual([first.proposalId]);
  expect(left.runs[0]!.steps.map(({ state }) => state)).toEqual(Array(7).fill("done"));
  expect((await goOn(data)).proposalId).toBe(first.proposalId);
  expect(await leftIn(data)).toEqual(left);
  return left;
}

describe("a weekly run whose process is killed", () => {
  test.each(MOMENTS.slice(0, ROUNDS))(
    "at %s goes on from its last step or is cleanly absent, and puts one plan forward",
    async (moment) => {
      const data = groundOf(moment);
      const { exitCode, stdout } = await runTouchline([data, NOW, moment, "rebalance", "--json"], { program });
      expect([exitCode, stdout]).toEqual([-1, ""]);
      const left = await leftIn(data);
      expect(left.runs).toHaveLength(moment === "started" ? 0 : 1);
      expect(left.proposals).toHaveLength(moment === "ended" ? 1 : 0);
      const done = left.runs[0]?.steps.filter(({ state }) => state === "done").map(({ endedAt }) => endedAt) ?? [];
      const { runs } = await expectOneProposal(data);
      // What was done is not done again.
      expect(runs[0]!.steps.slice(0, done.length).map(({ endedAt }) => endedAt)).toEqual(done);
      rmSync(data, { recursive: true, force: true });
    },
    240_000,
  );

  test.each(["after 2", "after 3", "before 5", "after 5"])(
    "at %s while a guard-rail blocks it is blocked when it goes on, and never passes by what blocked it",
    async (moment) => {
      const data = groundOf(`blocked ${moment}`);
      const blackouts = [{ from: "2026-10-30", to: "2026-11-05", reason: "sale" }];
      const file = join(data, "settings.json");
      writeFileSync(file, JSON.stringify({ guardRails: { blackouts } }));
      await runTouchline([data, NOW, "never", "rebalance", "--settings", file], { program });
      const { stdout } = await runTouchline([data, NOW, moment, "rebalance", "--json"], { program });
      expect(stdout).toBe("");
      const { exitCode, state } = await goOn(data);
      expect([exitCode, state]).toEqual([3, "blocked"]);
      expect((await leftIn(data)).proposals).toEqual([]);
      rmSync(data, { recursive: true, force: true });
    },
    240_000,
  );

  test("from outside, whenever it is, leaves one plan or none", async () => {
    const seen = new Set<number>();
    for (let round = 0; round < 3; round++) {
      const data = groundOf(`outside ${round}`);
      const child = startTouchline([data, NOW, "never", "rebalance"], { program });
      const ended = new Promise((done) => child.once("close", done));
      await pause(1_500 + 900 * round);
      child.kill("SIGKILL");
      await ended;
      const { runs } = await leftIn(data);
      seen.add(runs[0]?.steps.filter(({ state }) => state === "done").length ?? -1);
      await expectOneProposal(data);
      rmSync(data, { recursive: true, force: true });
    }
    expect(seen.size).toBeGreaterThan(0);
  }, 300_000);
});

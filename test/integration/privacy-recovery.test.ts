import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_OF_ANN, ANN, lookInto, populate } from "../support/people.ts";
import { openWorld } from "../support/world.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-erasure-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const require = createRequire(import.meta.url);
const module = (name: string) => JSON.stringify(`file://${require.resolve(name)}`);

/**
 * Runs the real command and kills its process at the n-th writing statement: as `moment` says, or where it hurts most, which is after a
 * copy, in the middle of a mutation, and before anything else.
 */
const KILLED_ERASURE = `
  import { openHouse } from ${module("@touchline/server/house")};
  import { runCommandLine } from ${module("@touchline/server/cli")};
  const [dataFolder, id, at, wanted] = process.argv.slice(2);
  const house = await openHouse({ dataFolder });
  const { engine } = (await house.workspace("default")).warehouse;
  let step = 0;
  const die = () => process.kill(process.pid, "SIGKILL");
  for (const method of ["run", "insertRows"]) {
    const original = engine[method].bind(engine);
    engine[method] = async (...args) => {
      if (step++ !== Number(at)) return original(...args);
      process.stdout.write(args[0] + "\\n");
      const worst = args[0].startsWith("copy-") ? "after" : args[0].startsWith("mutate-") ? "during" : "before";
      const moment = wanted === "worst" ? worst : wanted;
      if (moment === "before") die();
      const work = original(...args);
      if (moment === "during") setImmediate(die);
      await work;
      die();
    };
  }
  const io = { cwd: ".", stdout: () => {}, stderr: () => {}, isWatched: false, columns: 80, fileNames: {} };
  const exit = await runCommandLine(["person", "erase", id, "--yes"], { io, withHouse: (_, work) => work(house) });
  process.stdout.write("ended " + exit + "\\n");
  await house.close();
`;

function eraseAndDie(data: string, at: number, moment: string): Promise<{ signal: string | null; output: string }> {
  const path = join(folder, "killed-erasure.mts");
  writeFileSync(path, KILLED_ERASURE);
  const argv = ["--import", `file://${require.resolve("tsx")}`, path, data, ANN, String(at), moment];
  const child = spawn(process.execPath, argv);
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  return new Promise((done) => child.on("close", (_code, signal) => done({ signal, output: output.trim() })));
}

/** A data folder with Ann in it, and what its totals are. */
async function makeTemplate() {
  const world = await openWorld();
  await populate(world, "default");
  const totals = await lookInto(world.house).totals("default");
  await world.house.close();
  const template = join(folder, "template");
  cpSync(world.house.dataFolder, template, { recursive: true });
  rmSync(world.folder, { recursive: true, force: true });
  return { template, totals };
}

/** Lets a process die in a copy of the template, opens what it left, and looks. @returns the statement it died at; null when it did not */
async function dieAndReopen(
  { template, totals }: Awaited<ReturnType<typeof makeTemplate>>,
  at: number,
  moment: string,
) {
  const data = join(folder, `death-${at}-${moment}`);
  cpSync(template, data, { recursive: true });
  const { signal, output } = await eraseAndDie(data, at, moment);
  if (signal !== "SIGKILL") {
    expect(output).toBe("ended 0");
    return null;
  }
  const label = `killed at ${output}, ${moment}`;
  const house = await openHouse({ dataFolder: data });
  const look = lookInto(house);
  expect(await look.totals("default"), label).toEqual(totals);
  const hashes = await Promise.all(ALL_OF_ANN.map((id) => look.hashOf("default", id)));
  const begun = await look.rows(
    "default",
    "SELECT DISTINCT state FROM forgotten FINAL WHERE workspace_id = {workspaceId:String}",
  );
  // What was killed before it had begun was never promised to anybody.
  if (begun.length > 0) {
    expect(begun, label).toEqual([{ state: "done" }]);
    expect(await look.tablesWith("default", hashes), label).toEqual(["forgotten"]);
  }
  await house.close();
  rmSync(data, { recursive: true, force: true });
  return output;
}

/** From here on rows are as they will stay, and files are cleaned away. */
const ROWS_ARE_GONE = "set-part-lifetime";

test("an erasure whose process is killed anywhere is ended at the next opening, with every row once", async () => {
  const template = await makeTemplate();
  const died: string[] = [];
  for (let at = 0; died.at(-1) !== ROWS_ARE_GONE; at++) {
    const step = await dieAndReopen(template, at, "worst");
    if (step === null) break;
    died.push(step);
    if (step.startsWith("copy-")) await dieAndReopen(template, at, "during");
  }
  expect(died.length).toBeGreaterThan(12);
  for (const step of ["copy-touchpoints", "mutate-touchpoints", "copy-conversions", "mutate-conversions"])
    expect(died).toContain(step);
  expect(died.at(-1)).toBe(ROWS_ARE_GONE);
}, 300_000);

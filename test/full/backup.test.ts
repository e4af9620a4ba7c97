import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { conversion, touch } from "../support/events.ts";
import { runTouchline, startServer, startTouchline } from "../support/process.ts";

/** The real commands and a real server: what was kept comes back, whatever ends in the middle. */

let folder: string;
let data: string;
let backups: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-backup-"));
  data = join(folder, "data");
  backups = join(folder, "backups");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runTouchline(argv);
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

function writeRows(name: string, rows: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

const touches = (name: string, count: number) =>
  writeRows(
    `${name}.ndjson`,
    Array.from({ length: count }, (_, n) => touch(`${name} ${n}`, n)),
  );

async function attribution(of: string): Promise<unknown> {
  const { run: _run, ...answer } = JSON.parse(
    await run("attribute", "--model", "linear", "--json", "--data", of),
  ) as Record<string, unknown>;
  return answer;
}

test("a backup beside imports holds what was acknowledged before it, and its books balance", async () => {
  await run("import", "touchpoints", touches("first", 2_000), "--data", data);
  const sold = writeRows(
    "sold.ndjson",
    Array.from({ length: 300 }, (_, n) => conversion(`sold ${n}`, n)),
  );
  await run("import", "conversions", sold, "--data", data);
  const server = await startServer(["serve", "--data", data]);
  try {
    const later = Array.from({ length: 6 }, (_, n) => touches(`later${n}`, 500));
    const imports = later.map((path) => run("import", "touchpoints", path, "--data", data));
    await run("backup", "--to", backups, "--data", data);
    await Promise.all(imports);
  } finally {
    await server.stop();
  }
  const restored = join(folder, "beside");
  await run("restore", "--from", backups, "--data", restored);
  const house = await openHouse({ dataFolder: restored });
  try {
    const workspace = await house.workspace("default");
    expect(await findImbalance(workspace.warehouse)).toEqual([]);
    const [kept] = await askTables(
      workspace.warehouse,
      "SELECT toString(countIf(startsWith(event_id, 'first'))) AS n FROM touchpoints",
    );
    expect(kept).toEqual({ n: "2000" });
  } finally {
    await house.close();
  }
});

/** Keeps the folder once more. @returns how many files of rows that took */
async function addedParts(): Promise<number> {
  const before = new Set(readdirSync(join(backups, "parts")));
  await run("backup", "--to", backups, "--data", data);
  return readdirSync(join(backups, "parts")).filter((name) => !before.has(name)).length;
}

test("a further backup adds nothing where nothing was written, and comes back with the same answer", async () => {
  await run("backup", "--to", backups, "--data", data);
  // The engine merges small parts of a table into one, whenever it is open, until there are none.
  await expect.poll(addedParts, { timeout: 90_000 }).toBe(0);
  const restored = join(folder, "restored");
  await run("restore", "--from", backups, "--data", restored);
  expect(await attribution(restored)).toEqual(await attribution(data));
  const again = await runTouchline(["restore", "--from", backups, "--data", restored]);
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/is not empty/) });
}, 300_000);

test("a restore that is killed is not served, and is done when it is run again", async () => {
  const restored = join(folder, "killed");
  const argv = ["restore", "--from", backups, "--data", restored];
  const child = startTouchline(argv);
  const ended = new Promise((done) => child.on("close", done));
  await expect.poll(() => existsSync(join(restored, "clickhouse", "status")), { timeout: 60_000 }).toBe(true);
  child.kill("SIGKILL");
  await ended;
  const refused = await runTouchline(["attribute", "--data", restored]);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/run the same touchline restore again/) });
  await run(...argv);
  expect(await attribution(restored)).toEqual(await attribution(data));
  // Killed once more, between the last row and the last mark.
  const { id } = JSON.parse(await run("backup", "--verify", backups, "--json")) as { id: string };
  writeFileSync(join(restored, "restore-unfinished"), `${id} filled\n`);
  expect(await runTouchline(["attribute", "--data", restored])).toMatchObject({ exitCode: 1 });
  await run(...argv);
  expect(await attribution(restored)).toEqual(await attribution(data));
});

test("while a backup is under way another one into its folder is refused", async () => {
  const lock = join(backups, "backup.lock");
  writeFileSync(lock, `${hostname()}:${process.pid}`);
  const second = await runTouchline(["backup", "--to", backups, "--data", data]);
  expect(second).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/another backup into .* is under way/) });
  writeFileSync(lock, `${hostname()}:4194305`); // Of a process that was killed.
  await run("backup", "--to", backups, "--data", data);
  expect(existsSync(lock)).toBe(false);
});

test("a backup that is killed does not count, and the earlier ones stay whole", async () => {
  const before = await run("backup", "--list", backups, "--json");
  await run("import", "touchpoints", touches("more", 2_000), "--data", data);
  const child = startTouchline(["backup", "--to", backups, "--data", data]);
  const ended = new Promise((done) => child.on("close", done));
  await expect
    .poll(() => readdirSync(join(backups, "unfinished")).length, { interval: 1, timeout: 60_000 })
    .not.toBe(0);
  child.kill("SIGKILL");
  await ended;
  expect(await run("backup", "--list", backups, "--json")).toBe(before);
  await run("backup", "--verify", backups);
  await run("backup", "--to", backups, "--data", data);
  await run("backup", "--verify", backups);
});

test("a file that was damaged is named, and is not restored", async () => {
  const [part] = readdirSync(join(backups, "parts")).filter((name) => name.startsWith("schema_migrations"));
  appendFileSync(join(backups, "parts", part!), "x");
  const verified = await runTouchline(["backup", "--verify", backups]);
  expect(verified).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(part!) });
  const refused = await runTouchline(["restore", "--from", backups, "--data", join(folder, "never")]);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(part!) });
  expect(existsSync(join(folder, "never"))).toBe(false);
});

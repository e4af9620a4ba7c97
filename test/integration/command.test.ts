import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, runTouchline, startServer, startTouchline } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";

const HEADER = "event_id,occurred_at,visitor_id,channel,campaign,interaction";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("the command by itself", () => {
  test("help says what there is, and goes to standard output", async () => {
    const { exitCode, stdout, stderr } = await runTouchline(["--help"]);
    expect(exitCode).toBe(0);
    for (const command of ["demo", "serve", "import", "attribute", "curves", "optimise", "settings"])
      expect(stdout).toContain(command);
    expect(stderr).toBe("");
  });

  test("aggregated paths need no data folder and leave none behind", async () => {
    const cwd = join(folder, "elsewhere");
    mkdirSync(cwd);
    const run = (...argv: string[]) => runTouchline(["attribute", ...argv], { cwd });
    const paths = file(
      "paths.csv",
      'path,total_conversions,total_conversion_value,total_null\n"a > b",3,30,5\n"b",2,25,1\n"a > a > c",1,5,9\n',
    );
    for (const [model, first] of [
      ["first", 4],
      ["last", 5],
      ["linear", 1.5 + 1 / 3 + 1 / 3 + 2],
      ["markov", null],
    ] as const) {
      const { stdout, exitCode } = await run("--paths", paths, "--model", model, "--json");
      expect(exitCode).toBe(0);
      const answer = JSON.parse(stdout) as {
        totals: { conversions: number; revenue: string };
        channels: { channel: string; conversions: number }[];
      };
      expect(answer.totals).toEqual({ conversions: 6, revenue: "60" });
      expect(answer.channels.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(6, 12);
      const leading = { first: "a", last: "b", linear: "b", markov: "b" }[model];
      expect(answer.channels[0]!.channel).toBe(leading);
      if (first !== null && model !== "linear") expect(answer.channels[0]!.conversions).toBe(first);
    }
    expect(await run("--paths", "none.csv")).toMatchObject({
      exitCode: 1,
      stderr: "touchline: none.csv does not exist\n",
    });
    const decay = await run("--paths", paths, "--model", "time-decay");
    expect(decay).toMatchObject({ exitCode: 1, stdout: "" });
    expect(decay.stderr.trim().split("\n")).toHaveLength(1);
    const wrong = await run("--paths", file("wrong.csv", "a,b\n1,2\n"));
    expect(wrong.stderr).toMatch(/has no column path and total_conversions/);
    expect(wrong.exitCode).toBe(1);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("a problem file is solved without any data, an impossible one says why, a foreign one is refused by name", async () => {
    const curve = (beta: number) => ({ type: "hill", beta, k: 100, s: 1 });
    const channel = (name: string, beta: number) => ({ name, curve: curve(beta), lower: 0, upper: null, current: 50 });
    const problem = {
      objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
      channels: [channel("a", 1000), channel("b", 1000)],
      constraints: [{ type: "total_spend", sense: "=", value: 100 }],
    };
    const solved = await runTouchline([
      "optimise",
      "--json",
      "--problem",
      file("problem.json", JSON.stringify(problem)),
    ]);
    const answer = JSON.parse(solved.stdout) as {
      status: string;
      objective_value: number;
      spend: { a: number; b: number };
      duals: { budget_shadow_price: number };
    };
    expect(answer.status).toBe("optimal");
    expect(answer.spend.a).toBeCloseTo(50, 4); // two equal channels share evenly: 1000 x 50 / 150 each
    expect(answer.objective_value).toBeCloseTo(2000 / 3, 6);
    expect(answer.duals.budget_shadow_price).toBeCloseTo((1000 * 100) / 150 ** 2, 5);
    const floors = { ...problem, channels: problem.channels.map((each) => ({ ...each, lower: 80 })) };
    const impossible = await runTouchline([
      "optimise",
      "--json",
      "--problem",
      file("impossible.json", JSON.stringify(floors)),
    ]);
    expect(JSON.parse(impossible.stdout)).toMatchObject({ status: "infeasible" });
    const proved = await runTouchline(["optimise", "--problem", join(folder, "problem.json")]);
    expect(proved.stdout).toMatch(/No split within these limits is worth more than [0-9.]+ % above this one\./);
    const foreign = await runTouchline([
      "optimise",
      "--json",
      "--problem",
      file("foreign.json", JSON.stringify({ ...problem, constraints: [{ type: "magic" }] })),
    ]);
    expect(foreign).toMatchObject({ exitCode: 1, stdout: "" });
    expect(foreign.stderr).toMatch(/magic/);
  });

  test("standard input is a file like any other", async () => {
    const data = join(folder, "stdin");
    const { stdout, exitCode } = await runTouchline(["import", "touchpoints", "-", "--format", "csv", "--data", data], {
      stdin: `${HEADER}\ne1,2026-03-01T10:00:00Z,v,Search,b,click\n`,
    });
    expect(stdout).toMatch(/^standard input: 1 row read in .*: 1 stored, 0 rejected\.\n$/);
    expect(exitCode).toBe(0);
  });
});

describe("a folder that a server holds", () => {
  let server: RunningServer;
  let data: string;
  beforeAll(async () => {
    data = join(folder, "held");
    server = await startServer(["serve", "--data", data]);
  });
  afterAll(() => server.stop());

  test("an import beside the open dashboard just works, and the dashboard sees it", async () => {
    expect(await servedTouchpoints(server)).toBe(0);
    const path = file("beside.csv", `${HEADER}\ne1,2026-03-01T10:00:00Z,v,Search,b,click\n`);
    const imported = await runTouchline(["import", "touchpoints", "beside.csv", "--data", data], { cwd: folder });
    expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
    expect(imported.stdout).toMatch(/^beside\.csv: 1 row read .* 1 stored/);
    const again = await runTouchline(["import", "touchpoints", path, "--data", data]);
    expect(again.stdout).toMatch(/nothing changed/);
    expect(await servedTouchpoints(server)).toBe(1);
  });

  test("errors and exit codes come back through it", async () => {
    const { exitCode, stderr, stdout } = await runTouchline(["import", "touchpoints", "nowhere.csv", "--data", data]);
    expect({ exitCode, stderr, stdout }).toEqual({
      exitCode: 1,
      stderr: "touchline: nowhere.csv does not exist\n",
      stdout: "",
    });
  });

  test("a second server for it is refused in one sentence", async () => {
    const { exitCode, stderr } = await runTouchline(["serve", "--data", data, "--port", "0"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^touchline: a Touchline server for .* is running already: [^\n]*\n$/);
  });

  test("a request under another name is not answered", async () => {
    const { port } = new URL(server.url);
    const { request } = await import("node:http");
    const status = await new Promise((done) => {
      request(
        { host: "127.0.0.1", port, path: "/trpc/workspace.status", headers: { Host: "evil.example" } },
        (response) => done(response.statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });

  test("only the owner may use its socket", async () => {
    const { statSync } = await import("node:fs");
    const [socket] = readdirSync(data).filter((name) => name.endsWith(".sock"));
    if (socket !== undefined) expect(statSync(join(data, socket)).mode & 0o077).toBe(0);
    else expect(Buffer.byteLength(join(data, "touchline.sock"))).toBeGreaterThan(100);
  });
});

describe("what is taken", () => {
  test("a taken port gets one sentence, and nothing is made", async () => {
    const data = join(folder, "port");
    const blocker = createServer();
    await new Promise<void>((done) => blocker.listen(0, "127.0.0.1", done));
    const { port } = blocker.address() as { port: number };
    for (const command of ["serve", "demo"]) {
      const { exitCode, stderr, stdout } = await runTouchline([command, "--data", data, "--port", String(port)]);
      expect(stderr).toBe(
        `touchline: port ${port} is taken by another program: choose another one with --port, or --port 0 for any free one\n`,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    }
    expect(existsSync(data)).toBe(false);
    await new Promise((done) => blocker.close(done));
  });

  test("a folder that another program has open gets one sentence", async () => {
    const data = join(folder, "locked");
    const held = await startServer(["serve", "--data", data]);
    // The same engine folder under another name has no socket to hand the command to: as when another program holds it.
    const { symlinkSync } = await import("node:fs");
    const other = join(folder, "other-name");
    mkdirSync(other);
    symlinkSync(join(data, "clickhouse"), join(other, "clickhouse"));
    const { exitCode, stderr, stdout } = await runTouchline(["attribute", "--data", other]);
    await held.stop();
    expect(stderr).toMatch(
      /^touchline: the data folder .* is in use by another process \(\d+\): stop that process, or choose another folder with --data\n$/,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  });
});

/** What a server that opens the folder counts there. */
async function storedTouchpoints(data: string): Promise<number> {
  const server = await startServer(["serve", "--data", data]);
  const touchpoints = await servedTouchpoints(server);
  await server.stop();
  return touchpoints;
}

async function servedTouchpoints(server: RunningServer): Promise<number> {
  const owner = await ownerOf(server);
  const { rows } = await owner.ask<{ rows: { touchpoints: number } }>("workspace.status");
  owner.close();
  return rows.touchpoints;
}

describe("a process that is killed", () => {
  test("kill -9 in the middle of an import leaves nothing half-done: the next command takes it back and the import can be repeated", async () => {
    const data = join(folder, "killed");
    const rows = Array.from({ length: 400_000 }, (_, i) => `e${i},2026-03-01T10:00:00Z,v${i % 1000},Search,b,click`);
    const path = file("large.csv", `${HEADER}\n${rows.join("\n")}\n`);
    await runTouchline([
      "import",
      "touchpoints",
      file("small.csv", `${HEADER}\nfirst,2026-03-01T10:00:00Z,v,Search,b,click\n`),
      "--data",
      data,
    ]);
    let interrupted = 0;
    for (const delay of [100, 300, 600]) {
      const child = startTouchline(["import", "touchpoints", path, "--data", data]);
      const ended = new Promise<number | null>((done) => child.on("close", done));
      const store = join(data, "spool");
      const deadline = Date.now() + 20_000;
      // Killed at different moments after the engine has been opened.
      while (!(existsSync(store) && readdirSync(store).includes(String(child.pid))) && Date.now() < deadline)
        await new Promise((done) => setTimeout(done, 5));
      await new Promise((done) => setTimeout(done, delay));
      child.kill("SIGKILL");
      await ended;
      // Looked at before the import is repeated: its rows have ids, so repeating it would cover up what was left.
      const stored = await storedTouchpoints(data);
      // A fast machine has stored the whole file by then, and was about to say so.
      if (stored === 400_001) break;
      expect(stored).toBe(1);
      interrupted++;
    }
    expect(interrupted).toBeGreaterThan(0);
    const repeated = await runTouchline(["import", "touchpoints", path, "--data", data, "--json"]);
    expect(repeated.exitCode).toBe(0);
    expect(await storedTouchpoints(data)).toBe(400_001);
  }, 180_000);

  test("a server that was killed leaves a folder that opens again", async () => {
    const data = join(folder, "server-killed");
    const first = await startServer(["serve", "--data", data]);
    await runTouchline([
      "import",
      "touchpoints",
      file("one.csv", `${HEADER}\ne1,2026-03-01T10:00:00Z,v,Search,b,click\n`),
      "--data",
      data,
    ]);
    await first.stop("SIGKILL");
    const second = await startServer(["serve", "--data", data]);
    expect(await servedTouchpoints(second)).toBe(1);
    expect(await second.stop("SIGTERM")).toBe(0);
  });
});

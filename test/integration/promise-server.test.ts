import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { conversion, touch } from "../support/events.ts";
import { runTouchline, startServer, TOUCHLINE } from "../support/process.ts";
import { makeDataFolder } from "../support/same-secret.ts";
import { type Answer, type Door, send } from "../support/send.ts";

/** The real command, told to stop while requests wait, and on a disk that takes no more. */

let folder: string;
let folders = 0;
const started = new Set<{ kill(signal: NodeJS.Signals): unknown }>();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-server-"));
});
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function freshFolder(): Promise<{ data: string; key: string }> {
  const data = join(folder, `d${++folders}`);
  makeDataFolder(data);
  const { stdout } = await runTouchline(["keys", "create", "test", "--data", data]);
  return { data, key: stdout.trim() };
}

/** What stands in the tables when the server has gone. */
async function readFolder(data: string): Promise<{ ids: string[]; wrong: string[] }> {
  const house = await openHouse({ dataFolder: data });
  try {
    const { warehouse } = await house.workspace("default");
    const rows = await askTables(
      warehouse,
      `SELECT event_id AS id FROM touchpoints WHERE workspace_id = {workspaceId:String}
       UNION ALL SELECT conversion_id FROM conversions WHERE workspace_id = {workspaceId:String}`,
    );
    return { ids: rows.map(({ id }) => id!).sort(), wrong: await findImbalance(warehouse) };
  } finally {
    await house.close();
  }
}

async function waitingRows(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^touchline_intake_waiting_rows (\d+)$/m.exec(text)?.[1]);
}

describe("a server that is told to stop while requests wait", () => {
  test("answers those with 202, refuses new ones, ends with exit code 0, and has what it acknowledged", async () => {
    const { data, key } = await freshFolder();
    const server = await startServer(["serve", "--data", data]);
    started.add(server.child);
    const door: Door = { url: server.url, key };
    const names = Array.from({ length: 8 }, (_, i) => `early${i}`);
    const early = names.map((name) => send(door, "touchpoints", [touch(`${name}a`), touch(`${name}b`)]));
    // They wait a second for company.
    await expect.poll(() => waitingRows(server.url), { interval: 20, timeout: 60_000 }).toBeGreaterThan(0);
    const ended = server.stop("SIGTERM");
    const late = await send(door, "touchpoints", [touch("late")]);
    const answers = await Promise.all(early);
    expect(await ended).toBe(0);
    expect((await send(door, "touchpoints", [touch("gone")])).status).toBe(0);

    const isTaken = ({ status }: Answer) => status === 202;
    expect(answers.filter(isTaken).length).toBeGreaterThan(0);
    for (const { status } of [...answers, late]) expect([202, 503, 0]).toContain(status);
    const acknowledged = names.flatMap((name, i) => (isTaken(answers[i]!) ? [`${name}a`, `${name}b`] : []));
    const { ids, wrong } = await readFolder(data);
    expect(ids).toEqual([...acknowledged, ...(isTaken(late) ? ["late"] : [])].sort());
    expect(wrong).toEqual([]);
  });
});

/** A request whose body never ends: it keeps a server that lets requests end. */
async function holdRequest(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const head = ["POST /trpc/account.signIn HTTP/1.1", `Host: ${hostname}`, "Content-Type: application/json"];
  // The server says that it reads on, so it has the request.
  socket.write(`${[...head, "Content-Length: 100", "Expect: 100-continue"].join("\r\n")}\r\n\r\n`);
  await once(socket, "data");
  return socket;
}

describe("a server that is told to stop under load", () => {
  test("loses nothing that it acknowledged, and ends with exit code 0", async () => {
    const { data, key } = await freshFolder();
    const server = await startServer(["serve", "--data", data]);
    started.add(server.child);
    const door: Door = { url: server.url, key };
    const acknowledged: string[] = [];
    const sendOn = async (sender: number) => {
      for (let n = 0; ; n++) {
        const ids = [`s${sender}-${n}-a`, `s${sender}-${n}-b`];
        const { status } = await send(
          door,
          "touchpoints",
          ids.map((id) => touch(id)),
        );
        if (status !== 202) return;
        acknowledged.push(...ids);
      }
    };
    const senders = Promise.all(Array.from({ length: 6 }, (_, sender) => sendOn(sender)));
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(20);
    expect(await server.stop("SIGTERM")).toBe(0);
    await senders;
    const { ids, wrong } = await readFolder(data);
    expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test("cuts off what does not end in time, and stops at once at a second signal", async () => {
    const { data } = await freshFolder();
    const first = await startServer(["serve", "--data", data], { env: { TOUCHLINE_STOP_SECONDS: "1" } });
    started.add(first.child);
    const cut = await holdRequest(first.url);
    expect(await first.stop("SIGTERM")).toBe(0);
    cut.destroy();
    expect(first.output()).not.toContain("Error");

    const second = await startServer(["serve", "--data", data], { env: { TOUCHLINE_STOP_SECONDS: "3600" } });
    started.add(second.child);
    const held = await holdRequest(second.url);
    const ended = second.stop("SIGINT");
    // It listens no more, so the first signal has been heard.
    await expect.poll(async () => (await send({ url: second.url, key: "" }, "touchpoints", [])).status).toBe(0);
    second.child.kill("SIGTERM");
    expect(await ended).toBe(143);
    held.destroy();
    expect((await readFolder(data)).wrong).toEqual([]);
  });
});

/** Part of every Linux, and no dependency of ours. */
const PRLIMIT: string = "prlimit";

interface CrampedServer {
  readonly url: string;
  /** From now on it cannot write a file of more than 100 kB. */
  cramp(): void;
  giveRoom(): void;
  stop(): Promise<number | null>;
}

/** `serve`, on what can be made a disk that takes no more. */
async function startCramped(data: string): Promise<CrampedServer> {
  // Without the trap the first write too many would end the process, which no full disk does.
  const limited = `trap '' XFSZ; exec "$0" "$@"`;
  const { CLICKHOUSE_URL: _elsewhere, ...env } = process.env;
  const child = spawn("sh", ["-c", limited, process.execPath, TOUCHLINE, "serve", "--data", data, "--port", "0"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  started.add(child);
  const ended = new Promise<number | null>((done) => child.on("close", done));
  const url = await new Promise<string>((ready, failed) => {
    child.stdout!.on("data", (chunk: Buffer) => {
      const said = /ready: (http:\S+)/.exec(chunk.toString("utf8"))?.[1];
      if (said !== undefined) ready(said);
    });
    ended.then((code) => failed(new Error(`the server ended with ${code}`)));
  });
  const limit = (bytes: string) => void execFileSync(PRLIMIT, ["--pid", String(child.pid), `--fsize=${bytes}`]);
  return {
    url,
    cramp: () => limit("102400:"),
    giveRoom: () => limit("unlimited"),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

// Limits of a process can be changed from outside on Linux alone.
describe.runIf(process.platform === "linux")("a disk that takes no more", () => {
  test("503 with Retry-After, nothing acknowledged is lost, and after room is made it goes on without a restart", async () => {
    const { data, key } = await freshFolder();
    const server = await startCramped(data);
    const door: Door = { url: server.url, key };
    const many = Array.from({ length: 2_000 }, (_, i) => touch(`many${i}`, i));
    const orders = Array.from({ length: 2_000 }, (_, i) => conversion(`order${i}`, i));

    expect(await send(door, "touchpoints", [touch("before")])).toMatchObject({ status: 202, accepted: 1 });
    // That the key was used is written once a minute. The limit, unlike a full disk, would stop that in the database's own log.
    const keys = async () => (await runTouchline(["keys", "list", "--json", "--data", data])).stdout;
    await expect.poll(keys).toMatch(/"lastUsedAt":"/);
    server.cramp();
    for (const refused of await Promise.all([send(door, "touchpoints", many), send(door, "conversions", orders)])) {
      expect(refused).toMatchObject({ status: 503, error: expect.stringContaining("the disk is full") });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    // What is small still fits.
    expect(await send(door, "touchpoints", [touch("between")])).toMatchObject({ status: 202, accepted: 1 });

    server.giveRoom();
    expect(await send(door, "touchpoints", many)).toMatchObject({ status: 202, accepted: 2_000 });
    expect(await send(door, "conversions", orders)).toMatchObject({ status: 202, accepted: 2_000 });
    expect(await server.stop()).toBe(0);

    const { ids, wrong } = await readFolder(data);
    const all = [...many.map((event) => event.event_id!), ...orders.map((order) => order.conversion_id!)];
    expect(ids).toEqual(["before", "between", ...all].sort());
    expect(wrong).toEqual([]);
  });
});

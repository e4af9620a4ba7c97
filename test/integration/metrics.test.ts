import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { touch } from "../support/events.ts";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { makeDataFolder } from "../support/same-secret.ts";
import { send } from "../support/send.ts";

let folder: string;
let data: string;
const running: RunningServer[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-metrics-"));
  data = join(folder, "data");
  makeDataFolder(data);
});
afterAll(() => {
  for (const { child } of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer(["serve", "--data", data], { env });
  running.push(server);
  return server;
}

const ask = (server: RunningServer, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/metrics`, { headers });

/** What a line of the answer says; null where there is none. */
const figure = (text: string, series: string): number | null => {
  const line = text.split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
};

const BOOKS = { received: 4, stored: 2, duplicates: 1, rejected: 1, replaced: 0, filtered: 0 };
const books = (text: string) =>
  Object.fromEntries(
    Object.keys(BOOKS).map((outcome) => [
      outcome,
      figure(text, `touchline_import_rows{kind="touchpoints",outcome="${outcome}"}`),
    ]),
  );

test("the metrics say what the tables say, also after a restart, and are read by those who may", async () => {
  const { stdout } = await runTouchline(["keys", "create", "test", "--data", data]);
  const first = await start();
  const events = [touch("a"), touch("b"), touch("a"), { ...touch("bad"), interaction: "stare" }];
  expect(await send({ url: first.url, key: stdout.trim() }, "touchpoints", events)).toMatchObject({ status: 202 });

  const answer = await ask(first);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  const text = await answer.text();
  expect(books(text)).toEqual(BOOKS);
  expect(text).toMatch(/^touchline_rejected_rows\{step="[^"]+"\} 1$/m);
  expect(figure(text, "touchline_intake_waiting_rows")).toBe(0);
  expect(figure(text, "touchline_intake_oldest_seconds")).toBe(0);
  expect(text).toMatch(/^touchline_engine_query_duration_seconds_count\{question="[\w-]+",outcome="ok"\} [1-9]/m);
  const posted = 'touchline_http_request_duration_seconds_count{method="POST",route="/v1/:kind",status="202"}';
  expect(figure(text, posted)).toBe(1);
  expect(figure(text, "process_start_time_seconds")).toBeGreaterThan(0);
  expect((await ask(first, { "x-forwarded-for": "203.0.113.9" })).status).toBe(403);
  expect(await first.stop()).toBe(0);

  const token = join(folder, "token");
  writeFileSync(token, "a-token-of-the-operator\n");
  const second = await start({ TOUCHLINE_METRICS_TOKEN_FILE: token });
  expect((await ask(second)).status).toBe(403);
  expect((await ask(second, { authorization: "Bearer another" })).status).toBe(403);
  const after = await ask(second, { authorization: "Bearer a-token-of-the-operator" });
  expect(after.status).toBe(200);
  expect(books(await after.text())).toEqual(BOOKS);
  expect(await second.stop()).toBe(0);
});

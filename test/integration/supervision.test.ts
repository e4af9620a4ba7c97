import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";

/** What supervisors and collectors of metrics are told, by a real server. */
const folder = mkdtempSync(join(tmpdir(), "touchline-supervision-"));
const data = join(folder, "data");
const TOKEN = "collector-of-figures-4711";
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(["serve", "--data", data]);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const FILE = `event_id,occurred_at,visitor_id,channel,campaign,interaction
a,2026-03-01T10:00:00Z,v1,Search,b,click
b,2026-03-01T11:00:00Z,v2,Search,b,click
b,2026-03-01T11:00:00Z,v2,Search,b,click
c,no time,v3,Search,b,click
`;

/** The value of a series whose labels are all among those asked for, added up. */
async function total(url: string, name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => wanted.every((each) => line.includes(each)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

describe("a server", () => {
  test("says that it lives and that every part answers", async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: "ready", parts: {} });
  });

  test("counts rows so that what was received is what became of it", async () => {
    const path = join(folder, "touches.csv");
    writeFileSync(path, FILE);
    await runTouchline(["import", "touchpoints", path, "--data", data]);
    const of = (outcome: string) => total(server.url, "touchline_rows_total", { outcome, kind: "touchpoints" });
    expect(await total(server.url, "touchline_rows_received_total", { kind: "touchpoints", transport: "file" })).toBe(
      4,
    );
    expect([await of("stored"), await of("duplicates"), await of("rejected")]).toEqual([2, 1, 1]);
    expect(await total(server.url, "touchline_intake_waiting_rows")).toBe(0);
    expect(await total(server.url, "touchline_part_up")).toBe(2);
  });

  test("times requests, procedures and commands under names that the code knows", async () => {
    const owner = await ownerOf(server);
    await owner.ask("workspace.status");
    expect((await fetch(`${server.url}/trpc/no.such`)).status).toBe(404);
    await fetch(`${server.url}/somebody/made/this/up`);
    owner.close();
    const count = (stage: string, labels: Record<string, string>) =>
      total(server.url, `touchline_${stage}_seconds_count`, labels);
    expect(await count("procedure", { name: "workspace.status", outcome: "ok" })).toBeGreaterThan(0);
    expect(await count("http_request", { route: "/trpc", status: "2xx" })).toBeGreaterThan(0);
    expect(await count("command", { name: "record-import", outcome: "ok" })).toBeGreaterThan(0);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    for (const unknown of ["no.such", "somebody", "stage-1", "move-1"]) expect(text).not.toContain(unknown);
  });

  test("follows a request to the engine where a collector of traces is named, without what was asked", async () => {
    const spans: { name: string; traceId: string; spanId: string; parentSpanId?: string }[] = [];
    let text = "";
    const collector = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts).toString("utf8");
        text += body;
        for (const { scopeSpans } of JSON.parse(body).resourceSpans)
          for (const each of scopeSpans) spans.push(...each.spans);
        response.setHeader("content-type", "application/json").end("{}");
      });
    });
    await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
    const traced = await startServer(["serve", "--data", join(folder, "traced")], {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` },
    });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const owner = await ownerOf(traced, { name: "Tracey Traced" });
    await owner.send("GET", "/trpc/workspace.status", undefined, {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    owner.close();
    expect(await traced.stop()).toBe(0); // Whatever was not sent by then is sent before it ends.
    await new Promise((done) => collector.close(done));
    const ours = spans.filter((span) => span.traceId === traceId);
    const request = ours.find(({ name }) => name === "GET /trpc")!;
    const procedure = ours.find(({ name }) => name === "procedure workspace.status")!;
    expect(request.parentSpanId).toBe("b7ad6b7169203331");
    expect(procedure.parentSpanId).toBe(request.spanId);
    expect(
      ours.some(({ name, parentSpanId }) => name.startsWith("command ") && parentSpanId === procedure.spanId),
    ).toBe(true);
    expect(text).not.toMatch(/Tracey|default\b.*workspaceId|input=/);
  });

  test("gives its figures to this machine alone, unless a token was agreed on", async () => {
    const metrics = (headers: Record<string, string>, url = server.url) => fetch(`${url}/metrics`, { headers });
    const passedOn = await metrics({ "x-forwarded-for": "203.0.113.9" });
    expect([passedOn.status, await passedOn.text()]).toEqual([
      403,
      "Metrics are for this machine itself; for others set TOUCHLINE_METRICS_TOKEN and send it as Bearer.\n",
    ]);
    const guarded = await startServer(["serve", "--data", join(folder, "guarded")], {
      env: { TOUCHLINE_METRICS_TOKEN: TOKEN },
    });
    expect((await metrics({}, guarded.url)).status).toBe(401);
    expect((await metrics({ authorization: "Bearer wrong" }, guarded.url)).status).toBe(401);
    const given = await metrics({ authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.9" }, guarded.url);
    expect([given.status, given.headers.get("content-type")]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(await given.text()).toContain("process_cpu_seconds_total");
    await guarded.stop();
  });
});

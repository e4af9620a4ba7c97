import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startServer } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-traces-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
  expect(ours.some(({ name, parentSpanId }) => name.startsWith("command ") && parentSpanId === procedure.spanId)).toBe(
    true,
  );
  expect(text).not.toMatch(/Tracey|default\b.*workspaceId|input=/);
});

import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTouchline, startServer } from "../support/process.ts";

const REQUESTS = 150;
const EVENTS_PER_REQUEST = 10_000;
const CONNECTIONS = 12;
const AIM_PER_SECOND = 50_000;

/** Bodies are made before the clock runs: the sender shares the machine with the server. */
function bodyOf(requestNumber: number): Buffer {
  const lines: string[] = [];
  for (let i = 0; i < EVENTS_PER_REQUEST; i++) {
    const n = requestNumber * EVENTS_PER_REQUEST + i;
    const at = new Date(Date.UTC(2026, 0, 1) + ((n * 7919) % 20_000_000) * 1000).toISOString();
    lines.push(
      `{"event_id":"http-${n}","occurred_at":"${at}","visitor_id":"v${(n * 31) % 300_000}","channel":"Channel ${n % 12}","campaign":"campaign ${n % 40}","interaction":"${n % 3 === 0 ? "click" : "impression"}"}`,
    );
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

function send(url: string, key: string, body: Buffer): Promise<number> {
  return new Promise((done, failed) => {
    const sent = request(
      `${url}/v1/touchpoints`,
      { method: "POST", headers: { authorization: `Bearer ${key}`, "content-length": body.length } },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
        });
        response.on("end", () => {
          if (response.statusCode !== 202) failed(new Error(`${response.statusCode}: ${text}`));
          else done((JSON.parse(text) as { accepted: number }).accepted);
        });
      },
    );
    sent.on("error", failed);
    sent.end(body);
  });
}

/** Events sent over HTTP as NDJSON until all are acknowledged: how many a second, and that each of them is in the table once. */
export async function benchHttpEvents(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
  const data = join(folder, "data");
  try {
    const key = (await runTouchline(["keys", "create", "bench", "--data", data])).stdout.trim();
    const server = await startServer(["serve", "--data", data]);
    const bodies = Array.from({ length: REQUESTS }, (_, i) => bodyOf(i));
    const total = REQUESTS * EVENTS_PER_REQUEST;
    print(
      `${total.toLocaleString("en-US")} events over HTTP, ${EVENTS_PER_REQUEST.toLocaleString("en-US")} a request, ${CONNECTIONS} at a time, NDJSON`,
    );
    let next = 0;
    let accepted = 0;
    const began = performance.now();
    const sender = async () => {
      while (next < bodies.length) {
        const count = await send(server.url, key, bodies[next++]!);
        accepted += count;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, sender));
    const seconds = (performance.now() - began) / 1000;
    await server.stop();
    if (accepted !== total) throw new Error(`${accepted} events were accepted where ${total} were sent`);
    const perSecond = accepted / seconds;
    print(
      `  acknowledged ${Math.round(perSecond).toLocaleString("en-US").padStart(38)} events/s   ratio to the aim of ${AIM_PER_SECOND.toLocaleString("en-US")}: ${(perSecond / AIM_PER_SECOND).toFixed(2)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

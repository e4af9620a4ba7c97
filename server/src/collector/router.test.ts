import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { IntakeBusy } from "../intake/index.ts";
import { type CollectorDesk, collectorRouter, newCollectorCounts } from "./router.ts";
import { sentScript } from "./sent-script.ts";

const PAGE = "https://www.boutique.fr";
const BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36";

let server: Server;
let url: string;
let taken: { workspace: string; kind: string; line: Record<string, string> }[];
let withdrawn: string[];
let isBusy: boolean;
const counts = newCollectorCounts();

const desk: CollectorDesk = {
  describe: async (workspace) => ({ origins: workspace === "default" ? [PAGE] : [], currency: "EUR" }),
  listedOrigins: async () => [PAGE],
  async accept(workspace, kind, lines) {
    if (isBusy) throw new IntakeBusy("too much is waiting to be written: send it again", 2);
    for (const line of lines) taken.push({ workspace, kind, line: JSON.parse(line.toString()) });
  },
  async withdraw(_workspace, visitorId) {
    withdrawn.push(visitorId);
  },
};

beforeAll(async () => {
  const app = express().use(collectorRouter(desk, counts));
  server = app.listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  taken = [];
  withdrawn = [];
  isBusy = false;
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/collect`, {
    method: "POST",
    headers: { Origin: PAGE, "User-Agent": BROWSER, "Content-Type": "text/plain;charset=UTF-8", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const view = { type: "page", id: "event-0001", consent: "granted", visitor_id: "v-1", first: true, path: "/" };

describe("the script", () => {
  test("is below 3 kB before compression, in the language of 2017, and names no other host", () => {
    const { text } = sentScript();
    expect(Buffer.byteLength(text)).toBeLessThan(3_000);
    expect(text).not.toMatch(/\?\.|\?\?|\.\.\.\w+\}|catch\{|https?:\/\//);
  });

  test("is served as a script that any page may load, and keeps for an hour", async () => {
    const first = await fetch(`${url}/t.js`);
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(first.headers.get("cache-control")).toBe("public, max-age=3600");
    expect(first.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const headers = { "If-None-Match": first.headers.get("etag")!, "Cache-Control": "max-age=0" };
    const again = await fetch(`${url}/t.js`, { headers });
    expect(again.status).toBe(304);
  });
});

describe("events", () => {
  test("are accepted as a beacon and as JSON, one alone or several", async () => {
    expect((await post(view)).status).toBe(204);
    expect(
      (
        await post(
          {
            events: [
              { ...view, id: "event-0002", source: "google", medium: "cpc" },
              { type: "conversion", id: "event-0003", conversion_type: "purchase", revenue: "12.50" },
              { type: "identify", id: "event-0004", consent: "granted", visitor_id: "v-1", person_id: "C-1" },
              { type: "withdrawal", id: "event-0005", visitor_id: "v-0" },
            ],
          },
          { "Content-Type": "application/json" },
        )
      ).status,
    ).toBe(204);
    expect(taken.map(({ kind }) => kind)).toEqual(["touchpoints", "touchpoints", "conversions", "identities"]);
    expect(taken.every(({ workspace }) => workspace === "default")).toBe(true);
    expect(withdrawn).toEqual(["v-0"]);
    expect(counts).toMatchObject({
      accepted: { touchpoints: 2, conversions: 1, identities: 1 },
      withdrawals: 1,
      passing: 0,
    });
  });

  test("carry nothing of the sender's address or browser beyond the kind of device", async () => {
    await post(view, { "X-Forwarded-For": "203.0.113.7" });
    expect(JSON.stringify(taken)).not.toMatch(/203\.0|127\.0|Mozilla|Chrome/);
    expect(taken[0]!.line.device).toBe("desktop");
  });

  test("of a browser that opts out name nobody, whatever the page says", async () => {
    await post(view, { "Sec-GPC": "1" });
    await post({ ...view, id: "event-0006" }, { DNT: "1" });
    expect(taken.map(({ line }) => [line.visitor_id, line.consent])).toEqual([
      ["", "denied"],
      ["", "denied"],
    ]);
  });

  test.each([
    ["from a page that the workspace does not name", view, { Origin: "https://ailleurs.fr" }],
    ["without a page", view, { Origin: "null" }],
    ["for a workspace that nobody has set up", { ...view, workspace: "other" }, {}],
  ])("%s are refused with the reason", async (_what, body, headers) => {
    const before = counts.refused.origin;
    const answer = await post(body, headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(
      /^workspace (default|other) takes no events from \S+: add it to collector-origins\n$/,
    );
    expect(counts.refused.origin).toBe(before + 1);
    expect(taken).toEqual([]);
  });

  test("of programs are refused and counted", async () => {
    const before = counts.refused.automated;
    expect((await post(view, { "User-Agent": "Googlebot/2.1" })).status).toBe(403);
    expect(counts.refused.automated).toBe(before + 1);
    expect(taken).toEqual([]);
  });

  test("that cannot be read get a sentence, those that are too long another, and nothing is taken", async () => {
    const bad = await post("{");
    expect([bad.status, await bad.text()]).toEqual([
      400,
      "the body is not JSON: send one event, or several under events\n",
    ]);
    const long = await post({ ...view, path: "x".repeat(70_000) });
    expect([long.status, await long.text()]).toEqual([
      413,
      "the body is longer than 64 kB: send fewer events at a time\n",
    ]);
    expect(taken).toEqual([]);
  });

  test("that cannot be written now may come again later", async () => {
    isBusy = true;
    const answer = await post(view);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  });

  test("may be sent as JSON by a page: its browser asks first", async () => {
    const asked = await fetch(`${url}/v1/collect`, { method: "OPTIONS", headers: { Origin: PAGE } });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(PAGE);
    expect(asked.headers.get("access-control-allow-headers")).toBe("Content-Type");
  });

  test.each(["https://ailleurs.fr", "https://www.boutique.fr.ailleurs.fr", "http://www.boutique.fr", "null"])(
    "and their answers cannot be read by a page of %s, which no workspace lists",
    async (origin) => {
      const asked = await fetch(`${url}/v1/collect`, { method: "OPTIONS", headers: { Origin: origin } });
      for (const { headers } of [asked, await post(view, { Origin: origin })]) {
        expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
        expect(headers.get("vary")).toContain("Origin");
      }
    },
  );

  test("and their answers are never for pages that send cookies with them", async () => {
    const { headers } = await post(view);
    expect(headers.get("access-control-allow-origin")).toBe(PAGE);
    expect(headers.has("access-control-allow-credentials")).toBe(false);
    expect(sentScript().text).toContain('credentials:"omit"');
  });
});

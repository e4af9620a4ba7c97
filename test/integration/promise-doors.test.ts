import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { touch } from "../support/events.ts";
import { openGate } from "../support/gate.ts";
import { type Answer, type Door, ndjson, send, sendBody } from "../support/send.ts";
import { openWorld, type World } from "../support/world.ts";

/** What is refused at the door is refused whole, says why and when to come again, and costs nobody else anything. */

let world: World;
let workspaces = 0;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  world = await openWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => world.close());

async function openDoor(options: Parameters<typeof openGate>[1] = {}) {
  const gate = await openGate(world.house, { ...options, limits: { lingerMs: 10, ...options.limits } });
  closing.push(() => gate.close());
  const name = `w${++workspaces}`;
  const { warehouse } = await world.house.workspace(name);
  const door: Door = { url: gate.url, key: await gate.key(name) };
  return {
    name,
    door,
    gate,
    ids: async () =>
      (
        await askTables(
          warehouse,
          "SELECT event_id AS id FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY id",
        )
      ).map(({ id }) => id),
    imbalance: () => findImbalance(warehouse),
  };
}

/** Time passes for clocks alone: timers and the network go on as they are. */
function pass(seconds: number): void {
  vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ["Date"] });
}

const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => touch(`${name}${i}`, i));
const retryAfter = ({ headers }: Answer) => Number(headers.get("retry-after"));

describe("when it cannot be taken now", () => {
  test("a full queue answers 503 with Retry-After and takes nothing of the request, which is accepted once there is room", async () => {
    const { door, ids, imbalance, gate } = await openDoor({ limits: { queuedRows: 100, lingerMs: 400 } });
    const first = send(door, "touchpoints", many("a", 80));
    await vi.waitFor(() => expect(gate.intake.queuedRows).toBe(80));
    const refused = await send(door, "touchpoints", many("b", 21));
    expect(refused).toMatchObject({ status: 503, error: "too much is waiting to be written: send it again" });
    expect(retryAfter(refused)).toBeGreaterThan(0);
    // What fits still goes in.
    const small = send(door, "touchpoints", many("c", 20));
    expect(await first).toMatchObject({ status: 202, accepted: 80 });
    expect(await small).toMatchObject({ status: 202, accepted: 20 });
    expect((await ids()).filter((id) => id!.startsWith("b"))).toEqual([]);
    expect(await send(door, "touchpoints", many("b", 21))).toMatchObject({ status: 202, accepted: 21 });
    // A request that is larger than the queue is taken when nothing waits, or it could never be sent.
    expect(await send(door, "touchpoints", many("d", 150))).toMatchObject({ status: 202, accepted: 150 });
    expect(gate.intake.queuedRows).toBe(0);
    expect(await ids()).toHaveLength(271);
    expect(await imbalance()).toEqual([]);
  });

  test("bytes are bounded as rows are", async () => {
    const { door, gate } = await openDoor({ limits: { queuedBytes: 2_000, lingerMs: 300 } });
    const first = send(door, "touchpoints", many("a", 8));
    await vi.waitFor(() => expect(gate.intake.queuedRows).toBe(8));
    expect((await send(door, "touchpoints", many("b", 8))).status).toBe(503);
    expect((await first).status).toBe(202);
    expect((await send(door, "touchpoints", many("b", 8))).status).toBe(202);
  });

  test("too fast answers 429 with the seconds to wait, and accepts after them", async () => {
    const { door, ids, gate } = await openDoor({ rate: { eventsPerSecond: 10, burstSeconds: 2 } });
    const other = { url: gate.url, key: await gate.key("unhurried") };
    pass(0);
    expect((await send(door, "touchpoints", many("a", 20))).status).toBe(202);
    const refused = await send(door, "touchpoints", many("b", 15));
    expect(refused).toMatchObject({ status: 429, error: expect.stringContaining("too fast") });
    expect(retryAfter(refused)).toBe(2);
    expect((await send(other, "touchpoints", many("a", 5))).status).toBe(202);
    pass(2);
    expect((await send(door, "touchpoints", many("b", 15))).status).toBe(202);
    expect(await ids()).toHaveLength(35);
  });

  test("a server that is stopping answers what waits and refuses what comes", async () => {
    const { door, ids, gate } = await openDoor({ limits: { lingerMs: 60_000 } });
    const waiting = [send(door, "touchpoints", many("a", 3)), send(door, "touchpoints", many("b", 4))];
    await vi.waitFor(() => expect(gate.intake.queuedRows).toBe(7));
    const closed = gate.intake.close();
    const late = await send(door, "touchpoints", many("c", 3));
    expect(late.status).toBe(503);
    expect(retryAfter(late)).toBeGreaterThan(0);
    expect((await Promise.all(waiting)).map(({ status, accepted }) => [status, accepted])).toEqual([
      [202, 3],
      [202, 4],
    ]);
    await closed;
    expect(await ids()).toHaveLength(7);
  });
});

describe("when it may not come in", () => {
  test("without a key and with a wrong one: 401", async () => {
    const { door, ids } = await openDoor();
    const of = (key: string) => send({ ...door, key }, "touchpoints", [touch("a")]);
    for (const key of ["", "tlk_", `${door.key}x`, "tlk_' OR 1=1 --", "x".repeat(5_000)]) {
      const answer = await of(key);
      expect(answer).toMatchObject({ status: 401, error: expect.stringContaining("touchline keys create") });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect((await of(door.key)).status).toBe(202);
    expect(await ids()).toEqual(["a"]);
  });

  test("a body that is too large, too many, cut off, swollen, in another encoding or in another way: nothing of it is stored, and the next one is", async () => {
    const { door, ids, imbalance } = await openDoor();
    const line = ndjson([touch("never")]);
    const packed = gzipSync(ndjson(many("never", 500)));
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, line));
    expect(bomb.length).toBeLessThan(500_000);
    const tries: [status: number, body: string | Uint8Array, headers: Record<string, string>, error: RegExp][] = [
      [413, Buffer.alloc(33 * 1024 * 1024, line), {}, /larger than 32 MB/],
      [413, bomb, { "content-encoding": "gzip" }, /larger than 32 MB/],
      [413, "{}\n".repeat(50_001), {}, /50001 items are too many .* at most 50000/],
      [413, `[${"1,".repeat(50_000)}1]`, {}, /50001 items are too many/],
      [400, packed.subarray(0, packed.length - 20), { "content-encoding": "gzip" }, /cannot be read|not whole/],
      [400, line, { "content-encoding": "gzip" }, /cannot be read/],
      [415, packed, { "content-encoding": "zstd" }, /plain, or with Content-Encoding: gzip/],
      [400, "", {}, /the body is empty/],
      [400, "\uFEFF \r\n\r\n", {}, /the body is empty/],
      [400, `[${line},`, {}, /not a whole JSON array/],
      [400, Buffer.concat([Buffer.from("["), Buffer.from(line), Buffer.from([0xff, 0x5d])]), {}, /not UTF-8/],
      [400, line, { "x-source": "a/b" }, /X-Source/],
      [405, "", { method: "GET" }, /with POST/],
      [405, "", { method: "DELETE" }, /with POST/],
    ];
    for (const [status, body, headers, error] of tries) {
      const answer = await sendBody(door, "touchpoints", body, headers);
      expect([answer.status, answer.error]).toEqual([status, expect.stringMatching(error)]);
      expect(answer.headers.get("allow")).toBe(status === 405 ? "POST" : null);
    }
    expect(await ids()).toEqual([]);
    expect(await sendBody(door, "touchpoints", packed, { "content-encoding": "gzip" })).toMatchObject({
      status: 202,
      accepted: 500,
    });
    expect(await sendBody(door, "touchpoints", "[]")).toMatchObject({ status: 202, received: 0 });
    expect(await ids()).toHaveLength(500);
    expect(await imbalance()).toEqual([]);
  });
});

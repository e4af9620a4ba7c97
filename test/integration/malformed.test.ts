import { readBodyLines } from "@touchline/server/intake";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { adjustment, conversion, cost, link, touch } from "../support/events.ts";
import { type Gate, openGate } from "../support/gate.ts";
import { type SentKind, sendBody } from "../support/send.ts";
import { HOSTILE_NAMES, spoiltLine } from "../support/spoilt-lines.ts";
import { openWorld, type World } from "../support/world.ts";

/**
 * Whatever is sent, nothing falls over: good rows are stored beside it, and each item is stored or explained.
 * Inputs are made of a seed, so that a failure can be had again; it is part of the failure's message.
 */

const SEED = 20_260_301;
/** Of each kind over HTTP; files are made of the same. */
const PER_KIND = 200;
const PER_BODY = 40;

let world: World;
let gate: Gate;
beforeAll(async () => {
  world = await openWorld();
  gate = await openGate(world.house, { limits: { lingerMs: 20 } });
});
afterAll(async () => {
  await gate.close();
  await world.close();
});

type Row = Readonly<Record<string, string>>;

const KINDS: Readonly<Record<SentKind, { table: string; id: string; good: (n: number) => Row }>> = {
  touchpoints: { table: "touchpoints", id: "event_id", good: (n) => touch(`good ${n}`, n) },
  conversions: { table: "conversions", id: "conversion_id", good: (n) => conversion(`good ${n}`, n) },
  spend: { table: "spend FINAL", id: "campaign", good: (n) => cost(`good ${n}`, n) },
  identities: { table: "identities", id: "source", good: (n) => ({ ...link(`v${n}`, `p${n}`), source: `good ${n}` }) },
};
const KIND_NAMES = Object.keys(KINDS) as SentKind[];

/** Lines of one kind with good rows between, cut into bodies. */
function bodiesOf(kind: SentKind, lines: readonly Buffer[]): { items: Buffer[]; goods: number }[] {
  const bodies: { items: Buffer[]; goods: number }[] = [];
  for (let start = 0; start < lines.length; start += PER_BODY) {
    const items = lines.slice(start, start + PER_BODY);
    const goods = 3;
    for (let i = 0; i < goods; i++) {
      const good = Buffer.from(JSON.stringify(KINDS[kind].good(start * 10 + i)));
      items.splice(Math.floor((i * items.length) / 2), 0, good);
    }
    bodies.push({ items, goods });
  }
  return bodies;
}

const joined = (items: readonly Buffer[], end: string) =>
  Buffer.concat(items.flatMap((item) => [item, Buffer.from(end)]));

/** How many good rows are there; a spoilt one that was stored calls itself by a larger number. */
async function goodsIn(workspace: string, kind: SentKind): Promise<number> {
  const { warehouse } = await world.house.workspace(workspace);
  const { table, id } = KINDS[kind];
  const [row] = await askTables(
    warehouse,
    `SELECT toString(uniqExact(${id})) AS goods FROM ${table} WHERE workspace_id = {workspaceId:String} AND match(${id}, '^good [0-9]{1,5}$')`,
  );
  return Number(row!.goods);
}

async function ledgerOf(workspace: string) {
  const { warehouse } = await world.house.workspace(workspace);
  const [row] = await askTables(
    warehouse,
    `SELECT toString(sum(received)) AS received, toString(sum(rejected)) AS rejected FROM imports FINAL
     WHERE workspace_id = {workspaceId:String} AND state = 'done'`,
  );
  return { received: Number(row!.received), rejected: Number(row!.rejected) };
}

async function expectBalance(workspace: string): Promise<void> {
  const { warehouse } = await world.house.workspace(workspace);
  expect(await findImbalance(warehouse)).toEqual([]);
}

describe("malformed input", () => {
  test.each(KIND_NAMES)("as lines over HTTP among good rows, %s: every item is stored or explained", async (kind) => {
    const workspace = `lines-${kind}`;
    const door = { url: gate.url, key: await gate.key(workspace) };
    const lines = fc.sample(spoiltLine(KINDS[kind].good(1_000_000)), { seed: SEED, numRuns: PER_KIND });
    const bodies = bodiesOf(kind, lines);
    const sent = { items: 0, refused: 0, goods: 0 };
    await Promise.all(
      bodies.map(async ({ items, goods }, i) => {
        const bom = i % 3 === 0 ? Buffer.from("\uFEFF") : Buffer.alloc(0);
        // The first item is a good row, so that no body begins like an array.
        const answer = await sendBody(door, kind, Buffer.concat([bom, joined(items, i % 2 === 0 ? "\r\n" : "\n \n")]));
        expect([answer.status, answer.error]).toEqual([202, ""]);
        expect(answer.received).toBe(items.length);
        expect(answer.accepted).toBe(items.length - answer.rejected.length);
        for (const { step, reason } of answer.rejected) {
          expect(step).not.toBe("");
          expect(reason).toMatch(/\S{2,} \S{2,}/);
        }
        sent.items += items.length;
        sent.refused += answer.rejected.length;
        sent.goods += goods;
      }),
    );
    expect(sent.refused).toBeGreaterThan(PER_KIND / 4);
    expect(await goodsIn(workspace, kind)).toBe(sent.goods);
    expect(await ledgerOf(workspace)).toEqual({ received: sent.items, rejected: sent.refused });
    await expectBalance(workspace);
  });

  test.each(KIND_NAMES)(
    "as an array over HTTP, %s: its items are stored or explained, or all of it is refused in a sentence",
    async (kind) => {
      const workspace = `arrays-${kind}`;
      const door = { url: gate.url, key: await gate.key(workspace) };
      const lines = fc.sample(spoiltLine(KINDS[kind].good(1_000_000)), { seed: SEED + 1, numRuns: PER_KIND });
      const sent = { items: 0, refused: 0, goods: 0, bodies: 0 };
      const isJson = (line: Buffer) => {
        try {
          JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line));
          return true;
        } catch {
          return false;
        }
      };
      const whole = bodiesOf(kind, lines.filter(isJson));
      const broken = bodiesOf(kind, lines).filter(({ items }) => !items.every(isJson));
      expect(broken.length).toBeGreaterThan(0);
      const arrayOf = (items: readonly Buffer[]) =>
        Buffer.concat([
          Buffer.from("["),
          ...items.flatMap((item, i) => [Buffer.from(i === 0 ? " " : ",\n"), item]),
          Buffer.from("]"),
        ]);
      await Promise.all([
        ...whole.map(async ({ items, goods }) => {
          const answer = await sendBody(door, kind, arrayOf(items));
          expect([answer.status, answer.error]).toEqual([202, ""]);
          expect(answer.received).toBe(items.length);
          sent.items += items.length;
          sent.refused += answer.rejected.length;
          sent.goods += goods;
        }),
        ...broken.map(async ({ items }) => {
          const answer = await sendBody(door, kind, arrayOf(items));
          expect(answer.status).toBe(400);
          expect(answer.error).toMatch(/nothing was stored/);
        }),
      ]);
      expect(await goodsIn(workspace, kind)).toBe(sent.goods);
      expect(await ledgerOf(workspace)).toEqual({ received: sent.items, rejected: sent.refused });
      await expectBalance(workspace);
    },
  );

  test.each(KIND_NAMES)(
    "in files, %s: good rows are stored, the others are explained, or the file is refused in a sentence",
    async (kind) => {
      const workspace = `files-${kind}`;
      const lines = fc.sample(spoiltLine(KINDS[kind].good(1_000_000)), { seed: SEED + 2, numRuns: PER_KIND });
      let received = 0;
      let refusedFiles = 0;
      for (const [i, { items, goods }] of bodiesOf(kind, lines).entries()) {
        // What cannot be a file at all would refuse the rest of it: one of each is enough.
        const isText = (line: Buffer) => !line.includes(0) && Buffer.from(line.toString("utf8")).equals(line);
        const taken = i === 0 ? items : items.filter(isText);
        const before = await goodsIn(workspace, kind);
        const file = world.file(`malformed-${kind}-${i}.ndjson`, joined(taken, "\n"));
        const { exitCode, stdout, stderr } = await world.run("import", kind, file, "--workspace", workspace, "--json");
        if (exitCode !== 0) {
          refusedFiles++;
          expect(stderr).toMatch(/^touchline: .*\.ndjson .+\n$/);
          expect(await goodsIn(workspace, kind)).toBe(before);
          continue;
        }
        const [report] = (JSON.parse(stdout) as { imports: { received: number }[] }).imports;
        expect(report!.received).toBe(taken.length);
        received += taken.length;
        expect(await goodsIn(workspace, kind)).toBe(before + goods);
      }
      expect(refusedFiles).toBeLessThanOrEqual(1);
      expect((await ledgerOf(workspace)).received).toBe(received);
      await expectBalance(workspace);
    },
  );

  test("adjustments among conversions with hostile names: both kinds are told apart", async () => {
    const workspace = "mixed";
    const door = { url: gate.url, key: await gate.key(workspace) };
    const items = HOSTILE_NAMES.flatMap((name, n) => [
      { ...conversion(`c${n}`, n), [name]: "x" },
      { ...adjustment(`a${n}`, `c${n}`, n), [name]: "y" },
    ]);
    // Each name is a key of all: its lone surrogate is escaped, its NUL too.
    const answer = await sendBody(door, "conversions", items.map((item) => JSON.stringify(item)).join("\n"));
    expect([answer.status, answer.error]).toEqual([202, ""]);
    const explained = answer.rejected.map(({ reason }) => reason);
    expect(answer.accepted + explained.length).toBe(items.length);
    expect(explained.length).toBeLessThanOrEqual(4);
    await expectBalance(workspace);
  });
});

describe("the items of an array", () => {
  test("are those that a JSON parser finds, as they were written", () => {
    const json = fc.json({ maxDepth: 5, stringUnit: "binary" });
    const space = fc.constantFrom("", " ", "\n", "\r\n", "\t");
    const array = fc.array(fc.tuple(space, json, space), { maxLength: 12 });
    fc.assert(
      fc.property(array, space, (parts, outside) => {
        const text = `${outside}[${parts.map((part) => part.join("")).join(",")}]${outside}`;
        const { lines, malformed, count } = readBodyLines(Buffer.from(text));
        expect(count).toBe((JSON.parse(text) as unknown[]).length);
        expect(malformed).toEqual([]);
        expect(lines.map((line) => line.toString("utf8").trim())).toEqual(parts.map(([, item]) => item.trim()));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

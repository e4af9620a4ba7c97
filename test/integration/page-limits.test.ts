import { fairShare } from "@touchline/server/http";
import { declaredQueries, PAGE_LIMITS, QuestionTooLarge, type WorkspaceWarehouse } from "@touchline/sql";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type OtherServer, serveAgain } from "../support/other-server.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

/** What a page's questions may cost, and whose turn it is. */

let people: PeopleWorld;
let anna: Person;
let other: OtherServer | undefined;

beforeAll(async () => {
  people = await openPeopleWorld();
  anna = await people.person("Anna", { default: "admin" });
});
afterEach(async () => {
  await other?.close();
  other = undefined;
});
afterAll(() => people.close());

async function open(desk: Parameters<typeof serveAgain>[2]): Promise<OtherServer> {
  other = await serveAgain(people, {}, desk);
  return other;
}

describe("a question of a page", () => {
  const TINY = { ...PAGE_LIMITS, seconds: 1, memoryBytes: 20_000_000, readRows: 100_000, resultRows: 1_000 };
  let warehouse: WorkspaceWarehouse;
  beforeAll(async () => {
    ({ warehouse } = await people.world.house.workspace("default"));
  });

  test.each([
    ["too long", "SELECT sum(sleepEachRow(1)) FROM numbers(3) SETTINGS max_block_size = 1", /longer than 1 seconds/],
    [
      "too much memory",
      "SELECT length(groupArray(number)) FROM (SELECT arrayJoin(range(90000)) AS number, arrayJoin(range(99)) AS b)",
      /of memory/,
    ],
    ["too many rows", "SELECT sum(number) FROM numbers(1000000)", /read more than 100,000 rows/],
    ["too long an answer", "SELECT number FROM numbers(2000)", /more than 1,000 rows in its answer/],
  ])(
    "that takes %s is stopped with a sentence, and the same command goes on without a limit",
    async (_, sql, sentence) => {
      const limited = warehouse.limited(TINY).engine;
      await expect(limited.rows("test", sql)).rejects.toThrow(QuestionTooLarge);
      await expect(limited.rows("test", sql)).rejects.toThrow(sentence);
      // On every connection that the page's question may have used.
      await expect(Promise.all([1, 2, 3, 4].map(() => warehouse.engine.rows("test", sql)))).resolves.toHaveLength(4);
      await expect(limited.rowsAside("test", sql)).rejects.toThrow(sentence);
      await expect(warehouse.engine.rowsAside("test", sql)).resolves.toBeDefined();
    },
  );

  test("says so to the person who asked", async () => {
    const { house } = people.world;
    const { as } = await open({
      openWorkspace: async (name) => {
        const workspace = await house.workspace(name);
        await workspace.warehouse.limited(TINY).engine.rows("test", "SELECT number FROM numbers(2000)");
        return workspace;
      },
    });
    const answer = await as(anna).call("workspace.status");
    expect(answer.message).toMatch(
      /^this question \(test\) had more than 1,000 rows in its answer, .* choose a shorter range of days/,
    );
  });

  test("is limited on every page, and a run that a page begins is not", async () => {
    const page = (await people.world.house.workspace("default")).paced();
    const limitOf = async (engine: WorkspaceWarehouse["engine"]) => {
      const [row] = await engine.rows("test", "SELECT toString(getSetting('max_execution_time')) AS seconds");
      return (row as { seconds: string }).seconds;
    };
    expect(await limitOf(page.warehouse.engine)).toBe(String(PAGE_LIMITS.seconds));
    const work = { mark: "test", requireGoing: () => undefined };
    expect(await limitOf(page.warehouse.during(work).engine)).toBe("0");
  });

  test("can be limited, whatever the question", async () => {
    const { questions } = declaredQueries();
    const wrong: string[] = [];
    for (const { name, sql } of questions.values()) {
      const params = Object.fromEntries(
        [...sql.matchAll(/\{(\w+):([\w(), ]+)\}/g)].map(([, key, type]) => [key, anyOf(type!)]),
      );
      const explained = `EXPLAIN SYNTAX ${sql.trimStart()}`;
      const text = await warehouse
        .limited(PAGE_LIMITS)
        .engine.rows(name, explained, params)
        .catch((error: Error) => error.message);
      if (typeof text === "string") wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(questions.size).toBeGreaterThan(60);
  });
});

function anyOf(type: string): unknown {
  if (type.startsWith("Nullable")) return null;
  if (type.startsWith("Array")) return [];
  if (/^Date\b/.test(type)) return "2026-01-01";
  if (/^DateTime/.test(type)) return "2026-01-01 00:00:00";
  if (/^(U?Int|Float|Decimal|Bool)/.test(type)) return 1;
  return "x";
}

test("whoever floods the server with slow questions does not keep others waiting", async () => {
  const carla = await people.person("Carla", { default: "viewer" });
  const order: string[] = [];
  const { house } = people.world;
  const { as } = await open({
    inTurn: (person, work) =>
      fairShare.run(person, async () => {
        const name = person === anna.id ? "flood" : "other";
        if (name === "flood") await house.warehouse.in("default").engine.rows("slow", "SELECT sleep(0.3)");
        const answer = await work();
        order.push(name);
        return answer;
      }),
  });
  const [flooding, waiting] = [as(anna), as(carla)];
  const flood = Array.from({ length: 24 }, () => flooding.call("policies.read"));
  await vi.waitFor(() => expect(order.length).toBeGreaterThan(0));
  expect((await waiting.call("policies.read")).status).toBe(200);
  expect(order.filter((name) => name === "flood").length).toBeLessThan(16);
  expect((await Promise.all(flood)).map(({ status }) => status)).toEqual(Array(24).fill(200));
  expect(order).toHaveLength(25);
});

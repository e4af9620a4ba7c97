import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClickHouseClient } from "@clickhouse/client";
import { describe, expect, test } from "vitest";
import { closeLanes, embeddedLanes } from "./lanes.ts";

/** Connections that are told apart by their number; they say what they were asked and whether they were closed. */
function connections() {
  const made: { number: number; asked: string[]; isClosed: boolean }[] = [];
  const connect = () => {
    const one = { number: made.length, asked: [] as string[], isClosed: false };
    made.push(one);
    return {
      number: one.number,
      command: async ({ query }: { query: string }) => void one.asked.push(query),
      close: async () => {
        one.isClosed = true;
      },
    } as unknown as ClickHouseClient;
  };
  return { made, lanes: embeddedLanes(connect) };
}

/** Work that ends when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open, work: () => opened };
}

const settle = () => new Promise((done) => setImmediate(done));

describe("connections of the embedded engine", () => {
  test("each has one command at a time, and the next one goes to whichever is free first", async () => {
    const { made, lanes } = connections();
    const gates = Array.from({ length: 5 }, gate);
    const begun: number[] = [];
    const runs = gates.map(({ work }, i) =>
      lanes.people.run(async () => {
        begun.push(i);
        await work();
      }),
    );
    await settle();
    expect([begun, made.length]).toEqual([[0, 1], 2]);
    gates[1]!.open();
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    await Promise.all(runs);
    expect([begun, made.length]).toEqual([[0, 1, 2, 3, 4], 2]);
  });

  test("people's questions do not hold back events that arrive, nor what looks after them", async () => {
    const { lanes } = connections();
    const slow = gate();
    const questions = Array.from({ length: 12 }, () => lanes.people.run(slow.work));
    expect(await lanes.intake.run(async () => "stored")).toBe("stored");
    expect(await lanes.aside.run(async () => "seen")).toBe("seen");
    slow.open();
    await Promise.all(questions);
  });

  test("whoever waits for two long commands has a connection after a second, and only until they have ended", async () => {
    const { made, lanes } = connections();
    const [first, second, third] = [gate(), gate(), gate()];
    const long = [lanes.people.run(first.work), lanes.people.run(second.work)];
    const began = performance.now();
    expect(await lanes.people.run(async () => "a page")).toBe("a page");
    expect([performance.now() - began > 900, made.length]).toEqual([true, 3]);
    first.open();
    await long[0];
    const beside = lanes.people.run(third.work);
    await settle();
    let hasBegun = false;
    const next = lanes.people.run(async () => {
      hasBegun = true;
    });
    await settle();
    expect(hasBegun).toBe(false);
    for (const { open } of [second, third]) open();
    await Promise.all([...long, beside, next]);
    expect(made.length).toBe(3);
  });

  test("a question takes all processors while it is alone, and its part of them while there are others", async () => {
    const { made, lanes } = connections();
    const part = Math.max(1, Math.floor(availableParallelism() / 2));
    const [first, second] = [gate(), gate()];
    const alone = lanes.people.run(first.work);
    await settle();
    const beside = lanes.people.run(second.work);
    await settle();
    first.open();
    await alone;
    second.open();
    await beside;
    await lanes.people.run(async () => undefined);
    expect(made.map(({ asked }) => asked)).toEqual([[], [`SET max_threads = ${part}`, "SET max_threads = 0"]]);
  });

  test("after a command in the background others have the processors to themselves, where there are others", async () => {
    const { lanes } = connections();
    const asked = gate();
    const begun: string[] = [];
    const inBackground = (name: string) =>
      lanes.background.run(async () => {
        begun.push(name);
        await sleep(50);
      });
    await inBackground("first");
    const question = lanes.people.run(asked.work);
    await inBackground("at once");
    const later = inBackground("later");
    await sleep(60);
    expect(begun).toEqual(["first", "at once"]);
    await later;
    asked.open();
    await question;
  });

  test("what fails gives its connection back", async () => {
    const { lanes } = connections();
    for (let i = 0; i < 5; i++) {
      const failing = lanes.background.run(() => Promise.reject(new Error("refused")));
      await expect(failing).rejects.toThrow("refused");
    }
    expect(await lanes.background.run(async () => "answer")).toBe("answer");
  });

  test("none is made before it is needed, and all that were made are closed", async () => {
    const { made, lanes } = connections();
    expect(made).toEqual([]);
    await lanes.background.run(async () => undefined);
    expect(made.map(({ asked }) => asked)).toEqual([["SET max_threads = 1"]]);
    await closeLanes(lanes);
    expect(made.map(({ isClosed }) => isClosed)).toEqual([true]);
  });
});

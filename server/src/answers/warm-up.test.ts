import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Pace } from "../pace.ts";
import type { Workspace } from "../workspace.ts";
import type { Answer } from "./kept-answers.ts";
import type { Ground } from "./standing.ts";
import { WarmUp } from "./warm-up.ts";

const MINUTE = 60_000;

/** A workspace whose data is a text that people change, and a number of events that have arrived by a moment. */
function open() {
  const pace = new Pace();
  const shown = new Map<string, unknown>();
  let made = "a file";
  let hold: Promise<void> | null = null;
  const worked: string[] = [];
  const workspace = {
    id: "shop",
    pace,
    inBackground: (liveUntilMs: number) => ({ liveUntilMs }),
  } as unknown as Workspace;
  const groundOf = async (_: Workspace, untilMs: number) => `${made}, events until ${untilMs / MINUTE}`;
  const warmUp = new WarmUp({ groundOf, take: (question, { value }) => shown.set(question, value) });
  const remember = (question: string, standsOn: Ground = "results") =>
    warmUp.remember(workspace, {
      question,
      standsOn,
      workOut: async ({ liveUntilMs }) => {
        worked.push(question);
        await hold;
        const value = `${made} until ${liveUntilMs / MINUTE}`;
        return {
          value,
          characters: 1,
          workMs: 0,
          mark: { ground: "", flow: "", age: 0, at: 0, lagMs: 0 },
        } satisfies Answer;
      },
    });
  const begin = () => warmUp.begin({ first: [workspace], usual: async () => [], inTurn: (step) => step() });
  return {
    ...{ pace, shown, worked, remember, begin },
    importFile(name: string) {
      made = name;
    },
    holdUntil(promise: Promise<void>) {
      hold = promise;
    },
  };
}

beforeEach(() => vi.useFakeTimers({ now: 10 * MINUTE + 30_000 }));
afterEach(() => vi.useRealTimers());

describe("answers that are worked out beforehand", () => {
  test("what people change shows as soon as it is worked out", async () => {
    const shop = open();
    shop.remember("overview");
    const stop = shop.begin();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(shop.shown.get("overview")).toBe("a file until 10");
    shop.importFile("another");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(shop.shown.get("overview")).toBe("another until 10");
    await stop();
  });

  test("pages stay with what they show until the next answers are all there", async () => {
    const shop = open();
    for (const question of ["overview", "channels"]) shop.remember(question);
    const stop = shop.begin();
    await vi.advanceTimersByTimeAsync(6_000);
    let release = () => {};
    shop.holdUntil(
      new Promise((done) => {
        release = done;
      }),
    );
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(shop.pace.shownUntilMs).toBe(10 * MINUTE);
    expect(shop.pace.workedUntilMs).toBe(11 * MINUTE);
    expect([...shop.shown.values()]).toEqual(["a file until 10", "a file until 10"]);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(shop.pace.shownUntilMs).toBe(11 * MINUTE);
    expect([...shop.shown.values()]).toEqual(["a file until 11", "a file until 11"]);
    await stop();
  });

  test("events that keep arriving do not keep the machine at work: after work it rests for ten times as long", async () => {
    const shop = open();
    shop.remember("overview");
    const stop = shop.begin();
    await vi.advanceTimersByTimeAsync(6_000);
    // The next round begins in the half minute after, and takes what is left of a whole one: at least half.
    shop.holdUntil(new Promise((done) => setTimeout(done, MINUTE)));
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(shop.worked.length).toBe(2);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(shop.worked.length).toBe(2);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(shop.worked.length).toBeGreaterThan(2);
    await stop();
  });

  test("what counts events one by one is left to whoever asks it, while only events arrive", async () => {
    const shop = open();
    shop.remember("received", "data");
    const stop = shop.begin();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(shop.worked).toEqual(["received"]);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(shop.worked).toEqual(["received"]);
    expect(shop.pace.shownUntilMs).toBe(13 * MINUTE);
    await stop();
  });

  test("once it has stopped, pages go by the clock again", async () => {
    const shop = open();
    const stop = shop.begin();
    await vi.advanceTimersByTimeAsync(6_000);
    await stop();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(shop.pace.shownUntilMs).toBe(15 * MINUTE);
  });
});

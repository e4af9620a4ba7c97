import { describe, expect, it } from "vitest";
import { OwnEcho } from "./own-echo.ts";

const sent = (...values: (number | null)[]) => {
  const echo = new OwnEcho<number | null>();
  for (const value of values) echo.send(value);
  return echo;
};

describe("what comes back to a field", () => {
  it("is its own while earlier values are on their way, one after the other or some left out", () => {
    const typed = sent(2, 2.5, 2.57);
    expect([2, 2.5, 2.57].map((value) => typed.isOwn(value))).toEqual([true, true, true]);
    const quick = sent(2, 2.5, 2.57);
    expect(quick.isOwn(2.57)).toBe(true);
  });

  it("is its own again where the holder says the last one twice", () => {
    const typed = sent(3);
    expect([typed.isOwn(3), typed.isOwn(3)]).toEqual([true, true]);
  });

  it("is somebody else's where it was never sent, or was answered by a later one", () => {
    expect(sent().isOwn(4)).toBe(false);
    expect(sent(4, 40).isOwn(10)).toBe(false);
    const typed = sent(2, 2.5);
    expect([typed.isOwn(2.5), typed.isOwn(2)]).toEqual([true, false]);
  });

  it("after somebody else's value nothing is on its way any more", () => {
    const typed = sent(2, 25);
    expect([typed.isOwn(null), typed.isOwn(25)]).toEqual([false, false]);
  });
});

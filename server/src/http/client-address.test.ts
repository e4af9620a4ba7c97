import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { placeOf } from "../place-of-address.ts";
import { clientAddress, trustsProxy } from "./client-address.ts";

const from = (remoteAddress: string, said?: string) =>
  ({
    socket: { remoteAddress },
    headers: said === undefined ? {} : { "x-forwarded-for": said },
  }) as unknown as IncomingMessage;

test("nobody says an address for themselves: only a proxy that is trusted does, and only what it has added", () => {
  expect(clientAddress(from("10.0.0.1", "6.6.6.6"), false)).toBe("10.0.0.1");
  expect(clientAddress(from("10.0.0.1", "6.6.6.6, 203.0.113.9"), true)).toBe("203.0.113.9");
  expect(clientAddress(from("10.0.0.1", "6.6.6.6, nonsense"), true)).toBe("10.0.0.1");
  expect(clientAddress(from("10.0.0.1"), true)).toBe("10.0.0.1");
  expect(clientAddress(from("::ffff:10.0.0.1"), false)).toBe("10.0.0.1");
});

test("a proxy is trusted where the operator says 1, and nowhere else", () => {
  expect(["1", "0", "", undefined, "true"].map((said) => trustsProxy({ TOUCHLINE_TRUST_PROXY: said }))).toEqual([
    ...[true, false, false, false, false],
  ]);
});

test("a network of IPv6 is one place, whatever address somebody takes in it", () => {
  expect(placeOf("203.0.113.9")).toBe("203.0.113.9");
  expect(placeOf("2001:db8:1:2:aaaa::1")).toBe(placeOf("2001:0DB8:0001:0002:ffff:1:2:3"));
  expect(placeOf("2001:db8:1:2::1")).not.toBe(placeOf("2001:db8:1:3::1"));
  expect(placeOf("2001:db8::1")).toBe("2001:db8:0:0");
  expect(placeOf("::1")).toBe("0:0:0:0");
  expect(placeOf("fe80::1%eth0")).toBe("fe80:0:0:0");
});

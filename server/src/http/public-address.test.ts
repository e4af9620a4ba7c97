import { expect, test } from "vitest";
import { UserError } from "../user-error.ts";
import { isLoopback, publicAddress } from "./public-address.ts";

const at = (host: string, said = "", port = 4319) => publicAddress({ host, port, said });

test("this machine alone needs no address, and no https", () => {
  expect(at("127.0.0.1")).toMatchObject({ url: "http://localhost:4319", isSecure: false, warning: null });
  expect(at("::1").url).toBe("http://[::1]:4319");
  expect([...at("localhost").hosts]).toEqual(["localhost", "127.0.0.1", "[::1]"]);
});

test.each(["0.0.0.0", "::", "192.168.1.7", "touchline.lan"])(
  "%s is not listened on before somebody has said under which address people reach it",
  (host) => {
    expect(() => at(host)).toThrow(UserError);
    expect(() => at(host)).toThrow(/TOUCHLINE_URL/);
    expect(() => at(host, "  ")).toThrow(UserError);
    expect(at(host, "https://touchline.example.com")).toMatchObject({
      url: "https://touchline.example.com",
      isSecure: true,
    });
  },
);

test("the address that was said is the one of links and cookies", () => {
  const said = at("0.0.0.0", " https://Touchline.Example.com:8443/ ");
  expect(said).toMatchObject({ url: "https://touchline.example.com:8443", isSecure: true, warning: null });
  expect(said.hosts.has("touchline.example.com")).toBe(true);
});

test("http to other machines is warned of, on this machine it is not", () => {
  expect(at("0.0.0.0", "http://touchline.lan").warning).toMatch(/in the clear/);
  expect(at("0.0.0.0", "http://localhost:4319").warning).toBeNull();
});

test.each([
  "touchline.example.com",
  "ftp://x",
  "https://x/dashboard",
  "https://a:b@x",
  "https://x?y",
  "https://x#y",
  "javascript:0",
])("%s is no address of a server", (said) =>
  expect(() => at("127.0.0.1", said)).toThrow(/TOUCHLINE_URL is not an address/),
);

test.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["[::1]", true],
  ["LOCALHOST", true],
  ["127.example.com", false],
  ["localhost.example.com", false],
  ["0.0.0.0", false],
])("%s is this machine alone: %s", (host, expected) => expect(isLoopback(host)).toBe(expected));

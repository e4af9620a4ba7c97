import { describe, expect, it } from "vitest";
import { outsideLookup, reachOfEnvironment, whyNotUrl } from "./outside-address.ts";

const usual = { allowsPrivate: false };
const own = { allowsPrivate: true };

const NEVER = [
  ...["https://169.254.169.254/latest/meta-data", "https://[fe80::1]/", "https://[fd00:ec2::254]/", "https://0.0.0.0/"],
  ...["https://100.100.100.200/", "https://168.63.129.16/", "https://224.0.0.1/", "https://255.255.255.255/"],
  ...["https://[::ffff:169.254.169.254]/", "https://[2002:7f00:1::]/", "https://[64:ff9b::7f00:1]/"],
  // As addresses are written to get past lists.
  ...["https://0xa9fea9fe/", "https://2852039166/", "https://0251.0376.0251.0376/"],
  ...["ftp://hooks.example/", "file:///etc/passwd", "https://ada:pw@hooks.example/", "no address"],
];
const INSIDE = [
  ...["https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://172.16.0.1/", "https://192.168.0.10/"],
  ...["https://[::1]/", "https://[fd12::1]/", "https://100.64.0.1/", "https://127.1/", "https://2130706433/"],
  ...["https://[::ffff:10.0.0.1]/", "https://hooks/", "http://127.0.0.1:9/", "http://mattermost:8065/hooks/x"],
];

describe("an address that webhooks go to", () => {
  it.each(NEVER)("is never %s", (url) => {
    expect(whyNotUrl(url, usual)).not.toBeNull();
    expect(whyNotUrl(url, own)).not.toBeNull();
  });

  it.each(INSIDE)("is %s only where whoever keeps the server allows it", (url) => {
    expect(whyNotUrl(url, usual)).toMatch(/TOUCHLINE_PRIVATE_WEBHOOKS=1/);
    expect(whyNotUrl(url, own)).toBeNull();
  });

  it("is a public one by https, and by nothing else", () => {
    for (const host of ["hooks.slack.com", "8.8.8.8", "[2606:4700::1111]"]) {
      expect(whyNotUrl(`https://${host}/services/T/B/x`, usual)).toBeNull();
      expect(whyNotUrl(`http://${host}/`, usual)).toMatch(/plain http/);
    }
    expect(whyNotUrl("http://8.8.8.8/", own)).toMatch(/plain http/);
  });

  it("is what a name stands for when it is connected to", async () => {
    const found = (reach: typeof usual, isPlain: boolean, name: string) =>
      new Promise<string>((done) =>
        outsideLookup(reach, isPlain)(name, { all: true }, (error, addresses) =>
          done(error === null ? JSON.stringify(addresses) : error.message),
        ),
      );
    expect(await found(usual, false, "localhost")).toMatch(/inside a private network/);
    expect(await found(own, true, "localhost")).toMatch(/127\.0\.0\.1|::1/);
    expect(await found(own, false, "169.254.169.254")).toMatch(/no address that webhooks may go to/);
    expect(await found(own, true, "8.8.8.8")).toMatch(/plain http/);
  });

  it("is inside the operator's network only where the environment says 1", () => {
    const of = (value?: string) => reachOfEnvironment(value === undefined ? {} : { TOUCHLINE_PRIVATE_WEBHOOKS: value });
    expect([of(), of("0"), of("true"), of(" 1 ")].map(({ allowsPrivate }) => allowsPrivate)).toEqual([
      ...[false, false, false, true],
    ]);
  });
});

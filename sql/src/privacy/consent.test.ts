import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine } from "../engine.ts";
import { consentState, mayIdentify } from "./consent.ts";

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Writes the core of a TCF 2 string field by field, as the framework lays it out. */
class CoreString {
  #bits = "";

  number(value: number, width: number): this {
    this.#bits += value.toString(2).padStart(width, "0");
    return this;
  }

  /** Numbered from 1, the first one first. */
  members(chosen: readonly number[], width: number): this {
    for (let i = 1; i <= width; i++) this.#bits += chosen.includes(i) ? "1" : "0";
    return this;
  }

  text(): string {
    const padded = this.#bits.padEnd(Math.ceil(this.#bits.length / 6) * 6, "0");
    return (padded.match(/.{6}/g) ?? []).map((six) => BASE64URL[Number.parseInt(six, 2)]).join("");
  }
}

interface Choice {
  readonly consents?: readonly number[];
  readonly legitimateInterests?: readonly number[];
  readonly restrictions?: readonly { readonly purpose: number; readonly type: number; readonly vendor: number }[];
  readonly isPurposeOneUntold?: boolean;
  readonly vendors?: readonly number[];
  readonly policy?: number;
}

function tcString({ consents = [], legitimateInterests = [], restrictions = [], ...choice }: Choice): string {
  const decisecond = 17_500_000_000;
  const vendors = choice.vendors ?? [];
  const last = Math.max(0, ...vendors);
  const core = new CoreString()
    .number(2, 6)
    .number(decisecond, 36)
    .number(decisecond, 36)
    .number(300, 12)
    .number(1, 12)
    .number(1, 6)
    .number("F".charCodeAt(0) - 65, 6)
    .number("R".charCodeAt(0) - 65, 6)
    .number(48, 12)
    .number(choice.policy ?? 4, 6)
    .number(1, 1)
    .number(0, 1)
    .members([], 12)
    .members(consents, 24)
    .members(legitimateInterests, 24)
    .number(choice.isPurposeOneUntold === true ? 1 : 0, 1)
    .number("F".charCodeAt(0) - 65, 6)
    .number("R".charCodeAt(0) - 65, 6)
    .number(last, 16)
    .number(0, 1)
    .members(vendors, last)
    .number(0, 16)
    .number(0, 1)
    .number(restrictions.length, 12);
  for (const { purpose, type, vendor } of restrictions) {
    core.number(purpose, 6).number(type, 2).number(1, 12).number(0, 1).number(vendor, 16);
  }
  return core.text();
}

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open({ kind: "folder", path: ":memory:" });
});
afterAll(() => engine.close());

async function stateOf(text: string): Promise<string> {
  const [row] = (await engine.rows(
    "test",
    `SELECT ${consentState("consent")} AS state FROM (SELECT materialize({text:String}) AS consent)`,
    { text },
  )) as { state: string }[];
  return row!.state;
}

describe("what a text says of consent", () => {
  test.each([
    ["", ""],
    ["granted", "granted"],
    ["YES", "granted"],
    ["Oui", "granted"],
    ["accepté", "granted"],
    ["ACCEPTÉ", "granted"],
    ["1", "granted"],
    ["denied", "denied"],
    ["Refusé", "denied"],
    ["REFUSÉ", "denied"],
    ["non", "denied"],
    ["0", "denied"],
    ["GPC", "denied"],
    ["Sec-GPC: 1", "denied"],
    ["dnt=1", "denied"],
    ["withdrawn", "denied"],
    ["perhaps", "unknown"],
    ["1YNN", "unknown"],
    ["Certainly not, said the visitor, and closed the window", "unknown"],
  ])("%j is %j", async (text, state) => {
    expect(await stateOf(text)).toBe(state);
  });
});

describe("TCF 2 strings", () => {
  test("grant when purposes 1 and 7 are consented to, whatever else is", async () => {
    let granted = 0;
    for (let purposes = 0; purposes < 2 ** 11; purposes += 37) {
      const consents = Array.from({ length: 11 }, (_, i) => i + 1).filter((purpose) => (purposes >> (purpose - 1)) & 1);
      const isGranted = consents.includes(1) && consents.includes(7);
      expect(await stateOf(tcString({ consents })), `purposes ${consents.join(", ")}`).toBe(
        isGranted ? "granted" : "denied",
      );
      granted += isGranted ? 1 : 0;
    }
    expect(granted).toBeGreaterThan(5);
  });

  test("of every version of the policy, with vendors and further segments", async () => {
    const both = { consents: [1, 7], vendors: [2, 755] };
    for (const policy of [2, 3, 4, 5]) expect(await stateOf(tcString({ ...both, policy }))).toBe("granted");
    expect(await stateOf(`${tcString(both)}.YAAAAAAAAAAA.IFoEUQQgAIQ`)).toBe("granted");
  });

  test("that the framework and its libraries print as examples", async () => {
    // Purposes 1, 2 and 3 are consented to, so measuring is not.
    expect(await stateOf("COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA")).toBe("denied");
    const withSegment =
      "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAA";
    expect(await stateOf(withSegment)).toBe("denied");
    // All ten purposes.
    const all =
      "COxR03kOxR1CqBcABCENAgCMAP_AAH_AAAqIF3EXySoGY2thI2YVFxBEIYwfJxyigMgChgQIsSwNQIeFLBoGLiAAHBGYJAQAGBAEEACBAQIkHGBMCQAAgAgBiRCMQEGMCzNIBIBAggEbY0FACCVmHkHSmZCY7064O__QLuIJEFQMAkSBAIACLECIQw";
    expect(await stateOf(all)).toBe("granted");
  });

  test("legitimate interest is no consent, and neither is a purpose that nobody was told of", async () => {
    expect(await stateOf(tcString({ consents: [1], legitimateInterests: [7] }))).toBe("denied");
    expect(await stateOf(tcString({ consents: [7], isPurposeOneUntold: true }))).toBe("denied");
  });

  test("a publisher's restrictions of single vendors change nothing", async () => {
    for (const type of [0, 1, 2]) {
      const restrictions = [{ purpose: 7, type, vendor: 32 }];
      expect(await stateOf(tcString({ consents: [1, 7], restrictions }))).toBe("granted");
      expect(await stateOf(tcString({ consents: [1], restrictions }))).toBe("denied");
    }
  });

  test("that are cut off, of version 1, or only look like one say nothing", async () => {
    const whole = tcString({ consents: [1, 7] });
    expect(await stateOf(whole.slice(0, 40))).toBe("unknown");
    expect(await stateOf(`B${whole.slice(1)}`)).toBe("unknown");
    expect(await stateOf(`${whole}!`)).toBe("unknown");
    expect(await stateOf("CONSENT_was_given_on_the_third_of_march_at_the_till")).toBe("unknown");
  });
});

test("an identifier is kept on what the basis allows", async () => {
  const allowed = async (state: string, needsConsent: boolean) => {
    const [row] = (await engine.rows(
      "test",
      `SELECT ${mayIdentify("state", needsConsent)} AS may FROM (SELECT materialize({state:String}) AS state)`,
      { state },
    )) as { may: number }[];
    return row!.may === 1;
  };
  const states = ["granted", "", "unknown", "denied"];
  expect(await Promise.all(states.map((state) => allowed(state, true)))).toEqual([true, false, false, false]);
  expect(await Promise.all(states.map((state) => allowed(state, false)))).toEqual([true, true, false, false]);
});

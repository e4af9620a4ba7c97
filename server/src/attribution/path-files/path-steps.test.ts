import { expect, test } from "vitest";
import { pathSteps } from "./path-steps.ts";

test.each([
  ["a > b > a", ["a", "b", "a"]],
  ["Paid Search × 2 > Direct", ["Paid Search", "Paid Search", "Direct"]],
  ["Organic Search x 3 (100%)", ["Organic Search", "Organic Search", "Organic Search"]],
  [
    "Organic Search ×15 (0%) → Referral x 2 (100 %)",
    [...Array<string>(15).fill("Organic Search"), "Referral", "Referral"],
  ],
  ["Direct 100%", ["Direct"]],
  ["Paid Social 33,3 % > Email × 2 66,7 %", ["Paid Social", "Email", "Email"]],
  ['["Organic Search","Direct"]', ["Organic Search", "Direct"]],
  ['["Paid Search × 2","Direct"]', ["Paid Search", "Paid Search", "Direct"]],
  ["[Organic Search, Direct]", ["Organic Search", "Direct"]],
  ["google / cpc > (direct) / (none)", ["google / cpc", "(direct) / (none)"]],
  ["A >>> B", ["A", "B"]],
  ["Max Boost > xBox", ["Max Boost", "xBox"]],
  ["  ", []],
])("%s", (text, steps) => expect(pathSteps(text)).toEqual(steps));

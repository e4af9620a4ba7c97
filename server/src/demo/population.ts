import type { Random } from "../random.ts";
import { DEVICES, PEOPLE, REGIONS } from "./shop.ts";
import { WeightedChoice } from "./weighted-choice.ts";

/** What stays with a person, by person. */
export interface Population {
  /** Relative rate of shopping out of themselves, mean 1. */
  propensity: Float64Array;
  /** Place in REGIONS. */
  region: Uint8Array;
  /** 1 once the person has bought, also in the years before. */
  hasBought: Uint8Array;
  /** Place in DEVICES of one touch: mostly the person's own device. */
  drawDevice(random: Random, person: number): number;
}

const OTHER_DEVICE_SHARE = 0.15;

export function drawPopulation(random: Random, people: number): Population {
  const regions = new WeightedChoice(REGIONS.map((region) => region.share));
  const devices = new WeightedChoice(DEVICES.map((device) => device.share));
  const propensity = new Float64Array(people);
  const region = new Uint8Array(people);
  const device = new Uint8Array(people);
  const hasBought = new Uint8Array(people);
  for (let person = 0; person < people; person++) {
    const eagerness = random.gamma(PEOPLE.propensityShape, 1 / PEOPLE.propensityShape);
    propensity[person] = eagerness;
    region[person] = regions.draw(random);
    device[person] = devices.draw(random);
    // Bought at least once in the three years before, at the rate of the baseline.
    hasBought[person] = random.chance(1 - Math.exp(-0.6 * eagerness)) ? 1 : 0;
  }
  return {
    propensity,
    region,
    hasBought,
    drawDevice: (touch, person) => (touch.chance(OTHER_DEVICE_SHARE) ? devices.draw(touch) : device[person]!),
  };
}

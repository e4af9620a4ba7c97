import type { DateRange, JourneySelection } from "@touchline/server/contract";
import { z } from "zod";

/** The journeys shown, as the address carries them; what is absent means all. */
export interface JourneysSearch {
  through?: string;
  touches?: number;
  converted?: true;
}

export const TOUCH_CHOICES = [1, 2, 3, 5, 10] as const;

const Through = z.string().min(1).max(200);
const Touches = z.number().int().min(2).max(1000);

/** Each part stands for itself: one that makes no sense is dropped. */
export function parseJourneysSearch(search: Record<string, unknown>): JourneysSearch {
  const through = Through.safeParse(search.through);
  const touches = Touches.safeParse(search.touches);
  return {
    ...(through.success ? { through: through.data } : {}),
    ...(touches.success ? { touches: touches.data } : {}),
    ...(search.converted === true ? { converted: true as const } : {}),
  };
}

/** What the server is asked with. */
export function selectionOf(range: DateRange, { through, touches, converted }: JourneysSearch): JourneySelection {
  return {
    range,
    ...(through === undefined ? {} : { channel: through }),
    ...(touches === undefined ? {} : { minTouches: touches }),
    ...(converted === undefined ? {} : { convertedOnly: converted }),
  };
}

export function isFiltered(search: JourneysSearch): boolean {
  return Object.keys(parseJourneysSearch({ ...search })).length > 0;
}

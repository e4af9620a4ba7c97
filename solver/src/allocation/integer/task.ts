import type { Engines } from "../../linear/index.ts";
import type { Programme } from "../programme.ts";
import type { Space } from "./space.ts";

/** What the search works on: the programme in numbers near 1, and the spends that each channel may have. */
export interface Task {
  readonly programme: Programme;
  readonly spaces: readonly Space[];
  readonly engines: Engines;
}

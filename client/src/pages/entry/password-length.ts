import { SHORTEST_PASSWORD } from "@touchline/server/contract";

export const LENGTH_STEPS = ["none", "short", "enough", "good", "long"] as const;
export type LengthStep = (typeof LENGTH_STEPS)[number];

/** Characters from which on a password is hard to guess even for somebody who has its hash. */
const GOOD = 16;
const LONG = 20;

/** Judged by its length only: which characters it is made of says little, and whether it is well known is the server's to say. */
export function judgeLength(password: string): LengthStep {
  const characters = [...password].length;
  if (characters === 0) return "none";
  if (characters < SHORTEST_PASSWORD) return "short";
  if (characters < GOOD) return "enough";
  return characters < LONG ? "good" : "long";
}

import { readStored, writeStored } from "../preferences.ts";

const KEY = "touchline.guide";
const LOOKED_KEY = "touchline.guide.channels";

/** "open": asked for, whatever is done already. "hidden": this reader needs no guide. */
export type GuideMemory = "auto" | "open" | "hidden";

const watchers = new Set<() => void>();

export function readGuide(): GuideMemory {
  const kept = readStored(KEY);
  return kept === "open" || kept === "hidden" ? kept : "auto";
}

export function keepGuide(memory: GuideMemory): void {
  writeStored(KEY, memory);
  for (const changed of watchers) changed();
}

/** @returns what ends it */
export function watchGuide(changed: () => void): () => void {
  watchers.add(changed);
  return () => void watchers.delete(changed);
}

/** Whoever has looked at the rules of the channels and left them as they are has done that step. */
export function readHasLooked(): boolean {
  return readStored(LOOKED_KEY) === "yes";
}

export function keepHasLooked(): void {
  writeStored(LOOKED_KEY, "yes");
}

/** How many hues the theme defines as `--channel-0` to `--channel-9`. */
export const HUES = 10;

/** A hue of the palette, or "others" (grey) once all hues are taken. */
export type HueSlot = number | "others";

/** FNV-1a, 32 bits: small, and the same in every browser. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/**
 * The hue of each channel, the same on every screen. Each name asks for the hue of its hash; when another one has it, the next
 * free hue is taken.
 * Law: no two channels share a hue while there are enough; the answer depends on the set of names, not on their order.
 */
export function assignHues(channels: readonly string[]): Map<string, HueSlot> {
  const taken = new Set<number>();
  const slots = new Map<string, HueSlot>();
  for (const channel of [...new Set(channels)].sort()) {
    const wished = hashName(channel) % HUES;
    const free = Array.from({ length: HUES }, (_, step) => (wished + step) % HUES).find((slot) => !taken.has(slot));
    if (free !== undefined) taken.add(free);
    slots.set(channel, free ?? "others");
  }
  return slots;
}

/** The colour as CSS: it follows the theme by itself. */
export function hueColour(slot: HueSlot | undefined): string {
  return slot === undefined || slot === "others" ? "var(--others)" : `var(--channel-${slot})`;
}

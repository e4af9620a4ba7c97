import { type HueSlot, hueColour } from "../channel-colours.ts";

/** A channel's colour beside its name. */
export function Swatch({ hue }: { hue: HueSlot | undefined }) {
  return (
    <svg className="swatch" viewBox="0 0 8 8" aria-hidden="true">
      <rect width="8" height="8" rx="2" fill={hueColour(hue)} />
    </svg>
  );
}

import { useId } from "react";
import { type HueSlot, hueColour } from "../channel-colours.ts";
import { Hatch } from "./Hatch.tsx";

/** A channel's colour beside its name; "none" is hatched, for what no channel gets. */
export function Swatch({ hue }: { hue: HueSlot | "none" | undefined }) {
  const hatch = useId();
  return (
    <svg className="swatch" viewBox="0 0 8 8" aria-hidden="true">
      {hue === "none" && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      <rect width="8" height="8" rx="2" fill={hue === "none" ? `url(#${hatch})` : hueColour(hue)} />
    </svg>
  );
}

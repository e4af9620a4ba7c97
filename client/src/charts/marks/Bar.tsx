import { useId } from "react";
import { Hatch } from "./Hatch.tsx";

interface Props {
  share: number;
  /** Null: hatched, for what no channel gets. */
  colour: string | null;
  isFaint?: boolean;
}

/** A horizontal bar in a cell: its length is a share of the cell, so that it needs no measuring. */
export function Bar({ share, colour, isFaint = false }: Props) {
  const hatch = useId();
  const height = isFaint ? 5 : 8;
  return (
    <svg className={isFaint ? "bar bar-faint" : "bar"} width="100%" height={height} aria-hidden="true">
      {colour === null && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      <rect
        className="bar-fill"
        width={`${Math.max(0, Math.min(1, share)) * 100}%`}
        height={height}
        rx="2"
        fill={colour ?? `url(#${hatch})`}
      />
    </svg>
  );
}

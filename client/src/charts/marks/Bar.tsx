import { useId } from "react";
import { Hatch } from "./Hatch.tsx";

interface Props {
  share: number;
  /** Null: hatched, for what no channel gets. */
  colour: string | null;
  isFaint?: boolean;
  /** Drawn over with lines: what is shown was never seen. */
  isHatched?: boolean;
}

/** A horizontal bar in a cell: its length is a share of the cell, so that it needs no measuring. */
export function Bar({ share, colour, isFaint = false, isHatched = false }: Props) {
  const hatch = useId();
  const height = isFaint ? 5 : 8;
  const length = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <svg className={isFaint ? "bar bar-faint" : "bar"} width="100%" height={height} aria-hidden="true">
      {(colour === null || isHatched) && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      <rect className="bar-fill" width={length} height={height} rx="2" fill={colour ?? `url(#${hatch})`} />
      {isHatched && (
        <rect className="bar-fill bar-unseen" width={length} height={height} rx="2" fill={`url(#${hatch})`} />
      )}
    </svg>
  );
}

/** A horizontal bar in a cell: its length is a share of the cell, so that it needs no measuring. */
export function Bar({ share, colour, isFaint = false }: { share: number; colour: string; isFaint?: boolean }) {
  const height = isFaint ? 5 : 8;
  return (
    <svg className={isFaint ? "bar bar-faint" : "bar"} width="100%" height={height} aria-hidden="true">
      <rect
        className="bar-fill"
        width={`${Math.max(0, Math.min(1, share)) * 100}%`}
        height={height}
        rx="2"
        fill={colour}
      />
    </svg>
  );
}

interface Props {
  /** In shares of the cell. */
  length: number;
  colour: string;
  span: { readonly low: number; readonly high: number } | null;
}

const percent = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;

/** A bar in a cell with the interval of its end drawn over it. */
export function SpanBar({ length, colour, span }: Props) {
  return (
    <svg className="span-bar" width="100%" height={6} aria-hidden="true">
      <rect width={percent(length)} height={6} rx={2} fill={colour} />
      {span !== null && (
        <line className="span-bar-range" x1={percent(span.low)} x2={percent(span.high)} y1={3} y2={3} />
      )}
    </svg>
  );
}

import type { Mark } from "../prepare/experiments.ts";

const HEIGHT = 26;
const percent = (share: number) => `${share * 100}%`;

function Row({ mark, y, className }: { mark: Mark; y: number; className: string }) {
  return (
    <g className={className}>
      <line x1={percent(mark.low)} x2={percent(mark.high)} y1={y} y2={y} />
      <circle cx={percent(mark.at)} cy={y} r={4} />
    </g>
  );
}

interface Props {
  test: Mark | null;
  model: Mark | null;
  zero: number;
  label: string;
}

/** A test above, the model below it, each with its interval, in a cell; a hairline stands at zero. */
export function IntervalMark({ test, model, zero, label }: Props) {
  return (
    <svg className="interval-mark" width="100%" height={HEIGHT} role="img" aria-label={label}>
      <line className="interval-zero" x1={percent(zero)} x2={percent(zero)} y2={HEIGHT} />
      {test !== null && <Row mark={test} y={model === null ? HEIGHT / 2 : 8} className="mark-test" />}
      {model !== null && <Row mark={model} y={19} className="mark-model" />}
    </svg>
  );
}

import { area as areaPath, curveMonotoneX, line as linePath, scaleLinear } from "d3";
import { useId } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { ValueAxis } from "./marks/Axes.tsx";
import type { PlotArea } from "./Plot.tsx";
import { valueTicks } from "./prepare/axis.ts";
import type { ResponseCurve } from "./prepare/response-curve.ts";
import { SpendPlot } from "./SpendPlot.tsx";

export const CURVE_HEIGHT = 320;
const MARGINS = { top: 12, right: 10, bottom: 24, left: 52 };
const PARTS = [0.62, 0.15, 0.23] as const;

interface PartProps {
  chart: ResponseCurve;
  area: PlotArea;
  x: (spend: number) => number;
  height: number;
}

const DIAMOND = 6;

function diamond(x: number, y: number): string {
  return `M${x} ${y - DIAMOND}l${DIAMOND} ${DIAMOND}l${-DIAMOND} ${DIAMOND}l${-DIAMOND} ${-DIAMOND}z`;
}

/** Room that the word needs on either side of its mark. */
const LABEL_ROOM = 40;

/** Above its mark; beside the plan's mark, on the far side of it. */
function placeTodayLabel(today: number, plan: number | null, width: number) {
  const isPlanRight = plan !== null && plan >= today;
  if (today < LABEL_ROOM || (plan !== null && !isPlanRight)) return { shift: -4, anchor: "start" } as const;
  if (today > width - LABEL_ROOM || isPlanRight) return { shift: 4, anchor: "end" } as const;
  return { shift: 0, anchor: "middle" } as const;
}

function CurvePanel({ chart, area, x, height }: PartProps) {
  const { format, t } = useWords();
  const clipId = useId();
  const colour = hueColour(chart.hue);
  const y = scaleLinear(chart.domains.revenue, [height, 0]);
  const band = areaPath<ResponseCurve["line"][number]>()
    .x((point) => x(point.spend))
    .y0((point) => y(point.low))
    .y1((point) => y(point.high))
    .curve(curveMonotoneX);
  const curve = linePath<ResponseCurve["line"][number]>()
    .x((point) => x(point.spend))
    .y((point) => y(point.revenue))
    .curve(curveMonotoneX);
  const active = area.active === null ? undefined : chart.line[area.active];
  const plan = chart.recommended === null ? null : { x: x(chart.recommended.spend), y: y(chart.recommended.revenue) };
  const today = { x: x(chart.current.spend), y: y(chart.current.revenue) };
  const label = placeTodayLabel(today.x, plan?.x ?? null, area.width);
  return (
    <g>
      <clipPath id={clipId}>
        <rect y={-4} width={area.width} height={height + 4} />
      </clipPath>
      <ValueAxis ticks={valueTicks(chart.domains.revenue, 4, format.moneyShort)} scale={y} width={area.width} />
      <g clipPath={`url(#${clipId})`}>
        {chart.points.map((point) => (
          <circle
            key={point.date}
            className="curve-point"
            cx={x(point.spend)}
            cy={y(point.revenue)}
            r={2.2}
            fill={colour}
          />
        ))}
        <path className="curve-band" d={band(chart.line) ?? undefined} fill={colour} />
        <path className="curve-line" d={curve(chart.line) ?? undefined} stroke={colour} />
      </g>
      <line className="curve-today-rule" x1={today.x} x2={today.x} y1={today.y} y2={height} />
      <circle className="curve-today" cx={today.x} cy={today.y} r={5.5} stroke={colour} />
      <text className="mark-label" x={today.x + label.shift} y={today.y - 12} textAnchor={label.anchor}>
        {t("curves.today")}
      </text>
      {plan !== null && (
        <g>
          <line className="curve-today-rule" x1={plan.x} x2={plan.x} y1={plan.y} y2={height} />
          <path className="curve-plan" d={diamond(plan.x, plan.y)} />
          <text
            className="mark-label"
            x={plan.x + (plan.x < today.x ? -9 : 9)}
            y={plan.y + (plan.x < today.x ? 4 : 16)}
            textAnchor={plan.x < today.x ? "end" : "start"}
          >
            {t("curves.recommended")}
          </text>
        </g>
      )}
      {active !== undefined && (
        <g>
          <line className="cursor-rule" x1={x(active.spend)} x2={x(active.spend)} y2={area.height} />
          <circle className="cursor-dot" cx={x(active.spend)} cy={y(active.revenue)} r={4} fill={colour} />
        </g>
      )}
    </g>
  );
}

function MarginalPanel({ chart, area, x, height }: PartProps) {
  const { format, t } = useWords();
  const clipId = useId();
  const colour = hueColour(chart.hue);
  const y = scaleLinear(chart.domains.marginal, [height, 0]);
  const path = linePath<ResponseCurve["line"][number]>()
    .x((point) => x(point.spend))
    .y((point) => y(point.marginal))
    .curve(curveMonotoneX);
  return (
    <g>
      <clipPath id={clipId}>
        <rect y={-2} width={area.width} height={height + 4} />
      </clipPath>
      <text className="panel-title" x={-MARGINS.left} y={-13}>
        {t("curves.axisMarginal", { unit: chart.unit })}
      </text>
      <ValueAxis ticks={valueTicks(chart.domains.marginal, 2, format.roas)} scale={y} width={area.width} />
      <line className="break-even" x2={area.width} y1={y(1)} y2={y(1)}>
        <title>{chart.breakEven}</title>
      </line>
      <path className="curve-line" d={path(chart.line) ?? undefined} stroke={colour} clipPath={`url(#${clipId})`} />
      <circle
        className="curve-today"
        cx={x(chart.current.spend)}
        cy={y(Math.min(chart.current.marginalRoas, chart.domains.marginal[1]))}
        r={4}
        stroke={colour}
      />
    </g>
  );
}

/** Spend that was never seen: whatever is drawn there is a guess of the curve's shape. */
function UnseenSpend({ chart, area, x, label }: PartProps & { label: string }) {
  const start = x(chart.largestSpendSeen);
  const room = area.width - start;
  if (room < 2) return null;
  return (
    <g>
      <rect className="unseen" x={start} y={-MARGINS.top} width={room} height={area.height + MARGINS.top} />
      {room > 74 && (
        <text className="unseen-label" x={area.width - 6} y={-2} textAnchor="end">
          {label}
        </text>
      )}
    </g>
  );
}

export function ResponseCurveChart({ chart }: { chart: ResponseCurve }) {
  const { t } = useWords();
  return (
    <SpendPlot
      chart={chart}
      height={CURVE_HEIGHT}
      margins={MARGINS}
      domain={chart.domains.spend}
      spends={chart.line.map(({ spend }) => spend)}
    >
      {(area, x) => {
        const upper = area.height * PARTS[0];
        const lower = area.height * PARTS[2];
        return (
          <>
            <UnseenSpend chart={chart} area={area} x={x} height={area.height} label={t("curves.beyond")} />
            <CurvePanel chart={chart} area={area} x={x} height={upper} />
            <g transform={`translate(0 ${area.height - lower})`}>
              <MarginalPanel chart={chart} area={area} x={x} height={lower} />
            </g>
          </>
        );
      }}
    </SpendPlot>
  );
}

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
  const today = { x: x(chart.current.spend), y: y(chart.current.revenue) };
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
      <text
        className="mark-label"
        x={today.x}
        y={today.y - 12}
        textAnchor={today.x < 40 ? "start" : today.x > area.width - 40 ? "end" : "middle"}
      >
        {t("curves.today")}
      </text>
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

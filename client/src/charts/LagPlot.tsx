import { scaleLog } from "d3";
import { hueColour } from "./channel-colours.ts";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import type { LagPanel, LagPanels } from "./prepare/quality-lags.ts";

export const LAG_HEIGHT = 190;
const MARGINS = { top: 8, right: 8, bottom: 24, left: 44 };

/** Conversions around the touches of one channel, as multiples of the usual; the time before the touch is shaded. */
export function LagPlot({ panel, panels }: { panel: LagPanel; panels: LagPanels }) {
  const { domain, touchAt } = panels;
  const count = panel.points.length;
  const place = (edge: number, width: number) => (edge / Math.max(1, count)) * width;
  return (
    <Plot
      label={panel.label}
      height={LAG_HEIGHT}
      margins={MARGINS}
      cursor={{ count, xAt: (index, width) => place(index + 0.5, width), readout: panel.readout }}
    >
      {({ width, height, active }) => {
        const scale = scaleLog(domain, [height, 0]).clamp(true);
        const y = (ratio: number) => scale(Math.max(ratio, domain[0]));
        return (
          <>
            <rect className="lag-before" width={place(touchAt, width)} height={height} />
            <ValueAxis ticks={panels.ticks} scale={y} width={width} />
            <line className="lag-usual" x2={width} y1={y(1)} y2={y(1)} />
            <line className="axis-zero" x1={place(touchAt, width)} x2={place(touchAt, width)} y2={height} />
            {panel.points.map((point) => {
              const x = place(point.id + 0.5, width);
              return (
                <g key={point.id}>
                  {point.fitted !== null && (
                    <line
                      className="lag-fitted"
                      x1={place(point.id, width)}
                      x2={place(point.id + 1, width)}
                      y1={y(point.fitted)}
                      y2={y(point.fitted)}
                    />
                  )}
                  {point.ratio !== null && (
                    <g className={point.isBefore ? "lag-point lag-point-before" : "lag-point"}>
                      <line x1={x} x2={x} y1={y(point.low)} y2={y(point.high)} stroke={hueColour(panel.hue)} />
                      <circle
                        cx={x}
                        cy={y(point.ratio)}
                        r={point.id === active ? 5 : 3.5}
                        fill={point.isBefore ? "var(--surface)" : hueColour(panel.hue)}
                        stroke={hueColour(panel.hue)}
                      />
                    </g>
                  )}
                </g>
              );
            })}
            <PositionAxis ticks={panels.edges} scale={(edge) => place(edge, width)} y={height} width={width} />
          </>
        );
      }}
    </Plot>
  );
}

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { useAnnotationDesk } from "./annotation-desk.ts";
import { hueColour } from "./channel-colours.ts";
import { AnnotationMarks, AnnotationRules } from "./marks/AnnotationMarks.tsx";
import { annotationsFor, annotationsOn, tellAnnotation } from "./prepare/annotations.ts";
import type { Readout } from "./prepare/chart-model.ts";
import { useAnnotations } from "./use-annotations.ts";

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The room that the marks have, without the margins. `active` is the index under the cursor. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly active: number | null;
}

/** Values that can be read one by one, by pointer or by the arrow keys. */
export interface Cursor {
  readonly count: number;
  xAt(index: number, width: number): number;
  /** Where values do not stand in a row: the one under this point, null where there is none. */
  indexAt?(x: number, y: number, area: { readonly width: number; readonly height: number }): number | null;
  readout(index: number): Readout;
}

/** The days under the cursor's values, for what stands beside days. */
interface PlotNotes {
  readonly days: readonly string[];
  /** Leaves out what concerns another channel alone. */
  readonly channel?: string;
  /** Told in the readout only: for one of many panels of the same days. */
  readonly areQuiet?: boolean;
}

interface Props {
  label: string;
  height: number;
  margins: Margins;
  cursor?: Cursor;
  /** Of a plot over days: flags above it, and lines in its readout. */
  notes?: PlotNotes;
  /** Plots side by side may share one position: then this one is told, and tells. */
  sharedActive?: number | null;
  onActive?: (index: number | null) => void;
  children(area: PlotArea): ReactNode;
}

function useMeasuredWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

function nearestIndex(cursor: Cursor, x: number, width: number): number {
  let nearest = 0;
  for (let index = 1; index < cursor.count; index++) {
    if (Math.abs(cursor.xAt(index, width) - x) < Math.abs(cursor.xAt(nearest, width) - x)) nearest = index;
  }
  return nearest;
}

function moveByKey(key: string, active: number | null, count: number): number | null | undefined {
  switch (key) {
    case "ArrowRight":
      return active === null ? 0 : Math.min(count - 1, active + 1);
    case "ArrowLeft":
      return active === null ? count - 1 : Math.max(0, active - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "Escape":
      return null;
    default:
      return undefined;
  }
}

interface ReadoutProps {
  readout: Readout;
  notes: readonly string[];
  x: number;
  isLeft: boolean;
}

function ReadoutBox({ readout, notes, x, isLeft }: ReadoutProps) {
  return (
    <div className={isLeft ? "readout readout-left" : "readout"} style={{ left: x }} aria-hidden="true">
      <p className="readout-title">{readout.title}</p>
      {readout.lines.map((line) => (
        <p key={line.label} className="readout-line">
          {line.hue !== undefined && (
            <svg className="swatch" viewBox="0 0 8 8" aria-hidden="true">
              <circle cx="4" cy="4" r="4" fill={hueColour(line.hue)} />
            </svg>
          )}
          <span>{line.label}</span>
          <strong>{line.value}</strong>
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="readout-note">
          {note}
        </p>
      ))}
    </div>
  );
}

const NO_DAYS: readonly string[] = [];

/** What stands beside the days of a plot. */
function useNotes(notes: PlotNotes | undefined) {
  const words = useWords();
  const days = notes?.days ?? NO_DAYS;
  const annotations = annotationsFor(useAnnotations(days), notes?.channel);
  return {
    annotations,
    days,
    beside(index: number): string[] {
      const day = days[index];
      return day === undefined ? [] : annotationsOn(annotations, day).map((each) => tellAnnotation(each, words));
    },
  };
}

/** Measures itself, draws inside its margins, and reads values out under the pointer and to the keyboard. */
export function Plot({ label, height, margins, cursor, notes, sharedActive, onActive, children }: Props) {
  const { t } = useWords();
  const desk = useAnnotationDesk();
  const { annotations, days, beside } = useNotes(notes);
  const { box, width } = useMeasuredWidth();
  const [ownActive, setOwnActive] = useState<number | null>(null);
  const active = sharedActive ?? ownActive;
  const inner = {
    width: Math.max(0, width - margins.left - margins.right),
    height: Math.max(0, height - margins.top - margins.bottom),
  };
  const isFlagged = notes !== undefined && notes.areQuiet !== true && cursor !== undefined;
  const activate = (index: number | null) => {
    setOwnActive(index);
    const day = index === null ? undefined : days[index];
    if (day !== undefined) desk?.point(day);
    onActive?.(index);
  };
  const followPointer = (event: PointerEvent<SVGSVGElement>) => {
    if (cursor === undefined || cursor.count === 0) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - bounds.left - margins.left;
    const y = event.clientY - bounds.top - margins.top;
    activate(cursor.indexAt === undefined ? nearestIndex(cursor, x, inner.width) : cursor.indexAt(x, y, inner));
  };
  const followKey = (event: KeyboardEvent) => {
    if (cursor === undefined || cursor.count === 0) return;
    const day = ownActive === null ? undefined : days[ownActive];
    if (event.key === "Enter" && day !== undefined) {
      event.preventDefault();
      desk?.open({ from: day, to: day }, day);
      return;
    }
    const next = moveByKey(event.key, ownActive, cursor.count);
    if (next === undefined) return;
    event.preventDefault();
    activate(next);
  };
  const readout =
    cursor !== undefined && ownActive !== null && ownActive < cursor.count ? cursor.readout(ownActive) : null;
  const readoutX = cursor !== undefined && ownActive !== null ? margins.left + cursor.xAt(ownActive, inner.width) : 0;
  const besideDay = ownActive === null ? [] : beside(ownActive);
  return (
    <div className={isFlagged ? "plot plot-flagged" : "plot"} ref={box} style={{ minHeight: height }}>
      {isFlagged && width > 0 && (
        <AnnotationMarks
          annotations={annotations}
          days={days}
          xOf={(index) => margins.left + cursor.xAt(index, inner.width)}
        />
      )}
      {width > 0 && (
        <svg
          role="img"
          aria-label={[label, cursor && t("chart.keyboard"), notes && t("annotations.keyboard")]
            .filter(Boolean)
            .join(" ")}
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          tabIndex={cursor === undefined ? undefined : 0}
          onPointerMove={followPointer}
          onPointerDown={followPointer}
          onPointerLeave={() => activate(null)}
          onBlur={() => activate(null)}
          onKeyDown={followKey}
        >
          <g transform={`translate(${margins.left} ${margins.top})`}>
            {isFlagged && (
              <AnnotationRules
                annotations={annotations}
                days={days}
                xOf={(index) => cursor.xAt(index, inner.width)}
                height={inner.height}
              />
            )}
            {children({ ...inner, active })}
          </g>
        </svg>
      )}
      {readout !== null && (
        <>
          <ReadoutBox readout={readout} notes={besideDay} x={readoutX} isLeft={readoutX > width / 2} />
          <p className="visually-hidden" aria-live="polite">
            {[
              `${readout.title}: ${readout.lines.map((line) => `${line.label} ${line.value}`).join(", ")}`,
              ...besideDay,
            ].join(". ")}
          </p>
        </>
      )}
    </div>
  );
}

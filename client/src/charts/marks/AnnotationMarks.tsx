import type { Annotation } from "@touchline/server/contract";
import { type KeyboardEvent, useRef, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useExplanation } from "../../ui/use-explanation.ts";
import { useAnnotationDesk } from "../annotation-desk.ts";
import {
  ANNOTATION_ICON,
  type PlotFlag,
  placeFlags,
  tellAnnotation,
  tellDays,
  tellFlag,
} from "../prepare/annotations.ts";

interface Props {
  annotations: readonly Annotation[];
  days: readonly string[];
  /** Where a day stands, in pixels from the left edge of the strip. */
  xOf(index: number): number;
}

/** Lines that a flag shows when it is pointed at. */
const MOST_SHOWN = 6;

function Flag({ flag, isStop, onStop }: { flag: PlotFlag; isStop: boolean; onStop(): void }) {
  const words = useWords();
  const desk = useAnnotationDesk();
  const { id, word, box, style, show, hide } = useExplanation();
  const [first] = flag.annotations;
  if (first === undefined) return null;
  const isAlone = flag.annotations.length === 1;
  return (
    <>
      <button
        ref={word}
        type="button"
        className={`note-flag note-flag-${isAlone ? first.kind : "several"}`}
        style={{ left: flag.x }}
        tabIndex={isStop ? 0 : -1}
        aria-label={tellFlag(flag, words)}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={() => {
          onStop();
          show();
        }}
        onBlur={hide}
        onClick={() => {
          hide();
          desk?.show({ from: flag.from, to: flag.to });
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") hide();
        }}
      >
        {isAlone ? <Icon name={ANNOTATION_ICON[first.kind]} /> : <span>{flag.annotations.length}</span>}
      </button>
      <span
        ref={box}
        id={id}
        popover="manual"
        className="explanation note-explanation"
        style={style}
        aria-hidden="true"
      >
        {flag.annotations.slice(0, MOST_SHOWN).map((each) => (
          <span key={each.id} className="note-line">
            <Icon name={ANNOTATION_ICON[each.kind]} />
            <span>
              <span className="note-days">{tellDays(each, words)}</span> {tellAnnotation(each, words)}
            </span>
          </span>
        ))}
        {flag.annotations.length > MOST_SHOWN && (
          <span className="note-line">
            {words.t("annotations.andMore", { text: "…", count: flag.annotations.length - MOST_SHOWN })}
          </span>
        )}
      </span>
    </>
  );
}

/** Flags in a strip above a plot. The strip is one stop of the keyboard; the arrow keys go from flag to flag. */
export function AnnotationMarks({ annotations, days, xOf }: Props) {
  const { t } = useWords();
  const strip = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const flags = placeFlags(annotations, days, xOf);
  const last = flags.length - 1;
  const move = (event: KeyboardEvent) => {
    const next = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    strip.current?.querySelectorAll("button")[Math.max(0, Math.min(last, next))]?.focus();
  };
  if (flags.length === 0) return <div className="note-strip" />;
  return (
    <div className="note-strip" role="toolbar" aria-label={t("annotations.strip")} ref={strip} onKeyDown={move}>
      {flags.map((flag, index) => (
        <Flag key={flag.from} flag={flag} isStop={index === Math.min(stop, last)} onStop={() => setStop(index)} />
      ))}
    </div>
  );
}

/** Where flags point, through a whole panel. */
export function AnnotationRules({ annotations, days, xOf, height }: Props & { height: number }) {
  return (
    <g>
      {placeFlags(annotations, days, xOf).map(({ from, x }) => (
        <line key={from} className="note-rule" x1={x} x2={x} y2={height} />
      ))}
    </g>
  );
}

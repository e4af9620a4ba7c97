import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import type { PlanMove } from "../../charts/prepare/plan-moves.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { amountAfterKey, amountAtShare } from "./spend-slider.ts";

interface Props {
  move: PlanMove;
  /** What the whole length of the bar stands for. */
  longest: number;
  isTried: boolean;
  /** Null takes the trial back. */
  onTry(spend: number | null): void;
}

/** The recommended spend as a bar that can be dragged, or moved by the arrow keys, to try another one. */
export function SpendBar({ move, longest, isTried, onTry }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const bar = (
    <Bar share={move.recommendedBar} colour={hueColour(move.hue)} isHatched={move.flags.includes("extrapolated")} />
  );
  if (!move.canTry) return bar;
  const follow = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined || bounds.width === 0) return;
    onTry(amountAtShare((event.clientX - bounds.left) / bounds.width, longest));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onTry(null);
    const next = amountAfterKey(event.key, move.spend, longest);
    if (next === null) return;
    event.preventDefault();
    onTry(next);
  };
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      className={isTried ? "spend-slider spend-tried" : "spend-slider"}
      aria-label={t("planner.trialSlider", { channel: move.channel })}
      aria-valuemin={0}
      aria-valuemax={Math.round(longest)}
      aria-valuenow={Math.round(move.spend)}
      aria-valuetext={move.recommended}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      {bar}
      <span className="spend-handle" style={{ left: `${Math.min(1, move.recommendedBar) * 100}%` }} />
    </div>
  );
}

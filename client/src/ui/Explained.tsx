import type { ReactNode } from "react";
import { useExplanation } from "./use-explanation.ts";

interface Props {
  className?: string;
  why: string;
  children: ReactNode;
}

/** A word that says why when it is pointed at or focused. */
export function Explained({ className, why, children }: Props) {
  const { id, word, box, style, show, hide } = useExplanation();
  return (
    <>
      <button
        ref={word}
        type="button"
        className={className === undefined ? "explained" : `explained ${className}`}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key === "Escape") hide();
        }}
      >
        {children}
      </button>
      <span ref={box} id={id} role="tooltip" popover="manual" className="explanation" style={style}>
        {why}
      </span>
    </>
  );
}

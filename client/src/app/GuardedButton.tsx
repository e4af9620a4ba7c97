import type { Right } from "@touchline/server/contract";
import type { ComponentProps } from "react";
import { useExplanation } from "../ui/use-explanation.ts";
import { useMay } from "./use-may.ts";

interface Props extends ComponentProps<"button"> {
  right: Right;
  /** A reason of the moment that closes the button although the role has the right. */
  whyNot?: string | null;
}

/** Closed for who lacks the right, with the sentence that says who has it. It keeps its place in the order of the keyboard. */
export function GuardedButton({ right, whyNot = null, ...button }: Props) {
  const { may, why } = useMay(right);
  const reason = may ? whyNot : why;
  return reason === null ? <button {...button} /> : <ClosedButton button={button} reason={reason} />;
}

/** Not `disabled`: that takes a button out of the order of the keyboard, and its reason would never be read. */
function ClosedButton({ button, reason }: { button: ComponentProps<"button">; reason: string }) {
  const { id, word, box, style, show, hide } = useExplanation();
  const { onClick: _closed, disabled: _busy, title: _title, ref: _ref, type: _submits, ...look } = button;
  return (
    <>
      <button
        {...look}
        ref={word}
        type="button"
        aria-disabled="true"
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onClick={show}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key === "Escape") hide();
        }}
      />
      <span ref={box} id={id} role="tooltip" popover="manual" className="explanation" style={style}>
        {reason}
      </span>
    </>
  );
}

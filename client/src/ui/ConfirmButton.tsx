import type { Right } from "@touchline/server/contract";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../app/GuardedButton.tsx";

interface Props {
  /** Null where everybody may. */
  right: Right | null;
  whyNot?: string | null;
  className?: string;
  /** What will happen, asked before it does. */
  question: string;
  /** The word on the button that does it. */
  sure: string;
  isBusy: boolean;
  act(): void;
  /** Names what the button acts on, where many of them stand below each other. */
  label?: string;
  children: ReactNode;
}

function Question({ question, sure, act, keep }: { question: string; sure: string; act(): void; keep(): void }) {
  const { t } = useTranslation();
  const keepButton = useRef<HTMLButtonElement>(null);
  // The harmless answer has the focus.
  useEffect(() => keepButton.current?.focus(), []);
  return (
    <fieldset className="confirm">
      <legend className="visually-hidden">{sure}</legend>
      <span>{question}</span>
      <button type="button" className="button button-danger" onClick={act}>
        {sure}
      </button>
      <button type="button" className="button" ref={keepButton} onClick={keep}>
        {t("app.cancel")}
      </button>
    </fieldset>
  );
}

/** A button for what cannot be taken back: it asks in its own place first. */
export function ConfirmButton({ right, whyNot = null, className = "link-button", children, ...rest }: Props) {
  const { question, sure, isBusy, act, label } = rest;
  const [isAsking, setAsking] = useState(false);
  if (isAsking) {
    const answer = (isMeant: boolean) => {
      setAsking(false);
      if (isMeant) act();
    };
    return <Question question={question} sure={sure} act={() => answer(true)} keep={() => answer(false)} />;
  }
  const look = { className, disabled: isBusy, "aria-label": label, onClick: () => setAsking(true), children };
  if (right === null) return <button type="button" {...look} />;
  return <GuardedButton type="button" right={right} whyNot={whyNot} {...look} />;
}

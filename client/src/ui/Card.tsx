import { type ReactNode, useId } from "react";
import { Sentence } from "./Sentence.tsx";

interface Props {
  title: ReactNode;
  /** The answer, before the evidence. */
  sentence?: string | undefined;
  actions?: ReactNode;
  className?: string;
  isBusy?: boolean;
  children: ReactNode;
}

export function Card({ title, sentence, actions, className, isBusy = false, children }: Props) {
  const titleId = useId();
  return (
    <section
      className={className === undefined ? "card" : `card ${className}`}
      aria-labelledby={titleId}
      aria-busy={isBusy}
    >
      <header className="card-head">
        <div className="card-words">
          <h2 id={titleId} className="card-title">
            {title}
          </h2>
          {sentence !== undefined && (
            <p className="card-sentence">
              <Sentence text={sentence} />
            </p>
          )}
        </div>
        {actions !== undefined && <div className="card-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

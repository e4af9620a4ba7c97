import { type ReactNode, useId } from "react";
import { ExportMenu } from "./export/ExportMenu.tsx";
import { OriginButton } from "./OriginButton.tsx";
import type { FigureOrigin } from "./origin-context.ts";
import { Sentence } from "./Sentence.tsx";
import type { TableModel } from "./table-model.ts";

interface Props {
  title: ReactNode;
  /** The answer, before the evidence. */
  sentence?: string | undefined;
  actions?: ReactNode;
  className?: string;
  isBusy?: boolean;
  /** What "How is this computed?" shows; without one there is no such button. */
  origin?: FigureOrigin | undefined;
  /** What files of it hold; "shown" takes its table as it stands there, as text. Without one there are no files. */
  table?: (() => TableModel) | "shown" | undefined;
  children: ReactNode;
}

export function Card({ title, sentence, actions, className, isBusy = false, origin, table, children }: Props) {
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
        {(actions !== undefined || origin !== undefined || table !== undefined) && (
          <div className="card-actions">
            {actions}
            {table !== undefined && (
              <ExportMenu
                title={typeof title === "string" ? title : (origin?.title ?? "")}
                origin={origin}
                table={table}
              />
            )}
            {origin !== undefined && <OriginButton origin={origin} />}
          </div>
        )}
      </header>
      {children}
    </section>
  );
}

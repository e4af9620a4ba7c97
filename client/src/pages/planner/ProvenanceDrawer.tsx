import { Link } from "@tanstack/react-router";
import type { Plan } from "@touchline/server/contract";
import { preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { type FigureTopic, prepareProvenance } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Drawer } from "../../ui/Drawer.tsx";

/** A figure of the plan, as it stands on the page. */
export interface AskedFigure {
  readonly topic: FigureTopic;
  readonly text: string;
}

interface Props {
  asked: AskedFigure | null;
  plan: Exclude<Plan, { status: "infeasible" }>;
  close(): void;
}

/** Where one figure of a plan comes from. */
export function ProvenanceDrawer({ asked, plan, close }: Props) {
  const words = useWords();
  const { t } = words;
  const provenance =
    asked === null
      ? null
      : prepareProvenance(asked.topic, asked.text, plan, words, preparePlanResult(plan, words).certificate);
  return (
    <Drawer title={provenance?.title} isOpen={provenance !== null} close={close}>
      {provenance !== null && (
        <>
          <p>{provenance.how}</p>
          <dl className="drawer-facts">
            {provenance.facts.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
            <div>
              <dt>{t("provenance.label.run")}</dt>
              <dd>
                {provenance.run === null ? (
                  t("provenance.given")
                ) : (
                  <Link to="/attribution" search={true}>
                    <code>{provenance.run.slice(0, 8)}</code>
                  </Link>
                )}
              </dd>
            </div>
          </dl>
        </>
      )}
    </Drawer>
  );
}

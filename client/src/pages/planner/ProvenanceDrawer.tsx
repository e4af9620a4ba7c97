import { Link } from "@tanstack/react-router";
import type { Provenance } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Drawer } from "../../ui/Drawer.tsx";

/** Where one figure of a plan comes from. */
export function ProvenanceDrawer({ provenance, close }: { provenance: Provenance | null; close(): void }) {
  const { t } = useWords();
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

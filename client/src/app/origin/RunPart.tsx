import type { RunDetails } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { useTimeZone } from "../workspace-context.ts";

/** As much of an id as tells runs apart, and as the command takes. */
const ID_LENGTH = 8;

interface Props {
  run: string;
  details: RunDetails | undefined;
  isBroken: boolean;
}

/** Which run, when, on which data, by which code, and how to see all of it. */
export function RunPart({ run, details, isBroken }: Props) {
  const { t, format } = useWords();
  const zone = useTimeZone();
  const id = run.slice(0, ID_LENGTH);
  const command = `touchline runs show ${id}`;
  return (
    <>
      {isBroken && <p role="status">{t("origin.runUnknown")}</p>}
      <dl className="drawer-facts">
        <div>
          <dt>{t("origin.label.run")}</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
        {details !== undefined && (
          <>
            <div>
              <dt>{t("origin.label.computed")}</dt>
              <dd>
                {t("origin.took", {
                  when: format.moment(new Date(details.startedAt), zone),
                  duration: t("origin.seconds", { count: Math.max(1, Math.round(details.seconds)) }),
                })}
              </dd>
            </div>
            <div>
              <dt>{t("origin.label.data")}</dt>
              <dd>
                <code>{details.watermark.slice(0, 12)}</code>{" "}
                <span className="hint">{t(details.isOfPresentData ? "origin.present" : "origin.past")}</span>
              </dd>
            </div>
            <div>
              <dt>{t("origin.label.code")}</dt>
              <dd>
                <code>{details.codeVersion}</code>
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{t("origin.label.command")}</dt>
          <dd className="origin-command">
            <code>{command}</code>
            <CopyButton text={command} label={t("origin.copy")} />
          </dd>
        </div>
      </dl>
    </>
  );
}

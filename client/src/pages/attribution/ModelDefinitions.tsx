import { useLocation } from "@tanstack/react-router";
import { MODEL_GROUPS } from "../../charts/prepare/model-groups.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** Each model in a sentence, one click away. */
export function ModelDefinitions() {
  const { t } = useWords();
  const isAsked = useLocation({ select: ({ hash }) => hash === "models" });
  return (
    <details key={String(isAsked)} id="models" className="card card-details" open={isAsked}>
      <summary>
        <span className="card-title">{t("attribution.whyTitle")}</span>
        <Icon name="chevron" />
      </summary>
      {MODEL_GROUPS.map((group) => (
        <section key={group.name} className="definitions-group">
          <h3>{t(`modelGroups.${group.name}`)}</h3>
          <dl className="definitions">
            {group.models.map((model) => (
              <div key={model}>
                <dt>{t(`models.${model}`)}</dt>
                <dd>{t(`modelWhy.${model}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </details>
  );
}

import type { SavedView } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { FailureLine } from "../FailureLine.tsx";
import { useMay } from "../use-may.ts";
import { useChangeViews, useOpenAddress, usePlaceToSave } from "./use-views.ts";
import { linkOf } from "./view-address.ts";

interface Props {
  view: SavedView;
  isOwn: boolean;
  say(sentence: string): void;
}

type Acts = ReturnType<typeof useChangeViews>;

function RenameForm({ view, say, rename }: Pick<Props, "view" | "say"> & Pick<Acts, "rename">) {
  const { t } = useTranslation();
  const [name, setName] = useState(view.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || name.trim() === view.name) return;
    rename.mutate(
      { id: view.id, name: name.trim() },
      { onSuccess: (changed) => say(t("views.renamed", { name: changed.name })) },
    );
  };
  return (
    <form className="views-save" onSubmit={submit}>
      <label className="field">
        <span className="visually-hidden">{t("views.newName", { name: view.name })}</span>
        <input value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="button" disabled={rename.isPending}>
        {t("views.rename")}
      </button>
      <FailureLine error={rename.error} says={{ CONFLICT: t("views.taken") }} />
    </form>
  );
}

function ShareSwitch({ view, share }: Pick<Props, "view"> & Pick<Acts, "share">) {
  const { t } = useTranslation();
  const { may, why } = useMay("views:share");
  return (
    <>
      <label className="toggle">
        <input
          type="checkbox"
          checked={share.isPending ? share.variables.isShared : view.isShared}
          disabled={!may || share.isPending}
          onChange={(event) => share.mutate({ id: view.id, isShared: event.target.checked })}
        />
        <span>{t("views.share")}</span>
      </label>
      {!may && <p className="hint">{why}</p>}
      <FailureLine error={share.error} />
    </>
  );
}

/** Whoever saved a view changes it; others take its link. */
export function ViewOptions({ view, isOwn, say }: Props) {
  const { t } = useTranslation();
  const place = usePlaceToSave();
  const { basepath } = useOpenAddress();
  const { update, rename, share, remove } = useChangeViews();
  const { id, name } = view;
  return (
    <>
      <CopyButton text={linkOf(view, window.location.origin, basepath)} label={t("views.copyLink")} />
      <p className="hint">{view.isShared ? t("views.linkAll") : t("views.linkAlone")}</p>
      {isOwn && (
        <>
          <ShareSwitch view={view} share={share} />
          <RenameForm key={name} view={view} say={say} rename={rename} />
          <div className="views-acts">
            <button
              type="button"
              className="link-button"
              disabled={update.isPending}
              onClick={() => update.mutate({ id, ...place }, { onSuccess: () => say(t("views.updated", { name })) })}
            >
              {t("views.update")}
            </button>
            <ConfirmButton
              right="views:change"
              question={view.isShared ? t("views.removeSharedQuestion", { name }) : t("views.removeQuestion", { name })}
              sure={t("views.removeSure")}
              isBusy={remove.isPending}
              act={() => {
                say(t("views.removed", { name }));
                remove.mutate({ id });
              }}
            >
              {t("views.remove")}
            </ConfirmButton>
          </div>
          <FailureLine error={update.error ?? remove.error} />
        </>
      )}
    </>
  );
}

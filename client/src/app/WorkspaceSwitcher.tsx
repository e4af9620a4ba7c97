import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { usePopover } from "../ui/use-popover.ts";
import { chunk } from "./chunk.ts";
import { useMe, useMembership } from "./me-context.ts";
import { basepathOf } from "./place.ts";

const form = chunk(() => import("./NewWorkspaceForm.tsx"), "entry");
const NewWorkspaceForm = lazy(async () => ({ default: (await form()).NewWorkspaceForm }));

/** The workspace's name; a list of all where there is another one, or may be. */
export function WorkspaceSwitcher() {
  const { t } = useTranslation();
  const { workspaces, mayCreateWorkspaces } = useMe();
  const { id } = useMembership();
  const [isCreating, setCreating] = useState(false);
  const { isOpen, panelId, box, button, toggle } = usePopover();
  if (workspaces.length === 1 && !mayCreateWorkspaces) {
    return (
      <>
        <span className="visually-hidden">{t("app.workspace")}</span>
        <strong className="workspace-name">{id}</strong>
      </>
    );
  }
  const open = () => {
    setCreating(false);
    toggle();
  };
  return (
    <div className="popover-box workspace-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button workspace-button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={open}
      >
        <span className="visually-hidden">{t("app.workspace")}</span>
        <strong className="workspace-name">{id}</strong>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div className="popover menu menu-left" id={panelId}>
          <ul className="menu-list" aria-label={t("account.workspaces")}>
            {workspaces.map((each) => (
              <li key={each.id}>
                {/* A load of the page, not a route: nothing of one workspace stays in the page of another. */}
                <a
                  className="menu-item"
                  href={`${basepathOf(each.id)}/`}
                  aria-current={each.id === id ? "true" : undefined}
                >
                  <span className="menu-name">{each.id}</span>
                  <span className="hint">{t(`rights.role.${each.role}`)}</span>
                  {each.id === id && <Icon name="check" />}
                </a>
              </li>
            ))}
          </ul>
          {mayCreateWorkspaces && (
            <div className="menu-part">
              {isCreating ? (
                <Suspense fallback={null}>
                  <NewWorkspaceForm />
                </Suspense>
              ) : (
                <button type="button" className="menu-item" onClick={() => setCreating(true)}>
                  <Icon name="plus" />
                  <span className="menu-name">{t("account.newWorkspace")}</span>
                </button>
              )}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

import {
  dataWatermark,
  PAGE_LIMITS,
  saveWorkspaceSetting,
  saveWorkspaceSettings,
  type WorkspaceWarehouse,
  workspaceSetting,
  workspaceSettings,
} from "@touchline/sql";
import { WORKSPACE_SETTINGS, type WorkspaceSetting, type WorkspaceSettingName } from "./contract/index.ts";
import type { WorkspaceStore } from "./store/index.ts";
import { withoutPrototype } from "./without-prototype.ts";
import { PLAIN_WORK, type Work } from "./work.ts";

export interface WorkspaceSettings {
  /** ISO 4217; empty until the first import with money decides it. */
  readonly currency: string;
  /** IANA name: days begin at its midnight. */
  readonly timeZone: string;
  /** True when the data is the simulated shop's. */
  readonly simulated: boolean;
}

const NEW_WORKSPACE: WorkspaceSettings = { currency: "", timeZone: "UTC", simulated: false };

/** The two ways to a workspace's accounts and plans: the second one does not make a store where there is none yet. */
export interface StoreDoor {
  open(): Promise<WorkspaceStore>;
  openIfAny(): Promise<WorkspaceStore | null>;
}

const MOST_REMEMBERED = 16;
/** To pages, data that keeps arriving is new so often. */
export const PACE_SECONDS = 60;

/** One workspace of this process: its data, and the guarantee that nothing is computed twice at the same time. */
export class Workspace {
  readonly id: string;
  readonly warehouse: WorkspaceWarehouse;
  /** Its accounts, plans and audit. */
  readonly store: StoreDoor;
  /** Events that arrive over HTTP count as new data when their window of so many seconds is over; 0: at once. */
  readonly liveWindowSeconds: number;
  /** What this handle is used for. */
  readonly work: Work;
  readonly #underway: Map<string, Promise<unknown>>;
  readonly #remembered: Map<string, Promise<unknown>>;
  #paced: Workspace | undefined;

  constructor(
    id: string,
    warehouse: WorkspaceWarehouse,
    store: StoreDoor,
    of?: { workspace: Workspace; liveWindowSeconds: number; work: Work },
  ) {
    this.id = id;
    this.warehouse = warehouse;
    this.store = store;
    this.liveWindowSeconds = of?.liveWindowSeconds ?? 0;
    this.work = of?.work ?? PLAIN_WORK;
    this.#underway = of === undefined ? new Map<string, Promise<unknown>>() : of.workspace.#underway;
    this.#remembered = of === undefined ? new Map<string, Promise<unknown>>() : of.workspace.#remembered;
  }

  /** The same workspace for one piece of work: its commands end with it. */
  during(work: Work): Workspace {
    const { liveWindowSeconds } = this;
    return new Workspace(this.id, this.warehouse.during(work), this.store, {
      workspace: this,
      liveWindowSeconds,
      work,
    });
  }

  /** The same workspace for pages that ask again and again: to them, data that keeps arriving is new once a minute. */
  paced(): Workspace {
    this.#paced ??= new Workspace(this.id, this.warehouse.limited(PAGE_LIMITS), this.store, {
      ...{ workspace: this, liveWindowSeconds: PACE_SECONDS, work: this.work },
    });
    return this.#paced;
  }

  async settings(): Promise<WorkspaceSettings> {
    const [row] = await this.warehouse.ask(workspaceSettings, {});
    return row ?? NEW_WORKSPACE;
  }

  async changeSettings(change: Partial<WorkspaceSettings>): Promise<WorkspaceSettings> {
    const settings = { ...(await this.settings()), ...change };
    await this.warehouse.tell(saveWorkspaceSettings, settings);
    return settings;
  }

  /** A setting by name, its default where nobody has written one. */
  async setting<N extends WorkspaceSettingName>(name: N): Promise<WorkspaceSetting<N>> {
    const [row] = await this.warehouse.ask(workspaceSetting, { settingName: name });
    const shape = WORKSPACE_SETTINGS[name];
    const value: unknown = shape.parse(row === undefined ? undefined : JSON.parse(row.value));
    const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
    return (isRecord ? withoutPrototype(value) : value) as WorkspaceSetting<N>;
  }

  /** @throws ZodError when the value does not have the setting's shape */
  async changeSetting<N extends WorkspaceSettingName>(name: N, value: WorkspaceSetting<N>): Promise<void> {
    const settingValue = JSON.stringify(WORKSPACE_SETTINGS[name].parse(value) ?? null);
    await this.warehouse.tell(saveWorkspaceSetting, { settingName: name, settingValue });
  }

  /** Names the data as it is now: any import that changes a row changes it. */
  async watermark(): Promise<string> {
    const { liveWindowSeconds } = this;
    return (await this.warehouse.askOne(dataWatermark, { liveWindowSeconds })).watermark;
  }

  /** Runs the work, or joins the one with this key that is already running. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#underway.get(key);
    if (running !== undefined) return running as Promise<T>;
    const started = work().finally(() => this.#underway.delete(key));
    this.#underway.set(key, started);
    return started;
  }

  /**
   * The value that the work gave for this key, worked out once. Keys must name the data that the value stands on, because
   * nothing is ever refreshed; the few that were asked for last are kept.
   */
  remember<T>(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#remembered.get(key) as Promise<T> | undefined;
    const value = known ?? work();
    this.#remembered.delete(key);
    this.#remembered.set(key, value);
    value.catch(() => this.#remembered.delete(key));
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
    return value;
  }

  /** Runs the works of one key one after the other, in the order in which they came. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#underway.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#underway.set(key, turn);
    return turn;
  }
}

import {
  dataWatermark,
  type LaneName,
  PAGE_LIMITS,
  saveWorkspaceSetting,
  saveWorkspaceSettings,
  type WorkspaceWarehouse,
  workspaceSetting,
  workspaceSettings,
} from "@touchline/sql";
import { WORKSPACE_SETTINGS, type WorkspaceSetting, type WorkspaceSettingName } from "./contract/index.ts";
import { NO_END_MS, Pace } from "./pace.ts";
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

/** How long settings are believed where other processes may change them too, and where none can. */
const BELIEVED_MS = { shared: 1_000, own: 60_000 };
const MOST_BELIEVED = 100;

/** How a handle of a workspace sees it. */
interface View {
  /** Until when events that keep arriving count, in milliseconds since 1970. */
  readonly liveUntilMs: () => number;
  /** The same for what it says of itself. */
  readonly shownUntilMs: () => number;
  readonly work: Work;
}

const noEnd = () => NO_END_MS;

/** What all handles of a workspace share. */
class Shared {
  readonly pace = new Pace();
  readonly underway = new Map<string, Promise<unknown>>();
  readonly remembered = new Map<string, Promise<unknown>>();
  readonly believed = new Map<
    string,
    { readonly value: Promise<unknown>; readonly writes: number; readonly until: number }
  >();
}

/** One workspace of this process: its data, and the guarantee that nothing is computed twice at the same time. */
export class Workspace {
  readonly id: string;
  readonly warehouse: WorkspaceWarehouse;
  /** Its accounts, plans and audit. */
  readonly store: StoreDoor;
  /** What this handle is used for. */
  readonly work: Work;
  readonly #view: View;
  readonly #shared: Shared;
  #paced: Workspace | undefined;
  readonly #onLanes = new Map<LaneName, WorkspaceWarehouse>();

  constructor(
    id: string,
    warehouse: WorkspaceWarehouse,
    store: StoreDoor,
    view: View = { liveUntilMs: noEnd, shownUntilMs: noEnd, work: PLAIN_WORK },
    shared = new Shared(),
  ) {
    this.id = id;
    this.warehouse = warehouse;
    this.store = store;
    this.work = view.work;
    this.#view = view;
    this.#shared = shared;
  }

  #with(warehouse: WorkspaceWarehouse, view: Partial<View> = {}): Workspace {
    return new Workspace(this.id, warehouse, this.store, { ...this.#view, ...view }, this.#shared);
  }

  /** Events that keep arriving count as data until then, in milliseconds since 1970. */
  get liveUntilMs(): number {
    return this.#view.liveUntilMs();
  }

  /** As far as pages show them; what is worked out for the next ones may be further. */
  get shownUntilMs(): number {
    return this.#view.shownUntilMs();
  }

  /** How far pages are with the data that keeps arriving. */
  get pace(): Pace {
    return this.#shared.pace;
  }

  /** The same workspace for one piece of work: its commands end with it. */
  during(work: Work): Workspace {
    return this.#with(this.warehouse.during(work), { work });
  }

  /** The same workspace for pages that ask again and again: to them, data that keeps arriving is new once a minute or less often. */
  paced(): Workspace {
    const { pace } = this.#shared;
    this.#paced ??= this.#with(this.warehouse.limited(PAGE_LIMITS), {
      liveUntilMs: () => pace.workedUntilMs,
      shownUntilMs: () => pace.shownUntilMs,
    });
    return this.#paced;
  }

  /** The same workspace as it was at a moment, for what nobody waits for. */
  inBackground(liveUntilMs: number): Workspace {
    const until = () => liveUntilMs;
    return this.#with(this.#warehouseOn("background"), { liveUntilMs: until, shownUntilMs: until });
  }

  /** The same workspace on connections of a lane. */
  on(lane: LaneName): Workspace {
    return this.#with(this.#warehouseOn(lane));
  }

  #warehouseOn(lane: LaneName): WorkspaceWarehouse {
    const warehouse = this.#onLanes.get(lane) ?? this.warehouse.on(lane);
    this.#onLanes.set(lane, warehouse);
    return warehouse;
  }

  settings(): Promise<WorkspaceSettings> {
    return this.#believe("settings", async () => {
      const [row] = await this.warehouse.askAside(workspaceSettings, {});
      return row ?? NEW_WORKSPACE;
    });
  }

  /** Much waits for these few rows: they are asked aside, and believed for a moment while this process changes nothing. */
  #believe<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const { believed } = this.#shared;
    const { writes, isShared } = this.warehouse;
    const known = believed.get(name);
    if (known !== undefined && known.writes === writes && known.until > Date.now()) return known.value as Promise<T>;
    const value = ask();
    if (believed.size >= MOST_BELIEVED) believed.clear();
    believed.set(name, { value, writes, until: Date.now() + (isShared ? BELIEVED_MS.shared : BELIEVED_MS.own) });
    value.catch(() => believed.delete(name));
    return value;
  }

  async changeSettings(change: Partial<WorkspaceSettings>): Promise<WorkspaceSettings> {
    const settings = { ...(await this.settings()), ...change };
    await this.warehouse.tell(saveWorkspaceSettings, settings);
    this.#shared.believed.delete("settings"); // What the lane of arriving events writes is not counted.
    return settings;
  }

  /** A setting by name, its default where nobody has written one. */
  async setting<N extends WorkspaceSettingName>(name: N): Promise<WorkspaceSetting<N>> {
    const row = await this.#believe(`setting ${name}`, async () => {
      const [found] = await this.warehouse.askAside(workspaceSetting, { settingName: name });
      return found;
    });
    const shape = WORKSPACE_SETTINGS[name];
    const value: unknown = shape.parse(row === undefined ? undefined : JSON.parse(row.value));
    const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
    return (isRecord ? withoutPrototype(value) : value) as WorkspaceSetting<N>;
  }

  /** @throws ZodError when the value does not have the setting's shape */
  async changeSetting<N extends WorkspaceSettingName>(name: N, value: WorkspaceSetting<N>): Promise<void> {
    const settingValue = JSON.stringify(WORKSPACE_SETTINGS[name].parse(value) ?? null);
    await this.warehouse.tell(saveWorkspaceSetting, { settingName: name, settingValue });
    this.#shared.believed.delete(`setting ${name}`);
  }

  /** Names the data as it is now: any import that changes a row changes it. */
  async watermark(): Promise<string> {
    const { liveUntilMs, warehouse } = this;
    const ask = async () => (await warehouse.askOne(dataWatermark, { liveUntilMs })).watermark;
    // Of a moment that is over, in a folder, only a write of this process can change it.
    if (warehouse.isShared || liveUntilMs > Date.now()) return ask();
    return this.#believe(`watermark ${liveUntilMs}`, ask);
  }

  /** Runs the work, or joins the one with this key that is already running. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { underway } = this.#shared;
    const running = underway.get(key);
    if (running !== undefined) return running as Promise<T>;
    const started = work().finally(() => underway.delete(key));
    underway.set(key, started);
    return started;
  }

  /**
   * The value that the work gave for this key, worked out once. Keys must name the data that the value stands on, because
   * nothing is ever refreshed; the few that were asked for last are kept.
   */
  remember<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { remembered } = this.#shared;
    const known = remembered.get(key) as Promise<T> | undefined;
    const value = known ?? work();
    remembered.delete(key);
    remembered.set(key, value);
    value.catch(() => remembered.delete(key));
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return value;
  }

  /** Runs the works of one key one after the other, in the order in which they came. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { underway } = this.#shared;
    const before = underway.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    underway.set(key, turn);
    return turn;
  }
}

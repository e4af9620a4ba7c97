import { randomUUID } from "node:crypto";
import type { Role, SavedView } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntries, savedViews, type WorkspaceStore } from "../../server/src/store/index.ts";
import { viewsRouter } from "../../server/src/views/router.ts";
import { requestOf } from "../support/members.ts";
import { openWorld, type World } from "../support/world.ts";

const ROLES = { vic: "viewer", ann: "media-buyer", ada: "admin" } as const;
type Desk = ReturnType<typeof viewsRouter.createCaller>;

let world: World;
let store: WorkspaceStore;
let desks: Record<keyof typeof ROLES, Desk>;

const deskOf = async (name: string, role: Role, workspace = "default") =>
  viewsRouter.createCaller(await requestOf(world.house, workspace, name, role));

beforeAll(async () => {
  world = await openWorld();
  store = (await world.house.store()).in("default");
  const made = await Promise.all(Object.entries(ROLES).map(async ([name, role]) => [name, await deskOf(name, role)]));
  desks = Object.fromEntries(made) as Record<keyof typeof ROLES, Desk>;
}, 60_000);
afterAll(() => world.close());

const place = { page: "/performance", search: "days=last7&channels=%5B%22Search%22%5D" };
const save = (desk: Desk, name = `view ${randomUUID()}`) => desk.save({ name, ...place });
const idsOf = async (desk: Desk) => (await desk.list()).views.map(({ id }) => id);
const actsOn = async ({ id }: SavedView) =>
  (await store.select(auditEntries))
    .map(({ body }) => JSON.parse(body) as { action: string; subject: { id: string } })
    .filter(({ subject }) => subject.id === id)
    .map(({ action }) => action);

describe("a saved view", () => {
  test("is its owner's alone until it is shared, and keeps its address to the letter", async () => {
    const view = await save(desks.ann, " Monday ");
    expect(view).toMatchObject({ name: "Monday", ...place, isShared: false, owner: { name: "ann" } });
    expect(await idsOf(desks.ann)).toContain(view.id);
    expect(await idsOf(desks.ada)).not.toContain(view.id);
    await expect(desks.ada.show({ id: view.id })).rejects.toMatchObject({ code: "NOT_FOUND" });

    await desks.ann.share({ id: view.id, isShared: true });
    expect(await idsOf(desks.vic)).toContain(view.id);
    expect(await desks.vic.show({ id: view.id })).toMatchObject(place);

    await desks.ann.share({ id: view.id, isShared: false });
    await expect(desks.vic.show({ id: view.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is found under its link after it was renamed and led elsewhere, and is gone once it is removed", async () => {
    const view = await save(desks.ann);
    await desks.ann.rename({ id: view.id, name: "Tuesday" });
    await desks.ann.update({ id: view.id, page: "/journeys", search: "" });
    expect(await desks.ann.show({ id: view.id })).toMatchObject({ name: "Tuesday", page: "/journeys", search: "" });
    await desks.ann.remove({ id: view.id });
    await expect(desks.ann.show({ id: view.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await actsOn(view)).toEqual(["views.save", "views.rename", "views.update", "views.remove"]);
  });

  test("is changed by its owner alone, an admin included", async () => {
    const view = await save(desks.ann);
    const change = { id: view.id, name: "mine now" };
    await expect(desks.ada.rename(change)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await desks.ann.share({ id: view.id, isShared: true });
    await expect(desks.ada.rename(change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(desks.ada.remove({ id: view.id })).rejects.toThrow("this view is ann's");
    expect(await desks.ann.show({ id: view.id })).toMatchObject({ name: view.name });
    expect(await actsOn(view)).toEqual(["views.save", "views.share"]);
  });

  test("is shared by roles that plan, and saved by everybody", async () => {
    const view = await save(desks.vic);
    await expect(desks.vic.share({ id: view.id, isShared: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await idsOf(desks.vic)).toContain(view.id);
  });
});

describe("names", () => {
  test("are taken once by a person, whatever the case of their letters, and by others again", async () => {
    const first = await save(desks.ann, "Élan");
    await expect(save(desks.ann, "éLAN")).rejects.toMatchObject({ code: "CONFLICT" });
    await save(desks.ada, "Élan");
    const second = await save(desks.ann);
    await expect(desks.ann.rename({ id: second.id, name: "élan" })).rejects.toMatchObject({ code: "CONFLICT" });
    const both = await Promise.allSettled([save(desks.ann, "at once"), save(desks.ann, "At once")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await desks.ann.rename({ id: first.id, name: "ÉLAN" })).toMatchObject({ name: "ÉLAN" });
  });
});

describe("what is kept", () => {
  test.each([
    ["//elsewhere.example", ""],
    ["https://elsewhere.example/", ""],
    ["/performance?x=1", ""],
    ["/../secrets", ""],
    ["/performance", "a=1#b"],
    ["/performance", "x".repeat(4_001)],
  ])("is an address of this workspace: not %s with %s", async (page, search) => {
    await expect(desks.ann.save({ name: "odd", page, search })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("ends at 200 views of a person, with what to do about it", async () => {
    const desk = await deskOf("max", "viewer");
    const { owner } = await save(desk);
    for (let i = 1; i < 200; i++) {
      await store.insert(savedViews, {
        ...{ id: randomUUID(), name: `view ${i}`, ...place, isShared: false },
        ...{ ownerId: owner.id, ownerName: owner.name, savedAt: new Date() },
      });
    }
    await expect(save(desk)).rejects.toThrow("remove some that you no longer need");
    const { views } = await desk.list();
    expect(views.filter((view) => view.owner.id === owner.id)).toHaveLength(200);
  });

  test("is unknown to members of another workspace", async () => {
    const view = await save(desks.ann);
    await desks.ann.share({ id: view.id, isShared: true });
    const other = await deskOf("eve", "owner", "elsewhere");
    expect((await other.list()).views).toEqual([]);
    for (const attempt of [
      other.show({ id: view.id }),
      other.rename({ id: view.id, name: "x" }),
      other.update({ id: view.id, ...place }),
      other.share({ id: view.id, isShared: false }),
      other.remove({ id: view.id }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await desks.ann.show({ id: view.id })).toMatchObject({ isShared: true });
  });
});

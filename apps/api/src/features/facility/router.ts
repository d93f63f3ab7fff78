import { uuid } from "@infirmary/shared/core";
import {
  facilityCreate,
  facilityDetail,
  facilityItem,
  facilityUpdate,
  location,
  locationAdd,
  locationUpdate,
} from "@infirmary/shared/facility";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { createFacility, getFacility, listFacilities, updateFacility } from "./facilities.ts";
import { addLocation, updateLocation } from "./locations.ts";

const tag = "Facilities";
const locationExample = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  facilityId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  kind: "WARD",
  parentId: null,
  code: "W3",
  name: "Ward 3",
  isActive: true,
  version: 1,
};
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  code: "MAIN",
  name: "St Anne's Main",
  timeZone: "America/New_York",
  address: null,
  isActive: true,
  version: 1,
  departments: 0,
  wards: 1,
  rooms: 0,
  people: 6,
};
const detailExample = { ...example, locations: [locationExample] };

export const facilityRouter = router({
  list: permitted("facility.manage", {
    method: "GET",
    path: "/facilities/",
    tag,
    summary: "The facilities of the organisation, those in use first",
    example: { response: { items: [example] } },
  })
    .output(z.object({ items: z.array(facilityItem) }))
    .query(({ ctx }) => ctx.work(async (work) => ({ items: await listFacilities(work) }))),
  create: permitted("facility.manage", {
    method: "POST",
    path: "/facilities/",
    tag,
    summary: "Add a facility",
    status: 201,
    example: {
      request: { code: "MAIN", name: "St Anne's Main", timeZone: "America/New_York" },
      response: { ...detailExample, wards: 0, people: 0, locations: [] },
    },
  })
    .input(facilityCreate)
    .output(facilityDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => createFacility(work, input))),
  get: permitted("facility.manage", {
    method: "GET",
    path: "/facilities/{id}/",
    tag,
    summary: "One facility with its departments, wards and rooms",
    example: { response: detailExample },
  })
    .input(z.strictObject({ id: uuid }))
    .output(facilityDetail)
    .query(({ ctx, input }) => ctx.work((work) => getFacility(work, input))),
  update: permitted("facility.manage", {
    method: "PUT",
    path: "/facilities/{id}/",
    tag,
    summary: "Change a facility, take it out of use or back",
    example: {
      request: { version: 1, name: "St Anne's" },
      response: { ...detailExample, name: "St Anne's", version: 2 },
    },
  })
    .input(facilityUpdate)
    .output(facilityDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => updateFacility(work, input))),
  addLocation: permitted("facility.manage", {
    method: "POST",
    path: "/facilities/{id}/locations/",
    tag,
    summary: "Add a department, ward or room to a facility",
    status: 201,
    example: { request: { kind: "WARD", code: "W3", name: "Ward 3" }, response: locationExample },
  })
    .input(locationAdd)
    .output(location)
    .mutation(({ ctx, input }) => ctx.work((work) => addLocation(work, input))),
  updateLocation: permitted("facility.manage", {
    method: "PUT",
    path: "/locations/{id}/",
    tag,
    summary: "Rename or move a department, ward or room, take it out of use or back",
    example: {
      request: { version: 1, name: "Ward 3 East" },
      response: { ...locationExample, name: "Ward 3 East", version: 2 },
    },
  })
    .input(locationUpdate)
    .output(location)
    .mutation(({ ctx, input }) => ctx.work((work) => updateLocation(work, input))),
});

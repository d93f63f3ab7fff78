import type { User } from "@infirmary/shared/user";
import { expect, it } from "vitest";
import { draftOfUser, userClashes } from "./user-draft.ts";

const facility = { id: "f1", code: "MAIN", name: "Main", timeZone: "UTC" };
const person: User = {
  id: "u",
  username: "nora",
  fullName: "Nora Nurse",
  email: "nora@example.org",
  roles: ["nurse"],
  roleNames: ["Nurse"],
  facilities: [facility],
  memberships: [{ facilityId: "f1", roles: ["nurse"] }],
  title: null,
  registrationNumber: null,
  departmentId: null,
  status: "ACTIVE",
  version: 1,
  createdAt: "",
  updatedAt: "",
  lastSignInAt: null,
  invitation: null,
};

it("shows a person with the ids of the facilities", () => {
  expect(draftOfUser(person)).toEqual({
    fullName: "Nora Nurse",
    email: "nora@example.org",
    roles: ["nurse"],
    facilityIds: ["f1"],
  });
});
it("names in words what somebody else's save and the form differ in", () => {
  const draft = { ...draftOfUser(person), roles: ["doctor"], facilityIds: [] };
  expect(userClashes(person, draft, [facility])).toEqual([
    { label: "Roles", theirs: "Nurse", mine: "Doctor" },
    { label: "Facilities", theirs: "Main", mine: "None" },
  ]);
});

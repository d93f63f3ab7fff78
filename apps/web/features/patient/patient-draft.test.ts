import type { Patient } from "@infirmary/shared/patient";
import { describe, expect, it } from "vitest";
import { lookup } from "./duplicate-lookup.ts";
import {
  changedByThem,
  changesOf,
  clashes,
  draftOf,
  emptyDraft,
  inputOf,
  rebase,
  textFaults,
} from "./patient-draft.ts";

const base: Patient = {
  id: "p",
  mrn: "1000427",
  firstName: "Jane",
  lastName: "Doe",
  dateOfBirth: "1980-01-31",
  gender: "female",
  phone: "+1 555 010 0100",
  email: null,
  address: "1 Harbour Street",
  ssn: "***-**-6789",
  version: 1,
  createdAt: "2026-11-01T00:00:00Z",
  updatedAt: "2026-11-01T00:00:00Z",
};
const draft = draftOf(base);

describe("the form of a patient", () => {
  it("shows the birth date as it is written everywhere, and never the identifier", () => {
    expect(draft).toMatchObject({ dateOfBirth: "31-Jan-1980", ssn: "", email: "" });
  });
  it("sends the date as a calendar date and an empty address as none", () => {
    expect(inputOf({ ...draft, address: "  " })).toMatchObject({ dateOfBirth: "1980-01-31", address: null });
    expect(inputOf({ ...draft, dateOfBirth: "soon" }).dateOfBirth).toBe("soon");
  });
  it("says what is wrong with a date and a sex that nobody chose", () => {
    expect(textFaults(emptyDraft)).toEqual({
      dateOfBirth: "Required.",
      gender: "Choose one; “Not known” is an answer.",
    });
    expect(textFaults({ ...draft, dateOfBirth: "3/4/1980" }).dateOfBirth).toContain("could be");
    expect(textFaults(draft)).toEqual({});
  });
});

describe("a change", () => {
  it("sends only what differs from the record", () => {
    expect(changesOf(base, draft, false)).toEqual({});
    expect(changesOf(base, { ...draft, phone: "", dateOfBirth: "1 Feb 1980" }, false)).toEqual({
      phone: "",
      dateOfBirth: "1980-02-01",
    });
  });
  it("keeps the identifier unless another is typed or it is removed on purpose", () => {
    expect(changesOf(base, { ...draft, ssn: "123-45-6789" }, false)).toEqual({ ssn: "123-45-6789" });
    expect(changesOf(base, { ...draft, ssn: "123-45-6789" }, true)).toEqual({ ssn: null });
  });
});

describe("somebody else's save in between", () => {
  const current = { ...base, phone: "+1 555 010 0200", address: "2 Harbour Street", version: 2 };
  const mine = { ...draft, phone: "+1 555 010 0300" };
  it("shows where both changed the same field", () => {
    expect(clashes(base, current, mine)).toEqual([
      { key: "phone", label: "Phone", theirs: "+1 555 010 0200", mine: "+1 555 010 0300" },
    ]);
  });
  it("shows what they changed", () => {
    expect(changedByThem(base, current).map(({ key }) => key)).toEqual(["phone", "address"]);
  });
  it("keeps what I typed and takes what only they changed", () => {
    expect(rebase(base, current, mine)).toEqual({ ...mine, address: "2 Harbour Street" });
  });
});

describe("looking for people who are registered already", () => {
  it("waits until what is typed can mean somebody", () => {
    expect(lookup(emptyDraft)).toBeNull();
    expect(lookup({ ...emptyDraft, lastName: "D", firstName: "Jane" })).toBeNull();
  });
  it("asks with a name, or with an identifier alone", () => {
    expect(lookup({ ...emptyDraft, lastName: "Doe", firstName: "J" })).toEqual({ firstName: "J", lastName: "Doe" });
    expect(lookup({ ...emptyDraft, ssn: "123-45-6789" })).toEqual({ firstName: "", lastName: "", ssn: "123-45-6789" });
  });
  it("sends date and phone once they are whole", () => {
    const typed = { ...emptyDraft, lastName: "Doe", dateOfBirth: "31 Jan 1980", phone: "555 01" };
    expect(lookup(typed)).toEqual({ firstName: "", lastName: "Doe", dateOfBirth: "1980-01-31" });
    expect(lookup({ ...typed, phone: "+1 555 010 0100" })).toMatchObject({ phone: "+1 555 010 0100" });
  });
});

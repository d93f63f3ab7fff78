import { expect, it } from "vitest";
import { draftAt, emptyDraft, timeFaults, timeInput } from "./time-draft.ts";

const zone = "America/New_York";
const slot = {
  start: "2026-11-01T06:30:00.000Z",
  end: "2026-11-01T06:45:00.000Z",
  providerId: "p",
  roomId: null,
  facilityId: "f",
  visitType: "Follow-up",
};

it("keeps the second of two half past ones in autumn when it was chosen, and takes the first when it is typed", () => {
  const chosen = draftAt(slot, "2026-11-01", zone);
  expect(chosen).toMatchObject({ time: "01:30", minutes: "15" });
  expect(timeInput(chosen, zone)).toMatchObject({ start: slot.start, end: slot.end, roomId: null });
  expect(timeInput({ ...chosen, start: null }, zone).start).toBe("2026-11-01T05:30:00.000Z");
  expect(timeInput({ ...chosen, date: "2026-11-02" }, zone).start).toBe("2026-11-02T06:30:00.000Z");
});

it("says what is missing, and that spring skips an hour", () => {
  expect(Object.keys(timeFaults({ ...emptyDraft(""), time: "25:00" }, zone))).toEqual(["providerId", "date", "time"]);
  expect(timeFaults({ ...emptyDraft("2026-03-08"), providerId: "p", time: "02:30" }, zone)).toEqual({
    time: "The clock skips this time on this day.",
  });
  expect(timeFaults({ ...emptyDraft("2026-03-08"), providerId: "p", time: "03:30" }, zone)).toEqual({});
});

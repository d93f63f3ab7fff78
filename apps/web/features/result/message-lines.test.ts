import { describe, expect, it } from "vitest";
import { bytesOf, messageLines, type Placed } from "./message-lines.ts";

const latin1 = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
const issue = (offset: number | null, length: number | null, severity: Placed["severity"] = "error"): Placed => ({
  severity,
  path: "OBX-5",
  offset,
  length,
});
const shape = (text: string, issues: Placed[] = []) => messageLines(text, issues).map(({ runs }) => runs);

describe("messageLines", () => {
  it("parts lines at CR, LF and CRLF, and numbers them as the validator does", () => {
    expect(
      messageLines("MSH|a\rPID|b\nOBR|c\r\nOBX|d\r", []).map(({ number, runs }) => [number, runs[0]?.text]),
    ).toEqual([
      [1, "MSH|a"],
      [2, "PID|b"],
      [3, "OBR|c"],
      [4, "OBX|d"],
    ]);
  });
  it("keeps an empty line, whose number counts", () => {
    expect(messageLines("MSH|a\r\rPID|b", []).map(({ number }) => number)).toEqual([1, 2, 3]);
  });
  it("marks the faulty field in its place", () => {
    const text = "MSH|a\rOBX|1|NM|x";
    expect(shape(text, [issue(text.indexOf("NM"), 2)])[1]).toEqual([
      { text: "OBX|1|", issue: null },
      { text: "NM", issue: 0 },
      { text: "|x", issue: null },
    ]);
  });
  it("shows where something is missing, also at the end of a line", () => {
    expect(shape("PID|1||", [issue(6, 0)])[0]).toEqual([
      { text: "PID|1|", issue: null },
      { text: "", issue: 0 },
      { text: "|", issue: null },
    ]);
    expect(shape("PID|1|", [issue(6, 0)])[0]).toEqual([
      { text: "PID|1|", issue: null },
      { text: "", issue: 0 },
    ]);
  });
  it("counts bytes, not letters, and shows letters", () => {
    const text = latin1("PID|Ødegård|F");
    expect(shape(text, [issue(text.indexOf("|F") + 1, 1)])[0]).toEqual([
      { text: "PID|Ødegård|", issue: null },
      { text: "F", issue: 0 },
    ]);
  });
  it("reads a message that is no UTF-8 as Windows-1252", () => {
    expect(shape("PID|\u00d8deg\u00e5rd")[0]).toEqual([{ text: "PID|Ødegård", issue: null }]);
  });
  it("shows control characters instead of swallowing them", () => {
    expect(shape("OBX|a\u0000b\u000b")[0]).toEqual([{ text: "OBX|a␀b␋", issue: null }]);
  });
  it("shows the gravest of overlapping faults, of equal ones the narrowest", () => {
    const runs = shape("OBX|abc", [issue(4, 3, "warning"), issue(5, 1, "error"), issue(4, 3, "error")])[0];
    expect(runs).toEqual([
      { text: "OBX|", issue: null },
      { text: "a", issue: 2 },
      { text: "b", issue: 1 },
      { text: "c", issue: 2 },
    ]);
  });
  it("cuts a fault that runs over the end of its line, and leaves out one without a place", () => {
    expect(shape("OBX|ab\rNTE|c", [issue(4, 99), issue(null, null)])).toEqual([
      [
        { text: "OBX|", issue: null },
        { text: "ab", issue: 0 },
      ],
      [{ text: "NTE|c", issue: null }],
    ]);
  });
});

it("turns one-character-a-byte text back into the very bytes", () => {
  expect([...bytesOf("a\u00ff\u0000")]).toEqual([97, 255, 0]);
});

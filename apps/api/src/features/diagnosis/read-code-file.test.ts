import { expect, it } from "vitest";
import { readCodeFile } from "./read-code-file.ts";

const short = (text: string) => text.padEnd(60);

it("reads the order file: headers and billable codes, dots put in", () => {
  const text = [
    `00001 A00     0 ${short("Cholera")} Cholera`,
    `00002 A000    1 ${short("Cholera due to Vibrio cholerae 01, biovar cholerae")} Cholera due to Vibrio cholerae 01, biovar cholerae`,
    `00003 S72001A 1 ${short("Fracture of unspecified part of neck of right femur, init")} Fracture of neck of right femur, initial encounter`,
    "",
  ].join("\r\n");
  expect(readCodeFile(text)).toEqual([
    { code: "A00", title: "Cholera", isBillable: false },
    { code: "A00.0", title: "Cholera due to Vibrio cholerae 01, biovar cholerae", isBillable: true },
    { code: "S72.001A", title: "Fracture of neck of right femur, initial encounter", isBillable: true },
  ]);
});

it("reads a table by the names in its head, commas and quotes in a title", () => {
  const text = 'code,billable,chronic,description\nE11.9,1,C,"Type 2 diabetes, ""simple"""\nE11,0,,Type 2 diabetes\n';
  expect(readCodeFile(text)).toEqual([
    { code: "E11.9", title: 'Type 2 diabetes, "simple"', isBillable: true },
    { code: "E11", title: "Type 2 diabetes", isBillable: false },
  ]);
});

it("refuses a file that is something else, naming the line", () => {
  expect(() => readCodeFile("code,description\nE11.9,Diabetes\nhello,world\n")).toThrow("Line 3");
  expect(() => readCodeFile("MSH|^~\\&|LAB")).toThrow("Line 1");
});

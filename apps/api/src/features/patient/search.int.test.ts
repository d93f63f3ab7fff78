import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../../test/harness.ts";

let api: Api;
let nurse: Client;
type Found = { items: { id: string; mrn: string; lastName: string; firstName: string }[]; nextCursor: string | null };

const people = [
  ["Anna", "Smith", "1980-01-01", "+1 555 010 0100", "123-45-6789"],
  ["John", "Smith", "1975-05-20"],
  ["Johnny", "Smithson", "1990-12-31"],
  ["John", "Kowalski", "1961-03-04"],
  ["José", "Núñez", "1985-07-15"],
  ["Conor", "O'Brien", "1970-02-28"],
  ["Maria", "De la Cruz", "1992-11-02"],
  ["Björn", "Ødegård", "1955-06-06"],
  ["小明", "王", "1999-09-09"],
  ["محمد", "الأحمد", "1988-08-08"],
  ["דוד", "כהן", "1977-07-07"],
  ["Katharina", "Schmidt", "1966-01-02"],
  ["Jürgen", "Müller", "1943-10-10"],
  ["Smith", "Jones", "2001-04-05"],
  ["Zoë", "Weiß", "1980-01-01"],
] as const;
const mrns = new Map<string, string>();

beforeAll(async () => {
  api = await startApi();
  nurse = await api.as("nurse");
  for (const [firstName, lastName, dateOfBirth, phone, ssn] of people) {
    const answer = await nurse.post("/patients/", { firstName, lastName, dateOfBirth, gender: "unknown", phone, ssn });
    expect(answer.status, answer.text).toBe(201);
    mrns.set(`${firstName} ${lastName}`, String(answer.body.mrn));
  }
});
afterAll(() => api?.close());

async function search(q: string, more: Record<string, unknown> = {}): Promise<string[]> {
  const answer = await nurse.post("/patients/search/", { q, ...more });
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as unknown as Found).items.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
}

describe("search by name", () => {
  it.each([
    ["núñez", "José Núñez"],
    ["Nunez", "José Núñez"],
    ["NUÑEZ jose", "José Núñez"],
    ["jose nunes", "José Núñez"],
    ["obrien", "Conor O'Brien"],
    ["O'Brien", "Conor O'Brien"],
    ["O’Brien", "Conor O'Brien"],
    ["o brien", "Conor O'Brien"],
    ["brien", "Conor O'Brien"],
    ["delacruz", "Maria De la Cruz"],
    ["cruz maria", "Maria De la Cruz"],
    ["odegard", "Björn Ødegård"],
    ["weiss zoe", "Zoë Weiß"],
    ["王小明", "小明 王"],
    ["小明", "小明 王"],
    ["الاحمد", "محمد الأحمد"],
    ["محمد الأحمد", "محمد الأحمد"],
    ["כהן", "דוד כהן"],
    ["kowalsky", "John Kowalski"],
    ["kowlaski", "John Kowalski"],
    ["jhon kowalski", "John Kowalski"],
    ["catherine schmitt", "Katharina Schmidt"],
    ["mueler jurgen", "Jürgen Müller"],
    ["muller", "Jürgen Müller"],
    ["shmidt", "Katharina Schmidt"],
    ["kowal", "John Kowalski"],
    ["kowl", "John Kowalski"],
  ])("finds, for %s, first of all %s", async (q, expected) => {
    expect((await search(q))[0]).toBe(expected);
  });

  it("shows whole words before beginnings, and both before similar ones", async () => {
    expect(await search("smith")).toEqual(["Smith Jones", "Anna Smith", "John Smith", "Johnny Smithson"]);
    expect(await search("john")).toEqual(["John Kowalski", "John Smith", "Johnny Smithson"]);
  });

  it("takes two words in any order, and all must fit", async () => {
    expect(await search("john smith")).toEqual(["John Smith", "Johnny Smithson"]);
    expect(await search("smith john")).toEqual(["John Smith", "Johnny Smithson"]);
    expect(await search("smith nobody")).toEqual([]);
  });

  it("finds nobody for punctuation, and survives hostile text", async () => {
    for (const q of [
      "...",
      "%",
      "_",
      "'; DROP TABLE patient; --",
      "\\",
      "(((",
      "a|b*",
      "%%%%",
      "🙂",
      "\u{10FFFF}",
      "x".repeat(100),
    ]) {
      expect((await nurse.post("/patients/search/", { q })).status).toBe(200);
    }
  });
});

describe("search by number and date", () => {
  it("finds an MRN bare, grouped, and by its beginning", async () => {
    const mrn = mrns.get("Conor O'Brien") ?? "";
    expect(await search(mrn)).toEqual(["Conor O'Brien"]);
    expect(await search(`${mrn.slice(0, 3)}-${mrn.slice(3, 6)}-${mrn.slice(6)}`)).toEqual(["Conor O'Brien"]);
    expect(await search(mrn.slice(0, 6))).toEqual(["Conor O'Brien"]);
    expect((await search(mrn.slice(0, 3))).length).toBe(people.length);
  });

  it.each([
    "1980-01-01",
    "1980/1/1",
    "01.01.1980",
    "01/01/1980",
    "1-Jan-1980",
    "1 January 1980",
    "Jan 1, 1980",
    "19800101",
  ])("finds the birth date %s", async (q) => expect(await search(q)).toEqual(["Anna Smith", "Zoë Weiß"]));

  it("reads 02/01/1966 and 01/02/1966 both ways, 02.01.1966 only day first", async () => {
    expect(await search("01/02/1966")).toEqual(["Katharina Schmidt"]);
    expect(await search("02/01/1966")).toEqual(["Katharina Schmidt"]);
    expect(await search("02.01.1966")).toEqual(["Katharina Schmidt"]);
    expect(await search("01.02.1966")).toEqual([]);
  });

  it("finds a phone number in any writing, and an SSN by its token", async () => {
    for (const q of ["+1 555 010 0100", "5550100100", "(555) 010-0100", "123-45-6789", "123456789"])
      expect(await search(q), q).toEqual(["Anna Smith"]);
    expect(await search("123-45-6780")).toEqual([]);
  });

  it("combines names, dates and numbers", async () => {
    expect(await search("smith 1980-01-01")).toEqual(["Anna Smith"]);
    expect(await search("1980-01-01 smiht")).toEqual(["Anna Smith"]);
    expect(await search(`john ${mrns.get("John Kowalski")}`)).toEqual(["John Kowalski"]);
    expect(await search(`smith ${mrns.get("John Kowalski")}`)).toEqual([]);
    expect(await search("anna 555-010-0100")).toEqual(["Anna Smith"]);
  });
});

describe("pages of a search", () => {
  it.each(["smith", "john", "jo", "1", "1980-01-01", "smiht", "jones smith", "jhon smith", "100"])(
    "shows everybody once, in the same order, whatever the size of the page: %s",
    async (q) => {
      const whole = await search(q, { limit: 100 });
      const pages: string[] = [];
      let cursor: string | null = null;
      do {
        const answer = await nurse.post("/patients/search/", { q, limit: 1, ...(cursor ? { cursor } : {}) });
        const page = answer.body as unknown as Found;
        pages.push(...page.items.map(({ firstName, lastName }) => `${firstName} ${lastName}`));
        cursor = page.nextCursor;
      } while (cursor);
      expect(pages).toEqual(whole);
      expect(new Set(pages).size).toBe(pages.length);
    },
  );
});

import { expect, test } from "../../fixtures/test.ts";
import { addressOf, screensOf } from "../../support/screens.ts";
import { many } from "../../support/trust-form.ts";

/** Row 41. */
test("two people who ask for the same pages at once get each their own, however often", async ({
  hospital,
  browsers,
}) => {
  test.setTimeout(many(900_000, 60_000));
  const [one, other, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("doctor"),
    hospital.patient(),
  ]);
  const order = await hospital.order(one, patient);
  const { id: encounter } = await hospital.visit(one, patient);
  const records = { patient: patient.id, order: order.id, person: one.id, encounter };
  const pages = screensOf.doctor.map((screen) => addressOf(screen, records));
  const people = await Promise.all(
    [one, other].map(async (person) => ({
      person,
      request: (await browsers.signedIn(person, "/account")).context().request,
    })),
  );
  const nameOf = (index: number) => (index === 0 ? one : other).fullName;
  const wrong: string[] = [];
  let own = 0;
  const rounds = many(Math.ceil(1_000 / (2 * pages.length)), 2);
  for (let round = 0; round < rounds; round++) {
    for (const page of pages) {
      // Whoever is first in one round is second in the next.
      const asked = people.map(({ request }, index) => ({ request, index }));
      if (round % 2) asked.reverse();
      const answers = await Promise.all(
        asked.map(async ({ request, index }) => {
          const answer = await request.get(page);
          return { index, cache: answer.headers()["cache-control"] ?? "", text: await answer.text() };
        }),
      );
      for (const { index, cache, text } of answers) {
        if (text.includes(nameOf(1 - index))) wrong.push(`${page} shows ${nameOf(1 - index)} to ${nameOf(index)}`);
        if (!cache.includes("no-store")) wrong.push(`${page} may be stored: ${cache}`);
        if (text.includes(nameOf(index))) own++;
      }
    }
  }
  expect(wrong).toEqual([]);
  // Every page says whose it is, or the comparison would mean nothing.
  expect(own).toBe(rounds * pages.length * 2);
});

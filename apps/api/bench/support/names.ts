/** A source of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const lists = {
  last: "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodríguez Martínez Hernández López González Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Pérez Thompson White Harris Sánchez Clark Ramírez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gómez Phillips Evans Turner Díaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutiérrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chávez Wood James Bennett Gray Mendoza Ruiz Hughes Price Álvarez Castillo Sanders Patel Myers Long Ross Foster Jiménez O'Brien Müller Schmidt Kowalski Nowak Ødegård Núñez".split(
    " ",
  ),
  first:
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Edward Laura Jason Sharon Jeffrey Cynthia Ryan Kathleen Jacob Amy Gary Angela Nicholas Shirley Eric Brenda Jonathan Emma Stephen Anna Larry José María Luis Carmen Jürgen Zoë François Björn".split(
      " ",
    ),
};
const syllables =
  "ba be bo bri ca co da de dra el en fa fi ga gra ha hei is ja jo ka ki kow la li lo ma mi mo na ne no ol or pa pe po ra ri ro sa sen ski son sta ta ter ti to va ve vi wal wo ya zi".split(
    " ",
  );

/** A name of the list, the first ones far more often (as names are), or, two times in five, one of some 40 000 rare ones. */
export function nameFrom(random: () => number, kind: "first" | "last"): string {
  const list = lists[kind];
  if (random() < 0.6) return list[Math.floor(list.length * random() ** 2)] ?? "Smith";
  const pick = () => syllables[Math.floor(syllables.length * random())] ?? "";
  const name = pick() + pick() + (random() < 0.75 ? pick() : "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

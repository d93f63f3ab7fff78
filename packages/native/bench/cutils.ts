// libcutils against node:crypto, WebCrypto and the noble packages: `node packages/native/bench/cutils.ts`.
// Every candidate does the same: it takes a text and a place, builds the additional data of the envelope, draws a fresh
// nonce, gives back one array of bytes, and the text again.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hash,
  randomBytes,
  webcrypto,
} from "node:crypto";
import { cutils, type Place } from "../js/index.ts";
import { importPeer, installPeers } from "./peers.ts";
import { measure, type Result, report } from "./rounds.ts";

installPeers();
const { gcm } = await importPeer("@noble/ciphers/aes.js");
const { hmac } = await importPeer("@noble/hashes/hmac.js");
const { sha256 } = await importPeer("@noble/hashes/sha2.js");

const TEXT = "123-45-6789";
const key = randomBytes(32);
const tenant = "018f3c2a-1111-7000-8000-000000000001";
const places: Place[] = Array.from({ length: 100 }, (_, i) => {
  return { tenant, table: "patient", column: "ssn", row: `018f3c2a-2222-7000-8000-0000000${String(10_000 + i)}` };
});
const placeAt = (i: number): Place => places[i % places.length] as Place;
const ring = new cutils.KeyRing({ keys: [{ id: 1, key, state: "active" }], indexKey: key });

/** The additional data, as a good programmer would write it in JavaScript: the part that repeats is made once. */
const part = (text: string) => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const prefix = Buffer.concat(["v1", tenant, "patient", "ssn"].map(part));
const suffix = Buffer.from([0, 0, 0, 4, 0, 0, 0, 1]);
const header = Buffer.from([1, 1, 0, 0, 0, 1]);
const aadOf = ({ row }: Place) => Buffer.concat([prefix, part(row), suffix]);

const keyObject = createSecretKey(key);
function nodeSeal(text: string, place: Place): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyObject, nonce).setAAD(aadOf(place));
  return Buffer.concat([header, nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}
function nodeOpen(sealed: Buffer, place: Place): string {
  const decipher = createDecipheriv("aes-256-gcm", keyObject, sealed.subarray(6, 18)).setAAD(aadOf(place));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(18, -16), undefined, "utf8") + decipher.final("utf8");
}

const webKey = await webcrypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
async function webRoundTrip(text: string, place: Place): Promise<string> {
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: "AES-GCM", iv, additionalData: aadOf(place) };
  const sealed = Buffer.concat([
    header,
    iv,
    new Uint8Array(await webcrypto.subtle.encrypt(algorithm, webKey, Buffer.from(text))),
  ]);
  const opening = { ...algorithm, iv: sealed.subarray(6, 18), additionalData: aadOf(place) };
  return Buffer.from(await webcrypto.subtle.decrypt(opening, webKey, sealed.subarray(18))).toString();
}

function nobleRoundTrip(text: string, place: Place): string {
  const nonce = randomBytes(12);
  const sealed = Buffer.concat([header, nonce, gcm(key, nonce, aadOf(place)).encrypt(Buffer.from(text))]);
  return Buffer.from(gcm(key, sealed.subarray(6, 18), aadOf(place)).decrypt(sealed.subarray(18))).toString();
}

const times = (work: (i: number) => unknown) => (count: number) => {
  for (let i = 0; i < count; i++) work(i);
};
const expectText = (text: string) => {
  if (text !== TEXT) throw new Error("a text was lost");
};
const peersOfSealing = [
  { name: "node:crypto, KeyObject", run: times((i) => expectText(nodeOpen(nodeSeal(TEXT, placeAt(i)), placeAt(i)))) },
  {
    name: "WebCrypto",
    run: async (count: number) => {
      for (let i = 0; i < count; i++) expectText(await webRoundTrip(TEXT, placeAt(i)));
    },
  },
  { name: "@noble/ciphers", run: times((i) => expectText(nobleRoundTrip(TEXT, placeAt(i)))) },
];

const results: Result[] = await measure({
  title: "seal and open an 11-byte field, one by one",
  mustReach: 8,
  candidates: [
    { name: "cutils", run: times((i) => expectText(ring.open(ring.seal(TEXT, placeAt(i)), placeAt(i)))) },
    ...peersOfSealing,
  ],
});

const toSeal = places.map((place) => ({ ...place, text: TEXT }));
const hundred = (work: (i: number) => unknown) =>
  times(() => {
    for (let i = 0; i < 100; i++) work(i);
  });
results.push(
  ...(await measure({
    title: "the same, in batches of 100 (per field)",
    mustReach: 18,
    per: 100,
    candidates: [
      {
        name: "cutils sealMany, openMany",
        run: times(() => {
          const sealed = ring.sealMany(toSeal);
          const toOpen = places.map(({ tenant, table, column, row }, i) => {
            return { tenant, table, column, row, sealed: sealed[i] as Uint8Array };
          });
          for (const text of ring.openMany(toOpen)) expectText(text);
        }),
      },
      {
        name: "node:crypto, KeyObject",
        run: hundred((i) => expectText(nodeOpen(nodeSeal(TEXT, placeAt(i)), placeAt(i)))),
      },
    ],
  })),
);

const field = { tenant, field: "ssn" };
const ipad = Buffer.alloc(64, 0x36).map((byte, i) => byte ^ (key[i] ?? 0));
const opad = Buffer.alloc(64, 0x5c).map((byte, i) => byte ^ (key[i] ?? 0));
results.push(
  ...(await measure({
    title: "search token of 11 characters, as hex",
    mustReach: 5,
    candidates: [
      { name: "cutils tokenHex", run: times(() => ring.tokenHex(TEXT, field)) },
      { name: "node:crypto createHmac", run: times(() => createHmac("sha256", keyObject).update(TEXT).digest("hex")) },
      {
        name: "node:crypto, two hash calls",
        run: times(() => {
          const inner = hash("sha256", Buffer.concat([ipad, Buffer.from(TEXT)]), "buffer");
          return hash("sha256", Buffer.concat([opad, inner]), "hex");
        }),
      },
      { name: "@noble/hashes", run: times(() => Buffer.from(hmac(sha256, key, Buffer.from(TEXT))).toString("hex")) },
    ],
  })),
);

results.push(
  ...(await measure({
    title: "SHA-256 of 11 characters, as hex",
    candidates: [
      { name: "cutils sha256Hex", run: times(() => cutils.sha256Hex(TEXT)) },
      { name: "node:crypto hash", run: times(() => hash("sha256", TEXT, "hex")) },
      { name: "node:crypto createHash", run: times(() => createHash("sha256").update(TEXT).digest("hex")) },
    ],
  })),
);

// Time must grow with the length and with nothing else: a byte of 100 KB, 1 MB and 10 MB costs about the same.
for (const kilobytes of [100, 1_000, 10_000]) {
  const bytes = new Uint8Array(kilobytes * 1_000);
  results.push(
    ...(await measure({
      title: `seal and open ${kilobytes} KB (per KB)`,
      per: kilobytes,
      candidates: [{ name: "cutils", run: times((i) => ring.openBytes(ring.seal(bytes, placeAt(i)), placeAt(i))) }],
    })),
  );
}

report(results);

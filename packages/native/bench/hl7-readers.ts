// The HL7 parsers of the registry, each as a program would use it to read six elements of every OBX. All take the bytes
// of a message and answer how many characters they read.
import { importPeer, installPeers, requirePeer } from "./peers.ts";

installPeers();
const simple = requirePeer("simple-hl7");
const Standard = requirePeer("hl7-standard");
const amida = requirePeer("hl7");
const NodeHl7 = requirePeer("nodehl7");
const { Hl7Message: Medplum } = await importPeer("@medplum/core/dist/esm/index.mjs");
const { Message: ClientMessage } = await importPeer("node-hl7-client/lib/esm/index.mjs");
const { HL7Message: V2Message } = await importPeer("hl7v2/index.js");

export type Reader = (bytes: Buffer) => number | Promise<number>;

const nodeHl7 = new NodeHl7();
const lengthOf = (value: unknown) => String(value ?? "").length;

export const readersOfPeers: Readonly<Record<string, Reader>> = {
  "simple-hl7": (bytes) => {
    let read = 0;
    for (const obx of new simple.Parser().parse(bytes.toString()).getSegments("OBX")) {
      read += obx.getComponent(3, 1).length + obx.getField(5).length + obx.getComponent(6, 1).length;
      read += obx.getField(7).length + obx.getField(8).length + obx.getField(11).length;
    }
    return read;
  },
  "@medplum/core": (bytes) => {
    let read = 0;
    for (const obx of Medplum.parse(bytes.toString()).getAllSegments("OBX")) {
      read += obx.getComponent(3, 1).length + lengthOf(obx.getField(5)) + obx.getComponent(6, 1).length;
      read += lengthOf(obx.getField(7)) + lengthOf(obx.getField(8)) + lengthOf(obx.getField(11));
    }
    return read;
  },
  hl7: (bytes) => {
    let read = 0;
    for (const segment of amida.parseString(bytes.toString())) {
      if (segment[0] !== "OBX") continue;
      read += segment[3][0][0].length + lengthOf(segment[5]) + segment[6][0][0].length;
      read += lengthOf(segment[7]) + lengthOf(segment[8]) + lengthOf(segment[11]);
    }
    return read;
  },
  "hl7-standard": (bytes) => {
    const message = new Standard(bytes.toString());
    message.transform();
    let read = 0;
    for (const obx of message.getSegments("OBX")) {
      read += obx.get("OBX.3.1").length + obx.get("OBX.5").length + obx.get("OBX.6.1").length;
      read += obx.get("OBX.7").length + obx.get("OBX.8").length + obx.get("OBX.11").length;
    }
    return read;
  },
  // It has promises only, and names fields by where they stand behind the segment's name.
  nodehl7: async (bytes) => {
    const message = await nodeHl7.parse(bytes.toString(), "bench");
    let read = 0;
    for (const { typeofSegment, parts } of message.segments) {
      if (typeofSegment !== "OBX") continue;
      read += parts[2][0].length + parts[4].length + parts[5][0].length;
      read += parts[6].length + parts[7].length + parts[10].length;
    }
    return read;
  },
  "node-hl7-client": (bytes) => {
    let read = 0;
    for (const obx of new ClientMessage({ text: bytes.toString() }).get("OBX").toArray()) {
      read += lengthOf(obx.get("OBX.3.1")) + lengthOf(obx.get("OBX.5")) + lengthOf(obx.get("OBX.6.1"));
      read += lengthOf(obx.get("OBX.7")) + lengthOf(obx.get("OBX.8")) + lengthOf(obx.get("OBX.11"));
    }
    return read;
  },
  hl7v2: (bytes) => {
    let read = 0;
    for (const obx of V2Message.parse(bytes).segments) {
      if (obx.segmentType !== "OBX") continue;
      read += lengthOf(obx.field(3).getValue(1)) + lengthOf(obx.field(5).getValue());
      read += lengthOf(obx.field(6).getValue(1)) + lengthOf(obx.field(7).getValue());
      read += lengthOf(obx.field(8).getValue()) + lengthOf(obx.field(11).getValue());
    }
    return read;
  },
};

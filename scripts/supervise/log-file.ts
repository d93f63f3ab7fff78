import {
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  type WriteStream,
} from "node:fs";
import { dirname } from "node:path";

const BYTES_MAX = 20 * 1024 * 1024;
const OLD_FILES = 3;

/** A log that is cut into files of 20 MB, of which the last three are kept beside the current one (`.1` the newest). */
export class LogFile {
  readonly path: string;
  private stream: WriteStream;
  private sizeBytes: number;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.sizeBytes = existsSync(path) ? statSync(path).size : 0;
    this.stream = open(path);
  }

  write(chunk: Buffer): void {
    if (this.sizeBytes + chunk.length > BYTES_MAX) this.turn();
    this.sizeBytes += chunk.length;
    this.stream.write(chunk);
  }

  close(): void {
    this.stream.end();
  }

  private turn(): void {
    this.stream.end();
    rmSync(`${this.path}.${OLD_FILES}`, { force: true });
    for (let age = OLD_FILES - 1; age >= 1; age -= 1) {
      if (existsSync(`${this.path}.${age}`)) renameSync(`${this.path}.${age}`, `${this.path}.${age + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
    this.stream = open(this.path);
    this.sizeBytes = 0;
  }
}

/** Opened at once: a stream that opens its file later would miss that it has been renamed meanwhile. */
function open(path: string): WriteStream {
  return createWriteStream(path, { fd: openSync(path, "a", 0o600) });
}

import type { ResultPreview } from "@infirmary/shared/result";
import { apiError } from "#lib/trpc/api-error.ts";
import { refusalOf, textOf } from "./file-check.ts";
import { isFileable, needsChoice, previewOf, type Stage, tally, type UploadRow } from "./upload-row.ts";

/** The two calls of the API the store makes. */
export type UploadApi = {
  preview: (input: { contentBase64: string; orderId?: string }) => Promise<{ messages: ResultPreview[] }>;
  upload: (input: {
    orderId: string;
    contentBase64: string;
    fileName: string;
  }) => Promise<{ alreadyFiled: boolean; orderStatus: string }>;
};

/** Longest file name the API keeps. */
const fileNameMax = 200;

/**
 * The messages on the upload screen. They live outside the screen, in memory only, so that looking something up
 * elsewhere loses none of them; the browser asks before it closes a tab that holds unfiled ones.
 */
export class UploadStore {
  #rows: readonly UploadRow[] = [];
  #files = new Map<string, File>();
  #progress: { done: number; all: number } | null = null;
  #snapshot = { rows: this.#rows, progress: this.#progress };
  #listeners = new Set<() => void>();
  #lastId = 0;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  /** The rows, and how far filing is while it runs. */
  snapshot = () => this.#snapshot;

  /** Reads and checks files one after the other; nothing is filed. @param orderId the order a message is for that names none */
  async add(files: readonly File[], api: UploadApi, orderId: string | null): Promise<void> {
    const added = files.map((file): UploadRow => {
      const id = `f${++this.#lastId}`;
      this.#files.set(id, file);
      return { id, fileName: file.name, part: null, isWanted: true, stage: { kind: "checking" } };
    });
    this.#set([...this.#rows, ...added]);
    for (const row of added) await this.#check(row, api, orderId);
  }

  /** Checks a file again that could not be checked. */
  async recheck(id: string, api: UploadApi, orderId: string | null): Promise<void> {
    const row = this.#find(id);
    if (!row) return;
    this.#stage(id, { kind: "checking" });
    await this.#check(row, api, orderId);
  }

  /** Takes the order somebody chose for a message and works out anew what filing would do. */
  async choose(id: string, orderId: string, api: UploadApi): Promise<void> {
    const row = this.#find(id);
    const preview = row && previewOf(row);
    if (!preview) return;
    this.#stage(id, { kind: "checking" });
    try {
      const { messages } = await api.preview({ contentBase64: window.btoa(preview.text), orderId });
      // The choice stays open: the candidates of the first look are offered again.
      const checked = messages[0] ?? preview;
      this.#stage(id, { kind: "checked", preview: { ...checked, candidates: preview.candidates } });
    } catch (error) {
      this.#stage(id, { kind: "failed", preview, error: apiError(error) });
    }
  }

  want(id: string, isWanted: boolean) {
    this.#set(this.#rows.map((row) => (row.id === id ? { ...row, isWanted } : row)));
  }

  remove(id: string) {
    this.#files.delete(id);
    this.#set(this.#rows.filter((row) => row.id !== id));
  }

  clear() {
    this.#files.clear();
    this.#set([]);
  }

  /** Files every wanted message that can be, one after the other; a failure stops nothing and loses nothing. */
  async confirm(api: UploadApi): Promise<void> {
    const ids = this.#rows.filter((row) => row.isWanted && isFileable(row)).map(({ id }) => id);
    this.#progress = { done: 0, all: ids.length };
    for (const id of ids) {
      await this.#file(id, api);
      this.#progress = { done: this.#progress.done + 1, all: ids.length };
      this.#publish();
    }
    this.#progress = null;
    this.#publish();
  }

  async #file(id: string, api: UploadApi): Promise<void> {
    const row = this.#find(id);
    const preview = row && previewOf(row);
    if (!row || !preview?.order) return;
    this.#stage(id, { kind: "filing", preview });
    try {
      const { alreadyFiled, orderStatus } = await api.upload({
        orderId: preview.order.id,
        contentBase64: window.btoa(preview.text),
        fileName: row.fileName.slice(-fileNameMax),
      });
      this.#stage(id, { kind: "filed", preview, isRepeat: alreadyFiled, orderStatus });
    } catch (error) {
      this.#stage(id, { kind: "failed", preview, error: apiError(error) });
    }
  }

  async #check(row: UploadRow, api: UploadApi, orderId: string | null): Promise<void> {
    const file = this.#files.get(row.id);
    if (!file) return;
    const stages = await readFile(file, api);
    if (!this.#find(row.id)) return;
    if (stages[0]?.kind !== "unchecked") this.#files.delete(row.id);
    const rows = stages.map(
      (stage, index): UploadRow => ({
        ...row,
        id: stages.length > 1 ? `${row.id}.${index + 1}` : row.id,
        part: stages.length > 1 ? `${index + 1} of ${stages.length}` : null,
        stage,
      }),
    );
    this.#set(this.#rows.flatMap((other) => (other.id === row.id ? rows : [other])));
    for (const checked of rows) {
      const isMeant = previewOf(checked)?.candidates.some(({ id }) => id === orderId);
      if (orderId && isMeant && needsChoice(checked)) await this.choose(checked.id, orderId, api);
    }
  }

  #find = (id: string) => this.#rows.find((row) => row.id === id);
  #stage(id: string, stage: Stage) {
    this.#set(this.#rows.map((row) => (row.id === id ? { ...row, stage } : row)));
  }
  #set(rows: readonly UploadRow[]) {
    this.#rows = rows;
    this.#publish();
  }
  #publish() {
    this.#snapshot = { rows: this.#rows, progress: this.#progress };
    for (const listener of this.#listeners) listener();
    if (typeof window === "undefined") return;
    window.removeEventListener("beforeunload", askBeforeLeaving);
    if (tally(this.#rows).unfinished > 0) window.addEventListener("beforeunload", askBeforeLeaving);
  }
}

/** Reads a file and asks the API what its messages are: one stage a message. */
async function readFile(file: File, api: UploadApi): Promise<Stage[]> {
  const tooLarge = refusalOf(file.size, "MSH|");
  if (tooLarge) return [{ kind: "refused", reason: tooLarge }];
  let text: string;
  try {
    text = textOf(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return [{ kind: "refused", reason: "The file could not be read. Drop it again." }];
  }
  const refusal = refusalOf(file.size, text);
  if (refusal) return [{ kind: "refused", reason: refusal }];
  try {
    const { messages } = await api.preview({ contentBase64: window.btoa(text) });
    return messages.map((preview) => ({ kind: "checked", preview }));
  } catch (thrown) {
    const error = apiError(thrown);
    const isFinal = error.code === "too-large" || error.code === "validation-failed";
    return [isFinal ? { kind: "refused", reason: error.detail ?? error.title } : { kind: "unchecked", error }];
  }
}

function askBeforeLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

export const uploadStore = new UploadStore();

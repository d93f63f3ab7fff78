/** Most files taken from one drop; a slip of the mouse can hold a whole disk. */
export const filesMax = 500;

/** The files of a drop, those in folders included, in the order of their paths; hidden files are left out. */
export async function readDropped(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return sorted([...transfer.files]);
  const files: File[] = [];
  for (const entry of entries) await collect(entry, files);
  return sorted(files);
}

/** The same for files chosen in a dialog. */
export const sorted = (files: readonly File[]) =>
  files
    .filter(({ name }) => !name.startsWith("."))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
    .slice(0, filesMax);

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length > filesMax) return;
  if (isFile(entry)) {
    files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  // A reader hands out a part at a time; an empty part is the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const inner of part) await collect(inner, files);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

import type { ChosenFile } from '../uploads/add-files.ts'

/** Most files that are taken of one folder. */
const maxFiles = 1_000

const mediaEnding =
  /\.(3g2|3gp|aac|aif|aiff|avi|flac|flv|m2ts|m4a|m4v|mka|mkv|mov|mp3|mp4|mpeg|mpg|mts|oga|ogg|ogv|opus|ts|vob|wav|webm|wma|wmv)$/i

/** Whether a file is video or audio, as far as its name and type tell. */
export function isMedia({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return /^(video|audio)\//.test(type) || mediaEnding.test(name)
}

/** The media among the files of a folder; hidden files are left out. */
export function mediaOf(files: readonly File[]): File[] {
  return files.filter(file => isMedia(file) && !file.name.startsWith('.')).slice(0, maxFiles)
}

type HandleItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

/** What was dropped: files as they are, and the media in folders. Must be called in the handler of the event, since the browser
 *  forgets the files afterwards. */
export async function readDrop(transfer: DataTransfer): Promise<ChosenFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const chosen = await Promise.all(items.map(readItem))
  return chosen.flat()
}

/** The calls to the item come before the first wait. */
function readItem(item: DataTransferItem): Promise<ChosenFile[]> {
  const entry = item.webkitGetAsEntry?.()
  if (entry?.isDirectory)
    return readFolder(entry as FileSystemDirectoryEntry).then(files => mediaOf(files).map(file => ({ file })))
  const file = item.getAsFile()
  const handle = (item as HandleItem).getAsFileSystemHandle?.()
  return Promise.resolve(handle)
    .catch(() => null)
    .then(found => {
      if (!file) return []
      return [{ file, ...(found?.kind === 'file' && { handle: found as FileSystemFileHandle }) }]
    })
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const files: File[] = []
  const folders = [folder]
  for (let next = folders.pop(); next && files.length < maxFiles; next = folders.pop()) {
    for (const entry of await entriesOf(next)) {
      if (entry.isDirectory) folders.push(entry as FileSystemDirectoryEntry)
      else if (files.length < maxFiles) files.push(await fileOf(entry as FileSystemFileEntry))
    }
  }
  return files
}

/** A reader gives a hundred entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0 || entries.length > maxFiles) return entries
    entries.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

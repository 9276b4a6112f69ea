/** Where files wait that were shared with the page, until a window takes them: the name of a cache. */
export const sharedFilesCache = 'jackalope-shared-files'

/** Address of the form that a phone sends shared files to: `manifest.webmanifest` names it. */
export const sharePath = '/share'

/** Most files of one share. */
const maxShared = 100

/** Keeps shared files. Each is an entry whose address ends with its place.
 *  @returns how many there are */
export async function keepSharedFiles(form: FormData, storage: CacheStorage): Promise<number> {
  const files = form.getAll('files').filter(value => value instanceof File)
  const cache = await storage.open(sharedFilesCache)
  const kept = files.slice(0, maxShared)
  await Promise.all(
    kept.map((file, at) =>
      cache.put(
        `${sharePath}/${Date.now()}-${at}`,
        new Response(file, {
          headers: {
            'Content-Type': file.type || 'application/octet-stream',
            'X-File-Name': encodeURIComponent(file.name),
            'X-Last-Modified': String(file.lastModified),
          },
        }),
      ),
    ),
  )
  return kept.length
}

/** Takes the shared files out of where they were kept. */
export async function takeSharedFiles(storage: CacheStorage): Promise<File[]> {
  if (!(await storage.has(sharedFilesCache))) return []
  const cache = await storage.open(sharedFilesCache)
  const files: File[] = []
  for (const request of await cache.keys()) {
    const response = await cache.match(request)
    if (response) files.push(await fileOf(response))
    await cache.delete(request)
  }
  return files
}

async function fileOf(response: Response): Promise<File> {
  const { headers } = response
  return new File([await response.blob()], decodeURIComponent(headers.get('X-File-Name') ?? 'video'), {
    type: headers.get('Content-Type') ?? '',
    lastModified: Number(headers.get('X-Last-Modified')) || 0,
  })
}
